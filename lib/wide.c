#include "wide.h"

#include <stdlib.h>

#include "heap.h"

/* The earliest and latest month among the columns; first > last if none fits. */
static struct wide find_range(const struct table *table, struct slice pattern, bool nocase)
{
    struct wide wide = {.first = 1, .last = 0};
    for (size_t i = 0; i < table->columns; i++) {
        int month = period_match(table->names[i], pattern, nocase);
        if (month == PERIOD_NONE)
            continue;
        if (month < 0)
            fail_at((struct place){table->files[0], 1, {0}},
                    "column %s fits %s, but there is no such month", quoted(table->names[i]),
                    quoted(pattern));
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
            fail_at((struct place){table->files[0], 1, {0}},
                    "columns %s and %s are of the same month", quoted(table_name(table, *slot)),
                    quoted(table->names[i]));
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
        fail_at((struct place){table->files[0], 1, {0}},
                "no column %s for %s, a month of the range; narrow it with --from and --to",
                quoted(period_name(name, pattern, month)), label);
    }
}

struct wide wide_plan(struct table *table, struct slice pattern, int from, int to)
{
    bool nocase = false;
    struct wide wide = find_range(table, pattern, nocase);
    if (wide.first > wide.last) {
        nocase = true;
        wide = find_range(table, pattern, nocase);
    }
    if (wide.first > wide.last)
        fail_at((struct place){table->files[0], 1, {0}},
                "no column fits %s; say --wide PATTERN, or --long for a row a month",
                quoted(pattern));
    wide.first = from != PERIOD_NONE ? from : wide.first;
    wide.last = to != PERIOD_NONE ? to : wide.last;
    if (wide.first > wide.last)
        fail_at((struct place){table->files[0], 1, {0}},
                "no column of a month in the range; see --from and --to");
    size_t months = (size_t)(wide.last - wide.first) + 1;
    wide.slots = heap_take(months, sizeof *wide.slots);
    for (size_t i = 0; i < months; i++)
        wide.slots[i] = TABLE_NONE;
    want_months(table, pattern, nocase, &wide);
    check_months(table, pattern, &wide);
    return wide;
}
