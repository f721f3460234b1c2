#include "trial/labels.h"

#include <stdlib.h>

#include "base/message.h"
#include "stream/table.h"
#include "trial/cell.h"

/* The length of the blank that `bytes` begin with; 0 where that is none. A byte A0 in front is
 * of no UTF-8 character. */
static size_t blank_in_front(struct slice text)
{
    static const struct slice wide[] = {{"\302\240", 2}, {"\342\200\213", 3}, {"\357\273\277", 3}};
    if (text.length == 0)
        return 0;
    if (memchr(" \t\v\f\r\240", text.bytes[0], 6) != NULL)
        return 1;
    for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++)
        if (text.length >= wide[i].length && slice_same(text.bytes, wide[i].bytes, wide[i].length))
            return wide[i].length;
    return 0;
}

/* The same behind. There A0 may end a character, unless ASCII stands before it. */
static size_t blank_behind(struct slice text)
{
    for (size_t length = 1; length <= 3 && length <= text.length; length++) {
        size_t rest = text.length - length;
        bool alone = length > 1 || text.bytes[rest] != '\240' || rest == 0 ||
                     (unsigned char)text.bytes[rest - 1] < 0x80;
        if (alone && blank_in_front((struct slice){text.bytes + rest, length}) == length)
            return length;
    }
    return 0;
}

/* A byte that is no blank, nor part of one. */
static bool is_plain(char byte)
{
    return byte > ' ' && byte <= '~';
}

struct slice labels_trim(struct slice text)
{
    size_t blank;
    if (text.length > 0 && is_plain(text.bytes[0]) && is_plain(text.bytes[text.length - 1]))
        return text;
    while ((blank = blank_in_front(text)) > 0)
        text = (struct slice){text.bytes + blank, text.length - blank};
    while ((blank = blank_behind(text)) > 0)
        text.length -= blank;
    return text;
}

const struct label *labels_meet(struct labels *l, struct slice text, uint64_t line)
{
    size_t number;
    struct slice trimmed = labels_trim(text);
    if (!map_add(&l->trimmed, trimmed, &number))
        return slice_equal(text, l->met[number].text) ? NULL : &l->met[number];
    l->met = heap_grow(l->met, &l->room, number + 1, sizeof *l->met);
    struct slice kept =
        trimmed.length == text.length ? l->trimmed.keys[number] : arena_keep(&l->bytes, text);
    l->met[number] = (struct label){kept, line};
    return NULL;
}

void labels_check(struct labels *l, const struct table *row, size_t slot, const char *role)
{
    struct slice text = table_cell(row, slot);
    struct place place = table_place(row, slot);
    if (cell_missing(text) || cell_missing(labels_trim(text)))
        fail_at(place, "a missing %s; mend the cell, or leave such rows out before", role);
    const struct label *other = labels_meet(l, text, place.line);
    if (other == NULL)
        return;
    if (table_column(row, slot) == row->id)
        fail_at(place, "the cell and that of line %llu differ only in outer blanks; mend one",
                (unsigned long long)other->line);
    fail_at(place, "%s and %s (line %llu) differ only in outer blanks; mend the label",
            quoted(text), quoted(other->text), (unsigned long long)other->line);
}

void labels_free(struct labels *l)
{
    map_free(&l->trimmed);
    free(l->met);
    arena_free(&l->bytes);
}
