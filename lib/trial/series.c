#include "trial/series.h"

#include <stdlib.h>

#include "base/heap.h"
#include "base/option.h"
#include "base/slice.h"
#include "number/period.h"
#include "number/scale.h"
#include "number/value.h"
#include "stream/script.h"
#include "trial/heading.h"
#include "trial/language.h"
#include "trial/look.h"
#include "trial/milestones.h"
#include "trial/sheet.h"
#include "trial/timeline.h"

enum { FEW = 24, MEANS_PARTS = 55, ALONE_PARTS = 70, MANY = 4, TIC_PIXELS = 32, TIC_PLAIN = 3 };

/* What is drawn of a facet. */
struct facet {
    size_t from, count; /* rows */
    struct scale means, diffs;
    struct panel above, below;
};

struct series {
    struct figure *figure;
    struct canvas *canvas;
    struct sheet sheet;
    struct facet *facets;
    struct milestones milestones;
};

/* ---- lines ---- */

static void put_point(struct canvas *canvas, const struct figure_row *row,
                      const enum figure_column *columns, size_t count)
{
    char text[VALUE_ROOM];
    script_add(&canvas->panels, "%s", value_print(text, row->at));
    for (size_t i = 0; i < count; i++)
        script_add(&canvas->panels, " %s", value_print(text, figure_value(row, columns[i])));
    script_add(&canvas->panels, "\n");
}

static bool is_whole(const struct figure_row *row, const enum figure_column *columns, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!value_there(figure_value(row, columns[i])))
            return false;
    return true;
}

/* A row as it stands among those of its line. */
struct link {
    const struct figure *figure;
    const struct figure_row *rows;
    size_t count;
    const enum figure_column *columns;
    size_t values;
};

static bool drawn(const struct link *link, size_t i)
{
    return i < link->count && is_whole(&link->rows[i], link->columns, link->values);
}

/* Whether the line goes on from row i - 1 to row i: none is missing between them. */
static bool goes_on(const struct link *link, size_t i)
{
    return i > 0 && drawn(link, i - 1) && drawn(link, i) &&
           timeline_follows(&link->figure->time, link->rows[i - 1].at, link->rows[i].at);
}

/* The rows that have values, with an empty line where the line breaks; or with `alone` only those
 * that have no neighbour, or all where they are few. The number of the block, 0 for none. */
static size_t put_block(struct canvas *canvas, const struct link *link, bool alone, bool few)
{
    size_t block = 0;
    for (size_t i = 0; i < link->count; i++) {
        bool lonely = !goes_on(link, i) && !goes_on(link, i + 1);
        if (!drawn(link, i) || (alone && !lonely && !few))
            continue;
        if (block > 0 && !alone && !goes_on(link, i))
            script_add(&canvas->panels, "\n");
        if (block == 0)
            block = canvas_block(canvas);
        put_point(canvas, &link->rows[i], link->columns, link->values);
    }
    if (block > 0)
        canvas_block_end(canvas);
    return block;
}

static void put_line(const struct series *s, const struct figure_row *rows, size_t count,
                     enum figure_column column, int colour)
{
    struct canvas *canvas = s->canvas;
    struct link link = {s->figure, rows, count, &column, 1};
    size_t line = put_block(canvas, &link, false, false);
    size_t dots = put_block(canvas, &link, true, count <= FEW && !canvas->plain);
    if (line > 0)
        canvas_clause(canvas, "$d%zu with lines %s", line, look_line(canvas->plain, colour).text);
    if (dots > 0)
        canvas_clause(canvas, "$d%zu with points %s", dots, look_dots(canvas->plain, colour).text);
}

/* The simultaneous band, or within it the interval. */
static const enum figure_column wide[] = {FIGURE_DIFF, FIGURE_BAND_LOW, FIGURE_BAND_HIGH};
static const enum figure_column narrow[] = {FIGURE_DIFF, FIGURE_CI_LOW, FIGURE_CI_HIGH};

