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
#include "base/message.h"
#include "base/option.h"
#include "number/hours.h"
#include "number/period.h"
#include "stream/rows.h"
#include "stream/sink.h"
#include "stream/table.h"
#include "trial/cell.h"
#include "trial/months.h"

enum missing { MISSING_ZERO, MISSING_DROP, MISSING_REFUSED };
#define MISSING_WORDS "zero|drop"

static struct {
    struct common common;
    const char *pattern, *period, *value, *id, *from, *to;
    const char *full_time, *cap, *max;
    struct list keep, indicators;
    bool in_rows, percent, total;
    enum missing missing;
    enum period_kind per;
} opt = {.pattern = "grad_%Y_%m", .full_time = "160.33", .max = "1.5", .missing = MISSING_REFUSED};

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
    OPTION_CHOICE(0, "missing", MISSING_WORDS, &opt.missing,
                  "a missing degree is no hours, or no row"),
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

struct indicator {
    struct slice name;
    struct hours_bound bound;
};

struct hours {
    struct table table;
    struct sink out;
    struct months months;
    struct hours_rule rule;
    struct indicator *indicators;
    uint64_t missing; /* degrees, where that is an error */
    struct place first_missing;
    struct rows_work work;
};

/* What a thread holds. */
struct part {
    const struct hours *hours;
    struct months_reader reader;
    struct hours_period period; /* in the making */
    struct prefix begun;        /* how its row begins */
    struct sink *out;           /* for the row at hand */
    uint64_t missing;
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
    h->rule = (struct hours_rule){.full_time = cell_option("full-time", slice_of(opt.full_time)),
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
    m->rule = &h->rule;
    m->max = opt.max;
    m->comma = opt.common.decimal_comma;
    m->id = table_want(t, table_ids(t, opt.id != NULL ? slice_of(opt.id) : (struct slice){0}));
    m->keep_count = opt.keep.count;
    m->keep = heap_take(opt.keep.count, sizeof *m->keep);
    table_want_names(t, opt.keep.items, opt.keep.count, m->keep);
    if (opt.in_rows)
        months_plan_long(m, t, slice_of(opt.period), slice_of(opt.value));
    else
        months_plan_wide(m, t, slice_of(opt.pattern));
    if (m->first != PERIOD_NONE && m->last != PERIOD_NONE)
        check_range(m->first, m->last);
}

static void write_header(struct hours *h)
{
    sink_name(&h->out, table_name(&h->table, h->months.id));
    for (size_t i = 0; i < opt.keep.count; i++)
        sink_name(&h->out, table_name(&h->table, h->months.keep[i]));
    sink_words(&h->out, "period hours");
    for (size_t i = 0; i < opt.indicators.count; i++)
        sink_name(&h->out, h->indicators[i].name);
    sink_header(&h->out);
}

/* The hours and what follows them. */
static void write_end(const struct part *part)
{
    struct decimal exact;
    if (hours_exact(&part->period, opt.total, &exact))
        cell_put_decimal(part->out, exact);
    else
        cell_put_real(part->out, hours_mean(&part->period));
    for (size_t i = 0; i < opt.indicators.count; i++) {
        bool doubt;
        bool yes =
            hours_beyond(&part->period, opt.total, &part->hours->indicators[i].bound, &doubt);
        if (doubt)
            fail("--indicator: a bound of too many digits");
        sink_text(part->out, yes ? "1" : "0");
    }
}

static void write_row(struct part *part, const struct month *month, int first, int last)
{
    char label[PERIOD_ROOM];
    sink_cell(part->out, (struct slice){month->of->bytes, month->of->length});
    sink_cell(part->out, period_print(label, opt.per, first, last));
    size_t length = sink_making(part->out).length + 1; /* and the tab */
    write_end(part);
    struct slice row = sink_making(part->out);
    months_keep_end(&part->reader, month, (struct slice){row.bytes + length, row.length - length});
    sink_row(part->out);
}

/* An output row has one cell of each kept column; which, would be a guess. */
static void check_kept(struct part *part, const struct month *month)
{
    struct prefix *begun = &part->begun;
    struct slice now = {month->of->bytes, month->of->length};
    if (part->period.months + part->period.absent == 0) {
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
static void end_month(struct part *part, const struct month *month)
{
    bool window = opt.per == PERIOD_WINDOW;
    int first = window ? part->hours->months.first : period_start(opt.per, month->number);
    int last = window ? part->hours->months.last : first + period_months(opt.per) - 1;
    if (month->number < last)
        return;
    bool whole = part->period.months > 0 && !(opt.total && part->period.absent > 0);
    if (whole && part->missing == 0)
        write_row(part, month, first, last);
    part->period = (struct hours_period){0};
}

/* A missing degree, where that is an error: the rest is read all the same, to count them, but
 * no row is written any more. */
static void count_missing(struct part *part, const struct month *month)
{
    if (part->missing == 0)
        part->first_missing = month->place;
    part->missing += month->missing;
    months_forget_ends(&part->reader);
}

/* One month of one person. */
static void take_month(void *context, const struct month *month)
{
    struct part *part = context;
    const struct hours *h = part->hours;
    struct decimal hours;
    if (opt.per != PERIOD_MONTH)
        check_kept(part, month);
    if (month->missing > 0 && opt.missing == MISSING_REFUSED)
        count_missing(part, month);
    if (month->known || opt.missing == MISSING_ZERO) {
        if (hours_of_share(&h->rule, month->share, &hours) != HOURS_GOOD ||
            !hours_add(&part->period, hours))
            months_fail(&h->months, month->place, HOURS_TOO_LONG);
    } else {
        part->period.absent++;
    }
    end_month(part, month);
}

static void *begin(const void *context)
{
    const struct hours *h = context;
    struct part *part = heap_apart(1, sizeof *part);
    part->hours = h;
    part->reader =
        months_begin(&h->months, opt.per == PERIOD_MONTH && !opt.in_rows, take_month, part);
    return part;
}

/* Where a missing degree is an error, the owner counts them. */
static enum rows_verdict take(void *context, const struct table *row, struct sink *out)
{
    struct part *part = context;
    part->out = out;
    enum rows_verdict verdict = months_take(&part->reader, row, out);
    return part->missing > 0 && verdict == ROWS_TAKEN ? ROWS_ALONE : verdict;
}

static void meet(void *context, struct table *row)
{
    struct hours *h = context;
    months_meet(&h->months, row);
}

static void end(void *context, struct sink *out)
{
    struct part *part = context;
    part->out = out;
    months_end(&part->reader);
}

static void merge(void *context, void *part_context)
{
    struct hours *h = context;
    struct part *part = part_context;
    if (h->missing == 0 && part->missing > 0)
        h->first_missing = part->first_missing;
    h->missing += part->missing;
    part->missing = 0;
    if (h->missing > 0)
        h->work.out = NULL;
}

static void free_part(void *context)
{
    struct part *part = context;
    months_free_reader(&part->reader);
    free(part->begun.bytes);
    free(part);
}

static void read_rows(struct hours *h)
{
    h->work = (struct rows_work){.context = h,
                                 .begin = begin,
                                 .take = take,
                                 .meet = meet,
                                 .end = end,
                                 .merge = merge,
                                 .free = free_part,
                                 .out = &h->out};
    if (opt.in_rows) {
        h->work.group = &h->months.id;
        h->work.group_count = 1;
        h->work.alone = opt.missing == MISSING_REFUSED;
    }
    rows_read(&h->table, &h->work);
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
    months_free(&h->months);
    free(h->indicators);
}

int main(int argc, char **argv)
{
    struct hours h = {0};
    message_begin("jf-hours");
    int first = option_parse(&program, argc, argv);
    plan_range(&h.months);
    plan_rule(&h);
    sink_open(&h.out, opt.common.output, &opt.common);
    table_open(&h.table, argv + first, (size_t)(argc - first), &opt.common);
    plan_columns(&h);
    write_header(&h);
    read_rows(&h);
    check_missing(&h);
    close_all(&h);
    return message_end();
}
