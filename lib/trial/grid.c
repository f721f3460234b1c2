#include "trial/grid.h"

#include <stdlib.h>

#include "base/heap.h"
#include "base/suggest.h"
#include "stream/table.h"

struct grid grid_plan(struct table *table, size_t over, const size_t *keys, size_t key_count)
{
    return (struct grid){.table = table,
                         .sets = sets_plan(table, keys, key_count, "key"),
                         .values = sets_plan(table, &over, 1, "key"),
                         .over = table_want(table, over)};
}

void grid_take(struct grid *grid, const struct table *row)
{
    grid->rows = heap_grow(grid->rows, &grid->room, grid->count + 1, sizeof *grid->rows);
    grid->rows[grid->count++] = (struct grid_row){.set = sets_of_row(&grid->sets, row),
                                                  .value = sets_of_row(&grid->values, row),
                                                  .place = table_place(row, grid->over)};
}

/* The column as a whole, in which no row is amiss. */
static struct place place_of_column(const struct grid *grid)
{
    return (struct place){.file = grid->table->name, .column = table_name(grid->table, grid->over)};
}

static void fill(struct grid *grid)
{
    size_t values = keys_count(&grid->values.keys);
    for (size_t i = 0; i < grid->count; i++) {
        const struct grid_row *row = &grid->rows[i];
        size_t *cell = &grid->cells[row->set * values + row->value];
        if (*cell != 0)
            fail_at(row->place, "this row and that of line %llu are of one key; give each once",
                    (unsigned long long)grid->rows[*cell - 1].place.line);
        *cell = i + 1;
    }
}

/* The first row beside which one is lacking tells of it. */
static void check_whole(const struct grid *grid)
{
    size_t values = keys_count(&grid->values.keys);
    for (size_t i = 0; i < grid->count; i++)
        for (size_t v = 0; v < values; v++)
            if (grid->cells[grid->rows[i].set * values + v] == 0)
                fail_at(grid->rows[i].place,
                        "no row with %s is beside this one; hand on those of all values, alike in "
                        "all other keys",
                        quoted(keys_cells(&grid->values.keys, v)));
}

void grid_close(struct grid *grid)
{
    size_t values = keys_count(&grid->values.keys);
    if (values < 2)
        fail_at(place_of_column(grid),
                "a contrast is of two values, and here is %s; see jf-diff's --by",
                values == 0 ? "no row" : "one");
    grid->cells = heap_take(keys_count(&grid->sets.keys) * values, sizeof *grid->cells);
    fill(grid);
    check_whole(grid);
}

size_t grid_value(const struct grid *grid, struct slice text, const char *option)
{
    struct suggest near = suggest_begin(text);
    for (size_t i = 0; i < keys_count(&grid->values.keys); i++) {
        if (slice_equal(keys_cells(&grid->values.keys, i), text))
            return i;
        suggest_offer(&near, keys_cells(&grid->values.keys, i));
    }
    fail_at(place_of_column(grid), "no row has %s (%s)%s", quoted_given(text), option,
            suggest_text(&near)[0] != 0 ? suggest_text(&near) : "; see the values of the column");
}

void grid_free(struct grid *grid)
{
    sets_free(&grid->sets);
    sets_free(&grid->values);
    free(grid->rows);
    free(grid->cells);
}
