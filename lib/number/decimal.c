/*
 * Why 36 digits, and why nothing overflows
 * ----------------------------------------
 * A degree that a statistics program wrote in full has 17 digits; times 160.33
 * it has 22, and a running sum of them 25. With 38 digits all of that is exact
 * and leaves room. Units lie in 128 bits: |units| < 10^38 < 2^127.
 *
 * parse     reads the digits from left to right. Zeros are counted, and put in only when
 *           another digit follows. So 1.500 is 1.5, of scale 1, and only digits that mean
 *           something count against the 38. An exponent lifts the units only after the
 *           digits have been counted.
 * add       brings both to the larger scale. One of the two keeps its units there, below
 *           10^38 and with a last digit other than 0. So where the other one passes 128
 *           bits, 3.4 10^38, the sum has 39 digits that count. The builtins check. The sum
 *           of two of one scale may end in zeros: it is trimmed before digits are counted.
 * multiply  trims and counts too. Where the product would pass 128 bits, its zeros are
 *           taken out beforehand, as pairs of a 2 and a 5 of the factors.
 * compare   has no such limit. It compares whole parts, then fractions, which are below 1
 *           and so fit at scale 36.
 *
 * Nearly all numbers of a register have few digits, and one division of 128 bits costs
 * more than all else that is done with a number. So each operation first tries 64 bits,
 * checked (narrow, align, parse_short). The results are those of the wide way;
 * tests/unit/decimal.c holds the two to each other.
 */
#include "number/decimal.h"

#include <string.h>

enum { MOST = 40 }; /* places for digits */

static const int128 limit = (int128)10000000000000000000u * 10000000000000000000u; /* 10^38 */

int128 decimal_power(unsigned power)
{
    int128 result = 1;
    for (; power >= DIGITS_POWERS; power -= DIGITS_POWERS - 1)
        result *= digits_powers[DIGITS_POWERS - 1];
    return result * digits_powers[power];
}

/* Whether a number fits 64 bits, and the number in them. */
static bool narrow(int128 wide, int64_t *value)
{
    *value = (int64_t)wide;
    return *value == wide;
}

/* The units of both at the larger scale; false where that does not fit. */
static bool align(struct decimal a, struct decimal b, int64_t *left, int64_t *right)
{
    unsigned lift_a = a.scale < b.scale ? b.scale - a.scale : 0;
    unsigned lift_b = b.scale < a.scale ? a.scale - b.scale : 0;
    return lift_a < DIGITS_POWERS && lift_b < DIGITS_POWERS && narrow(a.units, left) &&
           narrow(b.units, right) && !__builtin_mul_overflow(*left, digits_powers[lift_a], left) &&
           !__builtin_mul_overflow(*right, digits_powers[lift_b], right);
}

enum decimal_verdict decimal_split(struct slice text, char point, struct digits *digits)
{
    struct digits other;
    if (digits_split(text, point, digits))
        return DECIMAL_GOOD;
    return digits_split(text, point == '.' ? ',' : '.', &other) ? DECIMAL_OTHER_POINT
                                                                : DECIMAL_NO_NUMBER;
}

bool decimal_parse_word(uint64_t word, size_t length, char point, struct decimal *value)
{
    unsigned scale = 0;
    int64_t units;
    unsigned spare = 8 * (8 - (unsigned)length);
    word = digits_first_lowest(word) << spare;
    unsigned at = digits_find(word, point);
    word |= DIGITS_ZEROS & ((1ull << spare) - 1);
    if (at < 8) {
        if (at == 7 || word >> 56 == '0')
            return false;
        /* The digits before the point move up by one, onto it. */
        uint64_t before = (1ull << (8 * at)) - 1, up_to = (before << 8) | 0xff;
        word = (word & ~up_to) | (word & before) << 8 | '0';
        scale = 7 - at;
    }
    if (!digits_read_eight(word, &units))
        return false;
    *value = (struct decimal){units, units == 0 ? 0 : scale};
    return true;
}

/* The digits of a number on their way to units. */
struct reading {
    int128 units;
    unsigned digits; /* in units */
    size_t zeros;    /* read since, not yet in units */
};

/* False where there are more than DECIMAL_DIGITS. */
static bool read_digits(struct reading *r, struct slice digits)
{
    for (size_t i = 0; i < digits.length; i++) {
        if (digits.bytes[i] == '0') {
            r->zeros += r->digits > 0;
            continue;
        }
        if (r->digits + r->zeros >= DECIMAL_DIGITS)
            return false;
        r->digits += (unsigned)r->zeros + 1;
        for (; r->zeros > 0; r->zeros--)
            r->units *= 10;
        r->units = 10 * r->units + (digits.bytes[i] - '0');
    }
    return true;
}

/* At most 18 digits, with or without a point and a minus before them; the rest is
 * left to the general way. */
