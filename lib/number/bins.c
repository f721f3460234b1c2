#include "number/bins.h"

enum bins_verdict bins_plan(struct bins *bins)
{
    struct decimal length, whole;
    if (bins->width.units <= 0)
        return BINS_NO_WIDTH;
    if (!bins->has_to)
        return BINS_GOOD;
    if (!decimal_add(bins->to, decimal_negate(bins->from), &length) ||
        !decimal_floor(length, bins->width, &bins->count))
        return BINS_TOO_MANY;
    if (!decimal_multiply(bins->width, (struct decimal){bins->count, 0}, &whole) ||
        decimal_compare(whole, length) != 0)
        return BINS_NOT_WHOLE;
    if (bins->has_from && bins->count <= 0)
        return BINS_NOT_ABOVE;
    return bins->has_from && bins->count > BINS_MOST ? BINS_TOO_MANY : BINS_GOOD;
}

/* The last break at or below the value, which lies between the first and last. */
static int64_t find_break(const struct bins *bins, struct decimal value)
{
    int64_t low = 0, high = bins->count;
    while (high - low > 1) {
        int64_t middle = low + (high - low) / 2;
        if (decimal_compare(value, bins->breaks[middle]) < 0)
            high = middle;
        else
            low = middle;
    }
    return low;
}

enum bins_place bins_find(const struct bins *bins, struct decimal value, int64_t *bin)
{
    struct decimal distance;
    if (bins->has_from && decimal_compare(value, bins->from) < 0)
        return BINS_UNDER;
    if (bins->has_to && decimal_compare(value, bins->to) >= 0)
        return BINS_OVER;
    if (bins->breaks != NULL) {
        *bin = find_break(bins, value);
        return BINS_INSIDE;
    }
    if (!decimal_add(value, decimal_negate(bins->from), &distance) ||
        !decimal_floor(distance, bins->width, bin))
        return BINS_TOO_FAR;
    return BINS_INSIDE;
}

bool bins_bound(const struct bins *bins, int64_t bin, struct decimal *bound)
{
    if (bins->breaks != NULL) {
        *bound = bins->breaks[bin];
        return true;
    }
    return decimal_multiply(bins->width, (struct decimal){bin, 0}, bound) &&
           decimal_add(*bound, bins->from, bound);
}
