#include "trial/course.h"

#include <string.h>

#include "base/heap.h"
#include "base/message.h"
#include "base/slice.h"
#include "trial/cell.h"

struct course course_whole(const struct range *range)
{
    int last = range->last == PERIOD_NONE ? INT_MAX : range->last;
    return (struct course){range->first, last, INT_MAX, PERIOD_NONE};
}

static int month_of(const struct table *row, size_t slot)
{
    int month = period_parse_date(table_cell(row, slot));
    if (month == PERIOD_NONE)
        fail_at(table_place(row, slot),
                "%s is no month, such as 2016-03, and no day, such as "
                "2016-03-31; mend it",
                table_quoted(row, slot));
    return month;
}

static int lot_month(const struct range *range, const struct table *row)
{
    char label[PERIOD_ROOM];
    struct place place = table_place(row, range->since);
    if (cell_missing(table_cell(row, range->since)))
        fail_at(place, "the lot is missing (--since), and every person has one; fill it in, or "
                       "leave the person out");
    int lot = month_of(row, range->since), last = period_month(range->kind, range->last);
    period_print(label, PERIOD_MONTH, last);
    if (lot > last)
        fail_at(place,
                "a lot after %s, the last month that there is; take a register of later months, "
                "or leave the person out",
                label);
    return lot;
}

struct course course_of(const struct range *range, const struct table *row)
{
    struct course c = course_whole(range);
    if (range->until != TABLE_NONE && !cell_missing(table_cell(row, range->until)))
        c.risk = period_last(range->kind, month_of(row, range->until));
    if (range->since == TABLE_NONE)
        return c;
    c.lot = lot_month(range, row);
    if (range->since_first == PERIOD_NONE)
        return c;
    int first = period_first(range->kind, c.lot + range->since_first);
    int last = period_last(range->kind, c.lot + range->since_last);
    c.first = first > c.first ? first : c.first;
    c.last = last < c.last ? last : c.last;
    return c;
}

static void keep_cell(struct course_cells *cells, struct slice cell)
{
    cells->bytes = heap_grow(cells->bytes, &cells->room, cells->length + cell.length + 1, 1);
    memcpy(cells->bytes + cells->length, cell.bytes, cell.length);
    cells->length += cell.length;
}

void course_keep(struct course_cells *cells, const struct range *range, const struct table *row)
{
    cells->length = 0;
    if (range->since != TABLE_NONE)
        keep_cell(cells, table_cell(row, range->since));
    cells->lot = cells->length;
    if (range->until != TABLE_NONE)
        keep_cell(cells, table_cell(row, range->until));
}

static void check_cell(const struct table *row, size_t slot, struct slice kept)
{
    if (slot != TABLE_NONE && !slice_equal(table_cell(row, slot), kept))
        fail_at(table_place(row, slot),
                "it is not what the person's rows before have; a person has one: mend the rows");
}

void course_check(const struct course_cells *cells, const struct range *range,
                  const struct table *row)
{
    check_cell(row, range->since, (struct slice){cells->bytes, cells->lot});
    check_cell(row, range->until,
               (struct slice){cells->bytes + cells->lot, cells->length - cells->lot});
}
