#include "number/bins.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"

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

bool bins_find(const struct bins *bins, struct decimal value, struct bins_class *class)
{
    struct decimal distance;
    *class = (struct bins_class){BINS_INSIDE, 0};
    if (value.units == 0)
        class->kind = BINS_ZERO;
    else if (bins->has_from && decimal_compare(value, bins->from) < 0)
        class->kind = BINS_UNDER;
    else if (bins->has_to && decimal_compare(value, bins->to) >= 0)
        class->kind = BINS_OVER;
    else if (bins->breaks != NULL)
        class->bin = find_break(bins, value);
    else
        return decimal_add(value, decimal_negate(bins->from), &distance) &&
               decimal_floor(distance, bins->width, &class->bin);
    return true;
}

struct bins bins_between(struct decimal *breaks, size_t count)
{
    return (struct bins){.from = breaks[0],
                         .to = breaks[count - 1],
                         .has_from = true,
                         .has_to = true,
                         .count = (int64_t)count - 1,
                         .breaks = breaks};
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

bool bins_widen(struct bins_counts *c, int64_t bin)
{
    int64_t first = c->count == 0 || bin < c->first ? bin : c->first;
    int64_t last = c->count == 0 || bin >= c->first + (int64_t)c->count
                       ? bin + 1
                       : c->first + (int64_t)c->count;
    if (last - first > BINS_MOST)
        return false;
    size_t count = (size_t)(last - first), shift = c->count == 0 ? 0 : (size_t)(c->first - first);
    c->n = heap_grow(c->n, &c->room, count, sizeof *c->n);
    memmove(c->n + shift, c->n, c->count * sizeof *c->n);
    memset(c->n, 0, shift * sizeof *c->n);
    memset(c->n + shift + c->count, 0, (count - shift - c->count) * sizeof *c->n);
    c->first = first;
    c->count = count;
    return true;
}

void bins_merge(struct bins_counts *c, const struct bins_counts *from)
{
    for (size_t i = 0; i < BINS_INSIDE; i++)
        c->beside[i] += from->beside[i];
    for (size_t i = 0; i < from->count; i++)
        c->n[from->first + (int64_t)i - c->first] += from->n[i];
}

/* How many there are in a bin. */
static uint64_t count_in(const struct bins_counts *c, int64_t bin)
{
    bool held = bin >= c->first && bin < c->first + (int64_t)c->count;
    return held ? c->n[bin - c->first] : 0;
}

void bins_free(struct bins_counts *counts)
{
    free(counts->n);
}

/* The number of a group's rows is taken to be known. So where few are missing, no share
 * may tell how many. Nor may one where all values lie in small cells, as the missing
 * ones are masked with them. */
static void mask_shown(struct bins_shown *shown, uint64_t k)
{
    size_t missing = shown->count - 1;
    bool large = k == 0, few = shown->counts[missing] > 0 && shown->counts[missing] < k;
    for (size_t i = 0; i < missing; i++)
        large |= shown->counts[i] >= k;
    shown->shared = large && !few;
    size_t count = missing + !shown->shared;
    if (!mask_counts(shown->masks, shown->counts, count, k))
        shown->masks[missing] = MASK_OTHER;
}

struct bins_shown bins_show(const struct bins_counts *c, int64_t first, int64_t last,
                            bool drop_zero, uint64_t k)
{
    size_t bins = (size_t)(last - first);
    struct bins_shown shown = {.counts = heap_take(bins + 4, sizeof *shown.counts),
                               .masks = heap_take(bins + 4, sizeof *shown.masks),
                               .count = bins + 4};
    shown.counts[0] = c->beside[BINS_UNDER];
    for (size_t i = 0; i < bins; i++)
        shown.counts[1 + i] = count_in(c, first + (int64_t)i);
    shown.counts[bins + 1] = c->beside[BINS_OVER];
    shown.counts[bins + 2] = drop_zero ? 0 : c->beside[BINS_ZERO];
    shown.counts[bins + 3] = c->beside[BINS_MISSING];
    for (size_t i = 0; i < bins + 3; i++)
        shown.total += shown.counts[i];
    mask_shown(&shown, k);
    return shown;
}

void bins_shown_free(struct bins_shown *shown)
{
    free(shown->counts);
    free(shown->masks);
}
