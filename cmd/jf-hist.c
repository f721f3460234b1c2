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
#include "number/counts.h"
#include "base/heap.h"
#include "trial/keys.h"
#include "base/option.h"
#include "number/real.h"

enum { DIGITS_ALL = 99 };

static struct {
    struct common common;
    const char *outcome, *width, *from, *to;
    struct list by, breaks;
    bool drop_zero;
    uint64_t min_cell, digits;
} opt = {.common.level = SINK_BY_NAME,
         .outcome = "hours",
         .by = {.items = (struct slice[]){{"arm", 3}}, .count = 1},
         .digits = DIGITS_ALL};

static const struct option_row rows[] = {
    {OPTION_TEXT, 'y', "outcome", "COL", "the values (default hours)", &opt.outcome, NULL, 0, 0, 0},
    {OPTION_LIST, 0, "by", "COLS", "a distribution for each value (default arm)", &opt.by, NULL, 0,
     0, 0},
    {OPTION_TEXT, 0, "width", "W", "bins of this width", &opt.width, NULL, 0, 0, 0},
    {OPTION_TEXT, 0, "from", "A", "the first bin begins here", &opt.from, NULL, 0, 0, 0},
    {OPTION_TEXT, 0, "to", "B", "the last bin ends here", &opt.to, NULL, 0, 0, 0},
    {OPTION_LIST, 0, "breaks", "LIST", "bins between these numbers, ascending", &opt.breaks, NULL,
     0, 0, 0},
    {OPTION_FLAG, 0, "drop-zero", NULL, "leave values of 0 out", &opt.drop_zero, NULL, 0, 0, 0},
    {OPTION_WHOLE, 0, "min-cell", "K", "mask counts from 1 to K-1", &opt.min_cell, NULL, 1, 1000000,
     0},
    {OPTION_WHOLE, 0, "digits", "N", "round shares to N decimals", &opt.digits, NULL, 0, 15, 0},
    {.kind = OPTION_END},
};

static const struct option_program program = {
    .usage = "(--width W | --breaks LIST) [OPTION]... [FILE]...",
    .purpose = "Count how the values of each arm are distributed.",
    .rows = rows,
    .common = &opt.common,
};

/* What short cells count as; a register holds few different ones. */
struct known {
    bool used;
    uint64_t word; /* see cell_word */
    struct where where;
};

struct hist {
    struct table table;
    struct sink out;
    size_t outcome; /* slot */
    struct numbers numbers;
    struct known known[NUMBERS_KNOWN];
    struct bins bins;
    struct keys keys;
    struct counts *groups; /* by number of their key */
    size_t room;
    int64_t first, last; /* bins of all groups: first to last - 1 */
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
    h->numbers.comma = opt.common.decimal_comma;
    h->keys.count = opt.by.count;
    h->keys.slots = heap_take(opt.by.count, sizeof *h->keys.slots);
    table_want_names(t, opt.by.items, opt.by.count, h->keys.slots);
    h->outcome = table_want_name(t, slice_of(opt.outcome));
}

static struct counts *group_of_row(struct hist *h)
{
    size_t count = h->keys.names.count;
    size_t number = keys_of_row(&h->keys, &h->table);
    if (number == count) {
        h->groups = heap_grow(h->groups, &h->room, count + 1, sizeof *h->groups);
        h->groups[number] = (struct counts){0};
    }
    return &h->groups[number];
}

static struct where find_bin(struct hist *h, struct decimal value)
{
    int64_t bin = 0;
    switch (bins_find(&h->bins, value, &bin)) {
    case BINS_UNDER:
        return (struct where){UNDER, 0};
    case BINS_OVER:
        return (struct where){OVER, 0};
    case BINS_INSIDE:
        return (struct where){INSIDE, bin};
    case BINS_TOO_FAR:
        break;
    }
    fail_at(table_place(&h->table, h->outcome),
            "a value too far from 0 for bins of this width; see --from and --to");
}

static struct where find_value(struct hist *h)
{
    struct decimal value;
    if (!cell_decimal(&h->numbers, &h->table, h->outcome, &value))
        return (struct where){MISSING, 0};
    if (value.units == 0)
        return (struct where){ZERO, 0};
    return find_bin(h, value);
}

/* The same, from memory where the cell is short. */
static struct where find_cell(struct hist *h)
{
    struct slice cell = table_cell(&h->table, h->outcome);
    if (cell.length > NUMBERS_WORD)
        return find_value(h);
    uint64_t word = cell_word(cell);
    struct known *known = &h->known[cell_place(word, NUMBERS_KNOWN)];
    if (!known->used || known->word != word)
        *known = (struct known){true, word, find_value(h)};
    return known->where;
}

