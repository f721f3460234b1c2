#include "trial/distribution.h"

#include <stdlib.h>

#include "base/heap.h"
#include "base/message.h"
#include "base/slice.h"
#include "number/decimal.h"
#include "stream/rows.h"
#include "stream/sink.h"
#include "stream/table.h"
#include "trial/watch.h"

/* What a thread holds; a register holds few different short cells. */
enum { KNOWN = 512 };
struct part {
    struct distribution own;
    uint64_t words[KNOWN];
    struct bins_class known[KNOWN]; /* what short cells count as: see cell_known */
    struct watch_part watch;
};

struct distribution distribution_begin(const struct bins *bins, struct keys keys,
                                       struct persons *persons, size_t value, bool comma)
{
    return (struct distribution){.bins = bins,
                                 .keys = keys,
                                 .persons = persons,
                                 .labels = heap_take(keys.count, sizeof(struct labels)),
                                 .value = value,
                                 .numbers.comma = comma};
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

static inline struct bins_counts *counts_of_row(struct distribution *d, const struct table *row,
                                                bool *fresh)
{
    size_t number;
    *fresh = keys_of_row(&d->keys, row, &number);
    return counts_of(d, number, *fresh);
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
    struct part *own = part;
    own->own = distribution_begin(all->bins, keys_like(&all->keys), all->persons, all->value,
                                  all->numbers.comma);
    watch_begin(&own->watch, &all->persons->watch);
}

/* The owner meets each row of a key that is new to its part, or that widens its bins, as he
 * holds the labels and the bins of all. */
static enum rows_verdict take(void *context, const struct table *row, struct sink *out)
{
    struct part *part = context;
    struct keys *keys = &part->own.keys;
    bool fresh;
    struct bins_counts *counts = counts_of_row(&part->own, row, &fresh);
    struct bins_class class = find_cell(part, row);
    (void)out;
    if (!fresh && bins_count(counts, class)) {
        persons_take(part->own.persons, &part->watch, row, keys->last);
        return ROWS_TAKEN;
    }
    if (fresh)
        persons_add_key(part->own.persons, &part->watch, keys_cells(keys, keys->last));
    if (class.kind == BINS_INSIDE)
        widen(&part->own, counts, row, class.bin);
    return ROWS_MEET;
}

static void check_labels(struct distribution *all, const struct table *row)
{
    for (size_t i = 0; i < all->keys.count; i++)
        labels_check(&all->labels[i], row, all->keys.slots[i], "key");
}

static void meet(void *context, struct table *row)
{
    struct distribution *all = context;
    struct bins_class class = find_value(all, row);
    bool fresh;
    struct bins_counts *counts = counts_of_row(all, row, &fresh);
    check_labels(all, row);
    if (class.kind == BINS_INSIDE)
        widen(all, counts, row, class.bin);
}

static void cut(void *part)
{
    watch_cut(&((struct part *)part)->watch);
}

static void hold(void *part)
{
    watch_hold(&((struct part *)part)->watch);
}

static void seam(void *context, const struct table *row, bool first)
{
    persons_seam(((struct distribution *)context)->persons, row, first);
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
    watch_end(&((struct part *)part)->watch);
}

static void free_part(void *part)
{
    distribution_free(&((struct part *)part)->own);
    watch_drop(&((struct part *)part)->watch);
}

/* It is an error if somebody stands twice in a key. */
static void check_persons(const struct distribution *d)
{
    if (!persons_twice(d->persons))
        return;
    size_t *order = keys_order(&d->keys);
    for (size_t i = 0; i < keys_count(&d->keys); i++)
        persons_name(d->persons, keys_cells(&d->keys, order[i]));
    persons_fail(d->persons);
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

/* Each row is counted once. */
static uint64_t count_rows(const struct distribution *d)
{
    uint64_t rows = 0;
    for (size_t i = 0; i < keys_count(&d->keys); i++)
        rows += bins_total(&d->counts[i]);
    return rows;
}

uint64_t distribution_rows(struct distribution *all, struct table *table)
{
    rows_read(table, &(struct rows_work){.context = all,
                                         .part_size = sizeof(struct part),
                                         .begin = begin,
                                         .take = take,
                                         .meet = meet,
                                         .cut = cut,
                                         .hold = hold,
                                         .seam = all->persons->id != TABLE_NONE ? seam : NULL,
                                         .merge = merge,
                                         .free = free_part});
    check_persons(all);
    bound_bins(all);
    return count_rows(all);
}

struct slice distribution_add(struct distribution *d, const struct table *row,
                              struct bins_class class, uint64_t n)
{
    bool fresh;
    struct bins_counts *counts = counts_of_row(d, row, &fresh);
    if (fresh)
        check_labels(d, row);
    if (class.kind == BINS_INSIDE)
        widen(d, counts, row, class.bin);
    bins_count_many(counts, class, n);
    return keys_cells(&d->keys, d->keys.last);
}

void distribution_end(struct distribution *d)
{
    bound_bins(d);
}

void distribution_free(struct distribution *d)
{
    for (size_t i = 0; i < keys_count(&d->keys); i++)
        bins_free(&d->counts[i]);
    free(d->counts);
    for (size_t i = 0; i < d->keys.count; i++)
        labels_free(&d->labels[i]);
    free(d->labels);
    keys_free(&d->keys);
}
