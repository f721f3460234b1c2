/*
 * inflation: the text of a gzip stream, inflated ahead of who reads it.
 *
 * All members are read to the end. A cut or corrupt stream, and bytes behind it
 * that are no gzip, are messages with the offset, and the end.
 */
#ifndef JF_INFLATION_H
#define JF_INFLATION_H

#include <stdbool.h>
#include <stdint.h>

#include "progress.h"
#include "slice.h"

/* The most that one inflation_read gives, and the least that it must be offered. */
enum { INFLATION_BYTES = 256 * 1024 };

struct inflation;

/* Whether these first bytes of a file, at least two, are those of a gzip stream. */
bool inflation_fits(struct slice first);

/* Begins: `first` is what has been read already, the rest comes from `fd`. `name`
 * is for messages, `threads` as for relay_threads, `progress` may be NULL. */
struct inflation *inflation_open(const char *name, int fd, struct slice first, uint64_t threads,
                                 struct progress *progress);

/* The next bytes of the text, at most INFLATION_BYTES; 0 only at a clean end. */
size_t inflation_read(struct inflation *inflation, char *into);

void inflation_close(struct inflation *inflation);

#endif
