/*
 * Two sums at two speeds, and why neither overflows
 * -------------------------------------------------
 * All values of a state are brought to one scale, the largest seen so far. When
 * a value with more decimals comes, the sums are raised to its scale: times 10
 * and times 100, as often as needed. That happens a few times in a stream.
 *
 * fast    A value of less than 2^47 units (hours in ten-thousandths: up to 1.4e10
 *         hours) is added to `sum` and its square, below 2^94, to `squares`, both
 *         of 128 bits. After 2^31 such values the two are below 2^78 and 2^125, and
 *         are carried to the wide sums.
 *
 * wide    Any decimal has less than 10^38 units at a scale of at most 36, so at the
 *         scale of the state less than 10^74: 246 bits, 4 limbs. Of 2^64 of them the
 *         sum has 310 bits and a sign: 5 limbs. Squares are below 10^148, 492 bits;
 *         their sum has 556: 9 limbs.
 *
 * The wide sum is two's complement, so raising it, adding a negative value and
 * merging are plain arithmetic modulo 2^320.
 *
 * What follows from the sums (mean, deviation) is a fraction of integers; it is
 * rounded by whoever prints it, once. The textbook formula n Q - S^2, useless in
 * doubles, is exact here.
 */
#include "number/moments.h"

#include <string.h>

#include "number/scaled.h"

enum { VALUE_LIMBS = 4 };

static void add_signed(uint64_t *total, size_t total_length, int sign, const uint64_t *size,
                       size_t length)
{
    uint64_t term[MOMENTS_SQUARE_LIMBS] = {0};
    memcpy(term, size, length * sizeof *term);
    if (sign < 0)
        limbs_negate(term, total_length);
    limbs_add(total, total_length, term, total_length);
}

/* Carries the fast sums to the wide ones. */
static void carry(struct moments *m)
{
    uint128 size = integer_size(m->sum);
    uint64_t sum[2] = {(uint64_t)size, (uint64_t)(size >> 64)};
    uint64_t squares[2] = {(uint64_t)m->squares, (uint64_t)(m->squares >> 64)};
    add_signed(m->wide_sum, MOMENTS_SUM_LIMBS, m->sum < 0 ? -1 : 1, sum, 2);
    limbs_add(m->wide_squares, MOMENTS_SQUARE_LIMBS, squares, 2);
    m->sum = 0;
    m->squares = 0;
    m->pending = 0;
}

static void times(uint64_t *limbs, size_t length, uint64_t factor)
{
    uint64_t carry = 0;
    for (size_t i = 0; i < length; i++) {
        uint128 part = (uint128)limbs[i] * factor + carry;
        limbs[i] = (uint64_t)part;
        carry = (uint64_t)(part >> 64);
    }
}

/* Brings the sums to a larger scale. */
static void raise_scale(struct moments *m, unsigned scale)
{
    carry(m);
    for (; m->scale < scale; m->scale++) {
        times(m->wide_sum, MOMENTS_SUM_LIMBS, 10);
        times(m->wide_squares, MOMENTS_SQUARE_LIMBS, 100);
    }
}

/* Adds a value too long for the fast sums; its scale is at most that of the state. */
static void add_wide(struct moments *m, struct decimal value)
{
    uint128 size = integer_size(value.units);
    uint128 factor = (uint128)decimal_power(m->scale - value.scale);
    uint64_t units[2] = {(uint64_t)size, (uint64_t)(size >> 64)};
    uint64_t lift[2] = {(uint64_t)factor, (uint64_t)(factor >> 64)};
    uint64_t lifted[VALUE_LIMBS], square[2 * VALUE_LIMBS];
    limbs_multiply(lifted, units, 2, lift, 2);
    limbs_multiply(square, lifted, VALUE_LIMBS, lifted, VALUE_LIMBS);
    add_signed(m->wide_sum, MOMENTS_SUM_LIMBS, value.units < 0 ? -1 : 1, lifted, VALUE_LIMBS);
    limbs_add(m->wide_squares, MOMENTS_SQUARE_LIMBS, square, (size_t)2 * VALUE_LIMBS);
}

void moments_add_any(struct moments *m, struct decimal value)
{
    const int128 fast = (int128)1 << MOMENTS_FAST_BITS;
    if (value.scale > m->scale)
        raise_scale(m, value.scale);
    if (m->pending >= MOMENTS_PENDING)
        carry(m);
    unsigned lift = m->scale - value.scale;
    bool few = lift < DIGITS_POWERS && value.units < fast && value.units > -fast;
    int128 units = few ? value.units * digits_powers[lift] : fast;
    if (units < fast && units > -fast) {
        moments_add(m, value);
        return;
    }
    m->n++;
    add_wide(m, value);
}

/* Adds the fast sums of another state of the same scale, if they stay in their bounds. */
static bool add_fast(struct moments *m, const struct moments *from)
{
    if (m->scale != from->scale || m->pending > MOMENTS_PENDING - from->pending)
        return false;
    m->sum += from->sum;
    m->squares += from->squares;
    m->pending += from->pending;
    return true;
}

