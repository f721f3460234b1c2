/*
 * source: bytes in, as lines; from a file or stdin, plain or gzip.
 *
 * A line is a slice of the read buffer, without its line end (LF or CR LF), and
 * good until the next. Lines may be of any length: the buffer grows to hold the
 * longest. A read error, a cut or corrupt gzip stream, and a last line without
 * a line end are messages and the end, never an early end of input.
 */
#ifndef JF_SOURCE_H
#define JF_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "message.h"
#include "slice.h"

/* How far a program is in all its inputs, shown on stderr. */
struct progress {
    bool shown;     /* asked for, or stderr is a terminal and an input a file */
    uint64_t total; /* bytes of the regular files among the inputs; 0: unknown */
    uint64_t read;  /* bytes read so far, compressed where the file is */
    struct timespec begun, said;
};

/* Plans the line for these inputs. `always` and `never` are the two options. */
struct progress progress_begin(char *const files[], size_t count, bool always, bool never);

/* Takes the line away. */
void progress_end(struct progress *progress);

struct source {
    const char *name; /* the path, or `stdin` */
    int fd;
    uint64_t line; /* number of the last line given, from 1 */

    char *text; /* inflated bytes: [at, end) not yet given */
    size_t at, end, room;
    bool ended; /* no byte comes after `end` */

    struct inflation *inflation; /* gzip, or NULL for plain */
    struct progress *progress;   /* or NULL */
};

/* Opens the path; `-` is stdin. */
void source_open(struct source *source, const char *path, struct progress *progress);

/* The next line; false at a clean end. */
bool source_line(struct source *source, struct slice *line);

void source_close(struct source *source);

#endif
