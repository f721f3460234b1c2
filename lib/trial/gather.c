#include "trial/gather.h"

#include "base/message.h"
#include "number/decimal.h"
#include "number/moments.h"
#include "stream/rows.h"
#include "stream/sink.h"
#include "trial/cell.h"
#include "trial/persons.h"
#include "trial/watch.h"

struct gather {
    struct design *design;
    struct groups *groups;
    bool comma;
};

/* What a thread holds. */
struct part {
    const struct design *design;
    struct numbers numbers;
    struct groups groups;
    struct watch_part watch;
};

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
    for (size_t i = 0; i < part->design->outcomes.count; i++)
        add_value(part, row, group, i);
    return ROWS_TAKEN;
}

static void meet(void *context, struct table *row)
{
    const struct gather *g = context;
    design_meet(g->design, row);
}

static void cut(void *part)
{
    watch_cut(&((struct part *)part)->watch);
}

static void hold(void *part)
{
    watch_hold(&((struct part *)part)->watch);
}

static void seam(void *context, const struct table *row, bool first)
{
    const struct gather *g = context;
    persons_seam(&g->design->persons, row, first);
}

static void merge(void *context, void *part)
{
    const struct gather *g = context;
    groups_merge(g->groups, &((struct part *)part)->groups);
    watch_end(&((struct part *)part)->watch);
}

static void free_part(void *part)
{
    groups_free(&((struct part *)part)->groups);
    watch_drop(&((struct part *)part)->watch);
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
    struct gather gather = {design, groups, comma};
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
    check_persons(groups, &design->persons);
    return count_rows(groups);
}
