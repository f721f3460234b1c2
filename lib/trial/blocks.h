/*
 * blocks: people drawn as they arrive; permuted blocks within strata.
 *
 * The people of a stratum fill one block after another. When one is full the next one's size is
 * drawn evenly from a list of sizes, each a multiple of S, the sum of the shares; of a block of m
 * places arm i has m s_i / S. The next place is drawn evenly from those that are left in the
 * block, so that each order of its arms is as likely as any other.
 *
 * Both lots are by the stratum's cells, and their draw is the number of people who arrived there
 * before: `block NAME` modulo the number of sizes is the size's place in their ascending order,
 * from 0; `place NAME` modulo the places left is one of them, the first arm's before the second
 * one's. Who knows the salt knows the next arm.
 *
 * Holds two counters for each arm of each stratum, and a digest of 16 bytes of each id, in a table
 * that is up to three quarters full: two ids are one here with a chance below 2^-64 among the
 * first 2^32 of them.
 */
#ifndef JF_BLOCKS_H
#define JF_BLOCKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/map.h"
#include "base/option.h"
#include "base/slice.h"
#include "trial/lot.h"
#include "trial/shares.h"

struct blocks {
    struct lot_source block, place;
    const struct shares *shares;
    uint64_t *sizes; /* ascending */
    size_t size_count;
    struct blocks_stratum *strata; /* by number */
    uint64_t *left;                /* by stratum and arm: places of the block at hand */
    uint64_t *counts;              /* the same: how many people were drawn */
    size_t strata_count, strata_room, left_room, counts_room;
    struct map_digest *ids; /* open addressing, a power of two; 0, 0 is none */
    size_t id_count, id_room;
};

/* Reads the sizes; any that is no multiple of the sum of shares is wrong usage. The shares must
 * outlive it. */
struct blocks blocks_begin(struct slice salt, struct slice name, const struct list *sizes,
                           const struct shares *shares);

/* Whether the id is new here, but for outer blanks and quotes. */
bool blocks_meet(struct blocks *blocks, struct slice id);

/* The arm of the next one who arrives in the stratum; strata are numbered as they are met. */
size_t blocks_next(struct blocks *blocks, size_t stratum, struct slice cells);

void blocks_free(struct blocks *blocks);

#endif
