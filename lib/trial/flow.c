#include "trial/flow.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/heap.h"
#include "base/map.h"
#include "base/message.h"
#include "base/option.h"
#include "base/slice.h"
#include "number/moments.h"
#include "stream/rows.h"
#include "stream/table.h"
#include "trial/cell.h"
#include "trial/keys.h"

/* The persons who came through, by arm: columns of the flow from the second on. */
struct flow {
    struct table table;
    uint64_t *kept; /* by column */
    unsigned stages;
};

enum { STAGE_KEPT = 1, STAGE_ABSENT_KEPT = 2 };

static void read_stage(void *context, const struct table *row)
{
    struct flow *flow = context;
    struct slice stage = table_cell(row, 0);
    bool kept = slice_equal(stage, slice_of("kept"));
    if (!kept && !slice_equal(stage, slice_of("absent_kept")))
        return;
    flow->stages |= kept ? STAGE_KEPT : STAGE_ABSENT_KEPT;
    for (size_t i = 1; i < row->columns; i++) {
        uint64_t count;
        if (!slice_whole(table_cell(row, i), &count))
            fail_at(table_place(row, i),
                    "%s is no count; give the flow that was written without --min-cell",
                    quoted(table_cell(row, i)));
        flow->kept[i] += count;
    }
}

static void read_flow(struct flow *flow, char *path)
{
    static const struct common common = {.no_progress = true};
    char *files[] = {path};
    *flow = (struct flow){.kept = NULL};
    table_open(&flow->table, files, 1, &common);
    for (size_t i = 0; i < flow->table.columns; i++)
        table_want(&flow->table, i); /* in their order, so that a slot is a column */
    if (!slice_equal(flow->table.names[0], slice_of("stage")))
        fail_at(table_header(&flow->table), "no column stage; this is no flow of jf-split --flow");
    flow->kept = heap_take(flow->table.columns, sizeof *flow->kept);
    rows_each(&flow->table, read_stage, flow);
    if (flow->stages != (STAGE_KEPT | STAGE_ABSENT_KEPT))
        fail("%s: no row kept or absent_kept; write the flow anew with jf-split --flow", path);
}

/* Persons in one value of period and window. */
struct cell_of_time {
    uint64_t *persons; /* by outcome and column of the flow */
};

struct times {
    struct map names;
    struct cell_of_time *cells;
    size_t room;
    char *time; /* of a group */
    size_t time_room;
};

static size_t column_of_arm(const struct flow *flow, struct slice arm)
{
    size_t column = table_exact(&flow->table, arm);
    if (column != TABLE_NONE && column > 0)
        return column;
    fail_at(table_header(&flow->table),
            "no arm %s in the flow, and the sums have it; is it the "
            "flow of this list?",
            quoted(arm));
}

static void add_group(struct times *times, const struct flow *flow, const struct design *design,
                      struct group *group)
{
    size_t at, columns = flow->table.columns, column = column_of_arm(flow, group->arm);
    struct slice time = keys_time(design->key_names, design->key.count, group->key, &times->time,
                                  &times->time_room);
    if (map_add(&times->names, time, &at)) {
        times->cells = heap_grow(times->cells, &times->room, at + 1, sizeof *times->cells);
        times->cells[at].persons = heap_take(design->outcomes.count * columns, sizeof(uint64_t));
    }
    for (size_t i = 0; i < design->outcomes.count; i++) {
        const struct moments *moments = group_moments(group, i);
        times->cells[at].persons[i * columns + column] += moments->n + moments->missing;
    }
}

/* A number of persons; what is more than that is none, but may be an id in its place. */
enum { PERSONS_MOST = 99999999, PERSONS_ROOM = 32 };
static const char *persons_text(uint64_t persons, char *text)
{
    bool over = persons > PERSONS_MOST;
    snprintf(text, PERSONS_ROOM, "%s%llu", over ? "over " : "",
             (unsigned long long)(over ? PERSONS_MOST : persons));
    return text;
}

static void compare(const struct flow *flow, const struct design *design, struct slice time,
                    const struct cell_of_time *cell)
{
    size_t columns = flow->table.columns;
    char held[PERSONS_ROOM], kept[PERSONS_ROOM];
    for (size_t i = 0; i < design->outcomes.count; i++)
        for (size_t j = 1; j < columns; j++)
            if (!cell_missing(flow->table.names[j]) &&
                cell->persons[i * columns + j] != flow->kept[j])
                fail("%s%s%s of arm %s: the sums hold %s persons, the flow in %s kept %s; run "
                     "the parts again, of this list, and see what leaves persons out",
                     time.length > 0 ? quoted_cells(time) : "", time.length > 0 ? ", " : "",
                     quoted(design->outcomes.keys[i]), quoted(flow->table.names[j]),
                     persons_text(cell->persons[i * columns + j], held), flow->table.name,
                     persons_text(flow->kept[j], kept));
}

void flow_compare(const char *path, struct groups *groups, const struct design *design)
{
    struct flow flow;
    struct times times = {.cells = NULL};
    read_flow(&flow, (char *)path);
    for (size_t i = 0; i < groups_count(groups); i++)
        add_group(&times, &flow, design, &groups->groups[i]);
    for (size_t i = 0; i < times.names.count; i++) {
        compare(&flow, design, times.names.keys[i], &times.cells[i]);
        free(times.cells[i].persons);
    }
    map_free(&times.names);
    free(times.cells);
    free(times.time);
    free(flow.kept);
    table_close(&flow.table);
}
