/*
 * distribution: how the values of each key are distributed over bins.
 *
 * What is held is counts, by key and bin, never the rows.
 */
#ifndef JF_DISTRIBUTION_H
#define JF_DISTRIBUTION_H

#include "number/bins.h"
#include "stream/table.h"
#include "trial/cell.h"
#include "trial/keys.h"
#include "trial/labels.h"
#include "trial/persons.h"

struct distribution {
    const struct bins *bins;
    struct keys keys;
    struct persons *persons;    /* who is counted */
    struct labels *labels;      /* by column of the key */
    size_t value;               /* slot */
    struct numbers numbers;     /* its `comma` is to be set */
    struct bins_counts *counts; /* by number of the key */
    size_t room;
    int64_t first, last; /* the bins of the whole table: first to last - 1 */
};

/* No value counted yet. The bins and the persons must outlive it. */
struct distribution distribution_begin(const struct bins *bins, struct keys keys,
                                       struct persons *persons, size_t value, bool comma);

/* Counts all rows of the table. Whatever is wrong with one is a message and the end. */
void distribution_rows(struct distribution *distribution, struct table *table);

void distribution_free(struct distribution *distribution);

#endif
