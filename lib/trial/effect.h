/*
 * effect: the rows that every estimator writes, and jf-ci reads.
 *
 * A row is a difference between two arms: the cells of the key, then
 *     outcome arm control
 *     n_treated missing_treated mean_treated sd_treated se_treated
 *     n_control missing_control mean_control sd_control se_control
 *     diff se df smd
 * and, where the program asks for them,
 *     n_strata n_dropped       strata that the difference rests on, and strata that were dropped
 *     n_clusters cov_control   clusters, and the covariance of diff and mean_control
 *     family cov               how diff hangs together with those of rows before it (covariance.h)
 * Counts are persons, or rows where those are the units; means, deviations, errors and diff are
 * in units of the outcome. What does not exist is NA. All rows are held until they are written,
 * since of small counts one may tell of another.
 */
#ifndef JF_EFFECT_H
#define JF_EFFECT_H

#include "base/slice.h"
#include "number/covariance.h"
#include "number/estimate.h"
#include "number/interval.h"
#include "number/mask.h"
#include "trial/design.h"

struct sink;
struct table;
struct suggest;

/* The slices must outlive it. */
struct effect {
    struct slice key; /* its cells, tabs between them */
    struct slice outcome, arm, control;
    struct mask_pair treated_counts, control_counts; /* their masks are the room's to set */
    struct estimate estimate;
    size_t strata, dropped, clusters;

    /* The family, how its rows hang together, its rows among all, and which of them this is. */
    struct slice family;
    const struct covariance *covariance;
    const size_t *family_rows;
    size_t family_row;
};

struct effects {
    bool dropping;     /* n_strata and n_dropped are written */
    bool clustered;    /* n_clusters and cov_control are written */
    bool joined;       /* family and cov are written */
    const char *words; /* columns that the program adds, blanks between them; NULL: none */
    void (*put)(void *context, size_t row, struct sink *sink); /* writes a row's cells of them */
    void *context;
    struct effect *rows;
    size_t count, room;
};

/* Adds a row. Those of one key and outcome stand together: they share the control. */
void effects_add(struct effects *effects, const struct effect *effect);

/* Writes the table's header. */
void effects_header(const struct effects *effects, const struct design *design, struct sink *sink);

/* Sets the masks of all counts, so that a program sees what is hidden before it is written. */
void effects_mask(struct effects *effects, uint64_t k);

/* Writes the rows. Counts from 1 to the design's --min-cell less 1 are masked, and with them
 * what they could be worked out from. */
void effects_write(struct effects *effects, const struct design *design, struct sink *sink);

void effects_free(struct effects *effects);

/* The cell of a row in a column that tells rows apart: of the key, `outcome` or `arm`. False where
 * there is no such column; then the nearest names are offered, where `near` is not NULL. */
bool effect_cell(const struct effect *effect, const struct design *design, struct slice name,
                 struct slice *cell, struct suggest *near);

/* What a column of such a table holds, by its name; one that no estimator writes is of the key, and
 * so are outcome, arm and control. */
enum effect_column {
    EFFECT_KEY,
    EFFECT_COUNT, /* persons of an arm: n_treated, ... */
    EFFECT_ARM,   /* other numbers of an arm, and smd */
    EFFECT_DIFF,
    EFFECT_SE,
    EFFECT_DF,
    EFFECT_EXTRA /* what some estimators add */
};
enum effect_column effect_column(struct slice name);

/* To read a row's effect in percent: the columns mean_control, se_control and cov_control, as far
 * as they are there. Without the mean nothing exists, without its error no limits, and without the
 * covariance of diff and mean_control it is that of independent arms. */
struct effect_percent {
    size_t mean, se, covariance; /* slots, or TABLE_NONE */
    bool comma;                  /* the decimal point is a comma */
};
struct effect_percent effect_percent_plan(struct table *table, bool comma);

/* Of `ratio` the caller gives what is not the control's: diff, se, critical and nonnegative. */
struct interval_percent effect_percent(const struct effect_percent *columns,
                                       const struct table *row, struct interval_ratio ratio);

#endif
