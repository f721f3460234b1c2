/*
 * series: figures over time: the means of the arms as lines, and their differences with intervals.
 *
 * The differences stand in an area of their own, below; or with --overlay in that of the means, in
 * grey, with an interval in each K-th period. With --stack the means of several outcomes, states of
 * which everyone is in one, stand on each other, an area an arm.
 */
#ifndef JF_SERIES_H
#define JF_SERIES_H

#include "trial/canvas.h"
#include "trial/figure.h"

/* Draws it, from the height used so far. */
void series_draw(struct figure *figure, struct canvas *canvas);

#endif