static bool parse_short(struct slice text, char point, struct decimal *value)
{
    bool negative = text.length > 0 && text.bytes[0] == '-';
    text.bytes += negative;
    text.length -= negative;
    uint64_t units = 0; /* takes 19 digits, which are counted later */
    size_t behind = 0;  /* the point; 0: there is none */
    if (text.length == 0 || text.length > DIGITS_POWERS || !digits_byte(text.bytes[0]))
        return false;
    for (size_t i = 0; i < text.length; i++) {
        if (digits_byte(text.bytes[i]))
            units = 10 * units + (uint64_t)(text.bytes[i] - '0');
        else if (text.bytes[i] == point && behind == 0)
            behind = i + 1;
        else
            return false;
    }
    size_t digits = text.length - (behind > 0);
    if (digits >= DIGITS_POWERS || behind == text.length)
        return false;
    unsigned scale = behind > 0 ? (unsigned)(text.length - behind) : 0;
    for (; scale > 0 && units % 10 == 0; scale--)
        units /= 10;
    *value = (struct decimal){negative ? -(int128)units : (int128)units, scale};
    return true;
}

enum decimal_verdict decimal_parse(struct slice text, char point, struct decimal *value)
{
    struct digits parts;
    struct reading r = {0};
    if (parse_short(text, point, value))
        return DECIMAL_GOOD;
    enum decimal_verdict verdict = decimal_split(text, point, &parts);
    if (verdict != DECIMAL_GOOD)
        return verdict;
    if (!read_digits(&r, parts.whole) || !read_digits(&r, parts.fraction))
        return DECIMAL_TOO_LONG;
    long scale = (long)parts.fraction.length - (long)r.zeros - parts.exponent;
    if (r.units == 0)
        scale = 0;
    if (scale > DECIMAL_SCALE || scale < (long)r.digits - DECIMAL_DIGITS)
        return DECIMAL_TOO_LONG;
    if (scale < 0) {
        r.units *= decimal_power((unsigned)-scale);
        scale = 0;
    }
    *value = (struct decimal){parts.negative ? -r.units : r.units, (unsigned)scale};
    return DECIMAL_GOOD;
}

/* The least scale that holds the value. */
static struct decimal trimmed(struct decimal value)
{
    int64_t units;
    for (; value.scale > 0 && !narrow(value.units, &units) && value.units % 10 == 0; value.scale--)
        value.units /= 10;
    if (!narrow(value.units, &units))
        return value;
    for (; value.scale > 0 && units % 10 == 0; value.scale--)
        units /= 10;
    return (struct decimal){units, value.scale};
}

static unsigned zeros_before(uint64_t digits)
{
    return digits == 0 ? 8 : (unsigned)__builtin_ctzll(digits) / 8;
}

static unsigned zeros_behind(uint64_t digits)
{
    return digits == 0 ? 8 : (unsigned)__builtin_clzll(digits) / 8;
}

/* The value in sixteen digits, without the zeros at its ends that do not count. */
void decimal_lay(struct decimal_few *few, int64_t units, unsigned scale)
{
    const uint64_t half = 100000000;
    uint64_t size = (uint64_t)(units < 0 ? -units : units), front = 0;
    if (size >= half) {
        front = digits_split_eight(size / half);
        size %= half;
    }
    uint64_t back = digits_split_eight(size);
    unsigned before = front != 0 ? zeros_before(front) : 8 + zeros_before(back);
    unsigned behind = back != 0 ? zeros_behind(back) : 8 + zeros_behind(front);
    unsigned point = 16 - scale, start = before < point - 1 ? before : point - 1;
    uint128 digits = (uint128)(back + DIGITS_ZEROS) << 64 | (front + DIGITS_ZEROS);
    uint128 whole = digits >> 8 * (start % 16), fraction = digits >> 8 * (point % 16);
    few->whole = (uint64_t)whole;
    few->more_whole = (uint64_t)(whole >> 64);
    few->fraction = (uint64_t)fraction;
    few->more_fraction = (uint64_t)(fraction >> 64);
    few->whole_length = point - start;
    few->fraction_length = behind < scale ? scale - behind : 0;
    few->negative = units < 0;
}

/* Digit by digit. */
size_t decimal_print_any(char *text, struct decimal value)
{
    char digits[MOST];
    unsigned whole = MOST - value.scale, start = MOST, end = MOST; /* whole: up to the point */
    char *out = text;
    for (uint128 size = integer_size(value.units); size > 0 || start >= whole; size /= 10)
        digits[--start] = (char)('0' + (unsigned)(size % 10));
    while (end > whole && digits[end - 1] == '0')
        end--;
    if (value.units < 0)
        *out++ = '-';
    for (unsigned i = start; i < end; i++) {
        if (i == whole)
            *out++ = '.';
        *out++ = digits[i];
    }
    return (size_t)(out - text);
}

size_t decimal_print(char *text, struct decimal value)
{
    struct decimal_few few;
    if (decimal_few(&few, value))
        return (size_t)(decimal_put(text, &few) - text);
    return decimal_print_any(text, value);
}

/* The units at a larger scale. */
static bool rescale(struct decimal value, unsigned scale, int128 *units)
{
    return !__builtin_mul_overflow(value.units, decimal_power(scale - value.scale), units);
}

