/*
 * naming: the names of many files, by a template of text, cells of a row and the shard of its id.
 *
 *     out/{arm}-{shard}.tsv
 */
#ifndef JF_NAMING_H
#define JF_NAMING_H

#include "base/slice.h"
#include "stream/table.h"
#include "trial/roster.h"

struct naming {
    struct naming_piece *pieces;
    size_t count;
    uint64_t shards; /* 0: there are none */
};

/* Takes a template apart; what is wrong with it is misuse of --into. The columns that it
 * names are of the extract, or else of the list. */
struct naming naming_read(const char *text, uint64_t shards, const struct roster *list,
                          struct table *extract);

/* The name for the row at hand in the extract: its length, in `path`, of NAMING_ROOM bytes. A
 * cell that cannot be part of a file's name is an error. */
enum { NAMING_ROOM = 4096 };
size_t naming_path(const struct naming *naming, const struct table *extract,
                   const struct person *person, struct slice id, char *path);

void naming_free(struct naming *naming);

#endif
