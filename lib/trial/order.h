/*
 * order: groups that stand together, and their periods that ascend.
 *
 * A group is the rows that are alike in some columns. Its periods are all of one form that
 * has an order (period.h), and ascend; and every group has the periods of the first one. So a
 * month that has no row is seen, and a group that was cut in two, while only one group's periods
 * are held and no names. What is amiss is a message at the row, or at the last row of the group,
 * and the end.
 *
 * Rows may be read by several threads, each with a state of its own, over pieces of the stream.
 * A state that is not in the stream's order holds a group to the first one of its own; what that
 * one has is compared with the stream's first group afterwards (order_join).
 */
#ifndef JF_ORDER_H
#define JF_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/heap.h"
#include "base/map.h"
#include "base/slice.h"
#include "number/period.h"
#include "stream/table.h"
#include "trial/cell.h"
#include "trial/keys.h"

struct order {
    const struct table *table;
    size_t *group; /* slots, and behind them the period's; freed with it */
    size_t group_count;
    size_t period;       /* slot */
    struct slice column; /* its name, for messages */
    bool hidden;         /* they are ids, which no message shows */
    struct map met;      /* the groups' cells, for order_meet */
    char *name;          /* of the group at hand */
    size_t name_room;
};

/* The order of these columns of the table; wants them. */
struct order order_plan(struct table *table, const struct slice *group, size_t group_count,
                        struct slice period);

/* The row at hand begins a group: it is an error if that one was met before. */
void order_meet(struct order *order, const struct table *row);

/* What is wrong with the row at hand, whose period is of that form, and the command that sorts the
 * rows of these files. */
_Noreturn void order_fail(const struct order *order, const struct table *row, const char *what,
                          enum period_form form);

void order_free(struct order *order);

/* The periods of a group, in their order. A zeroed struct is none. */
struct order_calendar {
    bool whole; /* the group has ended */
    enum period_form form;
    uint64_t line; /* of the group's first row */
    size_t count;
    struct slice *periods;
    uint64_t *words; /* see cell_word; 0 where the period is longer */
    size_t periods_room, words_room;
    struct arena bytes;
};

/* Where a reader of rows is. */
struct order_state {
    bool begun;  /* it is in a group */
    char *group; /* the cells of that one, a tab before each */
    size_t length, room;
    size_t count;                 /* of its rows so far */
    uint64_t line;                /* of its first row */
    const char *file;             /* of its last row */
    size_t before;                /* of its rows, in files before that one */
    struct order_calendar *first; /* what its periods must be; what they are, until it is whole */
    struct order_calendar own;    /* of the first group that this reader saw */
};

/* A state that has seen no row; it must not be moved. It reads in pieces, until order_join. */
void order_start(struct order_state *state);

/* The state is to read what comes next in the stream, whose first group's periods are these.
 * `lines` is what its lines lacked so far. False where the groups that it has seen are not like
 * that one, or nobody knows yet: then it is void. */
bool order_join(struct order_state *state, struct order_calendar *first, uint64_t lines);

/* The rows end, and so does the group. */
void order_end(const struct order *order, struct order_state *state);

/* No row was seen; the state reads in pieces, until order_join. */
void order_forget(struct order_state *state);

void order_free_state(struct order_state *state);
void order_free_calendar(struct order_calendar *calendar);

/* Whether the row's cells are those of the last row's group. */
static inline bool order_same(const struct order *order, const struct order_state *state,
                              const struct table *row)
{
    if (!state->begun)
        return false;
    if (order->group_count != 1)
        return keys_named(row, order->group, order->group_count,
                          (struct slice){state->group, state->length});
    return slice_equal((struct slice){state->group + 1, state->length - 1},
                       table_cell(row, order->group[0]));
}

/* The row begins a group, and the one before ends. */
void order_open(const struct order *order, struct order_state *state, const struct table *row);

/* What order_check does, slowly. */
void order_check_any(const struct order *order, struct order_state *state, const struct table *row);

/* Takes the row's period as the next one of its group. Most are what the first group had in
 * that place, so that nothing needs to be parsed. */
static inline void order_check(const struct order *order, struct order_state *state,
                               const struct table *row)
{
    struct slice period = table_cell(row, order->period);
    const struct order_calendar *first = state->first;
    if (period.length <= CELL_SHORT && state->count < first->count &&
        cell_word(period) == first->words[state->count] && state->file == row->source.name)
        state->count++;
    else
        order_check_any(order, state, row);
}

#endif
