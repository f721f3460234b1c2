/*
 * Months and their names. An input is a pattern, a month and a header, a line each: what
 * is printed is read again, a name made by a pattern fits it, and the columns that jf-hours
 * would take for months are those of these months.
 */
#include "number/period.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "base/heap.h"
#include "base/option.h"
#include "trial/months.h"

enum { NAME_MORE = 8, FIRST_MONTH = 12 * 1000, LAST_MONTH = 12 * 9999 + 11 };

static bool in_years(int month)
{
    return month >= FIRST_MONTH && month <= LAST_MONTH;
}

static void check_month(struct slice text, int month)
{
    static const char digits[] = "0123456789";
    char label[PERIOD_ROOM];
    struct slice printed = period_print(label, PERIOD_MONTH, month, month);
    fuzz_check(in_years(month) && period_parse(printed) == month, "a month printed is read again");
    fuzz_check(memcmp(text.bytes, label, 4) == 0 &&
                   memcmp(text.bytes + text.length - 2, label + 5, 2) == 0 &&
                   memchr(digits, text.bytes[0], 10) != NULL,
               "a month has the digits of its text");
    for (enum period_kind kind = PERIOD_MONTH; kind < PERIOD_WINDOW; kind++) {
        int start = period_start(kind, month), months = period_months(kind);
        fuzz_check(start <= month && month < start + months && start / 12 == month / 12,
                   "a month is in its period");
        fuzz_check(period_print(label, kind, start, start).length < PERIOD_ROOM,
                   "a period's name fits");
    }
}

/* Two figures of a year are one of a hundred years. */
static bool can_name(struct slice pattern, int month)
{
    bool brief = false;
    for (size_t i = 0; i + 1 < pattern.length; i++)
        if (pattern.bytes[i] == '%')
            brief |= pattern.bytes[++i] == 'y';
    return in_years(month) && (!brief || (month / 12 >= 1969 && month / 12 <= 2068));
}

static void check_pattern(struct slice pattern, int month)
{
    char *room = malloc(pattern.length + NAME_MORE);
    struct slice name = period_name(room, pattern, month);
    if (can_name(pattern, month)) {
        fuzz_check(period_match(name, pattern, PERIOD_EXACT) == month,
                   "a month's name fits its pattern");
        for (size_t i = 0; i < name.length; i++)
            room[i] = slice_lower(room[i]);
        fuzz_check(period_match(name, pattern, PERIOD_NOCASE) == month, "and in other letters too");
    }
    free(room);
}

/* The name that fits is the one that the pattern makes of its month. */
static void check_match(struct slice name, struct slice pattern)
{
    int month = period_match(name, pattern, PERIOD_NOCASE),
        exact = period_match(name, pattern, PERIOD_EXACT);
    fuzz_check(exact == PERIOD_NONE || exact == month, "a name that fits fits in any letters");
    if (month < 0)
        return;
    char *room = malloc(pattern.length + NAME_MORE);
    struct slice made = period_name(room, pattern, month);
    fuzz_check(slice_equal_nocase(made, name), "a name that fits is that of its month");
    fuzz_check(slice_equal(made, name) == (exact == month), "and exactly, where it fits so");
    free(room);
}

struct plan {
    struct slice pattern;
    char *path;
    int first;
};

static int run_plan(void *context)
{
    const struct plan *plan = context;
    struct table table;
    struct common common = {.no_progress = true, .threads.value = 1};
    char *files[] = {plan->path};
    table_open(&table, files, 1, &common);
    struct months months = {.first = plan->first, .last = PERIOD_NONE};
    months_plan_wide(&months, &table, plan->pattern);
    for (int month = months.first; month <= months.last; month++) {
        struct slice name = table_name(&table, months.wide[month - months.first]);
        fuzz_check(period_match(name, plan->pattern, PERIOD_NOCASE) == month,
                   "a month has its column");
    }
    for (size_t i = 0; i < table.columns; i++)
        fuzz_check(period_match(table.names[i], plan->pattern, PERIOD_EXACT) <= months.last,
                   "an open range goes on to the last column");
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice rest = {(const char *)data, size};
    struct slice pattern = fuzz_cut(&rest, "\n"), text = fuzz_cut(&rest, "\n");
    if (rest.bytes == NULL)
        return 0;
    int month = period_parse(text);
    if (month != PERIOD_NONE)
        check_month(text, month);
    if (!period_pattern(pattern))
        return 0;
    check_pattern(pattern, month != PERIOD_NONE ? month : FIRST_MONTH + (int)size);
    struct plan plan = {pattern, fuzz_file(0, rest), month};
    struct slice names = fuzz_cut(&rest, "\n");
    while (names.bytes != NULL)
        check_match(fuzz_cut(&names, "\t"), pattern);
    fuzz_run(run_plan, &plan);
    return 0;
}
