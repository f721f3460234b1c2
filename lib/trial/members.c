#include "trial/members.h"

#include <stdlib.h>

#include "stream/sink.h"
#include "stream/table.h"

static const struct slice several = {"*", 1};

void members_show(struct members *m, size_t slot)
{
    m->shown = heap_grow(m->shown, &m->shown_room, m->shown_count + 1, sizeof *m->shown);
    m->shown[m->shown_count++] = slot;
}

/* The row's family, which is made where it is the first of it. */
static struct members_family *family_of(struct members *m, const struct table *row, size_t number)
{
    size_t before = m->families_room;
    m->families = heap_grow(m->families, &m->families_room, number + 1, sizeof *m->families);
    for (size_t i = before; i < m->families_room; i++)
        m->families[i] = (struct members_family){0};
    struct members_family *family = &m->families[number];
    if (family->rows > 0)
        return family;
    family->line = table_row(row).line;
    family->cells = heap_take(m->shown_count, sizeof *family->cells);
    for (size_t i = 0; i < m->shown_count; i++)
        family->cells[i] = arena_keep(&m->cells, table_cell(row, m->shown[i]));
    return family;
}

void members_add(struct members *m, const struct table *row, const struct member *member)
{
    struct members_family *family = family_of(m, row, member->family);
    family->rows++;
    for (size_t i = 0; i < m->shown_count; i++)
        if (!slice_equal(family->cells[i], table_cell(row, m->shown[i])))
            family->cells[i] = several;
    m->rows = heap_grow(m->rows, &m->room, m->count + 1, sizeof *m->rows);
    m->rows[m->count++] = *member;
}

bool members_alike(const struct members *m, size_t family, size_t slot)
{
    for (size_t i = 0; i < m->shown_count; i++)
        if (m->shown[i] == slot)
            return m->families[family].cells[i].bytes != several.bytes;
    return true;
}

const struct member **members_sort(const struct members *m, const size_t *order, size_t families,
                                   size_t **starts)
{
    const struct member **sorted = heap_take(m->count, sizeof *sorted);
    size_t *next = heap_take(families, sizeof *next);
    *starts = heap_take(families, sizeof **starts);
    for (size_t i = 0, at = 0; i < families; at += m->families[i++].rows)
        (*starts)[i] = next[i] = at;
    for (size_t i = 0; i < m->count; i++) {
        const struct member *row = &m->rows[order == NULL ? i : order[i]];
        sorted[next[row->family]++] = row;
    }
    free(next);
    return sorted;
}

void members_put(const struct members *m, size_t family, struct sink *sink)
{
    for (size_t i = 0; i < m->shown_count; i++)
        sink_cell(sink, m->families[family].cells[i]);
}

void members_put_names(const struct members *m, const struct table *table, struct sink *sink)
{
    for (size_t i = 0; i < m->shown_count; i++)
        sink_name(sink, table_name(table, m->shown[i]));
}

void members_free(struct members *m)
{
    for (size_t i = 0; i < m->families_room; i++)
        free(m->families[i].cells);
    arena_free(&m->cells);
    free(m->families);
    free(m->shown);
    free(m->rows);
}
