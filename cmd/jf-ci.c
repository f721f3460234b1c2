/*
 * jf-ci - what the difference is worth.
 *
 * Reads rows with a difference, its standard error and degrees of freedom, from
 * jf-diff or anyone, and appends t, p, interval and effect in percent. The rows
 * are few and are held: nothing is written before the input has ended well, and
 * p values are adjusted as one family.
 */
#include <math.h>
#include <stdlib.h>

#include "base/heap.h"
#include "base/leave.h"
#include "base/message.h"
#include "base/option.h"
#include "base/slice.h"
#include "number/decimal.h"
#include "number/interval.h"
#include "number/real.h"
#include "stream/ends.h"
#include "stream/rows.h"
#include "stream/sink.h"
#include "stream/table.h"
#include "trial/cell.h"

static struct {
    struct common common;
    const char *level;
    bool normal, nonnegative;
    enum interval_adjust adjust;
    struct whole digits;
} opt = {.level = "0.95", .adjust = INTERVAL_ADJUST_NONE};

static const struct option_row rows[] = {
    OPTION_TEXT(0, "level", "L", &opt.level, "of confidence, between 0 and 1 (default 0.95)"),
    OPTION_FLAG(0, "normal", &opt.normal, "normal quantiles, whatever df"),
    OPTION_FLAG(0, "nonnegative", &opt.nonnegative, "means are not below 0, so pct not below -100"),
    OPTION_CHOICE(0, "adjust", INTERVAL_ADJUST_WORDS, &opt.adjust,
                  "append p_adj, over all rows as one family"),
    OPTION_WHOLE(0, "digits", "N", 0, 15, &opt.digits, "round to N decimals, p to N digits"),
    OPTION_END,
};

static const struct option_program program = {
    .usage = "[OPTION]... [FILE]...",
    .purpose = "Append t, p, confidence interval and effect in percent to differences.",
    .rows = rows,
    .common = &opt.common,
    .columns = table_columns,
};

struct result {
    struct slice line; /* as it came */
    struct interval interval;
    struct interval_percent percent;
};

/* Slots; those of the control TABLE_NONE where there is no such column. */
struct columns {
    size_t diff, se, df, control_mean, control_se, covariance;
};

struct ci {
    struct table table;
    struct sink out;
    struct columns columns;
    bool *rounded; /* by column: rounded with --digits */
    struct decimal given_level;
    struct interval_level level;
    struct result *results;
    double *adjusted;
    size_t count, room;
    struct arena lines;
};

static void plan_level(struct ci *ci)
{
    static const struct decimal one = {1, 0}, half = {5, 1};
    struct decimal level = cell_option("level", slice_of(opt.level)), alpha, tail;
    if (level.units <= 0 || decimal_compare(level, one) >= 0)
        misuse("--level: %s is not between 0 and 1; 95 percent is 0.95", quoted_text(opt.level));
    /* In decimals, so that alpha is 0.05 and not 0.050000000000000044. */
    if (!decimal_add(one, decimal_negate(level), &alpha) || !decimal_multiply(alpha, half, &tail))
        misuse("--level: %s has too many digits", quoted_text(opt.level));
    ci->given_level = level;
    ci->level = (struct interval_level){real_of_decimal(alpha), real_of_decimal(tail)};
}

static size_t want_if_there(struct table *table, const char *name)
{
    size_t column = table_find(table, slice_of(name));
    return column == TABLE_NONE ? TABLE_NONE : table_want(table, column);
}

