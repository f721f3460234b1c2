/*
 * header: the first line of a table, the names of its columns.
 *
 * Names are there, unique and text; what looks like another kind of file is told apart here.
 */
#ifndef JF_HEADER_H
#define JF_HEADER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/map.h"
#include "base/message.h"
#include "base/slice.h"

#define HEADER_NONE MAP_NONE

struct header_folds;
struct header {
    char *bytes; /* of the line, a copy */
    size_t length;
    struct slice *names; /* of the columns, in order */
    size_t columns;
    struct map by_name;         /* the same: a name's number is its column */
    struct header_folds *folds; /* the same without regard to case; the room's own */
};

/* Takes the line apart; returns the first column called as one before it, or HEADER_NONE. */
size_t header_cut(struct header *header, struct slice line);

/* The same, where what is wrong with it is a message with its place; so is a first line that begins
 * with an id, and may be a row. */
void header_read(struct header *header, struct slice line, struct place place);

/* The same of another column, of ids: its name is none of six digits or more. */
void header_check_id(const struct header *header, size_t column, struct place place);

/* The column of exactly that name, or HEADER_NONE. */
size_t header_exact(const struct header *header, struct slice name);

/* The same, where a name that differs in the case of ASCII letters alone is found too, if none is
 * exact; of several such columns `other` is the second, else HEADER_NONE. The first call that
 * finds no exact name folds all names, so that many calls cost no more than the header's length;
 * threads must not make it at once. */
size_t header_find(const struct header *header, struct slice name, size_t *other);

/* The header line of a further file: another than this one, of the file `first`, is an error. */
void header_compare(const struct header *header, struct slice line, struct place place,
                    const char *first);

void header_free(struct header *header);

#endif
