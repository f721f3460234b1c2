/*
 * jf-cumsum - the running sum.
 *
 * Adds a column up over the rows of a group, in exact decimals, and writes the rows with
 * the sums, or with running maxima or the lengths of runs. All groups have the same
 * periods, so that no sum lacks a month in silence.
 */
#include <stdlib.h>

#include "base/heap.h"
#include "base/leave.h"
#include "base/message.h"
#include "base/option.h"
#include "base/slice.h"
#include "stream/ends.h"
#include "stream/sink.h"
#include "stream/table.h"
#include "trial/order.h"
#include "trial/running.h"

static struct {
    struct common common;
    struct list outcomes, within, names;
    const char *period;
    enum running_how how;
} opt = {.outcomes = {.items = (struct slice[]){{"hours", 5}}, .count = 1}, .period = "period"};

static const struct option_row rows[] = {
    OPTION_LIST('y', "outcome", "COLS", &opt.outcomes, "the columns to add up (default hours)"),
    OPTION_CHOICE(0, "how", RUNNING_WORDS, &opt.how,
                  "sum, maximum, or how many in a row are not 0"),
    OPTION_NONE_OR_LIST(0, "within", "COLS", &opt.within,
                        "the group (default: first column; '': all rows)"),
    OPTION_TEXT(0, "period", "COL", &opt.period, "ascends within a group (default period)"),
    OPTION_LIST(0, "as", "NAMES", &opt.names, "append the sums as NAMES, and leave the columns"),
    OPTION_END,
};

static const struct option_program program = {
    .usage = "[OPTION]... [FILE]...",
    .purpose = "Replace a column by its running sum over the rows of a group.",
    .rows = rows,
    .common = &opt.common,
    .columns = table_columns,
};

struct cumsum {
    struct table table;
    struct sink out;
    struct running sums;
};

static int by_column(const void *a, const void *b)
{
    const struct running_sum *one = a, *other = b;
    return (one->column > other->column) - (one->column < other->column);
}

/* Sums that replace their columns are written in the order of these. */
static void plan_places(struct running *sums, const struct table *table)
{
    qsort(sums->sums, sums->count, sizeof *sums->sums, by_column);
    for (size_t i = 1; i < sums->count; i++)
        if (sums->sums[i].column == sums->sums[i - 1].column)
            misuse("-y: %s twice; say --as NAMES for a column each",
                   quoted(table_name(table, sums->sums[i].slot)));
}

static void plan_sums(struct running *sums, struct table *table)
{
    if (opt.names.given && opt.names.count != opt.outcomes.count)
        misuse("--as names %zu columns, -y has %zu", opt.names.count, opt.outcomes.count);
    *sums = (struct running){.how = opt.how,
                             .count = opt.outcomes.count,
                             .appended = opt.names.given,
                             .comma = opt.common.decimal_comma};
    sums->sums = heap_take(sums->count, sizeof *sums->sums);
    for (size_t i = 0; i < sums->count; i++) {
        sums->sums[i].column = table_get(table, opt.outcomes.items[i]);
        sums->sums[i].slot = table_want(table, sums->sums[i].column);
    }
    if (!sums->appended)
        plan_places(sums, table);
}

static void plan_columns(struct cumsum *c)
{
    struct table *t = &c->table;
    plan_sums(&c->sums, t);
    if (!opt.within.given)
        opt.within = (struct list){.items = t->names, .count = 1};
    c->sums.order = order_plan(t, opt.within.items, opt.within.count, slice_of(opt.period));
}

static void write_header(struct cumsum *c)
{
    sink_names(&c->out, c->table.names, c->table.columns);
    sink_names(&c->out, opt.names.items, opt.names.count);
    sink_header(&c->out);
}

/* A table of effects: what stands beside the sum is of the single row. */
static void tell(const struct cumsum *c)
{
    if (c->sums.appended || table_exact(&c->table, slice_of("se")) == TABLE_NONE)
        return;
    for (size_t i = 0; i < c->sums.count; i++)
        if (slice_equal(table_name(&c->table, c->sums.sums[i].slot), slice_of("diff")))
            warn("diff is a running sum now, and se, df and what follows are of the single row, so "
                 "jf-ci would be wrong; for an interval put jf-cumsum before jf-diff");
}

static void close_all(struct cumsum *c)
{
    sink_close(&c->out);
    table_close(&c->table);
    running_free(&c->sums);
}

int main(int argc, char **argv)
{
    struct cumsum c = {0};
    leave_begin("jf-cumsum");
    int first = option_parse(&program, argc, argv);
    ends_check(opt.common.output, argv + first, (size_t)(argc - first), NULL, NULL);
    sink_open(&c.out, opt.common.output, &opt.common);
    table_open(&c.table, argv + first, (size_t)(argc - first), &opt.common);
    plan_columns(&c);
    write_header(&c);
    running_rows(&c.sums, &c.table, &c.out);
    tell(&c);
    close_all(&c);
    return leave_end();
}
