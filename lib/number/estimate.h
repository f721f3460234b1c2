/*
 * estimate: two arms to a difference, its standard error and degrees of freedom.
 *
 * All is worked out in exact fractions of the moments, and each number below is
 * rounded once, to the nearest double. What does not exist is NaN: the mean of no
 * values, the deviation of one, the degrees of freedom where nothing varies.
 */
#ifndef JF_ESTIMATE_H
#define JF_ESTIMATE_H

#include "base/heap.h"
#include "number/moments.h"

/* One arm. Units: those of the outcome. */
struct estimate_arm {
    double mean;
    double sd; /* root of the variance with n - 1 */
    double se; /* of the mean */
};

struct estimate {
    struct estimate_arm treated, control;
    double diff;        /* mean of the treated less mean of the control */
    double se;          /* of diff */
    double df;          /* degrees of freedom that go with se */
    double smd;         /* diff / sqrt((sd1^2 + sd0^2) / 2), without unit (Austin 2009, eq. 1) */
    double cov_control; /* covariance of diff and the control's mean, where clusters make one */
    bool means_shared;  /* each arm's mean rests on both arms */
    bool errors_shared; /* each arm's standard error does */
};

/*
 * Variances by arm: se^2 = s1^2/n1 + s0^2/n0 (Welch 1938), and with
 * a = s1^2/n1, b = s0^2/n0 the degrees of freedom
 * (a + b)^2 / (a^2/(n1 - 1) + b^2/(n0 - 1)) (Satterthwaite 1946, eq. 17).
 */
struct estimate estimate_welch(struct arena *arena, const struct moments *treated,
                               const struct moments *control);

/*
 * One variance for both arms: s^2 = (sum of both squared deviations) /
 * (n1 + n0 - 2), se^2 = s^2 (1/n1 + 1/n0), df = n1 + n0 - 2 (Student 1908). The
 * arms' standard errors rest on the same s, so that they add up to that of diff.
 */
struct estimate estimate_pooled(struct arena *arena, const struct moments *treated,
                                const struct moments *control);

/*
 * Randomised within strata: diff = sum of w_b diff_b with w_b = n_b / n, and
 * se^2 = sum of w_b^2 (s1b^2/n1b + s0b^2/n0b) (Neyman 1923; Imbens and Rubin
 * 2015, eq. 9.9). The arms' means and standard errors are weighted the same way; sd is
 * that of the whole arm. Each stratum needs two values in each arm.
 *
 * Degrees of freedom: se^4 over the sum of the squares of its 2 x strata terms, each over the
 * n - 1 of its own (Satterthwaite 1946, eq. 17), which for one stratum is Welch's; or
 * n - 2 x strata, right where all terms' variances are one.
 */
enum estimate_df { ESTIMATE_DF_SATTERTHWAITE, ESTIMATE_DF_RESIDUAL };
#define ESTIMATE_DF_WORDS "satterthwaite|n-2j"
struct estimate estimate_strata(struct arena *arena, const struct moments *treated,
                                const struct moments *control, size_t strata, enum estimate_df df);

/*
 * Strata of two persons, one in each arm: se^2 = sum of (d_b - d)^2 / (J (J - 1)) of the J strata's
 * differences d_b, d their mean, df = J - 1 (Student 1908). The
 * arms have no standard errors of their own.
 */
struct estimate estimate_pairs(struct arena *arena, const struct moments *treated,
                               const struct moments *control, size_t strata);

/*
 * Strata with at least one value in each arm, of which those with one value in an arm, the small
 * ones, of n_k persons, N_s in all, are taken together (Pashley and Miratrix 2021, the hybrid
 * estimator):
 *     v = sum of n_k^2 / ((N_s - 2 n_k) (N_s + A)) (d_k - d_s)^2,  A = sum of n_j^2 / (N_s - 2 n_j)
 * with d_s the small ones' weighted difference; se^2 = (N_s/N)^2 v + the terms of the others, as in
 * estimate_strata. Degrees of freedom by Satterthwaite, where v has one less than there are small
 * strata. The arms have no standard errors of their own. There is no v of one or two small
 * strata, nor where one has half of N_s or more: then the answer is not ESTIMATE_POOLED, and
 * `estimate` is left as it is.
 */
enum estimate_pool { ESTIMATE_POOLED, ESTIMATE_FEW, ESTIMATE_HALF };
enum estimate_pool estimate_pool(struct arena *arena, const struct moments *treated,
                                 const struct moments *control, size_t strata,
                                 struct estimate *estimate);

#endif
