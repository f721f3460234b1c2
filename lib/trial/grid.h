/*
 * grid: rows that are alike in all keys but one, a cell for each of its values.
 *
 * The rows are numbered as they are met, and the caller keeps what else he needs by that number.
 * Once all have come, every set of rows has one row of every value, or it is an error at a row.
 */
#ifndef JF_GRID_H
#define JF_GRID_H

#include <stddef.h>

#include "base/message.h"
#include "base/slice.h"
#include "trial/keys.h"
#include "trial/sets.h"

struct table;

struct grid {
    const struct table *table;
    size_t over; /* slot of the key whose values are told apart */
    struct sets sets, values;
    struct grid_row {
        size_t set, value;
        struct place place;
    } * rows; /* by number */
    size_t count, room;
    size_t *cells; /* set by set, by value: the row's number plus 1, or 0 */
};

/* The values of column `over`, in rows that are alike in these columns of the table. */
struct grid grid_plan(struct table *table, size_t over, const size_t *keys, size_t key_count);

/* The next row. */
void grid_take(struct grid *grid, const struct table *row);

/* At the end of input. Fewer than two values are an error, and so is a set that lacks one or has it
 * twice. */
void grid_close(struct grid *grid);

/* The number of the value with this text; an error if no row has it, in which `option` is what gave
 * it. */
size_t grid_value(const struct grid *grid, struct slice text, const char *option);

/* The row of a set with a value, after grid_close. */
static inline size_t grid_row(const struct grid *grid, size_t set, size_t value)
{
    return grid->cells[set * keys_count(&grid->values.keys) + value] - 1;
}

void grid_free(struct grid *grid);

#endif
