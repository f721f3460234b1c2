/*
 * jf-mark - columns made of columns.
 *
 * Appends 0/1 columns, exact differences and sums to the rows, which pass through as they are.
 * Marks and FILEs share the command line: what has the form NAME=EXPRESSION, with an operator,
 * is a mark.
 */
#include <stdlib.h>
#include <unistd.h>

#include "base/heap.h"
#include "base/leave.h"
#include "base/message.h"
#include "base/option.h"
#include "base/slice.h"
#include "stream/ends.h"
#include "stream/sink.h"
#include "stream/table.h"
#include "trial/mark.h"

static struct {
    struct common common;
} opt;

static const struct option_row rows[] = {OPTION_END};

static const struct option_program program = {
    .usage = "[OPTION]... NAME=EXPRESSION... [FILE]...",
    .purpose = "Append columns made of columns: COL>=V[<W], COL=TEXT, A-B or A+B.",
    .rows = rows,
    .common = &opt.common,
    .columns = table_columns,
};

struct marking {
    struct table table;
    struct sink out;
    struct marks marks;
    char **files;
    size_t file_count;
};

/* Wrong would be dear either way: a mark that is taken for a FILE, of which the shell has eaten
 * the rest, and a FILE that is taken for a mark. */
static bool is_mark(const char *operand)
{
    enum mark_form form = mark_form(slice_of(operand));
    bool exists = form != MARK_FORMLESS && access(operand, F_OK) == 0;
    if (form == MARK_FORM && exists)
        misuse("%s may be a mark or a FILE; write the FILE as ./FILE", quoted_text(operand));
    if (form == MARK_NO_OPERATOR && !exists)
        misuse("%s is no FILE, and no mark as it has no operator; quote marks for the shell: "
               "NAME='COL>=V'",
               quoted_text(operand));
    return form == MARK_FORM;
}

static void read_operands(struct marking *m, char **operands, size_t count)
{
    m->files = heap_take(count, sizeof *m->files);
    m->marks = (struct marks){.items = heap_take(count, sizeof *m->marks.items),
                              .comma = opt.common.decimal_comma};
    for (size_t i = 0; i < count; i++) {
        if (is_mark(operands[i]))
            marks_add(&m->marks, slice_of(operands[i]));
        else
            m->files[m->file_count++] = operands[i];
    }
    if (m->marks.count == 0)
        misuse("no mark; say one such as NAME='COL>=V', NAME='COL=TEXT' or NAME='A-B'");
}

static void write_header(struct marking *m)
{
    sink_names(&m->out, m->table.names, m->table.columns);
    for (size_t i = 0; i < m->marks.count; i++)
        sink_name(&m->out, m->marks.items[i].name);
    sink_header(&m->out);
}

static void close_all(struct marking *m)
{
    sink_close(&m->out);
    marks_tell(&m->marks, &m->table);
    table_close(&m->table);
    free(m->marks.items);
    free(m->files);
}

int main(int argc, char **argv)
{
    struct marking m = {0};
    leave_begin("jf-mark");
    int first = option_parse(&program, argc, argv);
    read_operands(&m, argv + first, (size_t)(argc - first));
    ends_check(opt.common.output, m.files, m.file_count, NULL, NULL);
    sink_open(&m.out, opt.common.output, &opt.common);
    table_open(&m.table, m.files, m.file_count, &opt.common);
    marks_plan(&m.marks, &m.table);
    write_header(&m);
    marks_rows(&m.marks, &m.table, &m.out);
    close_all(&m);
    return leave_end();
}
