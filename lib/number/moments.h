/*
 * moments: how many, their sum, their sum of squares; exactly.
 *
 * Values are added one by one, as decimals, in any order; the state is the same
 * for any order and any cut into parts that are merged. Nothing is rounded. A
 * state has a fixed size and takes 2^64 values of any size a decimal can have.
 */
#ifndef JF_MOMENTS_H
#define JF_MOMENTS_H

#include "base/heap.h"
#include "base/slice.h"
#include "number/decimal.h"
#include "number/digits.h"
#include "number/integer.h"
#include "number/ratio.h"

enum { MOMENTS_SUM_LIMBS = 5, MOMENTS_SQUARE_LIMBS = 9, MOMENTS_FAST_BITS = 47 };
#define MOMENTS_PENDING ((uint32_t)1 << 31)

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

/* What moments_add does, for any value, slowly. */
void moments_add_any(struct moments *moments, struct decimal value);

/* Adds a value. That takes a few operations where the state has as many decimals and
 * the value has few digits, as nearly always. */
static inline void moments_add(struct moments *moments, struct decimal value)
{
    const int64_t fast = (int64_t)1 << MOMENTS_FAST_BITS;
    int64_t units = (int64_t)value.units;
    unsigned lift = moments->scale - value.scale; /* huge where the value has more */
    if (lift >= DIGITS_POWERS || units != value.units ||
        __builtin_mul_overflow(units, digits_powers[lift], &units) || units >= fast ||
        units <= -fast || moments->pending >= MOMENTS_PENDING) {
        moments_add_any(moments, value);
        return;
    }
    moments->n++;
    moments->pending++;
    moments->sum += units;
    moments->squares += (uint128)((int128)units * units);
}

/* Adds all that `from` has seen. */
void moments_merge(struct moments *moments, const struct moments *from);

/* Whether the values may all be 0 or 1, as their sum is that of their squares; then `ones` is how
 * many are 1. */
bool moments_ones(struct arena *arena, const struct moments *moments, uint64_t *ones);

/*
 * The exact state as decimals and back. The texts lie in the arena. moments_read adds n
 * values of that sum and sum of squares. False where no n values have them: the texts
 * are no decimals or too long, or n times the squares is less than the squared sum.
 */
const char *moments_print_sum(struct arena *arena, const struct moments *moments);
const char *moments_print_squares(struct arena *arena, const struct moments *moments);
bool moments_read(struct moments *moments, uint64_t n, struct slice sum, struct slice squares);

/* The sum, over a power of ten; of the state's own scale, so that those of one scale have one
 * denominator. */
struct ratio moments_sum(struct arena *arena, const struct moments *moments);

/* Sum / n; n > 0. */
struct ratio moments_mean(struct arena *arena, const struct moments *moments);

/* The sum of the squared deviations from the mean: the squares less n times the squared
 * mean; n > 0. Over n - 1 it is the variance. */
struct ratio moments_deviation(struct arena *arena, const struct moments *moments);

#endif
