/*
 * interval: a difference and its standard error to an interval, a p value, an
 * effect in percent; and the p values of a family adjusted for their number.
 *
 * What does not exist is NaN.
 */
#ifndef JF_INTERVAL_H
#define JF_INTERVAL_H

#include <stddef.h>

/* How sure: alpha = 1 - level, and tail = alpha / 2. */
struct interval_level {
    double alpha, tail;
};

struct interval {
    double t;         /* diff / se */
    double p;         /* two-sided: P(|T| >= |t|) */
    double low, high; /* diff -+ critical x se */
    double critical;  /* the t with P(T > t) = tail */
    int significant;  /* 1, 0, or -1 where there is no interval */
};

/*
 * Student's t with df degrees of freedom, infinite for the normal. Nothing
 * exists where se is not above 0 or df is NaN. `significant` is 1 exactly when
 * the interval leaves out 0 and p < alpha.
 */
struct interval interval_of(double diff, double se, double df, struct interval_level level);

/*
 * diff in percent of the control's mean m0, with Fieller's interval (1954): the
 * r for which the test of m1 - (1 + r) m0 = 0 does not reject, the roots of
 *   (m0^2 - c^2 v0) r^2 - 2 (m0 diff + c^2 v0) r + (diff^2 - c^2 se^2) = 0,
 * c the critical t, v0 = se_control^2, cov(diff, m0) = -v0. Where m0^2 <= c^2 v0
 * the mean may be 0 and the interval has no bounds: -Inf, Inf. It leaves out 0
 * exactly when that of diff does.
 */
struct interval_percent {
    double percent, low, high;
};
struct interval_percent interval_percent(double diff, double se, double control_mean,
                                         double control_se, double critical);

enum interval_adjust {
    INTERVAL_ADJUST_BONFERRONI, /* m p */
    INTERVAL_ADJUST_HOLM,       /* Holm 1979 */
    INTERVAL_ADJUST_HOCHBERG,   /* Hochberg 1988 */
    INTERVAL_ADJUST_BH,         /* Benjamini and Hochberg 1995: the false discovery rate */
    INTERVAL_ADJUST_NONE
};
#define INTERVAL_ADJUST_WORDS "bonferroni|holm|hochberg|bh"

/* Replaces each p of the family by its adjusted value, at most 1; NaN stays and
 * does not count. */
void interval_adjust(double *p, size_t count, enum interval_adjust method);

#endif
