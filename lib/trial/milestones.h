/*
 * milestones: periods that a figure marks, such as where the trial begins: an upright line in each
 * plot area, and above them what it is.
 */
#ifndef JF_MILESTONES_H
#define JF_MILESTONES_H

#include <stddef.h>

#include "base/slice.h"
#include "number/value.h"
#include "trial/canvas.h"
#include "trial/figure.h"
#include "trial/sheet.h"

struct milestone {
    struct value at;
    struct slice text;
};

struct milestones {
    struct milestone *all;
    size_t count;
    const struct figure *figure;
};

/* Takes --mark apart. A period that no row has is an error that names the nearest. */
void milestones_plan(struct milestones *milestones, struct figure *figure);

/* Puts the texts above a row of areas whose tics are so wide, none over another; the height used
 * grows. */
void milestones_put(const struct milestones *milestones, struct sheet *sheet, size_t first,
                    int tics);

/* Puts the lines into the area at hand. */
void milestones_draw(const struct milestones *milestones, struct canvas *canvas);

void milestones_free(struct milestones *milestones);

#endif
