#include "stream/table.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/heap.h"
#include "base/option.h"

enum { NARROW = 16 };

static void check_upstream(const struct table *table, struct slice line)
{
    size_t mark = sizeof LEAVE_MARK - 1;
    if (line.length >= mark && memcmp(line.bytes, LEAVE_MARK, mark) == 0)
        fail_upstream(table->source.name, line);
}

/* Whoever is ended in the middle of a row says so in the line behind it. */
static void check_behind(const struct table *table)
{
    const char *start = source_at(&table->source), *end = source_end(&table->source);
    const char *line_end = end > start ? memchr(start, '\n', (size_t)(end - start)) : NULL;
    if (line_end != NULL)
        check_upstream(table, (struct slice){start, (size_t)(line_end - start)});
}

struct place table_header(const struct table *table)
{
    return (struct place){table->name, 1, {0}};
}

struct place table_row(const struct table *table)
{
    return (struct place){table->source.name, table->source.line, {0}};
}

size_t table_column(const struct table *table, size_t slot)
{
    return table->slots[slot];
}

struct slice table_name(const struct table *table, size_t slot)
{
    return table->names[table_column(table, slot)];
}

struct place table_place(const struct table *table, size_t slot)
{
    bool unnamed = table->id_unnamed && table_column(table, slot) == table->id;
    return (struct place){table->source.name, table->source.line,
                          unnamed ? slice_of("column 1") : table_name(table, slot)};
}

const char *table_quoted(const struct table *table, size_t slot)
{
    return table_column(table, slot) == table->id ? "the cell" : quoted(table_cell(table, slot));
}

/* Opens the next file and takes its header; false if there is none. */
static bool next_file(struct table *table)
{
    if (table->file_next >= table->file_count)
        return false;
    source_open(&table->source, table->files[table->file_next], table->threads, &table->progress,
                table->share.of > 0);
    size_t file = table->file_next++;
    if (!source_line(&table->source, &table->line))
        fail("%s: is empty; a header line was expected", table->source.name);
    if (table->header.bytes == NULL)
        table->name = table->source.name;
    check_upstream(table, table->line);
    if (table->header.bytes != NULL) {
        header_compare(&table->header, table->line, table_row(table), table->name);
        if (table->share.of > 0)
            share_begin(&table->rows, file, &table->source);
        return true;
    }
    header_read(&table->header, table->line, table_row(table));
    table->names = table->header.names;
    table->columns = table->header.columns;
    return true;
}

void table_open_part(struct table *table, char *const files[], size_t count,
                     const struct common *common, struct share share)
{
    static char *const standard[] = {"-"};
    *table = (struct table){.files = files,
                            .file_count = count,
                            .threads = common->threads.value,
                            .share = share,
                            .scan = scan_best()};
    if (share.of > 0)
        share_check(files, count);
    table->progress = progress_begin(files, count, common->progress, common->no_progress);
    if (count == 0) {
        table->files = standard;
        table->file_count = 1;
    }
    next_file(table);
}

void table_open(struct table *table, char *const files[], size_t count, const struct common *common)
{
    table_open_part(table, files, count, common, (struct share){0});
}

void table_find_part(struct table *table)
{
    if (table->share.of == 0)
        return;
    table->rows = share_find(table->share, table->files, table->file_count, table->id);
    table->progress.total = table->rows.bytes;
    if (table->rows.to.file < table->file_count)
        table->file_count = table->rows.to.file + 1;
    table->file_next = table->rows.from.file;
    if (table->file_next == 0)
        share_begin(&table->rows, table->file_next++, &table->source);
    else
        table_pass_file(table);
}

void table_columns(const char *file, void (*take)(void *context, struct slice name), void *context)
{
    struct table table;
    struct stat status;
    char *const files[] = {(char *)file};
    const struct common quiet = {.no_progress = true, .threads = {.value = 1, .given = true}};
    if (stat(file, &status) != 0 || !S_ISREG(status.st_mode))
        return;
    table_open(&table, files, 1, &quiet);
    for (size_t i = 0; i < table.columns; i++)
        take(context, table.names[i]);
    source_close(&table.source);
    table_close(&table);
}

