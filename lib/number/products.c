/*
 * Two sums at two speeds, as in moments, and why neither overflows
 * -----------------------------------------------------------------
 * All values of a state are brought to one scale, the largest seen so far; where one with more
 * decimals comes, the sums are raised, times 100 for each decimal.
 *
 * fast    A vector all of whose values have less than 2^47 units: each product is below 2^94, and
 *         2^31 of them are below 2^125. So 128 bits and a sign hold them, and after so many vectors
 *         they are carried to the wide sums.
 *
 * wide    A decimal has less than 10^38 units at a scale of at most 36: at the scale of the state
 *         less than 10^74. A product is below 10^148, 492 bits; of 2^64 of them the sum has 556
 *         bits, and a sign: 9 limbs, two's complement, so that raising and adding are arithmetic
 *         modulo 2^576.
 *
 * Where a value is 0 its products are, and most hours of most persons are: a vector with k other
 * values costs k^2 / 2 multiplications, whatever the number of members.
 */
#include "number/products.h"

#include <stdlib.h>
#include <string.h>

#include "number/digits.h"
#include "number/scaled.h"

enum { LIMBS = MOMENTS_SQUARE_LIMBS, VALUE_LIMBS = 4, TWO_WORDS = 2 };

/* How many sums so many members have, and so the first of the next one. */
static size_t sums_of(size_t members)
{
    return members < 2 ? 0 : members * (members - 1) / 2;
}

static void widen_sums(struct products *p, size_t old, size_t count)
{
    size_t room = p->room;
    if (count == old)
        return;
    p->fast = heap_grow(p->fast, &room, count, sizeof *p->fast);
    memset(p->fast + old, 0, (room - old) * sizeof *p->fast);
    if (p->wide != NULL) {
        p->wide = heap_grow(p->wide, &p->room, count, sizeof *p->wide);
        memset(p->wide + old, 0, (room - old) * sizeof *p->wide);
    }
    p->room = room;
}

void products_widen(struct products *p, size_t members)
{
    size_t room = p->vector_room;
    if (members <= p->members)
        return;
    widen_sums(p, sums_of(p->members), sums_of(members));
    p->at = heap_grow(p->at, &room, members, sizeof *p->at);
    p->units = heap_grow(p->units, &p->vector_room, members, sizeof *p->units);
    p->members = members;
}

void products_clear(struct products *p)
{
    for (size_t i = 0; i < sums_of(p->members); i++)
        p->fast[i] = 0;
    free(p->wide);
    p->wide = NULL;
    p->pending = 0;
}

static void add_signed(uint64_t *total, int sign, const uint64_t *size, size_t length)
{
    uint64_t term[LIMBS] = {0};
    memcpy(term, size, length * sizeof *term);
    if (sign < 0)
        limbs_negate(term, LIMBS);
    limbs_add(total, LIMBS, term, LIMBS);
}

static void take_wide(struct products *p)
{
    if (p->wide == NULL)
        p->wide = heap_take(p->room, sizeof *p->wide);
}

/* Carries the fast sums to the wide ones. */
static void carry(struct products *p)
{
    take_wide(p);
    for (size_t i = 0; i < sums_of(p->members); i++) {
        uint128 size = integer_size(p->fast[i]);
        uint64_t words[TWO_WORDS] = {(uint64_t)size, (uint64_t)(size >> 64)};
        add_signed(p->wide[i], p->fast[i] < 0 ? -1 : 1, words, TWO_WORDS);
        p->fast[i] = 0;
    }
    p->pending = 0;
}

static void times(uint64_t *limbs, uint64_t factor)
{
    uint64_t rest = 0;
    for (size_t i = 0; i < LIMBS; i++) {
        uint128 part = (uint128)limbs[i] * factor + rest;
        limbs[i] = (uint64_t)part;
        rest = (uint64_t)(part >> 64);
    }
}

static void raise_scale(struct products *p, unsigned scale)
{
    if (scale <= p->scale)
        return;
    if (p->pending == 0 && p->wide == NULL) {
        p->scale = scale;
        return;
    }
    carry(p);
    for (; p->scale < scale; p->scale++)
        for (size_t i = 0; i < sums_of(p->members); i++)
            times(p->wide[i], 100);
}

/* A value in units of the state, where these are few. */
static inline bool few_units(const struct products *p, struct decimal value, int64_t *units)
{
    const int64_t fast = (int64_t)1 << MOMENTS_FAST_BITS;
    unsigned lift = p->scale - value.scale; /* huge where the value has more decimals */
    *units = (int64_t)value.units;
    return lift < DIGITS_POWERS && *units == value.units &&
           !__builtin_mul_overflow(*units, digits_powers[lift], units) &&
           *units<fast && * units> - fast;
}

