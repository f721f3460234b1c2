/*
 * moments against sums of 128 bits: values of mixed scale and size, short ones and
 * ones too long for the fast sums, are added in any order, and as parts that are
 * merged; the texts of sum and sum of squares must be those of sums kept here, in
 * units of 10^-9. The limit of values not yet carried to the wide sums, 2^31, is
 * set by hand. What needs more than 128 bits is given by its digits.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "../random.h"
#include "number/moments.h"

/* Values have less than 2^57 units of 10^-9, so squares are below 2^114. */
enum { ROUNDS = 10000, VALUES = 1500, PARTS = 6, SCALE = 9, BITS = 57, TEXT = 64 };

static int faults;

/* The sums in units of 10^-SCALE and 10^(-2 SCALE). */
struct sums {
    uint64_t n;
    int128 sum, squares;
};

static int64_t power_of_ten(unsigned power)
{
    int64_t result = 1;
    while (power-- > 0)
        result *= 10;
    return result;
}

static void print_plainly(char *text, int128 units, unsigned scale)
{
    char digits[TEXT];
    size_t count = 0;
    uint128 size = units < 0 ? -(uint128)units : (uint128)units;
    for (; scale > 0 && size % 10 == 0; scale--)
        size /= 10;
    do {
        digits[count++] = (char)('0' + (int)(size % 10));
        size /= 10;
    } while (size > 0 || count <= scale);
    if (units < 0)
        *text++ = '-';
    while (count > 0) {
        if (count == scale)
            *text++ = '.';
        *text++ = digits[--count];
    }
    *text = '\0';
}

static void check_texts(const char *what, const struct moments *m, const char *sum,
                        const char *squares)
{
    struct arena arena = {0};
    const char *got_sum = moments_print_sum(&arena, m);
    const char *got_squares = moments_print_squares(&arena, m);
    if (strcmp(got_sum, sum) != 0 || strcmp(got_squares, squares) != 0) {
        printf("%s: sum %s, not %s; squares %s, not %s\n", what, got_sum, sum, got_squares,
               squares);
        faults++;
    }
    arena_free(&arena);
}

static void check(const char *what, const struct moments *m, const struct sums *sums)
{
    char sum[TEXT], squares[TEXT];
    print_plainly(sum, sums->sum, SCALE);
    print_plainly(squares, sums->squares, 2 * SCALE);
    check_texts(what, m, sum, squares);
    if (m->n != sums->n) {
        printf("%s: n %llu\n", what, (unsigned long long)m->n);
        faults++;
    }
}

/* A value at a scale up to `scales`, less than 2^BITS at scale SCALE; often at the limit of
 * the fast sums. */
static struct decimal random_value(uint64_t *state, unsigned scales)
{
    unsigned scale = (unsigned)(next(state) % (scales + 1)), bits = (unsigned)(next(state) % BITS);
    int64_t units = (int64_t)(next(state) >> (63 - bits) >> 1), lift = power_of_ten(SCALE - scale);
    if (next(state) % 4 == 0)
        units = ((int64_t)1 << MOMENTS_FAST_BITS) - 1 + (int64_t)(next(state) % 3);
    if (next(state) % 8 == 0)
        units /= power_of_ten((unsigned)(next(state) % (SCALE + 1)));
    units %= ((int64_t)1 << BITS) / lift;
    return (struct decimal){next(state) % 2 == 0 ? units : -units, scale};
}

static void add(struct moments *m, struct sums *sums, struct decimal value)
{
    int128 units = value.units * power_of_ten(SCALE - value.scale);
    moments_add(m, value);
    sums->n++;
    sums->sum += units;
    sums->squares += units * units;
}

static void shuffle(struct decimal *values, size_t count, uint64_t *state)
{
    for (size_t i = count; i > 1; i--) {
        size_t other = next(state) % i;
        struct decimal value = values[i - 1];
        values[i - 1] = values[other];
        values[other] = value;
    }
}

/* The same values in another order, in parts that are merged one after the other. */
static void check_parts(const struct decimal *values, size_t count, const struct sums *sums,
                        uint64_t *state)
{
    struct moments parts[PARTS] = {0}, whole = {0};
    for (size_t i = 0; i < count; i++)
        moments_add(&parts[next(state) % PARTS], values[i]);
    for (size_t i = 0; i < PARTS; i++) {
        if (i % 2 == 0)
            moments_merge(&whole, &parts[i]);
        else { /* the part takes the whole */
            moments_merge(&parts[i], &whole);
            whole = parts[i];
        }
    }
    check("parts", &whole, sums);
}

