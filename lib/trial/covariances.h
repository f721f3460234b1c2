/*
 * covariances: how each row of a table of effects hangs together with those before it.
 */
#ifndef JF_COVARIANCES_H
#define JF_COVARIANCES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/map.h"
#include "number/covariance.h"

struct effects;
struct joint;

/* By family, in the order of their first rows. */
struct covariances {
    struct map labels;
    struct covariances_family {
        struct covariance covariance;
        size_t *rows; /* among those of the table, ascending */
        size_t count, room;
    } * families;
    size_t room;
};

/* Works out those of all rows, and has the rows point to them. `pooled`: one variance for both
 * arms. It must outlive the effects' writing. */
void covariances_set(struct covariances *covariances, struct effects *effects, struct joint *joint,
                     bool pooled);

void covariances_free(struct covariances *covariances);

#endif
