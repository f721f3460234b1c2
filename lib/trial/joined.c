#include "trial/joined.h"

#include "base/suggest.h"

_Noreturn static void fail_column(const struct joined *j, struct slice name)
{
    struct suggest near = suggest_begin(name);
    table_offer(&j->extract, &near);
    table_offer(&j->list.table, &near);
    const char *hint = suggest_text(&near);
    fail("no column %s in %s or %s%s", quoted(name), j->extract.name, j->list.files[0],
         hint[0] != '\0' ? hint : "; see their headers' names with head -n 1");
}

struct joined_column joined_column(struct joined *j, struct slice name)
{
    size_t found = table_find(&j->extract, name);
    if (found != TABLE_NONE)
        return (struct joined_column){false, table_want(&j->extract, found), name};
    found = table_find(&j->list.table, name);
    if (found == TABLE_NONE)
        fail_column(j, name);
    return (struct joined_column){true, found, name};
}

struct slice joined_cell(const struct joined *j, const struct person *person,
                         struct joined_column column)
{
    if (!column.listed)
        return table_cell(j->row, column.at);
    return person != NULL ? person->cells[column.at] : slice_of("NA");
}

struct place joined_place(const struct joined *j, const struct person *person,
                          struct joined_column column)
{
    struct place place = table_row(j->row);
    if (column.listed && person != NULL)
        place = (struct place){j->list.table.name, person->line, {0}};
    place.column = column.name;
    return place;
}
