#include "trial/roster.h"

#include <stdlib.h>

#include "base/heap.h"
#include "base/option.h"
#include "base/suggest.h"
#include "stream/rows.h"

/* All columns are wanted in their order, so that a slot is a column. */
static void add_person(void *context, const struct table *table)
{
    struct roster *roster = context;
    struct slice id = table_cell(table, roster->id);
    struct place place = table_place(table, roster->id);
    if (id.length == 0)
        fail_at(place, "an empty id; every person of the list needs one");
    size_t number;
    if (!map_add(&roster->ids, id, &number))
        fail_at(place, "the id of line %llu again; a person stands once in the list",
                (unsigned long long)roster->persons[number].line);
    struct slice *cells = arena_take(&roster->bytes, table->columns * sizeof *cells);
    for (size_t i = 0; i < table->columns; i++)
        cells[i] = arena_keep(&roster->bytes, table_cell(table, i));
    roster->persons =
        heap_grow(roster->persons, &roster->room, number + 1, sizeof *roster->persons);
    roster->persons[number] = (struct person){.line = place.line, .cells = cells};
}

void roster_read(struct roster *roster, const char *path, struct slice id,
                 const struct common *options)
{
    *roster = (struct roster){.files = {(char *)path}};
    struct table *table = &roster->table;
    const struct common common = {.no_progress = true, .threads = options->threads};
    table_open(table, roster->files, 1, &common);
    roster->id = table_ids(table, id);
    for (size_t i = 0; i < table->columns; i++)
        table_want(table, i);
    rows_each(table, add_person, roster);
    if (roster->ids.count == 0)
        fail("%s: no person in the list, only a header; is this the list?", path);
}

struct person *roster_find(const struct roster *roster, struct slice id)
{
    size_t number = map_find(&roster->ids, id);
    return number == MAP_NONE ? NULL : &roster->persons[number];
}

struct roster_column roster_listed(const struct roster *roster, size_t column)
{
    return (struct roster_column){roster->table.name, column, roster->table.names[column]};
}

_Noreturn static void fail_column(const struct roster *roster, const struct table *extract,
                                  struct slice name)
{
    struct suggest near = suggest_begin(name);
    table_offer(extract, &near);
    table_offer(&roster->table, &near);
    const char *hint = suggest_text(&near);
    fail("no column %s in %s or %s%s", quoted(name), extract->name, roster->files[0],
         hint[0] != '\0' ? hint : "; see their headers' names with head -n 1");
}

struct roster_column roster_column(const struct roster *roster, struct table *extract,
                                   struct slice name)
{
    size_t found = table_find(extract, name);
    if (found != TABLE_NONE)
        return (struct roster_column){NULL, table_want(extract, found), name};
    found = table_find(&roster->table, name);
    if (found == TABLE_NONE)
        fail_column(roster, extract, name);
    return roster_listed(roster, found);
}

struct slice roster_cell(const struct table *extract, const struct person *person,
                         const struct roster_column *column)
{
    if (column->list == NULL)
        return table_cell(extract, column->at);
    return person != NULL ? person->cells[column->at] : slice_of("NA");
}

struct place roster_place(const struct table *extract, const struct person *person,
                          const struct roster_column *column)
{
    struct place place = table_row(extract);
    if (column->list != NULL && person != NULL)
        place = (struct place){column->list, person->line, {0}};
    place.column = column->name;
    return place;
}

/* How many persons of that arm have come to a stage of the flow. */
static uint64_t count_stage(const struct roster *roster, size_t column, struct slice arm,
                            size_t stage)
{
    uint64_t persons = 0;
    for (size_t i = 0; i < roster->ids.count; i++) {
        const struct person *p = &roster->persons[i];
        const bool counts[] = {true, p->found, !p->found, p->kept};
        persons += counts[stage] && slice_equal(p->cells[column], arm);
    }
    return persons;
}

void roster_flow(const struct roster *roster, size_t arm, struct sink *sink)
{
    static const char *const stages[] = {"assigned", "found", "not_found", "kept"};
    struct map arms = {0};
    size_t number;
    for (size_t i = 0; i < roster->ids.count; i++)
        map_add(&arms, roster->persons[i].cells[arm], &number);
    size_t *order = map_order(&arms);
    sink_words(sink, "stage");
    for (size_t i = 0; i < arms.count; i++)
        sink_name(sink, arms.keys[order[i]]);
    sink_header(sink);
    for (size_t stage = 0; stage < sizeof stages / sizeof stages[0]; stage++) {
        sink_text(sink, stages[stage]);
        for (size_t i = 0; i < arms.count; i++)
            sink_whole(sink, count_stage(roster, arm, arms.keys[order[i]], stage));
        sink_row(sink);
    }
    free(order);
    map_free(&arms);
}

void roster_free(struct roster *roster)
{
    table_close(&roster->table);
    map_free(&roster->ids);
    free(roster->persons);
    arena_free(&roster->bytes);
}
