/*
 * Shortest text
 * -------------
 * Every decimal of 15 digits survives the way to a double and back. So if a double
 * has a text of 15 digits or fewer, rounding it to 15 gives that text, with zeros
 * behind (Matula 1968). We round to 15 digits, and if that reads back, drop the zeros.
 * Else we try 16; 17 always read back (Steele and White 1990). Just above a power of
 * two the nearest 16 digits may fail where their neighbour above reads back, so that
 * is tried too. Doubles below 2^-1022 carry fewer digits, and there the search starts
 * at 1. All rounding is exact (ratio).
 */
#include "number/real.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "number/digits.h"
#include "number/integer.h"
#include "number/ratio.h"

enum { SAFE_DIGITS = 15, MOST_DIGITS = 17, EXACT_POWER = 22, FAR_POWER = 400 };

/* digits * 10^power */
static struct ratio scaled(struct arena *arena, struct integer digits, long power)
{
    struct integer one = integer_of(arena, 1);
    struct integer factor = integer_power_of_ten(arena, (unsigned)(power < 0 ? -power : power));
    if (power < 0)
        return ratio_from(digits, factor);
    return ratio_from(integer_multiply(arena, digits, factor), one);
}

/* digits * 10^power as the nearest double. */
static double nearest(struct arena *arena, uint64_t digits, long power)
{
    unsigned size = (unsigned)(power < 0 ? -power : power);
    /* Both factors are doubles exactly, so one operation rounds once (Clinger 1990). */
    if (digits <= (uint64_t)1 << 53 && size <= EXACT_POWER)
        return power < 0 ? (double)digits / (double)decimal_power(size)
                         : (double)digits * (double)decimal_power(size);
    return ratio_round(arena, scaled(arena, integer_of(arena, (int128)digits), power));
}

enum decimal_verdict real_parse(struct slice text, char point, double *value)
{
    struct digits parts;
    struct arena arena = {0};
    enum decimal_verdict verdict = decimal_split(text, point, &parts);
    if (verdict != DECIMAL_GOOD)
        return verdict;
    struct integer whole = integer_parse(&arena, 1, parts.whole);
    struct integer fraction = integer_parse(&arena, 1, parts.fraction);
    long decimals = (long)parts.fraction.length;
    long power = parts.exponent - decimals;
    struct integer digits = integer_add(
        &arena, integer_multiply(&arena, whole, integer_power_of_ten(&arena, (unsigned)decimals)),
        fraction);
    double size = 0;
    if (digits.sign != 0 && labs(power) <= FAR_POWER + decimals)
        size = digits.length == 1 ? nearest(&arena, digits.limbs[0], power)
                                  : ratio_round(&arena, scaled(&arena, digits, power));
    bool lost = digits.sign != 0 && (size == 0 || size > DBL_MAX);
    arena_free(&arena);
    if (lost)
        return DECIMAL_TOO_LONG;
    *value = parts.negative && size != 0 ? -size : size;
    return DECIMAL_GOOD;
}

double real_of_quotient(struct decimal value, uint64_t divisor)
{
    struct arena arena = {0};
    struct ratio exact = ratio_from(integer_of(&arena, value.units),
                                    integer_multiply(&arena, integer_of(&arena, (int128)divisor),
                                                     integer_power_of_ten(&arena, value.scale)));
    double result = ratio_round(&arena, exact);
    arena_free(&arena);
    return result;
}

double real_of_decimal(struct decimal value)
{
    return real_of_quotient(value, 1);
}

static uint64_t power_of_ten(unsigned power)
{
    return (uint64_t)digits_powers[power];
}

/* A value in digits: digits * 10^(exponent - count + 1), count digits long. */
struct rounded {
    uint64_t digits;
    unsigned count;
    long exponent;
};

/* value > 0 rounded to so many significant digits. */
static struct rounded round_to(struct arena *arena, double value, unsigned count)
{
    struct rounded d = {.count = count, .exponent = (long)floor(log10(value))};
    struct ratio exact = ratio_of_double(arena, value);
    struct integer one = integer_of(arena, 1);
    for (;;) {
        long power = (long)count - 1 - d.exponent;
        d.digits = ratio_whole(arena, ratio_multiply(arena, exact, scaled(arena, one, power)));
        /* The logarithm may be one off, and 9.96 rounds to 10.0. */
        if (d.digits >= power_of_ten(count))
            d.exponent++;
        else if (d.digits < power_of_ten(count - 1))
            d.exponent--;
        else
            return d;
    }
}

static bool reads_back(struct arena *arena, struct rounded d, double value)
{
    return nearest(arena, d.digits, d.exponent - (long)d.count + 1) == value;
}

