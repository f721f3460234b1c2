#include "trial/months.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "number/decimal.h"
#include "number/period.h"
#include "stream/sink.h"
#include "stream/table.h"
#include "trial/calendar.h"
#include "trial/course.h"
#include "trial/endings.h"

void prefix_add(struct prefix *prefix, struct slice bytes)
{
    prefix->bytes =
        heap_grow(prefix->bytes, &prefix->room, prefix->length + bytes.length + SLICE_BLOCK, 1);
    if (bytes.length > 0)
        memcpy(prefix->bytes + prefix->length, bytes.bytes, bytes.length);
    prefix->length += bytes.length;
}

static void prefix_set(struct prefix *prefix, const struct months *months, const struct table *row)
{
    prefix->length = 0;
    prefix_add(prefix, table_cell(row, months->id));
    prefix->id_length = prefix->length;
    for (size_t i = 0; i < months->keep_count; i++) {
        prefix_add(prefix, slice_of("\t"));
        prefix_add(prefix, table_cell(row, months->keep[i]));
    }
}

static bool same_prefix(const struct prefix *a, const struct prefix *b)
{
    return slice_equal((struct slice){a->bytes, a->length}, (struct slice){b->bytes, b->length});
}

static bool same_id(const struct prefix *a, const struct prefix *b)
{
    return slice_equal((struct slice){a->bytes, a->id_length},
                       (struct slice){b->bytes, b->id_length});
}

static void open_course(struct months_reader *r, const struct table *row)
{
    if (course_differs(&r->months->range))
        r->course = course_of(&r->months->range, row);
    r->calls->open(r->context, &r->course);
}

/* ---- a column a month ---- */

struct calendar months_plan_wide(struct months *months, struct table *table, struct slice pattern)
{
    struct calendar calendar =
        calendar_plan(table, pattern, months->range.first, months->range.last);
    months->range.first = calendar.first;
    months->range.last = calendar.last;
    months->wide = calendar.slots;
    return calendar;
}

static void take_cell(struct months_reader *r, const struct table *row, int number, size_t slot)
{
    const struct measure *measure = r->months->measure;
    struct month month = {.number = number, .of = &r->row};
    if (slot == TABLE_NONE) /* between two windows */
        return;
    month.cell = table_cell(row, slot);
    month.place = table_place(row, slot);
    month.outside = number > r->course.risk;
    if (month.outside)
        r->left_out += !cell_missing(month.cell);
    else
        month.known = measure->read(measure->of, &r->numbers, row, slot, &month.value);
    month.missing = !month.known && !month.outside;
    r->calls->take(r->context, &month);
}

/* The number of the first label: that of a month since the lot, or of the calendar. */
static int first_label(const struct months *months, const struct course *course)
{
    return course->lot == PERIOD_NONE ? months->range.first
                                      : course->lot + months->range.since_first;
}

static void take_wide(struct months_reader *r, const struct table *row, struct sink *out)
{
    const struct months *months = r->months;
    const struct endings *ends = r->ends;
    prefix_set(&r->row, months, row);
    open_course(r, row);
    const struct slice prefix = {r->row.bytes, r->row.length};
    const struct course *course = &r->course;
    int number = course->first, risk = course->last < course->risk ? course->last : course->risk;
    if (ends != NULL && number <= risk) {
        const struct endings_label *label = ends->labels + (number - first_label(months, course));
        const size_t *slot = months->wide + (number - months->range.first);
        for (; number <= risk; number++, slot++, label++)
            if (!endings_write(ends, prefix, label, table_cell(row, *slot), out))
                take_cell(r, row, number, *slot);
    }
    for (; number <= course->last; number++)
        take_cell(r, row, number, months->wide[number - months->range.first]);
    r->calls->close(r->context, course);
}

/* What the weeks of a row count, as ends have it; 0 where one is missing, or there are no ends. */
static uint64_t count_weeks(struct months_reader *r, const struct table *row, const size_t *slots,
                            size_t weeks)
{
    const struct measure *measure = r->months->measure;
    struct decimal state;
    uint64_t count = 0;
    for (size_t i = 0; i < weeks; i++) {
        if (!measure->read(measure->of, &r->numbers, row, slots[i], &state))
            return 0;
        count += endings_one(r->ends, table_cell(row, slots[i]), (size_t)state.units);
    }
    return count;
}

