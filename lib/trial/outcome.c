#include "trial/outcome.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "base/message.h"
#include "number/decimal.h"
#include "stream/rows.h"
#include "stream/sink.h"
#include "stream/table.h"
#include "trial/cell.h"
#include "trial/watch.h"

struct reading {
    struct outcome *outcome;
    uint64_t missing; /* values, where that is an error */
    struct place first_missing;
    struct watch *watch; /* over the persons of the wide form; NULL in the long one */
    struct rows_work work;
};

/* What a thread holds. */
struct part {
    const struct outcome *outcome;
    struct months_reader reader;
    struct hours_period period; /* in the making */
    struct prefix begun;        /* how its row begins */
    struct sink *out;           /* for the row at hand */
    uint64_t missing;
    struct place first_missing;
    struct watch_part watch; /* of the wide form */
    struct prefix first;     /* the first person since the part was empty */
    bool met;                /* there is one */
};

struct outcome_indicator outcome_indicator(struct slice text)
{
    struct slice rest = text;
    struct outcome_indicator indicator = {.name = slice_cut(&rest, '=')};
    if (indicator.name.length == 0 || rest.length < 2 ||
        (rest.bytes[0] != '>' && rest.bytes[0] != '<'))
        misuse("--indicator: NAME='>H' or NAME='>=H' was expected, not %s", quoted_given(text));
    indicator.bound.above = rest.bytes[0] == '>';
    indicator.bound.equal = rest.bytes[1] == '=';
    size_t sign = indicator.bound.equal ? 2 : 1;
    struct slice bound = {rest.bytes + sign, rest.length - sign};
    indicator.bound.bound = cell_option("indicator", bound);
    return indicator;
}

