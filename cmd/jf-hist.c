/*
 * jf-hist - the distribution.
 *
 * Counts values in bins [low, high), by group, in exact decimals: a value on a
 * break is never on the wrong side of it. Zero is counted by itself, as are
 * values outside the bins and missing ones, so that the counts of a group add
 * up to its rows.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "number/bins.h"
#include "trial/cell.h"
#include "base/heap.h"
#include "base/message.h"
#include "stream/rows.h"
#include "trial/keys.h"
#include "base/option.h"
#include "number/real.h"

static struct {
    struct common common;
    const char *outcome, *width, *from, *to;
    struct list by, breaks;
    bool drop_zero;
    struct whole min_cell, digits;
} opt = {.outcome = "hours", .by = {.items = (struct slice[]){{"arm", 3}}, .count = 1}};

static const struct option_row rows[] = {
    OPTION_TEXT('y', "outcome", "COL", &opt.outcome, "the values (default hours)"),
    OPTION_LIST(0, "by", "COLS", &opt.by, "a distribution for each value (default arm)"),
    OPTION_TEXT(0, "width", "W", &opt.width, "bins of this width"),
    OPTION_TEXT(0, "from", "A", &opt.from, "the first bin begins here"),
    OPTION_TEXT(0, "to", "B", &opt.to, "the last bin ends here"),
    OPTION_LIST(0, "breaks", "LIST", &opt.breaks, "bins between these numbers, ascending"),
    OPTION_FLAG(0, "drop-zero", &opt.drop_zero, "leave values of 0 out"),
    OPTION_WHOLE(0, "min-cell", "K", 1, 1000000, &opt.min_cell, "mask counts from 1 to K-1"),
    OPTION_WHOLE(0, "digits", "N", 0, 15, &opt.digits, "round shares to N decimals"),
    OPTION_END,
};

static const struct option_program program = {
    .usage = "(--width W | --breaks LIST) [OPTION]... [FILE]...",
    .purpose = "Count how the values of each arm are distributed.",
    .rows = rows,
    .common = &opt.common,
};

/* The counts of groups, by number of their key. */
struct tallies {
    struct keys keys;
    struct bins_counts *counts;
    size_t room;
};

struct hist {
    struct table table;
    struct sink out;
    size_t outcome; /* slot */
    size_t *by;     /* slots */
    struct bins bins;
    struct numbers numbers; /* of the owner, and all that he was told */
    struct tallies all;
    int64_t first, last; /* bins of all groups: first to last - 1 */
};

/* What a thread holds; a register holds few different short cells. */
enum { KNOWN = 512 };
struct part {
    const struct hist *hist;
    struct tallies tallies;
    struct numbers numbers;
    uint64_t words[KNOWN];
    struct bins_class known[KNOWN]; /* what short cells count as: see cell_known */
};

static void plan_width(struct bins *bins)
{
    bins->width = cell_option("width", slice_of(opt.width));
    bins->has_from = opt.from != NULL;
    bins->has_to = opt.to != NULL;
    if (bins->has_from)
        bins->from = cell_option("from", slice_of(opt.from));
    if (bins->has_to)
        bins->to = cell_option("to", slice_of(opt.to));
    switch (bins_plan(bins)) {
    case BINS_GOOD:
        break;
    case BINS_NO_WIDTH:
        misuse("--width: a number above 0 was expected, not %s", quoted_text(opt.width));
    case BINS_NOT_ABOVE:
        misuse("--to %s is not above --from %s", opt.to, opt.from);
    case BINS_NOT_WHOLE:
        misuse("--to %s is not a whole number of widths away", opt.to);
    case BINS_TOO_MANY:
        misuse("more than %d bins; choose a larger --width", BINS_MOST);
    }
}

static void plan_breaks(struct bins *bins)
{
    size_t count = opt.breaks.count;
    if (count < 2)
        misuse("--breaks: two numbers at least");
    bins->breaks = heap_take(count, sizeof *bins->breaks);
    for (size_t i = 0; i < count; i++) {
        bins->breaks[i] = cell_option("breaks", opt.breaks.items[i]);
        if (i > 0 && decimal_compare(bins->breaks[i - 1], bins->breaks[i]) >= 0)
            misuse("--breaks: %s does not ascend", quoted(opt.breaks.items[i]));
    }
    bins->has_from = bins->has_to = true;
    bins->from = bins->breaks[0];
    bins->to = bins->breaks[count - 1];
    bins->count = (int64_t)count - 1;
}

