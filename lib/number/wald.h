/*
 * wald: whether many differences are all 0, or all equal, by their covariances (Wald 1943).
 *
 * Chi-square. d are the differences, V their covariance matrix: chi2 = d' V^- d, with as many
 * degrees of freedom as V has rank k. V^- is made of the correlation matrix, whose entries have no
 * units: its eigenvalues above 1e-10 of the largest are turned about, the others, of rows that
 * others add up to, are left out, with k, which must be below nu then, or few people make them.
 * Equal: the same of the differences of neighbours, C d and
 * C V C'; where two rows are one but for rounding (a variance below 1e-14 of theirs), without them.
 *
 * F. The variances are estimates: with nu degrees of freedom, T^2 = chi2 is Hotelling's (1931), and
 *
 *     f = chi2 (nu - k + 1) / (nu k)
 *
 * is F with k and nu - k + 1. This is exact where V is that of normal values with one covariance
 * matrix in both arms, estimated as one (nu = n1 + n0 - 2), and then the F of the regression of the
 * arm on the outcomes; elsewhere, with the smallest df of the rows, of about the right size.
 *
 * Different people (V has nothing off the diagonal): chi2 is Cochran's Q (1954), with weights
 * w = 1/v, and F is Welch's (1951, Biometrika 38: 330-336), which knows that each variance has been
 * estimated by itself; of J = 2 rows it is the square of t with Satterthwaite's df:
 *
 *     f = Q / (J - 1) / (1 + 2 (J - 2) / (J^2 - 1) A),  A = sum (1 - w/sum(w))^2 / df,
 *     df1 = J - 1,  df2 = (J^2 - 1) / (3 A).
 *
 * Randomisation. d2 = (N - 1) T^2 / (T^2 + N - 2), chi-square with k, is the test of balance of
 * Hansen and Bowers (2008, Statistical Science 23, section 3) of N persons: T^2 with the variances
 * that the persons have as one sample, not as two.
 */
#ifndef JF_WALD_H
#define JF_WALD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct covariance;

/* Whether there can be such effects at all. */
enum wald_verdict {
    WALD_GOOD,
    WALD_FEW,        /* there are, but people are too few for so many rows: all is unknown */
    WALD_IMPOSSIBLE, /* the matrix is none of covariances: an eigenvalue is below 0 */
    WALD_APART /* a row that follows from others, or is one with another, has another difference */
};

/* What does not exist, or follows from what is unknown, is NaN. */
struct wald {
    enum wald_verdict verdict;
    size_t rows; /* tested: those whose variance is not 0 */
    double rank; /* k, and df1 */
    double chi2, p_chi2;
    double f, df1, df2, p; /* where nu is k or more */
    double d2, p_d2;       /* see wald_balance */
};

/* A difference, its standard error and degrees of freedom. */
struct wald_effect {
    double diff, se, df;
};

/* The test of the rows of `covariance`, whose effects these are; nu is the smallest df. Rows with a
 * variance of 0 are left out; one that is unknown makes all unknown, and a df that is f. */
struct wald wald_joint(const struct covariance *covariance, const struct wald_effect *effects,
                       bool equal);

/* Whether `count` effects on different people are equal. Those with an se of 0 are left out; a df
 * that is unknown leaves f unknown. */
struct wald wald_disjoint(const struct wald_effect *effects, size_t count);

/* Adds d2 of so many persons to a joint test with one covariance matrix for both arms; of 0 persons
 * NaN. */
void wald_balance(struct wald *wald, uint64_t persons);

#endif
