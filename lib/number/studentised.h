/*
 * studentised: a difference between arms over its standard error, again and again.
 *
 * Who draws a lottery anew asks of each draw whether its t is at least that of the trial. Sums of
 * whole units go in, and t comes out twice: as a double with a bound of its error, and, for where
 * that cannot tell, as an exact fraction: t^2 is one for each of the standard errors below.
 *
 * A cell is an arm in a stratum. With n values in a cell, n_b in both arms of a stratum,
 * d_b the difference of its means and N = sum of n_b, the difference is sum of n_b/N d_b, and se^2
 *
 * NEYMAN    as estimate_strata, for one stratum estimate_welch
 * PAIRS     as estimate_pairs
 * POOL      as estimate_pool
 * CLUSTERS  as cluster_estimate with CR1S, where a cluster is in one cell
 *
 * As both have the same N under them, both are worked out without. With S the sum and Q the sum of
 * squares n Q - S^2 is whole; and so is, for clusters of m values that sum to T,
 * n^2 sum of (T - m S/n)^2 = n^2 (sum of T^2) - 2 n S (sum of m T) + S^2 (sum of m^2).
 * Terms of one sign are added, so that the square's relative error is a few units in the last place
 * a term; that of the difference is bounded by the sum of the terms' sizes.
 */
#ifndef JF_STUDENTISED_H
#define JF_STUDENTISED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/heap.h"
#include "number/integer.h"
#include "number/ratio.h"

/* Below: |sum| and |products| 2^104, squares 2^127; n 2^21 where sums are larger than 2^62. */
struct studentised_cell {
    uint64_t n;       /* values */
    int128 sum;       /* of the values */
    uint128 squares;  /* of the values; with clusters, of their sums T */
    int128 products;  /* with clusters, of m T */
    uint64_t sizes;   /* with clusters, of m^2 */
    uint64_t members; /* with clusters, how many have values */
};

enum studentised_kind {
    STUDENTISED_NEYMAN,
    STUDENTISED_PAIRS,
    STUDENTISED_POOL,
    STUDENTISED_CLUSTERS
};

/* The strata that have values, their cells in two arrays. */
struct studentised_cells {
    enum studentised_kind kind;
    const struct studentised_cell *treated, *control;
    size_t strata;
};

/* t is between t - error and t + error. An infinite error: the double knows nothing. NaN: there is
 * no t. Where nothing varies, a difference of 0 has t 0, and another has none. */
struct studentised {
    double t, error;
};
struct studentised studentised_near(struct arena *arena, const struct studentised_cells *cells);

/* The same exactly: t^2 and its sign. In the arena. */
struct studentised_exact {
    bool exists;
    int sign;
    struct ratio square;
};
struct studentised_exact studentised_exact(struct arena *arena,
                                           const struct studentised_cells *cells);

/* Whether there is none, and whether the double knows nothing. */
bool studentised_none(struct studentised t);
bool studentised_unknown(struct studentised t);

#endif
