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
#include "number/decimal.h"
#include "number/hours.h"
#include "stream/ends.h"
#include "stream/sink.h"
#include "stream/table.h"
#include "trial/cell.h"
#include "trial/indicator.h"
#include "trial/months.h"
#include "trial/outcome.h"
#include "trial/reader.h"

static struct {
    struct common common;
    struct reader_options reader;
    const char *full_time, *cap, *max;
    struct list indicators;
    bool percent;
} opt = {.reader = READER_DEFAULTS("grad_%Y_%m"), .full_time = "160.33", .max = "1.5"};

static const struct option_row rows[] = {
    OPTION_GROUP(reader_options, &reader_model, &opt.reader),
    OPTION_TEXT(0, "full-time", "H", &opt.full_time, "hours a month at degree 1 (default 160.33)"),
    OPTION_FLAG(0, "percent", &opt.percent, "degrees come as 0 to 100"),
    OPTION_TEXT(0, "cap", "D", &opt.cap, "count higher degrees as D"),
    OPTION_TEXT(0, "max", "D", &opt.max, "a degree above D is an error (default 1.5)"),
    OPTION_MANY(0, "indicator", "NAME='>=H'", &opt.indicators, "add a 0/1 column; also '>A<B'"),
    OPTION_END,
};

static const struct option_program program = {
    .usage = "[OPTION]... [FILE]...",
    .purpose = "Turn employment degrees, by default columns grad_%Y_%m, into hours.",
    .rows = rows,
    .common = &opt.common,
    .columns = table_columns,
};

struct hours {
    struct table table;
    struct sink out;
    struct hours_rule rule;
    struct measure measure;
    struct outcome outcome;
};

static const char too_long[] = "hours of more than 38 digits; round the degrees";
_Static_assert(DECIMAL_DIGITS == 38, "too_long says so");

_Noreturn static void fail_degree(const struct hours_rule *rule, struct place place,
                                  enum hours_verdict verdict)
{
    if (verdict == HOURS_BELOW)
        fail_at(place, "a degree below 0; mend the file");
    if (verdict == HOURS_TOO_LONG)
        fail_at(place, "%s", too_long);
    if (rule->percent)
        fail_at(place, "a degree above %s (--max), as a share of 1; raise --max if it is right",
                opt.max);
    fail_at(place,
            "a degree above %s (--max); is the file in percent (--percent)? raise --max if it is "
            "right",
            opt.max);
}

static bool read_share(const void *of, struct numbers *numbers, const struct table *row,
                       size_t slot, struct decimal *share)
{
    const struct hours_rule *rule = of;
    struct decimal degree;
    if (!cell_decimal(numbers, row, slot, &degree))
        return false;
    enum hours_verdict verdict = hours_share(rule, degree, share);
    if (verdict != HOURS_GOOD)
        fail_degree(rule, table_place(row, slot), verdict);
    return true;
}

static void check_sum(const void *of, struct place place, struct decimal share)
{
    const struct hours_rule *rule = of;
    if (decimal_compare(share, rule->max) > 0)
        fail_at(place,
                "the degrees of this month's rows add up to more than %s (--max); raise --max if "
                "that is right, and say --cap 1 to count no more than 1",
                opt.max);
}

static bool count_hours(const void *of, struct decimal share, struct decimal *hours)
{
    return hours_of_share(of, share, hours) == HOURS_GOOD;
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

static void plan_outcome(struct hours *h)
{
    struct outcome *outcome = &h->outcome;
    h->measure = (struct measure){.of = &h->rule,
                                  .read = read_share,
                                  .check = check_sum,
                                  .count = count_hours,
                                  .name = slice_of("hours"),
                                  .too_long = too_long,
                                  .missing = "degrees; say --missing zero if that means no wage "
                                             "hours (as in DREAM), na to write NA, or drop to "
                                             "leave those months out",
                                  .nothing = "no hours"};
    outcome->months.measure = &h->measure;
    outcome->months.comma = opt.common.decimal_comma;
    outcome->indicator_count = opt.indicators.count;
    outcome->indicators = heap_take(opt.indicators.count, sizeof *outcome->indicators);
    for (size_t i = 0; i < opt.indicators.count; i++)
        outcome->indicators[i] = indicator_parse(opt.indicators.items[i]);
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
    plan_outcome(&h);
    reader_check(&opt.reader, &h.outcome);
    plan_rule(&h.rule);
    ends_check_shared(opt.reader.part != NULL, opt.common.output, argv + first,
                      (size_t)(argc - first), NULL, NULL);
    sink_open(&h.out, opt.common.output, &opt.common);
    reader_open(&opt.reader, &h.table, argv + first, (size_t)(argc - first), &opt.common);
    reader_plan(&opt.reader, &h.outcome, &h.table);
    outcome_header(&h.outcome, &h.table, &h.out);
    outcome_rows(&h.outcome, &h.table, &h.out);
    close_all(&h);
    return leave_end();
}
