#include "trial/keys.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "number/decimal.h"

/* The place among the key's columns of one of that number; `count` where it is none. */
static size_t place_of(const struct table *table, const size_t *slots, size_t count, size_t column)
{
    size_t place = 0;
    while (place < count && table_column(table, slots[place]) != column)
        place++;
    return place;
}

/* A run begins with each column that none of the others stands before. */
struct keys keys_begin(const struct table *table, const size_t *slots, size_t count)
{
    struct keys keys = {.slots = slots, .count = count};
    keys.runs = heap_take(count, sizeof *keys.runs);
    for (size_t i = 0; i < count; i++) {
        size_t next, back = i, column = table_column(table, slots[i]);
        if (column > 0 && place_of(table, slots, count, column - 1) < count)
            continue;
        while ((next = place_of(table, slots, count, ++column)) < count)
            back = next;
        keys.runs[keys.run_count++] = (struct keys_run){slots[i], slots[back]};
    }
    return keys;
}

struct keys keys_like(const struct keys *k)
{
    struct keys keys = {.slots = k->slots, .count = k->count, .run_count = k->run_count};
    keys.runs = heap_take(k->count, sizeof *keys.runs);
    memcpy(keys.runs, k->runs, k->run_count * sizeof *keys.runs);
    return keys;
}

bool keys_named(const struct table *row, const size_t *slots, size_t count, struct slice name)
{
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        struct slice cell = table_cell(row, slots[i]);
        if (cell.length >= name.length - at || name.bytes[at] != '\t' ||
            !slice_same(name.bytes + at + 1, cell.bytes, cell.length))
            return false;
        at += cell.length + 1;
    }
    return at == name.length;
}

struct slice keys_name(const struct table *row, const size_t *slots, size_t count, char **buffer,
                       size_t *room)
{
    size_t length = 0;
    for (size_t i = 0; i < count; i++) {
        struct slice cell = table_cell(row, slots[i]);
        char *name = *buffer = heap_grow(*buffer, room, length + cell.length + 1, 1);
        name[length++] = '\t';
        memcpy(name + length, cell.bytes, cell.length);
        length += cell.length;
    }
    return (struct slice){*buffer, length};
}

bool keys_alike(const struct keys *k, const struct table *row, const struct slice *images)
{
    for (size_t i = 1; i < k->run_count; i++)
        if (!slice_equal(images[i], keys_image(&k->runs[i], row)))
            return false;
    return true;
}

static void keep_images(struct keys *k, const struct table *table, size_t number)
{
    size_t first = number * k->run_count;
    k->images = heap_grow(k->images, &k->images_room, first + k->run_count, sizeof *k->images);
    for (size_t i = 0; i < k->run_count; i++)
        k->images[first + i] = arena_keep(&k->bytes, keys_image(&k->runs[i], table));
}

/* From now on it is what follows the last one. */
bool keys_look_up(struct keys *k, const struct table *table)
{
    size_t number;
    struct slice name = keys_name(table, k->slots, k->count, &k->name, &k->name_room);
    bool fresh = map_add(&k->names, name, &number);
    if (fresh) {
        k->next = heap_grow(k->next, &k->next_room, number + 1, sizeof *k->next);
        k->next[number] = (uint32_t)number; /* the same once more, until seen otherwise */
        keep_images(k, table, number);
    }
    k->next[k->last] = (uint32_t)number;
    k->last = number;
    return fresh;
}

bool keys_add(struct keys *k, const struct keys *from, size_t key, size_t *number)
{
    return map_add(&k->names, from->names.keys[key], number);
}

bool keys_names_time(struct slice name)
{
    return slice_equal(name, slice_of("period")) || slice_equal(name, slice_of("window"));
}

struct slice keys_time(const struct slice *names, size_t count, struct slice cells, char **buffer,
                       size_t *room)
{
    size_t length = 0;
    char *time = *buffer = heap_grow(*buffer, room, cells.length + 1, 1);
    for (size_t i = 0; i < count; i++) {
        struct slice cell = slice_cut(&cells, '\t');
        if (!keys_names_time(names[i]))
            continue;
        if (length > 0)
            time[length++] = '\t';
        memcpy(time + length, cell.bytes, cell.length);
        length += cell.length;
    }
    return (struct slice){time, length};
}

static bool is_digits(struct slice cell)
{
    size_t i = 0;
    while (i < cell.length && cell.bytes[i] >= '0' && cell.bytes[i] <= '9')
        i++;
    return i == cell.length;
}

/* One cell. What has more digits than are held is a text. */
static int compare_cells(struct slice a, struct slice b)
{
    struct decimal one, other;
    if (a.length == b.length && is_digits(a) && is_digits(b))
        return slice_compare(a, b); /* the same, and quick */
    bool number = decimal_parse(a, '.', &one) == DECIMAL_GOOD;
    bool other_number = decimal_parse(b, '.', &other) == DECIMAL_GOOD;
    if (number != other_number)
        return number ? -1 : 1;
    int order = number ? decimal_compare(one, other) : 0;
    return order != 0 ? order : slice_compare(a, b);
}

int keys_compare(struct slice a, struct slice b)
{
    int order = 0;
    if (slice_equal(a, b))
        return 0;
    while (order == 0 && (a.length > 0 || b.length > 0))
        order = compare_cells(slice_cut(&a, '\t'), slice_cut(&b, '\t'));
    return order;
}

/* qsort passes no context along, so what is sorted brings its key with it. */
struct ordered {
    struct slice key;
    size_t number;
};

static int by_key(const void *a, const void *b)
{
    return keys_compare(((const struct ordered *)a)->key, ((const struct ordered *)b)->key);
}

size_t *keys_order(const struct keys *k)
{
    size_t count = keys_count(k);
    struct ordered *ordered = heap_take(count, sizeof *ordered);
    size_t *order = heap_take(count, sizeof *order);
    for (size_t i = 0; i < count; i++)
        ordered[i] = (struct ordered){keys_cells(k, i), i};
    qsort(ordered, count, sizeof *ordered, by_key);
    for (size_t i = 0; i < count; i++)
        order[i] = ordered[i].number;
    free(ordered);
    return order;
}

void keys_free(struct keys *k)
{
    map_free(&k->names);
    free(k->next);
    free(k->name);
    free(k->images);
    free(k->runs);
    arena_free(&k->bytes);
}
