/*
 * Decimals against arithmetic on paper: two texts and a divisor, a line each, are read,
 * printed, added, multiplied, divided and compared. What is given is exact, and it is given
 * wherever a decimal holds it.
 */
#include "number/decimal.h"

#include <string.h>

#include "big.h"
#include "fuzz.h"

/* The value is the number, in its least scale. */
static void check_value(struct decimal value, const struct big *want, const char *property)
{
    struct big is = big_of_decimal(value);
    fuzz_check(big_compare(&is, want) == 0, property);
    fuzz_check(value.scale == 0 || value.units % 10 != 0, "a value has the least scale");
}

static void check_result(bool given, struct decimal value, const struct big *want,
                         const char *property)
{
    fuzz_check(given == big_is_decimal(want), property);
    if (given)
        check_value(value, want, property);
}

static void check_word(struct slice text, char point, bool number, struct decimal value)
{
    uint64_t word = UINT64_MAX;
    struct decimal read;
    if (text.length == 0 || text.length > sizeof word)
        return;
    memcpy(&word, text.bytes, text.length);
    if (decimal_parse_word(word, text.length, point, &read))
        fuzz_check(number && read.units == value.units && read.scale == value.scale,
                   "a word is read as its text is");
}

static void check_print(struct decimal value, const struct big *exact)
{
    char text[DECIMAL_ROOM], want[BIG_TEXT];
    struct decimal again = {1, 1};
    size_t length = decimal_print(text, value);
    fuzz_check(length == big_print(want, exact) && memcmp(text, want, length) == 0,
               "a value is printed in its digits");
    fuzz_check(decimal_parse((struct slice){text, length}, '.', &again) == DECIMAL_GOOD &&
                   again.units == value.units && again.scale == value.scale,
               "what is printed is read as the same value");
}

static bool check_text(struct slice text, char point, struct decimal *value, struct big *exact)
{
    enum decimal_verdict verdict = decimal_parse(text, point, value);
    fuzz_check(verdict == big_read(text, point, exact), "a text is a number or none");
    check_word(text, point, verdict == DECIMAL_GOOD, *value);
    if (verdict != DECIMAL_GOOD)
        return false;
    check_value(*value, exact, "a text is read exactly");
    check_print(*value, exact);
    return true;
}

/* The sum may have zeros at its end, of values that have gone again. */
static void check_return(struct decimal sum, struct decimal a, const struct big *x)
{
    fuzz_check(decimal_accumulate(&sum, decimal_negate(sum)) && sum.units == 0,
               "nothing is left of a sum less itself");
    fuzz_check(decimal_accumulate(&sum, a), "nothing and a value can be held");
    struct big is = big_of_decimal(sum);
    fuzz_check(big_compare(&is, x) == 0, "nothing and a value is the value");
}

static void check_sums(struct decimal a, struct decimal b, const struct big *x, const struct big *y)
{
    struct decimal result = {0}, sum = a;
    struct big want = big_add(x, y);
    bool given = decimal_add(a, b, &result);
    check_result(given, result, &want, "a sum is exact");
    fuzz_check(decimal_accumulate(&sum, b) == given, "a running sum is given as a sum is");
    struct big running = big_of_decimal(sum);
    fuzz_check(big_compare(&running, given ? &want : x) == 0, "a running sum is exact");
    check_return(sum, a, x);
    want = big_multiply(x, y);
    given = decimal_multiply(a, b, &result);
    check_result(given, result, &want, "a product is exact");
    fuzz_check(decimal_compare(a, b) == big_compare(x, y), "two values are compared exactly");
    want = big_negate(x);
    check_value(decimal_negate(a), &want, "a value is negated");
}

/* Both at one scale have units of 38 digits at most. */
static bool share_scale(const struct big *x, const struct big *y, struct decimal a,
                        struct decimal b)
{
    unsigned scale = a.scale > b.scale ? a.scale : b.scale;
    struct big power = big_of_decimal((struct decimal){decimal_power(scale), 0});
    struct big limit = big_of_decimal((struct decimal){decimal_power(DECIMAL_DIGITS), 0});
    struct big one = big_multiply(x, &power), other = big_multiply(y, &power);
    one.negative = other.negative = false;
    return big_compare(&one, &limit) < 0 && big_compare(&other, &limit) < 0;
}

/* b * (floor + more) */
static struct big step(const struct big *b, int64_t floor, int more)
{
    struct big factor = big_of_decimal((struct decimal){(int128)floor + more, 0});
    return big_multiply(b, &factor);
}

static void check_floor(struct decimal a, struct decimal b, const struct big *x,
                        const struct big *y)
{
    int64_t floor, most = (int64_t)1 << 62;
    if (b.units <= 0)
        return;
    if (decimal_floor(a, b, &floor)) {
        struct big low = step(y, floor, 0), high = step(y, floor, 1);
        fuzz_check(big_compare(&low, x) <= 0 && big_compare(x, &high) < 0, "a floor is exact");
    } else if (share_scale(x, y, a, b)) {
        struct big low = step(y, -most, 1), high = step(y, most, 0);
        fuzz_check(big_compare(x, &low) < 0 || big_compare(x, &high) >= 0,
                   "a floor within 62 bits is given");
    }
}

static void check_quotient(struct decimal a, const struct big *x, uint64_t divisor)
{
    bool exact;
    struct decimal quotient = {0};
    struct big want = big_divide(x, divisor, &exact);
    bool given = decimal_divide(a, divisor, &quotient);
    fuzz_check(given == (exact && big_is_decimal(&want)), "a quotient is given where it is one");
    if (given)
        check_value(quotient, &want, "a quotient is exact");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice rest = {(const char *)data, size};
    struct slice one = fuzz_cut(&rest, "\n"), other = fuzz_cut(&rest, "\n");
    struct decimal a = {0}, b = {0};
    struct big x, y;
    uint64_t divisor = 0;
    for (size_t i = 0; i < rest.length && rest.bytes[i] >= '0' && rest.bytes[i] <= '9' && i < 17;
         i++)
        divisor = 10 * divisor + (uint64_t)(rest.bytes[i] - '0');
    check_text(one, ',', &a, &x);
    if (!check_text(one, '.', &a, &x))
        return 0;
    check_quotient(a, &x, divisor > 0 ? divisor : 12);
    if (other.bytes == NULL || !check_text(other, '.', &b, &y))
        return 0;
    check_sums(a, b, &x, &y);
    check_floor(a, b, &x, &y);
    return 0;
}
