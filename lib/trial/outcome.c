#include "trial/outcome.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "base/message.h"
#include "number/period.h"
#include "stream/rows.h"
#include "stream/sink.h"
#include "stream/table.h"
#include "trial/cell.h"
#include "trial/course.h"
#include "trial/endings.h"
#include "trial/indicator.h"
#include "trial/months.h"
#include "trial/states.h"
#include "trial/tally.h"
#include "trial/watch.h"
#include "trial/windows.h"

struct reading {
    struct outcome *outcome;
    uint64_t missing;  /* values, where that is an error */
    uint64_t left_out; /* values after the last month at risk */
    struct place first_missing;
    struct watch *watch; /* over the persons of the wide form; NULL in the long one */
    struct rows_work work;
};

/* What a thread holds. */
struct part {
    const struct outcome *outcome;
    struct months_reader reader;
    struct tally *tallies; /* of the windows, or of the period in the making */
    struct sink *out;      /* for the row at hand */
    uint64_t missing;
    struct place first_missing;
    struct watch_part watch; /* of the wide form */
    struct prefix first;     /* the first person since the part was empty */
    bool met;                /* there is one */
};

void outcome_plan(struct outcome *outcome)
{
    const struct range *range = &outcome->months.range;
    if (range->first == PERIOD_NONE || range->last == PERIOD_NONE)
        return;
    bool told = outcome->months.measure->states != NULL; /* by the column of weeks */
    if (outcome->per != PERIOD_WINDOW && outcome->per != range->kind && !told)
        windows_check(range, outcome->per);
    outcome->steps = windows_steps(range, outcome->per);
}

void outcome_header(const struct outcome *outcome, const struct table *table, struct sink *out)
{
    const struct months *months = &outcome->months;
    sink_name(out, table_name(table, months->id));
    sink_names(out, months->keep_names, months->keep_count);
    sink_words(out, outcome->named ? "period window" : "period");
    tally_put_names(months->measure, out);
    for (size_t i = 0; i < outcome->indicator_count; i++)
        sink_name(out, outcome->indicators[i].name);
    sink_header(out);
}

/* ---- rows ---- */

static bool has_row(const struct part *part, const struct tally *tally)
{
    const struct outcome *o = part->outcome;
    if (part->missing > 0)
        return false;
    bool sums = o->total || o->months.measure->states != NULL;
    return o->missing != OUTCOME_MISSING_DROP || tally_remains(tally, sums);
}

/* The row of a tally; of its month, where it is of one. */
static void write_row(struct part *part, const struct tally *tally, struct slice prefix,
                      struct slice period, struct slice window, const struct month *month)
{
    const struct outcome *o = part->outcome;
    bool whole = o->missing == OUTCOME_MISSING_DROP || tally_whole(tally);
    sink_cell(part->out, prefix);
    sink_cell(part->out, period);
    if (o->named)
        sink_cell(part->out, window);
    size_t length = sink_making(part->out).length + 1; /* and the tab */
    tally_put(tally, o->months.measure, whole, o->total, part->out);
    for (size_t i = 0; i < o->indicator_count; i++) {
        const struct indicator *indicator = &o->indicators[i];
        bool holds = whole && indicator_holds(indicator, &tally->period, o->total);
        sink_text(part->out, !whole ? "NA" : holds ? "1" : "0");
    }
    struct slice row = sink_making(part->out);
    if (month != NULL)
        months_keep_end(&part->reader, month,
                        (struct slice){row.bytes + length, row.length - length});
    sink_row(part->out);
}

/* ---- months ---- */

/* A missing value, where that is an error: the rest is read all the same, to count them, but
 * no row is written any more. */
static void count_missing(struct part *part, const struct month *month)
{
    if (part->outcome->missing != OUTCOME_MISSING_REFUSED || month->missing == 0)
        return;
    if (part->missing == 0)
        part->first_missing = month->place;
    part->missing += month->missing;
    months_forget_ends(&part->reader);
}

/* How a period of the range is called where rows are written: since the lot, its month is. */
static int since_lot(const struct part *part, int number)
{
    return period_month(part->outcome->months.range.kind, number) - part->reader.course.lot;
}

static struct slice print_label(const struct part *part, char *text, int number)
{
    const struct outcome *o = part->outcome;
    const struct range *range = &o->months.range;
    if (range->since != TABLE_NONE)
        return period_print(text, PERIOD_WAVE, since_lot(part, number));
    if (o->steps == NULL)
        return period_print(text, range->kind, number);
    return slice_of(o->steps[number - range->first].label);
}

static void add_to_windows(struct part *part, const struct month *month)
{
    const struct outcome *o = part->outcome;
    const struct windows *windows = &o->windows;
    bool since = o->months.range.since != TABLE_NONE, counted = false;
    int number = since ? since_lot(part, month->number) : month->number;
    for (size_t i = 0; i < windows->count; i++) {
        if (number < windows->all[i].first || number > windows->all[i].last)
            continue;
        if (!counted)
            count_missing(part, month);
        counted = true;
        tally_keep(&part->tallies[i], month);
        tally_add(&part->tallies[i], o->months.measure, month, o->missing == OUTCOME_MISSING_ZERO);
    }
}

/* One month of one person. After the last month of a period its row is written. */
static void take_month(void *context, const struct month *month)
{
    struct part *part = context;
    const struct outcome *o = part->outcome;
    struct tally *tally = part->tallies;
    char label[PERIOD_ROOM];
    if (o->per == PERIOD_WINDOW) {
        add_to_windows(part, month);
        return;
    }
    count_missing(part, month);
    if (o->per != o->months.range.kind)
        tally_keep(tally, month);
    tally_add(tally, o->months.measure, month, o->missing == OUTCOME_MISSING_ZERO);
    if (o->steps != NULL && !o->steps[month->number - o->months.range.first].last)
        return;
    if (has_row(part, tally))
        write_row(part, tally, (struct slice){month->of->bytes, month->of->length},
                  print_label(part, label, month->number), (struct slice){0}, month);
    tally_clear(tally, o->months.measure);
}

