/*
 * proportion: rows whose two means are shares of persons, for intervals that are made for shares.
 *
 * Of each arm the mean, the number and the deviation are read, and have to be those of an outcome
 * of 0 and 1 (interval_ones); else the row is an error.
 */
#ifndef JF_PROPORTION_H
#define JF_PROPORTION_H

#include <stdbool.h>
#include <stddef.h>

#include "number/interval.h"

struct table;

struct proportion {
    struct proportion_arm {
        size_t n, mean, sd; /* slots */
    } treated, control;
    size_t diff; /* slot */
    bool comma;  /* the decimal point is a comma */
};

/* Wants jf-diff's columns. One that is not there is an error, and so are clusters, whose persons
 * are not independent. */
struct proportion proportion_plan(struct table *table, bool comma);

/* The row's interval; nothing exists where a mean is NA. */
struct interval proportion_interval(const struct proportion *columns, const struct table *row,
                                    struct interval_level level);

#endif
