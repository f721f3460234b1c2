#include "trial/canvas.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "stream/lettering.h"
#include "trial/look.h"

enum { WIDTH = 680, LINE = 17, GAP = 8, SAMPLE = 40, SIZES = 3 };

static const int sizes[SIZES] = {11, 12, 15};

void canvas_begin(struct canvas *canvas, enum canvas_format format, enum language language,
                  int columns, int lines)
{
    bool plain = format == CANVAS_TXT;
    *canvas = (struct canvas){.format = format,
                              .language = language,
                              .plain = plain,
                              .width = plain ? columns : WIDTH,
                              .tall = lines,
                              .line = plain ? 1 : LINE,
                              .gap = plain ? 1 : GAP,
                              .height = plain ? 0 : GAP};
}

/* ---- texts ---- */

/* A text's width in pixels from hundredths of its size, rounded up. */
int canvas_width(const struct canvas *canvas, struct slice text, enum canvas_size size)
{
    return canvas->plain ? lettering_count(text) : (lettering_width(text) * sizes[size] + 99) / 100;
}

static int line_of(const struct canvas *canvas, enum canvas_size size)
{
    return canvas->plain ? 1 : LINE * sizes[size] / sizes[CANVAS_TEXT];
}

/* In a terminal gnuplot takes a text's place for a part of what the last column or row is. */
static void add_place(struct script *script, const struct canvas *canvas, int x, int y)
{
    const char *last = canvas->plain ? "-1" : "";
    script_add(script, "screen %d/(W%s),screen 1-%d/(H%s)", x, last, y, last);
}

/* Sizes are pixels; a PNG counts points of 96 pixels an inch, and gnuplot draws those of a PDF at
 * two thirds, as they should be on 16 cm. */
static void put_font(const struct canvas *canvas, struct script *script, const char *name,
                     enum canvas_size size)
{
    int quarters = sizes[size] * (canvas->format == CANVAS_PNG ? 3 : 4);
    script_add(script, " font '%s,%d.%02d'", name, quarters / 4, quarters % 4 * 25);
}

void canvas_text(struct canvas *canvas, int x, int y, enum canvas_align align,
                 enum canvas_size size, struct slice text)
{
    static const char *const aligns[] = {"left", "center", "right"};
    int width = canvas_width(canvas, text, size);
    if (canvas->plain && align != CANVAS_LEFT)
        x -= align == CANVAS_RIGHT ? width : width / 2;
    script_add(&canvas->texts, "set label ");
    script_quote(&canvas->texts, text);
    script_add(&canvas->texts, " at ");
    add_place(&canvas->texts, canvas, x, y);
    script_add(&canvas->texts, " %s", canvas->plain ? "left" : aligns[align]);
    if (!canvas->plain && size != CANVAS_TEXT)
        put_font(canvas, &canvas->texts, "", size);
    script_add(&canvas->texts, "\n");
}

/* Goes through the lines of a text, and writes them where `canvas` is not NULL. */
static int go_lines(const struct canvas *of, struct canvas *canvas, struct panel room,
                    enum canvas_size size, struct slice text)
{
    int (*width)(struct slice) = of->plain ? lettering_count : lettering_width;
    int most = room.right - room.left, height = 0, line = line_of(of, size);
    if (!of->plain)
        most = most * 100 / sizes[size];
    while (text.length > 0) {
        struct slice part = lettering_line(&text, width, most);
        if (canvas != NULL)
            canvas_text(canvas, room.left, room.top + height + line / 2, CANVAS_LEFT, size, part);
        height += line;
    }
    return height;
}

int canvas_lines(struct canvas *canvas, int left, int right, int top, enum canvas_size size,
                 struct slice text)
{
    return go_lines(canvas, canvas, (struct panel){left, right, top, 0}, size, text);
}

int canvas_lines_height(const struct canvas *canvas, int width, enum canvas_size size,
                        struct slice text)
{
    return go_lines(canvas, NULL, (struct panel){0, width, 0, 0}, size, text);
}

void canvas_paragraph(struct canvas *canvas, enum canvas_size size, struct slice text)
{
    int left = canvas->gap, right = canvas->width - canvas->gap;
    if (text.length == 0)
        return;
    canvas->height += canvas_lines(canvas, left, right, canvas->height, size, text);
    canvas->height += canvas->plain ? 0 : GAP / 2;
}

/* ---- legend ---- */

