/*
 * gather: the moments of a stream's rows, by group.
 *
 * Several threads read (see shares.h), each into groups of its own, which are added up
 * at the end of input. The sums are exact, so nobody can tell.
 */
#ifndef JF_GATHER_H
#define JF_GATHER_H

#include "trial/arms.h"
#include "trial/groups.h"
#include "stream/table.h"

struct gather {
    struct table *table; /* its wants must stand */
    struct arms *arms;
    struct groups *groups;  /* planned: what is gathered comes there */
    const size_t *outcomes; /* slots */
    size_t outcome_count;
    bool comma;        /* see struct numbers */
    bool drop_missing; /* missing outcomes are counted, else they are an error */

    /* The rest is the room's own. */
    unsigned threads;
    struct gather_part **parts; /* by thread */
};

/* Reads all rows and adds their values to the moments of their groups, by number of
 * the outcome. Whatever is wrong with a row is a message and the end. */
void gather_rows(struct gather *gather);

/* Frees what the threads held. */
void gather_free(struct gather *gather);

#endif
