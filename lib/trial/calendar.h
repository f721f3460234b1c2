/*
 * calendar: which columns of a table are periods.
 */
#ifndef JF_CALENDAR_H
#define JF_CALENDAR_H

#include <stddef.h>

#include "base/slice.h"
#include "number/period.h"

struct table;

enum { CALENDAR_MOST = 1000000 }; /* periods of a range */

struct calendar {
    struct slice pattern;
    enum period_kind kind; /* of the periods that it names */
    int first, last;       /* see period.h */
    size_t *slots;         /* of the periods first to last, TABLE_NONE where one has no column; the
                              caller frees */
};

/*
 * Wants the columns whose names fit the pattern (see pattern_match; exact names before those
 * that differ in case). The range is from first to last; an open end (PERIOD_NONE) becomes that
 * of the columns. Two columns of one period of the range are an error, and so is a column that
 * nearly fits and is of a period in the range.
 */
struct calendar calendar_plan(struct table *table, struct slice pattern, int first, int last);

/* A period from first to last, a piece of the range, that has no column is an error. */
void calendar_check(const struct calendar *calendar, const struct table *table, int first,
                    int last);

#endif
