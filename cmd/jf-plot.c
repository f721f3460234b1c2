/*
 * jf-plot - to look at.
 *
 * Draws the rows of jf-ci or jf-hist with gnuplot. They are read by the rooms that all programs
 * read by (figure), laid out (series, forest, bars), and written as a script that gnuplot draws; so
 * a cell comes there as a number that was checked, or as a text between single quotes, and can run
 * nothing. The picture goes where -o says, whole or not at all.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/leave.h"
#include "base/message.h"
#include "base/option.h"
#include "base/slice.h"
#include "stream/ends.h"
#include "stream/gnuplot.h"
#include "stream/script.h"
#include "stream/sink.h"
#include "stream/table.h"
#include "trial/bars.h"
#include "trial/canvas.h"
#include "trial/figure.h"
#include "trial/forest.h"
#include "trial/language.h"
#include "trial/picture.h"
#include "trial/series.h"
#include "trial/stack.h"

enum { COLUMNS = 100, COLUMNS_LEAST = 40, LINES = 31, LINES_LEAST = 24, SIZE_MOST = 10000 };

static struct {
    struct common common;
    struct figure_options figure;
    enum canvas_format format;
} opt = {.format = CANVAS_NONE, .figure = {.language = LANGUAGE_EN}};

static const struct option_row rows[] = {
    OPTION_CHOICE(0, "format", CANVAS_WORDS, &opt.format, "whatever FILE's name ends in"),
    OPTION_CHOICE(0, "lang", LANGUAGE_WORDS, &opt.figure.language,
                  "the words and the decimal sign"),
    OPTION_TEXT(0, "title", "T", &opt.figure.title, "the title (default: made from the rows)"),
    OPTION_TEXT(0, "xlabel", "T", &opt.figure.xlabel, "what the x axis is"),
    OPTION_TEXT(0, "ylabel", "T", &opt.figure.ylabel, "what the y axis is"),
    OPTION_TEXT(0, "note", "T", &opt.figure.note, "a note below the figure"),
    OPTION_MANY(0, "label", "NAME=TEXT", &opt.figure.labels, "call an arm, outcome or key TEXT"),
    OPTION_TEXT(0, "control", "LABEL", &opt.figure.control, "which arm is the control"),
    OPTION_MANY(0, "mark", "PERIOD[=TEXT]", &opt.figure.marks, "an upright line at the period"),
    OPTION_FLAG(0, "percent", &opt.figure.percent, "values times 100, in pct."),
    OPTION_FLAG(0, "free-y", &opt.figure.free_y, "each facet has a y axis of its own"),
    OPTION_FLAG(0, "overlay", &opt.figure.overlay, "means and differences in one area"),
    OPTION_WHOLE(0, "every", "K", 1, 100000, &opt.figure.every,
                 "of an overlay: an interval in each K-th period"),
    OPTION_FLAG(0, "stack", &opt.figure.stack, "means of outcomes, such as states, on each other"),
    OPTION_FLAG(0, "counts", &opt.figure.counts, "of a histogram: persons, not shares"),
    OPTION_FLAG(0, "outline", &opt.figure.outline, "of a histogram: outlines, on each other"),
    OPTION_END,
};

static const struct option_program program = {
    .usage = "[OPTION]... [FILE]...",
    .purpose = "Draw a jf-ci or jf-hist stream; without -o as a chart in the terminal.",
    .rows = rows,
    .common = &opt.common,
    .columns = table_columns,
    .draws = true,
};

/* ---- what was asked for ---- */

/* Whether a name ends in the word, in any case; .gz behind it does not matter. */
static bool ends_in(struct slice name, struct slice word)
{
    if (name.length > 3 && memcmp(name.bytes + name.length - 3, ".gz", 3) == 0)
        name.length -= 3;
    if (name.length <= word.length || name.bytes[name.length - word.length - 1] != '.')
        return false;
    const char *end = name.bytes + name.length - word.length;
    return slice_equal_nocase((struct slice){end, word.length}, word);
}

/* By --format, else by the name; without one it is a chart for the terminal. */
static void plan_format(void)
{
    struct slice words = slice_of(CANVAS_WORDS);
    if (opt.format != CANVAS_NONE)
        return;
    opt.format = CANVAS_SVG;
    for (; words.bytes != NULL && opt.common.output != NULL; opt.format++)
        if (ends_in(slice_of(opt.common.output), slice_cut(&words, '|')))
            return;
    if (opt.common.output != NULL)
        misuse("--output %s: a picture ends in .svg, .png, .pdf or .txt; or say --format",
               quoted_text(opt.common.output));
    opt.format = CANVAS_TXT;
}

