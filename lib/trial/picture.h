/*
 * picture: what gnuplot drew, as it is written.
 *
 * An SVG says in words what it shows, for those who cannot see it; a PDF does not say when it was
 * made, so that it is the same bytes each time; lines of a terminal have no blanks at their ends.
 */
#ifndef JF_PICTURE_H
#define JF_PICTURE_H

#include "base/slice.h"
#include "stream/script.h"
#include "trial/canvas.h"
#include "trial/figure.h"

/* Adds the finished picture to `to`. The figure has been drawn: it knows its title. */
void picture_finish(struct figure *figure, enum canvas_format format, struct slice drawn,
                    struct script *to);

#endif
