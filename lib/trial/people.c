#include "trial/people.h"

#include <stdlib.h>

#include "base/heap.h"
#include "base/message.h"
#include "stream/rows.h"
#include "stream/table.h"
#include "trial/cell.h"
#include "trial/twins.h"

/* What reading needs. */
struct reading {
    struct people *people;
    struct design *design;
    size_t id;
};

static uint32_t arm_of(const struct design *d, struct slice label)
{
    if (slice_equal(label, slice_of(d->options->control)))
        return 0;
    return d->treated_count > 0 ? (uint32_t)map_find(&d->declared, label) + 1 : 1;
}

static uint32_t number_of(struct keys *keys, const struct table *row, bool *fresh)
{
    size_t number = 0;
    *fresh = keys->count > 0 && keys_of_row(keys, row, &number);
    return (uint32_t)number;
}

static void check_cluster(struct people *p, const struct design *d, const struct table *row,
                          const struct people_one *one, bool fresh)
{
    struct place place = table_place(row, d->cluster.slots[0]);
    size_t at = one->cluster;
    if (fresh) {
        p->drawn = heap_grow(p->drawn, &p->drawn_room, at + 1, sizeof *p->drawn);
        p->lines = heap_grow(p->lines, &p->lines_room, at + 1, sizeof *p->lines);
        p->drawn[at] = *one;
        p->lines[at] = place.line;
    }
    if (p->drawn[at].arm != one->arm || p->drawn[at].stratum != one->stratum)
        fail_at(place,
                "a person of the cluster of line %llu, and of another arm or stratum; where "
                "clusters are drawn each is in one, so see --cluster",
                (unsigned long long)p->lines[at]);
}

static void take_person(void *context, const struct table *row)
{
    struct reading *r = context;
    struct people *p = r->people;
    struct slice id = table_cell(row, r->id);
    bool fresh;
    size_t number;
    if (id.length == 0)
        fail_at(table_place(row, r->id), "an empty id; every person of the list needs one");
    cell_check_header(row, r->id);
    design_meet_person(r->design, row);
    if (!map_add(&p->ids, id, &number))
        fail_at(table_place(row, r->id), "an id that stood before; a person stands once in the "
                                         "list");
    p->all = heap_grow(p->all, &p->room, number + 1, sizeof *p->all);
    struct people_one *one = &p->all[number];
    *one = (struct people_one){.arm = arm_of(r->design, table_cell(row, r->design->arm)),
                               .stratum = number_of(&p->strata, row, &fresh)};
    one->cluster = number_of(&p->clusters, row, &fresh);
    if (p->clusters.count > 0)
        check_cluster(p, r->design, row, one, fresh);
}

void people_read(struct people *people, struct design *design, struct table *list, size_t id)
{
    struct reading reading = {people, design, id};
    people->strata = keys_begin(list, design->stratum.slots, design->stratum.count);
    people->clusters = keys_begin(list, design->cluster.slots, design->cluster.count);
    rows_each(list, take_person, &reading);
    if (people->ids.count == 0)
        fail("%s: no person in the list, only a header; is this the list?", list->name);
    twins_check_map(&people->ids, list->name);
    design_check_arms(design);
}

struct slice people_stratum(const struct people *people, size_t stratum)
{
    return people->strata.count > 0 ? keys_cells(&people->strata, stratum) : (struct slice){0};
}

struct slice people_cluster(const struct people *people, size_t cluster)
{
    return people->clusters.count > 0 ? keys_cells(&people->clusters, cluster) : (struct slice){0};
}

struct slice people_arm(const struct design *design, size_t arm)
{
    return arm == 0 ? slice_of(design->options->control) : design->treated[arm - 1];
}

void people_check_absent(const struct people *people, const struct design *design,
                         const struct table *list, bool drop)
{
    size_t absent = 0;
    struct message_part words = {.length = 0};
    for (size_t i = 0; i < people->ids.count; i++)
        absent += !people->all[i].found;
    if (absent == 0)
        return;
    if (design->options->min_cell.given)
        message_add(&words, "persons of the list have no row");
    else
        message_add(&words, "%zu of %zu persons have no row", absent, people->ids.count);
    if (drop) {
        warn("%s: %s; they are drawn, without values (--absent drop)", list->name, words.text);
        return;
    }
    fail("%s: %s; say --absent drop to draw them without values, or give each one (jf-split "
         "--absent keep)",
         list->name, words.text);
}

void people_free(struct people *people)
{
    map_free(&people->ids);
    free(people->all);
    keys_free(&people->strata);
    keys_free(&people->clusters);
    free(people->drawn);
    free(people->lines);
}
