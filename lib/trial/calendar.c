#include "trial/calendar.h"

#include "base/heap.h"
#include "base/message.h"
#include "number/pattern.h"
#include "number/period.h"
#include "stream/table.h"

/* The earliest and latest period among the columns; first > last if none fits. */
static void find_range(struct calendar *c, const struct table *table, enum pattern_fit fit)
{
    c->first = 1;
    c->last = 0;
    for (size_t i = 0; i < table->columns; i++) {
        int number = pattern_match(table->names[i], c->pattern, fit);
        if (number == PERIOD_NONE)
            continue;
        if (number == PERIOD_NO_MONTH)
            fail_at(table_header(table),
                    "column %s fits %s, but there is no such %s; rename it, or mend --wide",
                    quoted(table->names[i]), quoted_given(c->pattern), period_noun(c->kind));
        if (c->first > c->last)
            c->first = c->last = number;
        c->first = number < c->first ? number : c->first;
        c->last = number > c->last ? number : c->last;
    }
}

/* A column that a person would take for a period of the range, and this program would not, is a
 * slip: with it the period would be gone. */
static void check_near(const struct calendar *asked, const struct table *table,
                       enum pattern_fit fit)
{
    for (size_t i = 0; i < table->columns; i++) {
        struct slice name = table->names[i];
        int number = pattern_match(name, asked->pattern, PATTERN_NEAR);
        bool within = number > PERIOD_NO_MONTH &&
                      (asked->first == PERIOD_NONE || number >= asked->first) &&
                      (asked->last == PERIOD_NONE || number <= asked->last);
        if (within && pattern_match(name, asked->pattern, fit) == PERIOD_NONE)
            fail_at(table_header(table),
                    "column %s fits %s but for case, padding or blanks; rename it, or mend --wide",
                    quoted(name), quoted_given(asked->pattern));
    }
}

/* The range, an open end of it being that of the columns. */
static void close_range(struct calendar *c, const struct calendar *asked, const struct table *table)
{
    if (c->first > c->last)
        fail_at(table_header(table),
                "no column fits %s; say --wide PATTERN, or --long for a row a %s",
                quoted_given(c->pattern), period_noun(c->kind));
    c->first = asked->first != PERIOD_NONE ? asked->first : c->first;
    c->last = asked->last != PERIOD_NONE ? asked->last : c->last;
    if (c->first > c->last)
        fail_at(table_header(table), "no column of a %s in the range; see --from and --to",
                period_noun(c->kind));
    if (c->last - c->first >= CALENDAR_MOST)
        fail_at(table_header(table), "more than %d %ss; narrow the range by --from and --to",
                CALENDAR_MOST, period_noun(c->kind));
}

static void want_periods(struct calendar *c, struct table *table, enum pattern_fit fit)
{
    for (size_t i = 0; i < table->columns; i++) {
        int number = pattern_match(table->names[i], c->pattern, fit);
        if (number < c->first || number > c->last)
            continue;
        size_t *slot = &c->slots[number - c->first];
        if (*slot != TABLE_NONE)
            fail_at(table_header(table), "columns %s and %s are of the same %s; leave one out",
                    quoted(table_name(table, *slot)), quoted(table->names[i]),
                    period_noun(c->kind));
        *slot = table_want(table, i);
    }
}

void calendar_check(const struct calendar *c, const struct table *table, int first, int last)
{
    for (int number = first; number <= last; number++) {
        if (c->slots[number - c->first] != TABLE_NONE)
            continue;
        char *name = heap_take(c->pattern.length + PATTERN_MORE, 1);
        char label[PERIOD_ROOM];
        period_print(label, c->kind, number);
        fail_at(table_header(table),
                "no column %s for %s, a %s of the range; narrow it with --from and --to",
                quoted_given(pattern_name(name, c->pattern, c->kind, number)), label,
                period_noun(c->kind));
    }
}

struct calendar calendar_plan(struct table *table, struct slice pattern, int first, int last)
{
    struct calendar asked = {.pattern = pattern, .first = first, .last = last};
    pattern_kind(pattern, &asked.kind);
    struct calendar c = asked;
    enum pattern_fit fit = PATTERN_EXACT;
    find_range(&c, table, fit);
    if (c.first > c.last) {
        fit = PATTERN_NOCASE;
        find_range(&c, table, fit);
    }
    check_near(&asked, table, fit);
    close_range(&c, &asked, table);
    size_t count = (size_t)(c.last - c.first) + 1;
    c.slots = heap_take(count, sizeof *c.slots);
    for (size_t i = 0; i < count; i++)
        c.slots[i] = TABLE_NONE;
    want_periods(&c, table, fit);
    return c;
}