static void plan_bins(struct hist *h)
{
    if ((opt.width != NULL) == opt.breaks.given)
        misuse("give the bins by --width W or by --breaks LIST");
    if (opt.breaks.given && (opt.from != NULL || opt.to != NULL))
        misuse("--from and --to go with --width");
    if (opt.breaks.given)
        plan_breaks(&h->bins);
    else
        plan_width(&h->bins);
}

static void plan_columns(struct hist *h)
{
    struct table *t = &h->table;
    h->by = heap_take(opt.by.count, sizeof *h->by);
    table_want_names(t, opt.by.items, opt.by.count, h->by);
    h->outcome = table_want_name(t, slice_of(opt.outcome));
    h->all.keys = keys_begin(h->by, opt.by.count);
    h->numbers.comma = opt.common.decimal_comma;
}

/* The counts of that number, of which the last may be new. */
static struct bins_counts *counts_of(struct tallies *tallies, size_t number, size_t count)
{
    if (number == count) {
        tallies->counts =
            heap_grow(tallies->counts, &tallies->room, count + 1, sizeof *tallies->counts);
        tallies->counts[number] = (struct bins_counts){0};
    }
    return &tallies->counts[number];
}

static struct bins_counts *counts_of_row(struct tallies *tallies, const struct table *row)
{
    size_t count = tallies->keys.names.count;
    return counts_of(tallies, keys_of_row(&tallies->keys, row), count);
}

static struct bins_class find_value(const struct hist *h, struct numbers *numbers,
                                    const struct table *row)
{
    struct decimal value;
    struct bins_class class = {BINS_MISSING, 0};
    if (cell_decimal(numbers, row, h->outcome, &value) && !bins_find(&h->bins, value, &class))
        fail_at(table_place(row, h->outcome),
                "a value too far from 0 for bins of this width; see --from and --to");
    return class;
}

/* The same, from memory where the cell is short. */
static struct bins_class find_cell(struct part *part, const struct table *row)
{
    size_t at;
    struct slice cell = table_cell(row, part->hist->outcome);
    if (cell_known(part->words, KNOWN, cell, &at))
        return part->known[at];
    struct bins_class class = find_value(part->hist, &part->numbers, row);
    if (at != CELL_LONG) {
        part->words[at] = cell_word(cell);
        part->known[at] = class;
    }
    return class;
}

static void *begin(const void *context)
{
    const struct hist *h = context;
    struct part *part = heap_apart(1, sizeof *part);
    part->hist = h;
    part->numbers.comma = opt.common.decimal_comma;
    part->tallies.keys = keys_begin(h->by, opt.by.count);
    return part;
}

static void widen(struct bins_counts *counts, const struct hist *h, const struct table *row,
                  int64_t bin)
{
    if (!bins_widen(counts, bin))
        fail_at(table_place(row, h->outcome),
                "more than %d bins; choose a larger --width, or bound the bins by --from and --to",
                BINS_MOST);
}

/* The owner meets each row that widens its part's bins, as he holds those of all. */
static enum rows_verdict take(void *context, const struct table *row, struct sink *out)
{
    struct part *part = context;
    struct bins_counts *counts = counts_of_row(&part->tallies, row);
    struct bins_class class = find_cell(part, row);
    (void)out;
    if (bins_count(counts, class))
        return ROWS_TAKEN;
    widen(counts, part->hist, row, class.bin);
    return ROWS_MEET;
}

static void meet(void *context, struct table *row)
{
    struct hist *h = context;
    struct bins_class class = find_value(h, &h->numbers, row);
    widen(counts_of_row(&h->all, row), h, row, class.bin);
}

static void merge(void *context, void *part_context)
{
    struct hist *h = context;
    const struct tallies *from = &((struct part *)part_context)->tallies;
    for (size_t i = 0; i < from->keys.names.count; i++) {
        size_t count = h->all.keys.names.count;
        size_t number = map_add(&h->all.keys.names, from->keys.names.keys[i]);
        bins_merge(counts_of(&h->all, number, count), &from->counts[i]);
    }
}

static void free_tallies(struct tallies *tallies)
{
    for (size_t i = 0; i < tallies->keys.names.count; i++)
        bins_free(&tallies->counts[i]);
    free(tallies->counts);
    keys_free(&tallies->keys);
}

static void free_part(void *part)
{
    free_tallies(&((struct part *)part)->tallies);
    free(part);
}

