/*
 * Why 36 digits, and why nothing overflows
 * ----------------------------------------
 * A degree that a statistics program wrote in full has 17 digits; times 160.33
 * it has 22, and a running sum of them 25. With 38 digits all of that is exact
 * and leaves room. Units lie in 128 bits: |units| < 10^38 < 2^127.
 *
 * parse   reads digits left to right. Zeros are counted and only put in when a
 *         digit other than 0 follows, so that 1.500 and 1.5 are the same value of
 *         scale 1, and 38 is a limit on digits that mean something. Units are
 *         lifted to a positive exponent only after the digits have been counted:
 *         the result has at most 38 digits.
 * add     brings both to the larger scale. The factor is at most 10^36 and the
 *         product may pass 128 bits, so it is checked (the builtins do).
 * compare has no such limit: it compares whole parts, then fractions, which both
 *         fit at scale 36, being below 1.
 */
#include "decimal.h"

static const int128 limit = (int128)10000000000000000000u * 10000000000000000000u; /* 10^38 */

int128 decimal_power(unsigned power)
{
    int128 result = 1;
    for (; power > 0; power--)
        result *= 10;
    return result;
}

static bool digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* The digits at the front of the text, which becomes the rest. */
static struct slice take_digits(struct slice *text)
{
    size_t length = 0;
    while (length < text->length && digit(text->bytes[length]))
        length++;
    struct slice digits = {text->bytes, length};
    text->bytes += length;
    text->length -= length;
    return digits;
}

/* Takes one byte off the front if it is there. */
static bool take(struct slice *text, char byte)
{
    if (text->length == 0 || text->bytes[0] != byte)
        return false;
    text->bytes++;
    text->length--;
    return true;
}

/* An optional exponent; false where it is begun but has no digits. */
static bool take_exponent(struct slice *text, long *exponent)
{
    *exponent = 0;
    if (!take(text, 'e') && !take(text, 'E'))
        return true;
    bool negative = take(text, '-');
    if (!negative)
        take(text, '+');
    struct slice digits = take_digits(text);
    for (size_t i = 0; i < digits.length && *exponent < 1000000; i++)
        *exponent = 10 * *exponent + (digits.bytes[i] - '0');
    if (negative)
        *exponent = -*exponent;
    return digits.length > 0;
}

static bool take_number(struct slice text, char point, struct decimal_parts *parts)
{
    parts->negative = take(&text, '-');
    if (!parts->negative)
        take(&text, '+');
    parts->whole = take_digits(&text);
    parts->fraction = (struct slice){text.bytes, 0};
    if (take(&text, point))
        parts->fraction = take_digits(&text);
    return parts->whole.length + parts->fraction.length > 0 &&
           take_exponent(&text, &parts->exponent) && text.length == 0;
}

enum decimal_verdict decimal_take_apart(struct slice text, char point, struct decimal_parts *parts)
{
    struct decimal_parts other;
    if (take_number(text, point, parts))
        return DECIMAL_GOOD;
    return take_number(text, point == '.' ? ',' : '.', &other) ? DECIMAL_OTHER_POINT
                                                               : DECIMAL_NO_NUMBER;
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

enum decimal_verdict decimal_parse(struct slice text, char point, struct decimal *value)
{
    struct decimal_parts parts;
    struct reading r = {0};
    enum decimal_verdict verdict = decimal_take_apart(text, point, &parts);
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
    while (value.scale > 0 && value.units % 10 == 0) {
        value.units /= 10;
        value.scale--;
    }
    return value;
}

size_t decimal_print(char *text, struct decimal value)
{
    value = trimmed(value);
    char reversed[DECIMAL_ROOM];
    size_t length = 0, at = 0;
    int128 rest = value.units < 0 ? -value.units : value.units;
    for (unsigned decimals = 0; rest > 0 || decimals <= value.scale; decimals++) {
        if (decimals == value.scale && decimals > 0)
            reversed[length++] = '.';
        /* Below 2^64 the division is one instruction. */
        unsigned last = rest >> 64 == 0 ? (unsigned)((uint64_t)rest % 10) : (unsigned)(rest % 10);
        rest = rest >> 64 == 0 ? (int128)((uint64_t)rest / 10) : rest / 10;
        reversed[length++] = (char)('0' + last);
    }
    if (value.units < 0)
        text[at++] = '-';
    while (length > 0)
        text[at++] = reversed[--length];
    return at;
}

static bool within(int128 units)
{
    return units < limit && units > -limit;
}

/* The units at a larger scale. */
static bool rescale(struct decimal value, unsigned scale, int128 *units)
{
    return !__builtin_mul_overflow(value.units, decimal_power(scale - value.scale), units);
}

bool decimal_add(struct decimal a, struct decimal b, struct decimal *sum)
{
    int128 left, right;
    unsigned scale = a.scale > b.scale ? a.scale : b.scale;
    if (!rescale(a, scale, &left) || !rescale(b, scale, &right) ||
        __builtin_add_overflow(left, right, &left) || !within(left))
        return false;
    *sum = trimmed((struct decimal){left, scale});
    return true;
}

bool decimal_multiply(struct decimal a, struct decimal b, struct decimal *product)
{
    int128 units;
    if (__builtin_mul_overflow(a.units, b.units, &units))
        return false;
    *product = trimmed((struct decimal){units, a.scale + b.scale});
    return within(product->units) && product->scale <= DECIMAL_SCALE;
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
    /* What is left of the divisor ends in decimals only if it is 2^a 5^b. */
    while (divisor > 1) {
        uint64_t factor = divisor % 2 == 0 ? 2 : 5;
        if (divisor % factor != 0 || value.scale >= DECIMAL_SCALE ||
            __builtin_mul_overflow(value.units, (int128)(10 / factor), &value.units))
            return false;
        value.scale++;
        divisor /= factor;
    }
    *quotient = trimmed(value);
    return within(value.units);
}

bool decimal_floor(struct decimal a, struct decimal b, int64_t *floor)
{
    int128 over, under;
    unsigned scale = a.scale > b.scale ? a.scale : b.scale;
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
    if (a.scale == b.scale)
        return order(a.units, b.units);
    int128 one_a = decimal_power(a.scale), one_b = decimal_power(b.scale);
    if (a.units / one_a != b.units / one_b)
        return order(a.units / one_a, b.units / one_b);
    return order(a.units % one_a * decimal_power(DECIMAL_SCALE - a.scale),
                 b.units % one_b * decimal_power(DECIMAL_SCALE - b.scale));
}
