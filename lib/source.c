/*
 * What happens to the bytes
 * -------------------------
 * Plain input is read straight into the text buffer. Gzip input is read into
 * the raw buffer of `struct inflation` and inflated into the text buffer. Which
 * of the two it is, the first bytes tell: 1f 8b is gzip, whatever the name.
 *
 * A block of at most BLOCK_BYTES is read to a fixed place in the text buffer, and
 * the start of a line that the last block cut is moved to the place before it:
 *
 *     text       at            block               end   block + BLOCK_BYTES
 *     |  HEAD_BYTES  |  start  |  the block's bytes  |      |
 *
 * [at, end) is what no line has been made of yet. So a line is in one piece, only
 * cut lines are copied, and every read goes to the start of a page: where source
 * and target lie a few bytes apart in their pages, copying by the processor's
 * string instruction, which read() does, was seen to be five times slower.
 *
 * A line longer than HEAD_BYTES stays where it is and bytes are put behind it,
 * until less than BLOCK_BYTES are free: then it moves to the front, if that is
 * as long as the line, else the buffer is doubled. So a line of length L costs a
 * buffer of about 2 L, each of its bytes is moved a bounded number of times, and
 * what is read always fits: fill() offers BLOCK_BYTES, which make_room() has made.
 * Behind `end` lie SOURCE_PAD line ends, which the buffer has room for too.
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

enum {
    BLOCK_BYTES = 256 * 1024,
    HEAD_BYTES = 64 * 1024,
    RAW_BYTES = 64 * 1024,
    GZIP_WINDOW = 15 + 16
};

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

static size_t read_some(struct source *source, void *into, size_t length)
{
    ssize_t got;
    do
        got = read(source->fd, into, length);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        fail_errno("%s: cannot read", source->name);
    if (source->progress != NULL)
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
    f->z.avail_out = (unsigned)length;
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

/* Sets the end of the text, and the line ends behind it. */
static void set_end(struct source *source, size_t end)
{
    source->end = end;
    memset(source->text + end, '\n', SOURCE_PAD);
}

/* A text buffer for at least `room` bytes, with what it held. */
static void widen(struct source *source, size_t room)
{
    size_t size = source->room > 0 ? source->room + SOURCE_PAD : 0;
    source->text = heap_grow(source->text, &size, room + SOURCE_PAD, 1);
    source->room = size - SOURCE_PAD;
    size_t page = (size_t)(uintptr_t)(source->text + HEAD_BYTES) % HEAP_PAGE;
    source->block = HEAD_BYTES + (page > 0 ? HEAP_PAGE - page : 0);
}

/* Room for BLOCK_BYTES behind `end`; see above. */
static void make_room(struct source *source)
{
    char *text = source->text;
    size_t length = source->end - source->at;
    size_t to = length <= HEAD_BYTES ? source->block - length : source->at;
    if (length > HEAD_BYTES && source->room - source->end < BLOCK_BYTES && source->at >= length)
        to = 0;
    memmove(text + to, text + source->at, length);
    source->at = to;
    source->end = to + length;
    if (source->room - source->end < BLOCK_BYTES)
        widen(source, source->end + BLOCK_BYTES);
}

/* Puts more bytes behind `end`; moves the unread ones. */
static void fill(struct source *source)
{
    make_room(source);
    char *into = source->text + source->end;
    size_t got = source->inflation != NULL ? inflate_some(source, into, BLOCK_BYTES)
                                           : read_some(source, into, BLOCK_BYTES);
    source->ended = got == 0;
    set_end(source, source->end + got);
}

static void start_inflation(struct source *source)
{
    struct inflation *f = heap_take(1, sizeof *f);
    source->inflation = f;
    if (inflateInit2(&f->z, GZIP_WINDOW) != Z_OK)
        fail("out of memory (gzip)");
    /* What was read to tell the kind is the start of the compressed bytes. */
    size_t length = source->end - source->at;
    memcpy(f->raw, source_at(source), length);
    f->z.next_in = f->raw;
    f->z.avail_in = (unsigned)length;
    f->read = length;
    set_end(source, source->at);
    begin_member(f);
}

/* Reads the first bytes and tells by them what the input is. */
static void tell_kind(struct source *source)
{
    size_t length = 0;
    while (length < 3 && !source->ended) {
        size_t got = read_some(source, source->text + source->end, RAW_BYTES - length);
        source->ended = got == 0;
        set_end(source, source->end + got);
        length += got;
    }
    const unsigned char *first = (const unsigned char *)source_at(source);
    if (length == 1 && first[0] == 0x1f)
        fail("%s: the gzip stream is cut at byte 1; fetch the file anew", source->name);
    if (length >= 2 && first[0] == 0x1f && first[1] == 0x8b) {
        source->ended = false;
        start_inflation(source);
    }
}

/* The byte order mark that Windows programs put before UTF-8 text. */
static void skip_mark(struct source *source)
{
    while (source->end - source->at < 3 && !source->ended)
        fill(source);
    if (source->end - source->at >= 3 && memcmp(source_at(source), "\xef\xbb\xbf", 3) == 0)
        source->at += 3;
}

void source_open(struct source *source, const char *path, struct progress *progress)
{
    bool standard = strcmp(path, "-") == 0;
    *source = (struct source){.name = standard ? "stdin" : path, .progress = progress};
    source->fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (source->fd < 0)
        fail_errno("%s: cannot open", path);
    widen(source, HEAD_BYTES + HEAP_PAGE + BLOCK_BYTES);
    source->at = source->block;
    set_end(source, source->block);
    tell_kind(source);
    skip_mark(source);
}

bool source_line(struct source *source, struct slice *line)
{
    size_t searched = 0;
    for (;;) {
        const char *start = source_at(source);
        size_t length = source->end - source->at;
        const char *line_end =
            length > searched ? memchr(start + searched, '\n', length - searched) : NULL;
        if (line_end != NULL) {
            *line = source_pass(source, line_end);
            return true;
        }
        if (source->ended && length == 0)
            return false;
        if (source->ended)
            fail_at((struct place){source->name, source->line + 1, {0}},
                    "the last line has no line end, so the file may be cut short; if it is whole, "
                    "end it with a line end");
        searched = length;
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
