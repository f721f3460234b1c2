/*
 * vectors: who was drawn, as vectors of whole numbers that add up.
 *
 * A lottery's units are the persons or the clusters of two arms. What a row's statistic needs of
 * its cells is sums over units, so a unit is a vector of numbers of 64 bits, of each row
 *
 *     T, T^2                        a person's value; before it n, where somebody has none
 *     n, T, T^2, n T, n > 0, n^2    a cluster's values and their sum
 *
 * each number of all rows together, so that to add one up is a plain loop. Where the sum of all
 * might not fit, T, T^2 and n T are held in parts of VECTORS_PART bits: sums of 2^20 units are
 * exact whatever their order. Units stand by stratum, and there by the bytes of their ids.
 */
#ifndef JF_VECTORS_H
#define JF_VECTORS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"
#include "number/studentised.h"
#include "trial/records.h"
#include "trial/people.h"
#include "trial/redraw.h"

enum { VECTORS_PART = 42 };

/* Where a number of row 0 is in a vector, or its lowest part; those of the other rows follow. */
struct vectors_layout {
    int n, members, sizes; /* below 0: not held */
    int sum, squares, products;
    int sum_parts, square_parts; /* products have as many as the sum */
    int fields;
};

struct vectors {
    const struct people *people;
    size_t rows, units, strata, width;
    struct vectors_unit *sorted;
    size_t *unit_of; /* by person or cluster: its place among the units, or SIZE_MAX */
    struct redraw_stratum *of;
    struct slice *ids; /* by unit */
    struct vectors_layout layout;
    int64_t *units_of; /* the vectors, by unit */
    int64_t *totals;   /* by stratum */
};

/* The vectors of arm `arm` (see people) and the control, of so many columns. False where values are
 * too long for so many units. Free them in either case. */
bool vectors_make(struct vectors *vectors, const struct people *people, size_t arm,
                  const struct records_column *const *columns, size_t rows);

/* Adds a unit's vector; whether the unit was treated. */
void vectors_add(const struct vectors *vectors, int64_t *sums, size_t unit);
bool vectors_treated(const struct vectors *vectors, size_t unit);

/* A row's cell of so many units' sums, in a stratum's totals or one's own. */
struct studentised_cell vectors_cell(const struct vectors *vectors, const int64_t *sums, size_t row,
                                     size_t units);

void vectors_free(struct vectors *vectors);

#endif
