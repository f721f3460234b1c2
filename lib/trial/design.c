#include "trial/design.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "base/message.h"
#include "base/slice.h"
#include "base/suggest.h"
#include "stream/table.h"
#include "trial/cell.h"

const struct design_options design_model = {0};

#define AT(field) ((void *)&design_model.field)
const struct option_row design_options[] = {
    OPTION_TEXT(0, "control", "LABEL", AT(control), "the control arm"),
    OPTION_LIST(0, "treated", "LABELS", AT(treated), "the other arms, where there are several"),
    OPTION_LIST('y', "outcome", "COLS", AT(outcomes), "the outcomes (default hours)"),
    OPTION_NONE_OR_LIST(0, "by", "COLS", AT(by),
                        "a result a value (default period; '': one in all)"),
    OPTION_TEXT(0, "arm", "COL", AT(arm), "the arms' column (default arm)"),
    OPTION_CHOICE(0, "missing", DESIGN_MISSING_WORDS, AT(missing),
                  "leave missing outcomes out, and count them"),
    OPTION_LIST(0, "strata", "COLS", AT(strata), "weight the differences within these"),
    OPTION_TEXT(0, "cluster", "COL", AT(cluster), "persons hang together in these"),
    OPTION_WHOLE(0, "max-memory", "MIB", 1, 1 << 24, AT(max_memory),
                 "of the sums of --cluster (default 1024)"),
    OPTION_WHOLE(0, "min-cell", "K", 1, 1000000, AT(min_cell), "mask counts from 1 to K-1"),
    OPTION_END,
};
#undef AT

void design_check(const struct design_options *options)
{
    for (size_t i = 0; i < options->treated.count; i++)
        if (slice_equal(options->treated.items[i], slice_of(options->control)))
            misuse("%s is both --control and --treated", quoted_given(options->treated.items[i]));
    if (options->max_memory.given && options->cluster == NULL)
        misuse("--max-memory goes with --cluster");
}

static struct map number_arms(const struct list *treated)
{
    struct map arms = {0};
    for (size_t i = 0; i < treated->count; i++) {
        size_t number;
        if (!map_add(&arms, treated->items[i], &number))
            misuse("--treated: %s twice", quoted(treated->items[i]));
    }
    return arms;
}

struct design design_plan(const struct design_options *options, struct table *table)
{
    return design_plan_listed(options, table, table);
}

struct design design_plan_listed(const struct design_options *options, struct table *table,
                                 struct table *list)
{
    size_t keys = options->by.count, strata = options->strata.count;
    size_t clusters = options->cluster != NULL, arm = keys + strata + clusters;
    size_t *slots = heap_take(arm + 1, sizeof *slots);
    if (!options->by.given && table->columns > 1 &&
        table_find(table, options->by.items[0]) == TABLE_NONE)
        fail_at(table_header(table),
                "no column 'period'; say --by COLS for other keys, --by '' for none");
    struct slice *names = heap_take(keys, sizeof *names);
    table_want_as(table, options->by.items, keys, slots, names);
    table_want_names(list, options->strata.items, strata, slots + keys);
    if (clusters > 0)
        slots[keys + strata] = table_want_name(list, slice_of(options->cluster));
    slots[arm] = table_want_name(list, slice_of(options->arm));
    return (struct design){.options = options,
                           .table = table,
                           .list = list,
                           .key = {slots, keys},
                           .key_names = names,
                           .stratum = {slots + keys, strata},
                           .cluster = {slots + keys + strata, clusters},
                           .arm = slots[arm],
                           .cell = {slots, arm + 1},
                           .labels = heap_take(arm + 1, sizeof(struct labels)),
                           .persons = {.id = TABLE_NONE},
                           .declared = number_arms(&options->treated),
                           .treated = options->treated.items,
                           .treated_count = options->treated.count,
                           .treated_seen = heap_take(options->treated.count, sizeof(bool))};
}

/* Who is counted; all other columns are known, and the first of these are the table's. */
static void plan_persons(struct design *design, struct table *table)
{
    const struct persons_role roles[] = {
        {"a key", design->key.slots, design->key.count},
        {"an outcome", design->values, design->outcomes.count},
        {"a stratum", design->stratum.slots, design->stratum.count},
        {"a cluster", design->cluster.slots, design->cluster.count},
        {"the arm", &design->arm, 1},
    };
    enum { OF_TABLE = 2, ALL = sizeof roles / sizeof roles[0] };
    persons_plan(&design->persons, &design->options->persons, table, roles,
                 design->list == table ? ALL : OF_TABLE);
}

static void add_outcome(struct design *design, struct slice name)
{
    size_t number;
    if (!map_add(&design->outcomes, name, &number))
        misuse("-y: %s twice", quoted(name));
}

void design_plan_outcomes(struct design *design, struct table *table)
{
    const struct list *names = &design->options->outcomes;
    design->values = heap_take(names->count, sizeof *design->values);
    table_want_names(table, names->items, names->count, design->values);
    for (size_t i = 0; i < names->count; i++)
        add_outcome(design, table_name(table, design->values[i]));
    plan_persons(design, table);
}

