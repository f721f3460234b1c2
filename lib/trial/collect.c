#include "trial/collect.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "base/message.h"
#include "base/slice.h"
#include "number/decimal.h"
#include "stream/rows.h"
#include "stream/sink.h"
#include "stream/table.h"
#include "trial/cell.h"
#include "trial/design.h"
#include "trial/groups.h"
#include "trial/joint.h"
#include "trial/persons.h"
#include "trial/watch.h"

/* Rows after which a part that has no end by itself is merged, where a person ends. */
enum { ROWS_MOST = 8192 };

/* A value, of the outcome whose turn it is. */
struct collected {
    struct decimal decimal;
    bool missing;
};

/* What a thread holds: rows, and where persons begin among them. */
struct part {
    const struct design *design;
    struct numbers numbers;
    struct groups groups; /* without moments */
    size_t *known;        /* by group: its number for all; known_count of them */
    size_t known_count, known_room;
    struct run {
        size_t row, id, id_length; /* the first row; the id's place in `ids` */
    } * persons;
    size_t person_count, person_room;
    char *ids; /* a tab behind each */
    size_t ids_length, ids_room;
    size_t *rows; /* groups */
    size_t row_count, row_room;
    struct collected *values; /* by row, by outcome */
    size_t value_room;
    bool full; /* that was said */
};

struct collect {
    struct design *design;
    struct joint *joint;
    bool comma;
    uint64_t rows;
    struct watch_part watch; /* pairs of a family and a person */
    size_t watched;          /* families */
};

static void begin(void *context, const void *whole)
{
    const struct collect *c = whole;
    struct part *part = context;
    part->design = c->design;
    part->numbers.comma = c->comma;
    part->groups = groups_begin(c->design);
}

static bool same_person(const struct part *part, struct slice id)
{
    if (part->person_count == 0)
        return false;
    const struct run *last = &part->persons[part->person_count - 1];
    return slice_equal(id, (struct slice){part->ids + last->id, last->id_length});
}

static void begin_person(struct part *part, struct slice id)
{
    part->persons =
        heap_grow(part->persons, &part->person_room, part->person_count + 1, sizeof *part->persons);
    part->persons[part->person_count++] =
        (struct run){part->row_count, part->ids_length, id.length};
    part->ids = heap_grow(part->ids, &part->ids_room, part->ids_length + id.length + 1, 1);
    if (id.length > 0)
        memcpy(part->ids + part->ids_length, id.bytes, id.length);
    part->ids_length += id.length + 1;
    part->ids[part->ids_length - 1] = '\t';
}

static void keep_row(struct part *part, const struct table *row, size_t group)
{
    const struct design *design = part->design;
    size_t outcomes = design->outcomes.count, first = part->row_count * outcomes;
    part->rows = heap_grow(part->rows, &part->row_room, part->row_count + 1, sizeof *part->rows);
    part->values =
        heap_grow(part->values, &part->value_room, first + outcomes, sizeof *part->values);
    part->rows[part->row_count++] = group;
    for (size_t i = 0; i < outcomes; i++) {
        struct collected *value = &part->values[first + i];
        value->missing = !cell_decimal(&part->numbers, row, design->values[i], &value->decimal);
        if (value->missing && design->options->missing != DESIGN_MISSING_DROP)
            fail_at(table_place(row, design->values[i]),
                    "a missing outcome; say --missing drop to leave such persons out of all rows "
                    "of a family and count them");
    }
}

static enum rows_verdict take(void *context, const struct table *row, struct sink *out)
{
    struct part *part = context;
    size_t id_slot = part->design->persons.id;
    struct slice id = {0};
    (void)out;
    if (id_slot != TABLE_NONE)
        id = table_cell(row, id_slot);
    bool fresh, another = id_slot == TABLE_NONE || !same_person(part, id);
    if (another && part->row_count >= ROWS_MOST && !part->full) {
        part->full = true;
        return ROWS_FULL;
    }
    groups_of_row(&part->groups, row, &fresh);
    if (fresh)
        return ROWS_MEET;
    if (another)
        begin_person(part, id);
    keep_row(part, row, part->groups.keys.last);
    return ROWS_TAKEN;
}

static void meet(void *context, struct table *row)
{
    design_meet(((struct collect *)context)->design, row);
}

/* The number that all know a part's group by. */
static size_t group_of(const struct collect *c, struct part *part, size_t group)
{
    for (; part->known_count <= group; part->known_count++) {
        part->known =
            heap_grow(part->known, &part->known_room, part->known_count + 1, sizeof *part->known);
        part->known[part->known_count] =
            groups_find(c->joint->groups, &part->groups, part->known_count);
    }
    return part->known[group];
}

_Noreturn static void refuse(const struct collect *c, size_t group, enum joint_verdict verdict)
{
    const struct design *d = c->design;
    if (verdict == JOINT_ARMS)
        fail("a person has rows of two %s in one family; attach what was drawn to each row from "
             "the list (jf-split)",
             d->stratum.count > 0 ? "arms or strata" : "arms");
    bool keyed = d->key.count > 0;
    fail("%s%sa person stands twice; a person has one row in a key: say --by period where a row "
         "is a month, --id COL where column 1 holds no ids, --units rows where rows are the units",
         keyed ? design_quoted(d, &d->key, c->joint->groups->groups[group].key) : "",
         keyed ? ": " : "");
}

