/*
 * What happens to the bytes
 * -------------------------
 * Plain input is read straight into the text buffer. Gzip input is read into
 * the raw buffer of `struct inflation` and inflated into the text buffer. Which
 * of the two it is, the first bytes tell: 1f 8b is gzip, whatever the name.
 *
 * The text buffer holds [at, end): bytes that no line has been made of yet.
 * source_line looks for LF there. If there is none, the rest moves to the front
 * (at = 0), the buffer is doubled if it is more than half full, and more bytes
 * are put behind `end`. So a line of length L costs at most a buffer of 2 L,
 * each byte is moved a bounded number of times, and nothing is ever read that
 * does not fit: fill() offers exactly room - end bytes.
 *
 * A gzip stream is a row of members. After each, the next byte decides:
 *     none        the stream is whole
 *     0           zero padding (tapes): all that follows must be 0
 *     else        another member; inflate itself rejects what is none
 * A member that breaks off is a cut stream; the offset in messages counts
 * compressed bytes. A BGZF file (members of at most 64 KiB that carry their
 * length in an extra field BC, samtools) ends in an empty member; where the last
 * one is not empty, members are missing. Other files of several members cannot
 * be told from a shorter file when they are cut exactly between two members
 * and two lines; no reader can.
 */
#include "source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "heap.h"

enum { READ_BYTES = 256 * 1024, RAW_BYTES = 64 * 1024, GZIP_WINDOW = 15 + 16 };

enum member {
    MEMBER_INSIDE,  /* between its first and last byte */
    MEMBER_BETWEEN, /* the last one is done, the next byte decides */
    MEMBER_PADDING  /* zeros to the end */
};

struct inflation {
    z_stream z;
    gz_header header;
    unsigned char extra[8]; /* the start of the member's extra field */
    uint64_t read;          /* compressed bytes taken from the file */
    uint64_t member_bytes;  /* inflated bytes of this member */
    enum member where;
    bool blocked; /* the last member was a BGZF block with content */
    unsigned char raw[RAW_BYTES];
};

struct progress progress_begin(char *const files[], size_t count, bool always, bool never)
{
    struct progress progress = {0};
    struct stat status;
    bool whole = count > 0;
    for (size_t i = 0; i < count; i++) {
        if (stat(files[i], &status) == 0 && S_ISREG(status.st_mode))
            progress.total += (uint64_t)status.st_size;
        else
            whole = false;
    }
    if (count == 0 && fstat(STDIN_FILENO, &status) == 0 && S_ISREG(status.st_mode)) {
        progress.total = (uint64_t)status.st_size;
        whole = true;
    }
    progress.shown = !never && (always || (isatty(STDERR_FILENO) && progress.total > 0));
    if (!whole)
        progress.total = 0;
    clock_gettime(CLOCK_MONOTONIC, &progress.begun);
    progress.said = progress.begun;
    return progress;
}

static double seconds_between(struct timespec from, struct timespec to)
{
    return (double)(to.tv_sec - from.tv_sec) + 1e-9 * (double)(to.tv_nsec - from.tv_nsec);
}

static void progress_add(struct progress *progress, size_t bytes)
{
    if (progress == NULL || !progress->shown)
        return;
    struct timespec now;
    progress->read += bytes;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (seconds_between(progress->said, now) < 0.25)
        return;
    progress->said = now;
    char text[160];
    double megabytes = 1e-6 * (double)progress->read;
    double rate = megabytes / seconds_between(progress->begun, now);
    int at =
        snprintf(text, sizeof text, "%s: %.0f MB, %.0f MB/s", message_program(), megabytes, rate);
    if (progress->total >= progress->read && rate > 0)
        snprintf(text + at, sizeof text - (size_t)at, ", %.0f %%, %.0f s left",
                 100.0 * (double)progress->read / (double)progress->total,
                 1e-6 * (double)(progress->total - progress->read) / rate);
    message_status(text);
}

void progress_end(struct progress *progress)
{
    if (progress->shown)
        message_status(NULL);
}

static size_t read_some(struct source *source, void *into, size_t length)
{
    ssize_t got;
    do
        got = read(source->fd, into, length);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        fail_errno("%s: cannot read", source->name);
    progress_add(source->progress, (size_t)got);
    return (size_t)got;
}

/* The compressed bytes that inflate has taken. */
static unsigned long long offset(const struct inflation *f)
{
    return f->read - f->z.avail_in;
}

static void begin_member(struct inflation *f)
{
    f->where = MEMBER_INSIDE;
    f->member_bytes = 0;
    f->header = (gz_header){.extra = f->extra, .extra_max = sizeof f->extra};
    inflateReset(&f->z);
    inflateGetHeader(&f->z, &f->header);
}

static void end_member(struct inflation *f)
{
    bool block = f->header.extra_len >= 6 && f->extra[0] == 'B' && f->extra[1] == 'C';
    f->blocked = block && f->member_bytes > 0;
    f->where = MEMBER_BETWEEN;
}

/* False at the end of the compressed bytes. */
static bool refill(struct source *source)
{
    struct inflation *f = source->inflation;
    if (f->z.avail_in > 0)
        return true;
    size_t got = read_some(source, f->raw, sizeof f->raw);
    f->z.next_in = f->raw;
    f->z.avail_in = (unsigned)got;
    f->read += got;
    return got > 0;
}

/* No more bytes: was that the end of the last member? */
static void check_end(const struct source *source)
{
    const struct inflation *f = source->inflation;
    if (f->where == MEMBER_INSIDE)
        fail("%s: the gzip stream is cut at byte %llu; fetch the file anew", source->name,
             offset(f));
    if (f->blocked)
        fail("%s: the gzip stream is cut at byte %llu, between two blocks (BGZF without its end "
             "block); fetch the file anew",
             source->name, offset(f));
}