void design_name_outcomes(struct design *design)
{
    const struct list *names = &design->options->outcomes;
    for (size_t i = 0; names->given && i < names->count; i++)
        add_outcome(design, names->items[i]);
}

/* Labels in the column of ids are not shown: they are ids, so that --arm is wrong. */
static bool labels_hidden(const struct design *d)
{
    return table_column(d->list, d->arm) == d->list->id;
}

_Noreturn static void refuse(const struct design *d, struct slice label, struct place place)
{
    if (labels_hidden(d))
        fail_at(place, "an arm too many; see --arm and --treated (it is not shown, as it may be an "
                       "id in the first column)");
    struct suggest near = suggest_begin(label);
    suggest_offer(&near, slice_of(d->options->control));
    for (size_t i = 0; i < d->treated_count; i++)
        suggest_offer(&near, d->treated[i]);
    if (d->treated_count > 0)
        fail_at(place, "arm %s is neither --control nor --treated; mend the label, or name it%s",
                quoted(label), suggest_text(&near));
    suggest_offer(&near, d->only);
    const char *hint = suggest_text(&near);
    fail_at(place,
            "arm %s beside %s (line %llu) and control %s; mend the label, or name the arms "
            "with --treated%s",
            quoted(label), quoted(d->only), (unsigned long long)d->only_place.line,
            quoted_text(d->options->control), hint);
}

void design_meet_key(struct design *d, const struct table *row)
{
    for (size_t i = 0; i < d->key.count; i++)
        labels_check(&d->labels[i], row, d->key.slots[i], "key");
}

void design_meet(struct design *d, const struct table *row)
{
    design_meet_key(d, row);
    design_meet_person(d, row);
}

void design_meet_person(struct design *d, const struct table *row)
{
    size_t keys = d->key.count, strata = d->stratum.count;
    for (size_t i = keys; i + 1 < d->cell.count; i++)
        labels_check(&d->labels[i], row, d->cell.slots[i],
                     i < keys + strata ? "stratum" : "cluster");
    struct slice label = table_cell(row, d->arm), control = slice_of(d->options->control);
    struct place place = table_place(row, d->arm);
    if (cell_missing(label))
        fail_at(place, "a missing arm; a person of the trial has one (jf-split --all keeps those "
                       "who are not in it)");
    if (control.length == 0) /* arms are only told apart: any two may be meant */
        labels_check(&d->labels[d->cell.count - 1], row, d->arm, "arm");
    d->any_seen = true;
    d->control_seen |= slice_equal(label, control);
    if (control.length == 0 || slice_equal(label, control))
        return;
    size_t number = map_find(&d->declared, label);
    if (number != MAP_NONE) {
        d->treated_seen[number] = true;
        return;
    }
    if (d->treated_count == 0 && d->only.length == 0) {
        d->only = arena_keep(&d->bytes, label);
        d->only_place = place;
    }
    if (d->treated_count > 0 || !slice_equal(label, d->only))
        refuse(d, label, place);
}

void design_check_arms(struct design *d)
{
    struct place place = {table_row(d->list).file, 0, table_name(d->list, d->arm)};
    const char *control = quoted_text(d->options->control);
    struct suggest near = suggest_begin(slice_of(d->options->control));
    if (!labels_hidden(d))
        suggest_offer(&near, d->only);
    if (!d->any_seen)
        fail_at(place,
                "there is no row, so none of the control arm %s; see what the stage before "
                "leaves out",
                control);
    if (!d->control_seen)
        fail_at(place, "no row has the control arm %s; see --control and --arm%s", control,
                suggest_text(&near));
    for (size_t i = 0; i < d->treated_count; i++)
        if (!d->treated_seen[i])
            fail_at(place, "no row has the treated arm %s; see --treated",
                    quoted_given(d->treated[i]));
    if (d->treated_count == 0 && d->only.length == 0)
        fail_at(place,
                "every row has the control arm %s, so there is nothing to compare; see --arm",
                control);
    if (d->treated_count == 0) {
        d->treated = &d->only;
        d->treated_count = 1;
    }
}

struct slice *design_names(const struct design *design)
{
    size_t keys = design->key.count, count = design->cell.count - 1;
    struct slice *names = heap_take(count, sizeof *names);
    for (size_t i = 0; i < count; i++)
        names[i] =
            i < keys ? design->key_names[i] : table_name(design->list, design->cell.slots[i]);
    return names;
}

const char *design_quoted(const struct design *design, const struct design_columns *columns,
                          struct slice cells)
{
    const struct table *table = columns == &design->key ? design->table : design->list;
    for (size_t i = 0; i < columns->count; i++)
        if (table_column(table, columns->slots[i]) == table->id)
            return "(an id)";
    return quoted_cells(cells);
}

void design_free(struct design *design)
{
    free((void *)design->key.slots);
    free(design->key_names);
    map_free(&design->outcomes);
    map_free(&design->declared);
    free(design->values);
    free(design->treated_seen);
    for (size_t i = 0; i < design->cell.count; i++)
        labels_free(&design->labels[i]);
    free(design->labels);
    persons_free(&design->persons);
    arena_free(&design->bytes);
}
