/*
 * distribution: how the values of each key are distributed over bins.
 *
 * What is held is counts, by key and bin, never the rows.
 */
#ifndef JF_DISTRIBUTION_H
#define JF_DISTRIBUTION_H

#include "base/slice.h"
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

/* Counts all rows of the table, and returns how many they are. Whatever is wrong with one is a
 * message and the end. */
uint64_t distribution_rows(struct distribution *distribution, struct table *table);

/* Or counts that were counted elsewhere: adds n to a class of the row's key, whose cells it
 * returns; and when all have come. */
struct slice distribution_add(struct distribution *distribution, const struct table *row,
                              struct bins_class class, uint64_t n);
void distribution_end(struct distribution *distribution);

void distribution_free(struct distribution *distribution);

#endif
