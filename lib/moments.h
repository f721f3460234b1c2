/*
 * moments: how many, their sum, their sum of squares; exactly.
 *
 * Values are added one by one, as decimals, in any order; the state is the same
 * for any order and any cut into parts that are merged. Nothing is rounded. A
 * state has a fixed size and takes 2^64 values of any size a decimal can have.
 */
#ifndef JF_MOMENTS_H
#define JF_MOMENTS_H

#include "decimal.h"
#include "ratio.h"

enum { MOMENTS_SUM_LIMBS = 5, MOMENTS_SQUARE_LIMBS = 9 };

struct moments {
    uint64_t n;       /* values added */
    uint64_t missing; /* values that were missing */
    unsigned scale;   /* sums count 10^-scale, squares 10^(-2 scale) */
    uint32_t pending; /* values in the two below, not yet in the wide sums */
    int128 sum;
    uint128 squares;
    uint64_t wide_sum[MOMENTS_SUM_LIMBS]; /* two's complement */
    uint64_t wide_squares[MOMENTS_SQUARE_LIMBS];
};

/* A zeroed struct is the state of no values. */

void moments_add(struct moments *moments, struct decimal value);

/* Adds all that `from` has seen. */
void moments_merge(struct moments *moments, const struct moments *from);

/*
 * The exact state as decimals and back. The texts of moments_print lie in the
 * arena. moments_read adds n values of that sum and sum of squares; `false`
 * where the two texts are no decimals that n values could have: too many
 * digits, or n times the squares less than the square of the sum.
 */
const char *moments_print_sum(struct arena *arena, const struct moments *moments);
const char *moments_print_squares(struct arena *arena, const struct moments *moments);
bool moments_read(struct moments *moments, uint64_t n, struct slice sum, struct slice squares);

/* Sum / n; n > 0. */
struct ratio moments_mean(struct arena *arena, const struct moments *moments);

/* Sum of squares less n times the squared mean: the squared deviations from the
 * mean, summed; n > 0. Over n - 1 it is the variance. */
struct ratio moments_deviation(struct arena *arena, const struct moments *moments);

#endif
