#include "trial/gather.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "base/message.h"
#include "base/slice.h"
#include "number/decimal.h"
#include "number/moments.h"
#include "stream/rows.h"
#include "stream/sink.h"
#include "trial/cell.h"
#include "trial/persons.h"
#include "trial/watch.h"

/* The row before: rows of a person that follow each other have one cluster. */
struct last {
    struct slice id, cluster; /* in the stream, or in `bytes`; no id: there is no row before */
    char *bytes;
    size_t room;
};

struct gather {
    struct design *design;
    struct groups *groups;
    bool comma;
    struct last last; /* of the piece before a seam */
    bool torn;        /* a person has two clusters */
};

/* What a thread holds. */
struct part {
    struct last last;
    bool torn;
    const struct design *design;
    struct numbers numbers;
    struct groups groups;
    struct watch_part watch;
};

static void last_keep(struct last *last)
{
    size_t length = last->id.length;
    if (last->id.bytes == NULL || last->id.bytes == last->bytes)
        return;
    last->bytes = heap_grow(last->bytes, &last->room, length + last->cluster.length + 1, 1);
    memcpy(last->bytes, last->id.bytes, length);
    memcpy(last->bytes + length, last->cluster.bytes, last->cluster.length);
    last->id.bytes = last->bytes;
    last->cluster.bytes = last->bytes + length;
}

/* Whether the row is of the person before, and of another cluster; it is the last now. */
static bool last_torn(struct last *last, const struct design *design, const struct table *row)
{
    struct slice id = table_cell(row, design->persons.id);
    struct slice cluster = table_cell(row, design->cluster.slots[0]);
    bool torn =
        last->id.bytes != NULL && !slice_equal(cluster, last->cluster) && slice_equal(id, last->id);
    last->id = id;
    last->cluster = cluster;
    return torn;
}

static bool has_clusters(const struct design *design)
{
    return design->cluster.count > 0 && design->persons.id != TABLE_NONE;
}

static void begin(void *context, const void *whole)
{
    const struct gather *g = whole;
    struct part *part = context;
    part->design = g->design;
    part->numbers.comma = g->comma;
    part->groups = groups_begin(g->design);
    watch_begin(&part->watch, &g->design->persons.watch);
}

/* The value of an outcome in the row at hand, to its group. */
static inline void add_value(struct part *part, const struct table *row, struct group *group,
                             size_t outcome)
{
    struct decimal value;
    struct moments *moments = group_moments(group, outcome);
    const struct design *design = part->design;
    size_t slot = design->values[outcome];
    if (cell_decimal(&part->numbers, row, slot, &value))
        moments_add(moments, value);
    else if (design->options->missing == DESIGN_MISSING_DROP)
        moments->missing++;
    else
        fail_at(table_place(row, slot),
                "a missing outcome; say --missing drop to leave such rows out and count them");
}

static enum rows_verdict take(void *context, const struct table *row, struct sink *out)
{
    struct part *part = context;
    bool fresh;
    struct group *group = groups_of_row(&part->groups, row, &fresh);
    (void)out;
    if (fresh) {
        persons_add_key(&part->design->persons, &part->watch, group->key);
        return ROWS_MEET;
    }
    persons_take(&part->design->persons, &part->watch, row, part->groups.keys.last);
    if (has_clusters(part->design))
        part->torn |= last_torn(&part->last, part->design, row);
    for (size_t i = 0; i < part->design->outcomes.count; i++)
        add_value(part, row, group, i);
    return ROWS_TAKEN;
}

static void meet(void *context, struct table *row)
{
    const struct gather *g = context;
    bool fresh;
    design_meet(g->design, row);
    if (g->design->cluster.count == 0)
        return;
    groups_of_row(g->groups, row, &fresh);
    groups_bound(g->groups, row);
}

static void cut(void *part)
{
    watch_cut(&((struct part *)part)->watch);
    ((struct part *)part)->last.id = (struct slice){0};
}

static void hold(void *part)
{
    watch_hold(&((struct part *)part)->watch);
    last_keep(&((struct part *)part)->last);
}

static void seam(void *context, const struct table *row, bool first)
{
    struct gather *g = context;
    persons_seam(&g->design->persons, row, first);
    if (!has_clusters(g->design))
        return;
    bool torn = last_torn(&g->last, g->design, row);
    g->torn |= torn && first;
    last_keep(&g->last);
}

static void merge(void *context, void *part)
{
    struct gather *g = context;
    groups_merge(g->groups, &((struct part *)part)->groups);
    g->torn |= ((struct part *)part)->torn;
    watch_end(&((struct part *)part)->watch);
}

static void free_part(void *part)
{
    groups_free(&((struct part *)part)->groups);
    watch_drop(&((struct part *)part)->watch);
    free(((struct part *)part)->last.bytes);
}

/* It is an error if somebody stands twice in a key. */
static void check_persons(struct groups *groups, struct persons *persons)
{
    if (!persons_twice(persons))
        return;
    groups_sort(groups);
    for (size_t i = 0, same; i < groups_count(groups); i += same) {
        same = groups_of_key(groups->groups + i, groups_count(groups) - i);
        persons_name(persons, groups->groups[i].key);
    }
    persons_fail(persons);
}

/* It is an error if rows of a person that follow each other are of two clusters. Which they are is
 * not said, so that it is the same for any number of threads. */
static void check_clusters(const struct gather *g)
{
    if (g->torn)
        fail_at((struct place){.column = table_name(g->design->table, g->design->cluster.slots[0])},
                "rows of one person that follow each other are of two clusters; a person has one, "
                "as it was when lots were drawn: attach it to the list (jf-split)");
}

/* Each row has a value of the first outcome or none. */
static uint64_t count_rows(struct groups *groups)
{
    uint64_t rows = 0;
    for (size_t i = 0; i < groups_count(groups); i++) {
        const struct moments *moments = group_moments(&groups->groups[i], 0);
        rows += moments->n + moments->missing;
    }
    return rows;
}

uint64_t gather_rows(struct groups *groups, struct design *design, struct table *table, bool comma)
{
    struct gather gather = {.design = design, .groups = groups, .comma = comma};
    bool watched = design->persons.id != TABLE_NONE;
    rows_read(table, &(struct rows_work){.context = &gather,
                                         .part_size = sizeof(struct part),
                                         .begin = begin,
                                         .take = take,
                                         .meet = meet,
                                         .cut = cut,
                                         .hold = hold,
                                         .seam = watched ? seam : NULL,
                                         .merge = merge,
                                         .free = free_part});
    free(gather.last.bytes);
    check_persons(groups, &design->persons);
    check_clusters(&gather);
    return count_rows(groups);
}
