/*
 * gzip: text to gzip, on all cores.
 *
 * The text of a stream becomes BGZF blocks (samtools; each a gzip member, which any gunzip
 * reads). They can be made, and read again, independently of each other. The bytes are the
 * same for any number of threads. Several streams may share a gzip: a block knows whose it
 * is, and is written in its turn.
 */
#ifndef JF_GZIP_H
#define JF_GZIP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

struct common;

/* The text of a full block; all but a stream's last ones are full. */
enum { GZIP_BYTES = 0xff00 };

/* The level of a file of that name, or of stdout, which has none (NULL): what the options say,
 * else what JF_GZIP does where stdout is a pipe, else 6 for a name that ends in .gz, else none. */
enum { GZIP_NONE = -1 };
int gzip_level(const char *path, const struct common *common);

struct gzip;

/* Writes the bytes of a block for the stream `owner`; `torn`: its text ends within a row. */
typedef void gzip_write(void *owner, struct slice bytes, bool torn);

/* Opens a gzip of level 0 to 9, as for zlib; `threads` is as for relay_threads. */
struct gzip *gzip_open(uint64_t level, uint64_t threads, gzip_write *write);

/* Copies a block's text, 1 to GZIP_BYTES; may write blocks that were put before. */
void gzip_put(struct gzip *gzip, void *owner, struct slice text);

/* Writes all blocks that were put. */
void gzip_drain(struct gzip *gzip);

/* The empty block that ends a stream. */
struct slice gzip_end(void);

/* Makes a stored block of `line`, a short one, and the end behind it. Returns its length, at most
 * LEAVE_PACKED more. Of no gzip, and with no call that a signal handler must not make. */
size_t gzip_line(char *block, const char *line, size_t length);

void gzip_close(struct gzip *gzip);

#endif
