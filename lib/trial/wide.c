#include "trial/wide.h"

#include <stdlib.h>

#include "base/heap.h"
#include "number/period.h"

/* The months first to last; slots[i] is the table's slot of month first + i. */
struct wide {
    int first, last;
    size_t *slots;
};

/* The earliest and latest month among the columns; first > last if none fits. */
static struct wide find_range(const struct table *table, struct slice pattern, bool nocase)
{
    struct wide wide = {.first = 1, .last = 0};
    for (size_t i = 0; i < table->columns; i++) {
        int month = period_match(table->names[i], pattern, nocase);
        if (month == PERIOD_NONE)
            continue;
        if (month < 0)
            fail_at(table_header(table),
                    "column %s fits %s, but there is no such month; rename it, or mend --wide",
                    quoted(table->names[i]), quoted(pattern));
        if (wide.first > wide.last)
            wide.first = wide.last = month;
        wide.first = month < wide.first ? month : wide.first;
        wide.last = month > wide.last ? month : wide.last;
    }
    return wide;
}

static void want_months(struct table *table, struct slice pattern, bool nocase, struct wide *wide)
{
    for (size_t i = 0; i < table->columns; i++) {
        int month = period_match(table->names[i], pattern, nocase);
        if (month < wide->first || month > wide->last)
            continue;
        size_t *slot = &wide->slots[month - wide->first];
        if (*slot != TABLE_NONE)
            fail_at(table_header(table), "columns %s and %s are of the same month; leave one out",
                    quoted(table_name(table, *slot)), quoted(table->names[i]));
        *slot = table_want(table, i);
    }
}

static void check_months(const struct table *table, struct slice pattern, const struct wide *wide)
{
    for (int month = wide->first; month <= wide->last; month++) {
        if (wide->slots[month - wide->first] != TABLE_NONE)
            continue;
        char *name = heap_take(pattern.length + 8, 1);
        char label[PERIOD_ROOM];
        period_print(label, PERIOD_MONTH, month, month);
        fail_at(table_header(table),
                "no column %s for %s, a month of the range; narrow it with --from and --to",
                quoted(period_name(name, pattern, month)), label);
    }
}

size_t *wide_plan(struct months *months, struct slice pattern)
{
    struct table *table = months->table;
    struct place header = table_header(table);
    bool nocase = false;
    struct wide wide = find_range(table, pattern, nocase);
    if (wide.first > wide.last) {
        nocase = true;
        wide = find_range(table, pattern, nocase);
    }
    if (wide.first > wide.last)
        fail_at(header, "no column fits %s; say --wide PATTERN, or --long for a row a month",
                quoted(pattern));
    wide.first = months->first != PERIOD_NONE ? months->first : wide.first;
    wide.last = months->last != PERIOD_NONE ? months->last : wide.last;
    if (wide.first > wide.last)
        fail_at(header, "no column of a month in the range; see --from and --to");
    size_t count = (size_t)(wide.last - wide.first) + 1;
    wide.slots = heap_take(count, sizeof *wide.slots);
    for (size_t i = 0; i < count; i++)
        wide.slots[i] = TABLE_NONE;
    want_months(table, pattern, nocase, &wide);
    check_months(table, pattern, &wide);
    months->first = wide.first;
    months->last = wide.last;
    return wide.slots;
}

static void take_cell(const struct months *months, const struct prefix *prefix, int number,
                      size_t slot)
{
    struct month month = {.number = number, .of = prefix};
    month.cell = table_cell(months->table, slot);
    month.place = table_place(months->table, slot);
    month.known = month_share(months, slot, &month.share);
    month.missing = !month.known;
    months->take(months->context, &month);
}

void wide_read(const struct months *months, const size_t *slots, const struct ready *ready)
{
    struct prefix prefix = {0};
    while (table_next(months->table)) {
        prefix_take(&prefix, months);
        for (int number = months->first; number <= months->last; number++) {
            size_t slot = slots[number - months->first];
            struct slice cell = table_cell(months->table, slot);
            if (ready == NULL || !ready_write(ready, &prefix, number, cell))
                take_cell(months, &prefix, number, slot);
        }
    }
    free(prefix.bytes);
}
