#include "trial/bars.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/heap.h"
#include "base/message.h"
#include "base/slice.h"
#include "number/scale.h"
#include "number/value.h"
#include "stream/script.h"
#include "stream/table.h"
#include "trial/language.h"
#include "trial/look.h"
#include "trial/sheet.h"

enum { PARTS = 85, TIC_PIXELS = 34, TIC_PLAIN = 3, WHOLE = 10000, BAR = 8400, LABEL = 300 };

/* A bin of any facet and arm. */
struct bin {
    struct value low, high;
};

struct bars {
    struct figure *figure;
    struct canvas *canvas;
    struct sheet sheet;
    struct bin *bins; /* in order */
    size_t bin_count;
    struct scale *scales; /* by facet */
};

/* ---- bins ---- */

static int compare_bins(const void *a, const void *b)
{
    const struct bin *one = a, *other = b;
    int order = value_compare(one->low, other->low);
    return order != 0 ? order : value_compare(one->high, other->high);
}

/* Whether the row is no bin between two breaks: the zeros, and what lies outside. */
static bool is_beside(const struct figure_row *row)
{
    struct value low = figure_value(row, FIGURE_LOW), high = figure_value(row, FIGURE_HIGH);
    return !value_there(low) || !value_there(high) || value_compare(low, high) == 0;
}

static bool is_missing(const struct figure_row *row)
{
    return value_compare(figure_value(row, FIGURE_LOW), value_none()) == 0;
}

/* What is beside the bins is shown where there is something. */
static bool is_shown(const struct figure_row *row)
{
    bool none = value_compare(figure_value(row, FIGURE_N), value_whole(0)) == 0;
    return !is_missing(row) && !(is_beside(row) && none);
}

static void find_bins(struct bars *bars)
{
    const struct figure *figure = bars->figure;
    size_t kept = 0;
    bars->bins = heap_take(figure->count + 1, sizeof *bars->bins);
    for (size_t i = 0; i < figure->count; i++)
        if (is_shown(&figure->rows[i]))
            bars->bins[bars->bin_count++] =
                (struct bin){figure_value(&figure->rows[i], FIGURE_LOW),
                             figure_value(&figure->rows[i], FIGURE_HIGH)};
    qsort(bars->bins, bars->bin_count, sizeof *bars->bins, compare_bins);
    for (size_t i = 0; i < bars->bin_count; i++)
        if (kept == 0 || compare_bins(&bars->bins[kept - 1], &bars->bins[i]) != 0)
            bars->bins[kept++] = bars->bins[i];
    bars->bin_count = kept;
    if (kept == 0)
        fail("nothing to draw: no row is a bin; see what the stage before leaves out");
}

/* A bin's place, from 1 on; 0 where it is none. */
static size_t place_of(const struct bars *bars, const struct figure_row *row)
{
    struct bin bin = {figure_value(row, FIGURE_LOW), figure_value(row, FIGURE_HIGH)};
    struct bin *found =
        bsearch(&bin, bars->bins, bars->bin_count, sizeof *bars->bins, compare_bins);
    return found == NULL || is_missing(row) ? 0 : (size_t)(found - bars->bins) + 1;
}

/* "0-50", "<0", "200+", "0"; with a bound below 0 "-50 to 0". */
static struct slice name_bin(struct figure *figure, const struct bin *bin)
{
    enum language language = figure->options->language;
    char plain[VALUE_ROOM], low[LANGUAGE_ROOM], high[LANGUAGE_ROOM], text[LABEL];
    bool below = value_compare(bin->low, value_whole(0)) < 0;
    language_number(low, language, value_print(plain, bin->low));
    language_number(high, language, value_print(plain, bin->high));
    if (!value_there(bin->low))
        snprintf(text, sizeof text, "<%s", high);
    else if (!value_there(bin->high))
        snprintf(text, sizeof text, "%s+", low);
    else if (value_compare(bin->low, bin->high) == 0)
        snprintf(text, sizeof text, "%s", low);
    else
        snprintf(text, sizeof text, "%s%s%s", low,
                 below ? language_word(language, WORD_TO) : "\342\200\223", high);
    return figure_join(figure, slice_of(text), "", (struct slice){0});
}

/* ---- values ---- */

static struct value height_of(const struct bars *bars, const struct figure_row *row)
{
    if (bars->figure->options->counts)
        return figure_value(row, FIGURE_N);
    return value_percent(figure_value(row, FIGURE_SHARE));
}

