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

#include "stream/gunzip.h"
#include "base/message.h"
#include "base/slice.h"
#include "stream/span.h"

struct source {
    const char *name; /* the path, or `stdin` */
    int fd;
    uint64_t line; /* number of the last line given, from 1 */

    struct text text;
    bool ended;   /* no byte comes after the text */
    off_t offset; /* of the file's bytes behind the text */
    off_t size;   /* of a plain file, when it was opened; 0: of none, or not known */

    struct gunzip *gunzip;     /* gzip, or NULL for plain */
    struct progress *progress; /* or NULL */
};

/* Opens the path; `-` is stdin. `threads` is for gzip: see relay_threads. */
void source_open(struct source *source, const char *path, uint64_t threads,
                 struct progress *progress);

/* The next line; false at a clean end. */
bool source_line(struct source *source, struct slice *line);

/* The next lines, as many as are at hand and at least one, uncounted: they become `lines`,
 * and the source goes on in the buffer that was there (zeroed: none yet). False at the
 * end. All are whole but where the input ends in one that is not. */
bool source_lines(struct source *source, struct text *lines);

/* The same for who reads them himself, perhaps beside others: a span of a plain file that
 * is not stdin, while it is open. False at the end, and of any other input; a source that
 * has given a span gives spans to its end. */
bool source_span(struct source *source, struct span *span);

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

void source_close(struct source *source);

#endif
