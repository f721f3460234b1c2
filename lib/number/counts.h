/*
 * counts: how many values of a group fall into each bin, and beside the bins.
 *
 * Only bins from the lowest to the highest that holds a value are held.
 */
#ifndef JF_COUNTS_H
#define JF_COUNTS_H

#include "number/bins.h"
#include "number/mask.h"

/* What a value counts as: one of the rows beside the bins, or a bin, by its number. */
struct where {
    enum { UNDER, OVER, ZERO, MISSING, BESIDE, INSIDE = BESIDE } kind;
    int64_t bin;
};

/* A zeroed struct has counted nothing. */
struct counts {
    uint64_t beside[BESIDE];
    int64_t first; /* bins first to first + count - 1 are held in n */
    size_t count, room;
    uint64_t *n;
};

/* Widens the bins so that they hold one more; false where they would be more than BINS_MOST. */
bool counts_widen(struct counts *counts, int64_t bin);

/* Counts a value; false, and nothing has happened, where its bin is not held. */
static inline bool counts_add(struct counts *c, struct where where)
{
    if (where.kind != INSIDE) {
        c->beside[where.kind]++;
        return true;
    }
    if (where.bin < c->first || where.bin >= c->first + (int64_t)c->count)
        return false;
    c->n[where.bin - c->first]++;
    return true;
}

/* Adds all that `from` has counted; its bins are held. */
void counts_merge(struct counts *counts, const struct counts *from);

/* How many there are in a bin. */
uint64_t counts_in(const struct counts *counts, int64_t bin);

void counts_free(struct counts *counts);

/* The counts of a group in the order of output: under, bins, over, zero, missing. */
struct cells {
    uint64_t *counts;
    enum mask *masks;
    size_t count;
    uint64_t total; /* of what has a value and was not dropped */
    bool shared;    /* the shares, and with them that total, may be known */
};

/* The cells of a group for bins first to last - 1, counts from 1 to k - 1 masked; those of
 * 0 are left out of the total and counted as 0 where `drop_zero`. */
struct cells cells_of(const struct counts *counts, int64_t first, int64_t last, bool drop_zero,
                      uint64_t k);

void cells_free(struct cells *cells);

#endif
