/*
 * jf-split - who is in the trial.
 *
 * Holds the assignment list, a row a person, and streams the extract past it, on all
 * cores (rows.h). A row whose id is not in the list is read only as far as its id, by
 * whichever thread; one that is kept is passed on by the owner as it came, with the
 * list's cells behind it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "base/leave.h"
#include "base/map.h"
#include "base/message.h"
#include "base/option.h"
#include "base/slice.h"
#include "stream/files.h"
#include "stream/rows.h"
#include "stream/sink.h"
#include "stream/table.h"
#include "trial/cell.h"
#include "trial/naming.h"
#include "trial/roster.h"

static struct {
    struct common common;
    const char *assign;
    const char *id;
    struct list take;
    struct list where;
    bool all, once;
    const char *flow;
    const char *arm;
    const char *into;
    struct whole shards;
} opt = {.id = "", .arm = "arm"};

static const struct option_row rows[] = {
    OPTION_TEXT('a', "assign", "FILE", &opt.assign, "the assignment list, a row a person"),
    OPTION_TEXT(0, "id", "COL[=ASSIGNCOL]", &opt.id, "the id's column (default: the first)"),
    OPTION_NONE_OR_LIST(0, "take", "COLS", &opt.take, "append only these columns of the list"),
    OPTION_MANY(0, "where", "COL=V[,V...]", &opt.where, "keep only rows with one of these values"),
    OPTION_FLAG(0, "all", &opt.all, "keep the other rows too, with NA"),
    OPTION_FLAG(0, "once", &opt.once, "an id twice in the extract is an error"),
    OPTION_TEXT(0, "flow", "FILE", &opt.flow, "write the counts of the CONSORT flow to FILE"),
    OPTION_TEXT(0, "arm", "COL", &opt.arm, "the list's arms, for --flow (default arm)"),
    OPTION_TEXT(0, "into", "TEMPLATE", &opt.into, "a file for each value of {COL} or {shard}"),
    OPTION_WHOLE(0, "shards", "N", 1, 100000, &opt.shards, "the number of {shard}s"),
    OPTION_END,
};

static const struct option_program program = {
    .usage = "-a ASSIGN [OPTION]... [FILE]...",
    .purpose = "Keep the rows of the trial's people and attach what the assignment list says.",
    .rows = rows,
    .common = &opt.common,
};

struct condition {
    struct roster_column column;
    struct slice values; /* between commas */
};

struct split {
    struct roster list;
    struct table extract;
    struct table *row;           /* the extract, or a view of it: where the row at hand is */
    size_t id;                   /* column of the extract */
    struct roster_column *taken; /* columns of the list that are appended */
    size_t taken_count;
    struct condition *conditions;
    struct naming naming; /* of --into */
    struct slice *header; /* of the output */
    struct sink out;
    struct files files;
    struct sink flow;
    size_t flow_arm;
    struct slice list_id; /* what the list calls the id, where the extract calls it otherwise */
    struct map others;    /* with --all --once: the ids that are not in the list */
};

/* Chooses the list's columns that are appended. */
static void plan_taken(struct split *s)
{
    const struct table *list = &s->list.table;
    s->taken = heap_take(list->columns + opt.take.count, sizeof *s->taken);
    for (size_t i = 0; i < opt.take.count; i++)
        s->taken[s->taken_count++] = roster_listed(&s->list, table_get(list, opt.take.items[i]));
    for (size_t i = 0; !opt.take.given && i < list->columns; i++)
        if (i != s->list.id)
            s->taken[s->taken_count++] = roster_listed(&s->list, i);
}

static void plan_header(struct split *s)
{
    const struct table *extract = &s->extract;
    s->header = heap_take(extract->columns + s->taken_count, sizeof *s->header);
    memcpy(s->header, extract->names, extract->columns * sizeof *s->header);
    for (size_t i = 0; i < s->taken_count; i++) {
        struct slice name = s->taken[i].name;
        for (size_t j = 0; j < extract->columns; j++)
            if (slice_equal(name, extract->names[j]))
                fail("%s and %s both have a column %s; choose the list's columns with --take",
                     s->list.table.name, extract->name, quoted(name));
        s->header[extract->columns + i] = name;
    }
}

