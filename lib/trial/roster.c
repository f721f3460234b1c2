#include "trial/roster.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"

static struct slice keep(struct roster *roster, struct slice bytes)
{
    char *own = arena_take(&roster->bytes, bytes.length);
    if (bytes.length > 0)
        memcpy(own, bytes.bytes, bytes.length);
    return (struct slice){own, bytes.length};
}

static void add_person(struct roster *roster, const size_t *slots)
{
    const struct table *table = &roster->table;
    struct slice id = table_cell(table, slots[roster->id]);
    struct place place = table_place(table, slots[roster->id]);
    if (id.length == 0)
        fail_at(place, "an empty id; every person of the list needs one");
    size_t count = roster->ids.count;
    size_t number = map_add(&roster->ids, id);
    if (number < count)
        fail_at(place, "the id of line %llu again; a person stands once in the list",
                (unsigned long long)roster->persons[number].line);
    struct slice *cells = arena_take(&roster->bytes, table->columns * sizeof *cells);
    for (size_t i = 0; i < table->columns; i++)
        cells[i] = keep(roster, table_cell(table, slots[i]));
    roster->persons = heap_grow(roster->persons, &roster->room, count + 1, sizeof *roster->persons);
    roster->persons[count] = (struct person){.line = place.line, .cells = cells};
}

void roster_read(struct roster *roster, const char *path, struct slice id, uint64_t threads)
{
    *roster = (struct roster){.files = {(char *)path}};
    struct table *table = &roster->table;
    const struct common common = {.no_progress = true, .threads = threads};
    table_open(table, roster->files, 1, &common);
    roster->id = table_ids(table, id);
    size_t *slots = heap_take(table->columns, sizeof *slots);
    for (size_t i = 0; i < table->columns; i++)
        slots[i] = table_want(table, i);
    while (table_next(table))
        add_person(roster, slots);
    free(slots);
    if (roster->ids.count == 0)
        fail("%s: no person in the list, only a header; is this the list?", path);
}

struct person *roster_find(struct roster *roster, struct slice id)
{
    size_t number = map_find(&roster->ids, id);
    return number == MAP_NONE ? NULL : &roster->persons[number];
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
    for (size_t i = 0; i < roster->ids.count; i++)
        map_add(&arms, roster->persons[i].cells[arm]);
    size_t *order = map_order(&arms);
    struct slice *names = heap_take(arms.count + 1, sizeof *names);
    names[0] = slice_of("stage");
    for (size_t i = 0; i < arms.count; i++)
        names[1 + i] = arms.keys[order[i]];
    sink_header(sink, names, arms.count + 1);
    for (size_t stage = 0; stage < sizeof stages / sizeof stages[0]; stage++) {
        sink_text(sink, stages[stage]);
        for (size_t i = 0; i < arms.count; i++)
            sink_whole(sink, count_stage(roster, arm, names[1 + i], stage));
        sink_row(sink);
    }
    free(names);
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
