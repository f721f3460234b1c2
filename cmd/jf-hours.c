/*
 * jf-hours - employment degree to hours.
 *
 * Turns degrees, a column a month or a row a month, into rows of id, period and
 * hours. All arithmetic is on exact decimals. Months come one after the other,
 * whatever form they are read from, into a tally; a full period is a row.
 */
#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "trial/long.h"
#include "base/option.h"
#include "number/period.h"
#include "trial/ready.h"
#include "number/tally.h"
#include "trial/wide.h"

enum missing { MISSING_ZERO, MISSING_DROP, MISSING_REFUSED };

static struct {
    struct common common;
    const char *pattern, *period, *value, *id, *from, *to;
    const char *full_time, *cap, *max;
    struct list keep, indicators;
    bool in_rows, percent, total;
    unsigned missing; /* enum missing */
    unsigned per;     /* enum period_kind */
} opt = {.common.level = SINK_BY_NAME,
         .pattern = "grad_%Y_%m",
         .full_time = "160.33",
         .max = "1.5",
         .missing = MISSING_REFUSED};

static const struct option_row rows[] = {
    {OPTION_TEXT, 0, "wide", "PATTERN", "a column a month (default grad_%Y_%m)", &opt.pattern, NULL,
     0, 0, 0},
    {OPTION_FLAG, 0, "long", NULL, "a row a month, or a row a job", &opt.in_rows, NULL, 0, 0, 0},
    {OPTION_TEXT, 0, "period", "COL", "with --long: the months' column", &opt.period, NULL, 0, 0,
     0},
    {OPTION_TEXT, 0, "value", "COL", "with --long: the degrees' column", &opt.value, NULL, 0, 0, 0},
    {OPTION_TEXT, 0, "id", "COL", "the id's column (default: the first)", &opt.id, NULL, 0, 0, 0},
    {OPTION_LIST, 0, "keep", "COLS", "pass these columns on", &opt.keep, NULL, 0, 0, 0},
    {OPTION_TEXT, 0, "from", "YYYY-MM", "the first month", &opt.from, NULL, 0, 0, 0},
    {OPTION_TEXT, 0, "to", "YYYY-MM", "the last month", &opt.to, NULL, 0, 0, 0},
    {OPTION_TEXT, 0, "full-time", "H", "hours a month at degree 1 (default 160.33)", &opt.full_time,
     NULL, 0, 0, 0},
    {OPTION_FLAG, 0, "percent", NULL, "degrees come as 0 to 100", &opt.percent, NULL, 0, 0, 0},
    {OPTION_TEXT, 0, "cap", "D", "count higher degrees as D", &opt.cap, NULL, 0, 0, 0},
    {OPTION_TEXT, 0, "max", "D", "a degree above D is an error (default 1.5)", &opt.max, NULL, 0, 0,
     0},
    {OPTION_CHOICE, 0, "missing", "zero|drop", "a missing degree is no hours, or no row",
     &opt.missing, "zero|drop", 0, 0, 0},
    {OPTION_CHOICE, 0, "per", "month|quarter|half|year|window", "the mean over a period's months",
     &opt.per, "month|quarter|half|year|window", 0, 0, 0},
    {OPTION_FLAG, 0, "total", NULL, "the sum over a period's months instead", &opt.total, NULL, 0,
     0, 0},
    {OPTION_MANY, 0, "indicator", "NAME='>=H'", "add a 0/1 column: >, >=, < or <= H",
     &opt.indicators, NULL, 0, 0, 0},
    {.kind = OPTION_END},
};

static const struct option_program program = {
    .usage = "[OPTION]... [FILE]...",
    .purpose = "Turn employment degrees, a column or a row a month, into hours.",
    .rows = rows,
    .common = &opt.common,
};

struct indicator {
    struct slice name;
    struct tally_bound bound;
};

struct hours {
    struct table table;
    struct sink out;
    struct months months;
    struct numbers numbers;
    size_t *wide;         /* slots of the months */
    size_t period, value; /* slots, with --long */
    struct degree_rule rule;
    struct indicator *indicators;
    struct tally tally;  /* of the period in the making */
    struct prefix begun; /* how its row begins */
    struct ready *ready; /* where a cell makes a row; or NULL */
    uint64_t missing;    /* degrees, where that is an error */
    struct place first_missing;
};