static struct rounded without_zeros(struct rounded d)
{
    while (d.count > 1 && d.digits % 10 == 0) {
        d.digits /= 10;
        d.count--;
    }
    return d;
}

static struct rounded shortest(struct arena *arena, double value)
{
    unsigned first = value < DBL_MIN ? 1 : SAFE_DIGITS;
    for (unsigned count = first; count < MOST_DIGITS; count++) {
        struct rounded d = round_to(arena, value, count);
        if (reads_back(arena, d, value))
            return without_zeros(d);
        d.digits++;
        if (d.digits < power_of_ten(count) && reads_back(arena, d, value))
            return without_zeros(d);
    }
    return without_zeros(round_to(arena, value, MOST_DIGITS));
}

static size_t write_zeros(char *text, long count)
{
    if (count <= 0)
        return 0;
    memset(text, '0', (size_t)count);
    return (size_t)count;
}

static size_t write_with_exponent(char *text, struct rounded d)
{
    char all[MOST_DIGITS + 1] = "";
    size_t at = 0;
    digits_write(all, d.digits, d.count);
    text[at++] = all[0];
    if (d.count > 1) {
        text[at++] = '.';
        memcpy(text + at, all + 1, d.count - 1);
        at += d.count - 1;
    }
    text[at++] = 'e';
    if (d.exponent < 0)
        text[at++] = '-';
    uint64_t size = (uint64_t)labs(d.exponent);
    return at + digits_write(text + at, size, size >= 100 ? 3 : size >= 10 ? 2 : 1);
}

static size_t write_with_point(char *text, struct rounded d)
{
    char all[MOST_DIGITS + 1] = "";
    size_t at = 0;
    size_t whole = d.exponent < 0 ? 0 : (size_t)d.exponent + 1;
    digits_write(all, d.digits, d.count);
    size_t shown = whole < d.count ? whole : d.count;
    memcpy(text, all, shown);
    at += shown;
    at += write_zeros(text + at, (long)whole - (long)shown);
    if (whole == 0)
        text[at++] = '0';
    if (shown < d.count) {
        text[at++] = '.';
        at += write_zeros(text + at, -d.exponent - 1);
        memcpy(text + at, all + shown, d.count - shown);
        at += d.count - shown;
    }
    return at;
}

static size_t write_value(char *text, bool negative, struct rounded d)
{
    size_t at = 0;
    if (negative)
        text[at++] = '-';
    bool far = d.exponent < -5 || d.exponent >= MOST_DIGITS;
    return at + (far ? write_with_exponent(text + at, d) : write_with_point(text + at, d));
}

/* Writes a value that has no digits; false where it has some. */
static bool write_special(char *text, double value, size_t *length)
{
    const char *word = isnan(value)   ? "NA"
                       : isinf(value) ? (value < 0 ? "-Inf" : "Inf")
                       : value == 0.0 ? "0"
                                      : NULL;
    if (word == NULL)
        return false;
    *length = strlen(word);
    memcpy(text, word, *length);
    return true;
}

size_t real_print(char *text, double value)
{
    struct arena arena = {0};
    size_t length;
    if (write_special(text, value, &length))
        return length;
    length = write_value(text, value < 0, shortest(&arena, fabs(value)));
    arena_free(&arena);
    return length;
}

size_t real_print_significant(char *text, double value, unsigned digits)
{
    struct arena arena = {0};
    size_t length;
    if (write_special(text, value, &length))
        return length;
    length = write_value(text, value < 0, round_to(&arena, fabs(value), digits));
    arena_free(&arena);
    return length;
}

size_t real_print_decimals(char *text, double value, unsigned decimals)
{
    struct arena arena = {0};
    size_t at = 0;
    if (!isfinite(value)) {
        write_special(text, value, &at);
        return at;
    }
    /* Beyond 17 digits a double has no decimals to round. */
    if (fabs(value) >= 1e17 / (double)digits_powers[decimals])
        return real_print(text, value);
    struct ratio exact = ratio_multiply(&arena, ratio_of_double(&arena, fabs(value)),
                                        scaled(&arena, integer_of(&arena, 1), (long)decimals));
    uint64_t units = ratio_whole(&arena, exact);
    arena_free(&arena);
    uint64_t one = power_of_ten(decimals), whole = units / one;
    unsigned count = 1;
    while (count < MOST_DIGITS && whole >= power_of_ten(count))
        count++;
    if (value < 0 && units > 0)
        text[at++] = '-';
    at += digits_write(text + at, whole, count);
    if (decimals > 0) {
        text[at++] = '.';
        at += digits_write(text + at, units % one, decimals);
    }
    return at;
}
