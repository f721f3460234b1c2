/*
 * cell: the bridge from the stream to numbers.
 *
 * A cell becomes a decimal, a double, a count or a period, or is missing; what
 * is none of these is a message with its place and the end.
 */
#ifndef JF_CELL_H
#define JF_CELL_H

#include "decimal.h"
#include "sink.h"
#include "table.h"

/* Missing: empty, `.`, `NA` or `\N`. */
bool cell_missing(struct slice cell);

/* The cell of that slot as a number; false if it is missing. With `comma` the
 * decimal point is a comma, and a point is an error. */
bool cell_decimal(const struct table *table, size_t slot, bool comma, struct decimal *value);
bool cell_real(const struct table *table, size_t slot, bool comma, double *value);

/* The cell as a whole number of at most 18 digits; a missing one is an error. */
uint64_t cell_count(const struct table *table, size_t slot);

/* The cell as a month (see period_parse); a missing one is an error. */
int cell_month(const struct table *table, size_t slot);

/* Adds a cell to the row in the making. NaN is NA. */
void cell_put_decimal(struct sink *sink, struct decimal value);
void cell_put_real(struct sink *sink, double value);

/* An option's number: not of that form is misuse, which names the option. */
struct decimal cell_option(const char *option, struct slice text);

#endif
