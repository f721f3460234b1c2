#include "number/extreme.h"

#include <math.h>

#include "number/ratio.h"

struct extreme extreme_of(enum extreme_side side, struct studentised t)
{
    if (isnan(t.t))
        return (struct extreme){INFINITY, INFINITY};
    double value = side == EXTREME_TWO_SIDED ? fabs(t.t) : side == EXTREME_LESS ? -t.t : t.t;
    return (struct extreme){value - t.error, value + t.error};
}

struct extreme extreme_lowest(void)
{
    return (struct extreme){-INFINITY, -INFINITY};
}

struct extreme extreme_larger(struct extreme a, struct extreme b)
{
    return (struct extreme){a.least > b.least ? a.least : b.least,
                            a.most > b.most ? a.most : b.most};
}

enum extreme_verdict extreme_compare(struct extreme t, struct extreme observed)
{
    if (t.least >= observed.most)
        return EXTREME_REACHED;
    return t.most < observed.least ? EXTREME_BELOW : EXTREME_UNCLEAR;
}

/* The sign, once it is turned. */
static int turned(enum extreme_side side, struct studentised_exact t)
{
    return side == EXTREME_TWO_SIDED ? t.sign != 0 : side == EXTREME_LESS ? -t.sign : t.sign;
}

bool extreme_reaches(struct arena *arena, enum extreme_side side, struct studentised_exact t,
                     struct studentised_exact observed)
{
    if (!t.exists)
        return true;
    int sign = turned(side, t), other = turned(side, observed);
    if (sign != other)
        return sign > other;
    return sign * ratio_compare(arena, t.square, observed.square) >= 0;
}
