/*
 * jf-split - who is in the trial.
 *
 * Holds the assignment list, a row a person, and streams the extract past it, on all
 * cores (rows.h). A row whose id is not in the list is read only as far as its id, by
 * whichever thread; one that is kept is passed on by the owner as it came, with the
 * list's cells behind it.
 */
#include <stdlib.h>

#include "base/leave.h"
#include "base/map.h"
#include "base/message.h"
#include "base/option.h"
#include "base/slice.h"
#include "stream/ends.h"
#include "stream/files.h"
#include "stream/rows.h"
#include "stream/share.h"
#include "stream/sink.h"
#include "stream/table.h"
#include "trial/absence.h"
#include "trial/condition.h"
#include "trial/naming.h"
#include "trial/roster.h"

static struct {
    struct common common;
    const char *assign;
    enum absence_choice absent;
    const char *id;
    struct list take;
    struct list where;
    bool all, once;
    const char *flow;
    const char *arm;
    struct whole min_cell;
    const char *into;
    struct whole shards;
    const char *manifest;
    const char *part;
} opt = {.absent = ABSENCE_REFUSED, .id = ""};

static const struct option_row rows[] = {
    OPTION_TEXT('a', "assign", "ASSIGN", &opt.assign, "the assignment list, a row a person"),
    OPTION_CHOICE(0, "absent", ABSENCE_WORDS, &opt.absent, "persons of the list without a row"),
    OPTION_TEXT(0, "id", "COL[=ASSIGNCOL]", &opt.id, "the id's column (default: the first)"),
    OPTION_NONE_OR_LIST(0, "take", "COLS", &opt.take, "append only these columns of the list"),
    OPTION_MANY(0, "where", "COL=V[,V...]", &opt.where, "keep only rows with one of these values"),
    OPTION_FLAG(0, "all", &opt.all, "keep the other rows too, with NA"),
    OPTION_FLAG(0, "once", &opt.once, "an id twice in the extract is an error"),
    OPTION_TEXT(0, "flow", "FILE", &opt.flow, "write the counts of the CONSORT flow to FILE"),
    OPTION_TEXT(0, "arm", "COL", &opt.arm, "the list's arms, to count by (default arm)"),
    OPTION_WHOLE(0, "min-cell", "K", 1, 1000000, &opt.min_cell, "mask counts from 1 to K-1"),
    OPTION_TEXT(0, "into", "TEMPLATE", &opt.into, "a file for each value of {COL} or {shard}"),
    OPTION_WHOLE(0, "shards", "N", 1, 100000, &opt.shards, "the number of {shard}s"),
    OPTION_TEXT(0, "manifest", "FILE", &opt.manifest, "write what is in which file to FILE"),
    OPTION_TEXT(0, "part", "I/N", &opt.part, "read part I of N, its share of the bytes of FILEs"),
    OPTION_END,
};

static const struct option_program program = {
    .usage = "-a ASSIGN [OPTION]... [FILE]...",
    .purpose = "Keep the rows of the trial's people and attach what the assignment list says.",
    .rows = rows,
    .common = &opt.common,
    .columns = table_columns,
};

struct split {
    struct roster list;
    struct table extract;
    struct table *row; /* the extract, or a view of it: where the row at hand is */
    size_t id;         /* column of the extract */
    struct roster_tail tail;
    struct conditions conditions;
    struct absence absence;
    struct roster_groups arms; /* where the list has them */
    uint64_t lengths;          /* of the extract's ids; see absence_length */
    struct naming naming;      /* of --into */
    struct ends ends;
    struct sink out;
    struct sink flow, manifest;
    struct slice list_id; /* what the list calls the id, where the extract calls it otherwise */
    struct map others;    /* with --all --once: the ids that are not in the list */
};

