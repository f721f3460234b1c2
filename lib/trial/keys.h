/*
 * keys: the cells that name what a row belongs to, numbered 0, 1, 2, ...
 *
 * A key is the cells of some columns; a group of jf-diff, an arm of jf-hist. Streams are
 * sorted more often than not, by person or by month, so the key that follows another is
 * mostly the one that followed it the last time: a row is compared with that one first, and
 * looked up only if it is another. What is held is the keys, never the rows.
 */
#ifndef JF_KEYS_H
#define JF_KEYS_H

#include "base/heap.h"
#include "base/map.h"
#include "base/slice.h"
#include "stream/table.h"

/* Columns of a key that stand beside each other in the table: slots of the first and the last. */
struct keys_run {
    size_t front, back;
};

struct keys {
    const size_t *slots; /* of the table: the columns, in the order of the key's cells */
    size_t count;
    struct keys_run *runs; /* all of them, in whatever order */
    size_t run_count;
    struct map names; /* the cells, a tab before each */
    size_t last;      /* number of the last row's key */
    uint32_t *next;   /* by number: the key that came after it, the last time */
    size_t next_room;
    char *name; /* of a row that is looked up */
    size_t name_room;
    struct slice *images; /* by number, and run: the cells as they stand in a row */
    size_t images_room;
    struct arena bytes; /* of the images */
};

/* Keys of these columns of the table; the slots must outlive them. Or of the columns that
 * other keys are of. */
struct keys keys_begin(const struct table *table, const size_t *slots, size_t count);
struct keys keys_like(const struct keys *keys);

static inline size_t keys_count(const struct keys *keys)
{
    return keys->names.count;
}

/* Whether that name is the row's. */
bool keys_named(const struct table *row, const size_t *slots, size_t count, struct slice name);

/* The bytes of the row from the first to the last of the run's columns. */
static inline struct slice keys_image(const struct keys_run *run, const struct table *row)
{
    struct slice front = table_cell(row, run->front), back = table_cell(row, run->back);
    return (struct slice){front.bytes, (size_t)(back.bytes + back.length - front.bytes)};
}

/* What keys_of_row does where the key is not the one that followed the last time; the number is
 * keys->last. */
bool keys_look_up(struct keys *keys, const struct table *row);

/* Whether the row has these images in the runs behind the first. */
bool keys_alike(const struct keys *keys, const struct table *row, const struct slice *images);

/* Whether the row's key is the one that followed the last time; then it is the last. */
static inline bool keys_follows(struct keys *keys, const struct table *row)
{
    if (keys->names.count == 0)
        return false;
    size_t next = keys->next[keys->last];
    const struct slice *images = keys->images + next * keys->run_count;
    if ((keys->run_count > 0 && !slice_equal(*images, keys_image(keys->runs, row))) ||
        (keys->run_count > 1 && !keys_alike(keys, row, images)))
        return false;
    keys->last = next;
    return true;
}

/* The number of the row's key; true if it is new. */
static inline bool keys_of_row(struct keys *keys, const struct table *row, size_t *number)
{
    bool fresh = !keys_follows(keys, row) && keys_look_up(keys, row);
    *number = keys->last;
    return fresh;
}

/* The same of a key of other keys of such columns. For merging, when all rows were asked for:
 * what follows it is not known. */
bool keys_add(struct keys *keys, const struct keys *from, size_t key, size_t *number);

/* The key's cells, tabs between them. */
static inline struct slice keys_cells(const struct keys *keys, size_t number)
{
    struct slice name = keys->names.keys[number];
    size_t tab = name.length > 0;
    return (struct slice){name.bytes + tab, name.length - tab};
}

/* Cells with tabs between them, in the order in which every program shows keys: cell by cell,
 * numbers before texts, numbers by value, equal ones and texts bytewise. Below, at or above 0. */
int keys_compare(struct slice a, struct slice b);

/* Whether a column of that name is time: period and window. Keys that differ in nothing else are of
 * the same people. */
bool keys_names_time(struct slice name);

/* The cells of a key that are time, tabs between them, in a buffer of the caller's that grows.
 * `names` are the columns'. */
struct slice keys_time(const struct slice *names, size_t count, struct slice cells, char **buffer,
                       size_t *room);

/* The keys' numbers in that order; the caller frees. */
size_t *keys_order(const struct keys *keys);

/* The row's cells in these columns, a tab before each, in a buffer of the caller's that grows. */
struct slice keys_name(const struct table *row, const size_t *slots, size_t count, char **buffer,
                       size_t *room);

void keys_free(struct keys *keys);

#endif
