/*
 * compare: each treated arm with the control, in each key and each outcome.
 *
 * What every estimator does with its groups: they are walked in the order of the table, and what
 * the two arms are worth is the estimator's to say.
 */
#ifndef JF_COMPARE_H
#define JF_COMPARE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/heap.h"
#include "trial/effect.h"
#include "trial/groups.h"

struct compare {
    struct groups *groups; /* sorted */
    struct effects *effects;
    bool drop; /* strata with fewer than two values in an arm are left out */
    void *context;

    /* Sets what is estimated in a row whose counts are there. */
    void (*estimate)(void *context, struct arena *arena, const struct group_strata *strata,
                     const struct group_pair *pair, size_t outcome, struct effect *effect);
};

/* Adds all rows. */
void compare_arms(const struct compare *compare);

#endif
