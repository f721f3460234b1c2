/*
 * What happens to the bytes
 * -------------------------
 * Plain input is read straight into the text buffer; what is gzip comes there
 * from a gunzip (gunzip.c). Which of the two it is, the first bytes tell:
 * 1f 8b is gzip, whatever the name.
 *
 * Blocks go into a text, which keeps lines in one piece (text.h); that of a gunzip comes
 * in the buffer that it was inflated into. Lines are slices of the text.
 */
#include "stream/source.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FIRST_BYTES = 64 * 1024 }; /* by which the kind is told */

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
    source->offset += (off_t)got;
    return (size_t)got;
}

/* Puts a block behind what is unread. */
static void fill(struct source *source)
{
    struct text *text = &source->text;
    if (source->gunzip != NULL) {
        source->ended = !gunzip_read(source->gunzip, text);
        return;
    }
    text_make_room(text, TEXT_BLOCK);
    size_t got = read_some(source, text->bytes + text->end, TEXT_BLOCK);
    source->ended = got == 0;
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
    source->gunzip = gunzip_open(source->name, source->fd, first, threads, source->progress);
    source->ended = false;
    text_set_end(text, text->at);
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

/* The size of a file that can be read at any place. (Of stdin others may read too.) */
static off_t size_of(const struct source *source)
{
    struct stat status;
    if (source->fd == STDIN_FILENO || source->gunzip != NULL || fstat(source->fd, &status) != 0 ||
        !S_ISREG(status.st_mode))
        return 0;
    return status.st_size;
}

void source_open(struct source *source, const char *path, uint64_t threads,
                 struct progress *progress)
{
    bool standard = strcmp(path, "-") == 0;
    *source = (struct source){.name = standard ? "stdin" : path, .progress = progress};
    source->fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (source->fd < 0)
        fail_errno("%s: cannot open", path);
    text_begin(&source->text);
    tell_kind(source, threads);
    source->size = size_of(source);
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

/* The next line begins at `offset` less what is unread, or behind it: so the line end before
 * it is a byte further in front. A line that begins at the span's end is of the span. */
bool source_span(struct source *source, struct span *span)
{
    struct text *text = &source->text;
    if (source->offset >= source->size)
        return false;
    off_t from = source->offset - (off_t)(text->end - text->at) - 1;
    off_t to = (from / TEXT_BLOCK + 1) * TEXT_BLOCK;
    off_t next = to + 1 < source->size ? to + 1 : source->size;
    *span = (struct span){source->name, source->fd, from, to};
    if (source->progress != NULL && next > source->offset)
        progress_add(source->progress, (size_t)(next - source->offset));
    text_set_end(text, text->at);
    source->offset = next;
    source->ended = next == source->size;
    return true;
}

void source_close(struct source *source)
{
    if (source->gunzip != NULL)
        gunzip_close(source->gunzip);
    text_free(&source->text);
    if (source->fd > STDIN_FILENO)
        close(source->fd);
    *source = (struct source){.name = source->name, .fd = -1};
}