static void plan_conditions(struct split *s)
{
    s->conditions = heap_take(opt.where.count, sizeof *s->conditions);
    for (size_t i = 0; i < opt.where.count; i++) {
        struct slice values = opt.where.items[i];
        struct slice name = slice_cut(&values, '=');
        if (values.bytes == NULL || name.length == 0)
            misuse("--where: COL=VALUE was expected, not %s", quoted(opt.where.items[i]));
        s->conditions[i] = (struct condition){roster_column(&s->list, &s->extract, name), values};
    }
}

static bool holds(const struct split *s, const struct person *person,
                  const struct condition *condition)
{
    struct slice cell = roster_cell(s->row, person, &condition->column);
    struct slice values = condition->values;
    do
        if (slice_equal(cell, slice_cut(&values, ',')))
            return true;
    while (values.bytes != NULL);
    return false;
}

/* The file that the template names for this row. */
static struct sink *sink_for(struct split *s, const struct person *person, struct slice id)
{
    char path[NAMING_ROOM];
    size_t length = naming_path(&s->naming, s->row, person, id, path);
    return files_sink(&s->files, (struct slice){path, length});
}

static void check_once(struct split *s, struct person *person, struct slice id)
{
    size_t number;
    bool again = person != NULL ? person->found : !map_add(&s->others, id, &number);
    if (again)
        fail_at(table_row(s->row),
                "an id that stood before; with --once an extract has a row a person");
}

/* The row at hand belongs to `person`, or to nobody in the list (NULL). */
static void take_row(struct split *s, struct person *person, struct slice id)
{
    if (opt.once)
        check_once(s, person, id);
    if (person != NULL)
        person->found = true;
    table_cut(s->row);
    for (size_t i = 0; i < opt.where.count; i++)
        if (!holds(s, person, &s->conditions[i]))
            return;
    if (person != NULL)
        person->kept = true;
    struct sink *out = opt.into != NULL ? sink_for(s, person, id) : &s->out;
    sink_cell(out, s->row->line);
    for (size_t i = 0; i < s->taken_count; i++)
        sink_cell(out, roster_cell(s->row, person, &s->taken[i]));
    sink_row(out);
}

static void check_found(const struct split *s)
{
    const struct roster *list = &s->list;
    size_t count = list->ids.count;
    for (size_t i = 0; i < count; i++)
        if (list->persons[i].found)
            return;
    fail("%s: none of the %zu ids of %s stands in column %zu; check --id, leading zeros and quotes",
         table_row(&s->extract).file, count, opt.assign, s->id + 1);
}

static void check_usage(int count, char *const files[])
{
    if (opt.assign == NULL)
        misuse("no assignment list; give one with -a FILE");
    if (opt.into != NULL && opt.common.output != NULL)
        misuse("--into and --output exclude each other");
    if (opt.shards.given && opt.into == NULL)
        misuse("--shards goes with --into 'NAME{shard}'");
    bool standard = count == 0;
    for (int i = 0; i < count; i++)
        standard |= strcmp(files[i], "-") == 0;
    if (standard && strcmp(opt.assign, "-") == 0)
        misuse("the list and the extract cannot both come from stdin");
}

/* For the flow everybody counts in an arm. */
static void plan_flow(struct split *s)
{
    const struct roster *list = &s->list;
    s->flow_arm = table_get(&list->table, slice_of(opt.arm));
    for (size_t i = 0; i < list->ids.count; i++) {
        struct slice arm = list->persons[i].cells[s->flow_arm];
        struct place place = {list->table.name, list->persons[i].line,
                              list->table.names[s->flow_arm]};
        if (cell_missing(arm))
            fail_at(place, "a missing arm; mend the list, as --flow counts by arm");
        if (!sink_nameable(arm))
            fail_at(place, "an arm with a control byte; mend the list, as --flow has a column for "
                           "each arm");
    }
}