/* The values other than 0 of a vector; false where one has many units. */
static bool gather_few(struct products *p, const struct decimal *values, size_t *count)
{
    size_t used = 0;
    for (size_t i = 0; i < p->members; i++) {
        if (values[i].units == 0)
            continue;
        if (!few_units(p, values[i], &p->units[used]))
            return false;
        p->at[used++] = i;
    }
    *count = used;
    return true;
}

/* Adds a vector whose values may be as long as decimals are; all scales are at most the state's. */
static void add_wide(struct products *p, const struct decimal *values)
{
    uint64_t(*lifted)[VALUE_LIMBS] = heap_take(p->members, sizeof *lifted);
    for (size_t i = 0; i < p->members; i++) {
        uint128 size = integer_size(values[i].units);
        uint128 factor = (uint128)decimal_power(p->scale - values[i].scale);
        uint64_t units[TWO_WORDS] = {(uint64_t)size, (uint64_t)(size >> 64)};
        uint64_t lift[TWO_WORDS] = {(uint64_t)factor, (uint64_t)(factor >> 64)};
        limbs_multiply(lifted[i], units, TWO_WORDS, lift, TWO_WORDS);
    }
    take_wide(p);
    for (size_t i = 1; i < p->members; i++)
        for (size_t j = 0; j < i; j++) {
            uint64_t product[2 * VALUE_LIMBS];
            bool below = (values[i].units < 0) != (values[j].units < 0);
            limbs_multiply(product, lifted[i], VALUE_LIMBS, lifted[j], VALUE_LIMBS);
            add_signed(p->wide[sums_of(i) + j], below ? -1 : 1, product, (size_t)2 * VALUE_LIMBS);
        }
    free(lifted);
}

static void add_slowly(struct products *p, const struct decimal *values)
{
    for (size_t i = 0; i < p->members; i++)
        raise_scale(p, values[i].units == 0 ? 0 : values[i].scale);
}

void products_add(struct products *p, const struct decimal *values)
{
    size_t count;
    if (!gather_few(p, values, &count)) {
        add_slowly(p, values);
        if (!gather_few(p, values, &count)) {
            add_wide(p, values);
            return;
        }
    }
    if (p->pending >= MOMENTS_PENDING)
        carry(p);
    p->pending++;
    for (size_t i = 1; i < count; i++) {
        int128 *sums = p->fast + sums_of(p->at[i]);
        for (size_t j = 0; j < i; j++)
            sums[p->at[j]] += (int128)p->units[i] * p->units[j];
    }
}

/* The sum of two members, in units of 10^(-2 scale). */
static struct integer sum_of(struct arena *arena, const struct products *p, size_t i, size_t j)
{
    size_t at = sums_of(i) + j;
    uint64_t sum[LIMBS] = {0};
    uint128 size = integer_size(p->fast[at]);
    uint64_t words[TWO_WORDS] = {(uint64_t)size, (uint64_t)(size >> 64)};
    if (p->wide != NULL)
        memcpy(sum, p->wide[at], sizeof sum);
    add_signed(sum, p->fast[at] < 0 ? -1 : 1, words, TWO_WORDS);
    int sign = sum[LIMBS - 1] >> 63 == 1 ? -1 : 1;
    if (sign < 0)
        limbs_negate(sum, LIMBS);
    return integer_from_limbs(arena, sign, sum, LIMBS);
}

const char *products_print(struct arena *arena, const struct products *p, size_t i, size_t j)
{
    return scaled_print(arena, sum_of(arena, p, i, j), 2 * p->scale);
}

bool products_read(struct products *p, size_t i, size_t j, struct slice text)
{
    struct arena arena = {0};
    struct integer units;
    unsigned scale;
    bool good = scaled_read(&arena, text, &units, &scale);
    if (good) {
        raise_scale(p, (scale + 1) / 2);
        units = integer_multiply(&arena, units, integer_power_of_ten(&arena, 2 * p->scale - scale));
        good = integer_bits(units) < 64 * LIMBS;
    }
    if (good) {
        take_wide(p);
        add_signed(p->wide[sums_of(i) + j], units.sign, units.limbs, units.length);
    }
    arena_free(&arena);
    return good;
}

struct ratio products_deviation(struct arena *arena, const struct products *p,
                                const struct moments *moments, size_t i, size_t j)
{
    if (i == j)
        return moments_deviation(arena, &moments[i]);
    struct integer n = integer_of(arena, (int128)moments[i].n);
    struct integer sum = i > j ? sum_of(arena, p, i, j) : sum_of(arena, p, j, i);
    struct ratio products = ratio_from(sum, integer_power_of_ten(arena, 2 * p->scale));
    struct ratio means =
        ratio_multiply(arena, moments_sum(arena, &moments[i]), moments_sum(arena, &moments[j]));
    means = ratio_divide(arena, means, ratio_from(n, integer_of(arena, 1)));
    return ratio_subtract(arena, products, means);
}

void products_free(struct products *p)
{
    free(p->fast);
    free(p->wide);
    free(p->at);
    free(p->units);
    *p = (struct products){0};
}
