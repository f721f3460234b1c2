#include "stream/span.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/heap.h"
#include "base/message.h"

/* Puts the bytes from `at` on behind the text, at most `length`; how many it were. */
static size_t read_at(const struct span *span, off_t at, size_t length, struct text *text)
{
    ssize_t got;
    text_make_room(text, length);
    do
        got = pread(span->fd, text->bytes + text->end, length, at);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        fail_errno("%s: cannot read", span->file);
    text_set_end(text, text->end + (size_t)got);
    return (size_t)got;
}

/* Reads from `at` on to the end of the last line, which the span's end has cut or
 * comes right before. */
static void read_on(const struct span *span, off_t at, struct text *text)
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

void span_read(struct span *span, struct text *text)
{
    off_t at = span->from;
    size_t got = 1;
    text_begin(text);
    while (at < span->to && got > 0) {
        got = read_at(span, at, (size_t)(span->to - at), text);
        at += (off_t)got;
    }
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
