/*
 * scale: an axis of numbers, from a round one to a round one, with tics at round ones.
 *
 * Tics stand at whole multiples of a unit, which is 1, 2 or 5 times a power of ten: so their
 * places are whole numbers and their texts exact.
 */
#ifndef JF_SCALE_H
#define JF_SCALE_H

#include <stdbool.h>
#include <stdint.h>

#include "number/value.h"

struct scale {
    bool met;
    struct value low, high; /* of the values met */
    int64_t first, last;    /* the tics at the ends, in units; first < last */
    int unit, power;        /* unit x 10^power */
};

enum { SCALE_ROOM = 64 };

/* A value, where it is one, lies on the axis. A zeroed scale has met none. */
void scale_meet(struct scale *scale, struct value value);

/* All that another one has met. */
void scale_merge(struct scale *scale, const struct scale *other);

/* Sets the tics, at most so many, three at least. One that has met nothing is from 0 to 1. */
void scale_plan(struct scale *scale, int tics);

/* The text of a tic, with a decimal point: -0.5, 1000000, 3e40. */
const char *scale_tic(char *text, const struct scale *scale, int64_t tic);

/* Where a value lies: of `length` equal steps from the first tic to the last, the nearest. */
int scale_place(const struct scale *scale, struct value value, int length);

#endif
