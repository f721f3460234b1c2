#include "trial/labels.h"

#include <stdlib.h>

#include "base/message.h"
#include "stream/table.h"
#include "trial/cell.h"

const struct label *labels_meet(struct labels *l, struct slice text, uint64_t line)
{
    size_t number;
    struct slice trimmed = slice_trim(text);
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
    if (cell_missing(text) || cell_missing(slice_trim(text)))
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
