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
    if (value.units == 0 && !bins->zero_inside)
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

/* Whole pages between two bins, `last` not among them. */
static size_t pages_between(int64_t first, int64_t last)
{
    return (size_t)((last - first + BINS_PAGE - 1) / BINS_PAGE);
}

/* Room for the pages of bins first to last - 1; none of them is there yet. */
static void widen_pages(struct bins_counts *c, int64_t first, int64_t last)
{
    int64_t within = first % BINS_PAGE, origin = first - within - (within < 0 ? BINS_PAGE : 0);
    size_t count = pages_between(origin, last);
    size_t shift = c->page_count == 0 ? 0 : pages_between(origin, c->origin);
    if (count == c->page_count && shift == 0)
        return;
    c->pages = heap_grow(c->pages, &c->page_room, count, sizeof(uint64_t *));
    memmove(c->pages + shift, c->pages, c->page_count * sizeof(uint64_t *));
    for (size_t i = 0; i < shift; i++)
        c->pages[i] = NULL;
    for (size_t i = shift + c->page_count; i < count; i++)
        c->pages[i] = NULL;
    c->origin = origin;
    c->page_count = count;
}

bool bins_widen(struct bins_counts *c, int64_t bin)
{
    int64_t end = c->first + (int64_t)c->count;
    int64_t first = c->count == 0 || bin < c->first ? bin : c->first;
    int64_t last = c->count == 0 || bin >= end ? bin + 1 : end;
    if (last - first > BINS_MOST)
        return false;
    widen_pages(c, first, last);
    c->first = first;
    c->count = (size_t)(last - first);
    uint64_t **page = &c->pages[(size_t)(bin - c->origin) / BINS_PAGE];
    if (*page == NULL)
        *page = heap_take(BINS_PAGE, sizeof **page);
    return true;
}

void bins_merge(struct bins_counts *c, const struct bins_counts *from)
{
    for (size_t i = 0; i < BINS_INSIDE; i++)
        c->beside[i] += from->beside[i];
    for (size_t i = 0; i < from->count; i++) {
        int64_t bin = from->first + (int64_t)i;
        const uint64_t *cell = bins_cell(from, bin);
        if (cell != NULL && *cell > 0)
            *bins_cell(c, bin) += *cell;
    }
}

/* How many there are in a bin. */
static uint64_t count_in(const struct bins_counts *c, int64_t bin)
{
    const uint64_t *cell = bins_cell(c, bin);
    return cell != NULL ? *cell : 0;
}

uint64_t bins_total(const struct bins_counts *c)
{
    uint64_t total = 0;
    for (size_t i = 0; i < BINS_INSIDE; i++)
        total += c->beside[i];
    for (size_t i = 0; i < c->page_count; i++)
        for (size_t j = 0; c->pages[i] != NULL && j < BINS_PAGE; j++)
            total += c->pages[i][j];
    return total;
}

void bins_free(struct bins_counts *counts)
{
    for (size_t i = 0; i < counts->page_count; i++)
        free(counts->pages[i]);
    free(counts->pages);
}

/* The number of a group's rows is taken to be known. So where few are missing, no share
 * may tell how many. Nor may one where all values lie in small cells, as the missing
 * ones are masked with them. Zeros that are not shown are masked like those that are; the
 * two shares together would tell how many they are. */
static void mask_shown(struct bins_shown *shown, bool drop_zero, uint64_t k)
{
    size_t missing = shown->count - 1, zero = shown->count - 2;
    bool large = k == 0, few = shown->counts[missing] > 0 && shown->counts[missing] < k;
    for (size_t i = 0; i < missing; i++)
        large |= shown->counts[i] >= k;
    shown->shared = large && !few;
    size_t count = missing + !shown->shared;
    if (!mask_counts(shown->masks, shown->counts, count, k))
        shown->masks[missing] = MASK_OTHER;
    shown->shared_shown = shown->shared && !(drop_zero && shown->masks[zero] != MASK_NONE);
}

struct bins_shown bins_show(const struct bins_counts *c, int64_t first, int64_t last,
                            bool drop_zero, uint64_t k)
{
    size_t bins = (size_t)(last - first), zero = bins + 2;
    struct bins_shown shown = {.counts = heap_take(bins + 4, sizeof *shown.counts),
                               .masks = heap_take(bins + 4, sizeof *shown.masks),
                               .count = bins + 4};
    shown.counts[0] = c->beside[BINS_UNDER];
    for (size_t i = 0; i < bins; i++)
        shown.counts[1 + i] = count_in(c, first + (int64_t)i);
    shown.counts[bins + 1] = c->beside[BINS_OVER];
    shown.counts[zero] = c->beside[BINS_ZERO];
    shown.counts[bins + 3] = c->beside[BINS_MISSING];
    for (size_t i = 0; i <= zero; i++)
        shown.total += shown.counts[i];
    shown.total_shown = shown.total - (drop_zero ? shown.counts[zero] : 0);
    mask_shown(&shown, drop_zero, k);
    return shown;
}

void bins_shown_free(struct bins_shown *shown)
{
    free(shown->counts);
    free(shown->masks);
}