static struct indicator parse_indicator(struct slice text)
{
    struct slice rest = text;
    struct indicator indicator = {.name = slice_cut(&rest, '=')};
    if (indicator.name.length == 0 || rest.length < 2 ||
        (rest.bytes[0] != '>' && rest.bytes[0] != '<'))
        misuse("--indicator: NAME='>H' or NAME='>=H' was expected, not %s", quoted(text));
    indicator.bound.above = rest.bytes[0] == '>';
    indicator.bound.equal = rest.bytes[1] == '=';
    size_t sign = indicator.bound.equal ? 2 : 1;
    struct slice bound = {rest.bytes + sign, rest.length - sign};
    indicator.bound.bound = cell_option("indicator", bound);
    return indicator;
}

static int month_option(const char *option, const char *text)
{
    if (text == NULL)
        return PERIOD_NONE;
    int month = period_parse(slice_of(text));
    if (month == PERIOD_NONE)
        misuse("--%s: %s is not a month such as 2016-03", option, quoted_text(text));
    return month;
}

static void plan_rule(struct hours *h)
{
    h->rule = (struct degree_rule){.full_time = cell_option("full-time", slice_of(opt.full_time)),
                                   .max = cell_option("max", slice_of(opt.max)),
                                   .percent = opt.percent,
                                   .capped = opt.cap != NULL};
    if (opt.cap != NULL)
        h->rule.cap = cell_option("cap", slice_of(opt.cap));
    if (h->rule.full_time.units <= 0)
        misuse("--full-time: hours above 0 were expected");
    h->indicators = heap_take(opt.indicators.count, sizeof *h->indicators);
    for (size_t i = 0; i < opt.indicators.count; i++)
        h->indicators[i] = parse_indicator(opt.indicators.items[i]);
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
    if (opt.in_rows && opt.per != PERIOD_MONTH && (opt.from == NULL || opt.to == NULL))
        misuse("--long with --per needs --from and --to: rows do not tell which months are to be");
    if (!opt.in_rows && !period_pattern(slice_of(opt.pattern)))
        misuse("--wide: %s needs a year (%%Y or %%y) and a month (%%m), once each",
               quoted_text(opt.pattern));
}

/* A mean over part of a quarter must not be called that quarter's. */
static void check_range(int first, int last)
{
    enum period_kind kind = opt.per;
    char text[PERIOD_ROOM], label[PERIOD_ROOM];
    if (kind == PERIOD_WINDOW)
        return;
    int end = period_start(kind, last) + period_months(kind) - 1;
    bool early = period_start(kind, first) != first;
    if (!early && end == last)
        return;
    int month = early ? first : last, start = period_start(kind, month);
    period_print(text, PERIOD_MONTH, month, month);
    period_print(label, kind, start, start);
    fail("the range %s at %s, inside %s; give whole periods by --from and --to, or --per window",
         early ? "begins" : "ends", text, label);
}

static void plan_columns(struct hours *h)
{
    struct table *t = &h->table;
    struct months *m = &h->months;
    m->table = t;
    m->rule = &h->rule;
    m->max = opt.max;
    m->numbers = &h->numbers;
    h->numbers.comma = opt.common.decimal_comma;
    m->id = table_want(t, table_ids(t, opt.id != NULL ? slice_of(opt.id) : (struct slice){0}));
    m->keep_count = opt.keep.count;
    m->keep = heap_take(opt.keep.count, sizeof *m->keep);
    table_want_names(t, opt.keep.items, opt.keep.count, m->keep);
    if (opt.in_rows) {
        h->period = table_want_name(t, slice_of(opt.period));
        h->value = table_want_name(t, slice_of(opt.value));
    } else {
        h->wide = wide_plan(m, slice_of(opt.pattern));
        if (opt.per == PERIOD_MONTH)
            h->ready = ready_begin(&h->out, m->first, m->last);
    }
    if (m->first != PERIOD_NONE && m->last != PERIOD_NONE)
        check_range(m->first, m->last);
}

static void write_header(struct hours *h)
{
    size_t count = 0;
    struct slice *names = heap_take(3 + opt.keep.count + opt.indicators.count, sizeof *names);
    names[count++] = table_name(&h->table, h->months.id);
    for (size_t i = 0; i < opt.keep.count; i++)
        names[count++] = table_name(&h->table, h->months.keep[i]);
    names[count++] = slice_of("period");
    names[count++] = slice_of("hours");
    for (size_t i = 0; i < opt.indicators.count; i++)
        names[count++] = h->indicators[i].name;
    sink_header(&h->out, names, count);
    free(names);
}

