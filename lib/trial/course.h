/*
 * course: which periods of the calendar a person has, and how far he is at risk.
 *
 * All have the range, but for persons with a lot of their own: they have the months that are
 * asked for since it, as far as the range covers them. What comes after a person's last month at
 * risk, by death or emigration, is nobody's.
 */
#ifndef JF_COURSE_H
#define JF_COURSE_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#include "number/period.h"
#include "stream/table.h"

/* What is asked for. */
struct range {
    enum period_kind kind; /* of the periods */
    int first, last;       /* what there is of the calendar; PERIOD_NONE: open */
    size_t since, until;   /* slots of the lot and of the last month at risk, or TABLE_NONE */
    int since_first;       /* the months since the lot, or PERIOD_NONE: as many as the range has */
    int since_last;
};

struct course {
    int first, last; /* periods of the range; first > last: none. INT_MIN, INT_MAX: open */
    int risk;        /* the last one at risk, INT_MAX where he always is */
    int lot;         /* the month of his lot; PERIOD_NONE where that does not matter */
};

/* Whether courses differ. */
static inline bool course_differs(const struct range *range)
{
    return range->since != TABLE_NONE || range->until != TABLE_NONE;
}

/* That of a person without a lot and an end. */
struct course course_whole(const struct range *range);

/* That of the row's person. A lot that is missing or after the range, and a lot or an end that
 * is no month (`2016-03`, `2016-03-31`), are errors. */
struct course course_of(const struct range *range, const struct table *row);

/* In the long form a person's rows all have the same two cells, those of his first row: */
struct course_cells {
    char *bytes;
    size_t length, room;
    size_t lot; /* so many are the lot's */
};
void course_keep(struct course_cells *cells, const struct range *range, const struct table *row);
void course_check(const struct course_cells *cells, const struct range *range,
                  const struct table *row);

#endif