/* Where a row goes; row NULL: that of somebody who has none. */
static struct sink *out_for(struct split *s, const struct person *person, struct slice id)
{
    return opt.into == NULL ? &s->out : naming_sink(&s->naming, s->row, person, id);
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
    if (!conditions_hold(&s->conditions, s->row, person))
        return;
    if (person != NULL)
        person->kept = true;
    struct sink *out = out_for(s, person, id);
    sink_cell(out, s->row->line);
    roster_put(&s->tail, person, out);
    sink_row(out);
}

static void check_usage(void)
{
    if (opt.assign == NULL)
        misuse("no assignment list; give one with -a FILE");
    if (opt.into != NULL && opt.common.output != NULL)
        misuse("--into and --output exclude each other");
    if (opt.shards.given && opt.into == NULL)
        misuse("--shards goes with --into 'NAME{shard}'");
    if (opt.manifest != NULL && opt.into == NULL)
        misuse("--manifest goes with --into");
    if (opt.min_cell.given && opt.flow == NULL)
        misuse("--min-cell goes with --flow");
    share_option(opt.part);
    if (opt.part != NULL && (opt.once || opt.absent != ABSENCE_REFUSED))
        misuse("--once and --absent are of all parts; say them to the jf-split that reads these");
    if (opt.part != NULL && opt.min_cell.given)
        misuse("--min-cell: masked counts of parts (--part) do not add up; mask their sum");
}

/* Before anything is opened. */
static void check_ends(struct ends *ends, int count, char *const files[])
{
    ends_begin(ends);
    ends->shared = opt.part != NULL;
    ends_list(ends, "-a", opt.assign);
    ends_files(ends, files, (size_t)count);
    if (opt.into == NULL)
        ends_output(ends, "-o", opt.common.output);
    ends_output(ends, "--flow", opt.flow);
    ends_output(ends, "--manifest", opt.manifest);
}

static void open_all(struct split *s, int count, char *const files[])
{
    struct slice list_id = slice_of(opt.id);
    struct slice id = slice_cut(&list_id, '=');
    check_ends(&s->ends, count, files);
    if (opt.into == NULL)
        sink_open(&s->out, opt.common.output, &opt.common);
    if (opt.flow != NULL)
        sink_open_beside(&s->flow, opt.flow, &opt.common);
    if (opt.manifest != NULL)
        sink_open_beside(&s->manifest, opt.manifest, &opt.common);
    roster_open(&s->list, opt.assign, list_id, &opt.common);
    table_open_part(&s->extract, files, (size_t)count, &opt.common, share_option(opt.part));
    s->id = table_ids(&s->extract, id);
    s->tail = roster_join(&s->list, &opt.take, &s->extract);
}

static bool is_header(const struct split *s, struct slice id)
{
    return id.length > 0 && slice_equal(id, s->list_id);
}

/* The row of somebody who is not in the list. */
static void take_other(struct split *s, struct slice id)
{
    if (is_header(s, id))
        roster_fail_header(s->list.table.name, table_row(&s->extract).file);
    if (absence_suspects(&s->absence, id))
        absence_meet(&s->absence, id);
    if (opt.all)
        take_row(s, NULL, id);
}

/* What a thread knows of the rows that it has passed over. */
struct passed {
    const struct split *split;
    uint64_t lengths;
};

static void begin_passed(void *part, const void *context)
{
    struct passed *passed = part;
    passed->split = context;
}

static void merge_passed(void *context, void *part)
{
    struct split *s = context;
    const struct passed *passed = part;
    s->lengths |= passed->lengths;
}