/* A line, a box or the characters that an entry is about, before its text. */
static void put_sample(struct canvas *canvas, int x, int y, const struct canvas_entry *entry)
{
    struct script *texts = &canvas->texts;
    if (canvas->plain) {
        char pen = look_character(entry->colour);
        canvas_text(canvas, x, y, CANVAS_LEFT, CANVAS_TEXT, (struct slice){(char[]){pen, pen}, 2});
        return;
    }
    script_add(texts, entry->area ? "set object rectangle from " : "set arrow from ");
    add_place(texts, canvas, x, y + (entry->area ? 5 : 0));
    script_add(texts, " to ");
    add_place(texts, canvas, x + SAMPLE - GAP, y - (entry->area ? 5 : 0));
    if (entry->area) {
        struct look look = look_area(canvas->plain, entry->colour);
        script_add(texts, " f%s\n", look.text + 1);
    } else {
        script_add(texts, " nohead %s\n", look_line(canvas->plain, entry->colour).text);
    }
}

void canvas_legend(struct canvas *canvas, const struct canvas_entry *entries, size_t count)
{
    int left = canvas->gap, right = canvas->width - canvas->gap, x = left;
    int sample = canvas->plain ? 3 : SAMPLE, space = canvas->plain ? 3 : 2 * GAP;
    for (size_t i = 0; i < count; i++) {
        int width = canvas_width(canvas, entries[i].text, CANVAS_TEXT);
        if (x > left && x + sample + width > right) {
            x = left;
            canvas->height += canvas->line;
        }
        put_sample(canvas, x, canvas->height + canvas->line / 2, &entries[i]);
        int height =
            canvas_lines(canvas, x + sample, right, canvas->height, CANVAS_TEXT, entries[i].text);
        canvas->height += height - canvas->line;
        x += sample + width + space;
    }
    if (count > 0)
        canvas->height += canvas->line + (canvas->plain ? 0 : GAP / 2);
}

/* ---- plot areas ---- */

int canvas_tics_width(const struct canvas *canvas, const struct scale *y)
{
    int widest = 0;
    for (int64_t tic = y->first; tic <= y->last; tic++) {
        char plain[SCALE_ROOM], text[LANGUAGE_ROOM];
        struct slice shown =
            slice_of(language_number(text, canvas->language, scale_tic(plain, y, tic)));
        int width = canvas_width(canvas, shown, CANVAS_NOTE);
        widest = width > widest ? width : widest;
    }
    return widest + (canvas->plain ? 1 : GAP);
}

/* The tics of the y axis: marks by gnuplot, texts by us. */
static void put_y_tics(struct canvas *canvas, struct panel panel, const struct scale *y)
{
    char plain[SCALE_ROOM], text[LANGUAGE_ROOM];
    int64_t steps = y->last - y->first;
    script_add(&canvas->panels, "set yrange [%s:", scale_tic(plain, y, y->first));
    script_add(&canvas->panels, "%s]\nset ytics (", scale_tic(plain, y, y->last));
    for (int64_t tic = y->first; tic <= y->last; tic++) {
        int up = (int)((tic - y->first) * (panel.bottom - panel.top) / steps);
        scale_tic(plain, y, tic);
        script_add(&canvas->panels, "%s'' %s", tic > y->first ? "," : "", plain);
        canvas_text(canvas, panel.left - (canvas->plain ? 1 : GAP), panel.bottom - up, CANVAS_RIGHT,
                    CANVAS_NOTE, slice_of(language_number(text, canvas->language, plain)));
    }
    script_add(&canvas->panels, ")\n");
}

void canvas_frame(struct canvas *canvas, struct panel panel, const struct scale *y)
{
    const char *half = canvas->plain ? "+.5" : "";
    const char *top = canvas->plain ? "-.5)/(H-1)" : ")/H";
    script_add(&canvas->panels,
               "set lmargin at screen (%d%s)/W\nset rmargin at screen (%d%s)/W\n"
               "set tmargin at screen 1-(%d%s\nset bmargin at screen 1-(%d%s)/H\n",
               panel.left, half, panel.right, half, panel.top, top, panel.bottom, half);
    script_add(&canvas->panels, "E=%s/%d.0\n", canvas->plain ? "0.7" : "0",
               panel.bottom - panel.top);
    if (y != NULL)
        put_y_tics(canvas, panel, y);
}

/* The middle of a text that is moved inwards where it would leave the edges. */
static int moved(struct panel edges, int x, int width)
{
    int left = x - width / 2;
    if (left + width > edges.right)
        left = edges.right - width;
    if (left < edges.left)
        left = edges.left;
    return left + width / 2;
}

