/*
 * decimal: numbers as the file gives them, exactly.
 *
 * A value is units / 10^scale, with |units| < 10^38 and 0 <= scale <= 36: at
 * most 38 significant digits and 36 decimals. What goes beyond is refused,
 * never rounded.
 */
#ifndef JF_DECIMAL_H
#define JF_DECIMAL_H

#include "integer.h"

enum { DECIMAL_DIGITS = 38, DECIMAL_SCALE = 36, DECIMAL_ROOM = 64 };

struct decimal {
    int128 units;
    unsigned scale;
};

enum decimal_verdict {
    DECIMAL_GOOD,
    DECIMAL_NO_NUMBER,   /* not of the form below */
    DECIMAL_OTHER_POINT, /* it would be one with the other decimal point */
    DECIMAL_TOO_LONG     /* more digits or decimals than are held */
};

/*
 * A number taken apart: [+-]digits[point digits][(e|E)[+-]digits], with a digit
 * before or after the point. `point` is '.' or ','.
 */
struct decimal_parts {
    bool negative;
    struct slice whole, fraction; /* digits */
    long exponent;                /* of ten; at most 10^6 in size, larger ones cut to that */
};
enum decimal_verdict decimal_take_apart(struct slice text, char point, struct decimal_parts *parts);

/* Text to value. Trailing zeros of the fraction do not count as decimals: the
 * scale is the least that holds the value. `value` is set only where GOOD. */
enum decimal_verdict decimal_parse(struct slice text, char point, struct decimal *value);

/*
 * The same for a text of 1 to 8 bytes, given as the bytes of a word in the order
 * of memory; what lies behind its length is not looked at. False where it is no
 * number, or one of a rarer form that decimal_parse has to read: with a sign, an
 * exponent, a point at its end or zeros at the end of its fraction.
 */
bool decimal_parse_word(uint64_t word, size_t length, char point, struct decimal *value);

/* Writes the value without trailing zeros, plus or exponent, no NUL; returns the
 * number of bytes. All DECIMAL_ROOM bytes of text may be written over. */
size_t decimal_print(char *text, struct decimal value);

/* Exact arithmetic; false where the result has too many digits or decimals. */
bool decimal_add(struct decimal a, struct decimal b, struct decimal *sum);
bool decimal_multiply(struct decimal a, struct decimal b, struct decimal *product);

/* sum += value, at the scale of whichever has more decimals; the quick way to add
 * up many values. False, with the sum unchanged, as above. */
bool decimal_accumulate(struct decimal *sum, struct decimal value);

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
