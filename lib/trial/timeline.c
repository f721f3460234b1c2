#include "trial/timeline.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "stream/script.h"
#include "trial/language.h"

enum { STEPS = 14, TICS_MOST = 10, MINOR_MOST = 120, NO_AXIS = -1 };

/* A month without its dash, a year, or any other number. */
static int kind_of_number(struct slice text)
{
    bool month = text.length == 6 && period_parse(text) != PERIOD_NONE &&
                 (memcmp(text.bytes, "19", 2) == 0 || memcmp(text.bytes, "20", 2) == 0);
    if (month)
        return PERIOD_MONTH;
    return period_read(PERIOD_YEAR, text) != PERIOD_NONE ? PERIOD_YEAR : PERIOD_WAVE;
}

static int kind_of(struct slice text)
{
    switch (period_form(text)) {
    case PERIOD_MONTHS:
        return PERIOD_MONTH;
    case PERIOD_QUARTERS:
        return PERIOD_QUARTER;
    case PERIOD_HALVES:
        return PERIOD_HALF;
    case PERIOD_WEEKS:
        return period_read(PERIOD_WEEK, text) != PERIOD_NONE ? PERIOD_WEEK : NO_AXIS;
    case PERIOD_NUMBERS:
        return kind_of_number(text);
    default:
        return NO_AXIS;
    }
}

/* The kind of all of them. Numbers that are of two kinds are just numbers. */
static int kind_of_all(const struct slice *cells, size_t count)
{
    int kind = kind_of(cells[0]);
    for (size_t i = 1; i < count && kind != NO_AXIS; i++) {
        int other = kind_of(cells[i]);
        if (other == kind)
            continue;
        bool both =
            period_form(cells[0]) == PERIOD_NUMBERS && period_form(cells[i]) == PERIOD_NUMBERS;
        kind = both ? PERIOD_WAVE : NO_AXIS;
    }
    return kind;
}

struct value timeline_at(const struct timeline *timeline, struct slice cell)
{
    int number = PERIOD_NONE;
    if (timeline->kind == PERIOD_WAVE)
        return value_read(cell, '.');
    if (kind_of(cell) == (int)timeline->kind)
        number = period_read(timeline->kind, cell);
    return number == PERIOD_NONE ? value_none() : value_whole(number);
}

bool timeline_plan(struct timeline *timeline, const struct slice *cells, size_t count, bool numbers)
{
    int kind = count > 0 ? kind_of_all(cells, count) : NO_AXIS;
    if (kind == NO_AXIS || (kind == PERIOD_WAVE && !numbers))
        return false;
    *timeline = (struct timeline){.kind = (enum period_kind)kind};
    for (size_t i = 0; i < count; i++)
        scale_meet(&timeline->scale, timeline_at(timeline, cells[i]));
    if (!timeline->scale.met || value_compare(timeline->scale.low, timeline->scale.high) == 0)
        return false;
    timeline->first = value_round(timeline->scale.low);
    timeline->last = value_round(timeline->scale.high);
    scale_plan(&timeline->scale, TICS_MOST);
    return true;
}

bool timeline_follows(const struct timeline *timeline, struct value before, struct value value)
{
    return timeline->kind == PERIOD_WAVE || value_round(value) == value_round(before) + 1;
}

/* Half a period is left at both ends. */
static int place_of(const struct timeline *timeline, struct panel panel, int number)
{
    long long half = 2LL * (number - timeline->first) + 1;
    long long whole = 2LL * (timeline->last - timeline->first + 1);
    return panel.left + (int)(half * (panel.right - panel.left) / whole);
}

int timeline_place(const struct timeline *timeline, struct panel panel, struct value value)
{
    if (timeline->kind != PERIOD_WAVE)
        return place_of(timeline, panel, value_round(value));
    return panel.left + scale_place(&timeline->scale, value, panel.right - panel.left);
}

static void draw_numbers(const struct timeline *timeline, struct canvas *canvas, struct panel panel,
                         struct panel edges, bool labelled)
{
    const struct scale *scale = &timeline->scale;
    char plain[SCALE_ROOM], texts[2 * TICS_MOST + 2][LANGUAGE_ROOM];
    struct canvas_tic tics[2 * TICS_MOST + 2];
    size_t count = 0;
    script_add(&canvas->panels, "set xrange [%s:", scale_tic(plain, scale, scale->first));
    script_add(&canvas->panels, "%s]\nset xtics (", scale_tic(plain, scale, scale->last));
    for (int64_t tic = scale->first; tic <= scale->last; tic++, count++) {
        scale_tic(plain, scale, tic);
        script_add(&canvas->panels, "%s'' %s", count > 0 ? "," : "", plain);
        int x = timeline_place(timeline, panel, value_read(slice_of(plain), '.'));
        language_number(texts[count], canvas->language, plain);
        tics[count] = (struct canvas_tic){x, slice_of(texts[count])};
    }
    script_add(&canvas->panels, ")\n");
    if (labelled)
        canvas_tics(canvas, edges, tics, count);
}

