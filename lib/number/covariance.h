/*
 * covariance: how the differences of a family's rows hang together.
 *
 * Row i of a family, from 0, carries the covariances of its difference with those of rows 0 to i,
 * commas between them, the last its own variance: the lower triangle of the matrix, a row at a
 * time. NA is unknown.
 *
 * A list that has not as many entries as it should shows that a row before it was cut out or that
 * rows have changed places, and a last entry that is not the square of se, to 1e-12, that the row
 * is rounded or not its own. So a matrix that is built is the one that was written; only rows at
 * the end may have been cut off, and the matrix of those that are left is right without them.
 */
#ifndef JF_COVARIANCE_H
#define JF_COVARIANCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"

/* A zeroed struct has no rows. */
struct covariance {
    double *entries; /* row by row: row i has i + 1 */
    size_t rows, room, pushed;
};

enum covariance_verdict {
    COVARIANCE_GOOD,
    COVARIANCE_LENGTH,    /* not as many entries as there are rows with this one */
    COVARIANCE_TEXT,      /* an entry is no number */
    COVARIANCE_VARIANCE,  /* the last is not se^2 */
    COVARIANCE_IMPOSSIBLE /* an entry is beyond the product of the two errors */
};

/* Adds a row by its cells; `entries` becomes the number of those in the list. A list that is NA
 * alone is that of a row of which nothing is known; so it is where se is NA. */
enum covariance_verdict covariance_add(struct covariance *covariance, struct slice list,
                                       struct slice se, size_t *entries);

/* The same the other way: adds an entry to the row that is not full yet, NaN where it is unknown;
 * and writes the list of a row, without line end, to at most covariance_room bytes: NA for the
 * entries of hidden rows, and NA alone where its own is unknown or hidden. Returns its length. */
void covariance_push(struct covariance *covariance, double entry);
size_t covariance_room(size_t row);
size_t covariance_print(char *text, const struct covariance *covariance, size_t row,
                        const bool *hidden);

/* That of two rows, or a row's variance; NaN where it is unknown. */
double covariance_get(const struct covariance *covariance, size_t one, size_t other);

/* Whether a difference is that of its means, to 1e-12 of them; an unknown one may be. */
bool covariance_of_means(double diff, double treated, double control);

void covariance_free(struct covariance *covariance);

#endif
