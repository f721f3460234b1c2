/*
 * states: what the codes of a register mean, as a table tells it.
 *
 * The table has the header `from to state`. A row gives the codes from..to, both ends included, a
 * state; where `to` is empty it gives the one code. Codes of a range are whole numbers. The code
 * `-` is the empty one, `*` all that no other row has. Rows that overlap are an error.
 */
#ifndef JF_STATES_H
#define JF_STATES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/map.h"
#include "base/slice.h"

struct common;

#define STATES_NONE SIZE_MAX

struct states_range {
    uint64_t first, last;
    size_t state;
    uint64_t line; /* of the table */
};

struct states {
    const char *path;
    struct map names;            /* of the states, by number, in the order of the table */
    struct map texts;            /* codes that are no whole numbers */
    size_t *of_texts;            /* their states */
    struct states_range *ranges; /* ascending */
    size_t count, room, texts_room;
    size_t empty, rest; /* states of the codes - and *, or STATES_NONE */
};

/* Reads the table; what is wrong with it is a message and the end. */
void states_read(struct states *states, const char *path, const struct common *options);

/* The state of a code; STATES_NONE where no row has it. */
size_t states_find(const struct states *states, struct slice code);

void states_free(struct states *states);

#endif
