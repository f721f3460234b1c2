/*
 * redraw: the lottery that was held, drawn anew.
 *
 * Units, persons or clusters, are drawn within strata, and as many of each are treated as were. In
 * draw k, from 1, the units of a stratum are ranked by their lots (`permute`, draw k, the
 * unit's id), and those of one lot, whom nobody has seen, by the bytes of their ids; the first ones
 * are treated. Where there are no more than REDRAW_ALL ways to draw, none of this is random: draws
 * are numbered 0, 1, ... and each way comes once.
 *
 * So draw k is the same in any order and in any thread. Of each stratum the smaller arm is given.
 */
#ifndef JF_REDRAW_H
#define JF_REDRAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"
#include "trial/lot.h"

enum { REDRAW_ALL = 1000000 };

struct redraw_stratum {
    size_t begin, count; /* units */
    size_t treated;      /* how many of them */
    uint64_t ways;       /* to draw it, where all are gone through */
};

struct redraw {
    struct lot_source source;
    const struct slice *ids; /* by unit; those of a stratum in the order of their bytes */
    const struct redraw_stratum *strata;
    struct redraw_stratum *own; /* the same, the room's */
    size_t units, count;        /* of strata */
    bool all;                   /* each way comes once */
    uint64_t draws;
};

/* The units of the strata follow each other. Nothing is copied but the strata. */
struct redraw redraw_begin(struct slice salt, uint64_t draws, const struct slice *ids,
                           const struct redraw_stratum *strata, size_t count);
void redraw_end(struct redraw *redraw);

/* A thread's hand: the draw that it holds. */
struct redraw_hand {
    uint64_t next; /* the draw that comes after it; where all are gone through */
    struct redraw_ticket *tickets;
    uint32_t *chosen; /* of a stratum, from its `begin`: numbers of units in the stratum */
    bool *changed;    /* by stratum: it is not as in the draw before */
};
struct redraw_hand redraw_hand(const struct redraw *redraw);
void redraw_hand_free(struct redraw_hand *hand);

/* Draws number `draw`, from 0. */
void redraw_draw(const struct redraw *redraw, struct redraw_hand *hand, uint64_t draw);

/* How many of a stratum are chosen: the smaller arm; and whether that is the treated one. */
static inline size_t redraw_few(const struct redraw_stratum *s)
{
    return s->treated <= s->count - s->treated ? s->treated : s->count - s->treated;
}
static inline bool redraw_takes_treated(const struct redraw_stratum *s)
{
    return s->treated <= s->count - s->treated;
}

#endif
