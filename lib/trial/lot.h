/*
 * lot: what chance gave, which anybody can look up again.
 *
 * A lot is a number of 128 bits, a pure function of a salt, of what is drawn, of the number of
 * the draw and of who takes part. It is XXH3 (128 bits, seed 0) of the four fields behind each
 * other, each its length and then its bytes:
 *
 *     length of the salt   8 bytes, the lowest first
 *     the salt
 *     length of what       8 bytes
 *     what                 a word or two that keep draws apart for which there is one salt
 *     8                    8 bytes
 *     the draw's number    8 bytes, the lowest first
 *     length of the id     8 bytes
 *     the id
 *
 * So `ab` and `c` are not `a` and `bc`, and nothing depends on the order of rows, on the locale,
 * on the machine. doc/jf-draw.1 has this with lots to compare with, as others may draw again.
 * XXH3 mixes well, but keeps no secret: who may choose the salt may choose the lots.
 */
#ifndef JF_LOT_H
#define JF_LOT_H

#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

struct lot {
    uint64_t high, low;
};

/* The fields that many lots share, as they are hashed. Several threads may draw from it. */
struct lot_source {
    char *bytes; /* all fields but the id's bytes */
    size_t length;
};

/* Copies the salt and what is drawn. */
struct lot_source lot_begin(struct slice salt, struct slice what);

/* The same where what is drawn is a word, a blank and a name. */
struct lot_source lot_begin_for(struct slice salt, const char *word, struct slice name);

/* The lot of an id in a draw. */
struct lot lot_of(const struct lot_source *source, uint64_t draw, struct slice id);

/* By size: below, at or above 0. Two that are equal, which nobody has seen, go by the ids. */
static inline int lot_compare(struct lot a, struct lot b)
{
    if (a.high != b.high)
        return a.high < b.high ? -1 : 1;
    return (a.low > b.low) - (a.low < b.low);
}

/* The lot modulo `count`, at least 1: one of 0 to count - 1. The chance of each differs from
 * 1/count by less than 2^-128. */
uint64_t lot_below(struct lot lot, uint64_t count);

void lot_end(struct lot_source *source);

#endif
