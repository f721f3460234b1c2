/*
 * gunzip: the text of a gzip stream, inflated ahead of who reads it.
 *
 * All members are read to the end. A cut or corrupt stream, and bytes behind it
 * that are no gzip, are messages with the offset, and the end.
 */
#ifndef JF_GUNZIP_H
#define JF_GUNZIP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/progress.h"
#include "base/slice.h"
#include "stream/text.h"

struct gunzip;

/* Begins: `first` is what has been read already, the rest comes from `fd`. `name`
 * is for messages, `threads` as for relay_threads, `progress` may be NULL. */
struct gunzip *gunzip_open(const char *name, int fd, struct slice first, uint64_t threads,
                           struct progress *progress);

/* Puts the next bytes, at most a block, behind what is unread; false at a clean end. The
 * text comes in another buffer than before, unless the unread line is long. */
bool gunzip_read(struct gunzip *gunzip, struct text *text);

void gunzip_close(struct gunzip *gunzip);

#endif
