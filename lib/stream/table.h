/*
 * table: rows of cells under a header, from any number of files.
 *
 * The files are one stream; their headers must agree. Columns are found by
 * name, and those that a program wants are registered once; a row then comes
 * as its line and the wanted cells, slices of the read buffer that are good
 * until the next row. A row is checked whole: as many cells as the header has
 * names. Whatever is wrong is a message with file, line and column.
 */
#ifndef JF_TABLE_H
#define JF_TABLE_H

#include "base/leave.h"
#include "base/message.h"
#include "base/progress.h"
#include "base/slice.h"
#include "base/suggest.h"
#include "stream/header.h"
#include "stream/scan.h"
#include "stream/share.h"
#include "stream/source.h"
#include "stream/text.h"

#define TABLE_NONE SIZE_MAX

struct common;

struct table {
    const char *name;    /* of the first input */
    struct slice *names; /* of the columns, in order */
    size_t columns;
    struct slice line; /* the row at hand, without line end */
    size_t id;         /* the column of ids, or TABLE_NONE; see table_ids */
    bool id_unnamed;   /* nobody has named it */

    /* How rows are read; table_open sets all of it. */
    struct header header;
    size_t *wants; /* by column: its slot and one, or 0 where it is not wanted */
    size_t want_count, slots_room;
    size_t *slots; /* the column behind each slot */
    scan_row *scan;
    struct scan_plan plan;
    size_t *wanted;     /* the plan's */
    const char **marks; /* the byte before the row, then the plan's marks of the row;
                           NULL: the wants have changed since */
    size_t *before;     /* by slot: the cell's place in marks; the next is behind it */
    size_t line_end;    /* the line end's place in marks */
    char *const *files;
    size_t file_count, file_next;
    uint64_t threads;
    struct share share;     /* zeroed: all rows */
    struct share_rows rows; /* its rows, when they are found */
    struct source source;
    struct progress progress;
    bool is_view;
    void (*turn)(void *context); /* see table_tell */
    void *turn_context;
};

/* Opens the stream of `count` files, stdin where there are none, and reads the
 * header. Of the common options it heeds those of progress and threads. */
void table_open(struct table *table, char *const files[], size_t count,
                const struct common *common);

/* The same for part I of N of the stream's rows; table_find_part, when table_ids has told the
 * column, goes to where they begin. */
void table_open_part(struct table *table, char *const files[], size_t count,
                     const struct common *common, struct share share);
void table_find_part(struct table *table);

/* Hands on the names of a file's columns, as of a table that is opened; of what is no regular
 * file there are none. It is a completion_columns. */
void table_columns(const char *file, void (*take)(void *context, struct slice name), void *context);

/* The column of that name: the exact one, else the only one that fits without
 * regard to ASCII case; TABLE_NONE if none fits, an error if several do. */
size_t table_find(const struct table *table, struct slice name);

/* The column of exactly that name, or TABLE_NONE. */
size_t table_exact(const struct table *table, struct slice name);

/* The same as table_find, where absence is an error that offers the nearest names. */
size_t table_get(const struct table *table, struct slice name);

/* Says which column holds the ids, which no message shows: the one of that name,
 * the first where the name is empty, as it is until something else is said. The
 * first column's own name is not shown either: in a file without a header it is
 * an id. */
size_t table_ids(struct table *table, struct slice name);

/* Offers all names of columns. */
void table_offer(const struct table *table, struct suggest *suggest);

/* Registers a column, for table_cell from the next row on; returns its slot. A
 * column wanted twice has one slot, and one that is not there (TABLE_NONE) has none. */
size_t table_want(struct table *table, size_t column);

/* The same by name, and for a list of names: errors as in table_get. */
size_t table_want_name(struct table *table, struct slice name);
void table_want_names(struct table *table, const struct slice *names, size_t count, size_t *slots);

/* The same for columns that are written out again: an item NEW=OLD is the column OLD, unless a
 * column's whole name is that. `names` becomes what the columns are called from there on. */
size_t table_get_as(const struct table *table, struct slice item, struct slice *name);
void table_want_as(struct table *table, const struct slice *items, size_t count, size_t *slots,
                   struct slice *names);

/* Whether the column is wanted. */
bool table_wants(const struct table *table, size_t column);

/* Whether the row at hand is the header once more, as in streams put behind each other. */
bool table_is_header(const struct table *table);

/* Scans the row that begins at `at`: its line end, or NULL where it is not as the header
 * has it. Then its last cell ends where the line does, before a CR. */
static inline const char *table_scan(struct table *table, const char *at)
{
    table->marks[0] = at - 1;
    return table->scan(at, &table->plan, table->marks + 1);
}
static inline void table_end_cells(struct table *table)
{
    table->marks[table->line_end] = table->line.bytes + table->line.length;
}

/* What table_next does with a row that is not read to its end, or not as it should be. */
bool table_next_slowly(struct table *table);

/* The next row, checked and cut; false at a clean end of the last file. */
static inline bool table_next(struct table *table)
{
    const char *start = source_at(&table->source);
    if (table->marks == NULL)
        return table_next_slowly(table);
    const char *line_end = table_scan(table, start);
    if (line_end == NULL || line_end >= source_end(&table->source) || *start == LEAVE_MARK[0])
        return table_next_slowly(table);
    table->line = source_pass(&table->source, line_end);
    table_end_cells(table);
    return true;
}

/* From now on `turn` is told before the bytes of the row at hand go away. NULL: nobody. */
static inline void table_tell(struct table *table, void (*turn)(void *context), void *context)
{
    table->turn = turn;
    table->turn_context = context;
}

/* The wanted cell of the row at hand. */
static inline struct slice table_cell(const struct table *table, size_t slot)
{
    const char *const *mark = table->marks + table->before[slot];
    return (struct slice){mark[0] + 1, (size_t)(mark[1] - mark[0] - 1)};
}

/* The two halves of table_next, for a program that passes over most rows:
 * table_line gives the next line, unchecked; table_peek the cell of any column
 * of it; table_cut checks the line and cuts the wanted cells. */
bool table_line(struct table *table);
struct slice table_peek(const struct table *table, size_t column);
void table_cut(struct table *table);

/* For rows.c. A view is a table whose rows are those of the lines that table_look gave it,
 * lines of `file` behind `before` others; table_return makes line `number` its row at hand,
 * which is not cut yet. table_pass_file goes from the end of a file, which
 * its source has seen, to the next, and is false at the last. */
struct table *table_view(struct table *table);
void table_look(struct table *view, const struct text *lines, const char *file, uint64_t before);
void table_return(struct table *view, struct slice line, const char *file, uint64_t number);
void table_view_close(struct table *view);
bool table_pass_file(struct table *table);

/* The place of the header. */
struct place table_header(const struct table *table);

/* The place of the row at hand, without a column, or with that of a slot. */
struct place table_row(const struct table *table);
struct place table_place(const struct table *table, size_t slot);

/* The wanted cell of the row at hand, quoted; `the cell` where it is an id. */
const char *table_quoted(const struct table *table, size_t slot);

/* The column behind a slot, and its name. */
size_t table_column(const struct table *table, size_t slot);
struct slice table_name(const struct table *table, size_t slot);

void table_close(struct table *table);

#endif
