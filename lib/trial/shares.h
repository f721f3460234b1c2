/*
 * shares: the arms of a lottery, and how many people each of them gets.
 *
 * Shares are whole numbers in lowest terms, so that 50:50 is 1:1; S is their sum. Of n people,
 * arm i gets floor(n s_i / S), and the odd places that are left go by systematic sampling: with
 * C_i the sum over j <= i of (n s_j mod S), and u drawn evenly from 0 to S-1, arm i gets one for
 * each whole k with C_(i-1) <= u + k S < C_i. So each person's chance of an arm is exactly its
 * share, and no arm is more than one place off: places drawn evenly would give the first of two
 * arms at 2:1 and five people .70 of them.
 */
#ifndef JF_SHARES_H
#define JF_SHARES_H

#include <stddef.h>
#include <stdint.h>

#include "base/option.h"
#include "base/slice.h"

enum { SHARES_MOST = 1000000 };

struct shares {
    struct slice *labels; /* of the arms, in the order given, which counts */
    uint64_t *of;         /* by arm, in lowest terms, 1 to SHARES_MOST */
    uint64_t sum;
    size_t count; /* of arms, at least 2 */
};

/* Reads items LABEL:SHARE, of which LABEL ends at the last colon. Anything else is wrong usage. */
struct shares shares_read(const struct list *items);

/* The arm of that label; SIZE_MAX where there is none. */
size_t shares_find(const struct shares *shares, struct slice label);

/* Where `people` are all drawn at once: how many each arm gets, by u (see above). */
void shares_places(const struct shares *shares, uint64_t people, uint64_t u, uint64_t *places);

void shares_free(struct shares *shares);

#endif
