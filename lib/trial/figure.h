/*
 * figure: the rows of a table of results, as they are to be drawn.
 *
 * The rows of jf-ci, each a difference between two arms, or of jf-hist, each a bin of an arm; they
 * are few, and are held. What they are of is told by their columns: those before `outcome` (of a
 * histogram before `low`) are keys; one of them, or `period`, may be time; the others, and outcomes
 * where there are several, make facets.
 */
#ifndef JF_FIGURE_H
#define JF_FIGURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/heap.h"
#include "base/message.h"
#include "base/option.h"
#include "base/slice.h"
#include "number/value.h"
#include "stream/table.h"
#include "trial/caption.h"
#include "trial/language.h"
#include "trial/timeline.h"

enum figure_kind { FIGURE_SERIES, FIGURE_FOREST, FIGURE_BARS };

/* As the command line has them; NULL and zero: not said. */
struct figure_options {
    const char *title, *xlabel, *ylabel, *note, *control;
    struct list labels, marks; /* NAME=TEXT, PERIOD[=TEXT] */
    enum language language;
    bool percent, counts, outline, stack, overlay, free_y;
    struct whole every;
};

/* The columns that hold values, in the order of their names in figure.c. */
enum figure_column {
    FIGURE_DIFF,
    FIGURE_CI_LOW,
    FIGURE_CI_HIGH,
    FIGURE_BAND_LOW,
    FIGURE_BAND_HIGH,
    FIGURE_MEAN_TREATED,
    FIGURE_MEAN_CONTROL,
    FIGURE_SD_TREATED,
    FIGURE_SD_CONTROL,
    FIGURE_SMD,
    FIGURE_LEVEL,
    FIGURE_LOW,
    FIGURE_HIGH,
    FIGURE_N,
    FIGURE_SHARE,
    FIGURE_SHARE_SHOWN,
    FIGURE_COLUMNS
};

struct figure_row {
    struct place place;
    struct slice *cells; /* of the keys, as they came */
    size_t facet, arm, outcome;
    struct value at; /* on the timeline */
    struct value values[FIGURE_COLUMNS];
    bool masked; /* its n, to protect persons */
};

struct figure {
    const struct figure_options *options;
    const struct table *table;
    enum figure_kind kind;
    struct figure_row *rows; /* of a series and a histogram by facet, arm and place */
    size_t count, room;
    struct names facets, arms, outcomes, controls;
    struct slice control; /* as it is shown; of a histogram the arm of number `control_arm` */
    size_t control_arm;
    struct timeline time;
    struct slice title;    /* the user's, or what was made of the rows */
    struct slice interval; /* in words, with what its level is */
    bool means, hidden, shown, banded;
    struct arena bytes;
    struct captions captions;

    /* The room's own. */
    size_t slots[FIGURE_COLUMNS]; /* TABLE_NONE: there is no such column */
    size_t *keys, key_count, name_count, axis;
    size_t arm_slot, outcome_slot, control_slot;
};

/* Reads the table to its end; whatever cannot be drawn is a message and the end. */
void figure_read(struct figure *figure, const struct figure_options *options, struct table *table,
                 bool comma);

/* An option as it is shown: text, or what is made of parts. */
struct slice figure_text(struct figure *figure, const char *text);
struct slice figure_text_of(struct figure *figure, struct slice text);
struct slice figure_join(struct figure *figure, struct slice a, const char *between,
                         struct slice b);

/* A word in the figure's language. */
struct slice figure_word(const struct figure *figure, enum word word);

/* What the time axis of a series is; numbers are called as their column. */
struct slice figure_time_name(struct figure *figure);

/* Adds one more name, as it is shown; and makes such names those of the facets, whose rows then are
 * nobody's. */
void figure_add(struct figure *figure, struct names *names, struct slice shown);
void figure_replace_facets(struct figure *figure, struct names *names);

/* A value of the row. */
static inline struct value figure_value(const struct figure_row *row, enum figure_column column)
{
    return row->values[column];
}

/* The rows of one facet and arm that stand together, from `from` on; their number. */
size_t figure_run(const struct figure *figure, size_t from);

void figure_free(struct figure *figure);

#endif
