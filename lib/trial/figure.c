#include "trial/figure.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/suggest.h"
#include "number/digits.h"
#include "number/period.h"
#include "stream/lettering.h"
#include "stream/rows.h"
#include "stream/script.h"
#include "trial/cell.h"

static const char *const columns[FIGURE_COLUMNS] = {
    "diff",         "ci_low",     "ci_high",    "band_low",   "band_high", "mean_treated",
    "mean_control", "sd_treated", "sd_control", "smd",        "level",     "low",
    "high",         "n",          "share",      "share_shown"};

/* ---- texts ---- */

struct slice figure_text(struct figure *figure, const char *text)
{
    return text != NULL ? lettering_text(&figure->bytes, slice_of(text)) : (struct slice){0};
}

struct slice figure_text_of(struct figure *figure, struct slice text)
{
    return lettering_text(&figure->bytes, text);
}

struct slice figure_join(struct figure *figure, struct slice a, const char *between, struct slice b)
{
    struct script script = {0};
    script_put(&script, a);
    if (a.length > 0 && b.length > 0)
        script_put(&script, slice_of(between));
    script_put(&script, b);
    struct slice kept = arena_keep(&figure->bytes, script_slice(&script));
    free(script.bytes);
    return kept;
}

void figure_add(struct figure *figure, struct names *names, struct slice shown)
{
    char number[20];
    size_t length = digits_write(number, names->raw.count, sizeof number);
    caption_add(&figure->captions, names, (struct slice){number, length}, shown);
}

void figure_replace_facets(struct figure *figure, struct names *names)
{
    names_free(&figure->facets);
    figure->facets = *names;
}

struct slice figure_word(const struct figure *figure, enum word word)
{
    return slice_of(language_word(figure->options->language, word));
}

struct slice figure_time_name(struct figure *figure)
{
    if (figure->time.kind == PERIOD_WAVE)
        return lettering_label(&figure->bytes,
                               table_name(figure->table, figure->keys[figure->axis]));
    return slice_of(language_noun(figure->options->language, figure->time.kind));
}

/* ---- columns ---- */

static bool has(const struct table *table, const char *name)
{
    return table_find(table, slice_of(name)) != TABLE_NONE;
}

static void plan_kind(struct figure *figure, const struct table *table)
{
    bool bars = has(table, "low") && has(table, "high") && has(table, "n") && has(table, "share");
    bool ends = has(table, "ci_low") || has(table, "ci_high");
    figure->kind = bars ? FIGURE_BARS : FIGURE_FOREST;
    if (bars || ends || (has(table, "diff") && !has(table, "se")))
        return;
    if (has(table, "diff"))
        fail_at(table_header(table), "differences without intervals; pass them through jf-ci");
    fail_at(table_header(table),
            "no columns to draw: neither diff, ci_low and ci_high nor low, high, "
            "n and share; give it what jf-ci or jf-hist writes");
}

/* The columns that hold names: those before `outcome`, or `low`, and `period` wherever it is. */
static void plan_keys(struct figure *figure, struct table *table)
{
    bool bars = figure->kind == FIGURE_BARS;
    size_t end = table_find(table, slice_of(bars ? "low" : "outcome"));
    size_t period = bars ? TABLE_NONE : table_find(table, slice_of("period"));
    bool named = end != TABLE_NONE;
    figure->name_count = named ? end : 0;
    if (!named && period == TABLE_NONE)
        figure->name_count = 1;
    figure->keys = heap_take(table->columns + 1, sizeof *figure->keys);
    for (size_t i = 0; i < figure->name_count; i++)
        figure->keys[figure->key_count++] = table_want(table, i);
    if (period != TABLE_NONE && period >= figure->name_count)
        figure->keys[figure->key_count++] = table_want(table, period);
}

static void plan_columns(struct figure *figure, struct table *table)
{
    static const enum figure_column needed[] = {FIGURE_DIFF, FIGURE_CI_LOW, FIGURE_CI_HIGH};
    bool bars = figure->kind == FIGURE_BARS;
    for (size_t i = 0; i < FIGURE_COLUMNS; i++)
        figure->slots[i] = bars == (i >= FIGURE_LOW)
                               ? table_want(table, table_find(table, slice_of(columns[i])))
                               : TABLE_NONE;
    for (size_t i = 0; !bars && i < sizeof needed / sizeof needed[0]; i++)
        figure->slots[needed[i]] = table_want_name(table, slice_of(columns[needed[i]]));
    figure->arm_slot = bars ? TABLE_NONE : table_want(table, table_find(table, slice_of("arm")));
    figure->outcome_slot =
        bars ? TABLE_NONE : table_want(table, table_find(table, slice_of("outcome")));
    figure->control_slot =
        bars ? TABLE_NONE : table_want(table, table_find(table, slice_of("control")));
    plan_keys(figure, table);
}

/* ---- rows ---- */

struct reading {
    struct figure *figure;
    bool comma;
};

