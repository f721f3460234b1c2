#include "trial/picture.h"

#include <stdlib.h>
#include <string.h>

#include "number/value.h"
#include "trial/language.h"

enum { DIGITS = 4 };

/* ---- in words ---- */

static void say(struct script *words, const struct figure *figure, enum word word)
{
    script_put(words, slice_of(language_word(figure->options->language, word)));
}

static void say_value(struct script *words, const struct figure *figure, struct value value)
{
    char plain[VALUE_ROOM], text[LANGUAGE_ROOM];
    value_print_short(plain, value, DIGITS);
    script_add(words, "%s", language_number(text, figure->options->language, plain));
}

/* ": deltager 12.1, kontrol 10.3, difference 1.8 (0.2 to 3.4)", of what there is. */
static void say_row(struct script *words, const struct figure *figure, const struct figure_row *row)
{
    struct value treated = figure_value(row, FIGURE_MEAN_TREATED);
    struct value control = figure_value(row, FIGURE_MEAN_CONTROL);
    script_escape(words, figure->arms.shown[row->arm]);
    if (value_there(treated) && value_there(control)) {
        script_add(words, " ");
        say_value(words, figure, treated);
        script_add(words, ", ");
        script_escape(words, figure->control);
        script_add(words, " ");
        say_value(words, figure, control);
    }
    script_add(words, ", ");
    say(words, figure, WORD_DIFFERENCE);
    script_add(words, " ");
    say_value(words, figure, figure_value(row, FIGURE_DIFF));
    script_add(words, " (");
    say_value(words, figure, figure_value(row, FIGURE_CI_LOW));
    say(words, figure, WORD_TO);
    say_value(words, figure, figure_value(row, FIGURE_CI_HIGH));
    script_add(words, ")");
}

static void say_facet(struct script *words, const struct figure *figure, size_t facet)
{
    script_add(words, ". ");
    script_escape(words, figure->facets.shown[facet]);
    script_add(words, figure->facets.shown[facet].length > 0 ? ": " : "");
}

/* Of each facet and arm the last row; of a series the periods from first to last too. */
static void say_differences(struct script *words, const struct figure *figure)
{
    bool series = figure->kind == FIGURE_SERIES;
    for (size_t i = 0; i < figure->count;) {
        size_t run = series ? figure_run(figure, i) : 1;
        const struct figure_row *first = &figure->rows[i], *last = first + run - 1;
        say_facet(words, figure, first->facet);
        if (series) {
            script_escape(words, first->cells[figure->axis]);
            say(words, figure, WORD_TO);
            script_escape(words, last->cells[figure->axis]);
            script_add(words, ": ");
        }
        say_row(words, figure, last);
        i += run;
    }
}

/* Of each facet and arm the bin with most. */
static void say_bins(struct script *words, const struct figure *figure)
{
    for (size_t i = 0; i < figure->count;) {
        size_t run = figure_run(figure, i);
        const struct figure_row *best = &figure->rows[i];
        for (size_t j = i; j < i + run; j++)
            if (value_compare(figure_value(&figure->rows[j], FIGURE_SHARE),
                              figure_value(best, FIGURE_SHARE)) > 0)
                best = &figure->rows[j];
        say_facet(words, figure, best->facet);
        script_escape(words, figure->arms.shown[best->arm]);
        script_add(words, ", ");
        say(words, figure, WORD_HIGHEST);
        say_value(words, figure, figure_value(best, FIGURE_LOW));
        say(words, figure, WORD_TO);
        say_value(words, figure, figure_value(best, FIGURE_HIGH));
        i += run;
    }
}

static void say_kind(struct script *words, const struct figure *figure)
{
    static const enum word kinds[] = {[FIGURE_SERIES] = WORD_LINES_OVER_TIME,
                                      [FIGURE_FOREST] = WORD_ROWS_OF_DIFFERENCES,
                                      [FIGURE_BARS] = WORD_HISTOGRAM};
    say(words, figure, kinds[figure->kind]);
}

static void describe(struct script *words, const struct figure *figure)
{
    say_kind(words, figure);
    if (figure->kind != FIGURE_BARS)
        script_escape(words, figure->interval);
    if (figure->kind == FIGURE_BARS)
        say_bins(words, figure);
    else
        say_differences(words, figure);
    script_add(words, ".");
}

/* ---- bytes ---- */

/* Where the words stand in the bytes; their end where they do not. */
static size_t find(struct slice bytes, const char *words)
{
    size_t length = strlen(words);
    for (size_t i = 0; i + length <= bytes.length; i++)
        if (memcmp(bytes.bytes + i, words, length) == 0)
            return i;
    return bytes.length;
}

static struct slice piece(struct slice bytes, size_t from, size_t to)
{
    return (struct slice){bytes.bytes + from, to - from};
}

/* gnuplot's own <title> and <desc> give way to ours. */
static void finish_svg(const struct figure *figure, struct slice drawn, struct script *to)
{
    static const char end[] = "</desc>";
    size_t from = find(drawn, "<title>"), behind = find(drawn, end);
    behind += behind < drawn.length ? sizeof end - 1 : 0;
    script_put(to, piece(drawn, 0, from));
    script_add(to, "<title>");
    script_escape(to, figure->title);
    if (figure->title.length == 0)
        say_kind(to, figure);
    script_add(to, "</title>\n<desc>");
    describe(to, figure);
    script_add(to, "</desc>");
    script_put(to, piece(drawn, behind, drawn.length));
}

/* The time of day becomes another, always the same one. */
static void finish_pdf(struct slice drawn, struct script *to)
{
    static const char mark[] = "CreationDate (D:", day[] = "20000101000000";
    size_t at = find(drawn, mark) + sizeof mark - 1, length = sizeof day - 1;
    if (at + length > drawn.length) {
        script_put(to, drawn);
        return;
    }
    script_put(to, piece(drawn, 0, at));
    script_add(to, "%s", day);
    script_put(to, piece(drawn, at + length, drawn.length));
}

static void finish_text(struct slice drawn, struct script *to)
{
    while (drawn.length > 0) {
        struct slice line = slice_cut(&drawn, '\n');
        while (line.length > 0 && strchr(" \f", line.bytes[line.length - 1]) != NULL)
            line.length--;
        if (line.length == 0 && (to->length == 0 || drawn.length == 0))
            continue;
        script_put(to, line);
        script_add(to, "\n");
    }
}

void picture_finish(struct figure *figure, enum canvas_format format, struct slice drawn,
                    struct script *to)
{
    if (format == CANVAS_SVG)
        finish_svg(figure, drawn, to);
    else if (format == CANVAS_PDF)
        finish_pdf(drawn, to);
    else if (format == CANVAS_TXT)
        finish_text(drawn, to);
    else
        script_put(to, drawn);
}
