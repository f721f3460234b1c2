/*
 * hours: employment degrees to hours, and the hours of a period's months to one value.
 *
 * A degree is the share of full time that a person worked in a month: 0 is no
 * wage hours, 1 is full time.
 */
#ifndef JF_HOURS_H
#define JF_HOURS_H

#include "number/bounds.h"
#include "number/decimal.h"

struct hours_rule {
    struct decimal full_time; /* hours of a month at degree 1; 160.33 in Denmark */
    struct decimal max;       /* a degree above it cannot be one */
    struct decimal cap;       /* higher degrees count as this one */
    bool capped;              /* there is a cap */
    bool percent;             /* degrees come as 0 to 100 */
};

enum hours_verdict {
    HOURS_GOOD,
    HOURS_BELOW,   /* the degree is below 0 */
    HOURS_ABOVE,   /* the degree is above max */
    HOURS_TOO_LONG /* hours of more digits than are held */
};

/* The degree as a share of 1, checked. */
enum hours_verdict hours_share(const struct hours_rule *rule, struct decimal degree,
                               struct decimal *share);

/* hours = share x full time, exactly; a share above the cap counts as the cap. */
enum hours_verdict hours_of_share(const struct hours_rule *rule, struct decimal share,
                                  struct decimal *hours);

/* The months of a period. A zeroed struct has none. */
struct hours_period {
    struct decimal sum;
    unsigned months; /* that have hours */
    unsigned absent; /* that have none and were dropped */
};

/* Adds a month's hours; false where the sum has too many digits. */
bool hours_add(struct hours_period *period, struct decimal hours);

/*
 * The value of a period is the sum of its months, `total`, or else their mean,
 * months > 0. hours_exact gives it as a decimal; false where it is none. hours_mean
 * is the double nearest to the mean.
 */
bool hours_exact(const struct hours_period *period, bool total, struct decimal *value);
double hours_mean(const struct hours_period *period);

/* Whether the exact value lies within the bounds; `doubt` is set where the answer would need more
 * digits than are held. */
bool hours_within(const struct hours_period *period, bool total, const struct bounds *bounds,
                  bool *doubt);

#endif