/* As an area; as bars where a point has no neighbour. */
static void put_area(const struct series *s, const struct figure_row *rows, size_t count,
                     const enum figure_column *bars, int colour)
{
    struct canvas *canvas = s->canvas;
    bool plain = canvas->plain;
    struct look area = bars == wide ? look_band(plain, colour) : look_interval(plain, colour);
    struct look line = bars == wide ? look_edge(plain, colour) : look_line(plain, colour);
    char dot = bars == wide ? ':' : '.';
    struct link band = {s->figure, rows, count, bars + 1, 2};
    struct link bar = {s->figure, rows, count, bars, 3};
    size_t block = put_block(canvas, &band, false, false);
    size_t alone = put_block(canvas, &bar, true, false);
    if (block > 0 && plain)
        canvas_clause(
            canvas,
            "$d%zu using 1:2 with points pt '%c' notitle, $d%zu using 1:3 with points pt '%c'",
            block, dot, block, dot);
    else if (block > 0)
        canvas_clause(canvas, "$d%zu with filledcurves %s", block, area.text);
    if (alone > 0)
        canvas_clause(canvas, "$d%zu with yerrorbars ps 0 %s", alone, line.text);
}

/* For an overlay: the differences, a bar in each K-th period from the first. */
static void put_bars(const struct series *s, const struct figure_row *rows, size_t count,
                     const enum figure_column *bars, size_t every)
{
    size_t block = 0;
    for (size_t i = 0; i < count; i++) {
        bool kept = s->figure->time.kind == PERIOD_WAVE
                        ? i % every == 0
                        : (size_t)(value_round(rows[i].at) - s->figure->time.first) % every == 0;
        if (!kept || !is_whole(&rows[i], bars, 3))
            continue;
        if (block == 0)
            block = canvas_block(s->canvas);
        put_point(s->canvas, &rows[i], bars, 3);
    }
    if (block == 0)
        return;
    canvas_block_end(s->canvas);
    bool plain = s->canvas->plain;
    if (bars == wide)
        canvas_clause(s->canvas, "$d%zu with yerrorbars ps 0 %s", block,
                      look_edge(plain, LOOK_GREY).text);
    else
        canvas_clause(s->canvas, "$d%zu with yerrorbars %s%s", block,
                      look_dots(plain, LOOK_GREY).text, plain ? "" : " lw 1.2");
}

/* ---- areas ---- */

static void put_means(const struct series *s, const struct facet *facet)
{
    const struct figure_row *rows = s->figure->rows + facet->from;
    size_t first = figure_run(s->figure, facet->from);
    put_line(s, rows, first, FIGURE_MEAN_CONTROL, LOOK_CONTROL);
    for (size_t i = 0; i < facet->count;) {
        size_t run = figure_run(s->figure, facet->from + i);
        put_line(s, rows + i, run, FIGURE_MEAN_TREATED, look_of_arm(rows[i].arm));
        i += run;
    }
}

static void put_diffs(const struct series *s, const struct facet *facet)
{
    const struct figure_row *rows = s->figure->rows + facet->from;
    for (int pass = 0; pass < 3; pass++)
        for (size_t i = 0; i < facet->count;) {
            size_t run = figure_run(s->figure, facet->from + i);
            int colour = look_of_arm(rows[i].arm);
            if (pass < 2)
                put_area(s, rows + i, run, pass == 0 ? wide : narrow, colour);
            else
                put_line(s, rows + i, run, FIGURE_DIFF, colour);
            i += run;
        }
}

static void put_overlay(const struct series *s, const struct facet *facet)
{
    const struct figure_row *rows = s->figure->rows + facet->from;
    const struct whole *every = &s->figure->options->every;
    for (size_t i = 0; i < facet->count;) {
        size_t run = figure_run(s->figure, facet->from + i);
        put_bars(s, rows + i, run, wide, every->given ? (size_t)every->value : 1);
        put_bars(s, rows + i, run, narrow, every->given ? (size_t)every->value : 1);
        i += run;
    }
    put_means(s, facet);
}

