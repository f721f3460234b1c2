/*
 * arms: which labels are the control and the treated, and which are slips.
 *
 * An arm nobody declared is an error, as are a missing label and an arm that
 * never comes: a person whose label has a slip is never left out unsaid.
 */
#ifndef JF_ARMS_H
#define JF_ARMS_H

#include "base/heap.h"
#include "base/message.h"
#include "base/slice.h"

struct arms {
    struct slice control;        /* empty: any label goes (--sums) */
    const struct slice *treated; /* the declared ones, or NULL for the only other one */
    size_t count;                /* of treated */
    bool seen, control_seen;     /* any arm, the control */
    bool *treated_seen;

    bool hidden; /* found labels are not shown: they are ids, so that --arm is wrong */

    struct slice only; /* the treated arm where none was declared; a copy */
    struct place only_place;
    struct arena bytes;
};

/* `treated` may be empty; these labels must outlive the struct. */
struct arms arms_begin(struct slice control, const struct slice *treated, size_t count);

/* Takes note of a label found at `place`, or refuses it. */
void arms_see(struct arms *arms, struct slice label, struct place place);

/* At the end of input: control and every treated arm were there, or a message
 * that names the column. Sets treated and count where they were not declared. */
void arms_check(struct arms *arms, const char *file, struct slice column);

void arms_free(struct arms *arms);

#endif
