#include "trial/joint.h"

#include <stdlib.h>
#include <string.h>

#include "base/message.h"
#include "base/suggest.h"
#include "trial/keys.h"

/* Notes what a column of --family splits families by. */
static void split_by(struct joint *j, struct slice name)
{
    const struct design *d = j->design;
    j->split = true;
    if (slice_equal(name, slice_of("outcome"))) {
        j->split_outcome = true;
        return;
    }
    if (slice_equal(name, slice_of("arm"))) {
        j->split_arm = true;
        return;
    }
    struct suggest near = suggest_begin(name);
    for (size_t i = 0; i < d->key.count; i++) {
        if (slice_equal(d->key_names[i], name)) {
            j->key_in_label[i] = true;
            return;
        }
        suggest_offer(&near, d->key_names[i]);
    }
    suggest_offer(&near, slice_of("outcome"));
    suggest_offer(&near, slice_of("arm"));
    misuse("--family: %s is no column of --by, nor outcome or arm%s", quoted_given(name),
           suggest_text(&near));
}

struct joint joint_begin(const struct design *design, struct groups *groups,
                         const struct list *split)
{
    struct joint j = {.design = design,
                      .groups = groups,
                      .key_in_label = heap_take(design->key.count + 1, sizeof *j.key_in_label)};
    for (size_t i = 0; i < design->key.count; i++)
        j.key_in_label[i] = !keys_names_time(design->key_names[i]);
    for (size_t i = 0; i < split->count; i++)
        split_by(&j, split->items[i]);
    return j;
}

/* ---- names, in a buffer that grows ---- */

static size_t put(struct joint *j, size_t at, struct slice bytes)
{
    j->name = heap_grow(j->name, &j->name_room, at + bytes.length + 1, 1);
    if (bytes.length > 0)
        memcpy(j->name + at, bytes.bytes, bytes.length);
    return at + bytes.length;
}

static size_t put_text(struct joint *j, size_t at, const char *text)
{
    return put(j, at, slice_of(text));
}

/* A tab before the next cell, and the cell. */
static size_t put_cell(struct joint *j, size_t at, struct slice cell)
{
    return put(j, put_text(j, at, "\t"), cell);
}

/* The cells that make the family of a key and an outcome, a tab before each. */
static size_t put_label(struct joint *j, struct slice key, size_t outcome)
{
    size_t at = put(j, 0, (struct slice){0});
    for (size_t i = 0; i < j->design->key.count; i++) {
        struct slice cell = slice_cut(&key, '\t');
        if (j->key_in_label[i])
            at = put_cell(j, at, cell);
    }
    return j->split_outcome ? put_cell(j, at, j->design->outcomes.keys[outcome]) : at;
}

/* ---- families, members, cells ---- */

static size_t family_of(struct joint *j, struct slice key, size_t outcome)
{
    size_t number, length = put_label(j, key, outcome), before = j->families_room;
    if (!map_add(&j->labels, (struct slice){j->name, length}, &number))
        return number;
    j->families = heap_grow(j->families, &j->families_room, number + 1, sizeof *j->families);
    memset(j->families + before, 0, (j->families_room - before) * sizeof *j->families);
    j->families[number].label = j->labels.keys[number];
    j->families[number].cell = JOINT_NONE;
    return number;
}

/* All who came before lack the new member. */
static void leave_all_out(struct joint *j, size_t family)
{
    for (size_t i = 0; i < j->names.count && j->families[family].persons > 0; i++) {
        struct joint_cell *cell = &j->cells[i];
        if (cell->family != family)
            continue;
        cell->out += cell->n;
        cell->n = 0;
        for (size_t m = 0; m < cell->moments_room; m++)
            cell->moments[m] = (struct moments){0};
        products_clear(&cell->products);
    }
}

