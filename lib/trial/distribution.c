#include "trial/distribution.h"

#include <stdlib.h>

#include "base/heap.h"
#include "base/message.h"
#include "base/slice.h"
#include "number/decimal.h"
#include "stream/rows.h"
#include "stream/sink.h"
#include "stream/table.h"

/* What a thread holds; a register holds few different short cells. */
enum { KNOWN = 512 };
struct part {
    struct distribution own;
    uint64_t words[KNOWN];
    struct bins_class known[KNOWN]; /* what short cells count as: see cell_known */
};

struct distribution distribution_begin(const struct bins *bins, struct keys keys, size_t value,
                                       bool comma)
{
    return (struct distribution){
        .bins = bins, .keys = keys, .value = value, .numbers.comma = comma};
}

/* The counts of that number; those of no value where it is new. */
static struct bins_counts *counts_of(struct distribution *d, size_t number, bool fresh)
{
    if (fresh) {
        d->counts = heap_grow(d->counts, &d->room, number + 1, sizeof *d->counts);
        d->counts[number] = (struct bins_counts){0};
    }
    return &d->counts[number];
}

static struct bins_counts *counts_of_row(struct distribution *d, const struct table *row)
{
    size_t number;
    bool fresh = keys_of_row(&d->keys, row, &number);
    return counts_of(d, number, fresh);
}

static struct bins_class find_value(struct distribution *d, const struct table *row)
{
    struct decimal value;
    struct bins_class class = {BINS_MISSING, 0};
    if (cell_decimal(&d->numbers, row, d->value, &value) && !bins_find(d->bins, value, &class))
        fail_at(table_place(row, d->value),
                "a value too far from 0 for bins of this width; see --from and --to");
    return class;
}

/* The same, from memory where the cell is short. */
static struct bins_class find_cell(struct part *part, const struct table *row)
{
    size_t at;
    struct slice cell = table_cell(row, part->own.value);
    if (cell_known(part->words, KNOWN, cell, &at))
        return part->known[at];
    struct bins_class class = find_value(&part->own, row);
    if (at != CELL_LONG) {
        part->words[at] = cell_word(cell);
        part->known[at] = class;
    }
    return class;
}

static void widen(const struct distribution *d, struct bins_counts *counts, const struct table *row,
                  int64_t bin)
{
    if (!bins_widen(counts, bin))
        fail_at(table_place(row, d->value),
                "more than %d bins; choose a larger --width, or bound the bins by --from and --to",
                BINS_MOST);
}

static void begin(void *part, const void *context)
{
    const struct distribution *all = context;
    ((struct part *)part)->own =
        distribution_begin(all->bins, keys_like(&all->keys), all->value, all->numbers.comma);
}

/* The owner meets each row that widens its part's bins, as he holds those of all. */
static enum rows_verdict take(void *context, const struct table *row, struct sink *out)
{
    struct part *part = context;
    struct bins_counts *counts = counts_of_row(&part->own, row);
    struct bins_class class = find_cell(part, row);
    (void)out;
    if (bins_count(counts, class))
        return ROWS_TAKEN;
    widen(&part->own, counts, row, class.bin);
    return ROWS_MEET;
}

static void meet(void *context, struct table *row)
{
    struct distribution *all = context;
    struct bins_class class = find_value(all, row);
    widen(all, counts_of_row(all, row), row, class.bin);
}

static void merge(void *context, void *part)
{
    struct distribution *all = context;
    const struct distribution *own = &((struct part *)part)->own;
    for (size_t i = 0; i < keys_count(&own->keys); i++) {
        size_t number;
        bool fresh = keys_add(&all->keys, &own->keys, i, &number);
        bins_merge(counts_of(all, number, fresh), &own->counts[i]);
    }
}

static void free_part(void *part)
{
    distribution_free(&((struct part *)part)->own);
}

/* The bins of the whole table: those given, else those that hold a value. */
static void bound_bins(struct distribution *d)
{
    const struct bins *bins = d->bins;
    bool begun = bins->has_from || bins->has_to;
    d->last = bins->count;
    d->first = bins->has_from ? 0 : d->last;
    for (size_t i = 0; i < keys_count(&d->keys); i++) {
        const struct bins_counts *c = &d->counts[i];
        int64_t last = c->first + (int64_t)c->count;
        if (c->count == 0)
            continue;
        if (!bins->has_from && (!begun || c->first < d->first))
            d->first = c->first;
        if (!bins->has_to && (!begun || last > d->last))
            d->last = last;
        begun = true;
    }
    if (d->last - d->first > BINS_MOST)
        fail("more than %d bins; choose a larger --width, or bound the bins by --from and --to",
             BINS_MOST);
}

void distribution_rows(struct distribution *all, struct table *table)
{
    rows_read(table, &(struct rows_work){.context = all,
                                         .part_size = sizeof(struct part),
                                         .begin = begin,
                                         .take = take,
                                         .meet = meet,
                                         .merge = merge,
                                         .free = free_part});
    bound_bins(all);
}

void distribution_free(struct distribution *d)
{
    for (size_t i = 0; i < keys_count(&d->keys); i++)
        bins_free(&d->counts[i]);
    free(d->counts);
    keys_free(&d->keys);
}
