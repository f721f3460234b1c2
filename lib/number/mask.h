/*
 * mask: small counts that must not leave the house.
 *
 * A count from 1 to K-1 points to people and is masked. If it could be worked
 * out from what else is known, more is masked; how much more is known to depend
 * on nothing but what is shown, so that it tells nothing either. With K of 2 a
 * small count is 1, and nothing can hide that.
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
 * it is small itself. One or two counts of K or more are masked with the small ones,
 * those that stand before the first of these or else after it; where that is not
 * enough, or there is none, all of the group is OTHER, and the answer is false. k of 0
 * or 1 masks nothing.
 */
bool mask_counts(enum mask *masks, const uint64_t *counts, size_t count, uint64_t k);

/* The rows of an arm with a value and without one. */
struct mask_pair {
    uint64_t n, missing;
    enum mask n_mask, missing_mask;
};

/*
 * Sets the masks of all pairs of a table. Those of one sum may be of the same people
 * (other outcomes, other months), and where there are several their sum is taken to
 * be known. A count beside a small one is masked with it then.
 */
void mask_pairs(struct mask_pair *pairs, size_t count, uint64_t k);

#endif
