/*
 * bounds: the numbers that a user means by `>0`, `>=150`, `<=5` or `>0<150`.
 */
#ifndef JF_BOUNDS_H
#define JF_BOUNDS_H

#include <stdbool.h>

#include "base/slice.h"
#include "number/decimal.h"

/* One side: what lies beyond it, and at it where `equal`. */
struct bounds_side {
    bool given, equal;
    struct decimal at;
};

struct bounds {
    struct bounds_side low, high; /* one of them or both */
};

enum bounds_verdict {
    BOUNDS_GOOD,
    BOUNDS_NO_SIGN, /* no > or < where one should be, or two of a kind */
    BOUNDS_NO_NUMBER,
    BOUNDS_EMPTY /* no number is within, as in `>5<3` */
};

/* Reads one side or two, in either order. `number` becomes what stood behind the last sign, for
 * a message. */
enum bounds_verdict bounds_parse(struct slice text, struct bounds *bounds, struct slice *number);

/* Whether the value is within. */
bool bounds_hold(const struct bounds *bounds, struct decimal value);

#endif
