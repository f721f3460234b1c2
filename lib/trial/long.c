#include "trial/long.h"

#include <stdlib.h>

#include "base/map.h"
#include "number/period.h"

struct reader {
    const struct months *months;
    size_t period, value; /* slots */
    bool filled;          /* a month without a row is missing */
    struct map seen;      /* ids */
    struct prefix row, last;
    bool begun;         /* there is a person at hand */
    struct month month; /* the one at hand; its rows so far */
};

static bool in_range(const struct months *months, int number)
{
    return number >= months->first && (months->last == PERIOD_NONE || number <= months->last);
}

static void close_month(struct reader *r)
{
    const struct months *months = r->months;
    if (!in_range(months, r->month.number))
        return;
    if (r->month.known && decimal_compare(r->month.share, months->rule->max) > 0)
        fail_at(r->month.place,
                "the degrees of this month's rows add up to more than %s (--max); raise --max if "
                "that is right, and say --cap 1 to count no more than 1",
                months->max);
    months->take(months->context, &r->month);
}

/* The months of the range from `first` to the one before `next` have no row. */
static void fill_months(struct reader *r, int first, int next)
{
    const struct months *months = r->months;
    if (!r->filled)
        return;
    int number = first < months->first ? months->first : first;
    for (; number < next && number <= months->last; number++) {
        struct month month = {.number = number, .of = &r->last, .missing = 1};
        month.place = table_place(months->table, r->value);
        months->take(months->context, &month);
    }
}

_Noreturn static void fail_order(const struct reader *r, const char *what)
{
    const struct table *table = r->months->table;
    const size_t columns[] = {table_column(table, r->months->id), table_column(table, r->period)};
    char sort[TABLE_SORT_ROOM];
    fail_at(table_place(table, r->period), "%s; sort the rows: %s", what,
            table_sort(sort, columns, 2, false));
}

static void close_person(struct reader *r)
{
    if (!r->begun)
        return;
    close_month(r);
    fill_months(r, r->month.number + 1, r->months->last + 1);
}

/* The row's prefix becomes that of the month. */
static void swap_prefixes(struct reader *r)
{
    struct prefix old = r->last;
    r->last = r->row;
    r->row = old;
}

/* The row at hand begins a person. */
static void open_person(struct reader *r, int number)
{
    size_t count = r->seen.count;
    close_person(r);
    if (map_add(&r->seen, table_cell(r->months->table, r->months->id)) < count)
        fail_order(r, "an id that stood before comes again after another");
    r->begun = true;
    swap_prefixes(r);
    fill_months(r, r->months->first, number);
}

static struct slice whole(const struct prefix *prefix)
{
    return (struct slice){prefix->bytes, prefix->length};
}

static struct slice id_of(const struct prefix *prefix)
{
    return (struct slice){prefix->bytes, prefix->id_length};
}

/* The row at hand begins a month of the same person. */
static void open_month(struct reader *r, int number)
{
    close_month(r);
    fill_months(r, r->month.number + 1, number);
    swap_prefixes(r);
}

static void add_row(struct reader *r)
{
    struct month *month = &r->month;
    struct decimal share;
    struct place place = table_place(r->months->table, r->value);
    if (!in_range(r->months, month->number))
        return;
    if (month->missing == 0)
        month->place = place;
    if (!month_share(r->months, r->value, &share)) {
        month->missing++;
        return;
    }
    month->known = true;
    if (!decimal_add(month->share, share, &month->share))
        month_fail(r->months, place, DEGREE_TOO_LONG);
}

static void take_row(struct reader *r)
{
    int number = cell_month(r->months->table, r->period);
    prefix_take(&r->row, r->months);
    bool person = !r->begun || !slice_equal(id_of(&r->row), id_of(&r->last));
    if (!person && number < r->month.number)
        fail_order(r, "a month before that of the last row");
    if (!person && number == r->month.number && !slice_equal(whole(&r->row), whole(&r->last)))
        fail_at(table_row(r->months->table), "a kept column (--keep) differs within a month of "
                                             "one person; leave it out");
    if (person || number > r->month.number) {
        if (person)
            open_person(r, number);
        else
            open_month(r, number);
        r->month = (struct month){.number = number, .of = &r->last};
    }
    add_row(r);
}

void long_read(const struct months *months, size_t period, size_t value)
{
    struct reader r = {.months = months,
                       .period = period,
                       .value = value,
                       .filled = months->first != PERIOD_NONE && months->last != PERIOD_NONE};
    while (table_next(months->table))
        take_row(&r);
    close_person(&r);
    map_free(&r.seen);
    free(r.row.bytes);
    free(r.last.bytes);
}