static size_t member_of(struct joint *j, size_t family, struct slice key, size_t outcome)
{
    struct joint_family *f = &j->families[family];
    size_t number, room = f->vector_room;
    size_t length = put_cell(j, put(j, 0, j->design->outcomes.keys[outcome]), key);
    if (!map_add(&f->names, (struct slice){j->name, length}, &number))
        return number;
    if (number == JOINT_MEMBERS)
        fail(
            "a family has more than %d rows, periods times outcomes; split it by --family, or have "
            "fewer periods (jf-hours --per)",
            JOINT_MEMBERS);
    f->members = heap_grow(f->members, &f->room, number + 1, sizeof *f->members);
    f->members[number] = (struct joint_member){.key = key, .outcome = outcome};
    f->values = heap_grow(f->values, &room, number + 1, sizeof *f->values);
    f->seen = heap_grow(f->seen, &f->vector_room, number + 1, sizeof *f->seen);
    f->vector_room = room < f->vector_room ? room : f->vector_room;
    f->seen[number] = 0;
    leave_all_out(j, family);
    return number;
}

static size_t put_cell_name(struct joint *j, size_t family, struct slice stratum, struct slice arm)
{
    return put_cell(j, put_cell(j, put(j, 0, j->families[family].label), stratum), arm);
}

static size_t cell_of(struct joint *j, size_t family, const struct group *group)
{
    size_t number, length = put_cell_name(j, family, group->stratum, group->arm);
    if (map_add(&j->names, (struct slice){j->name, length}, &number)) {
        j->cells = heap_grow(j->cells, &j->cells_room, number + 1, sizeof *j->cells);
        j->cells[number] =
            (struct joint_cell){.family = family, .stratum = group->stratum, .arm = group->arm};
    }
    return number;
}

struct joint_row joint_row(struct joint *j, struct slice key, size_t outcome)
{
    size_t family = family_of(j, key, outcome);
    return (struct joint_row){family, member_of(j, family, key, outcome)};
}

struct joint_place joint_place_of(struct joint *j, const struct group *group, size_t outcome)
{
    size_t family = family_of(j, group->key, outcome);
    return (struct joint_place){.cell = cell_of(j, family, group),
                                .member = member_of(j, family, group->key, outcome)};
}

struct joint_place joint_place(struct joint *j, size_t group, size_t outcome)
{
    size_t outcomes = j->design->outcomes.count;
    for (; j->placed <= group; j->placed++) {
        const struct group *g = &j->groups->groups[j->placed];
        size_t first = j->placed * outcomes;
        j->places = heap_grow(j->places, &j->places_room, first + outcomes, sizeof *j->places);
        for (size_t i = 0; i < outcomes; i++)
            j->places[first + i] = joint_place_of(j, g, i);
    }
    return j->places[group * outcomes + outcome];
}

const struct joint_cell *joint_cell(struct joint *j, size_t family, struct slice stratum,
                                    struct slice arm)
{
    size_t length = put_cell_name(j, family, stratum, arm);
    size_t number = map_find(&j->names, (struct slice){j->name, length});
    return number == MAP_NONE ? NULL : &j->cells[number];
}

/* ---- persons ---- */

void joint_person(struct joint *j)
{
    j->person++;
}

static void touch(struct joint *j, size_t family)
{
    j->touched = heap_grow(j->touched, &j->touched_room, j->touched_count + 1, sizeof *j->touched);
    j->touched[j->touched_count++] = family;
}

enum joint_verdict joint_value(struct joint *j, size_t group, size_t outcome,
                               const struct decimal *value)
{
    struct joint_place place = joint_place(j, group, outcome);
    struct joint_family *f = &j->families[j->cells[place.cell].family];
    if (f->seen[place.member] == j->person)
        return JOINT_TWICE;
    if (f->cell != JOINT_NONE && f->cell != place.cell)
        return JOINT_ARMS;
    if (f->cell == JOINT_NONE)
        touch(j, j->cells[place.cell].family);
    f->cell = place.cell;
    f->seen[place.member] = j->person;
    f->members[place.member].persons++;
    f->rows++;
    if (value == NULL)
        f->lacking = true;
    else
        f->values[place.member] = *value;
    return JOINT_GOOD;
}

static void widen(struct joint_cell *cell, size_t count)
{
    size_t room = cell->moments_room;
    cell->moments = heap_grow(cell->moments, &cell->moments_room, count, sizeof *cell->moments);
    memset(cell->moments + room, 0, (cell->moments_room - room) * sizeof *cell->moments);
    products_widen(&cell->products, count);
}

