/*
 * ratio: exact fractions, rounded once.
 *
 * A formula is worked out in fractions of integers of any length; only its last
 * value, or the root of it, becomes a double, correctly rounded (to nearest,
 * ties to even). Values lie in an arena, as integers do.
 */
#ifndef JF_RATIO_H
#define JF_RATIO_H

#include "base/heap.h"
#include "number/integer.h"

struct ratio {
    struct integer over;
    struct integer under; /* above 0 */
};

struct ratio ratio_of(struct arena *arena, int128 over, int128 under); /* under > 0 */
struct ratio ratio_from(struct integer over, struct integer under);    /* under != 0 */

struct ratio ratio_add(struct arena *arena, struct ratio a, struct ratio b);
struct ratio ratio_subtract(struct arena *arena, struct ratio a, struct ratio b);
struct ratio ratio_multiply(struct arena *arena, struct ratio a, struct ratio b);
struct ratio ratio_divide(struct arena *arena, struct ratio a, struct ratio b); /* b != 0 */
struct ratio ratio_square(struct arena *arena, struct ratio a);

/* The value of a double, exactly. It must be finite. */
struct ratio ratio_of_double(struct arena *arena, double value);

/* -1, 0, 1 as a is below, at, above b. */
int ratio_compare(struct arena *arena, struct ratio a, struct ratio b);

/* The nearest whole number, ties to even; 0 <= a < 2^62. */
uint64_t ratio_whole(struct arena *arena, struct ratio a);

/* The nearest double; infinite beyond the range of doubles. */
double ratio_round(struct arena *arena, struct ratio a);

/* The double nearest to the square root; a >= 0. */
double ratio_root(struct arena *arena, struct ratio a);

#endif
