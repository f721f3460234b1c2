#include "number/scale.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "number/decimal.h"

enum { PLAIN_POWER = 15, TICS_LEAST = 3 /* 0 may lie between the ends */ };

static const double largest = 1e15; /* of a tic in units: beyond, doubles are not whole */
static const double slack = 1e-9;   /* of a unit: a tic that is nearly there */

void scale_meet(struct scale *scale, struct value value)
{
    if (!value_there(value))
        return;
    if (!scale->met || value.number < scale->low.number)
        scale->low = value;
    if (!scale->met || value.number > scale->high.number)
        scale->high = value;
    scale->met = true;
}

void scale_merge(struct scale *scale, const struct scale *other)
{
    if (!other->met)
        return;
    scale_meet(scale, other->low);
    scale_meet(scale, other->high);
}

/* Of a unit, in a form that is exact for small powers. */
static double in_units(const struct scale *scale, double number)
{
    double size = pow(10, abs(scale->power));
    return (scale->power < 0 ? number * size : number / size) / scale->unit;
}

/* The tics at or outside of both ends; false where they are not whole numbers. */
static bool set_ends(struct scale *scale)
{
    double first = floor(in_units(scale, scale->low.number) + slack);
    double last = ceil(in_units(scale, scale->high.number) - slack);
    if (!(fabs(first) < largest && fabs(last) < largest))
        return false;
    scale->first = (int64_t)first;
    scale->last = (int64_t)last;
    if (scale->first == scale->last)
        scale->last++;
    return true;
}

static void next_unit(struct scale *scale)
{
    scale->power += scale->unit == 5;
    scale->unit = scale->unit == 1 ? 2 : scale->unit == 2 ? 5 : 1;
}

void scale_plan(struct scale *scale, int tics)
{
    if (!scale->met)
        scale_meet(scale, value_whole(0));
    double span = scale->high.number - scale->low.number;
    if (!(span > 0))
        span = scale->high.number != 0 ? fabs(scale->high.number) : 1;
    if (!(span < HUGE_VAL))
        span = fmax(fabs(scale->high.number), fabs(scale->low.number));
    scale->unit = 1;
    scale->power = (int)floor(log10(span)) - 2;
    if (scale->power < -290)
        scale->power = -290;
    while (!set_ends(scale) ||
           scale->last - scale->first >= (tics > TICS_LEAST ? tics : TICS_LEAST))
        next_unit(scale);
}

const char *scale_tic(char *text, const struct scale *scale, int64_t tic)
{
    int64_t units = tic * scale->unit;
    int power = scale->power;
    if (power < -PLAIN_POWER || power > PLAIN_POWER) {
        snprintf(text, SCALE_ROOM, units == 0 ? "0" : "%llde%d", (long long)units, power);
        return text;
    }
    struct decimal value = {units, power < 0 ? (unsigned)-power : 0};
    if (power > 0)
        value.units *= decimal_power((unsigned)power);
    text[decimal_print(text, value)] = '\0';
    return text;
}

int scale_place(const struct scale *scale, struct value value, int length)
{
    double at = (in_units(scale, value.number) - (double)scale->first) /
                (double)(scale->last - scale->first);
    return (int)lround(fmin(fmax(at, 0), 1) * length);
}
