/*
 * forest: a difference with its interval for each row, where the rows are no series.
 *
 * Outcomes of several units are drawn in standard deviations (see value_standard).
 */
#ifndef JF_FOREST_H
#define JF_FOREST_H

#include "trial/canvas.h"
#include "trial/figure.h"

/* Draws it, from the height used so far. */
void forest_draw(struct figure *figure, struct canvas *canvas);

#endif
