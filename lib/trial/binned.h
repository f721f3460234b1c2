/*
 * binned: the counts of a distribution as rows of a table, and back.
 *
 * A row is a key and a bin: the cells of the key, then `outcome bin bins n sum`. `bin` is the
 * number of a bin (bins.h), or under, over, zero or missing; `bins` says what the bins are, so
 * that they come with the counts; `sum` is that of a seal (parts.h), else NA. Rows of the same
 * key and bin are added up.
 */
#ifndef JF_BINNED_H
#define JF_BINNED_H

#include <stdint.h>

#include "base/slice.h"
#include "number/bins.h"
#include "stream/table.h"
#include "trial/distribution.h"
#include "trial/parts.h"

struct sink;

/* Writes all counts; `names` are those of the key's columns, `read` is the number of rows. */
void binned_write(const struct distribution *distribution, const struct slice *names,
                  struct slice outcome, const struct parts_options *options, uint64_t read,
                  struct sink *out);

/* Adds all rows of the table to the distribution, whose bins become those of the rows. Whatever
 * is wrong with a row is a message and the end. */
void binned_read(struct distribution *distribution, struct bins *bins, const struct slice *names,
                 const struct parts_options *options, struct table *table);

#endif