_Noreturn static void fail_corrupt(const struct source *source, const char *what)
{
    const struct inflation *f = source->inflation;
    fail("%s: the gzip stream is corrupt at byte %llu (%s); fetch the file anew", source->name,
         offset(f), what);
}

static void skip_padding(struct source *source)
{
    struct inflation *f = source->inflation;
    for (; f->z.avail_in > 0; f->z.next_in++, f->z.avail_in--)
        if (*f->z.next_in != 0)
            fail_corrupt(source, "bytes that are no gzip after the last member");
}

/* Inflates into [into, into + length); 0 only at a clean end. */
static size_t inflate_some(struct source *source, char *into, size_t length)
{
    struct inflation *f = source->inflation;
    f->z.next_out = (unsigned char *)into;
    f->z.avail_out = length < READ_BYTES ? (unsigned)length : READ_BYTES;
    unsigned offered = f->z.avail_out;
    while (f->z.avail_out == offered) {
        if (!refill(source)) {
            check_end(source);
            return 0;
        }
        if (f->where == MEMBER_BETWEEN && *f->z.next_in == 0)
            f->where = MEMBER_PADDING;
        if (f->where == MEMBER_PADDING) {
            skip_padding(source);
            continue;
        }
        if (f->where == MEMBER_BETWEEN)
            begin_member(f);
        unsigned before = f->z.avail_out;
        int verdict = inflate(&f->z, Z_NO_FLUSH);
        f->member_bytes += before - f->z.avail_out;
        if (verdict == Z_STREAM_END)
            end_member(f);
        else if (verdict != Z_OK && verdict != Z_BUF_ERROR)
            fail_corrupt(source, f->z.msg != NULL ? f->z.msg : "no gzip member");
    }
    return offered - f->z.avail_out;
}

/* Puts more bytes behind `end`, which has room for some. */
static void fill(struct source *source)
{
    char *into = source->text + source->end;
    size_t room = source->room - source->end;
    size_t got = source->inflation != NULL ? inflate_some(source, into, room)
                                           : read_some(source, into, room);
    source->end += got;
    source->ended = got == 0;
}

static void start_inflation(struct source *source)
{
    struct inflation *f = heap_take(1, sizeof *f);
    source->inflation = f;
    if (inflateInit2(&f->z, GZIP_WINDOW) != Z_OK)
        fail("out of memory (gzip)");
    /* What was read to tell the kind is the start of the compressed bytes. */
    memcpy(f->raw, source->text, source->end);
    f->z.next_in = f->raw;
    f->z.avail_in = (unsigned)source->end;
    f->read = source->end;
    source->end = 0;
    begin_member(f);
}

/* Reads the first bytes and tells by them what the input is. */
static void tell_kind(struct source *source)
{
    while (source->end < 3 && !source->ended) {
        size_t got = read_some(source, source->text + source->end, RAW_BYTES - source->end);
        source->end += got;
        source->ended = got == 0;
    }
    const unsigned char *first = (const unsigned char *)source->text;
    if (source->end == 1 && first[0] == 0x1f)
        fail("%s: the gzip stream is cut at byte 1; fetch the file anew", source->name);
    if (source->end >= 2 && first[0] == 0x1f && first[1] == 0x8b) {
        source->ended = false;
        start_inflation(source);
    }
}

/* The byte order mark that Windows programs put before UTF-8 text. */
static void skip_mark(struct source *source)
{
    while (source->end < 3 && !source->ended)
        fill(source);
    if (source->end >= 3 && memcmp(source->text, "\xef\xbb\xbf", 3) == 0)
        source->at = 3;
}

void source_open(struct source *source, const char *path, struct progress *progress)
{
    bool standard = strcmp(path, "-") == 0;
    *source = (struct source){.name = standard ? "stdin" : path, .progress = progress};
    source->fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (source->fd < 0)
        fail_errno("%s: cannot open", path);
    source->room = READ_BYTES;
    source->text = heap_take(source->room, 1);
    tell_kind(source);
    skip_mark(source);
}

/* Room behind `end`, with what is left of the text at the front. */
static void make_room(struct source *source)
{
    if (source->at > 0)
        memmove(source->text, source->text + source->at, source->end - source->at);
    source->end -= source->at;
    source->at = 0;
    if (source->end > source->room / 2)
        source->text = heap_grow(source->text, &source->room, source->room + 1, 1);
}

bool source_line(struct source *source, struct slice *line)
{
    size_t searched = 0;
    for (;;) {
        char *start = source->text + source->at;
        size_t length = source->end - source->at;
        char *end = length > searched ? memchr(start + searched, '\n', length - searched) : NULL;
        if (end != NULL) {
            source->at += (size_t)(end - start) + 1;
            source->line++;
            *line = (struct slice){start, (size_t)(end - start)};
            if (line->length > 0 && start[line->length - 1] == '\r')
                line->length--;
            return true;
        }
        if (source->ended && length == 0)
            return false;
        if (source->ended)
            fail_at((struct place){source->name, source->line + 1, {0}},
                    "the last line has no line end, so the file may be cut short; if it is whole, "
                    "end it with a line end");
        searched = length;
        make_room(source);
        fill(source);
    }
}

void source_close(struct source *source)
{
    if (source->inflation != NULL)
        inflateEnd(&source->inflation->z);
    free(source->inflation);
    free(source->text);
    if (source->fd > STDIN_FILENO)
        close(source->fd);
    *source = (struct source){.name = source->name, .fd = -1};
}
