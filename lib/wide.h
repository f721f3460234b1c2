/*
 * wide: the month columns of a table with a row a person.
 */
#ifndef JF_WIDE_H
#define JF_WIDE_H

#include "period.h"
#include "table.h"

/* The months first to last; slots[i] is the table's slot of month first + i. */
struct wide {
    int first, last;
    size_t *slots;
};

/*
 * Finds and wants the columns whose names fit the pattern (see period_match;
 * exact names before those that differ in case). `from` and `to` bound the
 * range, PERIOD_NONE for as far as there are columns. A month of the range
 * without a column, or with two, is an error. free(slots) ends it.
 */
struct wide wide_plan(struct table *table, struct slice pattern, int from, int to);

#endif
