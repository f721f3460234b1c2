#include "stream/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/heap.h"

void text_set_end(struct text *text, size_t end)
{
    text->end = end;
    memset(text->bytes + end, '\n', TEXT_PAD);
}

/* Grows the buffer to at least `room` bytes, with what it holds. */
static void widen(struct text *text, size_t room)
{
    size_t size = text->room > 0 ? text->room + TEXT_PAD : 0;
    text->bytes = heap_grow(text->bytes, &size, room + TEXT_PAD, 1);
    text->room = size - TEXT_PAD;
    size_t page = (size_t)(uintptr_t)(text->bytes + TEXT_HEAD) % HEAP_PAGE;
    text->block = TEXT_HEAD + (page > 0 ? HEAP_PAGE - page : 0);
}

void text_begin(struct text *text)
{
    if (text->bytes == NULL)
        widen(text, TEXT_HEAD + HEAP_PAGE + TEXT_BLOCK + TEXT_TAIL);
    text->at = text->block;
    text_set_end(text, text->block);
}

void text_make_room(struct text *text, size_t length)
{
    size_t unread = text->end - text->at;
    size_t to = unread <= TEXT_HEAD ? text->block - unread : text->at;
    if (unread > TEXT_HEAD && text->room - text->end < length && text->at >= unread)
        to = 0;
    memmove(text->bytes + to, text->bytes + text->at, unread);
    text->at = to;
    text->end = to + unread;
    if (text->room - text->end < length)
        widen(text, text->end + length);
}

void text_take(struct text *text, const struct text *other, size_t from)
{
    size_t length = other->end - from;
    if (length > TEXT_HEAD)
        widen(text, text->block + length);
    text->at = length > TEXT_HEAD ? text->block : text->block - length;
    memcpy(text->bytes + text->at, other->bytes + from, length);
    text_set_end(text, text->at + length);
}

void text_add_block(struct text *text, struct text *other, size_t length)
{
    struct text given = *other;
    size_t unread = text->end - text->at;
    if (unread > TEXT_HEAD) {
        text_make_room(text, length);
        memcpy(text->bytes + text->end, given.bytes + given.block, length);
        text_set_end(text, text->end + length);
        return;
    }
    given.at = given.block - unread;
    memcpy(given.bytes + given.at, text->bytes + text->at, unread);
    text_set_end(&given, given.block + length);
    *other = *text;
    *text = given;
}

void text_free(struct text *text)
{
    free(text->bytes);
    *text = (struct text){0};
}
