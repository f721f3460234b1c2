/*
 * What happens to the bytes
 * -------------------------
 * Plain input is read straight into the text buffer; what is gzip comes there
 * from an inflation (inflation.c). Which of the two it is, the first bytes tell:
 * 1f 8b is gzip, whatever the name.
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
 */
#include "source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "heap.h"

enum {
    BLOCK_BYTES = INFLATION_BYTES,
    HEAD_BYTES = 64 * 1024,
    FIRST_BYTES = 64 * 1024, /* by which the kind is told */
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

/* Sets the end of the text, and the line ends behind it. */
static void set_end(struct text *text, size_t end)
{
    text->end = end;
    memset(text->bytes + end, '\n', SOURCE_PAD);
}

/* A buffer for at least `room` bytes, with what it held. */
static void widen(struct text *text, size_t room)
{
    size_t size = text->room > 0 ? text->room + SOURCE_PAD : 0;
    text->bytes = heap_grow(text->bytes, &size, room + SOURCE_PAD, 1);
    text->room = size - SOURCE_PAD;
    size_t page = (size_t)(uintptr_t)(text->bytes + HEAD_BYTES) % HEAP_PAGE;
    text->block = HEAD_BYTES + (page > 0 ? HEAP_PAGE - page : 0);
}

/* A buffer of the usual size, empty. */
static void begin_text(struct text *text)
{
    if (text->bytes == NULL)
        widen(text, HEAD_BYTES + HEAP_PAGE + BLOCK_BYTES);
    text->at = text->block;
    set_end(text, text->block);
}

/* Room for BLOCK_BYTES behind `end`; see above. */
static void make_room(struct text *text)
{
    size_t length = text->end - text->at;
    size_t to = length <= HEAD_BYTES ? text->block - length : text->at;
    if (length > HEAD_BYTES && text->room - text->end < BLOCK_BYTES && text->at >= length)
        to = 0;
    memmove(text->bytes + to, text->bytes + text->at, length);
    text->at = to;
    text->end = to + length;
    if (text->room - text->end < BLOCK_BYTES)
        widen(text, text->end + BLOCK_BYTES);
}

/* Puts more bytes behind `end`; moves the unread ones. */
static void fill(struct source *source)
{
    struct text *text = &source->text;
    make_room(text);
    char *into = text->bytes + text->end;
    size_t got = source->inflation != NULL ? inflation_read(source->inflation, into)
                                           : read_some(source, into, BLOCK_BYTES);
    source->ended = got == 0;
    set_end(text, text->end + got);
}

/* Reads the first bytes and tells by them what the input is. */
static void tell_kind(struct source *source, uint64_t threads)
{
    struct text *text = &source->text;
    size_t length = 0;
    while (length < 3 && !source->ended) {
        size_t got = read_some(source, text->bytes + text->end, FIRST_BYTES - length);
        source->ended = got == 0;
        set_end(text, text->end + got);
        length += got;
    }
    struct slice first = {source_at(source), length};
    if (length == 1 && first.bytes[0] == 0x1f)
        fail("%s: the gzip stream is cut at byte 1; fetch the file anew", source->name);
    if (!inflation_fits(first))
        return;
    source->inflation = inflation_open(source->name, source->fd, first, threads, source->progress);
    source->ended = false;
    set_end(text, text->at);
}

/* The byte order mark that Windows programs put before UTF-8 text. */
static void skip_mark(struct source *source)
{
    const struct text *text = &source->text;
    while (text->end - text->at < 3 && !source->ended)
        fill(source);
    if (text->end - text->at >= 3 && memcmp(source_at(source), "\xef\xbb\xbf", 3) == 0)
        source->text.at += 3;
}

void source_open(struct source *source, const char *path, uint64_t threads,
                 struct progress *progress)
{
    bool standard = strcmp(path, "-") == 0;
    *source = (struct source){.name = standard ? "stdin" : path, .progress = progress};
    source->fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (source->fd < 0)
        fail_errno("%s: cannot open", path);
    begin_text(&source->text);
    tell_kind(source, threads);
    skip_mark(source);
}

/* The input ends in a line without its end. */
_Noreturn static void fail_end(const struct source *source, const char *start, size_t length)
{
    struct place place = {source->name, source->line + 1, {0}};
    if (source->line == 0 && memchr(start, '\r', length - 1) != NULL)
        fail_at(place, "lines that end in CR alone; convert them with tr '\\r' '\\n'");
    fail_at(place, "the last line has no line end, so the file may be cut short; if it is whole, "
                   "end it with a line end");
}

bool source_line(struct source *source, struct slice *line)
{
    size_t searched = 0;
    for (;;) {
        const char *start = source_at(source);
        size_t length = source->text.end - source->text.at;
        const char *line_end =
            length > searched ? memchr(start + searched, '\n', length - searched) : NULL;
        if (line_end != NULL) {
            *line = source_pass(source, line_end);
            return true;
        }
        if (source->ended && length == 0)
            return false;
        if (source->ended)
            fail_end(source, start, length);
        searched = length;
        fill(source);
    }
}

/* The length of the whole lines at hand; none of them ends before `searched`. */
static size_t whole_lines(const struct source *source, size_t searched)
{
    const char *start = source_at(source);
    size_t length = source->text.end - source->text.at;
    while (length > searched && start[length - 1] != '\n')
        length--;
    return length > searched ? length : 0;
}

/* Gives the text away, but for what stands behind `length` bytes, which begins the next. */
static void hand_over(struct source *source, size_t length, struct text *lines)
{
    struct text given = source->text, next = *lines;
    size_t end = given.at + length, cut = given.end - end;
    begin_text(&next);
    if (cut > HEAD_BYTES)
        widen(&next, next.block + cut);
    next.at = cut > HEAD_BYTES ? next.block : next.block - cut;
    memcpy(next.bytes + next.at, given.bytes + end, cut);
    set_end(&next, next.at + cut);
    set_end(&given, end);
    source->text = next;
    *lines = given;
}

bool source_lines(struct source *source, struct text *lines)
{
    size_t length, searched = 0;
    while ((length = whole_lines(source, searched)) == 0 && !source->ended) {
        searched = source->text.end - source->text.at;
        fill(source);
    }
    if (length == 0)
        length = source->text.end - source->text.at;
    hand_over(source, length, lines);
    return length > 0;
}

void source_close(struct source *source)
{
    if (source->inflation != NULL)
        inflation_close(source->inflation);
    free(source->text.bytes);
    if (source->fd > STDIN_FILENO)
        close(source->fd);
    *source = (struct source){.name = source->name, .fd = -1};
}
