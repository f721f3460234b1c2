/*
 * jf-ci - what the difference is worth.
 *
 * Reads rows with a difference, its standard error and degrees of freedom, from
 * jf-diff or anyone, and appends t, p, interval and effect in percent. The rows
 * are few and are held: nothing is written before the input has ended well, and
 * p values are adjusted as one family, or as several.
 */
#include <math.h>
#include <stdlib.h>

#include "base/heap.h"
#include "base/leave.h"
#include "base/message.h"
#include "base/option.h"
#include "base/slice.h"
#include "number/band.h"
#include "number/decimal.h"
#include "number/interval.h"
#include "number/real.h"
#include "stream/ends.h"
#include "stream/rows.h"
#include "stream/sink.h"
#include "stream/table.h"
#include "trial/bands.h"
#include "trial/cell.h"
#include "trial/effect.h"
#include "trial/keys.h"
#include "trial/proportion.h"
#include "trial/sets.h"

static struct {
    struct common common;
    const char *level;
    bool normal, nonnegative, shares, band;
    enum interval_adjust adjust;
    struct list family;
    const char *power; /* NULL: no mde */
    struct whole digits;
} opt = {.level = "0.95", .adjust = INTERVAL_ADJUST_NONE};

static const struct option_row rows[] = {
    OPTION_TEXT(0, "level", "L", &opt.level, "of confidence, between 0 and 1 (default 0.95)"),
    OPTION_FLAG(0, "normal", &opt.normal, "normal quantiles, whatever df"),
    OPTION_FLAG(0, "nonnegative", &opt.nonnegative, "means are not below 0, so pct not below -100"),
    OPTION_FLAG(0, "shares", &opt.shares, "outcomes are 0 or 1: Newcombe's interval, pooled z"),
    OPTION_CHOICE(0, "adjust", INTERVAL_ADJUST_WORDS, &opt.adjust,
                  "append p_adj, over all rows as one family"),
    OPTION_FLAG(0, "band", &opt.band, "append intervals that hold for a whole family"),
    OPTION_LIST(0, "family", "COLS", &opt.family, "a family is of rows alike in these COLS"),
    OPTION_MAYBE_TEXT(0, "mde", "[POWER]", "0.8", &opt.power,
                      "append the effect found with POWER (default 0.8)"),
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
    double detectable;
    size_t family;
};

/* Slots; df TABLE_NONE where there is no such column, or it is not asked. */
struct columns {
    size_t diff, se, df;
};

struct ci {
    struct table table;
    struct sink out;
    struct columns columns;
    struct effect_percent percent;
    struct proportion proportion; /* with --shares */
    struct bands bands;           /* with --band */
    bool *rounded;                /* by column: rounded with --digits */
    struct decimal given_level;
    struct interval_level level;
    double miss; /* one less the power */
    struct result *results;
    size_t count, room;
    struct sets families;
    double *adjusted;
    size_t *family_sizes; /* by family: its p values */
    struct arena lines;
};

static void check_options(void)
{
    if (opt.family.given && opt.adjust == INTERVAL_ADJUST_NONE && !opt.band)
        misuse("--family goes with --adjust, or with --band");
    if (opt.shares && opt.band)
        misuse("--shares and --band exclude each other: a band is made of se, Newcombe's interval "
               "is not");
}

static void plan_level(struct ci *ci)
{
    static const struct decimal half = {5, 1};
    struct decimal alpha, tail, miss;
    ci->given_level = cell_option_share("level", opt.level, "95 percent is 0.95", &alpha);
    if (!decimal_multiply(alpha, half, &tail))
        misuse("--level: %s has too many digits", quoted_text(opt.level));
    ci->level = (struct interval_level){real_of_decimal(alpha), real_of_decimal(tail)};
    if (opt.power == NULL)
        return;
    struct decimal power = cell_option_share("mde", opt.power, "80 percent is 0.8", &miss);
    if (decimal_compare(power, alpha) <= 0)
        misuse("--mde: %s is not above 1 - level, the power where there is no effect",
               quoted_text(opt.power));
    ci->miss = real_of_decimal(miss);
}

