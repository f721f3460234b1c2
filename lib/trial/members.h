/*
 * members: rows of effects, family by family.
 *
 * Rows are held as they come, each with the number of its family, and handed out sorted by it. Of
 * the columns that say what a row is of, a family has the cells in which all its rows are alike;
 * where they differ it has `*`.
 */
#ifndef JF_MEMBERS_H
#define JF_MEMBERS_H

#include <stdint.h>

#include "base/heap.h"
#include "base/message.h"
#include "base/slice.h"
#include "number/wald.h"

struct table;
struct sink;

struct member {
    struct place place;
    size_t family;
    size_t people;    /* number of those that the row is of, where several families share some */
    uint64_t persons; /* how many, where both arms have one variance; else 0 */
    struct wald_effect effect;
};

/* One family's. */
struct members_family {
    struct slice *cells; /* by column shown */
    uint64_t line;       /* the first row's */
    size_t rows;
};

/* A zeroed struct shows no columns and has no rows. */
struct members {
    size_t *shown, shown_count, shown_room; /* slots */
    struct member *rows;
    size_t count, room;
    struct members_family *families; /* by number */
    size_t families_room;
    struct arena cells;
};

/* Shows a column, by its slot. */
void members_show(struct members *members, size_t slot);

/* Adds a row, with the table's row at hand. */
void members_add(struct members *members, const struct table *row, const struct member *member);

/* Whether all rows of the family so far have the same cell in that slot, which is shown or no
 * column's. */
bool members_alike(const struct members *members, size_t family, size_t slot);

/* Where each of `families` families begins among rows that are sorted, and these: within a family
 * in the order of `order`, row numbers; NULL: as they came. The caller frees both. */
const struct member **members_sort(const struct members *members, const size_t *order,
                                   size_t families, size_t **starts);

/* Adds the cells of a family to a row in the making; or the columns' names, to a header. */
void members_put(const struct members *members, size_t family, struct sink *sink);
void members_put_names(const struct members *members, const struct table *table, struct sink *sink);

void members_free(struct members *members);

#endif
