#include "trial/design.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "base/message.h"
#include "base/slice.h"
#include "stream/table.h"

const struct design_options design_model = {0};

#define AT(field) ((void *)&design_model.field)
const struct option_row design_options[] = {
    OPTION_TEXT(0, "control", "LABEL", AT(control), "the control arm"),
    OPTION_LIST(0, "treated", "LABELS", AT(treated), "the other arms, where there are several"),
    OPTION_LIST('y', "outcome", "COLS", AT(outcomes), "the outcomes (default hours)"),
    OPTION_LIST(0, "by", "COLS", AT(by),
                "a result for each value (default period; '': one in all)"),
    OPTION_TEXT(0, "arm", "COL", AT(arm), "the arms' column (default arm)"),
    OPTION_CHOICE(0, "missing", DESIGN_MISSING_WORDS, AT(missing),
                  "leave missing outcomes out, and count them"),
    OPTION_LIST(0, "strata", "COLS", AT(strata), "weight the differences within these"),
    OPTION_WHOLE(0, "min-cell", "K", 1, 1000000, AT(min_cell), "mask counts from 1 to K-1"),
    OPTION_END,
};
#undef AT

void design_check(const struct design_options *options)
{
    for (size_t i = 0; i < options->treated.count; i++)
        if (slice_equal(options->treated.items[i], slice_of(options->control)))
            misuse("%s is both --control and --treated", quoted(options->treated.items[i]));
}

struct design design_plan(const struct design_options *options, struct table *table)
{
    size_t keys = options->by.count, strata = options->strata.count;
    size_t *slots = heap_take(keys + strata + 1, sizeof *slots);
    if (!options->by.given && table->columns > 1 &&
        table_find(table, options->by.items[0]) == TABLE_NONE)
        fail_at(table_header(table),
                "no column 'period'; say --by COLS for other keys, --by '' for none");
    table_want_names(table, options->by.items, keys, slots);
    table_want_names(table, options->strata.items, strata, slots + keys);
    slots[keys + strata] = table_want_name(table, slice_of(options->arm));
    struct design design = {.options = options,
                            .table = table,
                            .key = {slots, keys},
                            .stratum = {slots + keys, strata},
                            .arm = slots[keys + strata],
                            .cell = {slots, keys + strata + 1}};
    design.arms =
        arms_begin(slice_of(options->control), options->treated.items, options->treated.count);
    design.arms.hidden = table_column(table, design.arm) == table->id;
    return design;
}

static void add_outcome(struct design *design, struct slice name)
{
    size_t count = design->outcomes.count;
    if (map_add(&design->outcomes, name) < count)
        misuse("-y: %s twice", quoted(name));
}

void design_plan_outcomes(struct design *design, struct table *table)
{
    const struct list *names = &design->options->outcomes;
    design->values = heap_take(names->count, sizeof *design->values);
    table_want_names(table, names->items, names->count, design->values);
    for (size_t i = 0; i < names->count; i++)
        add_outcome(design, table_name(table, design->values[i]));
}

void design_name_outcomes(struct design *design)
{
    const struct list *names = &design->options->outcomes;
    for (size_t i = 0; names->given && i < names->count; i++)
        add_outcome(design, names->items[i]);
}

void design_meet(struct design *design, const struct table *row)
{
    arms_see(&design->arms, table_cell(row, design->arm), table_place(row, design->arm));
}

struct slice *design_names(const struct design *design)
{
    size_t count = design->key.count + design->stratum.count;
    struct slice *names = heap_take(count, sizeof *names);
    for (size_t i = 0; i < count; i++)
        names[i] = table_name(design->table, design->cell.slots[i]);
    return names;
}

const char *design_quoted(const struct design *design, const struct design_columns *columns,
                          struct slice cells)
{
    for (size_t i = 0; i < columns->count; i++)
        if (table_column(design->table, columns->slots[i]) == design->table->id)
            return "(an id)";
    return quoted(cells);
}

void design_free(struct design *design)
{
    free((void *)design->key.slots);
    map_free(&design->outcomes);
    free(design->values);
    arms_free(&design->arms);
}
