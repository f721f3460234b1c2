/*
 * bars: a histogram: of each arm the share of its persons in each bin, or with --counts how many.
 *
 * The arms' bars stand beside each other; or with --outline each arm is one outline, so that two
 * distributions lie on each other.
 */
#ifndef JF_BARS_H
#define JF_BARS_H

#include "trial/canvas.h"
#include "trial/figure.h"

/* Draws it, from the height used so far. */
void bars_draw(struct figure *figure, struct canvas *canvas);

#endif
