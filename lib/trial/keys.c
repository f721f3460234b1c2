/*
 * How a row is compared with a key
 * --------------------------------
 * Mostly the key's columns stand beside each other, and then so do the cells of a
 * row: the bytes from the first to the last, tabs included, are the row's image
 * of its key, and one comparison tells. What the image of a key is depends on
 * the order of the columns:
 *     ALIKE     that of the key's cells: the image is the name without its first tab
 *     TOGETHER  another one: the image is kept when the key comes for the first time
 *     APART     other columns lie between: each cell is compared with its part of the name
 */
#include "trial/keys.h"

#include <stdlib.h>
#include <string.h>

static enum keys_order order_of(struct keys *k, const struct table *table)
{
    if (k->count == 0)
        return KEYS_APART;
    bool alike = true;
    k->front = k->back = k->slots[0];
    for (size_t i = 1; i < k->count; i++) {
        size_t column = table_column(table, k->slots[i]);
        alike &= column == table_column(table, k->slots[i - 1]) + 1;
        if (column < table_column(table, k->front))
            k->front = k->slots[i];
        if (column > table_column(table, k->back))
            k->back = k->slots[i];
    }
    if (alike)
        return KEYS_ALIKE;
    size_t span = table_column(table, k->back) - table_column(table, k->front) + 1;
    return span == k->count ? KEYS_TOGETHER : KEYS_APART;
}

/* The bytes of the row from the first to the last of the columns. */
static struct slice image_of_row(const struct keys *k, const struct table *table)
{
    struct slice front = table_cell(table, k->front), back = table_cell(table, k->back);
    return (struct slice){front.bytes, (size_t)(back.bytes + back.length - front.bytes)};
}

/* Whether the row's cells are those of the name: a tab, a cell, a tab, a cell. */
static bool is_named(const struct keys *k, const struct table *table, struct slice name)
{
    const char *at = name.bytes, *end = at + name.length;
    for (size_t i = 0; i < k->count; i++) {
        struct slice cell = table_cell(table, k->slots[i]);
        if (cell.length >= (size_t)(end - at) || *at != '\t' ||
            !slice_same(at + 1, cell.bytes, cell.length))
            return false;
        at += cell.length + 1;
    }
    return at == end;
}

static inline bool is_key(const struct keys *k, const struct table *table, size_t number)
{
    if (k->order == KEYS_APART)
        return is_named(k, table, k->names.keys[number]);
    struct slice image = k->order == KEYS_ALIKE ? keys_cells(k, number) : k->images[number];
    return slice_equal(image, image_of_row(k, table));
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

/* A key that came for the first time. */
static void begin_key(struct keys *k, const struct table *table, size_t number)
{
    k->next = heap_grow(k->next, &k->next_room, number + 1, sizeof *k->next);
    k->next[number] = (uint32_t)number; /* the same once more, until seen otherwise */
    if (k->order != KEYS_TOGETHER)
        return;
    struct slice image = image_of_row(k, table);
    char *bytes = arena_take(&k->image_bytes, image.length);
    memcpy(bytes, image.bytes, image.length);
    k->images = heap_grow(k->images, &k->images_room, number + 1, sizeof *k->images);
    k->images[number] = (struct slice){bytes, image.length};
}

/* The key's number by its name; from now on it is what follows the last one. */
static size_t look_up(struct keys *k, const struct table *table)
{
    size_t count = k->names.count;
    size_t number = map_add(&k->names, name_of_row(k, table));
    if (number == count)
        begin_key(k, table, number);
    k->next[k->last] = (uint32_t)number;
    return number;
}

size_t keys_of_row(struct keys *k, const struct table *table)
{
    if (k->names.count == 0)
        k->order = order_of(k, table);
    else if (is_key(k, table, k->next[k->last]))
        return k->last = k->next[k->last];
    return k->last = look_up(k, table);
}

void keys_free(struct keys *k)
{
    map_free(&k->names);
    free(k->slots);
    free(k->next);
    free(k->name);
    free(k->images);
    arena_free(&k->image_bytes);
}
