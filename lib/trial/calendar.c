#include "trial/calendar.h"

#include "base/heap.h"
#include "base/message.h"
#include "number/period.h"
#include "stream/table.h"

/* The earliest and latest month among the columns; first > last if none fits. */
static void find_range(struct calendar *c, const struct table *table, struct slice pattern,
                       enum period_fit fit)
{
    c->first = 1;
    c->last = 0;
    for (size_t i = 0; i < table->columns; i++) {
        int month = period_match(table->names[i], pattern, fit);
        if (month == PERIOD_NONE)
            continue;
        if (month == PERIOD_NO_MONTH)
            fail_at(table_header(table),
                    "column %s fits %s, but there is no such month; rename it, or mend --wide",
                    quoted(table->names[i]), quoted_given(pattern));
        if (c->first > c->last)
            c->first = c->last = month;
        c->first = month < c->first ? month : c->first;
        c->last = month > c->last ? month : c->last;
    }
}

/* A column that a person would take for a month of the range, and this program would not, is a
 * slip: with it the month would be gone. */
static void check_near(const struct calendar *asked, const struct table *table,
                       struct slice pattern, enum period_fit fit)
{
    for (size_t i = 0; i < table->columns; i++) {
        struct slice name = table->names[i];
        int month = period_match(name, pattern, PERIOD_NEAR);
        bool within = month >= 0 && (asked->first == PERIOD_NONE || month >= asked->first) &&
                      (asked->last == PERIOD_NONE || month <= asked->last);
        if (within && period_match(name, pattern, fit) == PERIOD_NONE)
            fail_at(table_header(table),
                    "column %s fits %s but for case, padding or blanks; rename it, or mend --wide",
                    quoted(name), quoted_given(pattern));
    }
}

/* The range, an open end of it being that of the columns. */
static void close_range(struct calendar *c, const struct calendar *asked, const struct table *table,
                        struct slice pattern)
{
    if (c->first > c->last)
        fail_at(table_header(table),
                "no column fits %s; say --wide PATTERN, or --long for a row a month",
                quoted_given(pattern));
    c->first = asked->first != PERIOD_NONE ? asked->first : c->first;
    c->last = asked->last != PERIOD_NONE ? asked->last : c->last;
    if (c->first > c->last)
        fail_at(table_header(table), "no column of a month in the range; see --from and --to");
}

static void want_months(struct calendar *c, struct table *table, struct slice pattern,
                        enum period_fit fit)
{
    for (size_t i = 0; i < table->columns; i++) {
        int month = period_match(table->names[i], pattern, fit);
        if (month < c->first || month > c->last)
            continue;
        size_t *slot = &c->slots[month - c->first];
        if (*slot != TABLE_NONE)
            fail_at(table_header(table), "columns %s and %s are of the same month; leave one out",
                    quoted(table_name(table, *slot)), quoted(table->names[i]));
        *slot = table_want(table, i);
    }
}

static void check_months(const struct calendar *c, const struct table *table, struct slice pattern)
{
    for (int month = c->first; month <= c->last; month++) {
        if (c->slots[month - c->first] != TABLE_NONE)
            continue;
        char *name = heap_take(pattern.length + 8, 1);
        char label[PERIOD_ROOM];
        period_print(label, PERIOD_MONTH, month, month);
        fail_at(table_header(table),
                "no column %s for %s, a month of the range; narrow it with --from and --to",
                quoted_given(period_name(name, pattern, month)), label);
    }
}

struct calendar calendar_plan(struct table *table, struct slice pattern, int first, int last)
{
    const struct calendar asked = {.first = first, .last = last};
    struct calendar c = asked;
    enum period_fit fit = PERIOD_EXACT;
    find_range(&c, table, pattern, fit);
    if (c.first > c.last) {
        fit = PERIOD_NOCASE;
        find_range(&c, table, pattern, fit);
    }
    check_near(&asked, table, pattern, fit);
    close_range(&c, &asked, table, pattern);
    size_t count = (size_t)(c.last - c.first) + 1;
    c.slots = heap_take(count, sizeof *c.slots);
    for (size_t i = 0; i < count; i++)
        c.slots[i] = TABLE_NONE;
    want_months(&c, table, pattern, fit);
    check_months(&c, table, pattern);
    return c;
}
