/*
 * sheet: what stands around the plot areas of a figure: title, legend, headings, notes; and where
 * the facets stand, some beside each other.
 */
#ifndef JF_SHEET_H
#define JF_SHEET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"
#include "number/scale.h"
#include "trial/canvas.h"
#include "trial/figure.h"

struct sheet {
    struct canvas *canvas;
    struct figure *figure;
    int across; /* so many facets beside each other */
    bool named; /* the last texts are the facets' names */
};

/* Puts the title, the user's or this one. */
struct sheet sheet_begin(struct figure *figure, struct canvas *canvas, struct slice title);

/* How many facets stand in the row that begins with this one; and the room of one, left and
 * right. */
size_t sheet_row(const struct sheet *sheet, size_t first);
struct panel sheet_column(const struct sheet *sheet, size_t facet);

/* Puts the names of a row's facets, if they have any; or one text above each of them. */
void sheet_headings(struct sheet *sheet, size_t first);
void sheet_line(struct sheet *sheet, size_t first, struct slice text);

/* Where a plot area stands in the column, of this height, beside texts of tics of this width. In a
 * terminal the height is a multiple of the scale's tics. */
struct panel sheet_panel(const struct sheet *sheet, size_t facet, int tics, int height,
                         const struct scale *y);

/* How high plot areas are: `parts` of 100 of what a facet has. */
int sheet_height(const struct sheet *sheet, int parts);

/* Ends a row of plot areas: below is a line for the texts of tics, or none. */
void sheet_below(struct sheet *sheet, int bottom, bool labelled);

/* Puts the title of the x axis, the user's or this one, and notes. */
void sheet_end(struct sheet *sheet, struct slice xlabel);

#endif
