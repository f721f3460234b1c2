/*
 * calendar: which columns of a table are months.
 */
#ifndef JF_CALENDAR_H
#define JF_CALENDAR_H

#include <stddef.h>

#include "base/slice.h"

struct table;

struct calendar {
    int first, last; /* see period.h */
    size_t *slots;   /* of the months first to last; the caller frees */
};

/*
 * Wants the columns whose names fit the pattern (see period_match; exact names before those
 * that differ in case). The range is from first to last; an open end (PERIOD_NONE) becomes that
 * of the columns. A month of the range without a column, or with two, is an error, and so is a
 * column that nearly fits and is of a month in the range.
 */
struct calendar calendar_plan(struct table *table, struct slice pattern, int first, int last);

#endif
