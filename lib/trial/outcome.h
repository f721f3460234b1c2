/*
 * outcome: a person's months, added up to periods, as rows: id, kept columns, period, hours and
 * 0/1 columns that ask how many.
 */
#ifndef JF_OUTCOME_H
#define JF_OUTCOME_H

#include "base/slice.h"
#include "number/hours.h"
#include "number/period.h"
#include "stream/sink.h"
#include "stream/table.h"
#include "trial/months.h"

enum outcome_missing {
    OUTCOME_MISSING_ZERO,
    OUTCOME_MISSING_NA,
    OUTCOME_MISSING_DROP,
    OUTCOME_MISSING_REFUSED
};
#define OUTCOME_MISSING_WORDS "zero|na|drop"

/* A 0/1 column: whether a period's value lies beyond a bound. */
struct outcome_indicator {
    struct slice name;
    struct hours_bound bound;
};

struct outcome {
    struct months months;
    enum period_kind per;
    bool total; /* the sum of a period's months, else their mean */
    enum outcome_missing missing;
    struct outcome_indicator *indicators;
    size_t indicator_count;
};

/* NAME='>H' and the like; of another form it is misuse. */
struct outcome_indicator outcome_indicator(struct slice text);

/* The months' range is made of whole periods, or it is an error. */
void outcome_check_range(const struct outcome *outcome);

void outcome_header(const struct outcome *outcome, const struct table *table, struct sink *out);

/* Has all rows of the table read and the outcome's rows written. Missing values, where they are
 * refused, are counted to the end; then they are an error. */
void outcome_rows(struct outcome *outcome, struct table *table, struct sink *out);

void outcome_free(struct outcome *outcome);

#endif
