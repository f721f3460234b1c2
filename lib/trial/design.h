/*
 * design: who is compared with whom, on which outcomes, within what.
 *
 * The option group of every program that compares arms, and what it means for the table at
 * hand; and which labels are arms, and which are slips. A row belongs to a key (a result for
 * each), to a stratum (differences are weighted within each key), and to an arm; it has a value
 * of each outcome.
 */
#ifndef JF_DESIGN_H
#define JF_DESIGN_H

#include "base/heap.h"
#include "base/map.h"
#include "base/message.h"
#include "base/option.h"
#include "base/slice.h"
#include "trial/labels.h"
#include "trial/persons.h"

struct table;

enum design_missing { DESIGN_MISSING_DROP, DESIGN_MISSING_REFUSED };
#define DESIGN_MISSING_WORDS "drop"

struct design_options {
    const char *control, *arm, *cluster;
    struct list treated, outcomes, by, strata;
    struct whole max_memory; /* MiB of the sums of clusters; see groups_bound */
    enum design_missing missing;
    struct whole min_cell;
    struct persons_options persons;
};

#define DESIGN_DEFAULTS                                                                            \
    {                                                                                              \
        .control = "", .arm = "arm",                                                               \
        .outcomes = {.items = (struct slice[]){{"hours", 5}}, .count = 1},                         \
        .by = {.items = (struct slice[]){{"period", 6}}, .count = 1},                              \
        .missing = DESIGN_MISSING_REFUSED,                                                         \
    }

/* OPTION_GROUP(design_options, &design_model, &opt.design) */
extern const struct option_row design_options[];
extern const struct design_options design_model;

/* Columns of the table, by slot. */
struct design_columns {
    const size_t *slots;
    size_t count;
};

struct design {
    const struct design_options *options;
    const struct table *table, *list; /* of stratum, cluster and arm; mostly the same one */
    struct design_columns key, stratum, cluster; /* of the cluster there is one, or none */
    struct slice *key_names;                     /* in the output */
    size_t arm;                                  /* slot */
    struct design_columns cell;  /* those of key, stratum, cluster and arm, in this order */
    struct labels *labels;       /* by column of the cell */
    struct persons persons;      /* who is counted; nobody is watched where the table holds sums */
    struct map outcomes;         /* their names, by number */
    size_t *values;              /* by outcome: slot; NULL where the table holds sums */
    struct map declared;         /* the arms of --treated, by number */
    const struct slice *treated; /* the declared arms, or the only other one, once there is one */
    size_t treated_count;
    bool control_seen, *treated_seen, any_seen;
    struct slice only; /* the treated arm where none is declared; a copy */
    struct place only_place;
    struct arena bytes;
};

/* Refuses options that contradict each other. */
void design_check(const struct design_options *options);

/* Wants the columns of key, stratum, cluster and arm. A column that is not there is an error. */
struct design design_plan(const struct design_options *options, struct table *table);

/* The same, where stratum, cluster and arm are columns of another table, a list of persons. */
struct design design_plan_listed(const struct design_options *options, struct table *table,
                                 struct table *list);

/* Wants the columns of the outcomes, and that of the ids. */
void design_plan_outcomes(struct design *design, struct table *table);

/* Takes the outcomes as named on the command line, if they are; their columns are none. */
void design_name_outcomes(struct design *design);

/* Takes note of the row's labels. A missing one is an error, and so are two that differ only in
 * outer blanks; where there is a control so is an arm that nobody declared, or a second one
 * beside it: a person whose label has a slip is never left out unsaid. */
void design_meet(struct design *design, const struct table *row);

/* Of that the part of the key's labels, and the rest: for rows of the two tables. */
void design_meet_key(struct design *design, const struct table *row);
void design_meet_person(struct design *design, const struct table *row);

/* At the end of input: the control and every treated arm were there, or it is an error. */
void design_check_arms(struct design *design);

/* The names of the columns of key, stratum and cluster. The caller frees. */
struct slice *design_names(const struct design *design);

/* A group's cells of these columns, quoted; ids are not shown. */
const char *design_quoted(const struct design *design, const struct design_columns *columns,
                          struct slice cells);

void design_free(struct design *design);

#endif
