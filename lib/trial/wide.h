/*
 * wide: months out of a table with a row a person and a column a month.
 */
#ifndef JF_WIDE_H
#define JF_WIDE_H

#include "trial/ready.h"

/*
 * Finds and wants the columns whose names fit the pattern (see period_match;
 * exact names before those that differ in case). An open end of the months'
 * range becomes that of the columns. A month of the range without a column, or
 * with two, is an error. Returns the slots of the months first to last, which
 * the caller frees.
 */
size_t *wide_plan(struct months *months, struct slice pattern);

/* Reads all rows; every month of the range is taken, of each row, unless `ready`,
 * where it is not NULL, has written it. */
void wide_read(const struct months *months, const size_t *slots, const struct ready *ready);

#endif
