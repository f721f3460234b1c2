/*
 * outcome: a person's months, added up to periods or to windows, as rows: id, kept columns,
 * period, the outcome and 0/1 columns that ask how much it is.
 */
#ifndef JF_OUTCOME_H
#define JF_OUTCOME_H

#include "base/slice.h"
#include "number/period.h"
#include "stream/sink.h"
#include "stream/table.h"
#include "trial/indicator.h"
#include "trial/months.h"
#include "trial/windows.h"

enum outcome_missing {
    OUTCOME_MISSING_ZERO,
    OUTCOME_MISSING_NA,
    OUTCOME_MISSING_DROP,
    OUTCOME_MISSING_REFUSED
};
#define OUTCOME_MISSING_WORDS "zero|na|drop"

struct outcome {
    struct months months;
    enum period_kind per; /* of the rows; PERIOD_WINDOW: the windows */
    struct windows windows;
    bool named; /* the windows have names */
    bool total; /* the sum of a period's months, else their mean */
    enum outcome_missing missing;
    struct indicator *indicators;
    size_t indicator_count;
    struct slice since, until; /* the columns of the lot and of the last month at risk, or empty */
    struct step *steps;        /* by period of the range; NULL where that is open */
};

/* The columns are planned: plans the rows. The months' range is made of whole periods, or it is
 * an error. */
void outcome_plan(struct outcome *outcome);

void outcome_header(const struct outcome *outcome, const struct table *table, struct sink *out);

/* Has all rows of the table read and the outcome's rows written. Missing values, where they are
 * refused, are counted to the end; then they are an error. */
void outcome_rows(struct outcome *outcome, struct table *table, struct sink *out);

void outcome_free(struct outcome *outcome);

#endif