/* The columns that are rounded; counts and keys stay as they are. */
static bool estimate_column(struct slice name)
{
    enum effect_column column = effect_column(name);
    return column >= EFFECT_ARM && column <= EFFECT_DF;
}

static void plan_columns(struct ci *ci)
{
    struct table *t = &ci->table;
    ci->columns = (struct columns){.diff = table_want_name(t, slice_of("diff")),
                                   .se = table_want_name(t, slice_of("se"))};
    if (opt.shares)
        ci->proportion = proportion_plan(t, opt.common.decimal_comma);
    ci->columns.df = opt.shares   ? table_want(t, table_find(t, slice_of("df")))
                     : opt.normal ? TABLE_NONE
                                  : table_want_name(t, slice_of("df"));
    ci->percent = effect_percent_plan(t, opt.common.decimal_comma);
    if (opt.band)
        bands_plan(&ci->bands, t, &opt.family, opt.common.decimal_comma);
    ci->rounded = heap_take(t->columns, sizeof *ci->rounded);
    for (size_t i = 0; i < t->columns; i++)
        ci->rounded[i] = opt.digits.given && estimate_column(t->names[i]);
}

/* All rows are one family where no columns are said. */
static void plan_families(struct ci *ci)
{
    size_t *columns = heap_take(opt.family.count, sizeof *columns);
    for (size_t i = 0; i < opt.family.count; i++)
        columns[i] = table_get(&ci->table, opt.family.items[i]);
    ci->families = sets_plan(&ci->table, columns, opt.family.count, "family");
    free(columns);
}

static double read_df(const struct ci *ci)
{
    if (opt.normal || ci->columns.df == TABLE_NONE)
        return opt.normal ? INFINITY : NAN;
    return cell_df(&ci->table, ci->columns.df, opt.common.decimal_comma);
}

static void take_row(void *context, const struct table *row)
{
    struct ci *ci = context;
    const struct columns *c = &ci->columns;
    bool comma = opt.common.decimal_comma;
    double diff = cell_number(row, c->diff, comma), df = read_df(ci);
    double se = cell_se(row, c->se, comma);
    struct result result = {.line = arena_keep(&ci->lines, row->line),
                            .family = sets_of_row(&ci->families, row)};
    result.interval = interval_of(diff, se, df, ci->level);
    result.percent = effect_percent(&ci->percent, row,
                                    (struct interval_ratio){.diff = diff,
                                                            .se = se,
                                                            .critical = result.interval.critical,
                                                            .nonnegative = opt.nonnegative});
    if (opt.band)
        bands_take(&ci->bands, row, (struct band_effect){diff, se, df});
    if (opt.shares)
        result.interval = proportion_interval(&ci->proportion, row, ci->level);
    result.detectable = interval_detectable(se, opt.shares ? INFINITY : df, ci->level, ci->miss);
    ci->results = heap_grow(ci->results, &ci->room, ci->count + 1, sizeof *ci->results);
    ci->results[ci->count++] = result;
}

static void adjust(struct ci *ci)
{
    size_t *families = heap_take(ci->count, sizeof *families);
    ci->adjusted = heap_take(ci->count, sizeof *ci->adjusted);
    ci->family_sizes = heap_take(keys_count(&ci->families.keys), sizeof *ci->family_sizes);
    for (size_t i = 0; i < ci->count; i++) {
        families[i] = ci->results[i].family;
        ci->adjusted[i] = ci->results[i].interval.p;
        ci->family_sizes[families[i]] += !isnan(ci->adjusted[i]) ? 1 : 0;
    }
    interval_adjust(ci->adjusted, families, ci->count, opt.adjust);
    free(families);
}

