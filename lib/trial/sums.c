#include "trial/sums.h"

#include <stdlib.h>
#include <string.h>

#include "trial/cell.h"

void sums_plan(struct sums *s, struct table *table)
{
    s->outcome = table_want_name(table, slice_of("outcome"));
    s->n = table_want_name(table, slice_of("n"));
    s->missing = table_want_name(table, slice_of("missing"));
    s->sum = table_want_name(table, slice_of("sum"));
    s->squares = table_want_name(table, slice_of("sumsq"));
}

static void add_row(const struct sums *s, const struct table *t, struct moments *moments)
{
    uint64_t n = cell_count(t, s->n);
    moments->missing += cell_count(t, s->missing);
    if (!moments_read(moments, n, table_cell(t, s->sum), table_cell(t, s->squares)))
        fail_at(table_place(t, s->squares),
                "no %llu values have this sum and sum of squares; the sums are damaged",
                (unsigned long long)n);
}

void sums_read(const struct sums *s, struct table *table)
{
    while (table_next(table)) {
        bool fresh;
        struct slice name = table_cell(table, s->outcome);
        if (s->only && map_find(s->outcomes, name) == MAP_NONE)
            continue;
        size_t outcome = map_add(s->outcomes, name);
        struct group *group = groups_of_row(s->groups, table, &fresh);
        if (fresh)
            arms_see(s->arms, group->arm, table_place(table, groups_arm(s->groups)));
        add_row(s, table, group_moments(group, outcome));
    }
}

static void write_header(const struct sums *s, struct sink *out, const struct slice *names)
{
    static const char *const own[] = {"outcome", "arm", "n", "missing", "sum", "sumsq"};
    const size_t own_count = sizeof own / sizeof own[0];
    size_t count = s->groups->key_count + s->groups->stratum_count;
    struct slice *all = heap_take(count + own_count, sizeof *all);
    memcpy(all, names, count * sizeof *all);
    for (size_t i = 0; i < own_count; i++)
        all[count + i] = slice_of(own[i]);
    sink_header(out, all, count + own_count);
    free(all);
}

static void write_row(const struct sums *s, struct sink *out, struct arena *arena,
                      struct group *group, size_t outcome)
{
    const struct moments *moments = group_moments(group, outcome);
    if (s->groups->key_count > 0)
        sink_cell(out, group->key);
    if (s->groups->stratum_count > 0)
        sink_cell(out, group->stratum);
    sink_cell(out, s->outcomes->keys[outcome]);
    sink_cell(out, group->arm);
    sink_whole(out, moments->n);
    sink_whole(out, moments->missing);
    sink_text(out, moments_print_sum(arena, moments));
    sink_text(out, moments_print_squares(arena, moments));
    sink_row(out);
    arena_reset(arena);
}

void sums_write(const struct sums *s, struct sink *out, const struct slice *names)
{
    struct arena arena = {0};
    write_header(s, out, names);
    for (size_t i = 0; i < s->groups->keys.names.count; i++)
        for (size_t outcome = 0; outcome < s->outcomes->count; outcome++)
            write_row(s, out, &arena, &s->groups->groups[i], outcome);
    arena_free(&arena);
}
