/*
 * digits: how numbers are written: the parts of a text, powers of ten, digits eight at a time.
 */
#ifndef JF_DIGITS_H
#define JF_DIGITS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

static inline bool digits_byte(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* A number: [+-]digits[point digits][(e|E)[+-]digits], with a digit before or after the point. */
struct digits {
    bool negative;
    struct slice whole, fraction;
    long exponent; /* of ten; at most 10^6 in size, larger ones cut to that */
};

/* Splits a number into its parts; false where it is none. `point` is '.' or ','. */
bool digits_split(struct slice text, char point, struct digits *digits);

/* Writes the last `width` digits of a number, zeros before them included; returns width. */
size_t digits_write(char *text, uint64_t number, unsigned width);

/* The powers of ten that fit 63 bits, from 10^0 on. */
enum { DIGITS_POWERS = 19 };
extern const int64_t digits_powers[DIGITS_POWERS];

/*
 * Eight digits are eight bytes of a word, the first one lowest. They are lifted in
 * three multiplications, pairs to fours to eights, and split the same way back.
 */
#define DIGITS_ONES  ((uint64_t)0x0101010101010101)
#define DIGITS_ZEROS ((uint64_t)0x3030303030303030) /* eight times '0' */

/* A word from memory, or on its way there, with its first byte lowest. */
static inline uint64_t digits_first_lowest(uint64_t word)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    return __builtin_bswap64(word);
#else
    return word;
#endif
}

/* Eight digits to their number; false where a byte is none: 0x30 to 0x39 keep their
 * upper half, and with 6 added too. */
static inline bool digits_read_eight(uint64_t word, int64_t *number)
{
    const uint64_t high = 0xf0f0f0f0f0f0f0f0;
    const uint64_t pairs = 0x000000ff000000ff;
    if (((word & high) | (((word + 6 * DIGITS_ONES) & high) >> 4)) !=
        DIGITS_ZEROS + 3 * DIGITS_ONES)
        return false;
    word -= DIGITS_ZEROS;
    word = 10 * word + (word >> 8);
    word = ((word & pairs) * (100 + (1000000ull << 32)) +
            ((word >> 16) & pairs) * (1 + (10000ull << 32))) >>
           32;
    *number = (int64_t)word;
    return true;
}

/* The digits of a number below 10^8, each a byte of 0 to 9. (v * 10486) >> 20 is v / 100
 * for v < 10^4, (v * 103) >> 10 is v / 10 for v < 100. */
static inline uint64_t digits_split_eight(uint64_t number)
{
    uint64_t halves = number / 10000 | (number % 10000) << 32;
    uint64_t hundreds = ((halves * 10486) >> 20) & 0x0000007f0000007f;
    uint64_t pairs = hundreds | (halves - 100 * hundreds) << 16;
    uint64_t tens = ((pairs * 103) >> 10) & 0x000f000f000f000f;
    return tens | (pairs - 10 * tens) << 8;
}

#endif
