/*
 * band: an interval for each of a family's effects that hold all at once.
 *
 * The critical value c is that with P(max_j |T_j| <= c) = level, where T is t of the family's
 * effects if all were 0: the correlations are those of their covariances, the degrees of freedom
 * the smallest of any (Montiel Olea and Plagborg-Moller 2019, "sup-t"). diff -+ c se then holds
 * all effects at once, and p, the single-step p value, is P(max_j |T_j| >= |t|).
 *
 * The one number that is not known in closed form is a mean over directions (see band.c), and is
 * taken over a fixed lattice of 2^18: no seed, the same bytes in each run and for any number of
 * threads. Accuracy of c: 2e-5 at two rows, 1e-3 up to 13, 2e-3 at 78, or 4e-3 where those are
 * nearly independent. One effect, and such as are perfectly correlated, have t's own critical value
 * exactly. c and p are rounded to 12 digits, which is more than they are worth, so that libraries
 * that differ in the last bit of a logarithm agree; and they are held between what is always so: c
 * is not below t's own, nor above that of as many effects that are independent (Sidak 1967), and p
 * neither.
 */
#ifndef JF_BAND_H
#define JF_BAND_H

#include <stddef.h>

#include "number/interval.h"

struct covariance;

enum { BAND_POINTS = 1 << 18, BAND_SHARE = 1 << 12, BAND_SHARES = BAND_POINTS / BAND_SHARE };

/* An effect. NaN is unknown. */
struct band_effect {
    double diff, se, df; /* df may be infinite: the normal distribution */
};

/* What it has; NaN all where it has nothing. */
struct band_limits {
    double critical, low, high, p;
};

enum band_verdict {
    BAND_GOOD,
    BAND_MANY,      /* more effects than SPECTRUM_MOST */
    BAND_IMPOSSIBLE /* covariances that no effects have: an eigenvalue is below 0 */
};

struct band {
    size_t count;        /* of the family's effects those of which all is known */
    size_t rank;         /* of their correlations */
    double df, critical; /* NaN: there is no band */
    double *roots;       /* a row an effect: corr = L L', L of count x rank */
    double *steps;       /* of the lattice, by dimension */
    double *reach;       /* by point: max_j |(L u)_j| */
    size_t nodes;
    double *at, *weights; /* the mean over directions as one over few values of the reach */
};

/* Begins the band of a family of `count` effects: effect i is row rows[i] of the covariances. Those
 * whose diff, se or df is unknown, or whose se is not above 0, are none of it. Where a covariance
 * is unknown there is no band. */
enum band_verdict band_begin(struct band *band, const struct covariance *covariance,
                             const struct band_effect *effects, const size_t *rows, size_t count);

/* The work, in BAND_SHARES pieces, which any threads may do side by side, and in any order. */
void band_work(struct band *band, size_t share);

/* When all is done: the critical value, the c whose tail is that of the level. */
void band_end(struct band *band, struct interval_level level);

/* An effect's limits. */
struct band_limits band_limits(const struct band *band, const struct band_effect *effect);

void band_free(struct band *band);

#endif
