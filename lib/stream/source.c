/*
 * What happens to the bytes
 * -------------------------
 * The first bytes tell the kind: 1f 8b is gzip, whatever the name. Plain input is read
 * straight into the source's text, a block at a time; gzip comes there from a gunzip, in the
 * buffer that it was inflated into. A text keeps lines in one piece (text.h), and lines are
 * slices of it. So nothing is copied but the start of a line that a block has cut.
 *
 * There are three ways to take the lines:
 *
 *     source_line        one line, which stays in the source's text
 *     source_lines       all whole lines at hand, with the buffer they are in; the source
 *                        goes on in the buffer that it gets for it
 *     source_span_next   a place in the file, [from, to), that somebody else reads
 *
 * Spans end at multiples of TEXT_BLOCK, so that reads begin where pages do. Where the next
 * line begins is known before the first span only. So a span is read from the line end
 * before its first line:
 *
 *     one LF two LF thr|ee LF four LF f|ive LF six LF
 *                      from             to
 *
 * Who reads this span finds the first LF at or behind `from` and begins behind it, with
 * four. He reads on behind `to` to the end of the line that he is in there, five; who reads
 * the next span skips the rest of that line in the same way. A line that begins right at
 * `to` has its LF in this span, and is read here. A span that holds no LF lies within one
 * line, and is empty.
 *
 * A regular file ends where it ended when it was opened, whoever reads it, and in whichever way;
 * if it has become shorter, that is found where the bytes are missing, or at the close.
 */
#include "stream/source.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "base/heap.h"
#include "base/message.h"
#include "stream/formats.h"
#include "stream/gunzip.h"

enum { FIRST_BYTES = 64 * 1024 }; /* by which the kind is told */

static size_t read_some(struct source *source, void *into, size_t length)
{
    ssize_t got = input_read(&source->input, into, length);
    if (got < 0)
        fail_errno("%s: cannot read", source->name);
    if (source->progress != NULL)
        progress_add(source->progress, (size_t)got);
    source->offset += (off_t)got;
    return (size_t)got;
}

/* Puts a block behind what is unread. */
static void fill(struct source *source)
{
    struct text *text = &source->text;
    if (source->gunzip != NULL) {
        size_t unread = text->end - text->at;
        source->ended = !gunzip_read(source->gunzip, text);
        source->inflated += text->end - text->at - unread;
        if (source->ended)
            input_check(&source->input);
        return;
    }
    text_make_room(text, TEXT_BLOCK);
    size_t got = read_some(source, text->bytes + text->end, TEXT_BLOCK);
    source->ended = got == 0;
    if (source->ended)
        input_check(&source->input);
    text_set_end(text, text->end + got);
}

/* Reads the first bytes and tells by them what the input is. */
static void tell_kind(struct source *source, uint64_t threads)
{
    struct text *text = &source->text;
    size_t length = 0;
    while (length < 3 && !source->ended) {
        size_t got = read_some(source, text->bytes + text->end, FIRST_BYTES - length);
        source->ended = got == 0;
        text_set_end(text, text->end + got);
        length += got;
    }
    struct slice first = {source_at(source), length};
    if (length == 1 && first.bytes[0] == 0x1f)
        fail("%s: the gzip stream is cut at byte 1; fetch the file anew", source->name);
    if (length < 2 || memcmp(first.bytes, "\x1f\x8b", 2) != 0)
        return;
    source->gunzip = gunzip_open(&source->input, first, threads, source->progress);
    source->ended = false;
    text_set_end(text, text->at);
}

/* What is no text, here or inside of gzip, has no first line to wait for. */
static void refuse_others(struct source *source)
{
    const struct text *text = &source->text;
    struct slice first = {source_at(source), text->end - text->at};
    while (!formats_enough(first) && !source->ended) {
        fill(source);
        first = (struct slice){source_at(source), text->end - text->at};
    }
    formats_refuse(first, source->gunzip != NULL, (struct place){source->name, 1, {0}});
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
                 struct progress *progress, bool waits)
{
    *source = (struct source){.progress = progress};
    input_open(&source->input, path);
    source->name = source->input.name;
    text_begin(&source->text);
    tell_kind(source, threads);
    if (source->gunzip != NULL && waits)
        gunzip_wait(source->gunzip);
    if (source->gunzip == NULL && source->input.ours)
        source->size = source->input.size;
    refuse_others(source);
    skip_mark(source);
}

bool source_same(const struct source_place *place, const struct source_place *other)
{
    return place->offset == other->offset && place->skip == other->skip;
}

/* What is unread ends before a byte of the plain file. */
static void end_at(struct source *source, off_t to)
{
    struct text *text = &source->text;
    if (source->offset > to) {
        text_set_end(text, text->end - (size_t)(source->offset - to));
        source->offset = to;
    }
    input_part(&source->input, source->offset, to);
    source->size = to;
    source->ended = source->offset == to;
}

