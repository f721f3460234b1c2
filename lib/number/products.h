/*
 * products: sums of the products of two values of one person, for every two of many; exactly.
 *
 * Persons come as vectors, one value a member, in any order. Of members i and j, j < i, the sum of
 * x_i x_j is held; what is of one member alone, count, sum and squares, its moments hold.
 * The same persons give the same state in whatever order they come, and states add up.
 */
#ifndef JF_PRODUCTS_H
#define JF_PRODUCTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/heap.h"
#include "base/slice.h"
#include "number/decimal.h"
#include "number/integer.h"
#include "number/moments.h"
#include "number/ratio.h"

/* A zeroed struct has no members. */
struct products {
    size_t members, room, vector_room;
    unsigned scale;                         /* sums count 10^(-2 scale) */
    uint32_t pending;                       /* vectors in `fast`, not yet in `wide` */
    int128 *fast;                           /* member by member: member i has i sums */
    uint64_t (*wide)[MOMENTS_SQUARE_LIMBS]; /* two's complement; NULL: all 0 */
    size_t *at;                             /* of the vector at hand: members other than 0, */
    int64_t *units;                         /* and their values, at the scale */
};

/* Room for so many members, new ones behind the others. Nothing has come yet, or is 0. */
void products_widen(struct products *products, size_t members);

/* Adds a vector, a value for each member. */
void products_add(struct products *products, const struct decimal *values);

/* Forgets all vectors. */
void products_clear(struct products *products);

/* The sum of two members, i and j < i, as text in the arena and back: products_read adds it, and is
 * false where the text is no decimal, or too long. */
const char *products_print(struct arena *arena, const struct products *products, size_t i,
                           size_t j);
bool products_read(struct products *products, size_t i, size_t j, struct slice text);

/* Of n persons with these moments: the sum of (x_i - mean_i) (x_j - mean_j), i and j in either
 * order, or one (then it is moments_deviation); n > 0. Over n - 1 it is the covariance. */
struct ratio products_deviation(struct arena *arena, const struct products *products,
                                const struct moments *moments, size_t i, size_t j);

void products_free(struct products *products);

#endif
