/*
 * script: a text in the making, for another program to read.
 *
 * What users and files give is written as text in single quotes, within which gnuplot expands
 * nothing and runs nothing.
 */
#ifndef JF_SCRIPT_H
#define JF_SCRIPT_H

#include <stddef.h>

#include "base/slice.h"

/* A zeroed struct is an empty one; free() takes the bytes back. */
struct script {
    char *bytes;
    size_t length, room;
};

void script_add(struct script *script, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void script_put(struct script *script, struct slice bytes);

/* A text (see lettering) in single quotes. */
void script_quote(struct script *script, struct slice text);

/* The same between tags of XML. */
void script_escape(struct script *script, struct slice text);

struct slice script_slice(const struct script *script);

#endif
