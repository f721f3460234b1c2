/*
 * Periods and their names. An input is a pattern, a period and a header, a line each: what
 * is printed is read again, a name made by a pattern fits it, and the columns that jf-hours
 * would take for periods are those of these periods.
 */
#include "number/pattern.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "base/heap.h"
#include "base/option.h"
#include "stream/table.h"
#include "trial/calendar.h"

enum { FIRST_YEAR = 1000, LAST_YEAR = 9998 };

static int year_of(enum period_kind kind, int number)
{
    return period_month(kind, number) / 12;
}

/* A week may be of the year that follows that of its Monday, but never of another than its
 * Thursday's, so its month tells. */
static bool in_years(enum period_kind kind, int number)
{
    return kind == PERIOD_WAVE ||
           (number > 0 && number < 12 * 9999 * 5 && year_of(kind, number) >= FIRST_YEAR &&
            year_of(kind, number) <= LAST_YEAR);
}

static void check_period(enum period_kind kind, int number)
{
    char label[PERIOD_ROOM];
    if (!in_years(kind, number))
        return;
    struct slice printed = period_print(label, kind, number);
    fuzz_check(period_read(kind, printed) == number, "a period printed is read again");
    fuzz_check(period_print_range(label, kind, number, number).length < PERIOD_ROOM,
               "a range fits its room");
    if (kind == PERIOD_WAVE)
        return;
    int month = period_month(kind, number);
    fuzz_check(period_first(kind, month) <= number && period_last(kind, month) >= number,
               "a period is between the first and the last of its month");
    fuzz_check(period_month(kind, number + 1) >= month, "the next one is no earlier");
}

/* Two figures of a year are one of a hundred years. */
static bool can_name(struct slice pattern, enum period_kind kind, int number)
{
    bool brief = false;
    for (size_t i = 0; i + 1 < pattern.length; i++)
        if (pattern.bytes[i] == '%')
            brief |= pattern.bytes[++i] == 'y';
    return in_years(kind, number) && !(kind == PERIOD_WAVE && (number > 999999999 || number < 0)) &&
           (!brief || (year_of(kind, number) >= 1969 && year_of(kind, number) <= 2068));
}

/* Where digits follow a wave, they would be its own. */
static bool is_plain(struct slice pattern, enum period_kind kind)
{
    for (size_t i = 0; i < pattern.length && kind == PERIOD_WAVE; i++)
        if (pattern.bytes[i] >= '0' && pattern.bytes[i] <= '9')
            return false;
    return true;
}

static void check_pattern(struct slice pattern, enum period_kind kind, int number)
{
    if (!can_name(pattern, kind, number) || !is_plain(pattern, kind))
        return;
    char *room = malloc(pattern.length + PATTERN_MORE);
    struct slice name = pattern_name(room, pattern, kind, number);
    fuzz_check(pattern_match(name, pattern, PATTERN_EXACT) == number,
               "a period's name fits its pattern");
    for (size_t i = 0; i < name.length; i++)
        room[i] = slice_lower(room[i]);
    fuzz_check(pattern_match(name, pattern, PATTERN_NOCASE) == number, "and in other letters too");
    free(room);
}

/* The name that fits is the one that the pattern makes of its period. */
static void check_match(struct slice name, struct slice pattern, enum period_kind kind)
{
    int number = pattern_match(name, pattern, PATTERN_NOCASE),
        exact = pattern_match(name, pattern, PATTERN_EXACT);
    fuzz_check(exact == PERIOD_NONE || exact == number, "a name that fits fits in any letters");
    if (number <= PERIOD_NO_MONTH || kind == PERIOD_WAVE)
        return;
    char *room = malloc(pattern.length + PATTERN_MORE);
    struct slice made = pattern_name(room, pattern, kind, number);
    fuzz_check(slice_equal_nocase(made, name), "a name that fits is that of its period");
    fuzz_check(slice_equal(made, name) == (exact == number), "and exactly, where it fits so");
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
    struct calendar c = calendar_plan(&table, plan->pattern, plan->first, PERIOD_NONE);
    calendar_check(&c, &table, c.first, c.last);
    for (int number = c.first; number <= c.last; number++) {
        struct slice name = table_name(&table, c.slots[number - c.first]);
        fuzz_check(pattern_match(name, plan->pattern, PATTERN_NOCASE) == number,
                   "a period has its column");
    }
    for (size_t i = 0; i < table.columns; i++)
        fuzz_check(pattern_match(table.names[i], plan->pattern, PATTERN_EXACT) <= c.last,
                   "an open range goes on to the last column");
    free(c.slots);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice rest = {(const char *)data, size};
    struct slice pattern = fuzz_cut(&rest, "\n"), text = fuzz_cut(&rest, "\n");
    if (rest.bytes == NULL)
        return 0;
    enum period_kind kind;
    if (!pattern_kind(pattern, &kind))
        return 0;
    int number = period_read(kind, text);
    if (number != PERIOD_NONE)
        check_period(kind, number);
    check_pattern(pattern, kind,
                  number != PERIOD_NONE
                      ? number
                      : period_first(kind == PERIOD_WAVE ? PERIOD_YEAR : kind, 12 * FIRST_YEAR) +
                            (int)size);
    struct plan plan = {pattern, fuzz_file(0, rest), number};
    struct slice names = fuzz_cut(&rest, "\n");
    while (names.bytes != NULL)
        check_match(fuzz_cut(&names, "\t"), pattern, kind);
    fuzz_run(run_plan, &plan);
    return 0;
}
