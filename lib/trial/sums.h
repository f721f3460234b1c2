/*
 * sums: exact moments as rows of a table, and back.
 *
 * A row is a group and an outcome: the cells of the key, of the strata and of the cluster, then
 * outcome arm n missing sum sumsq. Rows of the same group and outcome are added up.
 */
#ifndef JF_SUMS_H
#define JF_SUMS_H

#include "stream/table.h"
#include "trial/design.h"
#include "trial/groups.h"
#include "trial/parts.h"

struct sink;

/* Adds all rows of the table to the groups. Of the outcomes those that the design names are
 * read, or, where it names none, all, and it learns of them. Whatever is wrong with a row is
 * a message and the end. */
void sums_read(struct groups *groups, struct design *design, const struct parts_options *options,
               struct table *table);

/* Writes a table of all groups, sealed where the options say so, with the number of rows that were
 * read. */
void sums_write(struct groups *groups, const struct design *design,
                const struct parts_options *options, uint64_t read, struct sink *out);

#endif
