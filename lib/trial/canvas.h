/*
 * canvas: where things stand in a picture, and what they look like.
 *
 * All places are whole numbers, pixels from the top left corner, or in a terminal characters; a
 * figure is laid out from the top down, and its height is known at the end. Every text is placed by
 * us, by its width (see lettering), since gnuplot leaves out what does not fit and lets texts
 * overlap: its own titles, keys and labels of tics are not used. A picture is 680 pixels wide,
 * printed 16 cm: the smallest letters are then those of 7 points.
 */
#ifndef JF_CANVAS_H
#define JF_CANVAS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"
#include "number/scale.h"
#include "stream/script.h"
#include "trial/language.h"

enum canvas_format { CANVAS_SVG, CANVAS_PNG, CANVAS_PDF, CANVAS_TXT, CANVAS_NONE };
#define CANVAS_WORDS "svg|png|pdf|txt"

enum canvas_size { CANVAS_NOTE, CANVAS_TEXT, CANVAS_TITLE };
enum canvas_align { CANVAS_LEFT, CANVAS_CENTER, CANVAS_RIGHT };

struct canvas {
    enum canvas_format format;
    enum language language;
    bool plain;        /* of a terminal: characters */
    int width, height; /* the height that is used so far; what comes next begins there */
    int tall;          /* lines of the terminal */
    int line;          /* the height of a line of text */
    int gap;           /* between what does not touch */
    struct script texts, panels, clauses;
    size_t blocks; /* of data */
    bool drawn;    /* an area was, and the texts */
};

/* A part of the canvas: a plot area, or the room for texts. */
struct panel {
    int left, right, top, bottom;
};

/* An empty canvas; `columns` and `lines` are the terminal's. */
void canvas_begin(struct canvas *canvas, enum canvas_format format, enum language language,
                  int columns, int lines);

/* How wide a text is. */
int canvas_width(const struct canvas *canvas, struct slice text, enum canvas_size size);

/* A text in one line, its middle at that height. */
void canvas_text(struct canvas *canvas, int x, int y, enum canvas_align align,
                 enum canvas_size size, struct slice text);

/* A text in as many lines as it needs between left and right, from `top` down; the height they
 * take; and that without writing. */
int canvas_lines(struct canvas *canvas, int left, int right, int top, enum canvas_size size,
                 struct slice text);
int canvas_lines_height(const struct canvas *canvas, int width, enum canvas_size size,
                        struct slice text);

/* The same in the whole width, at the height used so far, which grows. An empty text is none. */
void canvas_paragraph(struct canvas *canvas, enum canvas_size size, struct slice text);

/* Says which look is what, as many in a line as fit. */
struct canvas_entry {
    struct slice text;
    int colour; /* see look.h */
    bool area;  /* a box, not a line */
};
void canvas_legend(struct canvas *canvas, const struct canvas_entry *entries, size_t count);

/* Begins a plot area: its edges, and the y axis with its tics, where there is one. In the script E
 * is how far from the edges an upright line ends, so that it meets no text. The width of the widest
 * tic's text, for who makes room. */
void canvas_frame(struct canvas *canvas, struct panel panel, const struct scale *y);
int canvas_tics_width(const struct canvas *canvas, const struct scale *y);

/* Texts below a plot area, in the order of their places, where `edges` begins: every k-th, with
 * the smallest k for which none lies over another. They stay between the edges. Returns k. And
 * whether that is 1. */
struct canvas_tic {
    int x;
    struct slice text;
};
size_t canvas_tics(struct canvas *canvas, struct panel edges, const struct canvas_tic *tics,
                   size_t count);
bool canvas_fits(const struct canvas *canvas, struct panel edges, const struct canvas_tic *tics,
                 size_t count);

/* A block of data begins, called $dN; and a clause of the plot command. */
size_t canvas_block(struct canvas *canvas);
void canvas_block_end(struct canvas *canvas);
void canvas_clause(struct canvas *canvas, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Draws the area's clauses; false where there are none. */
bool canvas_draw(struct canvas *canvas);

/* The whole script; the canvas is used up. */
void canvas_end(struct canvas *canvas, struct script *script);

#endif