/* A row of weeks whose cells and whose count are known is written at once. */
static void take_weeks(struct months_reader *r, const struct table *row, struct sink *out)
{
    const struct endings *ends = r->ends;
    const size_t *slots = r->months->wide;
    uint64_t before = 0, one = 0; /* most weeks are as the one before */
    prefix_set(&r->row, r->months, row);
    const struct slice prefix = {r->row.bytes, r->row.length};
    for (size_t i = 0; i < ends->rows; slots += ends->weeks[i++]) {
        size_t weeks = ends->weeks[i], known = 0;
        uint64_t count = 0;
        for (; known < weeks; known++, count += one) {
            size_t at;
            struct slice cell = table_cell(row, slots[known]);
            if (cell.length <= CELL_SHORT && cell_word(cell) == before)
                continue;
            if (!cell_known(ends->words, ENDINGS_MOST, cell, &at))
                break;
            before = ends->words[at];
            one = ends->ones[at];
        }
        if (known == weeks && endings_write_count(ends, prefix, &ends->labels[i], count, out))
            continue;
        int number = r->months->range.first + (int)(slots - r->months->wide);
        before = 0;
        r->count = count_weeks(r, row, slots, weeks);
        for (size_t week = 0; week < weeks; week++)
            take_cell(r, row, number + (int)week, slots[week]);
    }
}

void months_keep_end(struct months_reader *r, const struct month *month, struct slice end)
{
    if (r->ends == NULL || month->outside)
        return;
    if (r->ends->weeks != NULL)
        endings_keep_count(r->ends, r->count, end);
    else if (month->cell.bytes != NULL)
        endings_keep(r->ends, month->cell, end);
}

void months_forget_ends(struct months_reader *r)
{
    if (r->ends != NULL)
        endings_forget(r->ends);
}

/* ---- a row a month, or a job ---- */

void months_plan_long(struct months *months, struct table *table, struct slice period,
                      struct slice value)
{
    struct slice id = table_name(table, months->id);
    months->rows = order_plan(table, &id, 1, period);
    months->value = table_want_name(table, value);
}

static bool in_range(const struct months_reader *r, int number)
{
    return number >= r->course.first && number <= r->course.last;
}

static void close_month(struct months_reader *r)
{
    const struct measure *measure = r->months->measure;
    if (!in_range(r, r->month.number))
        return;
    if (r->month.known && measure->check != NULL)
        measure->check(measure->of, r->month.place, r->month.value);
    r->calls->take(r->context, &r->month);
}

/* The months of the range from `first` to the one before `next` have no row. */
static void fill_months(struct months_reader *r, int first, int next)
{
    const struct months *months = r->months;
    if (months->range.first == PERIOD_NONE || months->range.last == PERIOD_NONE)
        return;
    int number = first < r->course.first ? r->course.first : first;
    for (; number < next && number <= r->course.last; number++) {
        bool outside = number > r->course.risk;
        struct month month = {.number = number,
                              .of = &r->last,
                              .outside = outside,
                              .missing = !outside,
                              .place = r->place};
        r->calls->take(r->context, &month);
    }
}

/* The row's prefix becomes that of the month. */
static void swap_prefixes(struct months_reader *r)
{
    struct prefix old = r->last;
    r->last = r->row;
    r->row = old;
}

/* The row at hand begins a person; it comes again when it was met. */
static void open_person(struct months_reader *r, const struct table *row)
{
    months_end(r);
    swap_prefixes(r);
    r->begun = r->fresh = true;
    r->monthless = false;
    course_keep(&r->cells, &r->months->range, row);
    open_course(r, row);
}

/* The row at hand is without a period: it stands for a person without months. */
static void take_monthless(struct months_reader *r, const struct table *row)
{
    size_t value = r->months->value;
    if (!r->fresh || r->monthless)
        fail_at(table_row(row), "a row without a period, which stands for a person without months, "
                                "of a person who has other rows; leave it out");
    if (!cell_missing(table_cell(row, value)))
        fail_at(table_place(row, value), "a value in a row without a period, which stands for a "
                                         "person without months; mend the row");
    r->monthless = true;
}