/* A mean over part of a quarter must not be called that quarter's. */
void outcome_check_range(const struct outcome *outcome)
{
    enum period_kind kind = outcome->per;
    int first = outcome->months.first, last = outcome->months.last;
    char text[PERIOD_ROOM], label[PERIOD_ROOM];
    if (kind == PERIOD_WINDOW || first == PERIOD_NONE || last == PERIOD_NONE)
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

void outcome_header(const struct outcome *outcome, const struct table *table, struct sink *out)
{
    const struct months *months = &outcome->months;
    sink_name(out, table_name(table, months->id));
    sink_names(out, months->keep_names, months->keep_count);
    sink_words(out, "period hours");
    for (size_t i = 0; i < outcome->indicator_count; i++)
        sink_name(out, outcome->indicators[i].name);
    sink_header(out);
}

/* The hours and what follows them. */
static void write_end(const struct part *part)
{
    struct decimal exact;
    if (hours_exact(&part->period, part->outcome->total, &exact))
        cell_put_decimal(part->out, exact);
    else
        cell_put_real(part->out, hours_mean(&part->period));
    for (size_t i = 0; i < part->outcome->indicator_count; i++) {
        bool doubt;
        bool yes = hours_beyond(&part->period, part->outcome->total,
                                &part->outcome->indicators[i].bound, &doubt);
        if (doubt)
            fail("--indicator: a bound of too many digits");
        sink_text(part->out, yes ? "1" : "0");
    }
}

static void write_missing_end(const struct part *part)
{
    for (size_t i = 0; i <= part->outcome->indicator_count; i++)
        sink_text(part->out, "NA");
}

static void write_row(struct part *part, const struct month *month, int first, int last)
{
    bool whole = part->outcome->missing != OUTCOME_MISSING_NA || part->period.absent == 0;
    char label[PERIOD_ROOM];
    sink_cell(part->out, (struct slice){month->of->bytes, month->of->length});
    sink_cell(part->out, period_print(label, part->outcome->per, first, last));
    size_t length = sink_making(part->out).length + 1; /* and the tab */
    (whole ? write_end : write_missing_end)(part);
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

/* A period of which months are missing: no row, or with NA one of NA; or with the mean of those
 * that are there. */
static bool has_row(const struct part *part)
{
    const struct hours_period *period = &part->period;
    if (part->outcome->missing == OUTCOME_MISSING_NA)
        return true;
    return period->months > 0 && !(part->outcome->total && period->absent > 0);
}

/* After the last month of a period its row is written. */
static void end_month(struct part *part, const struct month *month)
{
    const struct outcome *o = part->outcome;
    bool window = o->per == PERIOD_WINDOW;
    int first = window ? o->months.first : period_start(o->per, month->number);
    int last = window ? o->months.last : first + period_months(o->per) - 1;
    if (month->number < last)
        return;
    if (has_row(part) && part->missing == 0)
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
    const struct months *months = &part->outcome->months;
    struct decimal hours;
    if (part->outcome->per != PERIOD_MONTH)
        check_kept(part, month);
    if (month->missing > 0 && part->outcome->missing == OUTCOME_MISSING_REFUSED)
        count_missing(part, month);
    if (month->known || part->outcome->missing == OUTCOME_MISSING_ZERO) {
        if (hours_of_share(months->rule, month->share, &hours) != HOURS_GOOD ||
            !hours_add(&part->period, hours))
            months_fail(months, month->place, HOURS_TOO_LONG);
    } else {
        part->period.absent++;
    }
    end_month(part, month);
}

static void begin(void *context, const void *whole)
{
    const struct reading *reading = whole;
    struct part *part = context;
    const struct outcome *outcome = part->outcome = reading->outcome;
    bool by_cell = outcome->per == PERIOD_MONTH && outcome->months.wide != NULL;
    part->reader = months_begin(&outcome->months, by_cell, take_month, part);
    if (reading->watch == NULL)
        return;
    watch_begin(&part->watch, reading->watch);
    watch_add_key(&part->watch, (struct slice){0});
}

/* In wide form a row is a person. */
static void watch_wide(struct part *part, const struct table *row)
{
    struct slice id = table_cell(row, part->outcome->months.id);
    watch_row(&part->watch, 0, id);
    if (part->met)
        return;
    part->met = true;
    part->first.length = 0;
    prefix_add(&part->first, id);
}

/* The owner compares the part's first person with the last one of the part before. */
static void watch_between(struct part *part)
{
    const struct slice key = {0};
    const struct prefix *last = &part->reader.row;
    if (!part->met)
        return;
    watch_seam(part->watch.watch, key, (struct slice){part->first.bytes, part->first.length}, true);
    watch_seam(part->watch.watch, key, (struct slice){last->bytes, last->id_length}, false);
    watch_end(&part->watch);
    watch_cut(&part->watch);
    part->met = false;
}

/* Where a missing value is an error, the owner counts them. */
static enum rows_verdict take(void *context, const struct table *row, struct sink *out)
{
    struct part *part = context;
    part->out = out;
    if (part->outcome->months.wide != NULL)
        watch_wide(part, row);
    enum rows_verdict verdict = months_take(&part->reader, row, out);
    return part->missing > 0 && verdict == ROWS_TAKEN ? ROWS_ALONE : verdict;
}

static void meet(void *context, struct table *row)
{
    struct reading *reading = context;
    months_meet(&reading->outcome->months, row);
}

static void end(void *context, struct sink *out)
{
    struct part *part = context;
    part->out = out;
    months_end(&part->reader);
}

static void merge(void *context, void *part_of_it)
{
    struct reading *reading = context;
    struct part *part = part_of_it;
    if (reading->missing == 0 && part->missing > 0)
        reading->first_missing = part->first_missing;
    reading->missing += part->missing;
    part->missing = 0;
    watch_between(part);
    if (reading->missing > 0)
        reading->work.out = NULL;
}

static void free_part(void *context)
{
    struct part *part = context;
    months_free_reader(&part->reader);
    watch_drop(&part->watch);
    free(part->begun.bytes);
    free(part->first.bytes);
}

static void check_missing(const struct reading *reading)
{
    if (reading->missing > 0)
        fail_at(reading->first_missing,
                "the first of %llu missing degrees; say --missing zero if that means no wage "
                "hours (as in DREAM), na to write NA, or drop to leave those months out",
                (unsigned long long)reading->missing);
}

static void check_persons(struct watch *watch)
{
    if (watch != NULL && watch_found(watch))
        watch_fail(watch, "",
                   "in wide form a row is a person: leave the other rows out (jf-split --once "
                   "tells their lines), or say --long for a row a month");
}

void outcome_rows(struct outcome *outcome, struct table *table, struct sink *out)
{
    bool wide = outcome->months.wide != NULL;
    struct watch watch = {0};
    struct reading reading = {.outcome = outcome,
                              .watch = wide ? &watch : NULL,
                              .work = {.part_size = sizeof(struct part),
                                       .begin = begin,
                                       .take = take,
                                       .meet = meet,
                                       .end = end,
                                       .merge = merge,
                                       .free = free_part,
                                       .out = out,
                                       .group = wide ? NULL : &outcome->months.id,
                                       .group_count = wide ? 0 : 1}};
    reading.work.context = &reading;
    if (wide)
        watch_open(&watch);
    rows_read(table, &reading.work);
    check_missing(&reading);
    check_persons(reading.watch);
    if (wide)
        watch_close(&watch);
}

void outcome_free(struct outcome *outcome)
{
    months_free(&outcome->months);
    free(outcome->indicators);
}
