/*
 * ascent: whether the periods of a group ascend.
 *
 * Two periods that are both numbers are compared as numbers (9 is before 10), others
 * bytewise (2016-03).
 */
#ifndef JF_ASCENT_H
#define JF_ASCENT_H

#include "cell.h"

/* The last period. A zeroed struct has seen none. */
struct ascent {
    bool numeric; /* the last two that were compared are numbers */

    /* The rest is the room's own. */
    size_t length;
    uint64_t word, shape; /* of a short one; see ascent_next */
    bool plain;           /* its shape is that of a number without sign and exponent, or of none */
    char *bytes;          /* of a longer one */
    size_t room;
};

enum ascent_verdict { ASCENT_GOOD, ASCENT_TWICE, ASCENT_BACK };

/* Takes the first period of a group: whatever it is. */
void ascent_begin(struct ascent *ascent, struct slice period);

/* What ascent_next does, slowly. */
enum ascent_verdict ascent_any(struct ascent *ascent, struct slice period);

/* A short cell with a 0 for every digit, all at once: a byte less '0' is a digit if
 * it is below 10, and then 118 more do not reach its highest bit. */
static inline uint64_t ascent_shape(uint64_t word)
{
    const uint64_t each = 0x0101010101010101;
    uint64_t off = word ^ ('0' * each);
    uint64_t other = ((((off & (0x7f * each)) + (118 * each)) | off) >> 7) & each;
    return (word & (other * 0xff)) | (('0' * each) & ~(other * 0xff));
}

/* As a number in which the first byte weighs most. */
static inline uint64_t ascent_weight(uint64_t word)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    return word;
#else
    return __builtin_bswap64(word);
#endif
}

/*
 * Takes the next period of a group, and says whether it comes after the last one.
 * Months are of one shape: their digits stand in the same places, and the rest is
 * the same. Of two such texts the bytewise order is also that of the numbers they
 * may be, if there is no sign or exponent, so that nothing needs to be parsed.
 */
static inline enum ascent_verdict ascent_next(struct ascent *ascent, struct slice period)
{
    if (period.length == ascent->length && ascent->plain) {
        uint64_t word = cell_word(period);
        if (ascent_shape(word) == ascent->shape &&
            ascent_weight(word) > ascent_weight(ascent->word)) {
            ascent->word = word;
            return ASCENT_GOOD;
        }
    }
    return ascent_any(ascent, period);
}

void ascent_free(struct ascent *ascent);

#endif
