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

#include "base/heap.h"
#include "base/leave.h"
#include "base/message.h"
#include "base/option.h"
#include "base/slice.h"
#include "number/bins.h"
#include "number/decimal.h"
#include "number/mask.h"
#include "stream/ends.h"
#include "stream/sink.h"
#include "stream/table.h"
#include "trial/binned.h"
#include "trial/cell.h"
#include "trial/distribution.h"
#include "trial/keys.h"
#include "trial/parts.h"
#include "trial/persons.h"

enum { ROWS_MOST = 20000000, ROWS_HELD = 100000 };

static struct {
    struct common common;
    const char *outcome, *width, *from, *to;
    struct list by, breaks;
    bool drop_zero, keep_zero;
    struct whole min_cell, digits;
    struct parts_options parts;
    struct persons_options persons;
} opt = {.outcome = "hours", .by = {.items = (struct slice[]){{"arm", 3}}, .count = 1}};

static const struct option_row rows[] = {
    OPTION_TEXT('y', "outcome", "COL", &opt.outcome, "the values (default hours)"),
    OPTION_NONE_OR_LIST(0, "by", "COLS", &opt.by, "a distribution for each value (default arm)"),
    OPTION_GROUP(persons_options, &persons_model, &opt.persons),
    OPTION_TEXT(0, "width", "W", &opt.width, "bins of this width"),
    OPTION_TEXT(0, "from", "A", &opt.from, "the first bin begins here"),
    OPTION_TEXT(0, "to", "B", &opt.to, "the last bin ends here"),
    OPTION_LIST(0, "breaks", "LIST", &opt.breaks, "bins between these numbers, ascending"),
    OPTION_FLAG(0, "drop-zero", &opt.drop_zero, "show no row of the values of 0"),
    OPTION_FLAG(0, "keep-zero", &opt.keep_zero, "count values of 0 in their bin"),
    OPTION_GROUP(parts_options, &parts_model, &opt.parts),
    OPTION_WHOLE(0, "min-cell", "K", 1, 1000000, &opt.min_cell, "mask counts from 1 to K-1"),
    OPTION_WHOLE(0, "digits", "N", 0, 15, &opt.digits, "round shares to N decimals"),
    OPTION_END,
};

static const struct option_program program = {
    .usage = "(--width W | --breaks LIST) [OPTION]... [FILE]...",
    .purpose = "Count how the values of each arm are distributed.",
    .rows = rows,
    .common = &opt.common,
    .columns = table_columns,
};

struct hist {
    struct table table;
    struct sink out;
    size_t *by; /* slots */
    struct slice *by_names;
    struct persons persons;
    struct bins bins;
    struct distribution counts;
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
    struct decimal *breaks = heap_take(count, sizeof *breaks);
    for (size_t i = 0; i < count; i++) {
        breaks[i] = cell_option("breaks", opt.breaks.items[i]);
        if (i > 0 && decimal_compare(breaks[i - 1], breaks[i]) >= 0)
            misuse("--breaks: %s does not ascend", quoted_given(opt.breaks.items[i]));
    }
    *bins = bins_between(breaks, count);
}

static void check_usage(void)
{
    parts_check(&opt.parts, &opt.common);
    if (opt.drop_zero && opt.keep_zero)
        misuse("--drop-zero and --keep-zero exclude each other");
    if (opt.parts.sums && (opt.min_cell.given || opt.drop_zero))
        misuse("--sums are exact and whole; give --min-cell and --drop-zero to --from-sums");
    if (!opt.parts.from_sums)
        return;
    if (opt.width != NULL || opt.breaks.given || opt.from != NULL || opt.to != NULL ||
        opt.keep_zero)
        misuse("--from-sums: the bins come with the sums; leave out what says other ones");
    persons_refuse(&opt.persons, "--from-sums");
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
    h->bins.zero_inside = opt.keep_zero;
}

static void plan_columns(struct hist *h)
{
    struct table *t = &h->table;
    h->by = heap_take(opt.by.count, sizeof *h->by);
    h->by_names = heap_take(opt.by.count, sizeof *h->by_names);
    table_want_as(t, opt.by.items, opt.by.count, h->by, h->by_names);
    struct keys keys = keys_begin(t, h->by, opt.by.count);
    if (opt.parts.from_sums) {
        h->persons.id = t->id = TABLE_NONE;
        h->counts = distribution_begin(&h->bins, keys, &h->persons, TABLE_NONE, false);
        return;
    }
    size_t value = table_want_name(t, slice_of(opt.outcome));
    const struct persons_role roles[] = {{"a key", h->by, opt.by.count},
                                         {"the outcome", &value, 1}};
    persons_plan(&h->persons, &opt.persons, t, roles, 2);
    h->counts = distribution_begin(&h->bins, keys, &h->persons, value, opt.common.decimal_comma);
}

static void write_header(struct hist *h)
{
    sink_names(&h->out, h->by_names, opt.by.count);
    sink_words(&h->out, "low high n share share_shown");
    sink_header(&h->out);
}