/* Steps from tic to tic, in periods: parts of a year, then years. */
static int step_of(enum period_kind kind, size_t number)
{
    static const int years[] = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000};
    static const int weeks[] = {1, 2, 4, 13, 26};
    static const int months[] = {1, 3, 6};
    int a_year = kind == PERIOD_WEEK ? 52 : 12 / period_months(kind);
    size_t parts = kind == PERIOD_WEEK      ? 5
                   : kind == PERIOD_MONTH   ? 3
                   : kind == PERIOD_QUARTER ? 2
                                            : kind == PERIOD_HALF;
    if (number >= parts)
        return a_year * years[number - parts < 10 ? number - parts : 9];
    return kind == PERIOD_WEEK    ? weeks[number]
           : kind == PERIOD_MONTH ? months[number]
                                  : 1 << number;
}

/* Tics stand at round periods; weeks at every so many from the first. */
static bool stands(const struct timeline *timeline, int number, int step)
{
    int from = timeline->kind == PERIOD_WEEK ? timeline->first : 0;
    return (number - from) % step == 0;
}

struct tics {
    struct canvas_tic *all;
    char (*texts)[LANGUAGE_ROOM];
    size_t count;
};

static void gather(const struct timeline *timeline, struct canvas *canvas, struct panel panel,
                   int step, struct tics *tics)
{
    bool year = timeline->kind != PERIOD_WEEK && step * period_months(timeline->kind) % 12 == 0;
    tics->count = 0;
    for (int number = timeline->first; number <= timeline->last; number++) {
        if (!stands(timeline, number, step))
            continue;
        char *text = tics->texts[tics->count];
        language_period(text, canvas->language, timeline->kind, number, year);
        tics->all[tics->count++] =
            (struct canvas_tic){place_of(timeline, panel, number), slice_of(text)};
    }
}

/* The smallest step whose texts have room. */
static int choose_step(const struct timeline *timeline, struct canvas *canvas, struct panel panel,
                       struct panel edges, struct tics *tics)
{
    size_t number = 0;
    for (;; number++) {
        int step = step_of(timeline->kind, number);
        if ((timeline->last - timeline->first) / step > panel.right - panel.left)
            continue;
        gather(timeline, canvas, panel, step, tics);
        if (number + 1 == STEPS || canvas_fits(canvas, edges, tics->all, tics->count))
            break;
    }
    if (tics->count == 0) {
        while (number > 0 && tics->count == 0)
            gather(timeline, canvas, panel, step_of(timeline->kind, --number), tics);
    }
    return step_of(timeline->kind, number);
}

static void draw_periods(const struct timeline *timeline, struct canvas *canvas, struct panel panel,
                         struct panel edges, bool labelled)
{
    size_t most = (size_t)(panel.right - panel.left) + 2;
    struct tics tics = {heap_take(most, sizeof *tics.all), heap_take(most, sizeof *tics.texts), 0};
    int step = choose_step(timeline, canvas, panel, edges, &tics);
    int a_year = timeline->kind == PERIOD_WEEK ? 52 : 12 / period_months(timeline->kind);
    bool few = timeline->last - timeline->first < MINOR_MOST, begun = false;
    if (labelled)
        canvas_tics(canvas, edges, tics.all, tics.count);
    script_add(&canvas->panels, "set xrange [%d-0.5:%d+0.5]\nset xtics (", timeline->first,
               timeline->last);
    for (int number = timeline->first; number <= timeline->last; number++) {
        bool major = stands(timeline, number, step);
        if (!major && !few && !stands(timeline, number, a_year))
            continue;
        script_add(&canvas->panels, "%s'' %d%s", begun ? "," : "", number, major ? "" : " 1");
        begun = true;
    }
    script_add(&canvas->panels, ")\n");
    free(tics.all);
    free(tics.texts);
}

void timeline_draw(const struct timeline *timeline, struct canvas *canvas, struct panel panel,
                   struct panel edges, bool labelled)
{
    if (timeline->kind == PERIOD_WAVE)
        draw_numbers(timeline, canvas, panel, edges, labelled);
    else
        draw_periods(timeline, canvas, panel, edges, labelled);
}
