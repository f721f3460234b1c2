/*
 * timeline: the axis of a figure's time.
 *
 * Periods of one kind in a row are whole numbers in a row (period.h); other numbers, such as
 * waves of any distance, lie on a scale.
 */
#ifndef JF_TIMELINE_H
#define JF_TIMELINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"
#include "number/period.h"
#include "number/scale.h"
#include "number/value.h"
#include "trial/canvas.h"

struct timeline {
    enum period_kind kind; /* PERIOD_WAVE: numbers */
    int first, last;       /* periods, but for numbers */
    struct scale scale;    /* numbers */
};

/* Whether these cells are an axis: periods of one kind, or where `numbers` may be one, numbers; and
 * two different ones at least. */
bool timeline_plan(struct timeline *timeline, const struct slice *cells, size_t count,
                   bool numbers);

/* A cell's place on it; none where it is of another kind. */
struct value timeline_at(const struct timeline *timeline, struct slice cell);

/* Whether the second lies right behind the first, so that a line may go on; numbers always. */
bool timeline_follows(const struct timeline *timeline, struct value before, struct value value);

/* Sets the x axis of a plot area. Below one that is `labelled` the texts of its tics are put, which
 * need a line. */
void timeline_draw(const struct timeline *timeline, struct canvas *canvas, struct panel panel,
                   struct panel edges, bool labelled);

/* Where a place is in a plot area. */
int timeline_place(const struct timeline *timeline, struct panel panel, struct value value);

#endif
