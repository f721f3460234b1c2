#include "trial/crossed.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "base/map.h"
#include "base/message.h"
#include "base/slice.h"
#include "number/moments.h"
#include "number/products.h"
#include "stream/rows.h"
#include "stream/sink.h"
#include "stream/table.h"
#include "trial/cell.h"
#include "trial/design.h"
#include "trial/groups.h"
#include "trial/joint.h"
#include "trial/keys.h"
#include "trial/parts.h"

/* ---- writing ---- */

/* Members by their number in the family, and back. */
struct ranked {
    size_t *members, *ranks;
};

static int by_key(const void *a, const void *b)
{
    const struct joint_member *const *one = a, *const *other = b;
    int order = keys_compare((*one)->key, (*other)->key);
    return order != 0
               ? order
               : ((*one)->outcome > (*other)->outcome) - ((*one)->outcome < (*other)->outcome);
}

static struct ranked rank(const struct joint_family *f)
{
    size_t count = f->names.count;
    struct ranked ranked = {heap_take(count, sizeof(size_t)), heap_take(count, sizeof(size_t))};
    const struct joint_member **sorted = heap_take(count, sizeof *sorted);
    for (size_t i = 0; i < count; i++)
        sorted[i] = &f->members[i];
    qsort(sorted, count, sizeof *sorted, by_key);
    for (size_t i = 0; i < count; i++) {
        ranked.members[i] = (size_t)(sorted[i] - f->members);
        ranked.ranks[ranked.members[i]] = i;
    }
    free(sorted);
    return ranked;
}

struct writer {
    struct joint *joint;
    const struct parts_options *options;
    struct sink *out;
    struct ranked *ranked; /* by family */
    struct arena arena;
    uint64_t rows;
};

static void write_header(const struct writer *w)
{
    const struct design *design = w->joint->design;
    struct slice *names = design_names(design);
    sink_names(w->out, names, design->cell.count - 1);
    sink_words(w->out, "outcome arm i j n missing sum sumprod");
    parts_put_names(w->options, w->out);
    sink_header(w->out);
    free(names);
}

static void put_group(const struct writer *w, const struct group *group, size_t outcome)
{
    const struct design *design = w->joint->design;
    if (design->key.count > 0)
        sink_cell(w->out, group->key);
    if (design->stratum.count > 0)
        sink_cell(w->out, group->stratum);
    sink_cell(w->out, design->outcomes.keys[outcome]);
    sink_cell(w->out, group->arm);
}

static const char *product(struct arena *arena, const struct joint_cell *cell, size_t a, size_t b)
{
    if (a == b)
        return moments_print_squares(arena, &cell->moments[a]);
    return products_print(arena, &cell->products, a > b ? a : b, a > b ? b : a);
}

/* The rows of a group and an outcome: with each member up to its own. */
static void write_rows(struct writer *w, const struct group *group, size_t outcome)
{
    struct joint_row at = joint_row(w->joint, group->key, outcome);
    const struct joint_cell *cell = joint_cell(w->joint, at.family, group->stratum, group->arm);
    const struct ranked *ranked = &w->ranked[at.family];
    size_t own = ranked->ranks[at.member];
    for (size_t j = 0; j <= own; j++) {
        put_group(w, group, outcome);
        sink_whole(w->out, own + 1);
        sink_whole(w->out, j + 1);
        sink_whole(w->out, cell->n);
        sink_whole(w->out, cell->out);
        sink_text(w->out,
                  j == own ? moments_print_sum(&w->arena, &cell->moments[at.member]) : "NA");
        sink_text(w->out, product(&w->arena, cell, at.member, ranked->members[j]));
        parts_put_cells(w->options, w->out);
        sink_row(w->out);
        arena_reset(&w->arena);
        w->rows++;
    }
}