static void plan_scales(struct bars *bars)
{
    const struct figure *figure = bars->figure;
    size_t count = figure->facets.raw.count;
    struct scale all = {0};
    bars->scales = heap_take(count, sizeof *bars->scales);
    for (size_t i = 0; i < figure->count; i++)
        if (place_of(bars, &figure->rows[i]) > 0)
            scale_meet(&bars->scales[figure->rows[i].facet], height_of(bars, &figure->rows[i]));
    for (size_t i = 0; i < count; i++)
        scale_merge(&all, &bars->scales[i]);
    for (size_t i = 0; i < count; i++) {
        struct scale *scale = &bars->scales[i];
        if (!figure->options->free_y)
            *scale = all;
        scale_meet(scale, value_whole(0));
        scale_plan(
            scale,
            sheet_height(&bars->sheet, PARTS) / (bars->canvas->plain ? TIC_PLAIN : TIC_PIXELS) + 1);
    }
}

/* The persons of an arm, where no count of it is masked. */
static struct value persons_of(const struct figure *figure, size_t arm, bool *masked)
{
    struct value sum = value_whole(0);
    *masked = figure->facets.raw.count > 1;
    for (size_t i = 0; i < figure->count; i++) {
        const struct figure_row *row = &figure->rows[i];
        if (row->arm != arm || (!row->masked && !value_there(figure_value(row, FIGURE_SHARE))))
            continue;
        *masked |= row->masked;
        if (!row->masked)
            sum = value_add(sum, figure_value(row, FIGURE_N));
    }
    return sum;
}

static int colour_of(const struct figure *figure, size_t arm)
{
    if (arm == figure->control_arm)
        return LOOK_CONTROL;
    return look_of_arm(arm - (arm > figure->control_arm));
}

/* ---- drawing ---- */

/* A bar's left or right edge in parts of WHOLE of the way from bin to bin. */
static long long edge_of(const struct bars *bars, size_t place, size_t arm, bool right)
{
    size_t arms = bars->figure->arms.raw.count;
    long long from = (long long)place * WHOLE - BAR / 2;
    return from + (long long)(arm + right) * BAR / (long long)arms;
}

static void put_bar(struct bars *bars, const struct figure_row *row, size_t place)
{
    char text[VALUE_ROOM];
    long long left = edge_of(bars, place, row->arm, false);
    long long right = edge_of(bars, place, row->arm, true);
    value_print(text, height_of(bars, row));
    script_add(&bars->canvas->panels, "%lld %s %lld %lld\n", (left + right) / 2, text, left, right);
}

/* The outline goes up and down with the bins, from nothing to nothing. */
static void put_outline(struct bars *bars, const struct value *heights)
{
    char text[VALUE_ROOM];
    struct script *panels = &bars->canvas->panels;
    script_add(panels, "%d 0\n", WHOLE / 2);
    for (size_t i = 1; i <= bars->bin_count; i++) {
        long long middle = (long long)i * WHOLE;
        value_print(text, value_there(heights[i]) ? heights[i] : value_whole(0));
        script_add(panels, "%lld %s\n%lld %s\n", middle - WHOLE / 2, text, middle + WHOLE / 2,
                   text);
    }
    script_add(panels, "%lld 0\n", (long long)bars->bin_count * WHOLE + WHOLE / 2);
}

/* The block of an arm in a facet; 0 where nothing is drawn. */
static size_t put_arm(struct bars *bars, size_t facet, size_t arm)
{
    const struct figure *figure = bars->figure;
    struct value *heights = heap_take(bars->bin_count + 1, sizeof *heights);
    size_t block = 0;
    for (size_t i = 0; i <= bars->bin_count; i++)
        heights[i] = value_none();
    for (size_t i = 0; i < figure->count; i++) {
        const struct figure_row *row = &figure->rows[i];
        size_t place = row->facet == facet && row->arm == arm ? place_of(bars, row) : 0;
        if (place == 0 || !value_there(height_of(bars, row)))
            continue;
        heights[place] = height_of(bars, row);
        if (block == 0)
            block = canvas_block(bars->canvas);
        if (!figure->options->outline)
            put_bar(bars, row, place);
    }
    if (block > 0 && figure->options->outline)
        put_outline(bars, heights);
    if (block > 0)
        canvas_block_end(bars->canvas);
    free(heights);
    return block;
}

