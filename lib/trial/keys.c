#include "trial/keys.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"

struct keys keys_begin(const size_t *slots, size_t count)
{
    return (struct keys){.slots = slots, .count = count};
}

/* Whether the row's cells are those of the name: a tab, a cell, a tab, a cell. */
static inline bool is_key(const struct keys *k, const struct table *table, size_t number)
{
    struct slice name = k->names.keys[number];
    const char *at = name.bytes, *end = at + name.length;
    if (k->count == 1)
        return slice_equal((struct slice){at + 1, name.length - 1}, table_cell(table, k->slots[0]));
    for (size_t i = 0; i < k->count; i++) {
        struct slice cell = table_cell(table, k->slots[i]);
        if (cell.length >= (size_t)(end - at) || *at != '\t' ||
            !slice_same(at + 1, cell.bytes, cell.length))
            return false;
        at += cell.length + 1;
    }
    return at == end;
}

static struct slice name_of_row(struct keys *k, const struct table *table)
{
    size_t length = 0;
    for (size_t i = 0; i < k->count; i++) {
        struct slice cell = table_cell(table, k->slots[i]);
        k->name = heap_grow(k->name, &k->name_room, length + cell.length + 1, 1);
        k->name[length++] = '\t';
        memcpy(k->name + length, cell.bytes, cell.length);
        length += cell.length;
    }
    return (struct slice){k->name, length};
}

/* The key's number by its name; from now on it is what follows the last one. */
static size_t look_up(struct keys *k, const struct table *table)
{
    size_t count = k->names.count;
    size_t number = map_add(&k->names, name_of_row(k, table));
    if (number == count) {
        k->next = heap_grow(k->next, &k->next_room, number + 1, sizeof *k->next);
        k->next[number] = (uint32_t)number; /* the same once more, until seen otherwise */
    }
    k->next[k->last] = (uint32_t)number;
    return number;
}

size_t keys_of_row(struct keys *k, const struct table *table)
{
    if (k->names.count > 0 && is_key(k, table, k->next[k->last]))
        return k->last = k->next[k->last];
    return k->last = look_up(k, table);
}

void keys_free(struct keys *k)
{
    map_free(&k->names);
    free(k->next);
    free(k->name);
}