static void write_seal(const struct writer *w, uint64_t read)
{
    for (size_t i = 0; i + 1 < w->joint->design->cell.count; i++)
        sink_text(w->out, "NA");
    sink_text(w->out, PARTS_SEAL);
    for (int i = 0; i < 3; i++) /* arm i j */
        sink_text(w->out, "NA");
    sink_whole(w->out, w->rows);
    sink_text(w->out, "NA");
    sink_whole(w->out, read);
    sink_text(w->out, "NA");
    parts_put_cells(w->options, w->out);
    sink_row(w->out);
}

void crossed_write(struct joint *joint, const struct parts_options *options, uint64_t read,
                   struct sink *out)
{
    size_t families = joint->labels.count;
    struct writer w = {.joint = joint, .options = options, .out = out};
    joint_widen(joint);
    w.ranked = heap_take(families, sizeof *w.ranked);
    for (size_t i = 0; i < families; i++)
        w.ranked[i] = rank(&joint->families[i]);
    write_header(&w);
    for (size_t i = 0; i < groups_count(joint->groups); i++)
        for (size_t outcome = 0; outcome < joint->design->outcomes.count; outcome++)
            write_rows(&w, &joint->groups->groups[i], outcome);
    if (options->seal != NULL)
        write_seal(&w, read);
    for (size_t i = 0; i < families; i++) {
        free(w.ranked[i].members);
        free(w.ranked[i].ranks);
    }
    free(w.ranked);
    arena_free(&w.arena);
}

/* ---- reading ---- */

/* The members of a family by their numbers, from 1; 0 is none, else the member and 1. */
struct numbered {
    size_t members[JOINT_MEMBERS + 1];
};

/* How many persons each pair of members of a cell has: as many as all others. */
struct pairs {
    uint64_t *persons;
    size_t room;
};

struct reader {
    struct joint *joint;
    struct design *design;
    struct parts *parts;
    size_t outcome, i, j, n, missing, sum, product; /* slots */
    struct numbered **families;
    size_t families_room;
    struct pairs *cells;
    size_t cells_room;
};

static struct numbered *numbered_of(struct reader *r, size_t family)
{
    size_t room = r->families_room;
    r->families = heap_grow(r->families, &r->families_room, family + 1, sizeof *r->families);
    for (size_t i = room; i < r->families_room; i++)
        r->families[i] = NULL;
    if (r->families[family] == NULL)
        r->families[family] = heap_take(1, sizeof **r->families);
    return r->families[family];
}

static uint64_t *persons_of(struct reader *r, size_t cell, size_t i, size_t j)
{
    size_t room = r->cells_room, at = i * (i + 1) / 2 + j;
    r->cells = heap_grow(r->cells, &r->cells_room, cell + 1, sizeof *r->cells);
    for (size_t c = room; c < r->cells_room; c++)
        r->cells[c] = (struct pairs){0};
    struct pairs *pairs = &r->cells[cell];
    room = pairs->room;
    pairs->persons = heap_grow(pairs->persons, &pairs->room, at + 1, sizeof *pairs->persons);
    for (size_t p = room; p < pairs->room; p++)
        pairs->persons[p] = 0;
    return &pairs->persons[at];
}

/* The member that a number stands for, in the row at hand; its own is `member`. */
static size_t member_of(const struct reader *r, const struct table *row, struct numbered *numbered,
                        size_t slot, size_t member)
{
    uint64_t number = cell_count(row, slot);
    if (number < 1 || number > JOINT_MEMBERS)
        fail_at(table_place(row, slot), "a number from 1 to %d was expected; the sums are damaged",
                JOINT_MEMBERS);
    size_t *known = &numbered->members[number];
    if (slot == r->i && *known == 0)
        *known = member + 1;
    if (*known == 0)
        fail_at(table_place(row, slot),
                "no row before is number %llu of this family; the sums are "
                "damaged",
                (unsigned long long)number);
    if (slot == r->i && *known != member + 1)
        fail_at(table_place(row, slot),
                "number %llu of this family is another row in a part before; the parts must be of "
                "the same periods and outcomes",
                (unsigned long long)number);
    return *known - 1;
}

