/*
 * intake: who takes part in a lottery, by the rows of one table or several.
 *
 * A person has an id and belongs to a stratum: the cells of some columns, tabs between them, in
 * the order in which the columns were named. A cell that is missing there, or differs from an
 * earlier one only in outer blanks, is an error at its row (see labels). All are one stratum, of
 * no cells, where no column is named.
 */
#ifndef JF_INTAKE_H
#define JF_INTAKE_H

#include <stddef.h>
#include <stdint.h>

#include "base/map.h"
#include "base/option.h"
#include "base/slice.h"
#include "trial/labels.h"

struct sink;
struct table;

struct intake {
    const struct list *columns; /* of the stratum */
    struct labels *labels;      /* by column */
    struct map strata;          /* the cells, a tab before each */
    char *name;                 /* of a row that is looked up */
    size_t room;
};

/* Where a table has what the intake asks for. */
struct intake_slots {
    size_t id;
    size_t *strata; /* by column */
};

/* The list must outlive it. */
struct intake intake_begin(const struct list *columns);

/* Has the table's columns wanted: the id, which is the first where its name is empty, and those
 * of the stratum. */
struct intake_slots intake_plan(const struct intake *intake, struct table *table, struct slice id);

/* The id of the row at hand; a missing one is an error. */
struct slice intake_id(const struct table *row, const struct intake_slots *slots);

/* The number, from 0, of its stratum. */
size_t intake_stratum(struct intake *intake, const struct table *row,
                      const struct intake_slots *slots);

/* The stratum's cells, tabs between them. */
struct slice intake_cells(const struct intake *intake, size_t stratum);

/* What stands by stratum and arm, a row a stratum, in the order of keys: its cells, if it has
 * any, and the counts. */
void intake_flow(const struct intake *intake, size_t arms, const uint64_t *counts,
                 struct sink *sink);

/* How many strata have one person, by the same counts. */
size_t intake_alone(const struct intake *intake, size_t arms, const uint64_t *counts);

void intake_free(struct intake *intake);

#endif