/* The value of that sign and size; false where it cannot be held. */
static bool fit(bool negative, uint128 size, unsigned scale, struct decimal *value)
{
    for (; size >= (uint128)limit && scale > 0 && size % 10 == 0; scale--)
        size /= 10;
    if (size >= (uint128)limit)
        return false;
    *value = trimmed((struct decimal){negative ? -(int128)size : (int128)size, scale});
    return value->scale <= DECIMAL_SCALE;
}

bool decimal_add(struct decimal a, struct decimal b, struct decimal *sum)
{
    int64_t one, other;
    uint128 left, right, total;
    unsigned scale = a.scale > b.scale ? a.scale : b.scale;
    if (align(a, b, &one, &other) && !__builtin_add_overflow(one, other, &one)) {
        *sum = trimmed((struct decimal){one, scale});
        return true;
    }
    a = trimmed(a);
    b = trimmed(b);
    scale = a.scale > b.scale ? a.scale : b.scale;
    if (__builtin_mul_overflow(integer_size(a.units), (uint128)decimal_power(scale - a.scale),
                               &left) ||
        __builtin_mul_overflow(integer_size(b.units), (uint128)decimal_power(scale - b.scale),
                               &right))
        return false;
    if ((a.units < 0) != (b.units < 0))
        return left >= right ? fit(a.units < 0, left - right, scale, sum)
                             : fit(b.units < 0, right - left, scale, sum);
    return !__builtin_add_overflow(left, right, &total) && fit(a.units < 0, total, scale, sum);
}

/* Takes pairs of factors 2 and 5 out of two numbers, at most `most`, so that their product
 * has fewer zeros at its end. Returns how many. */
static unsigned cancel_tens(int128 *a, int128 *b, unsigned most)
{
    unsigned tens = 0;
    for (; tens < most && *a != 0 && *b != 0; tens++) {
        bool twos_in_a = *a % 2 == 0, fives_in_a = *a % 5 == 0;
        if (!(twos_in_a || *b % 2 == 0) || !(fives_in_a || *b % 5 == 0))
            break;
        *(twos_in_a ? a : b) /= 2;
        *(fives_in_a ? a : b) /= 5;
    }
    return tens;
}

bool decimal_multiply(struct decimal a, struct decimal b, struct decimal *product)
{
    int128 units;
    unsigned scale = a.scale + b.scale;
    if (__builtin_mul_overflow(a.units, b.units, &units)) {
        scale -= cancel_tens(&a.units, &b.units, scale);
        if (__builtin_mul_overflow(a.units, b.units, &units))
            return false;
    }
    return fit(units < 0, integer_size(units), scale, product);
}

static uint64_t common_divisor(uint64_t a, uint64_t b)
{
    while (b > 0) {
        uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

bool decimal_divide(struct decimal value, uint64_t divisor, struct decimal *quotient)
{
    int128 size = value.units < 0 ? -value.units : value.units;
    uint64_t common = common_divisor(divisor, (uint64_t)(size % (int128)divisor));
    value.units /= (int128)common;
    divisor /= common;
    /* The quotient is a decimal only if what is left of the divisor is 2^a 5^b. Tens come
     * first, as they take no digits. */
    while (divisor > 1) {
        uint64_t factor = divisor % 10 == 0 ? 10 : divisor % 2 == 0 ? 2 : 5;
        if (divisor % factor != 0 || value.scale >= DECIMAL_SCALE ||
            __builtin_mul_overflow(value.units, (int128)(10 / factor), &value.units))
            return false;
        value.scale++;
        divisor /= factor;
    }
    return fit(value.units < 0, integer_size(value.units), value.scale, quotient);
}

bool decimal_floor(struct decimal a, struct decimal b, int64_t *floor)
{
    int128 over, under;
    int64_t left, right;
    unsigned scale = a.scale > b.scale ? a.scale : b.scale;
    if (align(a, b, &left, &right)) {
        *floor = left / right - (left % right < 0);
        return *floor < (int64_t)1 << 62 && *floor > -((int64_t)1 << 62);
    }
    if (!rescale(a, scale, &over) || !rescale(b, scale, &under))
        return false;
    int128 quotient = over / under - (over % under < 0);
    *floor = (int64_t)quotient;
    return quotient < (int128)1 << 62 && quotient > -((int128)1 << 62);
}

struct decimal decimal_negate(struct decimal value)
{
    value.units = -value.units;
    return value;
}

static int order(int128 a, int128 b)
{
    return (a > b) - (a < b);
}

int decimal_compare(struct decimal a, struct decimal b)
{
    int64_t left, right;
    if (align(a, b, &left, &right))
        return (left > right) - (left < right);
    if (a.scale == b.scale)
        return order(a.units, b.units);
    int128 one_a = decimal_power(a.scale), one_b = decimal_power(b.scale);
    if (a.units / one_a != b.units / one_b)
        return order(a.units / one_a, b.units / one_b);
    return order(a.units % one_a * decimal_power(DECIMAL_SCALE - a.scale),
                 b.units % one_b * decimal_power(DECIMAL_SCALE - b.scale));
}
