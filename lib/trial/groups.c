#include "trial/groups.h"

#include <stdlib.h>
#include <string.h>

size_t groups_arm(const struct groups *g)
{
    return g->keys.slots[g->key_count + g->stratum_count];
}

/* The bytes that `count` cells from the slot on take in a name, with their tabs. */
static size_t cells_length(const struct groups *g, const struct table *table, size_t from,
                           size_t count)
{
    size_t length = count;
    for (size_t i = from; i < from + count; i++)
        length += table_cell(table, g->keys.slots[i]).length;
    return length;
}

/* The part of a name from start to end, without the tab it begins with. */
static struct slice part(struct slice name, size_t start, size_t end)
{
    size_t tab = end > start;
    return (struct slice){name.bytes + start + tab, end - start - tab};
}

/* A group without moments, by its name: the key before `key_end`, the stratum before
 * `stratum_end`, the arm behind it. */
static void begin(struct groups *g, size_t number, size_t key_end, size_t stratum_end)
{
    struct slice name = g->keys.names.keys[number];
    g->groups = heap_grow(g->groups, &g->room, number + 1, sizeof *g->groups);
    g->groups[number] = (struct group){.key = part(name, 0, key_end),
                                       .stratum = part(name, key_end, stratum_end),
                                       .arm = part(name, stratum_end, name.length)};
}

void groups_begin(struct groups *g, const struct table *table, size_t number)
{
    size_t key_end = cells_length(g, table, 0, g->key_count);
    size_t stratum_end = key_end + cells_length(g, table, g->key_count, g->stratum_count);
    begin(g, number, key_end, stratum_end);
}

struct groups groups_alike(const struct groups *g)
{
    size_t *slots = heap_take(g->keys.count, sizeof *slots);
    memcpy(slots, g->keys.slots, g->keys.count * sizeof *slots);
    return (struct groups){.keys = {.slots = slots, .count = g->keys.count},
                           .key_count = g->key_count,
                           .stratum_count = g->stratum_count};
}

/* The group of that name as another of `groups` has it. */
static struct group *find_group(struct groups *g, const struct group *like, struct slice name)
{
    size_t count = g->keys.names.count, number = map_add(&g->keys.names, name);
    size_t stratum_end = name.length - like->arm.length - 1;
    size_t stratum = g->stratum_count > 0 ? like->stratum.length + 1 : 0;
    if (number == count)
        begin(g, number, stratum_end - stratum, stratum_end);
    return &g->groups[number];
}

void groups_merge(struct groups *g, const struct groups *from)
{
    for (size_t i = 0; i < from->keys.names.count; i++) {
        const struct group *other = &from->groups[i];
        struct group *group = find_group(g, other, from->keys.names.keys[i]);
        for (size_t outcome = 0; outcome < other->outcomes; outcome++)
            moments_merge(group_moments(group, outcome), &other->moments[outcome]);
    }
}

void group_widen(struct group *group, size_t outcomes)
{
    size_t room = group->outcomes, old = room;
    group->moments = heap_grow(group->moments, &room, outcomes, sizeof *group->moments);
    memset(group->moments + old, 0, (room - old) * sizeof *group->moments);
    group->outcomes = room;
}

static int by_name(const void *a, const void *b)
{
    const struct group *one = a, *other = b;
    int order = slice_compare(one->key, other->key);
    if (order == 0)
        order = slice_compare(one->stratum, other->stratum);
    return order != 0 ? order : slice_compare(one->arm, other->arm);
}

void groups_sort(struct groups *g)
{
    if (g->keys.names.count > 0)
        qsort(g->groups, g->keys.names.count, sizeof *g->groups, by_name);
}

size_t groups_same_key(const struct group *groups, size_t count)
{
    size_t same = 1;
    while (same < count && slice_equal(groups[same].key, groups[0].key))
        same++;
    return same;
}

size_t groups_same_stratum(const struct group *groups, size_t count)
{
    size_t same = 1;
    while (same < count && slice_equal(groups[same].key, groups[0].key) &&
           slice_equal(groups[same].stratum, groups[0].stratum))
        same++;
    return same;
}

void groups_free(struct groups *g)
{
    for (size_t i = 0; i < g->keys.names.count; i++)
        free(g->groups[i].moments);
    free(g->groups);
    keys_free(&g->keys);
}