/* In any thread: finds the rows that are for the owner. */
static enum rows_verdict take(void *part, const struct table *row, struct sink *out)
{
    struct passed *passed = part;
    const struct split *s = passed->split;
    struct slice id = table_peek(row, s->id);
    passed->lengths |= absence_length(id);
    bool wanted = opt.all || roster_find(&s->list, id) != NULL || is_header(s, id) ||
                  absence_suspects(&s->absence, id);
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

/* A row for each person of whom none was written, in the list's order. */
static void write_absent(struct split *s)
{
    s->row = NULL;
    for (size_t i = 0; i < s->list.ids.count; i++) {
        const struct person *person = &s->list.persons[i];
        struct slice id = s->list.ids.keys[i];
        if (!person->absent)
            continue;
        struct sink *out = out_for(s, person, id);
        for (size_t j = 0; j < s->extract.columns; j++)
            sink_cell(out, j == s->id ? id : slice_of("NA"));
        roster_put(&s->tail, person, out);
        sink_row(out);
    }
}

/* Everybody is counted: what is amiss with persons is known when all rows are read. */
static void settle(struct split *s)
{
    const char *file = table_row(&s->extract).file;
    absence_check_ids(&s->absence, s->lengths, file, s->id);
    if (opt.part == NULL)
        conditions_check(&s->conditions, file);
    absence_settle(&s->absence, &s->conditions);
    if (opt.absent == ABSENCE_KEEP)
        write_absent(s);
    if (opt.into != NULL)
        naming_fill(&s->naming);
}

static void close_all(struct split *s)
{
    /* This may fail, so it comes before a file has its name. */
    enum roster_stages stages = opt.absent == ABSENCE_KEEP ? ROSTER_KEEP : ROSTER_ALL;
    stages = opt.part != NULL ? ROSTER_PART : stages;
    if (opt.flow != NULL)
        roster_flow(&s->list, &s->arms, stages, opt.min_cell.value, &s->flow);
    if (opt.into != NULL)
        files_close(&s->naming.files);
    else
        sink_close(&s->out);
    if (opt.flow != NULL)
        sink_close(&s->flow);
    if (opt.manifest != NULL) {
        files_list(&s->naming.files, &s->manifest);
        sink_close(&s->manifest);
    }
    table_close(&s->extract);
}

static void free_all(struct split *s)
{
    absence_free(&s->absence);
    roster_groups_free(&s->arms);
    conditions_free(&s->conditions);
    roster_free(&s->list);
    map_free(&s->others);
    naming_free(&s->naming);
    ends_free(&s->ends);
    roster_tail_free(&s->tail);
}

/* The header is written: to many files, to each with its first row. */
static void begin_output(struct split *s)
{
    if (opt.into == NULL) {
        sink_names(&s->out, s->tail.names, s->tail.columns);
        sink_header(&s->out);
        return;
    }
    naming_read(&s->naming, opt.into, opt.shards.value, &s->list, &s->extract,
                opt.manifest != NULL);
    files_open(&s->naming.files, opt.into, &opt.common, s->tail.names, s->tail.columns);
    naming_check(&s->naming, &s->list, &s->ends);
}

int main(int argc, char **argv)
{
    struct split s = {0};
    leave_begin("jf-split");
    int first = option_parse(&program, argc, argv);
    s.absence = (struct absence){
        .choice = opt.absent, .veiled = opt.min_cell.given, .part = opt.part != NULL};
    check_usage();
    open_all(&s, argc - first, argv + first);
    roster_read(&s.list);
    absence_plan(&s.absence, &s.list, &s.arms);
    s.arms = roster_arms(&s.list, opt.arm, opt.flow != NULL);
    s.list_id = roster_check_headers(&s.list, &s.extract, s.id);
    conditions_plan(&s.conditions, &opt.where, &s.list, &s.extract, opt.all);
    begin_output(&s);
    table_find_part(&s.extract);
    struct rows_work work = {.context = &s,
                             .part_size = sizeof(struct passed),
                             .begin = begin_passed,
                             .take = take,
                             .meet = meet,
                             .merge = merge_passed,
                             .uncut = true};
    rows_read(&s.extract, &work);
    settle(&s);
    close_all(&s);
    if (opt.part == NULL)
        conditions_tell(&s.conditions);
    absence_tell(&s.absence);
    free_all(&s);
    return leave_end();
}
