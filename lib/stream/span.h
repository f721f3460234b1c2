/*
 * span: a part of a plain file, read by any thread.
 *
 * The spans of a file lie end to end, and each is read at its place, so that nobody waits
 * for the bytes before it. A line is of the span that holds the line end before it: so
 * every line is of one span, wherever the file is cut, and is read there to its end.
 */
#ifndef JF_SPAN_H
#define JF_SPAN_H

#include <sys/types.h>

#include "stream/text.h"

struct span {
    const char *file; /* as the user named it */
    int fd;
    off_t from, to; /* of the file's bytes, from 0; `to` is the first behind it */
};

/* The lines of the span become the text, and it begins with the line end before them: none,
 * where it lies within one line. All are whole but where the file ends in one that is not.
 * A read error is a message and the end. */
void span_read(struct span *span, struct text *text);

#endif
