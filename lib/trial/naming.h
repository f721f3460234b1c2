/*
 * naming: the names of many files, by a template of text, cells of a row and the shard of its id.
 *
 *     out/{arm}-{shard}.tsv
 */
#ifndef JF_NAMING_H
#define JF_NAMING_H

#include "trial/joined.h"

struct naming {
    struct naming_piece *pieces;
    size_t count;
    uint64_t shards; /* 0: there are none */
};

/* Takes a template apart; what is wrong with it is misuse of --into. */
struct naming naming_read(const char *text, uint64_t shards, struct joined *joined);

/* The name for the row at hand: its length, in `path`, of NAMING_ROOM bytes. A cell that
 * cannot be part of a file's name is an error. */
enum { NAMING_ROOM = 4096 };
size_t naming_path(const struct naming *naming, const struct joined *joined,
                   const struct person *person, struct slice id, char *path);

void naming_free(struct naming *naming);

#endif
