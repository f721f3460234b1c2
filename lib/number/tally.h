/*
 * tally: the hours of a period's months to one value.
 */
#ifndef JF_TALLY_H
#define JF_TALLY_H

#include "number/decimal.h"

/* A zeroed struct has seen no month. */
struct tally {
    struct decimal sum;
    unsigned months; /* that have hours */
    unsigned absent; /* that have none and were dropped */
};

/* Adds a month's hours; false where the sum has too many digits. */
bool tally_add(struct tally *tally, struct decimal hours);

/*
 * The value is the sum of the months, or the mean: sum / months, months > 0.
 * tally_exact gives it as a decimal, where it is one; tally_mean the nearest
 * double to the mean.
 */
bool tally_exact(const struct tally *tally, bool total, struct decimal *value);
double tally_mean(const struct tally *tally);

/* A question to the exact value: above or below a bound, or at it. */
struct tally_bound {
    bool above, equal; /* > or >=, < or <= */
    struct decimal bound;
};

/* The answer; `doubt` is set where it would need more digits than are held. */
bool tally_judge(const struct tally *tally, bool total, const struct tally_bound *bound,
                 bool *doubt);

#endif