static void add_one(const struct reader *r, const struct table *row, struct moments *moments,
                    uint64_t n)
{
    moments->missing += cell_count(row, r->missing);
    if (!moments_read(moments, n, table_cell(row, r->sum), table_cell(row, r->product)))
        fail_at(table_place(row, r->product),
                "no %llu values have this sum and sum of squares; the sums are damaged",
                (unsigned long long)n);
}

static void add_pair(const struct reader *r, const struct table *row, struct products *products,
                     size_t a, size_t b)
{
    if (!products_read(products, a > b ? a : b, a > b ? b : a, table_cell(row, r->product)))
        fail_at(table_place(row, r->product), "a sum of products was expected; the sums are "
                                              "damaged");
}

static void read_row(void *context, const struct table *row)
{
    struct reader *r = context;
    struct joint *joint = r->joint;
    bool fresh;
    size_t outcome;
    if (!parts_take(r->parts, row))
        return;
    map_add(&r->design->outcomes, table_cell(row, r->outcome), &outcome);
    struct group *group = groups_of_row(joint->groups, row, &fresh);
    if (fresh)
        design_meet(r->design, row);
    struct joint_place place = joint_place_of(joint, group, outcome);
    struct joint_cell *cell = &joint->cells[place.cell];
    struct numbered *numbered = numbered_of(r, cell->family);
    size_t one = member_of(r, row, numbered, r->i, place.member);
    size_t other = member_of(r, row, numbered, r->j, place.member);
    uint64_t n = cell_count(row, r->n);
    joint_widen_cell(joint, place.cell);
    *persons_of(r, place.cell, one > other ? one : other, one > other ? other : one) += n;
    if (one != other) {
        add_pair(r, row, &cell->products, one, other);
        return;
    }
    add_one(r, row, &cell->moments[one], n);
    parts_count(r->parts, group->key, outcome, n + cell_count(row, r->missing));
}

/* Members of one cell with other numbers of persons: a part has other rows. */
_Noreturn static void fail_unlike(const struct reader *r, const struct joint_cell *cell, size_t one,
                                  size_t other)
{
    const struct joint_member *members = r->joint->families[cell->family].members;
    const struct design *d = r->design;
    fail("the parts have unlike rows: not all persons with a row %s have one %s; make all parts of "
         "the same periods and outcomes",
         design_quoted(d, &d->key, members[one].key),
         design_quoted(d, &d->key, members[other].key));
}

/* All pairs of a cell are of the same persons. */
static void settle_cell(struct reader *r, size_t number)
{
    struct joint_cell *cell = &r->joint->cells[number];
    size_t count = r->joint->families[cell->family].names.count;
    joint_widen_cell(r->joint, number);
    cell->n = *persons_of(r, number, 0, 0);
    cell->out = cell->moments[0].missing;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j <= i; j++)
            if (*persons_of(r, number, i, j) != cell->n ||
                (i == j && cell->moments[i].missing != cell->out))
                fail_unlike(r, cell, i == j ? 0 : j, i);
}

static void free_reader(struct reader *r)
{
    for (size_t i = 0; i < r->families_room; i++)
        free(r->families[i]);
    for (size_t i = 0; i < r->cells_room; i++)
        free(r->cells[i].persons);
    free(r->families);
    free(r->cells);
}

void crossed_read(struct joint *joint, struct design *design, const struct parts_options *options,
                  struct table *table)
{
    struct parts parts;
    struct reader r = {.joint = joint, .design = design, .parts = &parts};
    r.outcome = table_want_name(table, slice_of("outcome"));
    r.i = table_want_name(table, slice_of("i"));
    r.j = table_want_name(table, slice_of("j"));
    r.n = table_want_name(table, slice_of("n"));
    r.missing = table_want_name(table, slice_of("missing"));
    r.sum = table_want_name(table, slice_of("sum"));
    r.product = table_want_name(table, slice_of("sumprod"));
    parts_plan(&parts, options, table, design->key_names, design->key.count);
    rows_each(table, read_row, &r);
    parts_settle(&parts);
    for (size_t i = 0; i < joint->names.count; i++)
        settle_cell(&r, i);
    parts_free(&parts);
    free_reader(&r);
}
