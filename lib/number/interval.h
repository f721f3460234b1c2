/*
 * interval: a difference and its standard error to an interval, a p value, an
 * effect in percent; and the p values of a family adjusted for their number.
 *
 * What does not exist is NaN.
 */
#ifndef JF_INTERVAL_H
#define JF_INTERVAL_H

#include <stdbool.h>
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
 * diff in percent of the control's mean m0, with Fieller's confidence set (1954): the r for
 * which diff - r m0 is not significantly other than 0, {r: A r^2 - 2 B r + C <= 0} with
 *   A = m0^2 - c^2 v0,  B = m0 diff - c^2 q,  C = diff^2 - c^2 se^2,
 * c the critical t, v0 = se_control^2 and q = cov(diff, m0), which is -v0 where the arms are
 * independent. Where A > 0 the set is an interval. Where it is not, m0 may be 0, and the set
 * has no bounds: -Inf, Inf. It is then either all numbers or what lies outside of two, and in
 * the second case it may leave out 0 all the same.
 *
 * Means that cannot be negative bound the effect by -100 percent. So where A <= 0 and the
 * treated mean m1 is clear of 0, m1^2 > c^2 var(m1), the upper of the two numbers is the lower
 * limit, as the part below the lower one is out of reach.
 *
 * NaN where m0 is not above 0, limits where q is unknown or its size is not possible.
 */
struct interval_ratio {
    double diff, se;
    double control_mean, control_se;
    double covariance; /* q */
    double critical;   /* c */
    bool nonnegative;  /* neither mean can be below 0 */
};
struct interval_percent {
    double percent, low, high;
};
struct interval_percent interval_percent(const struct interval_ratio *ratio);

/* Whether q is a covariance that two such errors can have. */
bool interval_possible(const struct interval_ratio *ratio);

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
