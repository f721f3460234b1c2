/*
 * integer: whole numbers of any length.
 *
 * A value is never changed once made; its limbs lie in an arena that the caller
 * resets when a piece of work is done. So expressions nest, nothing is freed one
 * by one, and copies of the struct are copies of the value.
 */
#ifndef JF_INTEGER_H
#define JF_INTEGER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/heap.h"
#include "base/slice.h"

__extension__ typedef __int128 int128;
__extension__ typedef unsigned __int128 uint128;

static inline uint128 integer_size(int128 value)
{
    return value < 0 ? -(uint128)value : (uint128)value;
}

struct integer {
    int sign;              /* -1, 0 or 1 */
    size_t length;         /* limbs; the top one is not 0, and 0 has none */
    const uint64_t *limbs; /* of the absolute value, lowest first */
};

struct integer integer_of(struct arena *arena, int128 value);

/* From limbs, lowest first; the sign does not count where they are all 0. */
struct integer integer_from_limbs(struct arena *arena, int sign, const uint64_t *limbs,
                                  size_t length);

struct integer integer_add(struct arena *arena, struct integer a, struct integer b);
struct integer integer_subtract(struct arena *arena, struct integer a, struct integer b);
struct integer integer_multiply(struct arena *arena, struct integer a, struct integer b);
struct integer integer_power_of_ten(struct arena *arena, unsigned power);
struct integer integer_shift(struct arena *arena, struct integer a, size_t bits); /* a * 2^bits */
struct integer integer_negate(struct integer a);

/* -1, 0, 1 as a is below, at, above b; and the same of the absolute values. */
int integer_compare(struct integer a, struct integer b);
int integer_compare_size(struct integer a, struct integer b);

/* The number of bits of the absolute value: 2^(bits-1) <= |a| < 2^bits; 0 for 0. */
size_t integer_bits(struct integer a);

/* Decimal digits to a value and back. `digits` holds 0 to 9 only. The text begins with
 * '-' where the value is below 0, lies in the arena and ends in NUL. */
struct integer integer_parse(struct arena *arena, int sign, struct slice digits);
const char *integer_print(struct arena *arena, struct integer a);

/* Vectors of limbs, for sums that are kept in place (moments). total += term, with the
 * carry running to the end of total; product = a * b, of a_length + b_length limbs. */
void limbs_add(uint64_t *total, size_t total_length, const uint64_t *term, size_t length);
void limbs_negate(uint64_t *total, size_t length); /* two's complement */
void limbs_multiply(uint64_t *product, const uint64_t *a, size_t a_length, const uint64_t *b,
                    size_t b_length);

#endif
