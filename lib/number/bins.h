/*
 * bins: numbered intervals [low, high) on the line of exact decimals.
 *
 * Either all of one width, bin 0 beginning at `from`, and bounded at both ends,
 * one, or none; or between given breaks. Bin i is followed by bin i + 1.
 */
#ifndef JF_BINS_H
#define JF_BINS_H

#include "number/decimal.h"

enum { BINS_MOST = 100000 };

struct bins {
    struct decimal width; /* of each, unless there are breaks */
    struct decimal from;  /* where bin 0 begins */
    struct decimal to;    /* where the last one ends, if it is bounded */
    bool has_from, has_to;
    int64_t count;          /* of bins from bin 0 to `to`, if it is bounded */
    struct decimal *breaks; /* count + 1 of them, ascending; NULL: by width */
};

enum bins_verdict {
    BINS_GOOD,
    BINS_NO_WIDTH,  /* not above 0 */
    BINS_NOT_ABOVE, /* `to` is not above `from` */
    BINS_NOT_WHOLE, /* `to` is not a whole number of widths from `from` */
    BINS_TOO_MANY   /* more than BINS_MOST */
};

/* Checks width, from and to, and counts; without has_from, from is to be 0. */
enum bins_verdict bins_plan(struct bins *bins);

enum bins_place { BINS_UNDER, BINS_INSIDE, BINS_OVER, BINS_TOO_FAR };

/* Which bin a value lies in; TOO_FAR where that cannot be told exactly. */
enum bins_place bins_find(const struct bins *bins, struct decimal value, int64_t *bin);

/* Where bin number `bin` begins; false where that has too many digits. */
bool bins_bound(const struct bins *bins, int64_t bin, struct decimal *bound);

#endif
