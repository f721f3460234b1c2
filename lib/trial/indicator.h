/*
 * indicator: a 0/1 column: whether a period's value lies beyond a bound, or between two.
 */
#ifndef JF_INDICATOR_H
#define JF_INDICATOR_H

#include <stdbool.h>

#include "base/slice.h"
#include "number/bounds.h"
#include "number/hours.h"

struct indicator {
    struct slice name;
    struct bounds bounds;
};

/* NAME='>H', '>=H', '<H', '<=H', or a range NAME='>A<B'; of another form, or where no value lies
 * in it, it is misuse. */
struct indicator indicator_parse(struct slice text);

/* Whether it holds of the period's exact value (its sum, `total`, or its mean). */
bool indicator_holds(const struct indicator *indicator, const struct hours_period *period,
                     bool total);

#endif
