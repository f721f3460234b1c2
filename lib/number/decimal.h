/*
 * decimal: numbers as the file gives them, exactly.
 *
 * A value is units / 10^scale, with |units| < 10^38 and 0 <= scale <= 36: at
 * most 38 significant digits and 36 decimals. What goes beyond is refused,
 * never rounded.
 */
#ifndef JF_DECIMAL_H
#define JF_DECIMAL_H

#include "base/slice.h"
#include "number/integer.h"
#include "number/digits.h"

enum { DECIMAL_DIGITS = 38, DECIMAL_SCALE = 36, DECIMAL_ROOM = 64 };

struct decimal {
    int128 units;
    unsigned scale;
};

enum decimal_verdict {
    DECIMAL_GOOD,
    DECIMAL_NO_NUMBER,   /* not of the form of struct digits */
    DECIMAL_OTHER_POINT, /* it would be one with the other decimal point */
    DECIMAL_TOO_LONG     /* more digits or decimals than are held */
};

/* Splits a text as digits_split does; where that refuses, the verdict says why. */
enum decimal_verdict decimal_split(struct slice text, char point, struct digits *digits);

/* Text to value. Trailing zeros of the fraction do not count as decimals: the
 * scale is the least that holds the value. `value` is set only where GOOD. */
enum decimal_verdict decimal_parse(struct slice text, char point, struct decimal *value);

/*
 * The same for a text of 1 to 8 bytes, given as a word that was read from memory; bytes
 * behind its length do not matter. False where it is no number, or one of a rarer form
 * that decimal_parse has to read: with a sign, an exponent, a point at its end or zeros
 * at the end of its fraction.
 */
bool decimal_parse_word(uint64_t word, size_t length, char point, struct decimal *value);

/* A value of few digits on its way to text: those before its point and those behind it, each in
 * two words, the first one lowest. A processor waits long for what was stored in other pieces than
 * it is loaded in, so they lie apart, or compilers would load two of them as one. */
struct decimal_few {
    uint64_t whole, fraction, more_whole, more_fraction;
    unsigned whole_length, fraction_length;
    bool negative;
};

/* What decimal_few does with a value that has few. */
void decimal_lay(struct decimal_few *few, int64_t units, unsigned scale);

/* False where it has more than 16 digits, or more than 15 decimals. */
static inline bool decimal_few(struct decimal_few *few, struct decimal value)
{
    const int64_t most = 10000000000000000;
    int64_t units = (int64_t)value.units;
    bool good = units == value.units && units < most && units > -most && value.scale < 16;
    if (good)
        decimal_lay(few, units, value.scale);
    return good;
}

/* Writes the value without trailing zeros, plus or exponent, no NUL; returns where it ends. All
 * DECIMAL_ROOM bytes of text may be written over. */
static inline char *decimal_put(char *text, const struct decimal_few *few)
{
    *text = '-';
    text += few->negative;
    digits_put_sixteen(text, few->whole, few->more_whole);
    text += few->whole_length;
    *text = '.';
    digits_put_sixteen(text + 1, few->fraction, few->more_fraction);
    return text + few->fraction_length + (few->fraction_length > 0);
}

/* The same for any value; returns the number of bytes. */
size_t decimal_print(char *text, struct decimal value);

/* What it does with more digits. */
size_t decimal_print_any(char *text, struct decimal value);

/* Exact arithmetic; false where the result has too many digits or decimals once the zeros
 * at the end of its fraction are gone. */
bool decimal_add(struct decimal a, struct decimal b, struct decimal *sum);
bool decimal_multiply(struct decimal a, struct decimal b, struct decimal *product);

/* sum += value: the quick way to add up many, as the sum may keep zeros at the end of its
 * fraction. False, with the sum unchanged, as above. */
static inline bool decimal_accumulate(struct decimal *sum, struct decimal value)
{
    int64_t total = (int64_t)sum->units, units = (int64_t)value.units;
    unsigned lift = sum->scale - value.scale; /* huge where the value has more */
    if (lift >= DIGITS_POWERS || total != sum->units || units != value.units ||
        __builtin_mul_overflow(units, digits_powers[lift], &units) ||
        __builtin_add_overflow(total, units, &total))
        return decimal_add(*sum, value, sum);
    sum->units = total;
    return true;
}

/* value / divisor, where that is a decimal; false where it is not (1/3). */
bool decimal_divide(struct decimal value, uint64_t divisor, struct decimal *quotient);

/* The largest whole number at or below a / b, b > 0; false where the two cannot
 * be brought to one scale or the result is beyond 62 bits. */
bool decimal_floor(struct decimal a, struct decimal b, int64_t *floor);

struct decimal decimal_negate(struct decimal value);

/* -1, 0, 1 as a is below, at, above b. */
int decimal_compare(struct decimal a, struct decimal b);

/* 10^power, power at most 38. */
int128 decimal_power(unsigned power);

#endif
