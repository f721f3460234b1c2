/*
 * gather: the moments of a stream's rows, by group of a design.
 */
#ifndef JF_GATHER_H
#define JF_GATHER_H

#include "stream/table.h"
#include "trial/design.h"
#include "trial/groups.h"

/* Adds the values of all rows to the moments of their groups, by number of the outcome, and returns
 * how many rows they were. `comma` is that of struct numbers. Whatever is wrong with a row is a
 * message and the end. */
uint64_t gather_rows(struct groups *groups, struct design *design, struct table *table, bool comma);

#endif
