/*
 * scaled: whole numbers of any length over a power of ten, as text.
 *
 * It is how exact sums are written and read again: no exponent, no zeros behind the last digit.
 */
#ifndef JF_SCALED_H
#define JF_SCALED_H

#include <stdbool.h>

#include "base/heap.h"
#include "base/slice.h"
#include "number/integer.h"

/* units / 10^scale. The text lies in the arena. */
const char *scaled_print(struct arena *arena, struct integer units, unsigned scale);

/* The same back, from text of at most 200 digits before the point and 72 behind it; false where it
 * is none. */
bool scaled_read(struct arena *arena, struct slice text, struct integer *units, unsigned *scale);

#endif