/* The columns of jf-diff that hold estimates; counts and keys stay as they are. */
static bool estimate_column(struct slice name)
{
    static const char *const names[] = {"mean_treated", "sd_treated", "se_treated", "mean_control",
                                        "sd_control",   "se_control", "diff",       "se",
                                        "df",           "smd"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (slice_equal(name, slice_of(names[i])))
            return true;
    return false;
}

static void plan_columns(struct ci *ci)
{
    struct table *t = &ci->table;
    ci->columns = (struct columns){.diff = table_want_name(t, slice_of("diff")),
                                   .se = table_want_name(t, slice_of("se"))};
    ci->columns.df = opt.normal ? TABLE_NONE : table_want_name(t, slice_of("df"));
    ci->columns.control_mean = want_if_there(t, "mean_control");
    ci->columns.control_se = want_if_there(t, "se_control");
    ci->columns.covariance = want_if_there(t, "cov_control");
    ci->rounded = heap_take(t->columns, sizeof *ci->rounded);
    for (size_t i = 0; i < t->columns; i++)
        ci->rounded[i] = opt.digits.given && estimate_column(t->names[i]);
}

static double read_real(const struct ci *ci, size_t slot)
{
    double value = NAN;
    if (slot != TABLE_NONE && !cell_real(&ci->table, slot, opt.common.decimal_comma, &value))
        value = NAN;
    return value;
}

/* Inf is the normal distribution. */
static double read_df(const struct ci *ci)
{
    if (opt.normal || slice_equal(table_cell(&ci->table, ci->columns.df), slice_of("Inf")))
        return INFINITY;
    return read_real(ci, ci->columns.df);
}

/* cov(diff, mean_control): where no column says it, that of independent arms, of which the
 * control's error is a part of se. */
static double read_covariance(const struct ci *ci, double se, double control_se)
{
    if (ci->columns.covariance != TABLE_NONE)
        return read_real(ci, ci->columns.covariance);
    return se < control_se ? NAN : -control_se * control_se;
}

static struct interval_percent percent_of(const struct ci *ci, double diff, double se,
                                          double critical)
{
    const struct columns *c = &ci->columns;
    double control_se = read_real(ci, c->control_se);
    struct interval_ratio ratio = {.diff = diff,
                                   .se = se,
                                   .control_mean = read_real(ci, c->control_mean),
                                   .control_se = control_se,
                                   .covariance = read_covariance(ci, se, control_se),
                                   .critical = critical,
                                   .nonnegative = opt.nonnegative};
    if (control_se < 0)
        fail_at(table_place(&ci->table, c->control_se), "a standard error below 0");
    if (!interval_possible(&ratio))
        fail_at(table_place(&ci->table, c->covariance),
                "a covariance beyond se x se_control; mend the row");
    return interval_percent(&ratio);
}

static void take_row(void *context, const struct table *row)
{
    struct ci *ci = context;
    const struct columns *c = &ci->columns;
    double diff = read_real(ci, c->diff), se = read_real(ci, c->se);
    double df = read_df(ci);
    if (se < 0)
        fail_at(table_place(row, c->se), "a standard error below 0");
    if (df <= 0)
        fail_at(table_place(row, c->df), "degrees of freedom of 0 or below");
    struct result result = {.line = arena_keep(&ci->lines, ci->table.line)};
    result.interval = interval_of(diff, se, df, ci->level);
    result.percent = percent_of(ci, diff, se, result.interval.critical);
    ci->results = heap_grow(ci->results, &ci->room, ci->count + 1, sizeof *ci->results);
    ci->results[ci->count++] = result;
}

static void adjust(struct ci *ci)
{
    ci->adjusted = heap_take(ci->count, sizeof *ci->adjusted);
    for (size_t i = 0; i < ci->count; i++)
        ci->adjusted[i] = ci->results[i].interval.p;
    interval_adjust(ci->adjusted, ci->count, opt.adjust);
}

static void write_header(struct ci *ci)
{
    sink_names(&ci->out, ci->table.names, ci->table.columns);
    sink_words(&ci->out, "t p ci_low ci_high sig pct pct_low pct_high level");
    if (opt.adjust != INTERVAL_ADJUST_NONE)
        sink_words(&ci->out, "p_adj");
    sink_header(&ci->out);
}

static void put_estimate(struct ci *ci, double value)
{
    char text[REAL_ROOM];
    size_t length = !opt.digits.given
                        ? real_print(text, value)
                        : real_print_decimals(text, value, (unsigned)opt.digits.value);
    sink_cell(&ci->out, (struct slice){text, length});
}

static void put_p(struct ci *ci, double p)
{
    char text[REAL_ROOM];
    size_t length = !opt.digits.given
                        ? real_print(text, p)
                        : real_print_significant(
                              text, p, opt.digits.value > 0 ? (unsigned)opt.digits.value : 1);
    sink_cell(&ci->out, (struct slice){text, length});
}

/* The row as it came; with --digits its estimates rounded. */
static void put_line(struct ci *ci, struct slice line)
{
    if (!opt.digits.given) {
        sink_cell(&ci->out, line);
        return;
    }
    for (size_t column = 0; column < ci->table.columns; column++) {
        struct slice cell = slice_cut(&line, '\t');
        double value;
        char point = opt.common.decimal_comma ? ',' : '.';
        if (ci->rounded[column] && real_parse(cell, point, &value) == DECIMAL_GOOD)
            put_estimate(ci, value);
        else
            sink_cell(&ci->out, cell);
    }
}

static void write_row(struct ci *ci, size_t number)
{
    const struct result *r = &ci->results[number];
    static const char *const answers[] = {"NA", "0", "1"};
    put_line(ci, r->line);
    put_estimate(ci, r->interval.t);
    put_p(ci, r->interval.p);
    put_estimate(ci, r->interval.low);
    put_estimate(ci, r->interval.high);
    sink_text(&ci->out, answers[r->interval.significant + 1]);
    put_estimate(ci, r->percent.percent);
    put_estimate(ci, r->percent.low);
    put_estimate(ci, r->percent.high);
    cell_put_decimal(&ci->out, ci->given_level);
    if (opt.adjust != INTERVAL_ADJUST_NONE)
        put_p(ci, ci->adjusted[number]);
    sink_row(&ci->out);
}

static void close_all(struct ci *ci)
{
    sink_close(&ci->out);
    table_close(&ci->table);
    arena_free(&ci->lines);
    free(ci->rounded);
    free(ci->results);
    free(ci->adjusted);
}

int main(int argc, char **argv)
{
    struct ci ci = {0};
    leave_begin("jf-ci");
    int first = option_parse(&program, argc, argv);
    plan_level(&ci);
    ends_check(opt.common.output, argv + first, (size_t)(argc - first), NULL, NULL);
    sink_open(&ci.out, opt.common.output, &opt.common);
    sink_hold(&ci.out);
    table_open(&ci.table, argv + first, (size_t)(argc - first), &opt.common);
    plan_columns(&ci);
    write_header(&ci);
    rows_each(&ci.table, take_row, &ci);
    if (opt.adjust != INTERVAL_ADJUST_NONE)
        adjust(&ci);
    for (size_t i = 0; i < ci.count; i++)
        write_row(&ci, i);
    close_all(&ci);
    return leave_end();
}