static void write_header(struct ci *ci)
{
    sink_names(&ci->out, ci->table.names, ci->table.columns);
    sink_words(&ci->out, "t p ci_low ci_high sig pct pct_low pct_high level");
    if (opt.adjust != INTERVAL_ADJUST_NONE)
        sink_words(&ci->out, opt.family.given ? "p_adj family_size" : "p_adj");
    if (opt.power != NULL)
        sink_words(&ci->out, "mde");
    if (opt.band)
        sink_words(&ci->out, "crit_band band_low band_high p_band");
    sink_header(&ci->out);
}

static void put_estimate(struct ci *ci, double value)
{
    cell_put_rounded(&ci->out, value, &opt.digits);
}

/* The row as it came; with --digits its estimates rounded, with --shares without its df. */
static void put_line(struct ci *ci, struct slice line)
{
    size_t df = opt.shares && ci->columns.df != TABLE_NONE
                    ? table_column(&ci->table, ci->columns.df)
                    : TABLE_NONE;
    if (!opt.digits.given && df == TABLE_NONE) {
        sink_cell(&ci->out, line);
        return;
    }
    for (size_t column = 0; column < ci->table.columns; column++) {
        struct slice cell = slice_cut(&line, '\t');
        double value;
        char point = opt.common.decimal_comma ? ',' : '.';
        if (column == df)
            sink_text(&ci->out, "NA");
        else if (ci->rounded[column] && real_parse(cell, point, &value) == DECIMAL_GOOD)
            put_estimate(ci, value);
        else
            sink_cell(&ci->out, cell);
    }
}

static void put_band(struct ci *ci, const struct band_limits *limits)
{
    put_estimate(ci, limits->critical);
    put_estimate(ci, limits->low);
    put_estimate(ci, limits->high);
    cell_put_p(&ci->out, limits->p, &opt.digits);
}

static void write_row(struct ci *ci, size_t number)
{
    const struct result *r = &ci->results[number];
    static const char *const answers[] = {"NA", "0", "1"};
    put_line(ci, r->line);
    put_estimate(ci, r->interval.t);
    cell_put_p(&ci->out, r->interval.p, &opt.digits);
    put_estimate(ci, r->interval.low);
    put_estimate(ci, r->interval.high);
    sink_text(&ci->out, answers[r->interval.significant + 1]);
    put_estimate(ci, r->percent.percent);
    put_estimate(ci, r->percent.low);
    put_estimate(ci, r->percent.high);
    cell_put_decimal(&ci->out, ci->given_level);
    if (opt.adjust != INTERVAL_ADJUST_NONE)
        cell_put_p(&ci->out, ci->adjusted[number], &opt.digits);
    if (opt.adjust != INTERVAL_ADJUST_NONE && opt.family.given)
        sink_whole(&ci->out, ci->family_sizes[r->family]);
    if (opt.power != NULL)
        put_estimate(ci, r->detectable);
    if (opt.band)
        put_band(ci, &ci->bands.limits[number]);
    sink_row(&ci->out);
}

static void close_all(struct ci *ci)
{
    sink_close(&ci->out);
    table_close(&ci->table);
    arena_free(&ci->lines);
    sets_free(&ci->families);
    bands_free(&ci->bands);
    free(ci->family_sizes);
    free(ci->rounded);
    free(ci->results);
    free(ci->adjusted);
}

int main(int argc, char **argv)
{
    struct ci ci = {0};
    leave_begin("jf-ci");
    int first = option_parse(&program, argc, argv);
    check_options();
    plan_level(&ci);
    ends_check(opt.common.output, argv + first, (size_t)(argc - first), NULL, NULL);
    sink_open(&ci.out, opt.common.output, &opt.common);
    sink_hold(&ci.out);
    table_open(&ci.table, argv + first, (size_t)(argc - first), &opt.common);
    plan_columns(&ci);
    plan_families(&ci);
    write_header(&ci);
    rows_each(&ci.table, take_row, &ci);
    if (opt.adjust != INTERVAL_ADJUST_NONE)
        adjust(&ci);
    if (opt.band)
        bands_settle(&ci.bands, ci.level, opt.common.threads.value);
    for (size_t i = 0; i < ci.count; i++)
        write_row(&ci, i);
    close_all(&ci);
    return leave_end();
}