static void add_vector(struct joint_cell *cell, const struct joint_family *f)
{
    widen(cell, f->names.count);
    for (size_t i = 0; i < f->names.count; i++)
        moments_add(&cell->moments[i], f->values[i]);
    products_add(&cell->products, f->values);
    cell->n++;
}

void joint_end_person(struct joint *j)
{
    while (j->touched_count > 0) {
        struct joint_family *f = &j->families[j->touched[--j->touched_count]];
        f->persons++;
        if (f->lacking || f->rows < f->names.count)
            j->cells[f->cell].out++;
        else
            add_vector(&j->cells[f->cell], f);
        f->cell = JOINT_NONE;
        f->rows = 0;
        f->lacking = false;
    }
}

bool joint_lacking(const struct joint *j, struct joint_member *member, uint64_t *persons,
                   uint64_t *of)
{
    bool found = false;
    for (size_t i = 0; i < j->labels.count; i++)
        for (size_t m = 0; m < j->families[i].names.count; m++) {
            const struct joint_family *f = &j->families[i];
            if (f->members[m].persons == f->persons ||
                (found && keys_compare(f->members[m].key, member->key) >= 0))
                continue;
            found = true;
            *member = f->members[m];
            *of = f->persons;
            *persons = f->persons - member->persons;
        }
    return found;
}

/* ---- what they come to ---- */

void joint_widen_cell(struct joint *j, size_t cell)
{
    widen(&j->cells[cell], j->families[j->cells[cell].family].names.count);
}

void joint_widen(struct joint *j)
{
    for (size_t i = 0; i < j->names.count; i++)
        joint_widen_cell(j, i);
}

/* Where all persons of a cell lack a row, none of them has made its group; they are missing in it
 * all the same, and the parts' sums must have it. */
static void complete(struct joint *j)
{
    for (size_t i = 0; i < j->names.count; i++) {
        const struct joint_cell *cell = &j->cells[i];
        const struct joint_family *f = &j->families[cell->family];
        for (size_t m = 0; m < f->names.count; m++)
            groups_named(j->groups, f->members[m].key, cell->stratum, (struct slice){0}, cell->arm);
    }
}

void joint_fill(struct joint *j)
{
    size_t outcomes = j->design->outcomes.count;
    complete(j);
    joint_widen(j);
    for (size_t i = 0; i < groups_count(j->groups) * outcomes; i++) {
        struct joint_place place = joint_place(j, i / outcomes, i % outcomes);
        const struct joint_cell *cell = &j->cells[place.cell];
        struct moments *moments = group_moments(&j->groups->groups[i / outcomes], i % outcomes);
        *moments = cell->moments[place.member];
        moments->missing = cell->out;
    }
}

struct slice joint_label(struct joint *j, size_t family, struct slice arm)
{
    struct slice rest = j->families[family].label;
    size_t at = put(j, 0, (struct slice){0});
    for (size_t i = 0; i < rest.length; i++) {
        char byte = rest.bytes[i];
        if (byte == ',' || byte == '\\')
            at = put_text(j, at, "\\");
        if (byte != '\t' || i > 0)
            at = put(j, at, byte == '\t' ? slice_of(",") : (struct slice){rest.bytes + i, 1});
    }
    if (j->split_arm && at > 0)
        at = put_text(j, at, ",");
    if (j->split_arm)
        at = put(j, at, arm);
    if (at == 0)
        at = put_text(j, at, "all");
    return arena_keep(&j->bytes, (struct slice){j->name, at});
}

static void free_family(struct joint_family *f)
{
    map_free(&f->names);
    free(f->members);
    free(f->values);
    free(f->seen);
}

void joint_free(struct joint *j)
{
    for (size_t i = 0; i < j->labels.count; i++)
        free_family(&j->families[i]);
    for (size_t i = 0; i < j->names.count; i++) {
        free(j->cells[i].moments);
        products_free(&j->cells[i].products);
    }
    free(j->families);
    free(j->cells);
    free(j->places);
    free(j->touched);
    free(j->name);
    free(j->key_in_label);
    map_free(&j->labels);
    map_free(&j->names);
    arena_free(&j->bytes);
}