static size_t name_of(struct figure *figure, struct names *names, const struct table *row,
                      size_t slot, const char *otherwise)
{
    if (slot == TABLE_NONE)
        return caption_add(&figure->captions, names, slice_of(otherwise), slice_of(otherwise));
    return caption_add(&figure->captions, names, table_cell(row, slot), (struct slice){0});
}

/* Masked: a count below some K is <K, and one that protects it NA. */
static struct value read_value(struct figure_row *to, const struct table *row, size_t slot,
                               enum figure_column column, bool comma)
{
    struct slice cell = table_cell(row, slot);
    if (column == FIGURE_N && (cell_missing(cell) || cell.bytes[0] == '<')) {
        to->masked = true;
        return value_none();
    }
    return cell_value(row, slot, comma);
}

static void take_row(void *context, const struct table *row)
{
    const struct reading *reading = context;
    struct figure *f = reading->figure;
    f->rows = heap_grow(f->rows, &f->room, f->count + 1, sizeof *f->rows);
    struct figure_row *to = &f->rows[f->count++];
    *to = (struct figure_row){.place = table_row(row)};
    for (enum figure_column i = 0; i < FIGURE_COLUMNS; i++) {
        bool there = f->slots[i] != TABLE_NONE;
        to->values[i] = there ? read_value(to, row, f->slots[i], i, reading->comma) : value_none();
        if (f->options->percent && i <= FIGURE_SD_CONTROL)
            to->values[i] = value_percent(to->values[i]);
    }
    to->cells = arena_take(&f->bytes, (f->key_count + 1) * sizeof *to->cells);
    for (size_t i = 0; i < f->key_count; i++)
        to->cells[i] = arena_keep(&f->bytes, table_cell(row, f->keys[i]));
    if (f->kind == FIGURE_BARS)
        return;
    enum language language = f->options->language;
    to->arm = name_of(f, &f->arms, row, f->arm_slot, language_word(language, WORD_TREATED));
    to->outcome = name_of(f, &f->outcomes, row, f->outcome_slot, "");
    name_of(f, &f->controls, row, f->control_slot,
            f->options->control != NULL ? f->options->control
                                        : language_word(language, WORD_CONTROL));
}

/* ---- what the rows are of ---- */

/* The key that is time: `period`, or else the first one that can be. */
static void plan_time(struct figure *figure, const struct table *table)
{
    struct slice *cells = heap_take(figure->count + 1, sizeof *cells);
    bool found = false;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < figure->key_count && !found; i++) {
            bool period =
                slice_equal_nocase(table_name(table, figure->keys[i]), slice_of("period"));
            if (period != (pass == 0))
                continue;
            for (size_t r = 0; r < figure->count; r++)
                cells[r] = figure->rows[r].cells[i];
            found = timeline_plan(&figure->time, cells, figure->count, period);
            figure->axis = i;
        }
    free(cells);
    if (!found)
        figure->axis = SIZE_MAX;
    else
        figure->kind = FIGURE_SERIES;
}

/* The facet of a row: its keys, and its outcome where there are several. Of a histogram the last
 * key is the arm. */
static void name_row(struct figure *figure, struct figure_row *row)
{
    struct slice raw = {0}, shown = {0};
    bool named = figure->name_count > 0 || figure->kind == FIGURE_SERIES;
    size_t count = named ? figure->name_count : figure->key_count;
    if (figure->kind == FIGURE_BARS && count > 0)
        row->arm =
            caption_add(&figure->captions, &figure->arms, row->cells[--count], (struct slice){0});
    for (size_t i = 0; i < count; i++) {
        if (i == figure->axis)
            continue;
        raw = figure_join(figure, raw, "\t", row->cells[i]);
        shown = figure_join(figure, shown, ", ", caption_of(&figure->captions, row->cells[i]));
    }
    if (figure->outcomes.raw.count > 1 && !(figure->options->stack)) {
        struct slice outcome = figure->outcomes.raw.keys[row->outcome];
        raw = figure_join(figure, raw, "\t", outcome);
        shown = figure_join(figure, shown, ", ", figure->outcomes.shown[row->outcome]);
    }
    row->facet = caption_add(&figure->captions, &figure->facets, raw,
                             shown.length > 0 ? shown : slice_of(""));
}

static void plan_control(struct figure *figure)
{
    const char *said = figure->options->control;
    bool bars = figure->kind == FIGURE_BARS;
    struct names *names = bars ? &figure->arms : &figure->controls;
    size_t number = bars ? names->raw.count - 1 : 0;
    if (names->raw.count == 0)
        number = caption_add(&figure->captions, names, slice_of(""), slice_of(""));
    if (said != NULL)
        number = map_find(&names->raw, slice_of(said));
    if (number == MAP_NONE) {
        struct suggest near = suggest_begin(slice_of(said));
        for (size_t i = 0; i < names->raw.count; i++)
            suggest_offer(&near, names->raw.keys[i]);
        fail("--control: no row has %s, but %s for one%s", quoted_text(said),
             quoted(names->raw.keys[0]), suggest_text(&near));
    }
    figure->control_arm = number;
    figure->control = names->shown[number];
}

