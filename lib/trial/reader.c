#include "trial/reader.h"

#include <string.h>

#include "base/heap.h"
#include "base/message.h"
#include "base/slice.h"
#include "number/pattern.h"
#include "stream/share.h"
#include "trial/calendar.h"
#include "trial/course.h"
#include "trial/months.h"
#include "trial/windows.h"

const struct reader_options reader_model = {0};

#define AT(field) ((void *)&reader_model.field)
const struct option_row reader_options[] = {
    OPTION_TEXT(0, "wide", "PATTERN", AT(pattern), "a column a period, such as grad_%Y_%m"),
    OPTION_FLAG(0, "long", AT(in_rows), "a row a period, or several that are summed"),
    OPTION_TEXT(0, "period", "COL", AT(period), "with --long: the periods' column"),
    OPTION_TEXT(0, "value", "COL", AT(value), "with --long: the values' column"),
    OPTION_TEXT(0, "id", "COL", AT(id), "the id's column (default: the first)"),
    OPTION_TEXT(0, "part", "I/N", AT(part), "read part I of N, its share of the bytes of FILEs"),
    OPTION_LIST(0, "keep", "COLS", AT(keep), "pass these columns on"),
    OPTION_TEXT(0, "from", "PERIOD", AT(from), "the first period, such as 2016-03"),
    OPTION_TEXT(0, "to", "PERIOD", AT(to), "the last period"),
    OPTION_CHOICE(0, "missing", OUTCOME_MISSING_WORDS, AT(missing),
                  "a missing value is nothing, NA, or no row"),
    OPTION_CHOICE(0, "per", PERIOD_WORDS, AT(per), "the mean over a period"),
    OPTION_FLAG(0, "total", AT(total), "the sum over a period instead"),
    OPTION_LIST(0, "windows", "NAME=FROM:TO,..", AT(windows), "the same over named windows"),
    OPTION_TEXT(0, "since", "COL[=A:B]", AT(since), "months from each person's lot, A to B"),
    OPTION_TEXT(0, "until", "COL", AT(until), "each person's last month at risk"),
    OPTION_END,
};

/* ---- what kind of periods ---- */

static void plan_pattern(const struct reader_options *o, enum period_kind *kind)
{
    if (o->pattern == NULL)
        misuse("say where the periods are: --wide PATTERN, such as 'pay_%%Y_%%m' or 're%%y', for a "
               "column a period; --long --period COL --value COL for a row a period");
    if (!pattern_kind(slice_of(o->pattern), kind))
        misuse("--wide: %s needs a year (%%Y or %%y), with a month (%%m), a quarter (%%q), a week "
               "(%%V, its year also %%G) or alone, or a number (%%n) alone, each once",
               quoted_text(o->pattern));
}

/* In rows the ends of the range tell it. */
static void plan_rows(const struct reader_options *o, enum period_kind *kind)
{
    const char *ends[] = {o->from, o->to};
    enum period_kind told;
    if (*kind == PERIOD_WEEK)
        return;
    for (size_t i = 2; i-- > 0;)
        if (ends[i] != NULL && period_read_any(slice_of(ends[i]), &told) != PERIOD_NONE)
            *kind = told;
}

static void plan_range(const struct reader_options *o, struct range *range)
{
    range->first = range->last = PERIOD_NONE;
    if (o->from != NULL)
        range->first = windows_period("from", slice_of(o->from), range->kind, false);
    if (o->to != NULL)
        range->last = windows_period("to", slice_of(o->to), range->kind, true);
    if (o->from == NULL || o->to == NULL)
        return;
    if (range->first > range->last)
        misuse("--from %s is after --to %s", o->from, o->to);
    if (range->last - range->first >= CALENDAR_MOST)
        misuse("--from %s and --to %s: more than %d %ss", o->from, o->to, CALENDAR_MOST,
               period_noun(range->kind));
}

/* ---- what rows come out ---- */

