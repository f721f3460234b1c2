/*
 * decimal's quick ways against its general ones, and against arithmetic written
 * here: texts are read again with an exponent or with zeros before them, which
 * goes the general way, and digit by digit; words are held to texts, printing to
 * divisions of 128 bits, sums, products and comparisons to integers of 128 bits at
 * a common scale, where these hold them.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../random.h"
#include "number/decimal.h"

enum { ROUNDS = 300000, SHORT = 20, WORD = 8, CANARY = 16 };

static int faults, pointed;

static void complain(const char *what, const char *text, size_t length)
{
    printf("%s: %.*s\n", what, (int)length, text);
    faults++;
}

static bool same(struct decimal a, struct decimal b)
{
    return a.units == b.units && a.scale == b.scale;
}

/* ---- plain meaning ---- */

static struct decimal least_scale(struct decimal value)
{
    for (; value.scale > 0 && value.units % 10 == 0; value.scale--)
        value.units /= 10;
    return value;
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* A text of up to 20 bytes without exponent. */
static enum decimal_verdict read_plainly(const char *text, size_t length, char point,
                                         struct decimal *value)
{
    size_t at = length > 0 && (text[0] == '-' || text[0] == '+') ? 1 : 0, digits = 0;
    bool behind = false, other = false;
    *value = (struct decimal){0, 0};
    for (size_t i = at; i < length; i++) {
        bool is_point = text[i] == point, is_other = text[i] == (point == '.' ? ',' : '.');
        if (is_digit(text[i])) {
            value->units = 10 * value->units + (text[i] - '0');
            value->scale += behind;
            digits++;
        } else if ((is_point || is_other) && !behind) {
            behind = true;
            other = is_other;
        } else {
            return DECIMAL_NO_NUMBER;
        }
    }
    if (digits == 0)
        return DECIMAL_NO_NUMBER;
    if (at == 1 && text[0] == '-')
        value->units = -value->units;
    *value = least_scale(*value);
    return other ? DECIMAL_OTHER_POINT : DECIMAL_GOOD;
}

/* Sign, whole part, fraction, one digit a division. */
static size_t print_plainly(char *text, struct decimal value)
{
    char digits[DECIMAL_ROOM];
    size_t length = 0, count = 0;
    bool negative = value.units < 0;
    value = least_scale(value);
    uint128 size = negative ? -(uint128)value.units : (uint128)value.units;
    do {
        digits[count++] = (char)('0' + (int)(size % 10));
        size /= 10;
    } while (size > 0 || count <= value.scale);
    if (negative)
        text[length++] = '-';
    while (count > 0) {
        if (count == value.scale)
            text[length++] = '.';
        text[length++] = digits[--count];
    }
    return length;
}

/* ---- texts ---- */

/* 1 to `most` bytes: a number more or less, or digits and garbage. */
static size_t random_text(char *text, size_t most, char point, uint64_t *state)
{
    static const char signs[] = "-+", bytes[] = "0123456789000.,-+eE 59/:\t\x80\xff\xb0";
    size_t length = 1 + below(state, (unsigned)most);
    uint64_t kind = next(state) % 4, zeros = 1 + next(state) % 6;
    for (size_t i = 0; i < length; i++) {
        text[i] = (char)('0' + (int)(next(state) % 10));
        if (below(state, (unsigned)zeros) > 1)
            text[i] = '0';
        if (kind == 0)
            text[i] = bytes[below(state, sizeof bytes - 1)];
    }
    if (kind > 1)
        text[below(state, (unsigned)length)] = below(state, 8) > 0 ? point : '.';
    if (kind == 3 || below(state, 8) == 0)
        text[0] = signs[below(state, 2)];
    if (below(state, 8) == 0)
        text[below(state, (unsigned)length)] = bytes[below(state, sizeof bytes - 1)];
    if (kind == 1 && below(state, 16) == 0)
        text[below(state, (unsigned)length)] = (char)next(state);
    return length;
}

/* Whether `other`, the text in another form, is read as the text is. */
static bool reads_as(const char *other, size_t length, char point, enum decimal_verdict want,
                     struct decimal value)
{
    struct decimal got = value;
    return decimal_parse((struct slice){other, length}, point, &got) == want &&
           (want != DECIMAL_GOOD || same(got, value));
}

static void check_text(const char *text, size_t length, char point)
{
    char longer[SHORT + 40];
    struct decimal value = {0, 0}, plain;
    enum decimal_verdict verdict = decimal_parse((struct slice){text, length}, point, &value);
    bool exponent = memchr(text, 'e', length) != NULL || memchr(text, 'E', length) != NULL;
    if (!exponent) {
        memcpy(longer, text, length);
        memcpy(longer + length, "e0", 2);
        if (!reads_as(longer, length + 2, point, verdict, value))
            complain("read another way with e0", text, length);
        if (read_plainly(text, length, point, &plain) != verdict ||
            (verdict == DECIMAL_GOOD && !same(plain, value)))
            complain("not what its digits say", text, length);
    }
    size_t sign = text[0] == '-' || text[0] == '+';
    if (sign < length && is_digit(text[sign])) {
        memcpy(longer, text, sign);
        memset(longer + sign, '0', 30);
        memcpy(longer + sign + 30, text + sign, length - sign);
        if (!reads_as(longer, length + 30, point, verdict, value))
            complain("read another way with zeros before it", text, length);
    }
}

/* No sign, no exponent, no point at the end, no zero at the end of a fraction. */
static bool is_common(const char *text, size_t length, char point)
{
    const char *at = memchr(text, point, length);
    for (size_t i = 0; i < length; i++)
        if (!is_digit(text[i]) && text + i != at)
            return false;
    return at == NULL || (is_digit(text[length - 1]) && text[length - 1] != '0');
}

static void check_word(const char *text, size_t length, char point, uint64_t *state)
{
    uint64_t word = next(state);
    struct decimal value = {0, 0}, want = {1, 1};
    memcpy(&word, text, length);
    bool good = decimal_parse_word(word, length, point, &value);
    bool number = decimal_parse((struct slice){text, length}, point, &want) == DECIMAL_GOOD;
    if (good && !(number && same(value, want)))
        complain("the word is read another way", text, length);
    if (!good && is_common(text, length, point))
        complain("the word is not read", text, length);
}

/* Texts of nine bytes or more, copied to a block of their own: no byte beside them is read. */
static void check_pointed(const char *text, size_t length, char point)
{
    int64_t units;
    unsigned scale;
    struct decimal want = {0, 0};
    if (length < 9)
        return;
    char *alone = malloc(length);
    memcpy(alone, text, length);
    bool good = digits_read_pointed((struct slice){alone, length}, point, &units, &scale);
    bool number = decimal_parse((struct slice){text, length}, point, &want) == DECIMAL_GOOD;
    const char *at = memchr(text, point, length);
    bool told = at != NULL && at > text && at - text < 8 && text + length - at <= 9;
    if (good && !(number && same((struct decimal){units, scale}, want)))
        complain("read around its point another way", text, length);
    if (!good && told && is_common(text, length, point))
        complain("not read around its point", text, length);
    free(alone);
    pointed += good;
}

static void check_texts(uint64_t *state)
{
    char text[SHORT];
    for (int i = 0; i < 2 * ROUNDS && faults < 10; i++) {
        char point = i % 2 == 0 ? '.' : ',';
        size_t length = random_text(text, SHORT, point, state);
        check_text(text, length, point);
        check_pointed(text, length, point);
        length = random_text(text, WORD, point, state);
        check_text(text, length, point);
        check_word(text, length, point, state);
    }
    for (int i = 0; i < 256 * 256 && faults < 10; i++) {
        text[0] = (char)i;
        text[1] = (char)(i / 256);
        check_word(text, 2, '.', state);
        check_word(text, 1, ',', state);
    }
}

/* ---- values ---- */

static int128 power_of_ten(unsigned power)
{
    int128 result = 1;
    while (power-- > 0)
        result *= 10;
    return result;
}

/* Of all sizes; often at a limit of 64 bits or beside a power of ten, often with zeros at the
 * end. */
static int128 random_units(uint64_t *state, unsigned most)
{
    uint128 any = (uint128)next(state) << 64 | next(state);
    unsigned digits = below(state, most + 1), zeros = below(state, digits + 1);
    int128 units = (int128)(any % (uint128)power_of_ten(digits));
    if (below(state, 4) == 0)
        units -= units % power_of_ten(zeros);
    if (below(state, 6) == 0)
        units = power_of_ten(digits) + (int128)below(state, 3) - 1;
    if (most > 20 && below(state, 6) == 0)
        units = (((int128)1 << (62 + below(state, 3))) + (int128)below(state, 5) - 2) /
                power_of_ten(below(state, 8));
    if (units >= power_of_ten(DECIMAL_DIGITS))
        units = power_of_ten(DECIMAL_DIGITS) - 1;
    return below(state, 2) == 0 ? units : -units;
}

static struct decimal random_value(uint64_t *state)
{
    static const unsigned scales[] = {1, 4, 10, 17, DECIMAL_SCALE + 1};
    unsigned most = below(state, 3) == 0 ? DECIMAL_DIGITS : 20;
    return (struct decimal){random_units(state, most), below(state, scales[below(state, 5)])};
}

static void complain_of(const char *what, struct decimal a, struct decimal b)
{
    char text[3 * DECIMAL_ROOM];
    size_t length = print_plainly(text, a);
    text[length++] = ' ';
    complain(what, text, length + print_plainly(text + length, b));
}

static void check_print(struct decimal value)
{
    char got[DECIMAL_ROOM + CANARY], want[DECIMAL_ROOM];
    struct decimal back = {0, 0};
    memset(got, '#', sizeof got);
    size_t length = decimal_print(got, value), want_length = print_plainly(want, value);
    bool good = length == want_length && memcmp(got, want, length) == 0 &&
                decimal_parse((struct slice){got, length}, '.', &back) == DECIMAL_GOOD &&
                same(back, least_scale(value));
    for (size_t i = DECIMAL_ROOM; i < sizeof got; i++)
        good = good && got[i] == '#';
    if (!good)
        complain_of("printed or read back another way", value, back);
    length = decimal_print_any(got, value);
    if (length != want_length || memcmp(got, want, length) != 0)
        complain_of("printed another way by decimal_print_any", value, value);
}

/* The units at a scale; false where they need more than 127 bits. */
static bool units_at(struct decimal value, unsigned scale, int128 *units)
{
    *units = value.units;
    for (; value.scale < scale; value.scale++)
        if (__builtin_mul_overflow(*units, (int128)10, units))
            return false;
    return true;
}

/* Beyond 38 digits a result is refused. */
static bool within(int128 units)
{
    return units < power_of_ten(DECIMAL_DIGITS) && units > -power_of_ten(DECIMAL_DIGITS);
}

static void check_sum(struct decimal a, struct decimal b, int128 left, int128 right, unsigned scale)
{
    struct decimal sum = {7, 7}, running = a;
    bool good = decimal_add(a, b, &sum), ran = decimal_accumulate(&running, b);
    struct decimal want = least_scale((struct decimal){left + right, scale});
    if (good != within(want.units) || ran != good)
        complain_of(good ? "a sum too long" : "no sum", a, b);
    if (good && !(same(sum, want) && same(least_scale(running), want)))
        complain_of("another sum", a, b);
    if (!ran && !same(running, a))
        complain_of("changed by what cannot be added", a, b);
}

static void check_floor(struct decimal a, struct decimal b, int128 left, int128 right)
{
    int64_t got;
    int128 want = 0;
    if (right <= 0)
        return;
    want = left / right;
    if (want * right > left)
        want--;
    bool fits = want < (int128)1 << 62 && want > -((int128)1 << 62);
    bool good = decimal_floor(a, b, &got);
    if (good != fits || (good && got != want))
        complain_of("another whole quotient", a, b);
}

static void check_pair(struct decimal a, struct decimal b)
{
    unsigned scale = a.scale > b.scale ? a.scale : b.scale;
    int128 left, right, units;
    if (units_at(a, scale, &left) && units_at(b, scale, &right)) {
        if (decimal_compare(a, b) != (left > right) - (left < right))
            complain_of("another order", a, b);
        check_floor(a, b, left, right);
        if (!__builtin_add_overflow(left, right, &units))
            check_sum(a, b, left, right, scale);
    }
    struct decimal product = {7, 7}, want = {0, 0};
    bool good = decimal_multiply(a, b, &product);
    /* Where 128 bits do not hold it, tests/fuzz/decimal.c can tell. */
    if (__builtin_mul_overflow(a.units, b.units, &want.units))
        return;
    want.scale = a.scale + b.scale;
    want = least_scale(want);
    bool fits = within(want.units) && want.scale <= DECIMAL_SCALE;
    if (good != fits || (good && !same(product, want)))
        complain_of("another product", a, b);
}

/* Numbers of a register, added up: what the quick sum is made for. */
static void check_running(uint64_t *state)
{
    struct decimal sum = {0, 0};
    int128 total = 0;
    unsigned most = 1 + below(state, 12);
    for (int i = 0; i < 100; i++) {
        struct decimal value = {random_units(state, 15), below(state, most)};
        int128 units;
        bool fits = units_at(value, 12, &units);
        total += units;
        if (!fits || !decimal_accumulate(&sum, value) ||
            !same(least_scale(sum), least_scale((struct decimal){total, 12}))) {
            complain_of("another running sum", sum, value);
            return;
        }
    }
}

int main(void)
{
    uint64_t state = 20160701;
    check_texts(&state);
    for (int i = 0; i < ROUNDS && faults < 10; i++) {
        struct decimal a = random_value(&state), b = random_value(&state);
        check_print(a);
        check_pair(a, b);
        b.units = b.units / 1000 + below(&state, 3);
        check_pair(a, b);
        b = (struct decimal){a.units - (a.units > 0) + (a.units < 0), a.scale};
        check_pair(a, b);
        if (i % 100 == 0)
            check_running(&state);
    }
    for (unsigned power = 0; power < DECIMAL_DIGITS; power++)
        for (unsigned scale = 0; scale <= DECIMAL_SCALE; scale++)
            for (int off = -1; off <= 1; off++)
                check_print((struct decimal){power_of_ten(power) + off, scale});
    printf("%d faults, %d texts read around their point\n", faults, pointed);
    return faults > 0 || pointed < ROUNDS / 40;
}
