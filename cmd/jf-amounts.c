/*
 * jf-amounts - any amount a period to rows.
 *
 * Turns amounts (earnings, benefits, scores), a column or a row a period, into rows of id, period
 * and amount. Amounts have any sign, as registers hold corrections, and stay exact decimals.
 */
#include "base/leave.h"
#include "base/message.h"
#include "base/option.h"
#include "base/slice.h"
#include "number/decimal.h"
#include "stream/ends.h"
#include "stream/sink.h"
#include "stream/table.h"
#include "trial/cell.h"
#include "trial/months.h"
#include "trial/outcome.h"
#include "trial/reader.h"

static struct {
    struct common common;
    struct reader_options reader;
    const char *as, *scale, *min, *max;
} opt = {.reader = READER_DEFAULTS(NULL), .as = "amount"};

static const struct option_row rows[] = {
    OPTION_GROUP(reader_options, &reader_model, &opt.reader),
    OPTION_TEXT(0, "as", "NAME", &opt.as, "the column that is written (default amount)"),
    OPTION_TEXT(0, "scale", "F", &opt.scale, "multiply by F, such as 0.001"),
    OPTION_TEXT(0, "min", "A", &opt.min, "an amount below A is an error"),
    OPTION_TEXT(0, "max", "B", &opt.max, "an amount above B is an error"),
    OPTION_END,
};

static const struct option_program program = {
    .usage = "[OPTION]... [FILE]...",
    .purpose = "Turn amounts, a column or a row a period, into rows of id, period and amount.",
    .rows = rows,
    .common = &opt.common,
    .columns = table_columns,
};

/* The bounds are of the amount as it comes, before it is scaled. */
struct rule {
    struct decimal scale, min, max;
};

struct amounts {
    struct table table;
    struct sink out;
    struct rule rule;
    struct measure measure;
    struct outcome outcome;
};

static void check_amount(const void *of, struct place place, struct decimal amount)
{
    const struct rule *rule = of;
    if (opt.min != NULL && decimal_compare(amount, rule->min) < 0)
        fail_at(place, "an amount below %s (--min); lower --min if it is right", opt.min);
    if (opt.max != NULL && decimal_compare(amount, rule->max) > 0)
        fail_at(place, "an amount above %s (--max); raise --max if it is right", opt.max);
}

/* In the long form rows of a period are summed, and their sum is the amount. */
static bool read_amount(const void *of, struct numbers *numbers, const struct table *row,
                        size_t slot, struct decimal *amount)
{
    if (!cell_decimal(numbers, row, slot, amount))
        return false;
    if (!opt.reader.in_rows)
        check_amount(of, table_place(row, slot), *amount);
    return true;
}

static bool scale_amount(const void *of, struct decimal amount, struct decimal *scaled)
{
    const struct rule *rule = of;
    *scaled = amount;
    return opt.scale == NULL || decimal_multiply(amount, rule->scale, scaled);
}

static void plan_rule(struct rule *rule)
{
    if (opt.scale != NULL)
        rule->scale = cell_option("scale", slice_of(opt.scale));
    if (opt.scale != NULL && rule->scale.units == 0)
        misuse("--scale: a number other than 0 was expected");
    if (opt.min != NULL)
        rule->min = cell_option("min", slice_of(opt.min));
    if (opt.max != NULL)
        rule->max = cell_option("max", slice_of(opt.max));
    if (opt.min != NULL && opt.max != NULL && decimal_compare(rule->min, rule->max) > 0)
        misuse("--min %s is above --max %s", opt.min, opt.max);
}

static void plan_outcome(struct amounts *a)
{
    a->measure = (struct measure){.of = &a->rule,
                                  .read = read_amount,
                                  .check = check_amount,
                                  .count = scale_amount,
                                  .name = slice_of(opt.as),
                                  .too_long = "an amount of more than 38 digits; round it",
                                  .missing = "amounts; say --missing zero if that means nothing, "
                                             "na to write NA, or drop to leave those periods out",
                                  .nothing = "an amount of 0"};
    a->outcome.months.measure = &a->measure;
    a->outcome.months.comma = opt.common.decimal_comma;
}

static void close_all(struct amounts *a)
{
    sink_close(&a->out);
    table_close(&a->table);
    outcome_free(&a->outcome);
}

int main(int argc, char **argv)
{
    struct amounts a = {0};
    leave_begin("jf-amounts");
    int first = option_parse(&program, argc, argv);
    plan_outcome(&a);
    reader_check(&opt.reader, &a.outcome);
    plan_rule(&a.rule);
    ends_check_shared(opt.reader.part != NULL, opt.common.output, argv + first,
                      (size_t)(argc - first), NULL, NULL);
    sink_open(&a.out, opt.common.output, &opt.common);
    reader_open(&opt.reader, &a.table, argv + first, (size_t)(argc - first), &opt.common);
    reader_plan(&opt.reader, &a.outcome, &a.table);
    outcome_header(&a.outcome, &a.table, &a.out);
    outcome_rows(&a.outcome, &a.table, &a.out);
    close_all(&a);
    return leave_end();
}
