/*
 * jf-contrast - effects against each other.
 *
 * Reads rows of jf-diff that agree in everything but one column, and writes the difference of
 * their differences: of groups of other people, whose errors add up (--disjoint), or of the same
 * people at other times, for which the rows must say how they hang together (family, cov). The
 * rows are few and are held; sets of them, and the pairs in a set, come out in the order of keys.
 */
#include <math.h>
#include <stdlib.h>

#include "base/heap.h"
#include "base/leave.h"
#include "base/message.h"
#include "base/option.h"
#include "base/slice.h"
#include "number/covariance.h"
#include "stream/ends.h"
#include "stream/rows.h"
#include "stream/sink.h"
#include "stream/table.h"
#include "trial/cell.h"
#include "trial/effect.h"
#include "trial/family.h"
#include "trial/grid.h"
#include "trial/keys.h"

static struct {
    struct common common;
    const char *over, *base;
    bool pairs, disjoint;
} opt;

static const struct option_row rows[] = {
    OPTION_TEXT(0, "over", "COL", &opt.over, "the column whose values are contrasted"),
    OPTION_TEXT(0, "base", "VALUE", &opt.base, "each other value minus this one"),
    OPTION_FLAG(0, "pairs", &opt.pairs, "each later value minus each earlier one"),
    OPTION_FLAG(0, "disjoint", &opt.disjoint, "the values are of different people"),
    OPTION_END,
};

static const struct option_program program = {
    .usage = "--over=COL (--base=VALUE | --pairs) [OPTION]... [FILE]...",
    .purpose = "Write the differences between effects: of groups, or of periods.",
    .rows = rows,
    .common = &opt.common,
    .columns = table_columns,
};

enum { COUNTS_MOST = 4 };

/* NaN is NA. */
struct estimated {
    double diff, se, df;
};

struct row {
    struct estimated effect;
    struct family_place at;
    struct slice counts[COUNTS_MOST]; /* in the order of their columns */
};

struct contrasts {
    struct table table;
    struct sink out;
    enum effect_column *kinds; /* by column */
    size_t diff, se, df;       /* slots */
    size_t counts[COUNTS_MOST], count_columns;
    struct grid grid;
    struct families families;
    struct row *rows; /* as the grid has numbered them */
    size_t count, room;
    struct arena cells;
};

static void check_options(void)
{
    if (opt.over == NULL)
        misuse("no column; say --over COL, whose values are contrasted");
    if (slice_equal(slice_of(opt.over), slice_of("arm")) ||
        slice_equal(slice_of(opt.over), slice_of("control")))
        misuse("--over: arms share their control; run jf-diff with the other arm as --control");
    if ((opt.base != NULL) == opt.pairs)
        misuse("say either --base VALUE, or --pairs for each later value minus each earlier one");
}

static void plan_columns(struct contrasts *c)
{
    struct table *t = &c->table;
    size_t *keys = heap_take(t->columns, sizeof *keys), key_count = 0;
    size_t over = table_get(t, slice_of(opt.over));
    if (table_exact(t, slice_of("ci_low")) != TABLE_NONE)
        fail_at(table_header(t), "this is what jf-ci wrote, of other effects than contrasts; put "
                                 "jf-contrast before jf-ci");
    if (effect_column(t->names[over]) != EFFECT_KEY)
        fail_at(table_header(t),
                "--over: column %s holds a result of jf-diff, and no key; see its "
                "--by",
                quoted(t->names[over]));
    c->kinds = heap_take(t->columns, sizeof *c->kinds);
    for (size_t i = 0; i < t->columns; i++) {
        c->kinds[i] = effect_column(t->names[i]);
        if (c->kinds[i] == EFFECT_KEY && i != over)
            keys[key_count++] = i;
        if (c->kinds[i] == EFFECT_COUNT)
            c->counts[c->count_columns++] = table_want(t, i);
    }
    c->grid = grid_plan(t, over, keys, key_count);
    c->diff = table_want_name(t, slice_of("diff"));
    c->se = table_want_name(t, slice_of("se"));
    c->df = table_want_name(t, slice_of("df"));
    families_plan(&c->families, t, opt.common.decimal_comma);
    free(keys);
}

static struct estimated read_effect(const struct contrasts *c, const struct table *row)
{
    bool comma = opt.common.decimal_comma;
    return (struct estimated){.diff = cell_number(row, c->diff, comma),
                              .se = cell_se(row, c->se, comma),
                              .df = cell_df(row, c->df, comma)};
}

static void take_row(void *context, const struct table *t)
{
    struct contrasts *c = context;
    struct row row = {.effect = read_effect(c, t)};
    grid_take(&c->grid, t);
    for (size_t i = 0; i < c->count_columns; i++)
        row.counts[i] = arena_keep(&c->cells, table_cell(t, c->counts[i]));
    if (c->families.known)
        row.at = families_take(&c->families, t);
    c->rows = heap_grow(c->rows, &c->room, c->count + 1, sizeof *c->rows);
    c->rows[c->count++] = row;
}

/* One message or the other, where the option and the rows do not agree on who the people are. */
static bool same_people(const struct contrasts *c, size_t a, size_t b)
{
    bool same = c->families.known && c->rows[a].at.family == c->rows[b].at.family;
    unsigned long long line = c->grid.rows[b].place.line;
    if (same && opt.disjoint)
        fail_at(c->grid.rows[a].place,
                "--disjoint: this row and that of line %llu are of one family, the same "
                "people; leave it out",
                line);
    if (!same && !opt.disjoint)
        fail_at(c->grid.rows[a].place,
                "nothing says how this row and that of line %llu hang together; say "
                "--disjoint if they are of different people, else make them with "
                "jf-joint, whose column cov says it",
                line);
    return same;
}

