#include "trial/records.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "base/map.h"
#include "base/message.h"
#include "base/slice.h"
#include "number/decimal.h"
#include "number/digits.h"
#include "number/moments.h"
#include "stream/rows.h"
#include "stream/table.h"
#include "trial/clusters.h"

/* A column of the stream, and where the list's cell is: the arm, the stratum's or the cluster's. */
struct records_twin {
    size_t slot;
    enum { TWIN_STRATUM, TWIN_CLUSTER, TWIN_ARM } of;
    size_t at; /* which cell of it */
};

static void add_twin(struct records *p, struct table *table, size_t slot, struct records_twin twin)
{
    size_t column = table_exact(table, table_name(p->design->list, slot));
    if (column == TABLE_NONE)
        return;
    twin.slot = table_want(table, column);
    p->twins[p->twin_count++] = twin;
}

void records_plan(struct records *p, struct design *design, struct people *people,
                  struct table *table)
{
    *p = (struct records){.design = design, .people = people};
    p->twins = heap_take(design->cell.count, sizeof *p->twins);
    for (size_t i = 0; i < design->stratum.count; i++)
        add_twin(p, table, design->stratum.slots[i],
                 (struct records_twin){.of = TWIN_STRATUM, .at = i});
    for (size_t i = 0; i < design->cluster.count; i++)
        add_twin(p, table, design->cluster.slots[i], (struct records_twin){.of = TWIN_CLUSTER});
    add_twin(p, table, design->arm, (struct records_twin){.of = TWIN_ARM});
}

static void check_twin(const struct records *p, const struct table *row,
                       const struct records_twin *twin, const struct people_one *one)
{
    struct slice cells = twin->of == TWIN_ARM       ? people_arm(p->design, one->arm)
                         : twin->of == TWIN_STRATUM ? people_stratum(p->people, one->stratum)
                                                    : people_cluster(p->people, one->cluster);
    struct slice cell = cells;
    for (size_t i = 0; twin->of == TWIN_STRATUM && i <= twin->at; i++)
        cell = slice_cut(&cells, '\t');
    if (!slice_equal(cell, table_cell(row, twin->slot)))
        fail_at(table_place(row, twin->slot),
                "the row has another one than %s has for the person; mend one of the two",
                p->design->list->name);
}

/* The columns of a key that is new. */
static void add_key(struct records *p, const struct table *row, size_t key)
{
    size_t outcomes = p->design->outcomes.count, persons = p->people->ids.count;
    design_meet_key(p->design, row);
    p->columns = heap_grow(p->columns, &p->room, (key + 1) * outcomes, sizeof *p->columns);
    for (size_t i = key * outcomes; i < (key + 1) * outcomes; i++) {
        p->columns[i] = (struct records_column){heap_take(persons, sizeof(int64_t)), 0};
        for (size_t j = 0; j < persons; j++)
            p->columns[i].values[j] = RECORDS_NONE;
    }
}

/* In so many times smaller units; false where the value is too large. */
static bool lift(int64_t *value, unsigned decimals)
{
    const int64_t most = (int64_t)1 << RECORDS_BITS;
    return decimals < DIGITS_POWERS &&
           !__builtin_mul_overflow(*value, digits_powers[decimals], value) &&
           *value<most && * value> - most;
}

static bool refine(struct records_column *column, size_t persons, unsigned scale)
{
    for (size_t i = 0; i < persons; i++)
        if (records_has(column->values[i]) && !lift(&column->values[i], scale - column->scale))
            return false;
    column->scale = scale;
    return true;
}

static bool set_value(struct records_column *column, size_t persons, size_t person,
                      struct decimal value)
{
    int64_t units = (int64_t)value.units;
    if (units != value.units ||
        (value.scale > column->scale && !refine(column, persons, value.scale)) ||
        !lift(&units, column->scale - value.scale))
        return false;
    column->values[person] = units;
    return true;
}

static void take_value(struct records *p, const struct table *row, struct records_column *column,
                       size_t slot, size_t person)
{
    struct decimal value;
    if (column->values[person] != RECORDS_NONE)
        fail_at(table_row(row), "a second row of a person in one key; say --by COLS for keys in "
                                "which each stands once, or see --id");
    if (cell_decimal(&p->numbers, row, slot, &value)) {
        if (!set_value(column, p->people->ids.count, person, value))
            fail_at(table_place(row, slot),
                    "more than 17 digits from the largest value of a key to "
                    "its finest decimal; round the values");
    } else if (p->design->options->missing == DESIGN_MISSING_DROP)
        column->values[person] = RECORDS_MISSING;
    else
        fail_at(table_place(row, slot),
                "a missing outcome; say --missing drop to leave such rows out and count them");
}

static void take_row(void *context, const struct table *row)
{
    struct records *p = context;
    const struct design *d = p->design;
    size_t key, person = map_find(&p->people->ids, table_cell(row, d->persons.id));
    if (person == MAP_NONE)
        fail_at(table_place(row, d->persons.id),
                "an id that is not in %s; leave such rows out before (jf-split -a)", d->list->name);
    for (size_t i = 0; i < p->twin_count; i++)
        check_twin(p, row, &p->twins[i], &p->people->all[person]);
    if (keys_of_row(&p->keys, row, &key))
        add_key(p, row, key);
    for (size_t i = 0; i < d->outcomes.count; i++)
        take_value(p, row, &p->columns[key * d->outcomes.count + i], d->values[i], person);
    p->people->all[person].found = true;
}