size_t table_find(const struct table *table, struct slice name)
{
    size_t other, found = header_find(&table->header, name, &other);
    if (other != HEADER_NONE)
        fail_at(table_header(table), "column %s may be %s or %s; give the exact name",
                quoted_given(name), quoted(table->names[found]), quoted(table->names[other]));
    return found == HEADER_NONE ? TABLE_NONE : found;
}

size_t table_exact(const struct table *table, struct slice name)
{
    size_t found = header_exact(&table->header, name);
    return found == HEADER_NONE ? TABLE_NONE : found;
}

void table_offer(const struct table *table, struct suggest *suggest)
{
    for (size_t i = 0; i < table->columns; i++)
        suggest_offer(suggest, table->names[i]);
}

size_t table_get(const struct table *table, struct slice name)
{
    size_t found = table_find(table, name);
    if (found != TABLE_NONE)
        return found;
    struct suggest near = suggest_begin(name);
    table_offer(table, &near);
    const char *hint = suggest_text(&near);
    if (hint[0] == '\0')
        hint = "; see the header's names with head -n 1";
    if (table->columns == 1)
        fail_at(table_header(table),
                "the only column is not %s; columns are kept apart by tabs here",
                quoted_given(name));
    fail_at(table_header(table), "no column %s among %zu%s", quoted_given(name), table->columns,
            hint);
}

size_t table_ids(struct table *table, struct slice name)
{
    table->id_unnamed = name.length == 0;
    table->id = table->id_unnamed ? 0 : table_get(table, name);
    header_check_id(&table->header, table->id, table_header(table));
    return table->id;
}

static void drop_plan(struct table *table)
{
    free(table->wanted);
    free(table->marks);
    free(table->before);
    table->wanted = NULL;
    table->marks = NULL;
    table->before = NULL;
}

size_t table_want(struct table *table, size_t column)
{
    if (column == TABLE_NONE)
        return TABLE_NONE;
    if (table_wants(table, column))
        return table->wants[column] - 1;
    if (table->wants == NULL)
        table->wants = heap_take(table->columns, sizeof *table->wants);
    size_t slot = table->want_count++;
    table->slots = heap_grow(table->slots, &table->slots_room, slot + 1, sizeof *table->slots);
    table->slots[slot] = column;
    table->wants[column] = slot + 1;
    drop_plan(table);
    return slot;
}

bool table_wants(const struct table *table, size_t column)
{
    return table->wants != NULL && table->wants[column] > 0;
}

size_t table_want_name(struct table *table, struct slice name)
{
    return table_want(table, table_get(table, name));
}

void table_want_names(struct table *table, const struct slice *names, size_t count, size_t *slots)
{
    for (size_t i = 0; i < count; i++)
        slots[i] = table_want_name(table, names[i]);
}

size_t table_get_as(const struct table *table, struct slice item, struct slice *name)
{
    struct slice old = item, new = slice_cut(&old, '=');
    bool renamed = old.bytes != NULL && table_find(table, item) == TABLE_NONE;
    size_t column = table_get(table, renamed ? old : item);
    *name = renamed ? new : table->names[column];
    return column;
}

void table_want_as(struct table *table, const struct slice *items, size_t count, size_t *slots,
                   struct slice *names)
{
    for (size_t i = 0; i < count; i++)
        slots[i] = table_want(table, table_get_as(table, items[i], &names[i]));
}

bool table_is_header(const struct table *table)
{
    return slice_equal(table->line, (struct slice){table->header.bytes, table->header.length});
}

bool table_pass_file(struct table *table)
{
    source_close(&table->source);
    return next_file(table);
}

/* A line that is not read to its end, or says that an earlier stage failed. */
static bool line_slowly(struct table *table)
{
    if (table->turn != NULL)
        table->turn(table->turn_context);
    while (!source_line(&table->source, &table->line))
        if (table->is_view || !table_pass_file(table))
            return false;
    if (table->line.length > 0 && table->line.bytes[0] == LEAVE_MARK[0])
        check_upstream(table, table->line);
    return true;
}

