#include "trial/sums.h"

#include <stdlib.h>

#include "base/heap.h"
#include "base/map.h"
#include "base/message.h"
#include "base/slice.h"
#include "number/moments.h"
#include "stream/rows.h"
#include "stream/sink.h"
#include "trial/cell.h"

struct reader {
    struct groups *groups;
    struct design *design;
    size_t outcome, n, missing, sum, squares; /* slots */
};

static void add_sums(const struct reader *r, const struct table *row, struct moments *moments)
{
    uint64_t n = cell_count(row, r->n);
    moments->missing += cell_count(row, r->missing);
    if (!moments_read(moments, n, table_cell(row, r->sum), table_cell(row, r->squares)))
        fail_at(table_place(row, r->squares),
                "no %llu values have this sum and sum of squares; the sums are damaged",
                (unsigned long long)n);
}

static void read_row(void *context, const struct table *row)
{
    struct reader *r = context;
    bool fresh;
    size_t outcome;
    struct slice name = table_cell(row, r->outcome);
    if (r->design->options->outcomes.given && map_find(&r->design->outcomes, name) == MAP_NONE)
        return;
    map_add(&r->design->outcomes, name, &outcome);
    struct group *group = groups_of_row(r->groups, row, &fresh);
    if (fresh)
        design_meet(r->design, row);
    add_sums(r, row, group_moments(group, outcome));
}

void sums_read(struct groups *groups, struct design *design, struct table *table)
{
    struct reader r = {.groups = groups, .design = design};
    r.outcome = table_want_name(table, slice_of("outcome"));
    r.n = table_want_name(table, slice_of("n"));
    r.missing = table_want_name(table, slice_of("missing"));
    r.sum = table_want_name(table, slice_of("sum"));
    r.squares = table_want_name(table, slice_of("sumsq"));
    rows_each(table, read_row, &r);
}

static void write_header(const struct design *design, struct sink *out)
{
    struct slice *names = design_names(design);
    sink_names(out, names, design->key.count + design->stratum.count);
    sink_words(out, "outcome arm n missing sum sumsq");
    sink_header(out);
    free(names);
}

static void write_row(const struct design *design, struct sink *out, struct arena *arena,
                      struct group *group, size_t outcome)
{
    const struct moments *moments = group_moments(group, outcome);
    if (design->key.count > 0)
        sink_cell(out, group->key);
    if (design->stratum.count > 0)
        sink_cell(out, group->stratum);
    sink_cell(out, design->outcomes.keys[outcome]);
    sink_cell(out, group->arm);
    sink_whole(out, moments->n);
    sink_whole(out, moments->missing);
    sink_text(out, moments_print_sum(arena, moments));
    sink_text(out, moments_print_squares(arena, moments));
    sink_row(out);
    arena_reset(arena);
}

void sums_write(struct groups *groups, const struct design *design, struct sink *out)
{
    struct arena arena = {0};
    write_header(design, out);
    for (size_t i = 0; i < groups_count(groups); i++)
        for (size_t outcome = 0; outcome < design->outcomes.count; outcome++)
            write_row(design, out, &arena, &groups->groups[i], outcome);
    arena_free(&arena);
}
