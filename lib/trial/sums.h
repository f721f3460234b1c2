/*
 * sums: exact moments as rows of a table, and back.
 *
 * A row is a group and an outcome: the cells of the key and of the strata, then outcome
 * arm n missing sum sumsq. Rows of the same group and outcome are added up.
 */
#ifndef JF_SUMS_H
#define JF_SUMS_H

#include "trial/arms.h"
#include "trial/groups.h"
#include "stream/sink.h"
#include "stream/table.h"

struct sums {
    struct groups *groups;
    struct map *outcomes; /* their names, by number */

    /* The rest is for reading. */
    struct arms *arms;
    bool only; /* outcomes that are not yet named are left out; else they are added */
    size_t outcome, n, missing, sum, squares; /* slots */
};

/* Wants the columns that all sums have. */
void sums_plan(struct sums *sums, struct table *table);

/* Reads all rows of the table. Whatever is wrong with one is a message and the end. */
void sums_read(const struct sums *sums, struct table *table);

/* Writes a table of all groups. `names` are the columns of key and strata. */
void sums_write(const struct sums *sums, struct sink *out, const struct slice *names);

#endif
