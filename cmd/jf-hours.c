/*
 * jf-hours - employment degree to hours.
 *
 * Turns degrees, a column a month or a row a month, into rows of id, period and
 * hours. All arithmetic is on exact decimals.
 */
#include "base/heap.h"
#include "base/leave.h"
#include "base/message.h"
#include "base/option.h"
#include "base/slice.h"
#include "number/hours.h"
#include "number/period.h"
#include "stream/ends.h"
#include "stream/sink.h"
#include "stream/table.h"
#include "trial/cell.h"
#include "trial/months.h"
#include "trial/outcome.h"

static struct {
    struct common common;
    const char *pattern, *period, *value, *id, *from, *to;
    const char *full_time, *cap, *max;
    struct list keep, indicators;
    bool in_rows, percent, total;
    enum outcome_missing missing;
    enum period_kind per;
} opt = {.pattern = "grad_%Y_%m",
         .full_time = "160.33",
         .max = "1.5",
         .missing = OUTCOME_MISSING_REFUSED};

static const struct option_row rows[] = {
    OPTION_TEXT(0, "wide", "PATTERN", &opt.pattern, "a column a month (default grad_%Y_%m)"),
    OPTION_FLAG(0, "long", &opt.in_rows, "a row a month, or a row a job"),
    OPTION_TEXT(0, "period", "COL", &opt.period, "with --long: the months' column"),
    OPTION_TEXT(0, "value", "COL", &opt.value, "with --long: the degrees' column"),
    OPTION_TEXT(0, "id", "COL", &opt.id, "the id's column (default: the first)"),
    OPTION_LIST(0, "keep", "COLS", &opt.keep, "pass these columns on"),
    OPTION_TEXT(0, "from", "YYYY-MM", &opt.from, "the first month"),
    OPTION_TEXT(0, "to", "YYYY-MM", &opt.to, "the last month"),
    OPTION_TEXT(0, "full-time", "H", &opt.full_time, "hours a month at degree 1 (default 160.33)"),
    OPTION_FLAG(0, "percent", &opt.percent, "degrees come as 0 to 100"),
    OPTION_TEXT(0, "cap", "D", &opt.cap, "count higher degrees as D"),
    OPTION_TEXT(0, "max", "D", &opt.max, "a degree above D is an error (default 1.5)"),
    OPTION_CHOICE(0, "missing", OUTCOME_MISSING_WORDS, &opt.missing,
                  "a missing degree is no hours, NA, or no row"),
    OPTION_CHOICE(0, "per", PERIOD_WORDS, &opt.per, "the mean over a period's months"),
    OPTION_FLAG(0, "total", &opt.total, "the sum over a period's months instead"),
    OPTION_MANY(0, "indicator", "NAME='>=H'", &opt.indicators,
                "add a 0/1 column: >, >=, < or <= H"),
    OPTION_END,
};

static const struct option_program program = {
    .usage = "[OPTION]... [FILE]...",
    .purpose = "Turn employment degrees, a column or a row a month, into hours.",
    .rows = rows,
    .common = &opt.common,
};

struct hours {
    struct table table;
    struct sink out;
    struct hours_rule rule;
    struct outcome outcome;
};

static int month_option(const char *option, const char *text)
{
    if (text == NULL)
        return PERIOD_NONE;
    int month = period_parse(slice_of(text));
    if (month == PERIOD_NONE)
        misuse("--%s: %s is not a month such as 2016-03", option, quoted_text(text));
    return month;
}

static void plan_range(struct months *m)
{
    m->first = month_option("from", opt.from);
    m->last = month_option("to", opt.to);
    if (opt.from != NULL && opt.to != NULL && m->first > m->last)
        misuse("--from %s is after --to %s", opt.from, opt.to);
    if (opt.in_rows && (opt.period == NULL || opt.value == NULL))
        misuse("--long needs --period COL and --value COL");
    if (!opt.in_rows && (opt.period != NULL || opt.value != NULL))
        misuse("--period and --value go with --long");
    if (!opt.in_rows && !period_pattern(slice_of(opt.pattern)))
        misuse("--wide: %s needs a year (%%Y or %%y) and a month (%%m), once each",
               quoted_text(opt.pattern));
}

/* Rows do not tell which months are to be, and who has none. */
static void check_long(void)
{
    bool closed = opt.from != NULL && opt.to != NULL;
    if (opt.missing == OUTCOME_MISSING_REFUSED)
        misuse("--long needs --missing: zero, a month without a row is no hours; na, it is "
               "missing; drop, it has no row");
    if (opt.missing != OUTCOME_MISSING_DROP && !closed)
        misuse("--long with --missing zero or na needs --from and --to, the months that are to be");
    if (opt.per != PERIOD_MONTH && !closed)
        misuse("--long with --per needs --from and --to, the months that are to be");
}

static void plan_rule(struct hours_rule *rule)
{
    *rule = (struct hours_rule){.full_time = cell_option("full-time", slice_of(opt.full_time)),
                                .max = cell_option("max", slice_of(opt.max)),
                                .percent = opt.percent,
                                .capped = opt.cap != NULL};
    if (opt.cap != NULL)
        rule->cap = cell_option("cap", slice_of(opt.cap));
    if (rule->full_time.units <= 0)
        misuse("--full-time: hours above 0 were expected");
}

static void plan_outcome(struct outcome *outcome)
{
    outcome->per = opt.per;
    outcome->total = opt.total;
    outcome->missing = opt.missing;
    outcome->indicator_count = opt.indicators.count;
    outcome->indicators = heap_take(opt.indicators.count, sizeof *outcome->indicators);
    for (size_t i = 0; i < opt.indicators.count; i++)
        outcome->indicators[i] = outcome_indicator(opt.indicators.items[i]);
}

static void plan_columns(struct hours *h)
{
    struct table *t = &h->table;
    struct months *m = &h->outcome.months;
    m->rule = &h->rule;
    m->max = opt.max;
    m->comma = opt.common.decimal_comma;
    m->id = table_want(t, table_ids(t, opt.id != NULL ? slice_of(opt.id) : (struct slice){0}));
    m->keep_count = opt.keep.count;
    m->keep = heap_take(opt.keep.count, sizeof *m->keep);
    m->keep_names = heap_take(opt.keep.count, sizeof *m->keep_names);
    table_want_as(t, opt.keep.items, opt.keep.count, m->keep, m->keep_names);
    if (opt.in_rows)
        months_plan_long(m, t, slice_of(opt.period), slice_of(opt.value));
    else
        months_plan_wide(m, t, slice_of(opt.pattern));
    outcome_check_range(&h->outcome);
}

static void close_all(struct hours *h)
{
    sink_close(&h->out);
    table_close(&h->table);
    outcome_free(&h->outcome);
}

int main(int argc, char **argv)
{
    struct hours h = {0};
    leave_begin("jf-hours");
    int first = option_parse(&program, argc, argv);
    plan_range(&h.outcome.months);
    if (opt.in_rows)
        check_long();
    plan_rule(&h.rule);
    plan_outcome(&h.outcome);
    ends_check(opt.common.output, argv + first, (size_t)(argc - first), NULL, NULL);
    sink_open(&h.out, opt.common.output, &opt.common);
    table_open(&h.table, argv + first, (size_t)(argc - first), &opt.common);
    plan_columns(&h);
    outcome_header(&h.outcome, &h.table, &h.out);
    outcome_rows(&h.outcome, &h.table, &h.out);
    close_all(&h);
    return leave_end();
}
