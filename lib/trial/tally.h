/*
 * tally: what a period or a window of one person has so far.
 */
#ifndef JF_TALLY_H
#define JF_TALLY_H

#include <stdbool.h>
#include <stddef.h>

#include "number/hours.h"
#include "trial/months.h"

struct sink;

/* A zeroed one has nothing. */
struct tally {
    struct hours_period period; /* the months that count, and those that are missing */
    unsigned outside;           /* months that are nobody's: see course.h */
    bool uncovered;             /* there are others that the calendar has not */
    unsigned *counts;           /* by state, where they are counted */
    struct prefix begun;        /* how its row begins, once it is kept */
};

/* Adds a month; where `zero`, one without a value counts as the measure's zero. */
void tally_add(struct tally *tally, const struct measure *measure, const struct month *month,
               bool zero);

/* Keeps how the month's row begins, before it is added; what differs within a tally is an error,
 * as an output row has one cell of each kept column, and which would be a guess. */
void tally_keep(struct tally *tally, const struct month *month);

/* Whether all its months count; and whether a row remains where months that do not are dropped:
 * a mean over those that do, but no sum of fewer months. Months outside are never zero. */
bool tally_whole(const struct tally *tally);
bool tally_remains(const struct tally *tally, bool total);

/* A tally of that measure. */
void tally_begin(struct tally *tally, const struct measure *measure);
void tally_free(struct tally *tally);

/* The names of its columns; and its cells, in the row in the making: the sum, `total`, or the
 * mean of the months; or the number of weeks, and of those in each state. NA where not `whole`. */
void tally_put_names(const struct measure *measure, struct sink *out);
void tally_put(const struct tally *tally, const struct measure *measure, bool whole, bool total,
               struct sink *out);

bool tally_empty(const struct tally *tally);
void tally_clear(struct tally *tally, const struct measure *measure);

#endif
