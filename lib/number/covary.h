/*
 * covary: the covariance of two differences between arms, of the same persons.
 *
 * Two rows of a table compare arms in two variables of the same persons, with one control. Their
 * treated arms are the same, or two, who share the control alone. In fractions, rounded once, as in
 * estimate; of a row with itself it is the square of its standard error there.
 */
#ifndef JF_COVARY_H
#define JF_COVARY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/heap.h"
#include "number/covariance.h"
#include "number/moments.h"
#include "number/products.h"

/* The persons of an arm; `n` 0: there are none, and the rest is nothing. */
struct covary_arm {
    uint64_t n;
    const struct moments *moments; /* by member */
    const struct products *products;
};

/* The arms of a stratum, the two treated ones perhaps the same. */
struct covary_stratum {
    struct covary_arm one, other, control;
};

/* What is compared: of row one member i, of the other member j. */
struct covary {
    const struct covary_stratum *strata; /* one, where there are none */
    size_t count, i, j;
    bool same;   /* one and other are one arm */
    bool pooled; /* one variance for both arms (they must be the same) */
    bool stratified;
};

/*
 * With S_jk the covariances within an arm, over n - 1:
 *     S1_jk / n1 + S0_jk / n0, the first term where the treated arm is the same;
 * pooled: (sum of both arms' products of deviations) / (n1 + n0 - 2) (1/n1 + 1/n0);
 * strata: sum of w_b w'_b (...), w_b = n_b / n of the pair of arms that a row compares.
 * (Neyman 1923, for one row; for two, from diff_j + diff_k, whose variance it also must give.)
 * Pushes it, NaN where an arm has fewer than two persons.
 */
void covary_push(struct covariance *covariance, struct arena *arena, const struct covary *rows);

#endif