/* Welch and Satterthwaite: an error of 0 adds nothing, whatever its df. */
static double add_up_df(const struct estimated *a, const struct estimated *b)
{
    double v = a->se * a->se, w = b->se * b->se;
    double terms = (v > 0 ? v * v / a->df : 0) + (w > 0 ? w * w / b->df : 0);
    return v + w > 0 ? (v + w) * (v + w) / terms : NAN;
}

/* The same people: what a covariance leaves, which is 0 where only rounding is left. */
static double common_variance(const struct covariance *family, size_t a, size_t b)
{
    double sum = covariance_get(family, a, a) + covariance_get(family, b, b);
    double variance = sum - 2 * covariance_get(family, a, b);
    return variance < 1e-14 * sum ? 0 : variance;
}

static struct estimated contrast_of(const struct contrasts *c, size_t a, size_t b)
{
    struct family_place at = c->rows[a].at, other_at = c->rows[b].at;
    const struct estimated *one = &c->rows[a].effect, *other = &c->rows[b].effect;
    struct estimated effect = {.diff = one->diff - other->diff};
    if (same_people(c, a, b)) {
        effect.se = sqrt(common_variance(&c->families.all[at.family], at.row, other_at.row));
        effect.df = one->df < other->df || isnan(one->df) ? one->df : other->df;
    } else {
        effect.se = sqrt(one->se * one->se + other->se * other->se);
        effect.df = add_up_df(one, other);
    }
    return effect;
}

/* Different people add up, unless one count is masked: it could be told by subtraction. The same
 * people are counted once. */
static void put_count(struct contrasts *c, const struct row *a, const struct row *b, size_t i)
{
    uint64_t one, other;
    if (!opt.disjoint && slice_equal(a->counts[i], b->counts[i]))
        sink_cell(&c->out, a->counts[i]);
    else if (opt.disjoint && slice_whole(a->counts[i], &one) && slice_whole(b->counts[i], &other))
        sink_whole(&c->out, one + other);
    else
        sink_text(&c->out, "NA");
}

static void put_pair(struct contrasts *c, size_t a, size_t b)
{
    const struct keys *values = &c->grid.values.keys;
    struct slice one = keys_cells(values, c->grid.rows[a].value);
    struct slice other = keys_cells(values, c->grid.rows[b].value);
    char *text = heap_take(one.length + other.length + 1, 1);
    memcpy(text, one.bytes, one.length);
    text[one.length] = '-';
    memcpy(text + one.length + 1, other.bytes, other.length);
    sink_cell(&c->out, (struct slice){text, one.length + other.length + 1});
    free(text);
}

static void write_row(struct contrasts *c, size_t a, size_t b)
{
    struct slice keys = keys_cells(&c->grid.sets.keys, c->grid.rows[a].set);
    struct estimated effect = contrast_of(c, a, b);
    for (size_t column = 0, count = 0; column < c->table.columns; column++) {
        enum effect_column kind = c->kinds[column];
        if (column == table_column(&c->table, c->grid.over))
            put_pair(c, a, b);
        else if (kind == EFFECT_KEY)
            sink_cell(&c->out, slice_cut(&keys, '\t'));
        else if (kind == EFFECT_COUNT)
            put_count(c, &c->rows[a], &c->rows[b], count++);
        else if (kind != EFFECT_EXTRA)
            cell_put_real(&c->out, kind == EFFECT_DIFF ? effect.diff
                                   : kind == EFFECT_SE ? effect.se
                                   : kind == EFFECT_DF ? effect.df
                                                       : NAN);
    }
    sink_row(&c->out);
}

static void write_header(struct contrasts *c)
{
    for (size_t i = 0; i < c->table.columns; i++)
        if (c->kinds[i] != EFFECT_EXTRA)
            sink_name(&c->out, c->table.names[i]);
    sink_header(&c->out);
}

/* Each pair of each set: those with --base, or those whose first is the later one. */
static void write_rows(struct contrasts *c)
{
    const struct keys *values = &c->grid.values.keys, *keys = &c->grid.sets.keys;
    size_t base = opt.pairs ? 0 : grid_value(&c->grid, slice_of(opt.base), "--base");
    size_t *sets = keys_order(keys), *order = keys_order(values);
    for (size_t s = 0; s < keys_count(keys); s++)
        for (size_t i = 0; i < keys_count(values); i++)
            for (size_t j = 0; j < keys_count(values); j++)
                if (opt.pairs ? j < i : order[j] == base && i != j)
                    write_row(c, grid_row(&c->grid, sets[s], order[i]),
                              grid_row(&c->grid, sets[s], order[j]));
    free(sets);
    free(order);
}

static void close_all(struct contrasts *c)
{
    sink_close(&c->out);
    table_close(&c->table);
    grid_free(&c->grid);
    families_free(&c->families);
    arena_free(&c->cells);
    free(c->kinds);
    free(c->rows);
}

int main(int argc, char **argv)
{
    struct contrasts c = {0};
    leave_begin("jf-contrast");
    int first = option_parse(&program, argc, argv);
    check_options();
    ends_check(opt.common.output, argv + first, (size_t)(argc - first), NULL, NULL);
    sink_open(&c.out, opt.common.output, &opt.common);
    sink_hold(&c.out);
    table_open(&c.table, argv + first, (size_t)(argc - first), &opt.common);
    plan_columns(&c);
    write_header(&c);
    rows_each(&c.table, take_row, &c);
    grid_close(&c.grid);
    write_rows(&c);
    close_all(&c);
    return leave_end();
}
