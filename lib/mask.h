/*
 * mask: small counts that must not leave the house.
 *
 * A count from 1 to K-1 points to people and is masked. If it could be worked
 * out from the sum of its group and the other counts, more is masked.
 */
#ifndef JF_MASK_H
#define JF_MASK_H

#include <stddef.h>
#include <stdint.h>

enum mask {
    MASK_NONE,
    MASK_SMALL, /* 1 to K-1: shown as <K */
    MASK_OTHER  /* large enough, masked to protect a small one: shown as NA */
};

/*
 * Sets masks[i] for the counts of one group whose sum is taken to be known. The
 * sum of the masked counts then follows by subtraction; it must leave each small
 * one at least two possible values, given that small ones lie from 1 to K-1 and
 * others are K or more. Where it does not, the least count still shown is masked
 * too. k of 0 or 1 masks nothing.
 */
void mask_counts(enum mask *masks, const uint64_t *counts, size_t count, uint64_t k);

#endif
