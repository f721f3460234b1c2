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

/* Writes sixteen digits, the first of each word lowest. */
static inline void digits_put_sixteen(char *text, uint64_t front, uint64_t back)
{
    front = digits_first_lowest(front);
    back = digits_first_lowest(back);
    memcpy(text, &front, sizeof front);
    memcpy(text + sizeof front, &back, sizeof back);
}

/* Not 0 where a byte is no digit: it is below '0', so that its highest bit is set by a borrow, or
 * above '9' or has that bit, which is set as it is or when 0x46 is added. */
static inline uint64_t digits_others(uint64_t word)
{
    return ((word + 0x46 * DIGITS_ONES) | (word - DIGITS_ZEROS)) & (DIGITS_ONES << 7);
}

/* The number of eight bytes that are digits. */
static inline int64_t digits_join_eight(uint64_t word)
{
    const uint64_t pairs = 0x000000ff000000ff;
    word -= DIGITS_ZEROS;
    word = 10 * word + (word >> 8);
    word = ((word & pairs) * (100 + (1000000ull << 32)) +
            ((word >> 16) & pairs) * (1 + (10000ull << 32))) >>
           32;
    return (int64_t)word;
}

/* Eight digits to their number; false where a byte is none. */
static inline bool digits_read_eight(uint64_t word, int64_t *number)
{
    *number = digits_join_eight(word);
    return digits_others(word) == 0;
}

/* The place of the first byte of a word that is `byte`, 8 where none is: the lowest hit, as only
 * above that one the test may err. */
static inline unsigned digits_find(uint64_t word, char byte)
{
    uint64_t other = word ^ (DIGITS_ONES * (uint64_t)(unsigned char)byte);
    uint64_t hits = (other - DIGITS_ONES) & ~other & (DIGITS_ONES << 7);
    return hits == 0 ? 8 : (unsigned)__builtin_ctzll(hits) / 8;
}

/*
 * A text of nine bytes or more: one to seven digits, the point, and up to eight more, the last of
 * them no zero. They become units of 10^-scale. False where it is of any other form.
 */
bool digits_read_pointed(struct slice text, char point, int64_t *units, unsigned *scale);

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