bool table_line(struct table *table)
{
    const char *start = source_at(&table->source), *end = source_end(&table->source);
    const char *line_end = memchr(start, '\n', (size_t)(end - start));
    if (line_end == NULL || *start == LEAVE_MARK[0])
        return line_slowly(table);
    table->line = source_pass(&table->source, line_end);
    return true;
}

/* Says what is wrong with the row at hand, which a scan has refused. */
_Noreturn static void fail_row(const struct table *table)
{
    size_t cells = 1;
    check_behind(table);
    for (size_t i = 0; i < table->line.length; i++)
        cells += table->line.bytes[i] == '\t';
    if (cells == table->columns)
        fail_at(table_row(table), "a NUL byte, so this is no text; fetch the file anew");
    fail_at(table_row(table),
            "%zu %s where the header has %zu; mend the row or fetch the file anew", cells,
            cells == 1 ? "cell" : "cells", table->columns);
}

struct slice table_peek(const struct table *table, size_t column)
{
    struct slice rest = table->line;
    struct slice cell = slice_cut(&rest, '\t');
    for (size_t i = 0; i < column; i++) {
        if (rest.bytes == NULL)
            fail_row(table);
        cell = slice_cut(&rest, '\t');
    }
    return cell;
}

/* Those that the wanted cells lie between, and the line end. */
static void plan_wanted(struct table *table)
{
    size_t count = 0, last = table->columns - 1;
    size_t *wanted = heap_take(2 * table->want_count + 2, sizeof *wanted);
    for (size_t column = 0; column < table->columns; column++) {
        if (!table_wants(table, column))
            continue;
        if (column > 0 && (count == 0 || wanted[count - 1] != column - 1))
            wanted[count++] = column - 1;
        table->before[table->wants[column] - 1] = count;
        wanted[count++] = column;
    }
    if (count == 0 || wanted[count - 1] != last)
        wanted[count++] = last;
    wanted[count] = SCAN_END;
    table->line_end = count;
    table->wanted = wanted;
}

/* In a narrow table all marks are taken: that is quicker than choosing. */
static void plan_scan(struct table *table)
{
    table->before = heap_take(table->want_count, sizeof *table->before);
    table->line_end = table->columns;
    for (size_t i = 0; i < table->want_count; i++)
        table->before[i] = table->slots[i];
    if (table->columns > NARROW)
        plan_wanted(table);
    table->marks = heap_take(table->line_end + 1, sizeof *table->marks);
    table->plan = (struct scan_plan){table->columns, table->wanted};
}

void table_cut(struct table *table)
{
    if (table->marks == NULL)
        plan_scan(table);
    if (table_scan(table, table->line.bytes) == NULL)
        fail_row(table);
    table_end_cells(table);
}

bool table_next_slowly(struct table *table)
{
    if (!line_slowly(table))
        return false;
    table_cut(table);
    return true;
}

struct table *table_view(struct table *table)
{
    if (table->marks == NULL)
        plan_scan(table);
    struct table *view = heap_apart(1, sizeof *view);
    *view = *table;
    view->marks = heap_apart(table->line_end + 1, sizeof *view->marks);
    view->source = (struct source){.ended = true};
    view->is_view = true;
    return view;
}

void table_look(struct table *view, const struct text *lines, const char *file, uint64_t before)
{
    view->source.name = file;
    view->source.line = before;
    view->source.text = *lines;
}

void table_return(struct table *view, struct slice line, const char *file, uint64_t number)
{
    view->line = line;
    view->source.name = file;
    view->source.line = number;
}

void table_view_close(struct table *view)
{
    free(view->marks);
    free(view);
}

void table_close(struct table *table)
{
    progress_end(&table->progress);
    header_free(&table->header);
    free(table->rows.name);
    free(table->wants);
    free(table->slots);
    drop_plan(table);
}