static void plan_per(const struct reader_options *o, struct outcome *outcome)
{
    enum period_kind kind = outcome->months.range.kind;
    int length = period_months(kind);
    outcome->per = o->windows.given ? PERIOD_WINDOW : o->per == READER_EACH ? kind : o->per;
    if (o->windows.given && o->per != READER_EACH)
        misuse("--per and --windows exclude each other");
    if (o->since != NULL && outcome->per != PERIOD_WINDOW && o->per != READER_EACH &&
        o->per != PERIOD_MONTH)
        misuse("--per %s is of the calendar, and does not go with --since; --per window and "
               "--windows do",
               period_noun(o->per));
    if (outcome->per == PERIOD_WINDOW || outcome->per == kind || kind == PERIOD_WEEK)
        return;
    if (length == 0 || period_months(outcome->per) % length != 0)
        misuse("--per %s: a %s is no part of a %s", period_noun(outcome->per), period_noun(kind),
               period_noun(outcome->per));
}

/* COL=A:B; false where there is no range behind the last equals sign. */
static bool cut_since(struct slice *column, int *first, int *last)
{
    struct slice name = *column;
    while (name.length > 0 && name.bytes[name.length - 1] != '=')
        name.length--;
    struct slice to = {column->bytes + name.length, column->length - name.length};
    struct slice from = slice_cut(&to, ':');
    *first = period_read(PERIOD_WAVE, from);
    *last = to.bytes == NULL ? PERIOD_NONE : period_read(PERIOD_WAVE, to);
    if (name.length < 2 || *first == PERIOD_NONE || *last == PERIOD_NONE)
        return false;
    column->length = name.length - 1;
    return true;
}

static void plan_since(const struct reader_options *o, struct outcome *outcome)
{
    struct range *range = &outcome->months.range;
    outcome->since = slice_of(o->since);
    if (range->kind != PERIOD_MONTH && range->kind != PERIOD_WEEK)
        misuse("--since counts months, and the periods are %ss", period_noun(range->kind));
    if (!cut_since(&outcome->since, &range->since_first, &range->since_last))
        range->since_first = range->since_last = PERIOD_NONE;
    if (range->since_first > range->since_last)
        misuse("--since %s: the first month is after the last", o->since);
    if (range->since_first != PERIOD_NONE &&
        (range->since_first <= -CALENDAR_MOST || range->since_last >= CALENDAR_MOST))
        misuse("--since %s: too many months", o->since);
    if (outcome->per == PERIOD_WINDOW && !o->windows.given && range->since_first == PERIOD_NONE)
        misuse("--per window with --since needs the months of the window: --since %s=0:12",
               o->since);
}

/* The windows, or the one that is the range; and what they need of it. */
static void plan_windows(const struct reader_options *o, struct outcome *outcome)
{
    struct range *range = &outcome->months.range;
    bool since = o->since != NULL;
    enum period_kind kind = since ? PERIOD_WAVE : range->kind;
    int *first = since ? &range->since_first : &range->first;
    int *last = since ? &range->since_last : &range->last;
    struct windows windows = windows_parse(&o->windows, kind);
    for (size_t i = 0; i < windows.count; i++)
        if ((*first != PERIOD_NONE && windows.all[i].first < *first) ||
            (*last != PERIOD_NONE && windows.all[i].last > *last))
            misuse("--windows: %s, %s, leaves the range; see %s", quoted_given(windows.all[i].name),
                   windows.all[i].label, since ? "--since" : "--from and --to");
    if (windows.last - windows.first >= CALENDAR_MOST)
        misuse("--windows: more than %d %ss", CALENDAR_MOST, period_noun(range->kind));
    *first = windows.first;
    *last = windows.last;
    outcome->windows = windows;
    outcome->named = true;
}

/* ---- rows ---- */

