#include "number/counts.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"

bool counts_widen(struct counts *c, int64_t bin)
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

void counts_merge(struct counts *c, const struct counts *from)
{
    for (size_t i = 0; i < BESIDE; i++)
        c->beside[i] += from->beside[i];
    for (size_t i = 0; i < from->count; i++)
        c->n[from->first + (int64_t)i - c->first] += from->n[i];
}

uint64_t counts_in(const struct counts *c, int64_t bin)
{
    bool held = bin >= c->first && bin < c->first + (int64_t)c->count;
    return held ? c->n[bin - c->first] : 0;
}

void counts_free(struct counts *counts)
{
    free(counts->n);
}

/* How many rows a group has is taken to be known. Where few of them are missing, no
 * share may tell how many; nor where the values are all in small cells, as the missing
 * ones are masked with them then. */
static void mask_cells(struct cells *cells, uint64_t k)
{
    size_t missing = cells->count - 1;
    bool large = k == 0, few = cells->counts[missing] > 0 && cells->counts[missing] < k;
    for (size_t i = 0; i < missing; i++)
        large |= cells->counts[i] >= k;
    cells->shared = large && !few;
    size_t count = missing + !cells->shared;
    if (!mask_counts(cells->masks, cells->counts, count, k))
        cells->masks[missing] = MASK_OTHER;
}

struct cells cells_of(const struct counts *c, int64_t first, int64_t last, bool drop_zero,
                      uint64_t k)
{
    size_t bins = (size_t)(last - first);
    struct cells cells = {.counts = heap_take(bins + 4, sizeof *cells.counts),
                          .masks = heap_take(bins + 4, sizeof *cells.masks),
                          .count = bins + 4};
    cells.counts[0] = c->beside[UNDER];
    for (size_t i = 0; i < bins; i++)
        cells.counts[1 + i] = counts_in(c, first + (int64_t)i);
    cells.counts[bins + 1] = c->beside[OVER];
    cells.counts[bins + 2] = drop_zero ? 0 : c->beside[ZERO];
    cells.counts[bins + 3] = c->beside[MISSING];
    for (size_t i = 0; i < bins + 3; i++)
        cells.total += cells.counts[i];
    mask_cells(&cells, k);
    return cells;
}

void cells_free(struct cells *cells)
{
    free(cells->counts);
    free(cells->masks);
}