static void add_counts(struct moments *m, const struct moments *from)
{
    m->n += from->n;
    m->missing += from->missing;
    limbs_add(m->wide_sum, MOMENTS_SUM_LIMBS, from->wide_sum, MOMENTS_SUM_LIMBS);
    limbs_add(m->wide_squares, MOMENTS_SQUARE_LIMBS, from->wide_squares, MOMENTS_SQUARE_LIMBS);
}

void moments_merge(struct moments *m, const struct moments *from)
{
    if (add_fast(m, from)) {
        add_counts(m, from);
        return;
    }
    struct moments other = *from;
    if (other.scale > m->scale)
        raise_scale(m, other.scale);
    raise_scale(&other, m->scale);
    add_counts(m, &other);
}

/* The sum in units of 10^-scale. */
static struct integer sum_of(struct arena *arena, const struct moments *moments)
{
    struct moments m = *moments;
    carry(&m);
    int sign = m.wide_sum[MOMENTS_SUM_LIMBS - 1] >> 63 == 1 ? -1 : 1;
    if (sign < 0)
        limbs_negate(m.wide_sum, MOMENTS_SUM_LIMBS);
    return integer_from_limbs(arena, sign, m.wide_sum, MOMENTS_SUM_LIMBS);
}

/* The sum of squares in units of 10^(-2 scale). */
static struct integer squares_of(struct arena *arena, const struct moments *moments)
{
    struct moments m = *moments;
    carry(&m);
    return integer_from_limbs(arena, 1, m.wide_squares, MOMENTS_SQUARE_LIMBS);
}

struct ratio moments_sum(struct arena *arena, const struct moments *m)
{
    return ratio_from(sum_of(arena, m), integer_power_of_ten(arena, m->scale));
}

struct ratio moments_mean(struct arena *arena, const struct moments *m)
{
    struct integer n = integer_of(arena, (int128)m->n);
    return ratio_from(sum_of(arena, m),
                      integer_multiply(arena, n, integer_power_of_ten(arena, m->scale)));
}

struct ratio moments_deviation(struct arena *arena, const struct moments *m)
{
    struct integer n = integer_of(arena, (int128)m->n);
    struct integer sum = sum_of(arena, m);
    struct integer over = integer_subtract(arena, integer_multiply(arena, n, squares_of(arena, m)),
                                           integer_multiply(arena, sum, sum));
    return ratio_from(over, integer_multiply(arena, n, integer_power_of_ten(arena, 2 * m->scale)));
}

const char *moments_print_sum(struct arena *arena, const struct moments *m)
{
    return scaled_print(arena, sum_of(arena, m), m->scale);
}

const char *moments_print_squares(struct arena *arena, const struct moments *m)
{
    return scaled_print(arena, squares_of(arena, m), 2 * m->scale);
}

bool moments_ones(struct arena *arena, const struct moments *m, uint64_t *ones)
{
    struct slice sum = slice_of(moments_print_sum(arena, m));
    struct slice squares = slice_of(moments_print_squares(arena, m));
    return slice_equal(sum, squares) && slice_whole(sum, ones);
}

/* Sets a zeroed state from texts; false where no n values have these sums. */
static bool state_of(struct arena *arena, struct moments *m, struct slice sum, struct slice squares)
{
    struct integer s, q;
    unsigned sum_scale, square_scale;
    if (!scaled_read(arena, sum, &s, &sum_scale) ||
        !scaled_read(arena, squares, &q, &square_scale) || sum_scale > DECIMAL_SCALE || q.sign < 0)
        return false;
    m->scale = sum_scale > (square_scale + 1) / 2 ? sum_scale : (square_scale + 1) / 2;
    s = integer_multiply(arena, s, integer_power_of_ten(arena, m->scale - sum_scale));
    q = integer_multiply(arena, q, integer_power_of_ten(arena, 2 * m->scale - square_scale));
    if (integer_bits(s) >= 64 * MOMENTS_SUM_LIMBS || integer_bits(q) > 64 * MOMENTS_SQUARE_LIMBS)
        return false;
    add_signed(m->wide_sum, MOMENTS_SUM_LIMBS, s.sign, s.limbs, s.length);
    limbs_add(m->wide_squares, MOMENTS_SQUARE_LIMBS, q.limbs, q.length);
    if (m->n == 0)
        return s.sign == 0 && q.sign == 0;
    return moments_deviation(arena, m).over.sign >= 0;
}

bool moments_read(struct moments *m, uint64_t n, struct slice sum, struct slice squares)
{
    struct arena arena = {0};
    struct moments read = {.n = n};
    bool good = state_of(&arena, &read, sum, squares);
    arena_free(&arena);
    if (good)
        moments_merge(m, &read);
    return good;
}