static void check_usage(void)
{
    const struct figure_options *f = &opt.figure;
    for (size_t i = 0; i < f->labels.count; i++)
        if (memchr(f->labels.items[i].bytes, '=', f->labels.items[i].length) == NULL)
            misuse("--label %s: NAME=TEXT was expected", quoted_given(f->labels.items[i]));
    if (f->overlay && f->stack)
        misuse("--overlay and --stack exclude each other");
    if (f->every.given && !f->overlay)
        misuse("--every goes with --overlay");
}

/* An option that the rows have nothing for. */
static void check_kind(const struct figure *figure)
{
    const struct figure_options *f = &opt.figure;
    bool bars = figure->kind == FIGURE_BARS, series = figure->kind == FIGURE_SERIES;
    if (!bars && (f->counts || f->outline))
        fail("--%s is for a histogram, of jf-hist; these are rows of jf-ci",
             f->counts ? "counts" : "outline");
    if (!series && (f->marks.given || f->overlay || f->stack))
        fail("--%s is for rows of several periods; these have none", f->marks.given ? "mark"
                                                                     : f->overlay   ? "overlay"
                                                                                    : "stack");
    if (f->overlay && !figure->means)
        fail("--overlay: no row has mean_treated or mean_control; leave it out");
}

/* ---- the terminal ---- */

static int size_of(const char *variable, int terminal, int least, int otherwise)
{
    uint64_t said;
    const char *text = getenv(variable);
    if (text != NULL && slice_whole(slice_of(text), &said) && said > 0 && said <= SIZE_MOST)
        return (int)said < least ? least : (int)said;
    if (terminal > 0)
        return terminal < least ? least : terminal;
    return otherwise;
}

static void begin_canvas(struct canvas *canvas)
{
    struct winsize size = {0};
    if (isatty(STDOUT_FILENO))
        ioctl(STDOUT_FILENO, TIOCGWINSZ, &size);
    int columns = size_of("COLUMNS", size.ws_col, COLUMNS_LEAST, COLUMNS);
    int lines = size.ws_row > 0 ? size.ws_row : LINES;
    canvas_begin(canvas, opt.format, opt.figure.language, columns,
                 lines < LINES_LEAST ? LINES_LEAST : lines);
}

/* ---- drawing ---- */

static void draw(struct figure *figure, struct script *picture)
{
    struct canvas canvas;
    struct script script = {0}, drawn = {0};
    begin_canvas(&canvas);
    if (figure->kind == FIGURE_BARS)
        bars_draw(figure, &canvas);
    else if (figure->kind == FIGURE_FOREST)
        forest_draw(figure, &canvas);
    else if (opt.figure.stack)
        stack_draw(figure, &canvas);
    else
        series_draw(figure, &canvas);
    if (canvas.blocks == 0)
        fail("nothing to draw: every value is missing; see what the stage before leaves out");
    canvas_end(&canvas, &script);
    gnuplot_run(script_slice(&script), &drawn);
    picture_finish(figure, opt.format, script_slice(&drawn), picture);
    free(script.bytes);
    free(drawn.bytes);
}

int main(int argc, char **argv)
{
    struct table table = {0};
    struct sink out;
    struct figure figure = {0};
    struct script picture = {0};
    leave_begin("jf-plot");
    int first = option_parse(&program, argc, argv);
    check_usage();
    plan_format();
    unsetenv("JF_GZIP"); /* no filter reads a picture */
    ends_check(opt.common.output, argv + first, (size_t)(argc - first), NULL, NULL);
    sink_open(&out, opt.common.output, &opt.common);
    sink_hold(&out);
    table_open(&table, argv + first, (size_t)(argc - first), &opt.common);
    figure_read(&figure, &opt.figure, &table, opt.common.decimal_comma);
    check_kind(&figure);
    draw(&figure, &picture);
    sink_rows(&out, script_slice(&picture));
    sink_close(&out);
    table_close(&table);
    figure_free(&figure);
    free(picture.bytes);
    return leave_end();
}