/* Whether two keys are of the same people: they differ in time alone. */
static bool same_people(const struct records *p, size_t one, size_t other)
{
    struct slice a = keys_cells(&p->keys, one), b = keys_cells(&p->keys, other);
    for (size_t i = 0; i < p->design->key.count; i++) {
        bool same = slice_equal(slice_cut(&a, '\t'), slice_cut(&b, '\t'));
        if (!same && !keys_names_time(p->design->key_names[i]))
            return false;
    }
    return true;
}

/* By key: the first one of the same people; the caller frees. */
static size_t *first_keys(const struct records *p)
{
    size_t count = keys_count(&p->keys), *firsts = heap_take(count, sizeof *firsts);
    for (size_t i = 0; i < count; i++) {
        size_t first = 0;
        while (first < i && (firsts[first] != first || !same_people(p, first, i)))
            first++;
        firsts[i] = first;
    }
    return firsts;
}

static bool has_row(const struct records *p, size_t key, size_t person)
{
    return p->columns[key * p->design->outcomes.count].values[person] != RECORDS_NONE;
}

/* A key, and how many persons have no row there, but in other keys of the same people. */
struct lacking {
    size_t key, persons;
};

/* Of the keys that have that first one; keeps the lowest. `met` is by person. */
static void find_lacking(const struct records *p, const size_t *firsts, size_t first, bool *met,
                         struct lacking *lacking)
{
    size_t count = keys_count(&p->keys), persons = p->people->ids.count;
    for (size_t i = 0; i < persons; i++)
        met[i] = false;
    for (size_t key = first; key < count; key++)
        for (size_t i = 0; firsts[key] == first && i < persons; i++)
            met[i] |= has_row(p, key, i);
    for (size_t key = first; key < count; key++) {
        size_t none = 0;
        for (size_t i = 0; firsts[key] == first && i < persons; i++)
            none += met[i] && !has_row(p, key, i);
        if (none > 0 &&
            (lacking->persons == 0 ||
             keys_compare(keys_cells(&p->keys, key), keys_cells(&p->keys, lacking->key)) < 0))
            *lacking = (struct lacking){key, none};
    }
}

/* It is an error if a person has rows of some months and not of others. */
static void check_rows(const struct records *p)
{
    const struct design *d = p->design;
    size_t *firsts = first_keys(p);
    bool *met = heap_take(p->people->ids.count, sizeof *met);
    struct lacking lacking = {0};
    for (size_t key = 0; key < keys_count(&p->keys); key++)
        if (firsts[key] == key)
            find_lacking(p, firsts, key, met, &lacking);
    free(met);
    free(firsts);
    if (lacking.persons == 0)
        return;
    const char *cells = design_quoted(d, &d->key, keys_cells(&p->keys, lacking.key));
    const char *advice = "say --missing drop to leave them out there, or write their rows with "
                         "jf-hours --missing";
    if (d->options->min_cell.given)
        fail("%s: some persons have no row, and --min-cell does not say how many; %s", cells,
             advice);
    fail("%s: %zu person%s no row, but of other periods; %s", cells, lacking.persons,
         lacking.persons == 1 ? " has" : "s have", advice);
}

void records_read(struct records *p, struct table *table, bool comma)
{
    p->keys = keys_begin(table, p->design->key.slots, p->design->key.count);
    p->numbers.comma = comma;
    rows_each(table, take_row, p);
    if (keys_count(&p->keys) == 0)
        fail("%s: no row, only a header; see what the stage before leaves out", table->name);
    if (p->design->options->missing != DESIGN_MISSING_DROP)
        check_rows(p);
}

static void add_values(const struct records *p, struct groups *groups, size_t key, size_t person)
{
    const struct people_one *one = &p->people->all[person];
    size_t outcomes = p->design->outcomes.count;
    const struct records_column *columns = &p->columns[key * outcomes];
    if (columns[0].values[person] == RECORDS_NONE)
        return;
    struct group *group =
        groups_named(groups, keys_cells(&p->keys, key), people_stratum(p->people, one->stratum),
                     people_cluster(p->people, one->cluster), people_arm(p->design, one->arm));
    for (size_t i = 0; i < outcomes; i++) {
        struct moments *moments = group_moments(group, i);
        if (columns[i].values[person] == RECORDS_MISSING)
            moments->missing++;
        else
            moments_add(moments, (struct decimal){columns[i].values[person], columns[i].scale});
    }
}

struct groups records_groups(const struct records *p)
{
    struct groups groups = {.design = p->design};
    for (size_t key = 0; key < keys_count(&p->keys); key++)
        for (size_t i = 0; i < p->people->ids.count; i++)
            add_values(p, &groups, key, i);
    if (p->design->cluster.count > 0)
        clusters_number(&groups);
    groups_sort(&groups);
    return groups;
}

const struct records_column *records_column(const struct records *p, struct slice key,
                                            size_t outcome)
{
    size_t number = 0;
    while (!slice_equal(keys_cells(&p->keys, number), key))
        number++;
    return &p->columns[number * p->design->outcomes.count + outcome];
}

void records_free(struct records *p)
{
    for (size_t i = 0; i < keys_count(&p->keys) * p->design->outcomes.count; i++)
        free(p->columns[i].values);
    free(p->columns);
    free(p->twins);
    keys_free(&p->keys);
}
