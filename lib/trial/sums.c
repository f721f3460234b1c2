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
    struct parts *parts;
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
    if (!parts_take(r->parts, row))
        return;
    if (r->design->options->outcomes.given && map_find(&r->design->outcomes, name) == MAP_NONE)
        return;
    map_add(&r->design->outcomes, name, &outcome);
    struct group *group = groups_of_row(r->groups, row, &fresh);
    if (fresh) {
        design_meet(r->design, row);
        groups_bound(r->groups, row);
    }
    parts_count(r->parts, group->key, outcome, cell_count(row, r->n) + cell_count(row, r->missing));
    add_sums(r, row, group_moments(group, outcome));
}

void sums_read(struct groups *groups, struct design *design, const struct parts_options *options,
               struct table *table)
{
    struct parts parts;
    struct reader r = {.groups = groups, .design = design, .parts = &parts};
    r.outcome = table_want_name(table, slice_of("outcome"));
    r.n = table_want_name(table, slice_of("n"));
    r.missing = table_want_name(table, slice_of("missing"));
    r.sum = table_want_name(table, slice_of("sum"));
    r.squares = table_want_name(table, slice_of("sumsq"));
    parts_plan(&parts, options, table, design->key_names, design->key.count);
    rows_each(table, read_row, &r);
    parts_settle(&parts);
    parts_free(&parts);
}

static void write_header(const struct design *design, const struct parts_options *options,
                         struct sink *out)
{
    struct slice *names = design_names(design);
    sink_names(out, names, design->cell.count - 1);
    sink_words(out, "outcome arm n missing sum sumsq");
    parts_put_names(options, out);
    sink_header(out);
    free(names);
}

static void write_row(const struct design *design, const struct parts_options *options,
                      struct sink *out, struct arena *arena, struct group *group, size_t outcome)
{
    const struct moments *moments = group_moments(group, outcome);
    if (design->key.count > 0)
        sink_cell(out, group->key);
    if (design->stratum.count > 0)
        sink_cell(out, group->stratum);
    if (design->cluster.count > 0)
        sink_cell(out, group->cluster);
    sink_cell(out, design->outcomes.keys[outcome]);
    sink_cell(out, group->arm);
    sink_whole(out, moments->n);
    sink_whole(out, moments->missing);
    sink_text(out, moments_print_sum(arena, moments));
    sink_text(out, moments_print_squares(arena, moments));
    parts_put_cells(options, out);
    sink_row(out);
    arena_reset(arena);
}

/* Behind `rows` rows, of a part that was made of `read` rows. */
static void write_seal(const struct design *design, const struct parts_options *options,
                       struct sink *out, uint64_t rows, uint64_t read)
{
    for (size_t i = 0; i + 1 < design->cell.count; i++)
        sink_text(out, "NA");
    sink_text(out, PARTS_SEAL);
    sink_text(out, "NA");
    sink_whole(out, rows);
    sink_text(out, "NA");
    sink_whole(out, read);
    sink_text(out, "NA");
    parts_put_cells(options, out);
    sink_row(out);
}

void sums_write(struct groups *groups, const struct design *design,
                const struct parts_options *options, uint64_t read, struct sink *out)
{
    struct arena arena = {0};
    size_t outcomes = design->outcomes.count, count = groups_count(groups);
    write_header(design, options, out);
    for (size_t i = 0; i < count; i++)
        for (size_t outcome = 0; outcome < outcomes; outcome++)
            write_row(design, options, out, &arena, &groups->groups[i], outcome);
    if (options->seal != NULL)
        write_seal(design, options, out, count * outcomes, read);
    arena_free(&arena);
}
