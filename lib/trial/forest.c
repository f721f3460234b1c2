#include "trial/forest.h"

#include <stdlib.h>

#include "base/heap.h"
#include "base/slice.h"
#include "number/scale.h"
#include "number/value.h"
#include "stream/script.h"
#include "trial/heading.h"
#include "trial/language.h"
#include "trial/look.h"
#include "trial/sheet.h"

enum { ROW = 24, TICS = 8, TICS_PLAIN = 5, NAMES_PARTS = 45 };

struct forest {
    struct figure *figure;
    struct canvas *canvas;
    bool standard; /* in standard deviations */
    struct scale scale;
    struct slice *names; /* by row */
    int *middles;        /* of the rows, from the top of the area */
    struct panel panel;
};

/* In standard deviations by the row's smd, which is the difference in them; where that is 0, by the
 * deviations themselves. */
static struct value shown(const struct forest *forest, const struct figure_row *row,
                          enum figure_column column)
{
    struct value value = figure_value(row, column);
    if (!forest->standard)
        return value;
    if (column == FIGURE_DIFF)
        return figure_value(row, FIGURE_SMD);
    struct value diff = figure_value(row, FIGURE_DIFF), smd = figure_value(row, FIGURE_SMD);
    struct value scaled = value_scaled(value, diff, smd);
    if (value_there(scaled))
        return scaled;
    return value_standard(value, figure_value(row, FIGURE_SD_TREATED),
                          figure_value(row, FIGURE_SD_CONTROL));
}

static void plan_scale(struct forest *forest)
{
    const struct figure *figure = forest->figure;
    for (size_t i = 0; i < figure->count && figure->outcomes.raw.count > 1; i++)
        forest->standard |= value_there(figure_value(&figure->rows[i], FIGURE_SMD));
    scale_meet(&forest->scale, value_whole(0));
    for (size_t i = 0; i < figure->count; i++)
        for (enum figure_column c = FIGURE_DIFF; c <= FIGURE_CI_HIGH; c++)
            scale_meet(&forest->scale, shown(forest, &figure->rows[i], c));
    if (forest->standard) {
        scale_meet(&forest->scale, value_read(slice_of("-0.1"), '.'));
        scale_meet(&forest->scale, value_read(slice_of("0.1"), '.'));
    }
    scale_plan(&forest->scale, forest->canvas->plain ? TICS_PLAIN : TICS);
}

/* What tells a row from others: its keys, its outcome where there are several, its arm too. */
static void name_rows(struct forest *forest)
{
    struct figure *figure = forest->figure;
    forest->names = heap_take(figure->count, sizeof *forest->names);
    for (size_t i = 0; i < figure->count; i++) {
        const struct figure_row *row = &figure->rows[i];
        struct slice name = figure->facets.shown[row->facet];
        if (name.length == 0)
            name = figure->outcomes.shown[row->outcome];
        if (figure->arms.raw.count > 1 || name.length == 0)
            name = figure_join(figure, name, ", ", figure->arms.shown[row->arm]);
        forest->names[i] = name;
    }
}

/* How wide the names are, at most a part of the whole. */
static int names_width(const struct forest *forest)
{
    int most = forest->canvas->width * NAMES_PARTS / 100, widest = 0;
    for (size_t i = 0; i < forest->figure->count; i++) {
        int width = canvas_width(forest->canvas, forest->names[i], CANVAS_TEXT);
        widest = width > widest ? width : widest;
    }
    return widest < most ? widest : most;
}

/* Puts the names, a row as high as its name. */
static void put_names(struct forest *forest)
{
    struct canvas *canvas = forest->canvas;
    struct panel *panel = &forest->panel;
    int width = names_width(forest), least = canvas->plain ? 1 : ROW;
    *panel = (struct panel){.left = canvas->gap + width + canvas->gap,
                            .right = canvas->width - canvas->gap - (canvas->plain ? 1 : 2),
                            .top = canvas->height};
    forest->middles = heap_take(forest->figure->count, sizeof *forest->middles);
    int at = panel->top + (canvas->plain ? 1 : canvas->gap / 2);
    for (size_t i = 0; i < forest->figure->count; i++) {
        int text = canvas_lines_height(canvas, width, CANVAS_TEXT, forest->names[i]);
        int height = text + (canvas->plain ? 0 : ROW - canvas->line);
        height = height > least ? height : least;
        canvas_lines(canvas, canvas->gap, canvas->gap + width, at + (height - text) / 2,
                     CANVAS_TEXT, forest->names[i]);
        forest->middles[i] = at + height / 2 - panel->top;
        at += height;
    }
    panel->bottom = at + (canvas->plain ? 1 : canvas->gap / 2);
}

