#include "trial/windows.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "base/message.h"
#include "number/period.h"
#include "stream/sink.h"
#include "trial/cell.h"
#include "trial/course.h"

int windows_period(const char *option, struct slice text, enum period_kind kind, bool last)
{
    int number = period_read(kind, text), month = period_parse(text);
    if (number == PERIOD_NONE && kind == PERIOD_WEEK && month != PERIOD_NONE)
        number = last ? period_last(kind, month) : period_first(kind, month);
    if (number == PERIOD_NONE)
        misuse("--%s: %s is not a %s such as %s%s", option, quoted_given(text), period_noun(kind),
               period_example(kind), kind == PERIOD_WEEK ? ", nor a month such as 2016-02" : "");
    return number;
}

/* The name is what stands before the last equals sign, as a range has none. */
static struct window parse(struct slice text, enum period_kind kind)
{
    struct window window = {.name = text};
    while (window.name.length > 0 && window.name.bytes[window.name.length - 1] != '=')
        window.name.length--;
    struct slice last = {text.bytes + window.name.length, text.length - window.name.length};
    struct slice first = slice_cut(&last, ':');
    if (window.name.length < 2 || first.length == 0 || last.length == 0)
        misuse("--windows: NAME=FROM:TO was expected, not %s", quoted_given(text));
    window.name.length--;
    if (cell_missing(window.name) || !sink_nameable(window.name))
        misuse("--windows: %s is no name for a window", quoted_given(window.name));
    window.first = windows_period("windows", first, kind, false);
    window.last = windows_period("windows", last, kind, true);
    if (window.first > window.last)
        misuse("--windows: in %s the first %s is after the last", quoted_given(text),
               period_noun(kind));
    period_print_range(window.label, kind, window.first, window.last);
    return window;
}

/* Puts a window before those that begin later, or end later. */
static void add(struct windows *windows, struct window window)
{
    size_t at = windows->count++;
    for (size_t i = 0; i < at; i++)
        if (slice_equal(windows->all[i].name, window.name))
            misuse("--windows: two windows are called %s", quoted_given(window.name));
    while (at > 0 && (windows->all[at - 1].first > window.first ||
                      (windows->all[at - 1].first == window.first &&
                       windows->all[at - 1].last > window.last))) {
        windows->all[at] = windows->all[at - 1];
        at--;
    }
    windows->all[at] = window;
    windows->first = window.first < windows->first ? window.first : windows->first;
    windows->last = window.last > windows->last ? window.last : windows->last;
}

struct windows windows_parse(const struct list *items, enum period_kind kind)
{
    struct windows windows = {.first = INT_MAX, .last = INT_MIN};
    windows.all = heap_take(items->count, sizeof *windows.all);
    for (size_t i = 0; i < items->count; i++)
        add(&windows, parse(items->items[i], kind));
    return windows;
}

struct windows windows_whole(enum period_kind kind, int first, int last)
{
    struct windows windows = {.count = 1, .first = first, .last = last};
    windows.all = heap_take(1, sizeof *windows.all);
    windows.all->first = first;
    windows.all->last = last;
    period_print_range(windows.all->label, kind, first, last);
    return windows;
}

struct step *windows_steps(const struct range *range, enum period_kind per)
{
    enum period_kind kind = range->kind;
    bool each = per == kind || per == PERIOD_WINDOW;
    int before = 0;
    struct step *steps = heap_take((size_t)(range->last - range->first) + 1, sizeof *steps);
    for (int number = range->first; number <= range->last; number++) {
        struct step *step = &steps[number - range->first];
        step->last = true;
        int period = each ? number : period_first(per, period_month(kind, number));
        if (number > range->first && period == before)
            step[-1].last = false;
        period_print(step->label, each ? kind : per, period);
        before = period;
    }
    return steps;
}

void windows_check(const struct range *range, enum period_kind per)
{
    enum period_kind kind = range->kind;
    char text[PERIOD_ROOM], label[PERIOD_ROOM];
    int first = period_first(per, period_month(kind, range->first));
    int last = period_first(per, period_month(kind, range->last));
    bool early = period_first(kind, period_month(per, first)) != range->first;
    if (!early && period_last(kind, period_month(per, last + 1) - 1) == range->last)
        return;
    period_print(text, kind, early ? range->first : range->last);
    period_print(label, per, early ? first : last);
    fail("the range %s at %s, inside %s; give whole periods by --from and --to, or --per window",
         early ? "begins" : "ends", text, label);
}

void windows_free(struct windows *windows)
{
    free(windows->all);
}
