/*
 * order: whether the periods of a group ascend.
 *
 * Two periods that are both numbers are compared as numbers (9 is before 10), others
 * bytewise (2016-03).
 */
#ifndef JF_ORDER_H
#define JF_ORDER_H

#include "trial/cell.h"

/* The last period. A zeroed struct has seen none. */
struct order {
    bool numeric; /* the last two that were compared are numbers */

    /* The rest is the room's own. */
    size_t length;
    uint64_t word, shape; /* of a short one; see order_next */
    bool plain;           /* its shape is that of a number without sign and exponent, or of none */
    char *bytes;          /* of a longer one */
    size_t room;
};

enum order_verdict { ORDER_GOOD, ORDER_TWICE, ORDER_BACK };

/* Takes the first period of a group: whatever it is. */
void order_begin(struct order *order, struct slice period);

/* What order_next does, slowly. */
enum order_verdict order_any(struct order *order, struct slice period);

/* A short cell with a 0 for every digit, all at once: a byte less '0' is a digit if
 * it is below 10, and then 118 more do not reach its highest bit. */
static inline uint64_t order_shape(uint64_t word)
{
    const uint64_t each = 0x0101010101010101;
    uint64_t off = word ^ ('0' * each);
    uint64_t other = ((((off & (0x7f * each)) + (118 * each)) | off) >> 7) & each;
    return (word & (other * 0xff)) | (('0' * each) & ~(other * 0xff));
}

/* As a number in which the first byte weighs most. */
static inline uint64_t order_weight(uint64_t word)
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
static inline enum order_verdict order_next(struct order *order, struct slice period)
{
    if (period.length == order->length && order->plain) {
        uint64_t word = cell_word(period);
        if (order_shape(word) == order->shape && order_weight(word) > order_weight(order->word)) {
            order->word = word;
            return ORDER_GOOD;
        }
    }
    return order_any(order, period);
}

void order_free(struct order *order);

#endif