/* "95% confidence interval", where all rows say so. */
static void name_interval(struct figure *figure)
{
    enum language language = figure->options->language;
    char number[VALUE_ROOM], text[LANGUAGE_ROOM];
    struct value level = figure->rows[0].values[FIGURE_LEVEL];
    bool one = value_there(level);
    for (size_t i = 0; i < figure->count && one; i++)
        one = value_compare(figure->rows[i].values[FIGURE_LEVEL], level) == 0;
    if (!one) {
        figure->interval = slice_of(language_word(language, WORD_WITH_INTERVAL));
        return;
    }
    language_number(text, language, value_print_short(number, value_percent(level), 8));
    struct slice words = slice_of(language_word(language, WORD_WITH));
    words = figure_join(figure, words, "", slice_of(text));
    words =
        figure_join(figure, words, "", slice_of(language_word(language, WORD_PERCENT_INTERVAL)));
    figure->interval = words;
}

static void plan_interval(struct figure *figure)
{
    name_interval(figure);
    if (figure->banded)
        figure->interval =
            figure_join(figure, figure->interval, "", figure_word(figure, WORD_AND_BAND));
}

/* ---- order ---- */

static int compare_rows(const void *a, const void *b)
{
    const struct figure_row *one = a, *other = b;
    static const enum figure_column ends[] = {FIGURE_LOW, FIGURE_HIGH};
    if (one->facet != other->facet)
        return one->facet < other->facet ? -1 : 1;
    if (one->outcome != other->outcome)
        return one->outcome < other->outcome ? -1 : 1;
    if (one->arm != other->arm)
        return one->arm < other->arm ? -1 : 1;
    int order = value_compare(one->at, other->at);
    for (int i = 0; i < 2 && order == 0; i++)
        order = value_compare(one->values[ends[i]], other->values[ends[i]]);
    return order;
}

/* Rows of one facet, outcome, arm and place say two things of one. */
static void check_twice(const struct figure *figure)
{
    for (size_t i = 1; i < figure->count; i++)
        if (compare_rows(&figure->rows[i - 1], &figure->rows[i]) == 0)
            fail_at(figure->rows[i].place,
                    "a second row of one place, outcome and arm (beside line %llu); a column that "
                    "tells them apart must stand before outcome",
                    (unsigned long long)figure->rows[i - 1].place.line);
}

size_t figure_run(const struct figure *figure, size_t from)
{
    const struct figure_row *first = &figure->rows[from];
    size_t count = 1;
    while (from + count < figure->count && first[count].facet == first->facet &&
           first[count].arm == first->arm && first[count].outcome == first->outcome)
        count++;
    return count;
}

static void plan_rows(struct figure *figure)
{
    for (size_t i = 0; i < figure->count; i++) {
        struct figure_row *row = &figure->rows[i];
        name_row(figure, row);
        if (figure->kind == FIGURE_SERIES)
            row->at = timeline_at(&figure->time, row->cells[figure->axis]);
        else
            row->at = value_none();
        figure->hidden |= row->masked;
        figure->banded |= figure->kind == FIGURE_SERIES && !figure->options->stack &&
                          value_there(row->values[FIGURE_BAND_LOW]);
        figure->means |= value_there(row->values[FIGURE_MEAN_TREATED]) ||
                         value_there(row->values[FIGURE_MEAN_CONTROL]);
        figure->shown |=
            figure->slots[FIGURE_SHARE_SHOWN] != TABLE_NONE &&
            value_there(row->values[FIGURE_SHARE]) &&
            value_compare(row->values[FIGURE_SHARE], row->values[FIGURE_SHARE_SHOWN]) != 0;
    }
    if (figure->kind == FIGURE_FOREST)
        return;
    qsort(figure->rows, figure->count, sizeof *figure->rows, compare_rows);
    check_twice(figure);
}

void figure_read(struct figure *figure, const struct figure_options *options, struct table *table,
                 bool comma)
{
    struct reading reading = {figure, comma};
    *figure = (struct figure){.options = options, .table = table, .axis = SIZE_MAX};
    figure->captions = caption_begin(&options->labels, &figure->bytes);
    table->id = TABLE_NONE;
    plan_kind(figure, table);
    plan_columns(figure, table);
    rows_each(table, take_row, &reading);
    if (figure->count == 0)
        fail("%s: a header and no rows: nothing to draw; see what the stage before leaves out",
             table->name);
    if (figure->kind == FIGURE_FOREST)
        plan_time(figure, table);
    plan_rows(figure);
    plan_control(figure);
    plan_interval(figure);
    caption_check(&figure->captions);
}

void figure_free(struct figure *figure)
{
    names_free(&figure->facets);
    names_free(&figure->arms);
    names_free(&figure->outcomes);
    names_free(&figure->controls);
    free(figure->rows);
    free(figure->keys);
    caption_free(&figure->captions);
    arena_free(&figure->bytes);
}
