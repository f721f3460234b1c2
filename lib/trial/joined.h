/*
 * joined: the columns of a row of the extract and of its person in the list, by name.
 */
#ifndef JF_JOINED_H
#define JF_JOINED_H

#include "trial/roster.h"

struct joined {
    struct roster list;
    struct table extract;
    struct table *row; /* the extract, or a view of it: where the row at hand is */
};

/* Where a column's cell is to be had: in the row, or in the person's. */
struct joined_column {
    bool listed;
    size_t at; /* slot of the extract, or column of the list */
    struct slice name;
};

/* The column of that name, of the extract or else of the list; it is an error if neither
 * has it. From then on the extract's is wanted. */
struct joined_column joined_column(struct joined *joined, struct slice name);

/* The cell of the row at hand, or of `person`: NA where that is nobody (NULL). */
struct slice joined_cell(const struct joined *joined, const struct person *person,
                         struct joined_column column);

/* The place of that cell. */
struct place joined_place(const struct joined *joined, const struct person *person,
                          struct joined_column column);

#endif