static void put_tics(struct forest *forest)
{
    const struct scale *scale = &forest->scale;
    struct canvas *canvas = forest->canvas;
    struct panel *panel = &forest->panel, edges = *panel;
    char plain[SCALE_ROOM], texts[2 * TICS][LANGUAGE_ROOM];
    struct canvas_tic tics[2 * TICS];
    size_t count = 0;
    script_add(&canvas->panels, "set xrange [%s:", scale_tic(plain, scale, scale->first));
    script_add(&canvas->panels, "%s]\nset xtics (", scale_tic(plain, scale, scale->last));
    for (int64_t tic = scale->first; tic <= scale->last && count < 2 * TICS; tic++) {
        scale_tic(plain, scale, tic);
        script_add(&canvas->panels, "%s'' %s", count > 0 ? "," : "", plain);
        language_number(texts[count], canvas->language, plain);
        int place = (int)((tic - scale->first) * (panel->right - panel->left) /
                          (scale->last - scale->first));
        tics[count] = (struct canvas_tic){panel->left + place, slice_of(texts[count])};
        count++;
    }
    script_add(&canvas->panels, ")\nset yrange [%d:0]\nunset ytics\n", panel->bottom - panel->top);
    edges.left = canvas->gap;
    edges.right = canvas->width - canvas->gap;
    edges.top = panel->bottom + (canvas->plain ? 1 : 5);
    canvas_tics(canvas, edges, tics, count);
}

/* Upright lines: at 0, and where differences of standard deviations are called small. */
static void put_lines(struct forest *forest)
{
    static const char *const places[] = {"0", "-0.1", "0.1"};
    struct canvas *canvas = forest->canvas;
    for (size_t i = 0; i < (forest->standard ? 3u : 1u); i++)
        script_add(&canvas->panels,
                   "set arrow from first %s, graph E to first %s, graph 1-E nohead back %s\n",
                   places[i], places[i],
                   canvas->plain ? "lt 0"
                   : i > 0       ? "lc rgb '#999999' dt 2"
                                 : "lc rgb '#555555'");
}

/* The rows of an arm: the difference, and its interval if there is one. */
static size_t put_rows(struct forest *forest, size_t arm)
{
    struct canvas *canvas = forest->canvas;
    size_t block = 0;
    for (size_t i = 0; i < forest->figure->count; i++) {
        const struct figure_row *row = &forest->figure->rows[i];
        char text[VALUE_ROOM];
        struct value diff = shown(forest, row, FIGURE_DIFF);
        struct value low = shown(forest, row, FIGURE_CI_LOW);
        struct value high = shown(forest, row, FIGURE_CI_HIGH);
        bool whole = value_there(low) && value_there(high);
        if (row->arm != arm || !value_there(diff))
            continue;
        if (block == 0)
            block = canvas_block(canvas);
        script_add(&canvas->panels, "%s %d", value_print(text, diff), forest->middles[i]);
        script_add(&canvas->panels, " %s", value_print(text, whole ? low : diff));
        script_add(&canvas->panels, " %s\n", value_print(text, whole ? high : diff));
    }
    if (block > 0)
        canvas_block_end(canvas);
    return block;
}

static struct slice name_axis(const struct forest *forest)
{
    struct figure *figure = forest->figure;
    struct slice text = figure_word(figure, forest->standard ? WORD_STANDARDISED : WORD_DIFFERENCE);
    bool one = figure->outcomes.raw.count == 1 && figure->outcomes.shown[0].length > 0;
    if (!forest->standard && one)
        text = figure_join(figure, figure_join(figure, text, "", figure_word(figure, WORD_IN)), "",
                           figure->outcomes.shown[0]);
    if (figure->options->percent && !forest->standard)
        text = figure_join(figure, text, ", ", figure_word(figure, WORD_POINTS));
    if (figure->arms.raw.count == 1)
        text = figure_join(figure, text, ", ",
                           figure_join(figure, figure->arms.shown[0], " - ", figure->control));
    return figure_join(figure, text, "", figure->interval);
}

static void put_arms(struct forest *forest)
{
    struct figure *figure = forest->figure;
    struct canvas *canvas = forest->canvas;
    for (size_t arm = 0; arm < figure->arms.raw.count; arm++) {
        int colour = look_of_arm(arm);
        size_t block = put_rows(forest, arm);
        if (block > 0 && canvas->plain)
            canvas_clause(canvas, "$d%zu with xerrorbars %s", block,
                          look_dots(canvas->plain, colour).text);
        else if (block > 0)
            canvas_clause(canvas, "$d%zu with xerrorbars pt 7 ps 0.7 %s", block,
                          look_line(canvas->plain, colour).text);
    }
}

static void put_legend(struct forest *forest)
{
    const struct figure *figure = forest->figure;
    size_t arms = figure->arms.raw.count;
    struct canvas_entry *entries = heap_take(arms, sizeof *entries);
    for (size_t i = 0; i < arms; i++)
        entries[i] = (struct canvas_entry){figure->arms.shown[i], look_of_arm(i), false};
    if (arms > 1)
        canvas_legend(forest->canvas, entries, arms);
    free(entries);
}

void forest_draw(struct figure *figure, struct canvas *canvas)
{
    struct forest forest = {.figure = figure, .canvas = canvas};
    struct sheet sheet = sheet_begin(figure, canvas, heading_of_figure(figure));
    plan_scale(&forest);
    name_rows(&forest);
    put_legend(&forest);
    canvas_paragraph(canvas, CANVAS_TEXT, figure_text(figure, figure->options->ylabel));
    canvas->height += canvas->gap;
    put_names(&forest);
    canvas_frame(canvas, forest.panel, NULL);
    put_tics(&forest);
    put_lines(&forest);
    put_arms(&forest);
    canvas_draw(canvas);
    sheet_below(&sheet, forest.panel.bottom, true);
    sheet_end(&sheet, name_axis(&forest));
    free(forest.names);
    free(forest.middles);
}
