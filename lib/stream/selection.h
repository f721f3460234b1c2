/*
 * selection: some columns of the rows that a program writes, in an order of one's own.
 *
 * It is --columns, which every filter has. Programs know nothing of it: they make whole rows, and
 * a sink hands each to its selection, the header first, which gives the columns' places. A row is
 * passed over once for all its tabs, and the cells are copied; where nothing is selected, there is
 * nothing to do.
 */
#ifndef JF_SELECTION_H
#define JF_SELECTION_H

#include <stddef.h>

#include "base/slice.h"
#include "stream/header.h"
#include "stream/scan.h"

struct list;

struct selection {
    const struct list *asked; /* the columns, or NULL: all, as they come */
    size_t count;             /* of the cells that are written; 0 until the header is */
    size_t *places;           /* the column of each, in the whole row */
    struct slice *names;      /* what it is called from there on, while the whole header is there */
    const char **marks; /* of the row at hand: the byte before it, then the end of each cell */
    struct scan_plan plan;
    scan_row *scan;
};

/* Finds the columns that are asked for among those of the whole header: NEW=OLD is OLD, which is
 * called NEW, unless a column's whole name is that. A name that fits none, or several, is an error,
 * and a column that is asked for twice is misuse. */
void selection_plan(struct selection *selection, const struct header *whole);

/* The header is written: rows are to be selected. */
void selection_begin(struct selection *selection);

/* The same selection, for rows that another thread writes at the same time. */
struct selection selection_again(const struct selection *selection);

/* So many bytes are needed at the start of a whole row of that length, line end included. */
static inline size_t selection_room(size_t length)
{
    return 2 * length + SCAN_PAD;
}

/* Makes the row, which ends in a line end, the selected one, in place; returns its length. */
size_t selection_row(const struct selection *selection, char *row, size_t length);

void selection_free(struct selection *selection);

#endif
