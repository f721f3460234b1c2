/*
 * records: the value of each person in each key, for who has to look at all of them again.
 *
 * Rows come in any order, by person or by month. A column is an outcome in a key: 8 bytes a
 * person, in units of its own power of ten.
 */
#ifndef JF_RECORDS_H
#define JF_RECORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"
#include "trial/cell.h"
#include "trial/design.h"
#include "trial/groups.h"
#include "trial/keys.h"
#include "trial/people.h"

struct table;

/* What is no value: no row, and a row without one. Values are smaller than 2^RECORDS_BITS. */
#define RECORDS_NONE    INT64_MIN
#define RECORDS_MISSING (INT64_MIN + 1)
enum { RECORDS_BITS = 60 };

struct records_column {
    int64_t *values; /* by person, in units of 10^-scale */
    unsigned scale;
};

struct records {
    struct design *design;
    struct people *people;
    struct keys keys;
    struct records_column *columns; /* by key, then outcome */
    size_t room;
    struct numbers numbers;
    struct records_twin *twins; /* columns that both tables have */
    size_t twin_count;
};

static inline bool records_has(int64_t value)
{
    return value != RECORDS_NONE && value != RECORDS_MISSING;
}

/* Wants the columns of the stream that are called as those of the list's arm, strata and
 * cluster: they must agree. Before the first row. */
void records_plan(struct records *records, struct design *design, struct people *people,
                  struct table *table);

/* Takes all rows of the stream. The id must be in the list, and stand once in a key; and in all
 * periods and windows where it stands in some, unless missing values are left out. */
void records_read(struct records *records, struct table *table, bool comma);

/* The moments of all groups, sorted. */
struct groups records_groups(const struct records *records);

/* The column of a key, by the cells, and an outcome. */
const struct records_column *records_column(const struct records *records, struct slice key,
                                            size_t outcome);

void records_free(struct records *records);

#endif