/* ---- months since the lot that the calendar has not ---- */

/* The person's months since the lot, from first to last, first > last: none. */
static void find_months(const struct part *part, int *first, int *last)
{
    const struct course *course = &part->reader.course;
    bool any = course->first <= course->last;
    *first = any ? since_lot(part, course->first) : INT_MAX;
    *last = any ? since_lot(part, course->last) : INT_MAX - 1;
}

/* Rows of the months since the lot from first to the one before next, all outside. */
static void write_outside(struct part *part, int first, int next)
{
    const struct tally outside = {.uncovered = true};
    char label[PERIOD_ROOM];
    for (int number = first; number < next && has_row(part, &outside); number++)
        write_row(part, &outside, months_prefix(&part->reader),
                  period_print(label, PERIOD_WAVE, number), (struct slice){0}, NULL);
}

static void open_person(void *context, const struct course *course)
{
    struct part *part = context;
    const struct outcome *o = part->outcome;
    const struct range *range = &o->months.range;
    int first, last;
    if (course->lot == PERIOD_NONE || o->per == PERIOD_WINDOW || range->since_first == PERIOD_NONE)
        return;
    find_months(part, &first, &last);
    write_outside(part, range->since_first,
                  first <= range->since_last ? first : range->since_last + 1);
}

static void write_windows(struct part *part, const struct course *course)
{
    const struct outcome *o = part->outcome;
    const struct windows *windows = &o->windows;
    int first = 0, last = 0;
    if (course->lot != PERIOD_NONE)
        find_months(part, &first, &last);
    for (size_t i = 0; i < windows->count; i++) {
        const struct window *window = &windows->all[i];
        struct tally *tally = &part->tallies[i];
        struct slice prefix = {tally->begun.bytes, tally->begun.length};
        if (tally_empty(tally))
            prefix = months_prefix(&part->reader);
        if (course->lot != PERIOD_NONE && (window->first < first || window->last > last))
            tally->uncovered = true;
        if (has_row(part, tally))
            write_row(part, tally, prefix, slice_of(window->label), window->name, NULL);
        tally_clear(tally, o->months.measure);
    }
}

static void close_person(void *context, const struct course *course)
{
    struct part *part = context;
    const struct outcome *o = part->outcome;
    int first, last;
    if (o->per == PERIOD_WINDOW) {
        write_windows(part, course);
    } else if (course->lot != PERIOD_NONE && o->months.range.since_first != PERIOD_NONE) {
        find_months(part, &first, &last);
        if (first <= last)
            write_outside(part, last + 1, o->months.range.since_last + 1);
    }
}

/* ---- parts ---- */

static void begin(void *context, const void *whole)
{
    static const struct months_calls calls = {open_person, take_month, close_person};
    const struct reading *reading = whole;
    struct part *part = context;
    const struct outcome *outcome = part->outcome = reading->outcome;
    const struct states *states = outcome->months.measure->states;
    struct endings *ends = NULL;
    if (outcome->months.wide != NULL)
        ends = endings_begin(&outcome->months.range, outcome->steps, outcome->per,
                             states != NULL ? states->names.count : 0);
    part->reader = months_begin(&outcome->months, ends, &calls, part);
    part->tallies = heap_apart(outcome->windows.count + 1, sizeof *part->tallies);
    for (size_t i = 0; i <= outcome->windows.count; i++)
        tally_begin(&part->tallies[i], outcome->months.measure);
    if (reading->watch == NULL)
        return;
    watch_begin(&part->watch, reading->watch);
    watch_add_key(&part->watch, (struct slice){0});
}

/* In wide form a row is a person. */
static void watch_wide(struct part *part, const struct table *row)
{
    struct slice id = table_cell(row, part->outcome->months.id);
    cell_check_header(row, part->outcome->months.id);
    watch_row(&part->watch, 0, id);
    watch_hold(&part->watch);
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
    reading->left_out += part->reader.left_out;
    part->missing = part->reader.left_out = 0;
    watch_between(part);
    if (reading->missing > 0)
        reading->work.out = NULL;
}

static void free_part(void *context)
{
    struct part *part = context;
    months_free_reader(&part->reader);
    watch_drop(&part->watch);
    for (size_t i = 0; i <= part->outcome->windows.count; i++)
        tally_free(&part->tallies[i]);
    free(part->tallies);
    free(part->first.bytes);
}

static void check_missing(const struct reading *reading)
{
    if (reading->missing > 0)
        fail_at(reading->first_missing, "the first of %llu missing %s",
                (unsigned long long)reading->missing, reading->outcome->months.measure->missing);
}

static void check_persons(struct watch *watch)
{
    if (watch != NULL && watch_found(watch))
        watch_fail(watch, "",
                   "in wide form a row is a person: leave the other rows out (jf-split --once "
                   "tells their lines), or say --long for a row a month");
}

static void tell_left_out(const struct reading *reading)
{
    if (reading->left_out > 0)
        warn("%llu value%s after the month of %s (--until) left out",
             (unsigned long long)reading->left_out, reading->left_out == 1 ? "" : "s",
             quoted_given(reading->outcome->until));
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
    tell_left_out(&reading);
    if (wide)
        watch_close(&watch);
}

void outcome_free(struct outcome *outcome)
{
    months_free(&outcome->months);
    windows_free(&outcome->windows);
    free(outcome->indicators);
    free(outcome->steps);
}