static void take_row(struct hist *h)
{
    if (!counts_add(group_of_row(h), find_cell(h)))
        fail_at(table_place(&h->table, h->outcome),
                "more than %d bins; choose a larger --width, or bound the bins by --from and --to",
                BINS_MOST);
}

/* The bins of the whole table: those given, else those that hold a value. */
static void settle_bins(struct hist *h)
{
    const struct bins *bins = &h->bins;
    bool begun = bins->has_from || bins->has_to;
    h->last = bins->count;
    h->first = bins->has_from ? 0 : h->last;
    for (size_t i = 0; i < h->keys.names.count; i++) {
        const struct counts *c = &h->groups[i];
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
    size_t length = opt.digits == DIGITS_ALL
                        ? real_print(text, share)
                        : real_print_decimals(text, share, (unsigned)opt.digits);
    sink_cell(&h->out, (struct slice){text, length});
}

/* low and high are already written. */
static void end_row(struct hist *h, const struct cells *cells, size_t cell)
{
    bool shared = cells->shared && cells->masks[cell] == MASK_NONE && cell + 1 < cells->count &&
                  cells->total > 0;
    cell_put_count(&h->out, cells->counts[cell], cells->masks[cell], opt.min_cell);
    put_share(h, shared ? (double)cells->counts[cell] / (double)cells->total : NAN);
    sink_row(&h->out);
}

static void begin_row(struct hist *h, size_t group)
{
    if (opt.by.count > 0)
        sink_cell(&h->out, keys_cells(&h->keys, group));
}

/* A row whose bounds are words. */
static void write_row(struct hist *h, size_t group, const char *low, const char *high,
                      const struct cells *cells, size_t cell)
{
    begin_row(h, group);
    sink_text(&h->out, low);
    sink_text(&h->out, high);
    end_row(h, cells, cell);
}

static void write_group(struct hist *h, size_t group)
{
    struct cells cells =
        cells_of(&h->groups[group], h->first, h->last, opt.drop_zero, opt.min_cell);
    size_t bins = cells.count - 4;
    begin_row(h, group);
    sink_text(&h->out, "-Inf");
    put_bound(h, h->first);
    end_row(h, &cells, 0);
    for (size_t i = 0; i < bins; i++) {
        begin_row(h, group);
        put_bound(h, h->first + (int64_t)i);
        put_bound(h, h->first + (int64_t)i + 1);
        end_row(h, &cells, 1 + i);
    }
    begin_row(h, group);
    put_bound(h, h->last);
    sink_text(&h->out, "Inf");
    end_row(h, &cells, bins + 1);
    if (!opt.drop_zero)
        write_row(h, group, "0", "0", &cells, bins + 2);
    write_row(h, group, "NA", "NA", &cells, bins + 3);
    cells_free(&cells);
}

static void write_header(struct hist *h)
{
    static const char *const own[] = {"low", "high", "n", "share"};
    struct slice *names = heap_take(opt.by.count + 4, sizeof *names);
    for (size_t i = 0; i < opt.by.count; i++)
        names[i] = table_name(&h->table, h->keys.slots[i]);
    for (size_t i = 0; i < 4; i++)
        names[opt.by.count + i] = slice_of(own[i]);
    sink_header(&h->out, names, opt.by.count + 4);
    free(names);
}

static void write_groups(struct hist *h)
{
    size_t *order = map_order(&h->keys.names);
    settle_bins(h);
    write_header(h);
    for (size_t i = 0; i < h->keys.names.count; i++)
        write_group(h, order[i]);
    free(order);
}

static void close_all(struct hist *h)
{
    sink_close(&h->out);
    table_close(&h->table);
    for (size_t i = 0; i < h->keys.names.count; i++)
        counts_free(&h->groups[i]);
    free(h->groups);
    keys_free(&h->keys);
    free(h->bins.breaks);
}

int main(int argc, char **argv)
{
    struct hist h = {0};
    message_begin("jf-hist");
    int first = option_parse(&program, argc, argv);
    plan_bins(&h);
    sink_open(&h.out, opt.common.output, opt.common.level, opt.common.threads);
    sink_hold(&h.out);
    table_open(&h.table, argv + first, (size_t)(argc - first), &opt.common);
    plan_columns(&h);
    while (table_next(&h.table))
        take_row(&h);
    write_groups(&h);
    close_all(&h);
    return message_end();
}
