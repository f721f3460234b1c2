/*
 * gunzip: the text of a gzip stream, inflated ahead of who reads it.
 *
 * All members are read, to the end of the file. A cut or corrupt stream, and bytes behind it
 * that are no gzip, end the program with a message that gives the offset.
 */
#ifndef JF_GUNZIP_H
#define JF_GUNZIP_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/progress.h"
#include "base/slice.h"
#include "stream/input.h"
#include "stream/text.h"

struct gunzip;

/* Opens the stream that begins with `first`, at most TEXT_BLOCK bytes that have been read
 * already; the rest comes from the input, which must outlive the gunzip. `threads` is as for
 * relay_threads, `progress` may be NULL. */
struct gunzip *gunzip_open(struct input *input, struct slice first, uint64_t threads,
                           struct progress *progress);

/* Puts the next bytes, at most a block, behind what is unread in `text`; false at a clean
 * end. The text has another buffer then, unless the unread line is long. */
bool gunzip_read(struct gunzip *gunzip, struct text *text);

/* Which part of a BGZF file: from the block at `from` to the end of the one that ends at `to`
 * (0: of the file), but for the last `rest` bytes of its text. */
struct gunzip_part {
    off_t from, to;
    size_t rest;
};

/* Gives that part from here on. The gunzip is one that waits: it reads no further ahead than it
 * is asked, until it is told this. */
void gunzip_wait(struct gunzip *gunzip);
void gunzip_part(struct gunzip *gunzip, const struct gunzip_part *part);

void gunzip_close(struct gunzip *gunzip);

#endif
