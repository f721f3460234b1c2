/*
 * mask: small counts that must not leave the house.
 *
 * A count from 1 to K-1 points to people, so it is masked. Where it could be worked
 * out from what else is known, more is masked. How much more depends on nothing but
 * what is shown, so that tells nothing either. With K of 2 a small count is 1, and
 * nothing can hide that.
 */
#ifndef JF_MASK_H
#define JF_MASK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum mask {
    MASK_NONE,
    MASK_SMALL, /* 1 to K-1: shown as <K */
    MASK_OTHER  /* masked to protect a small one: shown as NA */
};

/*
 * Sets masks[i] for the counts of one group. Their sum is taken to be known, unless
 * it is small itself. Small counts are masked, and with them one or two of K or more:
 * the nearest before the first small one, else after it. Where that is not enough, or
 * there is none, the whole group is OTHER, and the answer is false. A k of 0 or 1
 * masks nothing.
 */
bool mask_counts(enum mask *masks, const uint64_t *counts, size_t count, uint64_t k);

/* The rows of an arm with a value and without one. */
struct mask_pair {
    uint64_t n, missing;
    bool binary;   /* the values are 0 or 1: */
    uint64_t ones; /* so many are 1 */
    enum mask n_mask, missing_mask;
    bool hidden; /* nothing that rests on the values is shown */
};

/*
 * Sets the masks of all pairs of a table. Pairs of one sum may be of the same people
 * (other outcomes, other months). So where there are several, their sum is taken to be
 * known, and a count beside a small one is masked with it. Values are hidden where their number
 * is masked, or where they are 0 or 1 and few are 0 or few are 1: their mean is a count, too.
 */
void mask_pairs(struct mask_pair *pairs, size_t count, uint64_t k);

#endif
