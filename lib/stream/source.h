/*
 * source: bytes in, as lines; from a file or stdin, plain or gzip.
 *
 * A line is a slice of the read buffer, without its line end (LF or CR LF), and
 * good until the next. Lines may be of any length: the buffer grows to hold the
 * longest. A read error, a cut or corrupt gzip stream, a file that shrinks while it is
 * read, and a last line without a line end are messages and the end, never an early end of input.
 *
 * A plain file may be read in spans too, each by any thread. They lie end to end. A line
 * belongs to the span that holds the line end before it: so every line is of one span,
 * wherever the file is cut, and is read there to its end.
 */
#ifndef JF_SOURCE_H
#define JF_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/progress.h"
#include "base/slice.h"
#include "stream/input.h"
#include "stream/text.h"

struct source {
    const char *name; /* the path, or `stdin` */
    struct input input;
    uint64_t line; /* number of the last line given, from 1 */

    struct text text;
    bool ended;   /* no byte comes after the text */
    off_t offset; /* of the file's bytes behind the text */
    off_t size;   /* of a plain file, when it was opened; 0: of none, or not known */

    struct gunzip *gunzip;     /* gzip, or NULL for plain */
    uint64_t inflated;         /* bytes of text it has given */
    struct progress *progress; /* or NULL */
};

/* Opens the path, as input does. `threads` is for gzip: see relay_threads. One of which a part is
 * to be read is opened with `waits`: it reads no further ahead than for its first line, until
 * source_part says which. */
void source_open(struct source *source, const char *path, uint64_t threads,
                 struct progress *progress, bool waits);

/* Where a line begins in a plain or BGZF file. Zeroed: behind the file's first line. */
struct source_place {
    off_t offset;      /* of the line; in BGZF of the block in which it begins, which has */
    size_t skip, rest; /* bytes of text before it, and from it on, and ends */
    off_t behind;      /* there. */
    uint64_t line;     /* how many lines are before it; 0: not known */
};
bool source_same(const struct source_place *place, const struct source_place *other);

/* From here on the source gives the lines from one place to the other, NULL: to the end of the
 * file. It was opened to wait, and has given its first line. */
void source_part(struct source *source, const struct source_place *from,
                 const struct source_place *to);

/* The next line; false at a clean end. */
bool source_line(struct source *source, struct slice *line);

/* Whether bytes can be had without waiting; of a file they always can. */
bool source_ready(const struct source *source);

/* The next lines, as many as are at hand and at least one, uncounted: they become `lines`,
 * and the source goes on in the buffer that was there (zeroed: none yet). False at the
 * end. All are whole but where the input ends in one that is not. */
bool source_lines(struct source *source, struct text *lines);

struct source_span {
    const char *file; /* as the user named it */
    int fd;
    off_t from, to; /* of the file's bytes, from 0; `to` is the first behind it */
    off_t size;     /* of the file */
};

/* The next span of a plain file that is not stdin; the source must stay open until it is
 * read. False at the end, and for any other input. A source that has given a span gives
 * spans to its end. */
bool source_span_next(struct source *source, struct source_span *span);

/* The lines of the span become the text, and it begins with the line end before them: none,
 * where it lies within one line. All are whole but where the file ends in one that is not.
 * A read error is a message and the end, and so is a file that is shorter than it was. */
void source_span_read(struct source_span *span, struct text *text);

/* The unread bytes at hand, for a reader that looks for the line end itself. */
static inline const char *source_at(const struct source *source)
{
    return source->text.bytes + source->text.at;
}
static inline const char *source_end(const struct source *source)
{
    return source->text.bytes + source->text.end;
}

/* The next line, whose line end is before source_end, without its CR. */
static inline struct slice source_pass(struct source *source, const char *line_end)
{
    const char *start = source_at(source);
    size_t length = (size_t)(line_end - start);
    source->text.at += length + 1;
    source->line++;
    return (struct slice){start, length - (length > 0 && line_end[-1] == '\r')};
}

/* It is an error if a file is shorter than when it was opened. */
void source_close(struct source *source);

#endif
