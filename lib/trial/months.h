/*
 * month: a person's months, one after the other.
 *
 * The wide form (a column a month) and the long form (a row a month, or a job)
 * both come as calls of `take`, a month at a time, ascending within a person.
 */
#ifndef JF_MONTHS_H
#define JF_MONTHS_H

#include "trial/cell.h"
#include "number/hours.h"

/* The id and the kept cells of a row, tabs between them: how output rows begin.
 * A block's bytes lie behind them: see slice_put. */
struct prefix {
    char *bytes;
    size_t length, room;
    size_t id_length;
};

struct month {
    int number;              /* see period.h */
    const struct prefix *of; /* whose it is; good during the call */
    bool known;              /* there is a degree */
    struct decimal share;    /* the degree as a share of 1, where known */
    unsigned missing;        /* cells or rows without a degree */
    struct place place;      /* of the first that is missing, else of the degree */
    struct slice cell;       /* the degree's, where the month is one cell; good during the call */
};

/* What the two forms share. */
struct months {
    struct table *table;
    size_t id, *keep; /* slots */
    size_t keep_count;
    int first, last; /* the range; PERIOD_NONE: open */
    struct numbers *numbers;
    const struct degree_rule *rule;
    const char *max; /* rule->max as the user wrote it */
    void (*take)(void *context, const struct month *month);
    void *context;
};

/* The prefix of the row at hand. */
void prefix_take(struct prefix *prefix, const struct months *months);

/* The share in that slot of the row at hand; false if it is missing. A degree
 * that cannot be one is a message. */
bool month_share(const struct months *months, size_t slot, struct decimal *share);

/* What is wrong with a degree, at its place. */
_Noreturn void month_fail(const struct months *months, struct place place,
                          enum degree_verdict verdict);

#endif
