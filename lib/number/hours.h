/*
 * degree: an employment degree to hours.
 *
 * A degree is the share of full time that a person worked in a month: 0 is no
 * wage hours, 1 is full time.
 */
#ifndef JF_HOURS_H
#define JF_HOURS_H

#include "number/decimal.h"

struct degree_rule {
    struct decimal full_time; /* hours of a month at degree 1; 160.33 in Denmark */
    struct decimal max;       /* a degree above it cannot be one */
    struct decimal cap;       /* higher degrees count as this one */
    bool capped;              /* there is a cap */
    bool percent;             /* degrees come as 0 to 100 */
};

enum degree_verdict {
    DEGREE_GOOD,
    DEGREE_BELOW,   /* below 0 */
    DEGREE_ABOVE,   /* above max */
    DEGREE_TOO_LONG /* hours of more digits than are held */
};

/* The degree as a share of 1, checked. */
enum degree_verdict degree_check(const struct degree_rule *rule, struct decimal degree,
                                 struct decimal *share);

/* hours = share x full time, exactly; a share above the cap counts as the cap. */
enum degree_verdict degree_hours(const struct degree_rule *rule, struct decimal share,
                                 struct decimal *hours);

#endif
