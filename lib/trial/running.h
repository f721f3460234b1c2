/*
 * running: the rows of a stream with the running sums of their groups, in exact decimals; or
 * with running maxima, or the lengths of runs.
 *
 * Groups stand together, their periods ascend, and all have the same ones (order.h); where that
 * is not so, the sum would be of something else, so it is an error.
 */
#ifndef JF_RUNNING_H
#define JF_RUNNING_H

#include "number/decimal.h"
#include "stream/table.h"
#include "trial/order.h"

struct sink;

enum running_how {
    RUNNING_SUM,
    RUNNING_MAX, /* the largest value so far */
    RUNNING_RUN  /* how many rows in a row, up to this one, have another value than 0 */
};
#define RUNNING_WORDS "sum|max|run"

/* One column that is added up. */
struct running_sum {
    size_t slot, column;
    struct decimal sum; /* or the maximum, or the length of the run */
    bool missing;       /* a cell was, so the sum is from there on */
    bool begun;         /* a maximum: the group has had a value */
    bool written;       /* it stands in `text`, as adding nothing leaves it */
    struct decimal_few text;
};

struct running {
    enum running_how how;
    struct order order;
    struct order_calendar first; /* of the stream's first group; none yet */
    struct running_sum *sums;    /* in the order they are written in; nothing is added yet */
    size_t count;
    bool appended; /* they stand behind the row, else each in the place of its cell */
    bool comma;    /* see struct numbers */
};

/* Has all rows of the table written with their sums, behind the header. Whatever is wrong
 * with one is a message and the end. */
void running_rows(struct running *running, struct table *table, struct sink *out);

void running_free(struct running *running);

#endif