/* Goes to a line of a plain file. */
static void go_to(struct source *source, off_t from)
{
    text_begin(&source->text);
    source->offset = from;
    end_at(source, source->size);
}

/* Inflates from the block of the first line on. */
static void inflate_part(struct source *source, const struct source_place *from,
                         const struct source_place *to)
{
    struct text *text = &source->text;
    struct gunzip_part part = {.from = from->offset};
    size_t skip = from->offset + (off_t)from->skip > 0
                      ? from->skip
                      : (size_t)source->inflated - (text->end - text->at);
    if (to != NULL) {
        part.to = to->behind;
        part.rest = to->rest;
    }
    gunzip_part(source->gunzip, &part);
    text_begin(text);
    source->ended = false;
    while (text->end - text->at < skip && !source->ended)
        fill(source);
    text->at += skip;
}

void source_part(struct source *source, const struct source_place *from,
                 const struct source_place *to)
{
    if (from->line > 0)
        source->line = from->line;
    if (to != NULL && source_same(from, to)) {
        text_set_end(&source->text, source->text.at);
        source->ended = true;
        source->size = source->offset;
    } else if (source->gunzip != NULL) {
        inflate_part(source, from, to);
    } else {
        if (from->offset > 0)
            go_to(source, from->offset);
        if (to != NULL)
            end_at(source, to->offset);
    }
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
    struct text given = source->text;
    size_t end = given.at + length;
    text_begin(lines);
    text_take(lines, &given, end);
    text_set_end(&given, end);
    source->text = *lines;
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

bool source_ready(const struct source *source)
{
    struct pollfd input = {.fd = source->input.fd, .events = POLLIN};
    return poll(&input, 1, 0) > 0;
}

/* The next line begins at `offset` less what is unread, or behind it: so the line end before
 * it is a byte further in front. A line that begins at the span's end is of the span. */
bool source_span_next(struct source *source, struct source_span *span)
{
    struct text *text = &source->text;
    if (source->offset >= source->size)
        return false;
    off_t from = source->offset - (off_t)(text->end - text->at) - 1;
    off_t to = (from / TEXT_BLOCK + 1) * TEXT_BLOCK;
    off_t next = to + 1 < source->size ? to + 1 : source->size;
    *span = (struct source_span){source->name, source->input.fd, from, to, source->size};
    if (source->progress != NULL && next > source->offset)
        progress_add(source->progress, (size_t)(next - source->offset));
    text_set_end(text, text->at);
    source->offset = next;
    source->ended = next == source->size;
    return true;
}

/* Puts the bytes from `at` on behind the text, at most `length`; returns how many they were, 0
 * where the file ends as it did when it was opened. */
static size_t read_at(const struct source_span *span, off_t at, size_t length, struct text *text)
{
    ssize_t got;
    if (span->size - at < (off_t)length)
        length = (size_t)(span->size - at);
    if (length == 0)
        return 0;
    text_make_room(text, length);
    do
        got = pread(span->fd, text->bytes + text->end, length, at);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        fail_errno("%s: cannot read", span->file);
    if (got == 0)
        input_fail_less(span->file);
    text_set_end(text, text->end + (size_t)got);
    return (size_t)got;
}

/* Reads from `at` on to the end of the last line, which the span's end has cut or
 * comes right before. */
static void read_on(const struct source_span *span, off_t at, struct text *text)
{
    const char *line_end = NULL;
    size_t got, length = HEAP_PAGE;
    while (line_end == NULL && (got = read_at(span, at, length, text)) > 0) {
        line_end = memchr(text->bytes + text->end - got, '\n', got);
        at += (off_t)got;
        length = length < TEXT_BLOCK ? 2 * length : TEXT_BLOCK;
    }
    if (line_end != NULL)
        text_set_end(text, (size_t)(line_end + 1 - text->bytes));
}

void source_span_read(struct source_span *span, struct text *text)
{
    off_t at = span->from;
    text_begin(text);
    while (at < span->to && at < span->size)
        at += (off_t)read_at(span, at, (size_t)(span->to - at), text);
    const char *start = text->bytes + text->at;
    const char *line_end = memchr(start, '\n', text->end - text->at);
    if (line_end == NULL) {
        text->at = text->end;
        return;
    }
    span->from += line_end - start;
    text->at += (size_t)(line_end + 1 - start);
    read_on(span, at, text);
}

void source_close(struct source *source)
{
    if (source->gunzip != NULL)
        gunzip_close(source->gunzip);
    text_free(&source->text);
    input_check(&source->input);
    input_close(&source->input);
    *source = (struct source){.name = source->name, .input.fd = -1};
}