static void open_all(struct split *s, int count, char *const files[])
{
    struct slice list_id = slice_of(opt.id);
    struct slice id = slice_cut(&list_id, '=');
    const struct common by_name = {.threads = opt.common.threads};
    if (opt.into == NULL)
        sink_open(&s->out, opt.common.output, &opt.common);
    if (opt.flow != NULL)
        sink_open(&s->flow, opt.flow, &by_name);
    roster_read(&s->list, opt.assign, list_id.bytes != NULL ? list_id : (struct slice){0},
                &opt.common);
    if (opt.flow != NULL)
        plan_flow(s);
    table_open(&s->extract, files, (size_t)count, &opt.common);
    s->id = table_ids(&s->extract, id);
}

/* `file` has a person in its first line whom the other file knows too. */
_Noreturn static void fail_header(const char *file, const char *other)
{
    fail_at((struct place){file, 1, {0}},
            "a person of %s stands in the header's place; put a header line before the rows",
            other);
}

/* A file without a header line would lose its first person. It is known by an id in
 * the place of the id's name: in the extract now, in the list as soon as it comes. */
static void check_headers(struct split *s)
{
    const struct table *list = &s->list.table;
    struct slice name = s->extract.names[s->id];
    if (roster_find(&s->list, name) != NULL)
        fail_header(s->extract.name, list->name);
    s->list_id = list->names[s->list.id];
    if (slice_equal(s->list_id, name))
        s->list_id = (struct slice){0};
}

static bool is_header(const struct split *s, struct slice id)
{
    return id.length > 0 && slice_equal(id, s->list_id);
}

/* The row of somebody who is not in the list. */
static void take_other(struct split *s, struct slice id)
{
    if (is_header(s, id))
        fail_header(s->list.table.name, table_row(&s->extract).file);
    if (opt.all)
        take_row(s, NULL, id);
}

/* In any thread: finds the rows that are for the owner. */
static enum rows_verdict take(void *context, const struct table *row, struct sink *out)
{
    const struct split *s = context;
    struct slice id = table_peek(row, s->id);
    bool wanted = opt.all || roster_find(&s->list, id) != NULL || is_header(s, id);
    (void)out;
    return wanted ? ROWS_GIVEN : ROWS_TAKEN;
}

static void meet(void *context, struct table *row)
{
    struct split *s = context;
    struct slice id = table_peek(row, s->id);
    struct person *person = roster_find(&s->list, id);
    s->row = row;
    if (person != NULL)
        take_row(s, person, id);
    else
        take_other(s, id);
}

static void close_all(struct split *s)
{
    check_found(s);
    /* This may fail, so it comes before a file has its name. */
    if (opt.flow != NULL)
        roster_flow(&s->list, s->flow_arm, &s->flow);
    if (opt.into != NULL)
        files_close(&s->files);
    if (opt.flow != NULL)
        sink_close(&s->flow);
    if (opt.into == NULL)
        sink_close(&s->out);
    table_close(&s->extract);
    roster_free(&s->list);
    map_free(&s->others);
    free(s->taken);
    free(s->conditions);
    if (opt.into != NULL)
        naming_free(&s->naming);
    free(s->header);
}

int main(int argc, char **argv)
{
    struct split s = {0};
    leave_begin("jf-split");
    int first = option_parse(&program, argc, argv);
    check_usage(argc - first, argv + first);
    open_all(&s, argc - first, argv + first);
    check_headers(&s);
    plan_taken(&s);
    plan_header(&s);
    plan_conditions(&s);
    if (opt.into != NULL)
        s.naming = naming_read(opt.into, opt.shards.value, &s.list, &s.extract);
    size_t columns = s.extract.columns + s.taken_count;
    if (opt.into != NULL)
        files_open(&s.files, opt.into, &opt.common, s.header, columns);
    else
        sink_names(&s.out, s.header, columns);
    if (opt.into == NULL)
        sink_header(&s.out);
    rows_read(&s.extract,
              &(struct rows_work){.context = &s, .take = take, .meet = meet, .uncut = true});
    close_all(&s);
    return leave_end();
}
