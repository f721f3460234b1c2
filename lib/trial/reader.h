/*
 * reader: the options that the readers of a register share, and what they ask for.
 *
 * Which columns are periods, or which rows, and of which persons; what a missing value means;
 * what the rows that come out are of.
 */
#ifndef JF_READER_H
#define JF_READER_H

#include <stdbool.h>

#include "base/option.h"
#include "number/period.h"
#include "stream/table.h"
#include "trial/outcome.h"

struct reader_options {
    const char *pattern, *period, *value, *id, *from, *to, *since, *until;
    const char *part;
    struct list keep, windows;
    bool in_rows, total;
    enum outcome_missing missing;
    enum period_kind per;
};

/* What they are where they are not given. READER_EACH: a row for each period of the columns. */
#define READER_EACH PERIOD_WAVE
#define READER_DEFAULTS(p)                                                                         \
    {                                                                                              \
        .pattern = (p), .missing = OUTCOME_MISSING_REFUSED, .per = READER_EACH                     \
    }

/* OPTION_GROUP(reader_options, &reader_model, &opt.reader) */
extern const struct option_row reader_options[];
extern const struct reader_options reader_model;

/* Refuses options that contradict each other, and sets what they say of the outcome. In the long
 * form the periods are of the kind of --from and --to, months where these are not given; weeks
 * where the outcome's range says so. */
void reader_check(const struct reader_options *options, struct outcome *outcome);

/* Opens the table, or the part of it that is asked for: reader_plan goes there. */
void reader_open(const struct reader_options *options, struct table *table, char *const files[],
                 size_t count, const struct common *common);

/* Wants the columns, and plans the rows. The outcome's measure is set. */
void reader_plan(const struct reader_options *options, struct outcome *outcome,
                 struct table *table);

#endif