/* Rows do not tell which months are to be, and who has none. */
static void check_long(const struct reader_options *o, const struct outcome *outcome)
{
    bool closed = o->from != NULL && o->to != NULL;
    const char *noun = period_noun(outcome->months.range.kind);
    if (o->missing == OUTCOME_MISSING_REFUSED)
        misuse(
            "--long needs --missing: zero, a %s without a row is %s; na, it is missing; drop, it "
            "has no row",
            noun, outcome->months.measure->nothing);
    if (o->missing != OUTCOME_MISSING_DROP && !closed)
        misuse("--long with --missing zero or na needs --from and --to, the %ss that are to be",
               noun);
    if (o->since != NULL && !closed)
        misuse("--long with --since needs --from and --to, the months that there are");
    if (outcome->per != outcome->months.range.kind && !closed)
        misuse("--long with --%s needs --from and --to, the %ss that are to be",
               o->windows.given ? "windows" : "per", noun);
}

static void check_form(const struct reader_options *o)
{
    if (o->in_rows && (o->period == NULL || o->value == NULL))
        misuse("--long needs --period COL and --value COL");
    if (!o->in_rows && (o->period != NULL || o->value != NULL))
        misuse("--period and --value go with --long");
}

void reader_check(const struct reader_options *o, struct outcome *outcome)
{
    struct range *range = &outcome->months.range;
    share_option(o->part);
    check_form(o);
    if (o->in_rows)
        plan_rows(o, &range->kind);
    else
        plan_pattern(o, &range->kind);
    plan_range(o, range);
    plan_per(o, outcome);
    if (o->in_rows)
        check_long(o, outcome);
    if (o->until != NULL && range->kind == PERIOD_WAVE)
        misuse("--until is a month, and the periods are waves");
    if (o->until != NULL)
        outcome->until = slice_of(o->until);
    if (o->since != NULL)
        plan_since(o, outcome);
    if (o->windows.given)
        plan_windows(o, outcome);
    outcome->total = o->total;
    outcome->missing = o->missing;
}

/* ---- columns ---- */

void reader_open(const struct reader_options *o, struct table *table, char *const files[],
                 size_t count, const struct common *common)
{
    table_open_part(table, files, count, common, share_option(o->part));
}

static void plan_wide(const struct reader_options *o, struct outcome *outcome, struct table *table)
{
    struct months *months = &outcome->months;
    const struct windows *windows = &outcome->windows;
    struct calendar calendar = months_plan_wide(months, table, slice_of(o->pattern));
    if (!outcome->named || o->since != NULL)
        calendar_check(&calendar, table, calendar.first, calendar.last);
    for (size_t i = 0; i < windows->count && o->since == NULL; i++)
        calendar_check(&calendar, table, windows->all[i].first, windows->all[i].last);
}

void reader_plan(const struct reader_options *o, struct outcome *outcome, struct table *table)
{
    struct months *m = &outcome->months;
    struct range *range = &m->range;
    m->id =
        table_want(table, table_ids(table, o->id != NULL ? slice_of(o->id) : (struct slice){0}));
    m->keep_count = o->keep.count;
    m->keep = heap_take(o->keep.count, sizeof *m->keep);
    m->keep_names = heap_take(o->keep.count, sizeof *m->keep_names);
    table_want_as(table, o->keep.items, o->keep.count, m->keep, m->keep_names);
    range->since = o->since != NULL ? table_want_name(table, outcome->since) : TABLE_NONE;
    range->until = o->until != NULL ? table_want_name(table, outcome->until) : TABLE_NONE;
    if (o->in_rows)
        months_plan_long(m, table, slice_of(o->period), slice_of(o->value));
    else
        plan_wide(o, outcome, table);
    if (outcome->per == PERIOD_WINDOW && !outcome->named)
        outcome->windows = o->since != NULL
                               ? windows_whole(PERIOD_WAVE, range->since_first, range->since_last)
                               : windows_whole(range->kind, range->first, range->last);
    outcome_plan(outcome);
    table_find_part(table);
}
