#include "big.h"

#include <stdlib.h>
#include <string.h>

/* The place of the highest and of the lowest digit that is not 0; 0 has none. */
static bool find_ends(const struct big *a, int *top, int *low)
{
    *top = *low = -1;
    for (int i = 0; i < BIG_DIGITS; i++) {
        if (a->digits[i] == 0)
            continue;
        *low = *low < 0 ? i : *low;
        *top = i;
    }
    return *top >= 0;
}

static struct big settled(struct big a)
{
    int top, low;
    a.negative &= find_ends(&a, &top, &low);
    return a;
}

/* ---- texts ---- */

static bool take(struct slice *text, char byte)
{
    if (text->length == 0 || text->bytes[0] != byte)
        return false;
    *text = (struct slice){text->bytes + 1, text->length - 1};
    return true;
}

static struct slice take_digits(struct slice *text)
{
    struct slice digits = {text->bytes, 0};
    while (text->length > 0 && text->bytes[0] >= '0' && text->bytes[0] <= '9')
        digits.length += take(text, text->bytes[0]);
    return digits;
}

static bool take_exponent(struct slice *text, long *exponent)
{
    *exponent = 0;
    if (!take(text, 'e') && !take(text, 'E'))
        return true;
    bool negative = take(text, '-');
    if (!negative)
        take(text, '+');
    struct slice digits = take_digits(text);
    for (size_t i = 0; i < digits.length; i++)
        *exponent = *exponent > 100000 ? 1000000 : 10 * *exponent + (digits.bytes[i] - '0');
    *exponent = negative ? -*exponent : *exponent;
    return digits.length > 0;
}

/* Digits whose first one is worth 10^place; false where there is no room for one. */
static bool put_digits(struct big *a, struct slice digits, long place)
{
    for (size_t i = 0; i < digits.length; i++, place--) {
        if (digits.bytes[i] == '0')
            continue;
        if (place < -BIG_FRACTION || place >= BIG_WHOLE)
            return false;
        a->digits[place + BIG_FRACTION] = (unsigned char)(digits.bytes[i] - '0');
    }
    return true;
}

static bool read_number(struct slice text, char point, struct big *value, bool *held)
{
    long exponent;
    *value = (struct big){.negative = take(&text, '-')};
    if (!value->negative)
        take(&text, '+');
    struct slice whole = take_digits(&text), fraction = {text.bytes, 0};
    if (take(&text, point))
        fraction = take_digits(&text);
    if (whole.length + fraction.length == 0 || !take_exponent(&text, &exponent) || text.length > 0)
        return false;
    *held = put_digits(value, whole, exponent + (long)whole.length - 1) &&
            put_digits(value, fraction, exponent - 1);
    *value = settled(*value);
    return true;
}

enum decimal_verdict big_read(struct slice text, char point, struct big *value)
{
    bool held;
    struct big other;
    if (read_number(text, point, value, &held))
        return held && big_is_decimal(value) ? DECIMAL_GOOD : DECIMAL_TOO_LONG;
    return read_number(text, point == '.' ? ',' : '.', &other, &held) ? DECIMAL_OTHER_POINT
                                                                      : DECIMAL_NO_NUMBER;
}

size_t big_print(char *text, const struct big *a)
{
    int top, low;
    size_t at = 0;
    find_ends(a, &top, &low);
    if (a->negative)
        text[at++] = '-';
    for (int i = top > BIG_FRACTION ? top : BIG_FRACTION; i >= BIG_FRACTION; i--)
        text[at++] = (char)('0' + a->digits[i]);
    if (low >= 0 && low < BIG_FRACTION)
        text[at++] = '.';
    for (int i = BIG_FRACTION - 1; low >= 0 && i >= low; i--)
        text[at++] = (char)('0' + a->digits[i]);
    text[at] = '\0';
    return at;
}

double big_real(const struct big *a)
{
    char text[BIG_TEXT];
    big_print(text, a);
    return strtod(text, NULL);
}

/* ---- values ---- */

bool big_is_decimal(const struct big *a)
{
    int top, low;
    if (!find_ends(a, &top, &low))
        return true;
    int last = low < BIG_FRACTION ? low : BIG_FRACTION; /* zeros before the point count */
    return BIG_FRACTION - low <= DECIMAL_SCALE && top - last < DECIMAL_DIGITS;
}

struct big big_of_decimal(struct decimal value)
{
    struct big a = {.negative = value.units < 0};
    uint128 size = a.negative ? -(uint128)value.units : (uint128)value.units;
    for (unsigned i = BIG_FRACTION - value.scale; size > 0; size /= 10)
        a.digits[i++] = (unsigned char)(size % 10);
    return a;
}

struct big big_of_whole(uint64_t value)
{
    return big_of_decimal((struct decimal){(int128)value, 0});
}

struct big big_negate(const struct big *a)
{
    struct big negated = *a;
    negated.negative = !a->negative;
    return settled(negated);
}

static int compare_sizes(const struct big *a, const struct big *b)
{
    for (int i = BIG_DIGITS; i-- > 0;)
        if (a->digits[i] != b->digits[i])
            return a->digits[i] < b->digits[i] ? -1 : 1;
    return 0;
}

int big_compare(const struct big *a, const struct big *b)
{
    if (a->negative != b->negative)
        return a->negative ? -1 : 1;
    return a->negative ? -compare_sizes(a, b) : compare_sizes(a, b);
}

/* a + sign * b of the sizes, of which a is not the smaller where the sign is -1. */
static struct big combine(const struct big *a, const struct big *b, int sign)
{
    struct big sum = {.negative = a->negative};
    int carry = 0;
    for (int i = 0; i < BIG_DIGITS; i++) {
        int digit = a->digits[i] + sign * b->digits[i] + carry;
        carry = digit > 9 ? 1 : digit < 0 ? -1 : 0;
        sum.digits[i] = (unsigned char)(digit - 10 * carry);
    }
    return settled(sum);
}

struct big big_add(const struct big *a, const struct big *b)
{
    if (a->negative == b->negative)
        return combine(a, b, 1);
    return compare_sizes(a, b) >= 0 ? combine(a, b, -1) : combine(b, a, -1);
}

struct big big_multiply(const struct big *a, const struct big *b)
{
    struct big product = {.negative = a->negative != b->negative};
    unsigned long columns[2 * BIG_DIGITS] = {0}, carry = 0;
    for (int i = 0; i < BIG_DIGITS; i++)
        for (int j = 0; a->digits[i] > 0 && j < BIG_DIGITS; j++)
            columns[i + j] += (unsigned long)a->digits[i] * b->digits[j];
    for (int i = 0; i < 2 * BIG_DIGITS; i++) {
        carry += columns[i];
        if (i >= BIG_FRACTION && i - BIG_FRACTION < BIG_DIGITS)
            product.digits[i - BIG_FRACTION] = (unsigned char)(carry % 10);
        carry /= 10;
    }
    return settled(product);
}

struct big big_divide(const struct big *a, uint64_t divisor, bool *exact)
{
    struct big quotient = {.negative = a->negative};
    uint64_t rest = 0;
    for (int i = BIG_DIGITS; i-- > 0;) {
        rest = 10 * rest + a->digits[i];
        quotient.digits[i] = (unsigned char)(rest / divisor);
        rest %= divisor;
    }
    *exact = rest == 0;
    if (rest > 0 && quotient.digits[0] % 5 == 0)
        quotient.digits[0]++; /* neither a half nor whole */
    return settled(quotient);
}
