/*
 * jf-hours - employment degree to hours.
 *
 * Turns degrees, a column a month or a row a month, into rows of id, period and
 * hours. All arithmetic is on exact decimals. Months are handed one after the
 * other to a tally, which ends in a row when its period is full; the wide and
 * the long form differ only in where the months come from.
 */
#include <stdlib.h>
#include <string.h>

#include "cell.h"
#include "degree.h"
#include "heap.h"
#include "map.h"
#include "option.h"
#include "tally.h"
#include "wide.h"

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

/* The id and the kept cells that begin an output row, between tabs. */
struct prefix {
    char *bytes;
    size_t length, room;
    size_t id_length;
};

struct hours {
    struct table table;
    struct sink out;
    size_t id, *keep;     /* slots */
    size_t value, period; /* slots, with --long */
    int from, to;         /* PERIOD_NONE: as far as there are months */
    struct wide wide;
    struct degree_rule rule;
    struct indicator *indicators;
    struct tally tally;   /* of the period in the making */
    struct prefix prefix; /* of the person at hand */
    uint64_t missing;     /* degrees, where that is an error */
    struct place first_missing;

    /* With --long: */
    struct prefix next;   /* of the row at hand */
    struct map seen;      /* ids */
    int month;            /* of the last row, PERIOD_NONE before the first of a person */
    bool filled;          /* months without a row are missing ones */
    bool known;           /* the month has a degree */
    struct decimal share; /* of the month so far */
    struct place place;   /* of the month's degree */
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

static void plan_usage(struct hours *h)
{
    h->from = month_option("from", opt.from);
    h->to = month_option("to", opt.to);
    if (h->from != PERIOD_NONE && h->to != PERIOD_NONE && h->from > h->to)
        misuse("--from %s is after --to %s", opt.from, opt.to);
    if (opt.in_rows && (opt.period == NULL || opt.value == NULL))
        misuse("--long needs --period COL and --value COL");
    if (!opt.in_rows && (opt.period != NULL || opt.value != NULL))
        misuse("--period and --value go with --long");
    if (opt.in_rows && opt.per != PERIOD_MONTH && (h->from == PERIOD_NONE || h->to == PERIOD_NONE))
        misuse("--long with --per needs --from and --to: rows do not tell which months are to be");
    if (!opt.in_rows && !period_pattern(slice_of(opt.pattern)))
        misuse("--wide: %s needs a year (%%Y or %%y) and a month (%%m), once each",
               quoted_text(opt.pattern));
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
    h->id = table_want(t, opt.id != NULL ? table_get(t, slice_of(opt.id)) : 0);
    h->keep = heap_take(opt.keep.count, sizeof *h->keep);
    for (size_t i = 0; i < opt.keep.count; i++)
        h->keep[i] = table_want(t, table_get(t, opt.keep.items[i]));
    if (opt.in_rows) {
        h->period = table_want(t, table_get(t, slice_of(opt.period)));
        h->value = table_want(t, table_get(t, slice_of(opt.value)));
    } else {
        h->wide = wide_plan(t, slice_of(opt.pattern), h->from, h->to);
        h->from = h->wide.first;
        h->to = h->wide.last;
    }
    if (h->from != PERIOD_NONE && h->to != PERIOD_NONE)
        check_range(h->from, h->to);
}

static void write_header(struct hours *h)
{
    size_t count = 0;
    struct slice *names = heap_take(3 + opt.keep.count + opt.indicators.count, sizeof *names);
    names[count++] = table_name(&h->table, h->id);
    for (size_t i = 0; i < opt.keep.count; i++)
        names[count++] = table_name(&h->table, h->keep[i]);
    names[count++] = slice_of("period");
    names[count++] = slice_of("hours");
    for (size_t i = 0; i < opt.indicators.count; i++)
        names[count++] = h->indicators[i].name;
    sink_header(&h->out, names, count);
    free(names);
}

static void prefix_add(struct prefix *prefix, struct slice bytes)
{
    prefix->bytes = heap_grow(prefix->bytes, &prefix->room, prefix->length + bytes.length, 1);
    if (bytes.length > 0)
        memcpy(prefix->bytes + prefix->length, bytes.bytes, bytes.length);
    prefix->length += bytes.length;
}

/* That of the row at hand. */
static void prefix_take(struct prefix *prefix, const struct hours *h)
{
    prefix->length = 0;
    prefix_add(prefix, h->table.cells[h->id]);
    prefix->id_length = prefix->length;
    for (size_t i = 0; i < opt.keep.count; i++) {
        prefix_add(prefix, slice_of("\t"));
        prefix_add(prefix, h->table.cells[h->keep[i]]);
    }
}

static void fail_degree(const struct hours *h, struct place place, enum degree_verdict verdict)
{
    if (verdict == DEGREE_BELOW)
        fail_at(place, "a degree below 0; mend the file");
    if (verdict == DEGREE_TOO_LONG)
        fail_at(place, "hours of more than %d digits; round the degrees", DECIMAL_DIGITS);
    if (h->rule.percent)
        fail_at(place,
                "a degree above %s (--max), which is %s00 percent; raise --max if it is right",
                opt.max, opt.max);
    fail_at(place,
            "a degree above %s (--max); is the file in percent (--percent)? "
            "raise --max if it is right",
            opt.max);
}

static void write_row(struct hours *h, int first, int last)
{
    char label[PERIOD_ROOM];
    struct decimal exact;
    sink_cell(&h->out, (struct slice){h->prefix.bytes, h->prefix.length});
    sink_cell(&h->out, period_print(label, opt.per, first, last));
    if (tally_exact(&h->tally, opt.total, &exact))
        cell_put_decimal(&h->out, exact);
    else
        cell_put_real(&h->out, tally_mean(&h->tally));
    for (size_t i = 0; i < opt.indicators.count; i++) {
        bool doubt;
        bool yes = tally_judge(&h->tally, opt.total, &h->indicators[i].bound, &doubt);
        if (doubt)
            misuse("--indicator: a bound of too many digits");
        sink_text(&h->out, yes ? "1" : "0");
    }
    sink_row(&h->out);
}

/* The months of a person come one after the other; a full period is a row. */
static void end_month(struct hours *h, int month)
{
    enum period_kind kind = opt.per;
    int first = kind == PERIOD_WINDOW ? h->from : period_start(kind, month);
    int last = kind == PERIOD_WINDOW ? h->to : first + period_months(kind) - 1;
    if (month < last)
        return;
    bool whole = h->tally.months > 0 && !(opt.total && h->tally.absent > 0);
    if (whole && h->missing == 0)
        write_row(h, first, last);
    h->tally = (struct tally){0};
}

static void add_share(struct hours *h, int month, struct decimal share, struct place place)
{
    struct decimal hours;
    if (degree_hours(&h->rule, share, &hours) != DEGREE_GOOD || !tally_add(&h->tally, hours))
        fail_degree(h, place, DEGREE_TOO_LONG);
    end_month(h, month);
}

/* Where a missing degree is an error, the rest is read to count them all. */
static void add_missing(struct hours *h, int month, struct place place)
{
    if (opt.missing == MISSING_ZERO) {
        add_share(h, month, (struct decimal){0}, place);
        return;
    }
    if (opt.missing == MISSING_REFUSED && h->missing++ == 0)
        h->first_missing = place;
    h->tally.absent++;
    end_month(h, month);
}

/* The share of the degree in that slot; false if it is missing. */
static bool read_share(const struct hours *h, size_t slot, struct decimal *share)
{
    struct decimal degree;
    if (!cell_decimal(&h->table, slot, opt.common.decimal_comma, &degree))
        return false;
    enum degree_verdict verdict = degree_check(&h->rule, degree, share);
    if (verdict != DEGREE_GOOD)
        fail_degree(h, table_place(&h->table, slot), verdict);
    return true;
}

static void read_wide(struct hours *h)
{
    while (table_next(&h->table)) {
        prefix_take(&h->prefix, h);
        for (int month = h->from; month <= h->to; month++) {
            size_t slot = h->wide.slots[month - h->from];
            struct decimal share;
            if (read_share(h, slot, &share))
                add_share(h, month, share, (struct place){0});
            else
                add_missing(h, month, table_place(&h->table, slot));
        }
    }
}

static bool in_range(const struct hours *h, int month)
{
    return month >= h->from && (h->to == PERIOD_NONE || month <= h->to);
}

/* The month at hand has had its last row. */
static void close_month(struct hours *h)
{
    if (!in_range(h, h->month))
        return;
    if (!h->known) {
        add_missing(h, h->month, h->place);
        return;
    }
    if (decimal_compare(h->share, h->rule.max) > 0)
        fail_at(h->place,
                "the degrees of this month's rows add up to more than %s (--max); "
                "raise --max if that is right, and say --cap 1 to count no more than 1",
                opt.max);
    add_share(h, h->month, h->share, h->place);
}

/* The months of the range from `first` to the one before `next` have no row. */
static void fill_months(struct hours *h, int first, int next)
{
    if (!h->filled)
        return;
    for (int month = first < h->from ? h->from : first; month < next && month <= h->to; month++)
        add_missing(h, month, h->place);
}

static void fail_order(const struct hours *h, const char *what)
{
    const size_t columns[] = {table_column(&h->table, h->id), table_column(&h->table, h->period)};
    char sort[TABLE_SORT_ROOM];
    fail_at(table_place(&h->table, h->period), "%s; sort the rows: %s", what,
            table_sort(sort, columns, 2, false));
}

static void close_person(struct hours *h)
{
    if (h->month == PERIOD_NONE)
        return;
    close_month(h);
    fill_months(h, h->month + 1, h->to + 1);
    h->month = PERIOD_NONE;
}

static void swap_prefixes(struct hours *h)
{
    struct prefix old = h->prefix;
    h->prefix = h->next;
    h->next = old;
}

/* The row at hand begins a person. */
static void open_person(struct hours *h, int month)
{
    size_t count = h->seen.count;
    close_person(h);
    if (map_add(&h->seen, h->table.cells[h->id]) < count)
        fail_order(h, "an id that stood before comes again after another");
    swap_prefixes(h);
    h->place = table_place(&h->table, h->value);
    fill_months(h, h->from, month);
}

static bool same_bytes(const struct prefix *a, size_t a_length, const struct prefix *b,
                       size_t b_length)
{
    return slice_equal((struct slice){a->bytes, a_length}, (struct slice){b->bytes, b_length});
}

/* An output row has one cell of each kept column; which, would be a guess. */
static void check_kept(const struct hours *h)
{
    if (!same_bytes(&h->prefix, h->prefix.length, &h->next, h->next.length))
        fail_at(table_row(&h->table), "a kept column (--keep) changes within the rows of one "
                                      "person and period; leave it out");
}

/* The row at hand begins a month of the same person. */
static void open_month(struct hours *h, int month)
{
    close_month(h);
    fill_months(h, h->month + 1, month);
    if (h->tally.months + h->tally.absent > 0)
        check_kept(h);
    swap_prefixes(h);
}

static void add_row(struct hours *h)
{
    struct decimal share;
    if (!in_range(h, h->month))
        return;
    h->place = table_place(&h->table, h->value);
    if (read_share(h, h->value, &share)) {
        h->known = true;
        if (!decimal_add(h->share, share, &h->share))
            fail_degree(h, h->place, DEGREE_TOO_LONG);
    } else if (opt.missing == MISSING_REFUSED) {
        h->known = true;
        if (h->missing++ == 0)
            h->first_missing = h->place;
    }
}

static void read_long(struct hours *h)
{
    h->month = PERIOD_NONE;
    h->filled = h->from != PERIOD_NONE && h->to != PERIOD_NONE;
    while (table_next(&h->table)) {
        int month = cell_month(&h->table, h->period);
        prefix_take(&h->next, h);
        bool begins = h->month == PERIOD_NONE ||
                      !same_bytes(&h->prefix, h->prefix.id_length, &h->next, h->next.id_length);
        if (begins)
            open_person(h, month);
        else if (month < h->month)
            fail_order(h, "a month before that of the last row");
        else if (month > h->month)
            open_month(h, month);
        else
            check_kept(h);
        if (begins || month > h->month) {
            h->month = month;
            h->known = false;
            h->share = (struct decimal){0};
        }
        add_row(h);
    }
    close_person(h);
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
    map_free(&h->seen);
    free(h->wide.slots);
    free(h->keep);
    free(h->indicators);
    free(h->prefix.bytes);
    free(h->next.bytes);
}

int main(int argc, char **argv)
{
    struct hours h = {0};
    message_begin("jf-hours");
    int first = option_parse(&program, argc, argv);
    plan_usage(&h);
    sink_open(&h.out, opt.common.output, opt.common.level);
    table_open(&h.table, argv + first, (size_t)(argc - first), opt.common.progress,
               opt.common.no_progress);
    plan_columns(&h);
    write_header(&h);
    if (opt.in_rows)
        read_long(&h);
    else
        read_wide(&h);
    check_missing(&h);
    close_all(&h);
    return message_end();
}
