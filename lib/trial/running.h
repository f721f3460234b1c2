/*
 * running: the running sums of a group's rows, in exact decimals.
 */
#ifndef JF_RUNNING_H
#define JF_RUNNING_H

#include "trial/cell.h"

/* One column that is added up. */
struct running_sum {
    size_t slot, column;
    struct decimal sum;
    bool missing; /* a cell was, so the sum is from there on */
    bool written; /* the sum stands in text, as adding nothing leaves it */
    char text[DECIMAL_ROOM + SLICE_BLOCK];
    size_t length;
};

struct running {
    struct running_sum *sums; /* in the order they are written in */
    size_t count;
    bool appended; /* they stand behind the row, else each in the place of its cell */
    struct numbers numbers;
};

/* The same columns, and nothing added. */
struct running running_alike(const struct running *running);

/* A group begins: nothing is added. */
void running_begin(struct running *running);

/* The sums so far become those of another. */
void running_set(struct running *running, const struct running_sum *sums);

/* How many bytes of room the row at hand may need. */
static inline size_t running_room(const struct running *running, const struct table *table)
{
    return table->line.length + running->count * (DECIMAL_ROOM + 1) + SLICE_BLOCK + 1;
}

/* Adds the cells of the row at hand, and writes it with its sums and a line end; returns
 * where it ends. A cell that is no number, and a sum of too many digits, is a message and
 * the end. */
char *running_row(struct running *running, const struct table *table, char *at);

void running_free(struct running *running);

#endif
