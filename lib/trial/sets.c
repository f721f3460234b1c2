#include "trial/sets.h"

#include <stdlib.h>

#include "base/heap.h"
#include "stream/table.h"

struct sets sets_plan(struct table *table, const size_t *columns, size_t count, const char *role)
{
    struct sets sets = {.role = role,
                        .slots = heap_take(count, sizeof *sets.slots),
                        .labels = heap_take(count, sizeof *sets.labels)};
    for (size_t i = 0; i < count; i++)
        sets.slots[i] = table_want(table, columns[i]);
    sets.keys = keys_begin(table, sets.slots, count);
    return sets;
}

size_t sets_of_row(struct sets *sets, const struct table *row)
{
    size_t number;
    for (size_t i = 0; i < sets->keys.count; i++)
        labels_check(&sets->labels[i], row, sets->slots[i], sets->role);
    keys_of_row(&sets->keys, row, &number);
    return number;
}

void sets_free(struct sets *sets)
{
    for (size_t i = 0; i < sets->keys.count; i++)
        labels_free(&sets->labels[i]);
    keys_free(&sets->keys);
    free(sets->slots);
    free(sets->labels);
}
