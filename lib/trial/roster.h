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
    bool resembled;            /* the extract has an id that is this one, but for damage */
    bool absent;               /* is asked for, and not kept */
};

struct common;
struct list;

struct roster {
    char *files[1];
    struct table table; /* its names and column look-up; no rows are left */
    size_t id;          /* column of the id */
    struct map ids;
    struct person *persons; /* by number in the map */
    size_t room;
    struct arena bytes;
};

/* Reads the list's header; the id is the column of that name, the first where the name is empty.
 * What headers alone tell can be said before persons are read: an extract that was given for the
 * list would fill the memory. */
void roster_open(struct roster *roster, const char *path, struct slice id,
                 const struct common *common);

/* Reads the whole list, on as many threads as its options gave. An empty id is an error, and so is
 * an id that stands twice. */
void roster_read(struct roster *roster);

/* The person with that id, or NULL. */
struct person *roster_find(const struct roster *roster, struct slice id);

/* A file without a header line would lose its first person. It is known by an id in the place of
 * the id's name: in the extract, whose column `id` it is, now; in the list when the extract has
 * the id that is returned, which is empty where the two names are one. */
struct slice roster_check_headers(const struct roster *roster, const struct table *extract,
                                  size_t id);

/* `file` has a person in its first line whom the other file knows too. */
_Noreturn void roster_fail_header(const char *file, const char *other);

/* Who of the list is in which group, by the cells of a column. */
struct roster_groups {
    struct slice *labels; /* bytewise ascending; NA, for all who are missing, is the last */
    size_t count;
    size_t *of;  /* by person: the number of the label */
    bool of_ids; /* the labels are ids, which no message shows */
    struct arena bytes;
};

/* The arms, by the column of that name; NULL is `arm`. They are none where nobody has asked for
 * that column, by its name or for the flow, and the list has not got it, or several; else that
 * is an error. Two labels that differ only in blanks at their ends are one too, and for the flow
 * each must be fit for a column's name. */
struct roster_groups roster_arms(const struct roster *roster, const char *name, bool for_flow);
void roster_groups_free(struct roster_groups *groups);

/* Where the cell of a row and its person is to be had. */
struct roster_column {
    const char *list; /* the file, where the column is of the list; else NULL */
    size_t at;        /* the column of the list, or the slot of the extract */
    struct slice name;
};

/* That column of the list, by its number. */
struct roster_column roster_listed(const struct roster *roster, size_t column);

/* The columns of the list that stand behind those of the extract in the output. */
struct roster_tail {
    struct roster_column *taken;
    size_t count;
    struct slice *names; /* of all columns of the output */
    size_t columns;
};

/* Takes those named, or all but the id where none are. A name that the extract has too is an
 * error. */
struct roster_tail roster_join(const struct roster *roster, const struct list *take,
                               const struct table *extract);

/* Adds their cells to the row in the making: NA where `person` is nobody (NULL). */
void roster_put(const struct roster_tail *tail, const struct person *person, struct sink *out);

void roster_tail_free(struct roster_tail *tail);

/* The column of that name, of the extract or else of the list; it is an error if neither
 * has it. From then on the extract's is wanted. */
struct roster_column roster_column(const struct roster *roster, struct table *extract,
                                   struct slice name);

/* The column's cell, of the row at hand in the extract or of `person`: NA where there is none
 * (NULL). */
struct slice roster_cell(const struct table *extract, const struct person *person,
                         const struct roster_column *column);

/* The place of that cell. */
struct place roster_place(const struct table *extract, const struct person *person,
                          const struct roster_column *column);

/* Writes the counts of the CONSORT flow: a column for each arm; rows assigned, found, not_found,
 * kept, absent_kept (none, unless the program may keep them); of a part of the extract those of
 * which the parts' counts add up, found and kept. Counts from 1 to k-1 are masked, and with them
 * those that would give them away. */
enum roster_stages { ROSTER_ALL, ROSTER_KEEP, ROSTER_PART };
void roster_flow(const struct roster *roster, const struct roster_groups *arms,
                 enum roster_stages stages, uint64_t k, struct sink *sink);

void roster_free(struct roster *roster);

#endif