enum area { AREA_MEANS, AREA_DIFFS, AREA_OVERLAY };

static void draw_area(struct series *s, size_t number, enum area area, struct panel panel,
                      bool labelled)
{
    struct facet *facet = &s->facets[number];
    struct canvas *canvas = s->canvas;
    struct panel edges = sheet_column(&s->sheet, number);
    const struct scale *y = area == AREA_DIFFS ? &facet->diffs : &facet->means;
    edges.top = panel.bottom + (canvas->plain ? 1 : 5);
    canvas_frame(canvas, panel, y);
    timeline_draw(&s->figure->time, canvas, panel, edges, labelled);
    if (area != AREA_MEANS)
        canvas_clause(canvas, "0 with lines %s", canvas->plain ? "lt 0" : "lc rgb '#555555'");
    milestones_draw(&s->milestones, canvas);
    if (area == AREA_MEANS)
        put_means(s, facet);
    else if (area == AREA_DIFFS)
        put_diffs(s, facet);
    else
        put_overlay(s, facet);
    canvas_draw(canvas);
}

/* How wide the texts of the y axes are, beside which a facet's areas stand. */
static int tics_width(const struct series *s, const struct facet *facet)
{
    int means = canvas_tics_width(s->canvas, &facet->means);
    int diffs = canvas_tics_width(s->canvas, &facet->diffs);
    return means > diffs ? means : diffs;
}

/* A row of areas, one in each facet's column. */
static void draw_row(struct series *s, size_t first, enum area area, int parts, bool labelled)
{
    int bottom = 0, top = s->canvas->height;
    for (size_t i = first; i < first + sheet_row(&s->sheet, first); i++) {
        struct facet *facet = &s->facets[i];
        const struct scale *y = area == AREA_DIFFS ? &facet->diffs : &facet->means;
        struct panel panel =
            sheet_panel(&s->sheet, i, tics_width(s, facet), sheet_height(&s->sheet, parts), y);
        s->canvas->height = top;
        draw_area(s, i, area, panel, labelled);
        bottom = panel.bottom > bottom ? panel.bottom : bottom;
    }
    sheet_below(&s->sheet, bottom, labelled);
}

/* ---- texts ---- */

static void put_legend(struct series *s)
{
    struct figure *figure = s->figure;
    size_t arms = figure->arms.raw.count, count = 0;
    struct canvas_entry *entries = heap_take(arms + 2, sizeof *entries);
    for (size_t i = 0; i < arms && (arms > 1 || figure->means); i++)
        entries[count++] = (struct canvas_entry){figure->arms.shown[i], look_of_arm(i), false};
    if (figure->means)
        entries[count++] = (struct canvas_entry){figure->control, LOOK_CONTROL, false};
    if (figure->options->overlay)
        entries[count++] =
            (struct canvas_entry){heading_of_differences(figure, arms == 1), LOOK_GREY, false};
    canvas_legend(s->canvas, entries, count);
    free(entries);
}

/* ---- scales ---- */

static void meet_rows(struct series *s, struct facet *facet)
{
    for (size_t i = facet->from; i < facet->from + facet->count; i++) {
        const struct figure_row *row = &s->figure->rows[i];
        for (enum figure_column c = FIGURE_DIFF; c <= FIGURE_BAND_HIGH; c++)
            scale_meet(&facet->diffs, figure_value(row, c));
        scale_meet(&facet->means, figure_value(row, FIGURE_MEAN_TREATED));
        scale_meet(&facet->means, figure_value(row, FIGURE_MEAN_CONTROL));
    }
    if (!s->figure->means || s->figure->options->overlay)
        scale_merge(&facet->means, &facet->diffs);
}