/* The hours and what follows them. */
static void write_end(struct hours *h)
{
    struct decimal exact;
    if (tally_exact(&h->tally, opt.total, &exact))
        cell_put_decimal(&h->out, exact);
    else
        cell_put_real(&h->out, tally_mean(&h->tally));
    for (size_t i = 0; i < opt.indicators.count; i++) {
        bool doubt;
        bool yes = tally_judge(&h->tally, opt.total, &h->indicators[i].bound, &doubt);
        if (doubt)
            fail("--indicator: a bound of too many digits");
        sink_text(&h->out, yes ? "1" : "0");
    }
}

static void write_row(struct hours *h, const struct month *month, int first, int last)
{
    char label[PERIOD_ROOM];
    sink_cell(&h->out, (struct slice){month->of->bytes, month->of->length});
    sink_cell(&h->out, period_print(label, opt.per, first, last));
    size_t start = h->out.used + 1; /* behind the tab */
    write_end(h);
    if (h->ready != NULL)
        ready_keep(h->ready, month->cell,
                   (struct slice){h->out.buffer + start, h->out.used - start});
    sink_row(&h->out);
}

/* An output row has one cell of each kept column; which, would be a guess. */
static void check_kept(struct hours *h, const struct month *month)
{
    struct prefix *begun = &h->begun;
    struct slice now = {month->of->bytes, month->of->length};
    if (h->tally.months + h->tally.absent == 0) {
        begun->bytes = heap_grow(begun->bytes, &begun->room, now.length, 1);
        if (now.length > 0)
            memcpy(begun->bytes, now.bytes, now.length);
        begun->length = now.length;
    } else if (!slice_equal(now, (struct slice){begun->bytes, begun->length})) {
        fail_at((struct place){month->place.file, month->place.line, {0}},
                "a kept column (--keep) changes within a period of one person; leave it out");
    }
}

/* After the last month of a period its row is written. */
static void end_month(struct hours *h, const struct month *month)
{
    enum period_kind kind = opt.per;
    bool window = kind == PERIOD_WINDOW;
    int first = window ? h->months.first : period_start(kind, month->number);
    int last = window ? h->months.last : first + period_months(kind) - 1;
    if (month->number < last)
        return;
    bool whole = h->tally.months > 0 && !(opt.total && h->tally.absent > 0);
    if (whole && h->missing == 0)
        write_row(h, month, first, last);
    h->tally = (struct tally){0};
}

/* The first missing degree, where that is an error: no row is written any more. */
static void begin_missing(struct hours *h, struct place place)
{
    h->first_missing = place;
    if (h->ready != NULL)
        ready_forget(h->ready);
}

/* One month of one person. Where a missing degree is an error, the rest is read
 * all the same, to count them. */
static void take_month(void *context, const struct month *month)
{
    struct hours *h = context;
    struct decimal hours;
    if (opt.per != PERIOD_MONTH)
        check_kept(h, month);
    if (month->missing > 0 && opt.missing == MISSING_REFUSED) {
        if (h->missing == 0)
            begin_missing(h, month->place);
        h->missing += month->missing;
    }
    if (month->known || opt.missing == MISSING_ZERO) {
        if (degree_hours(&h->rule, month->share, &hours) != DEGREE_GOOD ||
            !tally_add(&h->tally, hours))
            month_fail(&h->months, month->place, DEGREE_TOO_LONG);
    } else {
        h->tally.absent++;
    }
    end_month(h, month);
}

static void check_missing(const struct hours *h)
{
    if (h->missing > 0)
        fail_at(h->first_missing,
                "the first of %llu missing degrees; say --missing zero if that means no wage "
                "hours (as in DREAM), or --missing drop to leave those months out",
                (unsigned long long)h->missing);
}

static void close_all(struct hours *h)
{
    sink_close(&h->out);
    table_close(&h->table);
    free(h->wide);
    ready_free(h->ready);
    free(h->months.keep);
    free(h->indicators);
    free(h->begun.bytes);
}

int main(int argc, char **argv)
{
    struct hours h = {.months = {.take = take_month, .context = &h}};
    message_begin("jf-hours");
    int first = option_parse(&program, argc, argv);
    plan_range(&h.months);
    plan_rule(&h);
    sink_open(&h.out, opt.common.output, opt.common.level, opt.common.threads);
    table_open(&h.table, argv + first, (size_t)(argc - first), &opt.common);
    plan_columns(&h);
    write_header(&h);
    if (opt.in_rows)
        long_read(&h.months, h.period, h.value);
    else
        wide_read(&h.months, h.wide, h.ready);
    check_missing(&h);
    close_all(&h);
    return message_end();
}
