#include "trial/intake.h"

#include <stdlib.h>

#include "base/heap.h"
#include "base/message.h"
#include "stream/sink.h"
#include "stream/table.h"
#include "trial/cell.h"
#include "trial/keys.h"

struct intake intake_begin(const struct list *columns)
{
    struct intake intake = {.columns = columns};
    intake.labels = heap_take(columns->count, sizeof *intake.labels);
    return intake;
}

struct intake_slots intake_plan(const struct intake *k, struct table *table, struct slice id)
{
    struct intake_slots slots = {.id = table_want(table, table_ids(table, id)),
                                 .strata = heap_take(k->columns->count, sizeof *slots.strata)};
    table_want_names(table, k->columns->items, k->columns->count, slots.strata);
    return slots;
}

struct slice intake_id(const struct table *row, const struct intake_slots *slots)
{
    struct slice id = table_cell(row, slots->id);
    if (cell_missing(id))
        fail_at(table_place(row, slots->id),
                "a missing id; every person of the list needs one, so mend the cell");
    cell_check_header(row, slots->id);
    return id;
}

/* Labels are looked at once in each stratum that has them. */
size_t intake_stratum(struct intake *k, const struct table *row, const struct intake_slots *slots)
{
    size_t number, columns = k->columns->count;
    struct slice name = keys_name(row, slots->strata, columns, &k->name, &k->room);
    if (map_add(&k->strata, name, &number))
        for (size_t i = 0; i < columns; i++)
            labels_check(&k->labels[i], row, slots->strata[i], "stratum");
    return number;
}

struct slice intake_cells(const struct intake *k, size_t stratum)
{
    struct slice name = k->strata.keys[stratum];
    size_t tab = name.length > 0;
    return (struct slice){name.bytes + tab, name.length - tab};
}

/* qsort passes no context along, so what is sorted brings its cells with it. */
struct ordered {
    struct slice cells;
    size_t stratum;
};

static int by_cells(const void *a, const void *b)
{
    return keys_compare(((const struct ordered *)a)->cells, ((const struct ordered *)b)->cells);
}

/* The numbers of the strata; the caller frees. */
static size_t *order_of(const struct intake *k)
{
    size_t count = k->strata.count;
    struct ordered *ordered = heap_take(count, sizeof *ordered);
    size_t *order = heap_take(count, sizeof *order);
    for (size_t i = 0; i < count; i++)
        ordered[i] = (struct ordered){intake_cells(k, i), i};
    qsort(ordered, count, sizeof *ordered, by_cells);
    for (size_t i = 0; i < count; i++)
        order[i] = ordered[i].stratum;
    free(ordered);
    return order;
}

void intake_flow(const struct intake *k, size_t arms, const uint64_t *counts, struct sink *sink)
{
    size_t *order = order_of(k);
    for (size_t i = 0; i < k->strata.count; i++) {
        if (k->columns->count > 0)
            sink_cell(sink, intake_cells(k, order[i]));
        for (size_t arm = 0; arm < arms; arm++)
            sink_whole(sink, counts[order[i] * arms + arm]);
        sink_row(sink);
    }
    free(order);
}

size_t intake_alone(const struct intake *k, size_t arms, const uint64_t *counts)
{
    size_t alone = 0;
    for (size_t stratum = 0; stratum < k->strata.count; stratum++) {
        uint64_t people = 0;
        for (size_t arm = 0; arm < arms; arm++)
            people += counts[stratum * arms + arm];
        alone += people == 1;
    }
    return alone;
}

void intake_free(struct intake *k)
{
    for (size_t i = 0; i < k->columns->count; i++)
        labels_free(&k->labels[i]);
    free(k->labels);
    map_free(&k->strata);
    free(k->name);
}
