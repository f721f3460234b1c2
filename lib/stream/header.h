/*
 * header: the first line of a table, the names of its columns.
 *
 * Names are there, unique and text; what looks like another kind of file is told apart here.
 */
#ifndef JF_HEADER_H
#define JF_HEADER_H

#include <stddef.h>

#include "base/message.h"
#include "base/slice.h"

struct header {
    char *bytes; /* of the line, a copy */
    size_t length;
    struct slice *names; /* of the columns, in order */
    size_t columns;
};

/* Takes the line apart. What is wrong with it is a message with its place; so is a first line that
 * begins with an id, and may be a row. */
void header_read(struct header *header, struct slice line, struct place place);

/* The same of another column, of ids: its name is none of six digits or more. */
void header_check_id(const struct header *header, size_t column, struct place place);

/* The header line of a further file: another than this one, of the file `first`, is an error. */
void header_compare(const struct header *header, struct slice line, struct place place,
                    const char *first);

void header_free(struct header *header);

#endif
