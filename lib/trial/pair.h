/*
 * pair: the moments of a treated arm and the control, of one key.
 */
#ifndef JF_PAIR_H
#define JF_PAIR_H

#include "trial/groups.h"

struct pair {
    struct moments all_treated, all_control;

    /* By stratum that has values in either: */
    size_t strata;
    struct moments *treated, *control;
    const struct group **of; /* a group of the stratum, for its name */
};

/* The pair, of an outcome by number, from the `count` sorted groups of one key. An arm
 * that has no group has no values. */
struct pair pair_of(struct group *groups, size_t count, struct slice treated, struct slice control,
                    size_t outcome);

void pair_free(struct pair *pair);

#endif
