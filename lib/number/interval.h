/*
 * interval: a difference and its standard error to an interval, a p value, an
 * effect in percent; and the p values of families adjusted for their number.
 *
 * What does not exist is NaN.
 */
#ifndef JF_INTERVAL_H
#define JF_INTERVAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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

/* None exists. */
struct interval interval_none(void);

/*
 * The difference of two shares, of arms in which `ones` of n persons have a 1: by Newcombe (1998),
 * method 10, from the limits of Wilson (1927) l, u of each share p,
 *     low = d - sqrt((p1 - l1)^2 + (u0 - p0)^2),  high = d + sqrt((u1 - p1)^2 + (p0 - l0)^2),
 * so that there is one where an arm has no event at all, or nothing else. t is z of the test that
 * pools the arms, and p its p value, of the normal; they do not exist where all persons are alike,
 * and then the interval holds 0.
 */
struct interval_share {
    uint64_t n, ones;
};
struct interval interval_of_shares(struct interval_share treated, struct interval_share control,
                                   struct interval_level level);

/* Mean and deviation (over n - 1) of an arm; NaN is unknown, as all of it is in none. */
struct interval_arm {
    double mean, sd;
};
struct interval_arm interval_arm_none(void);

/* Whether they are those of an outcome that is 0 or 1 in n persons: n mean is a whole number, the
 * ones, and sd^2 (n - 1) / n = mean (1 - mean), each to 1e-9. (Of one person there is no sd.) */
bool interval_ones(const struct interval_arm *arm, uint64_t n, uint64_t *ones);

/* Whether diff is that of the shares, to 1e-9. */
bool interval_shares_differ_by(struct interval_share treated, struct interval_share control,
                               double diff);

/*
 * The smallest effect that is found with some power: (t with a tail of level.tail, plus t with a
 * tail of `miss`, one less the power) x se. NaN where se is not above 0 or df is NaN.
 */
double interval_detectable(double se, double df, struct interval_level level, double miss);

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
    INTERVAL_ADJUST_BY, /* Benjamini and Yekutieli 2001: the same, whatever depends on what */
    INTERVAL_ADJUST_NONE
};
#define INTERVAL_ADJUST_WORDS "bonferroni|holm|hochberg|bh|by"

/* Replaces each p by its value adjusted within its family, at most 1; families[i] is the number
 * of that of p[i]. m is the family's p values; NaN stays and does not count. BY is BH times
 * 1 + 1/2 + ... + 1/m. */
void interval_adjust(double *p, const size_t *families, size_t count, enum interval_adjust method);

#endif