static bool has_room(const struct canvas *canvas, struct panel edges, const struct canvas_tic *tics,
                     size_t count, size_t k)
{
    int end = edges.left - canvas->gap;
    for (size_t i = 0; i < count; i += k) {
        int width = canvas_width(canvas, tics[i].text, CANVAS_NOTE);
        int left = moved(edges, tics[i].x, width) - width / 2;
        if (left < end + canvas->gap)
            return false;
        end = left + width;
    }
    return true;
}

bool canvas_fits(const struct canvas *canvas, struct panel edges, const struct canvas_tic *tics,
                 size_t count)
{
    return has_room(canvas, edges, tics, count, 1);
}

size_t canvas_tics(struct canvas *canvas, struct panel edges, const struct canvas_tic *tics,
                   size_t count)
{
    size_t k = 1;
    while (k < count && !has_room(canvas, edges, tics, count, k))
        k++;
    for (size_t i = 0; i < count; i += k) {
        int width = canvas_width(canvas, tics[i].text, CANVAS_NOTE);
        canvas_text(canvas, moved(edges, tics[i].x, width), edges.top + canvas->line / 2,
                    CANVAS_CENTER, CANVAS_NOTE, tics[i].text);
    }
    return k;
}

size_t canvas_block(struct canvas *canvas)
{
    script_add(&canvas->panels, "$d%zu << EOD\n", ++canvas->blocks);
    return canvas->blocks;
}

void canvas_block_end(struct canvas *canvas)
{
    script_add(&canvas->panels, "EOD\n");
}

void canvas_clause(struct canvas *canvas, const char *format, ...)
{
    char text[300];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    script_add(&canvas->clauses, "%s%s notitle", canvas->clauses.length > 0 ? ", " : "plot ", text);
}

/* Texts are drawn with the first area, once. */
bool canvas_draw(struct canvas *canvas)
{
    if (canvas->clauses.length == 0)
        return false;
    script_put(&canvas->panels, script_slice(&canvas->clauses));
    script_add(&canvas->panels, "\n");
    canvas->clauses.length = 0;
    script_add(&canvas->panels, "unset arrow\n");
    if (!canvas->drawn)
        script_add(&canvas->panels, "unset label\nunset object\n");
    canvas->drawn = true;
    return true;
}

/* ---- the whole ---- */

/* pngcairo draws better; not every gnuplot has it. */
static void put_png(const struct canvas *canvas, struct script *script)
{
    script_add(script,
               "png\nif (strstrt(GPVAL_TERMINALS, 'pngcairo') > 0) { set terminal pngcairo "
               "noenhanced size 2*%d,2*%d fontscale 2 linewidth 2 pointscale 2 background 'white'",
               canvas->width, canvas->height);
    put_font(canvas, script, "Arial", CANVAS_TEXT);
    script_add(script, " } else { set terminal png truecolor noenhanced size %d,%d", canvas->width,
               canvas->height);
    put_font(canvas, script, "arial", CANVAS_TEXT);
    script_add(script, " }");
}

static void put_terminal(const struct canvas *canvas, struct script *script)
{
    script_add(script, "set encoding utf8\nset terminal ");
    if (canvas->format == CANVAS_PNG)
        put_png(canvas, script);
    else if (canvas->plain)
        script_add(script, "dumb noenhanced size %d,%d nofeed", canvas->width, canvas->height);
    else if (canvas->format == CANVAS_PDF)
        script_add(script, "pdfcairo noenhanced size 16cm,16.0*%d/%dcm linewidth 1.33",
                   canvas->height, canvas->width);
    else
        script_add(script, "svg noenhanced size %d,%d background 'white'", canvas->width,
                   canvas->height);
    if (canvas->format == CANVAS_SVG || canvas->format == CANVAS_PDF)
        put_font(canvas, script, "Arial", CANVAS_TEXT);
    script_add(script, "\n");
}

void canvas_end(struct canvas *canvas, struct script *script)
{
    put_terminal(canvas, script);
    script_add(script, "W=%d.0\nH=%d.0\nset border 3 %s\nset tics nomirror out scale %s\n",
               canvas->width, canvas->height, canvas->plain ? "lt 0" : "lc rgb '#777777'",
               canvas->plain ? "0" : "0.6,0.3");
    if (!canvas->plain)
        script_add(script, "set grid ytics lt 1 lw 0.7 lc rgb '#dddddd'\n");
    script_add(script, "set multiplot\n");
    script_put(script, script_slice(&canvas->texts));
    script_put(script, script_slice(&canvas->panels));
    script_add(script, "unset multiplot\n");
    free(canvas->texts.bytes);
    free(canvas->panels.bytes);
    free(canvas->clauses.bytes);
}
