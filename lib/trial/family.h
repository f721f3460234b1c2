/*
 * family: rows that carry how they hang together, in the columns `family` and `cov`.
 *
 * A family's rows share everything but the period, the outcome and perhaps the arm; the cell of
 * `family` says which one a row is of, and families may interleave. `cov` is checked as it is read
 * (see covariance), and diff must be that of the means, where these are there. What is amiss is a
 * message at the row.
 */
#ifndef JF_FAMILY_H
#define JF_FAMILY_H

#include <stdbool.h>
#include <stddef.h>

#include "number/covariance.h"
#include "trial/keys.h"

struct table;

struct families {
    bool known;                    /* the table has `cov` */
    size_t slot, cov, se;          /* slots; without a column `family` all rows are one */
    size_t diff, treated, control; /* slots of it and of the means; or TABLE_NONE */
    struct keys keys;              /* by the family's number */
    struct covariance *all;        /* the same */
    size_t room;
};

/* A row's place: row `row` of family `family`, both from 0. */
struct family_place {
    size_t family, row;
};

/* Wants the columns, where they are. `comma`: numbers have decimal commas, and then lists with
 * commas between them are an error. The struct must not be moved from the first row on. */
void families_plan(struct families *families, struct table *table, bool comma);

/* Takes the next row; not to be called where nothing is known. */
struct family_place families_take(struct families *families, const struct table *row);

void families_free(struct families *families);

#endif
