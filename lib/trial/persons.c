#include "trial/persons.h"

#include <stdlib.h>

#include "base/message.h"
#include "trial/keys.h"

const struct persons_options persons_model = {0};

const struct option_row persons_options[] = {
    OPTION_CHOICE(0, "units", PERSONS_UNITS_WORDS, (void *)&persons_model.units,
                  "what is counted: persons (default), or rows"),
    OPTION_TEXT(0, "id", "COL", (void *)&persons_model.id, "the ids' column (default the first)"),
    OPTION_END,
};

void persons_refuse(const struct persons_options *options, const char *what)
{
    if (options->units == PERSONS_ROWS)
        misuse("--units and %s: there are no rows, only what was counted; leave one out", what);
    if (options->id != NULL)
        misuse("--id and %s: there are no ids; leave one out", what);
}

/* It is an error if the column of ids is of that role, too. */
static void check_role(const struct persons_options *options, const struct table *table,
                       const struct persons_role *role)
{
    for (size_t i = 0; i < role->count; i++) {
        if (table_column(table, role->slots[i]) != table->id)
            continue;
        const char *or_rows = options->listed ? "" : ", or --units rows where a row is a person";
        if (options->id == NULL && table->id == 0)
            fail_at(table_header(table), "column 1, %s, holds no ids; say --id COL%s", role->name,
                    or_rows);
        fail_at(table_header(table), "column %s is --id and %s; say another --id%s",
                quoted(table->names[table->id]), role->name, or_rows);
    }
}

void persons_plan(struct persons *p, const struct persons_options *options, struct table *table,
                  const struct persons_role *roles, size_t count)
{
    *p = (struct persons){.id = TABLE_NONE, .key = roles[0]};
    if (options->id != NULL)
        table_ids(table, slice_of(options->id));
    if (options->units == PERSONS_ROWS)
        return;
    for (size_t i = 0; i < count; i++)
        check_role(options, table, &roles[i]);
    p->id = table_want(table, table->id);
    watch_open(&p->watch);
}

void persons_seam(struct persons *p, const struct table *row, bool first)
{
    struct slice key = keys_name(row, p->key.slots, p->key.count, &p->name, &p->name_room);
    size_t tab = key.length > 0;
    key = (struct slice){key.bytes + tab, key.length - tab};
    watch_seam(&p->watch, key, table_cell(row, p->id), first);
}

bool persons_twice(struct persons *p)
{
    return p->id != TABLE_NONE && watch_found(&p->watch);
}

void persons_name(struct persons *p, struct slice key)
{
    watch_name(&p->watch, key);
}

void persons_fail(const struct persons *p)
{
    const char *first = p->key.count > 0 ? quoted_cells(p->watch.first) : "";
    watch_fail(
        &p->watch, first,
        "a person is counted once: say --by period where a row is a month (or jf-hours --per "
        "window before this), --id COL where column 1 holds no ids, --units rows where rows "
        "are the units");
}

void persons_free(struct persons *p)
{
    if (p->id != TABLE_NONE)
        watch_close(&p->watch);
    free(p->name);
}