static void check_order(uint64_t *state)
{
    static struct decimal values[VALUES];
    struct moments m = {0};
    struct sums sums = {0};
    size_t count = 1 + next(state) % (next(state) % 4 == 0 ? VALUES : 30);
    unsigned scales = (unsigned)(next(state) % (SCALE + 1));
    for (size_t i = 0; i < count; i++) {
        values[i] = random_value(state, scales);
        add(&m, &sums, values[i]);
    }
    check("values", &m, &sums);
    shuffle(values, count, state);
    check_parts(values, count, &sums, state);
}

/* Shortly before the limit, as if so many of the largest fast values had been added. */
static void check_carry(int sign, uint32_t before)
{
    const int64_t most = (((int64_t)1 << MOMENTS_FAST_BITS) - 1) * sign;
    const uint32_t pending = MOMENTS_PENDING - before;
    char sum[TEXT], squares[TEXT];
    struct moments m = {.n = pending, .pending = pending}, other = {0};
    m.sum = (int128)most * pending;
    m.squares = (uint128)((int128)most * most) * pending;
    for (uint32_t i = 0; i < 2 * before; i++)
        moments_add(&m, (struct decimal){most, 0});
    int128 n = (int128)pending + 2 * before;
    print_plainly(sum, most * n, 0);
    print_plainly(squares, (int128)most * most * n, 0);
    check_texts("carry", &m, sum, squares);
    if (m.pending != before || m.sum != (int128)most * before || m.n != (uint64_t)n) {
        printf("carry: %lu pending of %llu\n", (unsigned long)m.pending, (unsigned long long)m.n);
        faults++;
    }
    moments_merge(&other, &m);
    moments_merge(&m, &other);
    print_plainly(sum, most * n * 2, 0);
    print_plainly(squares, (int128)most * most * n * 2, 0);
    check_texts("carry, twice", &m, sum, squares);
}

/* The largest and the smallest together: three times 10^37, its negative, and 10^-36. */
static void check_long(bool small_first)
{
    const struct decimal small = {1, DECIMAL_SCALE}, large = {decimal_power(37), 0};
    char sum[TEXT + 40], squares[TEXT + 120];
    struct moments m = {0};
    if (small_first)
        moments_add(&m, small);
    for (int i = 0; i < 3; i++)
        moments_add(&m, large);
    moments_add(&m, decimal_negate(large));
    if (!small_first)
        moments_add(&m, small);
    snprintf(sum, sizeof sum, "2%037d.%035d1", 0, 0);
    snprintf(squares, sizeof squares, "4%074d.%071d1", 0, 0);
    check_texts("long", &m, sum, squares);
}

/* Values that would look small, or whose squares would be too many, in 64 and 128 bits. */
static void check_limits(void)
{
    const struct decimal power = {(int128)1 << 62, 0};
    const struct decimal beyond = {((int128)1 << 64) + 1, 0};
    const struct decimal tenfold = {1844674407370955162, 0}; /* times 10 it is 2^64 + 4 */
    struct moments m = {0}, other = {0}, third = {0};
    moments_add(&m, beyond);
    moments_add(&m, beyond);
    check_texts("2^64 + 1", &m, "36893488147419103234", "680564733841876927000536191158374629378");
    for (int i = 0; i < 20; i++)
        moments_add(&other, i % 10 == 0 ? power : decimal_negate(power));
    check_texts("2^62", &other, "-73786976294838206464", "425352958651173079329218259289710264320");
    moments_add(&third, (struct decimal){1, 1});
    moments_add(&third, tenfold);
    check_texts("2^64 / 10", &third, "1844674407370955162.1",
                "3402823669209384636109485600214446244.01");
}

int main(void)
{
    uint64_t state = 20170401;
    for (int i = 0; i < ROUNDS && faults < 10; i++)
        check_order(&state);
    for (uint32_t before = 1; before < 5; before++) {
        check_carry(1, before);
        check_carry(-1, before);
    }
    check_limits();
    check_long(false);
    check_long(true);
    printf("%d faults\n", faults);
    return faults > 0;
}
