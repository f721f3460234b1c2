/*
 * roster: the assignment list, a row a person, held by id; and the columns of the list and
 * of the extract, by name, as one row.
 */
#ifndef JF_ROSTER_H
#define JF_ROSTER_H

#include "base/heap.h"
#include "base/map.h"
#include "base/message.h"
#include "base/slice.h"
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

/* Where the cell of a row and its person is to be had. */
struct roster_column {
    const char *list; /* the file, where the column is of the list; else NULL */
    size_t at;        /* the column of the list, or the slot of the extract */
    struct slice name;
};

/* That column of the list, by its number. */
struct roster_column roster_listed(const struct roster *roster, size_t column);

/* The column of that name, of the extract or else of the list; it is an error if neither
 * has it. From then on the extract's is wanted. */
struct roster_column roster_column(const struct roster *roster, struct table *extract,
                                   struct slice name);

/* The column's cell, of the row at hand in the extract or of `person`: NA where that is
 * nobody (NULL). */
struct slice roster_cell(const struct table *extract, const struct person *person,
                         const struct roster_column *column);

/* The place of that cell. */
struct place roster_place(const struct table *extract, const struct person *person,
                          const struct roster_column *column);

/* Writes the counts of the CONSORT flow: a column for each value of the list's column `arm`,
 * bytewise ascending; rows assigned, found, not_found, kept. */
void roster_flow(const struct roster *roster, size_t arm, struct sink *sink);

void roster_free(struct roster *roster);

#endif