/* The bins of the whole table: those given, else those that hold a value. */
static void bound_bins(struct hist *h)
{
    const struct bins *bins = &h->bins;
    bool begun = bins->has_from || bins->has_to;
    h->last = bins->count;
    h->first = bins->has_from ? 0 : h->last;
    for (size_t i = 0; i < h->all.keys.names.count; i++) {
        const struct bins_counts *c = &h->all.counts[i];
        int64_t last = c->first + (int64_t)c->count;
        if (c->count == 0)
            continue;
        if (!bins->has_from && (!begun || c->first < h->first))
            h->first = c->first;
        if (!bins->has_to && (!begun || last > h->last))
            h->last = last;
        begun = true;
    }
    if (h->last - h->first > BINS_MOST)
        fail("more than %d bins; choose a larger --width, or bound the bins by --from and --to",
             BINS_MOST);
}

static void put_bound(struct hist *h, int64_t bin)
{
    struct decimal bound;
    if (!bins_bound(&h->bins, bin, &bound))
        fail("a bin's bound has more than %d digits; choose a rounder --width", DECIMAL_DIGITS);
    cell_put_decimal(&h->out, bound);
}

static void put_share(struct hist *h, double share)
{
    char text[REAL_ROOM];
    size_t length = !opt.digits.given
                        ? real_print(text, share)
                        : real_print_decimals(text, share, (unsigned)opt.digits.value);
    sink_cell(&h->out, (struct slice){text, length});
}

/* low and high are already written. */
static void end_row(struct hist *h, const struct bins_shown *shown, size_t cell)
{
    bool shared = shown->shared && shown->masks[cell] == MASK_NONE && cell + 1 < shown->count &&
                  shown->total > 0;
    cell_put_count(&h->out, shown->counts[cell], shown->masks[cell], opt.min_cell.value);
    put_share(h, shared ? (double)shown->counts[cell] / (double)shown->total : NAN);
    sink_row(&h->out);
}

static void begin_row(struct hist *h, size_t group)
{
    if (opt.by.count > 0)
        sink_cell(&h->out, keys_cells(&h->all.keys, group));
}

/* A row whose bounds are words. */
static void write_row(struct hist *h, size_t group, const char *low, const char *high,
                      const struct bins_shown *shown, size_t cell)
{
    begin_row(h, group);
    sink_text(&h->out, low);
    sink_text(&h->out, high);
    end_row(h, shown, cell);
}

static void write_group(struct hist *h, size_t group)
{
    struct bins_shown shown =
        bins_show(&h->all.counts[group], h->first, h->last, opt.drop_zero, opt.min_cell.value);
    size_t bins = shown.count - 4;
    begin_row(h, group);
    sink_text(&h->out, "-Inf");
    put_bound(h, h->first);
    end_row(h, &shown, 0);
    for (size_t i = 0; i < bins; i++) {
        begin_row(h, group);
        put_bound(h, h->first + (int64_t)i);
        put_bound(h, h->first + (int64_t)i + 1);
        end_row(h, &shown, 1 + i);
    }
    begin_row(h, group);
    put_bound(h, h->last);
    sink_text(&h->out, "Inf");
    end_row(h, &shown, bins + 1);
    if (!opt.drop_zero)
        write_row(h, group, "0", "0", &shown, bins + 2);
    write_row(h, group, "NA", "NA", &shown, bins + 3);
    bins_shown_free(&shown);
}

static void write_header(struct hist *h)
{
    for (size_t i = 0; i < opt.by.count; i++)
        sink_name(&h->out, table_name(&h->table, h->by[i]));
    sink_words(&h->out, "low high n share");
    sink_header(&h->out);
}

static void write_groups(struct hist *h)
{
    size_t *order = map_order(&h->all.keys.names);
    bound_bins(h);
    write_header(h);
    for (size_t i = 0; i < h->all.keys.names.count; i++)
        write_group(h, order[i]);
    free(order);
}

static void close_all(struct hist *h)
{
    sink_close(&h->out);
    table_close(&h->table);
    free_tallies(&h->all);
    free(h->by);
    free(h->bins.breaks);
}

int main(int argc, char **argv)
{
    struct hist h = {0};
    message_begin("jf-hist");
    int first = option_parse(&program, argc, argv);
    plan_bins(&h);
    sink_open(&h.out, opt.common.output, &opt.common);
    sink_hold(&h.out);
    table_open(&h.table, argv + first, (size_t)(argc - first), &opt.common);
    plan_columns(&h);
    rows_read(&h.table, &(struct rows_work){.context = &h,
                                            .begin = begin,
                                            .take = take,
                                            .meet = meet,
                                            .merge = merge,
                                            .free = free_part});
    write_groups(&h);
    close_all(&h);
    return message_end();
}
