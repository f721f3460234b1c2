#include "trial/stack.h"

#include <stdlib.h>

#include "base/heap.h"
#include "base/slice.h"
#include "number/scale.h"
#include "number/value.h"
#include "stream/script.h"
#include "trial/caption.h"
#include "trial/language.h"
#include "trial/look.h"
#include "trial/milestones.h"
#include "trial/sheet.h"
#include "trial/timeline.h"

enum { PARTS = 80, TIC_PIXELS = 34, TIC_PLAIN = 3 };

/* The places of one arm: at each the sums of the outcomes so far, from 0 on; none where an outcome
 * is missing. */
struct pile {
    size_t count;
    struct value *at;
    struct value *sums; /* by place, outcomes + 1 of each */
    struct scale scale;
};

struct stack {
    struct figure *figure;
    struct canvas *canvas;
    struct sheet sheet;
    struct milestones milestones;
    size_t outcomes;
    struct pile *piles; /* by area */
    size_t pile_count;
};

static void add_place(struct pile *pile, size_t outcomes, struct value at)
{
    pile->at[pile->count] = at;
    for (size_t i = 0; i <= outcomes; i++)
        pile->sums[pile->count * (outcomes + 1) + i] = value_whole(0);
    pile->count++;
}

static size_t find_place(const struct pile *pile, struct value at)
{
    size_t low = 0, high = pile->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (value_compare(pile->at[middle], at) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < pile->count && value_compare(pile->at[low], at) == 0 ? low : pile->count;
}

/* Rows come by outcome: the first one's places are those of all, and a value is added to the sums
 * of its own outcome and of those above it. */
static void pile_row(struct stack *s, struct pile *pile, const struct figure_row *row,
                     enum figure_column mean, struct value *seen)
{
    size_t place = find_place(pile, row->at), width = s->outcomes + 1;
    if (place == pile->count && row->outcome == 0)
        add_place(pile, s->outcomes, row->at);
    if (place == pile->count)
        return;
    struct value *sums = pile->sums + place * width;
    for (size_t i = row->outcome + 1; i < width; i++)
        sums[i] = value_add(sums[i], figure_value(row, mean));
    seen[place] = value_add(seen[place], value_whole(1));
}

static void close_pile(struct stack *s, struct pile *pile, const struct value *seen)
{
    size_t width = s->outcomes + 1;
    for (size_t i = 0; i < pile->count; i++) {
        if (value_compare(seen[i], value_whole((int64_t)s->outcomes)) != 0)
            pile->sums[i * width + s->outcomes] = value_none();
        scale_meet(&pile->scale, pile->sums[i * width + s->outcomes]);
    }
    scale_meet(&pile->scale, value_whole(0));
}

/* The pile of an arm, or of the control, which stands beside each arm with the same means. */
static void make_pile(struct stack *s, size_t facet, size_t arm, bool control)
{
    const struct figure *figure = s->figure;
    struct pile *pile = &s->piles[s->pile_count++];
    struct value *seen = heap_take(figure->count + 1, sizeof *seen);
    pile->at = heap_take(figure->count + 1, sizeof *pile->at);
    pile->sums = heap_take((figure->count + 1) * (s->outcomes + 1), sizeof *pile->sums);
    for (size_t i = 0; i < figure->count; i++) {
        const struct figure_row *row = &figure->rows[i];
        if (row->facet == facet && row->arm == arm)
            pile_row(s, pile, row, control ? FIGURE_MEAN_CONTROL : FIGURE_MEAN_TREATED, seen);
    }
    close_pile(s, pile, seen);
    free(seen);
}

/* The areas are facets of their own: each arm of each facet, the control last. */
static void make_piles(struct stack *s)
{
    struct figure *figure = s->figure;
    size_t facets = figure->facets.raw.count, arms = figure->arms.raw.count;
    struct names areas = {0};
    s->piles = heap_take(facets * (arms + 1), sizeof *s->piles);
    for (size_t facet = 0; facet < facets; facet++)
        for (size_t arm = 0; arm <= arms; arm++) {
            struct slice name = arm < arms ? figure->arms.shown[arm] : figure->control;
            name = figure_join(figure, figure->facets.shown[facet], ", ", name);
            make_pile(s, facet, arm < arms ? arm : 0, arm == arms);
            figure_add(figure, &areas, name);
        }
    figure_replace_facets(figure, &areas);
}

static void plan_scales(struct stack *s)
{
    struct scale all = {0};
    int tic = s->canvas->plain ? TIC_PLAIN : TIC_PIXELS;
    for (size_t i = 0; i < s->pile_count; i++)
        scale_merge(&all, &s->piles[i].scale);
    for (size_t i = 0; i < s->pile_count; i++) {
        if (!s->figure->options->free_y)
            s->piles[i].scale = all;
        scale_plan(&s->piles[i].scale, sheet_height(&s->sheet, PARTS) / tic + 1);
    }
}

/* The sums of the places that have all, with an empty line where a place is missing. */
static size_t put_block(struct stack *s, const struct pile *pile)
{
    size_t width = s->outcomes + 1, block = 0, last = 0;
    char text[VALUE_ROOM];
    for (size_t i = 0; i < pile->count; i++) {
        const struct value *sums = pile->sums + i * width;
        if (!value_there(sums[s->outcomes]))
            continue;
        if (block > 0 &&
            (i != last + 1 || !timeline_follows(&s->figure->time, pile->at[last], pile->at[i])))
            script_add(&s->canvas->panels, "\n");
        if (block == 0)
            block = canvas_block(s->canvas);
        script_add(&s->canvas->panels, "%s", value_print(text, pile->at[i]));
        for (size_t j = 0; j < width; j++)
            script_add(&s->canvas->panels, " %s", value_print(text, sums[j]));
        script_add(&s->canvas->panels, "\n");
        last = i;
    }
    if (block > 0)
        canvas_block_end(s->canvas);
    return block;
}

static void draw_pile(struct stack *s, size_t number, struct panel panel)
{
    struct canvas *canvas = s->canvas;
    struct panel edges = sheet_column(&s->sheet, number);
    edges.top = panel.bottom + (canvas->plain ? 1 : 5);
    canvas_frame(canvas, panel, &s->piles[number].scale);
    timeline_draw(&s->figure->time, canvas, panel, edges, true);
    milestones_draw(&s->milestones, canvas);
    size_t block = put_block(s, &s->piles[number]);
    for (size_t i = 0; i < s->outcomes && block > 0; i++) {
        int colour = LOOK_STATES + (int)i;
        if (canvas->plain)
            canvas_clause(canvas, "$d%zu using 1:%zu with lines %s", block, i + 3,
                          look_line(canvas->plain, colour).text);
        else
            canvas_clause(canvas, "$d%zu using 1:%zu:%zu with filledcurves %s", block, i + 2, i + 3,
                          look_area(canvas->plain, colour).text);
    }
    canvas_draw(canvas);
}

static void put_legend(struct stack *s)
{
    struct canvas_entry *entries = heap_take(s->outcomes, sizeof *entries);
    for (size_t i = 0; i < s->outcomes; i++)
        entries[i] = (struct canvas_entry){s->figure->outcomes.shown[i], LOOK_STATES + (int)i,
                                           !s->canvas->plain};
    canvas_legend(s->canvas, entries, s->outcomes);
    free(entries);
}

static struct slice name_axis(struct figure *figure)
{
    enum language language = figure->options->language;
    struct slice text = slice_of(language_word(language, WORD_MEAN));
    if (figure->options->ylabel != NULL)
        return figure_text(figure, figure->options->ylabel);
    if (figure->options->percent)
        text = figure_join(figure, text, ", ", slice_of(language_word(language, WORD_PERCENT)));
    return text;
}

static void draw_row(struct stack *s, size_t first)
{
    int bottom = 0;
    for (size_t i = first; i < first + sheet_row(&s->sheet, first); i++) {
        struct scale *scale = &s->piles[i].scale;
        struct panel panel = sheet_panel(&s->sheet, i, canvas_tics_width(s->canvas, scale),
                                         sheet_height(&s->sheet, PARTS), scale);
        draw_pile(s, i, panel);
        bottom = panel.bottom > bottom ? panel.bottom : bottom;
    }
    sheet_below(&s->sheet, bottom, true);
}

void stack_draw(struct figure *figure, struct canvas *canvas)
{
    struct stack s = {.figure = figure, .canvas = canvas, .outcomes = figure->outcomes.raw.count};
    make_piles(&s);
    s.sheet = sheet_begin(figure, canvas, (struct slice){0});
    plan_scales(&s);
    milestones_plan(&s.milestones, figure);
    put_legend(&s);
    for (size_t first = 0; first < s.pile_count; first += sheet_row(&s.sheet, first)) {
        sheet_headings(&s.sheet, first);
        sheet_line(&s.sheet, first, name_axis(figure));
        milestones_put(&s.milestones, &s.sheet, first,
                       canvas_tics_width(canvas, &s.piles[first].scale));
        draw_row(&s, first);
    }
    sheet_end(&s.sheet, figure_time_name(figure));
    milestones_free(&s.milestones);
    for (size_t i = 0; i < s.pile_count; i++) {
        free(s.piles[i].at);
        free(s.piles[i].sums);
    }
    free(s.piles);
}