/* A bound of the bins shown, or what lies before and behind them: an infinite one. */
static void put_bound(struct hist *h, int64_t bin)
{
    struct decimal bound = {0};
    bool inside = bin >= h->counts.first && bin <= h->counts.last;
    if (inside && bins_bound(&h->bins, bin, &bound))
        cell_put_decimal(&h->out, bound);
    else
        sink_text(&h->out, bin < h->counts.first ? "-Inf" : "Inf");
}

static void put_share(struct hist *h, uint64_t count, uint64_t total, bool shown)
{
    double share = shown && total > 0 ? (double)count / (double)total : NAN;
    cell_put_rounded(&h->out, share, &opt.digits);
}

static void begin_row(struct hist *h, size_t group)
{
    if (opt.by.count > 0)
        sink_cell(&h->out, keys_cells(&h->counts.keys, group));
}

/* low and high are already written. */
static void end_row(struct hist *h, const struct bins_shown *shown, size_t cell)
{
    uint64_t count = shown->counts[cell];
    bool open = shown->masks[cell] == MASK_NONE && cell + 1 < shown->count;
    cell_put_count(&h->out, count, shown->masks[cell], opt.min_cell.value);
    put_share(h, count, shown->total, open && shown->shared);
    put_share(h, count, shown->total_shown, open && shown->shared_shown);
    sink_row(&h->out);
}

/* A row of values that have no bin. */
static void write_row(struct hist *h, size_t group, const char *bound,
                      const struct bins_shown *shown, size_t cell)
{
    begin_row(h, group);
    sink_text(&h->out, bound);
    sink_text(&h->out, bound);
    end_row(h, shown, cell);
}

static void write_group(struct hist *h, size_t group)
{
    const struct distribution *d = &h->counts;
    struct bins_shown shown =
        bins_show(&d->counts[group], d->first, d->last, opt.drop_zero, opt.min_cell.value);
    size_t bins = shown.count - 4;
    for (size_t i = 0; i < bins + 2; i++) {
        begin_row(h, group);
        put_bound(h, d->first + (int64_t)i - 1);
        put_bound(h, d->first + (int64_t)i);
        end_row(h, &shown, i);
    }
    if (!opt.drop_zero && !h->bins.zero_inside)
        write_row(h, group, "0", &shown, bins + 2);
    write_row(h, group, "NA", &shown, bins + 3);
    bins_shown_free(&shown);
}

/* Whether the row of a key would be read as the line that tells of a fault. */
static bool is_fault_line(struct slice cells)
{
    struct slice first = slice_cut(&cells, '\t');
    return slice_equal(first, (struct slice){LEAVE_MARK, sizeof LEAVE_MARK - 2});
}

/* What is wrong with the table as a whole. One of very many rows is then not held: only memory that
 * runs out can stop it. */
static void check_table(struct hist *h)
{
    struct decimal bound;
    size_t groups = keys_count(&h->counts.keys);
    int64_t bins = h->counts.last - h->counts.first;
    if (bins > 0 && groups > (size_t)(ROWS_MOST / bins))
        fail("%zu groups of %lld bins; choose a larger --width, or fewer groups with --by", groups,
             (long long)bins);
    for (size_t i = 0; i < groups; i++)
        if (is_fault_line(keys_cells(&h->counts.keys, i)))
            sink_refuse(&h->out);
    for (int64_t bin = h->counts.first; bin <= h->counts.last; bin++)
        if (!bins_bound(&h->bins, bin, &bound))
            fail("a bin's bound has more than %d digits; choose a rounder --width", DECIMAL_DIGITS);
    if (bins > 0 && groups > (size_t)(ROWS_HELD / bins))
        sink_let_go(&h->out);
}

static void write_groups(struct hist *h)
{
    check_table(h);
    size_t *order = keys_order(&h->counts.keys);
    for (size_t i = 0; i < keys_count(&h->counts.keys); i++)
        write_group(h, order[i]);
    free(order);
}

static void close_all(struct hist *h)
{
    sink_close(&h->out);
    table_close(&h->table);
    distribution_free(&h->counts);
    persons_free(&h->persons);
    free(h->by);
    free(h->by_names);
    free(h->bins.breaks);
}

int main(int argc, char **argv)
{
    struct hist h = {0};
    leave_begin("jf-hist");
    int first = option_parse(&program, argc, argv);
    check_usage();
    if (!opt.parts.from_sums)
        plan_bins(&h);
    ends_check(opt.common.output, argv + first, (size_t)(argc - first), NULL, NULL);
    sink_open(&h.out, opt.common.output, &opt.common);
    sink_hold(&h.out);
    table_open(&h.table, argv + first, (size_t)(argc - first), &opt.common);
    plan_columns(&h);
    if (!opt.parts.sums)
        write_header(&h);
    uint64_t read = 0;
    if (opt.parts.from_sums)
        binned_read(&h.counts, &h.bins, h.by_names, &opt.parts, &h.table);
    else
        read = distribution_rows(&h.counts, &h.table);
    if (opt.parts.sums)
        binned_write(&h.counts, h.by_names, slice_of(opt.outcome), &opt.parts, read, &h.out);
    else
        write_groups(&h);
    close_all(&h);
    return leave_end();
}