static void put_tics(struct bars *bars, struct panel panel, struct panel edges)
{
    struct canvas *canvas = bars->canvas;
    struct canvas_tic *tics = heap_take(bars->bin_count, sizeof *tics);
    long long whole = 2LL * (long long)bars->bin_count;
    for (size_t i = 0; i < bars->bin_count; i++) {
        long long half = 2 * (long long)i + 1;
        int x = panel.left + (int)(half * (panel.right - panel.left) / whole);
        tics[i] = (struct canvas_tic){x, name_bin(bars->figure, &bars->bins[i])};
    }
    edges.top = panel.bottom + (canvas->plain ? 1 : 5);
    size_t k = canvas_tics(canvas, edges, tics, bars->bin_count);
    script_add(&canvas->panels, "set xrange [%d:%lld]\nset xtics (", WHOLE / 2,
               (long long)bars->bin_count * WHOLE + WHOLE / 2);
    for (size_t i = 0; i < bars->bin_count; i += k)
        script_add(&canvas->panels, "%s'' %lld", i > 0 ? "," : "", (long long)(i + 1) * WHOLE);
    script_add(&canvas->panels, ")\n");
    free(tics);
}

static void draw_facet(struct bars *bars, size_t facet, struct panel panel)
{
    const struct figure *figure = bars->figure;
    struct canvas *canvas = bars->canvas;
    canvas_frame(canvas, panel, &bars->scales[facet]);
    put_tics(bars, panel, sheet_column(&bars->sheet, facet));
    for (size_t arm = 0; arm < figure->arms.raw.count; arm++) {
        size_t block = put_arm(bars, facet, arm);
        int colour = colour_of(figure, arm);
        if (block > 0 && figure->options->outline)
            canvas_clause(canvas, "$d%zu with lines %s", block,
                          look_line(canvas->plain, colour).text);
        else if (block > 0)
            canvas_clause(canvas, "$d%zu using 1:2:($4-$3) with boxes %s", block,
                          look_area(canvas->plain, colour).text);
    }
    canvas_draw(canvas);
}

/* ---- texts ---- */

static void put_legend(struct bars *bars)
{
    struct figure *figure = bars->figure;
    size_t arms = figure->arms.raw.count;
    struct canvas_entry *entries = heap_take(arms, sizeof *entries);
    for (size_t i = 0; i < arms; i++) {
        char plain[VALUE_ROOM], text[LABEL];
        bool masked;
        struct value persons = persons_of(figure, i, &masked);
        snprintf(text, sizeof text, " (n = %s%s)", value_print(plain, persons),
                 figure->shown ? language_word(figure->options->language, WORD_SHOWN) : "");
        struct slice name = figure->arms.shown[i];
        if (!masked)
            name = figure_join(figure, name, "", slice_of(text));
        entries[i] = (struct canvas_entry){name, colour_of(figure, i), !figure->options->outline};
    }
    if (arms > 1)
        canvas_legend(bars->canvas, entries, arms);
    free(entries);
}

static struct slice name_figure(struct figure *figure)
{
    struct slice title = figure_word(figure, WORD_DISTRIBUTION);
    if (figure->key_count == 0)
        return title;
    title = figure_join(figure, title, "", figure_word(figure, WORD_BY));
    return figure_join(figure, title, "",
                       figure_text_of(figure, table_name(figure->table, figure->keys[0])));
}

void bars_draw(struct figure *figure, struct canvas *canvas)
{
    struct bars bars = {.figure = figure, .canvas = canvas};
    struct slice ylabel =
        figure_word(figure, figure->options->counts ? WORD_PERSONS : WORD_SHARE_OF_ALL);
    if (figure->options->ylabel != NULL)
        ylabel = figure_text(figure, figure->options->ylabel);
    bars.sheet = sheet_begin(figure, canvas, name_figure(figure));
    find_bins(&bars);
    plan_scales(&bars);
    put_legend(&bars);
    for (size_t first = 0; first < figure->facets.raw.count;) {
        size_t count = sheet_row(&bars.sheet, first);
        sheet_headings(&bars.sheet, first);
        sheet_line(&bars.sheet, first, ylabel);
        int bottom = 0;
        for (size_t i = first; i < first + count; i++) {
            struct panel panel =
                sheet_panel(&bars.sheet, i, canvas_tics_width(canvas, &bars.scales[i]),
                            sheet_height(&bars.sheet, PARTS), &bars.scales[i]);
            draw_facet(&bars, i, panel);
            bottom = panel.bottom > bottom ? panel.bottom : bottom;
        }
        sheet_below(&bars.sheet, bottom, true);
        first += count;
    }
    sheet_end(&bars.sheet, figure_word(figure, WORD_FROM_TO_BELOW));
    free(bars.bins);
    free(bars.scales);
}
