#include "groups.h"

#include <stdlib.h>
#include <string.h>

/* Adds a cell and a tab to the name, which is `length` long. */
static size_t name_add(struct groups *g, size_t length, struct slice cell)
{
    g->name = heap_grow(g->name, &g->name_room, length + cell.length + 1, 1);
    if (cell.length > 0)
        memcpy(g->name + length, cell.bytes, cell.length);
    g->name[length + cell.length] = '\t';
    return length + cell.length + 1;
}

/* The part of a name from start to end, without the tab at its end. */
static struct slice part(struct slice name, size_t start, size_t end)
{
    return (struct slice){name.bytes + start, end > start ? end - start - 1 : 0};
}

struct group *groups_of_row(struct groups *g, const struct table *table, bool *fresh)
{
    const struct groups_plan *plan = &g->plan;
    size_t length = 0, count = g->names.count;
    for (size_t i = 0; i < plan->key_count; i++)
        length = name_add(g, length, table->cells[plan->key[i]]);
    size_t key_end = length;
    for (size_t i = 0; i < plan->stratum_count; i++)
        length = name_add(g, length, table->cells[plan->stratum[i]]);
    size_t stratum_end = length;
    length = name_add(g, length, table->cells[plan->arm]);
    size_t number = map_add(&g->names, (struct slice){g->name, length});
    *fresh = number == count;
    if (*fresh) {
        struct slice name = g->names.keys[number];
        g->groups = heap_grow(g->groups, &g->room, number + 1, sizeof *g->groups);
        g->groups[number] = (struct group){.key = part(name, 0, key_end),
                                           .stratum = part(name, key_end, stratum_end),
                                           .arm = part(name, stratum_end, length)};
    }
    return &g->groups[number];
}

struct moments *group_moments(struct group *group, size_t outcome)
{
    if (outcome >= group->outcomes) {
        size_t room = group->outcomes, old = room;
        group->moments = heap_grow(group->moments, &room, outcome + 1, sizeof *group->moments);
        memset(group->moments + old, 0, (room - old) * sizeof *group->moments);
        group->outcomes = room;
    }
    return &group->moments[outcome];
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
    if (g->names.count > 0)
        qsort(g->groups, g->names.count, sizeof *g->groups, by_name);
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
    for (size_t i = 0; i < g->names.count; i++)
        free(g->groups[i].moments);
    free(g->groups);
    free(g->name);
    free(g->plan.key);
    free(g->plan.stratum);
    map_free(&g->names);
}
