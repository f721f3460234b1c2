/*
 * naming: one stream out into many files, which are named by a template of text, cells of a row
 * and the shard of its id.
 *
 *     out/{arm}-{shard}of{shards}.tsv
 *
 * The shard of an id is 1 + XXH3(id) mod N, so one person is in one shard. A cell that cannot be
 * part of a file's name is an error, and so are two different cells that make one name.
 */
#ifndef JF_NAMING_H
#define JF_NAMING_H

#include <stdbool.h>

#include "base/map.h"
#include "base/slice.h"
#include "stream/ends.h"
#include "stream/files.h"
#include "stream/table.h"
#include "trial/roster.h"

struct sink;

struct naming {
    const char *text; /* the template */
    const char *list; /* the assignment list's name */
    struct naming_piece *pieces;
    size_t count;
    uint64_t shards; /* 0: there are none */
    bool by_column;  /* names have cells in them */
    bool by_extract; /* and some are the extract's */
    bool by_shard;
    struct files files;
    struct map persons; /* a file's number and an id: who is in which file; if they are counted */
    bool counts;
};

/* Takes a template apart; what is wrong with it is misuse of --into. The columns that it
 * names are of the extract, or else of the list. With `counts` the persons of each file are. */
void naming_read(struct naming *naming, const char *text, uint64_t shards,
                 const struct roster *list, struct table *extract, bool counts);

/* No file may be one of the ends. Where all names come from the list, that is seen now, before
 * the first byte, and is misuse; else at the row that makes the name. After files_open. */
void naming_check(struct naming *naming, const struct roster *list, struct ends *ends);

/* The file for a row of `person` with that id, which is counted: the row at hand in the extract,
 * or none (NULL), whose cells are NA. */
enum { NAMING_ROOM = 4096 };
struct sink *naming_sink(struct naming *naming, const struct table *extract,
                         const struct person *person, struct slice id);

/* After the last row: all shards have a file, for each set of cells that a row had. */
void naming_fill(struct naming *naming);

void naming_free(struct naming *naming);

#endif
