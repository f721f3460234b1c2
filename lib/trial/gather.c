#include "trial/gather.h"

#include <stdlib.h>
#include <string.h>

#include "trial/cell.h"
#include "base/heap.h"
#include "stream/rows.h"

/* What a thread holds. */
struct gather_part {
    struct numbers numbers;
    struct groups groups;
};

static void see_arm(const struct gather *g, const struct table *table)
{
    size_t slot = groups_arm(g->groups);
    arms_see(g->arms, table_cell(table, slot), table_place(table, slot));
}

static void add_values(const struct gather *g, struct gather_part *part, const struct table *table,
                       struct group *group)
{
    for (size_t i = 0; i < g->outcome_count; i++) {
        struct decimal value;
        struct moments *moments = group_moments(group, i);
        if (cell_decimal(&part->numbers, table, g->outcomes[i], &value))
            moments_add(moments, value);
        else if (g->drop_missing)
            moments->missing++;
        else
            fail_at(table_place(table, g->outcomes[i]),
                    "a missing outcome; say --missing drop to leave such rows out and count them");
    }
}

/* Adds the rows of a share, in any thread. */
static bool pass(void *context, unsigned thread, struct table *table, struct share *share)
{
    const struct gather *g = context;
    struct gather_part *part = g->parts[thread];
    bool fresh;
    while (table_pass(table)) {
        struct group *group = groups_of_row(&part->groups, table, &fresh);
        if (fresh)
            share_tell(share, table, 0);
        add_values(g, part, table, group);
    }
    return true;
}

/* Sees the first row of a group that was new to its thread. */
static void see(void *context, struct table *table, const struct share *share, size_t note)
{
    (void)share, (void)note;
    table_cut(table);
    see_arm(context, table);
}

/* Adds the rows that a thread has left. */
static void settle(void *context, struct table *table)
{
    const struct gather *g = context;
    bool fresh;
    while (table_next(table)) {
        struct group *group = groups_of_row(&g->parts[0]->groups, table, &fresh);
        if (fresh)
            see_arm(g, table);
        add_values(g, g->parts[0], table, group);
    }
}

static struct gather_part *begin_part(const struct gather *g)
{
    struct gather_part *part = heap_apart(1, sizeof *part);
    part->numbers.comma = g->comma;
    part->groups = groups_alike(g->groups);
    return part;
}

void gather_rows(struct gather *g)
{
    g->threads = shares_threads(g->table);
    g->parts = heap_take(g->threads, sizeof(struct gather_part *));
    for (unsigned i = 0; i < g->threads; i++)
        g->parts[i] = begin_part(g);
    shares_read(g->table, g->threads, &(struct shares_work){pass, see, settle, g});
    for (unsigned i = 0; i < g->threads; i++)
        groups_merge(g->groups, &g->parts[i]->groups);
}

void gather_free(struct gather *g)
{
    for (unsigned i = 0; i < g->threads; i++) {
        groups_free(&g->parts[i]->groups);
        free(g->parts[i]);
    }
    free(g->parts);
}
