/*
 * bgzf: the blocks of a BGZF file.
 *
 * A block is a gzip member that tells in an extra field of its header how long it is, and holds at
 * most 64 KiB of text (the SAM format specification, 4.1). An empty one ends the file. So a reader
 * may go from head to head without inflating, and inflate blocks in any order.
 */
#ifndef JF_BGZF_H
#define JF_BGZF_H

#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

struct deflate;

enum {
    BGZF_MOST = 64 * 1024, /* bytes of a block, and of its text */
    BGZF_HEAD = 18         /* of its header */
};

/* How many bytes the block has whose head stands there, BGZF_HEAD bytes; 0: none does. */
size_t bgzf_length(const char *head);

/* How many its text has, as the end of the whole block says; it may be more than BGZF_MOST, and is
 * then no block's. */
size_t bgzf_text_length(struct slice block);

/* Puts the text of the whole block there, as long as it says; NULL, or what is wrong with it. */
const char *bgzf_inflate(struct deflate *deflate, struct slice block, char *text);

#endif