/* The person's families have seen him. */
static void watch(struct collect *c, struct slice id)
{
    struct joint *j = c->joint;
    if (c->design->persons.id == TABLE_NONE)
        return;
    for (; c->watched < j->labels.count; c->watched++)
        watch_add_key(&c->watch, j->labels.keys[c->watched]);
    for (size_t i = 0; i < j->touched_count; i++)
        watch_row(&c->watch, j->touched[i], id);
}

/* Families are of different people, unless --family has split them: a column of time that is not
 * called so would make a family of each of its values, which hang together with nothing. */
static void check_families(const struct collect *c)
{
    const struct design *d = c->design;
    const struct joint *j = c->joint;
    for (size_t i = 0; j->touched_count > 1 && !j->split && i < d->key.count; i++)
        if (j->key_in_label[i]) {
            struct slice name = table_name(d->table, d->key.slots[i]);
            fail_at((struct place){.column = name},
                    "a person has rows of two of its values, and so would be of two families; "
                    "where it is time, say --by period=%s, and else --family to keep them apart",
                    unquoted(name));
        }
}

static void add_person(struct collect *c, struct part *part, size_t number)
{
    const struct run *person = &part->persons[number];
    size_t end = number + 1 < part->person_count ? person[1].row : part->row_count;
    size_t outcomes = c->design->outcomes.count;
    joint_person(c->joint);
    for (size_t row = person->row; row < end; row++) {
        size_t group = group_of(c, part, part->rows[row]);
        for (size_t i = 0; i < outcomes; i++) {
            const struct collected *value = &part->values[row * outcomes + i];
            enum joint_verdict verdict =
                joint_value(c->joint, group, i, value->missing ? NULL : &value->decimal);
            if (verdict != JOINT_GOOD)
                refuse(c, group, verdict);
        }
    }
    check_families(c);
    watch(c, (struct slice){part->ids + person->id, person->id_length});
    joint_end_person(c->joint);
}

static void merge(void *context, void *from)
{
    struct collect *c = context;
    struct part *part = from;
    for (size_t i = 0; i < part->person_count; i++)
        add_person(c, part, i);
    if (c->design->persons.id != TABLE_NONE && part->person_count > 0)
        watch_hold(&c->watch);
    c->rows += part->row_count;
    part->person_count = part->row_count = part->ids_length = 0;
    part->full = false;
}

static void free_part(void *context)
{
    struct part *part = context;
    groups_free(&part->groups);
    free(part->known);
    free(part->persons);
    free(part->ids);
    free(part->rows);
    free(part->values);
}

/* It is an error if a person's rows stand in two places. */
static void check_places(struct collect *c)
{
    struct persons *persons = &c->design->persons;
    if (persons->id == TABLE_NONE)
        return;
    watch_end(&c->watch);
    watch_drop(&c->watch);
    if (persons_twice(persons))
        fail("rows of at least %llu person%s do not stand together; sort the rows by the id, or "
             "say --id COL where column 1 holds no ids",
             (unsigned long long)persons->watch.persons, persons->watch.persons == 1 ? "" : "s");
}

/* It is an error if a person lacks a row of a family, unless such persons are left out. */
static void check_rows(const struct collect *c)
{
    const struct design *d = c->design;
    struct joint_member member = {0};
    uint64_t persons, of;
    if (d->options->missing == DESIGN_MISSING_DROP ||
        !joint_lacking(c->joint, &member, &persons, &of))
        return;
    const char *key = design_quoted(d, &d->key, member.key);
    const char *advice = "a family is of the same people in all its rows: say --missing drop to "
                         "leave them out of it, or write their rows with jf-hours --missing";
    if (d->options->min_cell.given)
        fail("%s: some persons have no row, and --min-cell does not say how many; %s", key, advice);
    fail("%s: %llu of %llu persons ha%s no row; %s", key, (unsigned long long)persons,
         (unsigned long long)of, persons == 1 ? "s" : "ve", advice);
}

uint64_t collect_rows(struct joint *joint, struct design *design, struct table *table,
                      struct sink *out, bool comma)
{
    struct collect collect = {.design = design, .joint = joint, .comma = comma};
    bool watched = design->persons.id != TABLE_NONE;
    if (watched)
        watch_begin(&collect.watch, &design->persons.watch);
    rows_read(table, &(struct rows_work){.context = &collect,
                                         .part_size = sizeof(struct part),
                                         .begin = begin,
                                         .take = take,
                                         .meet = meet,
                                         .merge = merge,
                                         .free = free_part,
                                         .out = out,
                                         .group = watched ? &design->persons.id : NULL,
                                         .group_count = 1});
    check_places(&collect);
    check_rows(&collect);
    return collect.rows;
}
