/*
 * big: decimal arithmetic as it is done on paper, for the harnesses to compare with.
 *
 * A number is a row of digits around a point that does not move, wide enough for
 * products, squares and quotients of any decimals. Slow, and without a line in common
 * with lib/: no carry of 64 bits, no scale, no arena.
 */
#ifndef JF_FUZZ_BIG_H
#define JF_FUZZ_BIG_H

#include "number/decimal.h"

enum { BIG_FRACTION = 320, BIG_WHOLE = 100, BIG_DIGITS = BIG_FRACTION + BIG_WHOLE };

struct big {
    bool negative;                    /* never of 0 */
    unsigned char digits[BIG_DIGITS]; /* digit i is worth 10^(i - BIG_FRACTION) */
};

/* What a text is, as decimal_parse is to say; the number where it is one that can be held. */
enum decimal_verdict big_read(struct slice text, char point, struct big *value);

/* Whether a decimal holds it: at most 38 digits and 36 decimals. */
bool big_is_decimal(const struct big *a);

struct big big_of_decimal(struct decimal value);
struct big big_of_whole(uint64_t value);

struct big big_add(const struct big *a, const struct big *b);
struct big big_negate(const struct big *a);
struct big big_multiply(const struct big *a, const struct big *b);
int big_compare(const struct big *a, const struct big *b);

/* a / divisor, below 2^59. Where it does not end, what is cut off leaves the last digit
 * other than 0, and `exact` false. */
struct big big_divide(const struct big *a, uint64_t divisor, bool *exact);

/* The shortest text; room for BIG_TEXT bytes, with a NUL. Returns the length. */
enum { BIG_TEXT = BIG_DIGITS + 4 };
size_t big_print(char *text, const struct big *a);

/* The nearest double, by the C library. */
double big_real(const struct big *a);

#endif
