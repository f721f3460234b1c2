#include "trial/milestones.h"

#include <stdlib.h>

#include "base/heap.h"
#include "base/message.h"
#include "base/option.h"
#include "number/period.h"
#include "stream/lettering.h"
#include "stream/script.h"
#include "trial/language.h"
#include "trial/timeline.h"

/* The period that a row has next to this place. */
static struct slice nearest(const struct figure *figure, struct value at)
{
    const struct figure_row *best = &figure->rows[0];
    for (size_t i = 1; i < figure->count; i++)
        if (value_nearer(figure->rows[i].at, best->at, at))
            best = &figure->rows[i];
    return best->cells[figure->axis];
}

static struct value find(const struct figure *figure, struct slice period)
{
    struct value at = timeline_at(&figure->time, period);
    if (!value_there(at))
        fail("--mark: %s is no %s, such as %s; say one of the rows'", quoted_given(period),
             period_noun(figure->time.kind), period_example(figure->time.kind));
    for (size_t i = 0; i < figure->count; i++)
        if (value_compare(figure->rows[i].at, at) == 0)
            return at;
    fail("--mark: no row has the period %s; the nearest one is %s", quoted_given(period),
         quoted(nearest(figure, at)));
}

/* What a period is called where no text was given. */
static struct slice name_of(struct figure *figure, struct value at, struct slice period)
{
    char text[LANGUAGE_ROOM];
    if (figure->time.kind == PERIOD_WAVE)
        return lettering_label(&figure->bytes, period);
    language_period(text, figure->options->language, figure->time.kind, value_round(at), false);
    return lettering_label(&figure->bytes, slice_of(text));
}

void milestones_plan(struct milestones *milestones, struct figure *figure)
{
    const struct list *given = &figure->options->marks;
    *milestones = (struct milestones){.figure = figure, .count = given->count};
    milestones->all = heap_take(given->count + 1, sizeof *milestones->all);
    for (size_t i = 0; i < given->count; i++) {
        struct slice text = given->items[i], period = slice_cut(&text, '=');
        struct value at = find(figure, period);
        bool named = text.bytes != NULL;
        milestones->all[i] = (struct milestone){at, named ? lettering_label(&figure->bytes, text)
                                                          : name_of(figure, at, period)};
    }
}

/* The texts above one area, a line each where two would meet. Returns the height. */
static int put_above(const struct milestones *milestones, struct canvas *canvas, struct panel panel,
                     struct panel column)
{
    int height = 0, end = column.left;
    for (size_t i = 0; i < milestones->count; i++) {
        const struct milestone *one = &milestones->all[i];
        int width = canvas_width(canvas, one->text, CANVAS_NOTE);
        int left = timeline_place(&milestones->figure->time, panel, one->at) - width / 2;
        left = left + width > column.right ? column.right - width : left;
        left = left < column.left ? column.left : left;
        if (i == 0 || left < end + canvas->gap)
            height += canvas->line;
        int top = column.top + height - canvas->line;
        height += canvas_lines(canvas, left, column.right, top, CANVAS_NOTE, one->text);
        height -= canvas_lines_height(canvas, width, CANVAS_NOTE, one->text);
        end = left + width;
    }
    return height;
}

void milestones_put(const struct milestones *milestones, struct sheet *sheet, size_t first,
                    int tics)
{
    int highest = 0;
    for (size_t i = 0; i < sheet_row(sheet, first); i++) {
        struct panel column = sheet_column(sheet, first + i), panel = column;
        panel.left += tics;
        int height = put_above(milestones, sheet->canvas, panel, column);
        highest = height > highest ? height : highest;
    }
    sheet->canvas->height += highest;
    if (highest > 0 && !sheet->canvas->plain)
        sheet->canvas->height += sheet->canvas->gap;
}

void milestones_draw(const struct milestones *milestones, struct canvas *canvas)
{
    for (size_t i = 0; i < milestones->count; i++) {
        char at[VALUE_ROOM];
        value_print(at, milestones->all[i].at);
        script_add(&canvas->panels,
                   "set arrow from first %s, graph E to first %s, graph 1-E nohead front %s\n", at,
                   at, canvas->plain ? "lt 0" : "lw 1.2 dt 3 lc rgb '#333333'");
    }
}

void milestones_free(struct milestones *milestones)
{
    free(milestones->all);
}
