/*
 * stack: the means of several outcomes over time, standing on each other: an area for each arm.
 *
 * It is for states of which everybody is in one, such as the shares of the weeks of a month: then
 * the heights add up to the same in each period.
 */
#ifndef JF_STACK_H
#define JF_STACK_H

#include "trial/canvas.h"
#include "trial/figure.h"

/* Draws it, from the height used so far. */
void stack_draw(struct figure *figure, struct canvas *canvas);

#endif
