/*
 * roster: the assignment list, a row a person, held by id.
 */
#ifndef JF_ROSTER_H
#define JF_ROSTER_H

#include "base/map.h"
#include "stream/sink.h"
#include "stream/table.h"

/* One row of the list. */
struct person {
    uint64_t line;
    const struct slice *cells; /* by column of the list */
    bool found;                /* the extract has a row of this id */
    bool kept;                 /* and one of them passed the conditions */
};

struct common;

struct roster {
    char *files[1];
    struct table table; /* its names and column look-up; no rows are left */
    size_t id;          /* column of the id */
    struct map ids;
    struct person *persons; /* by number in the map */
    size_t room;
    struct arena bytes;
};

/* Reads the whole list, on as many threads as the options give. The id is the column of that
 * name, the first where the name is empty. An empty id is an error, and so is an id that
 * stands twice. */
void roster_read(struct roster *roster, const char *path, struct slice id,
                 const struct common *common);

/* The person with that id, or NULL. */
struct person *roster_find(const struct roster *roster, struct slice id);

/* Writes the counts of the CONSORT flow: a column for each value of the list's
 * column `arm`, bytewise ascending; rows assigned, found, not_found, kept. */
void roster_flow(const struct roster *roster, size_t arm, struct sink *sink);

void roster_free(struct roster *roster);

#endif