/* The row at hand begins a month of the same person. */
static void open_month(struct months_reader *r, int number)
{
    int before = r->fresh ? r->course.first : r->month.number + 1;
    if (!r->fresh)
        close_month(r);
    fill_months(r, before, number);
    swap_prefixes(r);
    r->fresh = false;
    r->month = (struct month){.number = number, .of = &r->last};
    r->month.outside = number > r->course.risk;
}

static void add_row(struct months_reader *r, const struct table *row)
{
    const struct months *months = r->months;
    const struct measure *measure = months->measure;
    struct month *month = &r->month;
    struct decimal value;
    if (!in_range(r, month->number))
        return;
    if (measure->states != NULL && (month->known || month->missing > 0))
        fail_at(table_row(row), "a second row of one person and week, who has one code; leave one "
                                "out");
    if (month->missing == 0)
        month->place = r->place;
    if (month->outside) {
        r->left_out += !cell_missing(table_cell(row, months->value));
    } else if (!measure->read(measure->of, &r->numbers, row, months->value, &value)) {
        month->missing++;
    } else {
        month->known = true;
        if (!decimal_add(month->value, value, &month->value))
            fail_at(r->place, "%s", measure->too_long);
    }
}

static enum rows_verdict take_long(struct months_reader *r, const struct table *row)
{
    const struct order *order = &r->months->rows;
    bool dated = !cell_missing(table_cell(row, order->period));
    int number = dated ? cell_period(row, order->period, r->months->range.kind) : PERIOD_NONE;
    prefix_set(&r->row, r->months, row);
    r->place = table_place(row, r->months->value);
    if (!r->begun || !same_id(&r->row, &r->last)) {
        open_person(r, row);
        return ROWS_MEET;
    }
    if (course_differs(&r->months->range))
        course_check(&r->cells, &r->months->range, row);
    if (!dated || r->monthless) {
        take_monthless(r, row);
        return ROWS_TAKEN;
    }
    if (!r->fresh && number < r->month.number)
        order_fail(order, row, "a period before that of the last row",
                   r->months->range.kind == PERIOD_WAVE ? PERIOD_NUMBERS : PERIOD_MONTHS);
    if (!r->fresh && number == r->month.number && !same_prefix(&r->row, &r->last))
        fail_at(table_row(row), "a kept column (--keep) differs within a month of one person; "
                                "leave it out");
    if (r->fresh || number > r->month.number)
        open_month(r, number);
    add_row(r, row);
    return ROWS_TAKEN;
}

void months_meet(struct months *months, const struct table *row)
{
    order_meet(&months->rows, row);
}

struct months_reader months_begin(const struct months *months, struct endings *ends,
                                  const struct months_calls *calls, void *context)
{
    struct months_reader r = {.months = months, .calls = calls, .context = context, .ends = ends};
    r.numbers.comma = months->comma;
    r.course = course_whole(&months->range);
    return r;
}

enum rows_verdict months_take(struct months_reader *r, const struct table *row, struct sink *out)
{
    if (r->months->wide == NULL)
        return take_long(r, row);
    if (r->ends != NULL && r->ends->weeks != NULL)
        take_weeks(r, row, out);
    else
        take_wide(r, row, out);
    return ROWS_TAKEN;
}

void months_end(struct months_reader *r)
{
    if (!r->begun)
        return;
    if (!r->fresh)
        close_month(r);
    if (r->months->range.last != PERIOD_NONE)
        fill_months(r, r->fresh ? r->course.first : r->month.number + 1, r->course.last + 1);
    r->calls->close(r->context, &r->course);
    r->begun = false;
}

struct slice months_prefix(const struct months_reader *r)
{
    const struct prefix *prefix = r->months->wide == NULL ? &r->last : &r->row;
    return (struct slice){prefix->bytes, prefix->length};
}

void months_free(struct months *months)
{
    free(months->keep);
    free(months->keep_names);
    free(months->wide);
    order_free(&months->rows);
}

void months_free_reader(struct months_reader *r)
{
    endings_free(r->ends);
    free(r->row.bytes);
    free(r->last.bytes);
    free(r->cells.bytes);
}
