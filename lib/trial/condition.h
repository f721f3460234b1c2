/*
 * condition: which rows are asked for, COL=V[,V...], where COL is of the extract or of the list.
 * Several must all hold. A value that nobody has is a slip of the finger: of the list that is
 * known before the first row, of the extract after the last.
 */
#ifndef JF_CONDITION_H
#define JF_CONDITION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/map.h"
#include "base/slice.h"
#include "stream/table.h"
#include "trial/roster.h"

struct list;

struct condition {
    struct roster_column column;
    bool of_ids;        /* its cells are ids, which are not shown */
    struct slice given; /* as the user wrote it */
    struct map values;  /* one of which the cell must be */
    bool *met;          /* by value: some row that was read has it */
    bool any;
    struct map seen; /* some of the cells that were none of them, until one is */
};

struct conditions {
    struct condition *items;
    size_t count;
    bool read; /* a row was */
};

/* Takes the texts apart and finds their columns; of another form, or without a value, they are
 * misuse of --where. A value of the list's column that no person has is an error that offers
 * the nearest; NA counts as one where `all` rows are written, the others' too. */
void conditions_plan(struct conditions *conditions, const struct list *texts,
                     const struct roster *list, struct table *extract, bool all);

/* Whether all hold for the row at hand in the extract and its person (NULL: nobody's). */
bool conditions_hold(struct conditions *conditions, const struct table *row,
                     const struct person *person);

/* Whether those of the list's columns hold for the person. */
bool conditions_choose(const struct conditions *conditions, const struct person *person);

/* When all rows are read: a condition none of whose values any row had is an error, with the
 * nearest that one had. */
void conditions_check(const struct conditions *conditions, const char *file);

/* Says in one line which values of the extract's columns no row had, if there are any. */
void conditions_tell(const struct conditions *conditions);

void conditions_free(struct conditions *conditions);

#endif
