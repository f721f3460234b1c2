/*
 * extreme: whether a t is at least as extreme as that of the trial, with ties.
 *
 * A t is turned so that more is more extreme: |t|, t or -t. It is known to lie between two doubles;
 * of two that overlap only exact fractions tell (studentised).
 */
#ifndef JF_EXTREME_H
#define JF_EXTREME_H

#include <stdbool.h>

#include "base/heap.h"
#include "number/studentised.h"

enum extreme_side { EXTREME_TWO_SIDED, EXTREME_GREATER, EXTREME_LESS };
#define EXTREME_SIDE_WORDS "two-sided|greater|less"

/* One that does not exist is more than any. */
struct extreme {
    double least, most;
};
struct extreme extreme_of(enum extreme_side side, struct studentised t);

/* Less than any; and the larger of two. */
struct extreme extreme_lowest(void);
struct extreme extreme_larger(struct extreme a, struct extreme b);

enum extreme_verdict { EXTREME_BELOW, EXTREME_UNCLEAR, EXTREME_REACHED };
enum extreme_verdict extreme_compare(struct extreme t, struct extreme observed);

/* The same exactly; that of the trial exists. */
bool extreme_reaches(struct arena *arena, enum extreme_side side, struct studentised_exact t,
                     struct studentised_exact observed);

#endif
