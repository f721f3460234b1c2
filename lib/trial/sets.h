/*
 * sets: rows that are alike in some columns, numbered 0, 1, 2, ... as they are met.
 *
 * A cell that is missing there, or differs from an earlier one only in outer blanks, is an error
 * at its row, as in every key (see labels): nobody is alone in a set by a slip.
 */
#ifndef JF_SETS_H
#define JF_SETS_H

#include <stddef.h>

#include "trial/keys.h"
#include "trial/labels.h"

struct table;

struct sets {
    const char *role; /* what the columns are, in messages: `key` */
    size_t *slots;    /* of them */
    struct labels *labels;
    struct keys keys; /* by the set's number; they know the cells and their order */
};

/* Sets by these columns of the table, which are wanted; by none all rows are one set. `role` must
 * outlive them. */
struct sets sets_plan(struct table *table, const size_t *columns, size_t count, const char *role);

/* The number of the row's set. */
size_t sets_of_row(struct sets *sets, const struct table *row);

void sets_free(struct sets *sets);

#endif
