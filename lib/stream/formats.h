/*
 * formats: other kinds of file, told by their first bytes.
 *
 * What is compressed in another way, an archive, another program's data set or text of another
 * encoding gets a name, and the command that makes text of it.
 */
#ifndef JF_FORMATS_H
#define JF_FORMATS_H

#include <stdbool.h>

#include "base/message.h"
#include "base/slice.h"

/* Whether these first bytes of an input are enough: they are a line of text, or FORMATS_BYTES. */
enum { FORMATS_BYTES = 512 };
bool formats_enough(struct slice first);

/* Fails if the input that begins so is none of tab-separated text. `in_gzip`: the bytes are what a
 * gzip stream holds. */
void formats_refuse(struct slice first, bool in_gzip, struct place place);

#endif