static void plan_scales(struct series *s)
{
    const struct figure *figure = s->figure;
    size_t count = figure->facets.raw.count;
    int tic = s->canvas->plain ? TIC_PLAIN : TIC_PIXELS;
    struct facet all = {0};
    for (size_t i = 0; i < count; i++) {
        meet_rows(s, &s->facets[i]);
        scale_merge(&all.means, &s->facets[i].means);
        scale_merge(&all.diffs, &s->facets[i].diffs);
    }
    for (size_t i = 0; i < count; i++) {
        struct facet *facet = &s->facets[i];
        if (!figure->options->free_y) {
            facet->means = all.means;
            facet->diffs = all.diffs;
        }
        scale_meet(&facet->means, value_whole(0));
        scale_meet(&facet->diffs, value_whole(0));
        int means = figure->options->overlay ? 100 : MEANS_PARTS;
        scale_plan(&facet->means, sheet_height(&s->sheet, means) / tic + 1);
        scale_plan(&facet->diffs,
                   sheet_height(&s->sheet, figure->means ? 100 - MEANS_PARTS : ALONE_PARTS) / tic +
                       1);
    }
}

static void find_facets(struct series *s)
{
    size_t at = 0;
    s->facets = heap_take(s->figure->facets.raw.count, sizeof *s->facets);
    for (size_t i = 0; i < s->figure->facets.raw.count; i++) {
        struct facet *facet = &s->facets[i];
        facet->from = at;
        while (at < s->figure->count && s->figure->rows[at].facet == i)
            at++;
        facet->count = at - facet->from;
    }
}

/* What the y axes are: above each area; or where the facets are many, above all of them. */
struct titles {
    struct slice means, diffs;
    bool once;
};

static struct titles name_axes(struct series *s)
{
    struct figure *figure = s->figure;
    struct titles titles = {heading_of_means(figure), heading_of_differences(figure, true),
                            figure->facets.raw.count > MANY};
    if (!figure->means && figure->options->ylabel != NULL)
        titles.diffs = figure_join(figure, titles.means, ": ", titles.diffs);
    if (!titles.once)
        return titles;
    struct slice means = titles.means, diffs = titles.diffs;
    if (figure->means && !figure->options->overlay) {
        means = figure_join(figure, figure_word(figure, WORD_ABOVE), ": ", means);
        diffs = figure_join(figure, figure_word(figure, WORD_BELOW), ": ", diffs);
    }
    if (figure->means)
        canvas_paragraph(s->canvas, CANVAS_TEXT, means);
    if (!figure->options->overlay)
        canvas_paragraph(s->canvas, CANVAS_TEXT, diffs);
    return titles;
}

/* The areas of a row of facets. */
static void draw_facets(struct series *s, size_t first, const struct titles *titles)
{
    bool means = s->figure->means, overlay = s->figure->options->overlay;
    int lower = means ? 100 - MEANS_PARTS : ALONE_PARTS;
    sheet_headings(&s->sheet, first);
    if (!titles->once)
        sheet_line(&s->sheet, first, means ? titles->means : titles->diffs);
    milestones_put(&s->milestones, &s->sheet, first, tics_width(s, &s->facets[first]));
    if (overlay) {
        draw_row(s, first, AREA_OVERLAY, 100, true);
        return;
    }
    if (means)
        draw_row(s, first, AREA_MEANS, MEANS_PARTS, false);
    if (titles->once && !s->canvas->plain)
        s->canvas->height += s->canvas->gap; /* two texts of tics stand below each other */
    else if (means)
        sheet_line(&s->sheet, first, titles->diffs);
    draw_row(s, first, AREA_DIFFS, lower, true);
}

void series_draw(struct figure *figure, struct canvas *canvas)
{
    struct series s = {.figure = figure, .canvas = canvas};
    s.sheet = sheet_begin(figure, canvas, heading_of_figure(figure));
    find_facets(&s);
    plan_scales(&s);
    milestones_plan(&s.milestones, figure);
    put_legend(&s);
    struct titles titles = name_axes(&s);
    for (size_t first = 0; first < figure->facets.raw.count; first += sheet_row(&s.sheet, first))
        draw_facets(&s, first, &titles);
    sheet_end(&s.sheet, figure_time_name(figure));
    milestones_free(&s.milestones);
    free(s.facets);
}
