/*
 * jf-draw - who is drawn for which arm.
 *
 * Reads a list, a row a person, and writes its rows with an arm behind each: all drawn at once,
 * when the list has ended (lottery.h), or one by one, as they arrive (blocks.h). A lot is a pure
 * function of a salt and of who takes part (lot.h), so with --check anybody can draw them again
 * and hold the list to them.
 */
#include <stdlib.h>

#include "base/heap.h"
#include "base/leave.h"
#include "base/message.h"
#include "base/option.h"
#include "base/slice.h"
#include "stream/descriptor.h"
#include "stream/ends.h"
#include "stream/rows.h"
#include "stream/sink.h"
#include "stream/table.h"
#include "trial/audit.h"
#include "trial/blocks.h"
#include "trial/intake.h"
#include "trial/lottery.h"
#include "trial/shares.h"

static struct {
    struct common common;
    struct list arms, within, blocks;
    const char *salt, *as, *id, *after, *flow;
    bool check;
} opt = {.as = "arm", .id = ""};

static const struct option_row rows[] = {
    OPTION_LIST(0, "arms", "LABEL:SHARE,...", &opt.arms, "the arms, and their whole shares"),
    OPTION_TEXT(0, "salt", "TEXT", &opt.salt, "what the lots are made of, with the ids"),
    OPTION_LIST(0, "within", "COLS", &opt.within, "draw in strata, alike in these columns"),
    OPTION_LIST(0, "blocks", "LIST", &opt.blocks, "draw each row as it arrives, in such blocks"),
    OPTION_TEXT(0, "after", "FILE", &opt.after, "with --blocks: who arrived earlier"),
    OPTION_TEXT(0, "as", "NAME", &opt.as, "what the column of arms is called (default arm)"),
    OPTION_TEXT(0, "id", "COL", &opt.id, "the id's column (default: the first)"),
    OPTION_FLAG(0, "check", &opt.check, "the rows have arms: are they those that are drawn?"),
    OPTION_TEXT(0, "flow", "FILE", &opt.flow, "write how many each stratum has in each arm"),
    OPTION_END,
};

static const struct option_program program = {
    .usage = "--arms=LABEL:SHARE,... --salt=TEXT [OPTION]... [FILE]...",
    .purpose = "Draw lots: who of a list is in which arm; or check a lottery that was held.",
    .rows = rows,
    .common = &opt.common,
    .columns = table_columns,
};

/* A table of people, and where it has what is asked. */
struct listing {
    struct table table;
    struct intake_slots slots;
    size_t arm; /* slot, where it is read */
};

struct draw {
    struct listing list, earlier;
    struct shares shares;
    struct intake intake;
    struct lottery lottery;
    uint32_t *given; /* by person of the lottery: the arm in the list */
    size_t given_room;
    struct blocks blocks;
    struct audit audit;
    struct sink out, flow;
};

static bool reads_stdin(int count, char *const files[])
{
    for (int i = 0; i < count; i++)
        if (descriptor_of(files[i], 0) != DESCRIPTOR_NONE)
            return true;
    return count == 0;
}

static bool writes_file(void)
{
    const char *output = opt.common.output;
    return output != NULL && descriptor_of(output, 1) == DESCRIPTOR_NONE;
}

static void check_within(void)
{
    for (size_t i = 0; i < opt.within.count; i++)
        for (size_t j = 0; j < i; j++)
            if (slice_equal(opt.within.items[i], opt.within.items[j]))
                misuse("--within: %s stands there twice; name each column once",
                       quoted_given(opt.within.items[i]));
}

static void check_usage(int count, char *const files[])
{
    if (!opt.arms.given)
        misuse("no arms; say --arms LABEL:SHARE,LABEL:SHARE, such as treated:1,control:1");
    if (opt.salt == NULL)
        misuse("no salt; say --salt TEXT, a text from outside that is fixed when the list is "
               "closed");
    if (opt.salt[0] == '\0')
        misuse("--salt: an empty text, as of a variable that is not set; give one");
    if (!sink_nameable(slice_of(opt.as)))
        misuse("--as: that cannot be a column's name; give it one without control bytes");
    if (opt.after != NULL && !opt.blocks.given)
        misuse("--after goes with --blocks: without it all are drawn at once");
    if (opt.check && (opt.common.output != NULL || opt.common.columns.given))
        misuse("--check writes no rows; leave --output and --columns out");
    if (opt.blocks.given && writes_file() && reads_stdin(count, files))
        misuse("--output with --blocks and stdin: nobody could read FILE before the last arrival; "
               "write to stdout");
    check_within();
}

static void open_all(struct draw *d, int count, char *const files[])
{
    struct ends ends = {0};
    ends_begin(&ends);
    if (opt.after != NULL)
        ends_list(&ends, "--after", opt.after);
    ends_files(&ends, files, (size_t)count);
    if (!opt.check)
        ends_output(&ends, "-o", opt.common.output);
    ends_output(&ends, "--flow", opt.flow);
    ends_free(&ends);
    if (!opt.check)
        sink_open(&d->out, opt.common.output, &opt.common);
    if (!opt.check)
        sink_hold(&d->out);
    if (opt.flow != NULL)
        sink_open_beside(&d->flow, opt.flow, &opt.common);
}

/* Opens a table of people; `drawn`: it has their arms. */
static void open_people(struct draw *d, struct listing *listing, char *const files[], size_t count,
                        const struct common *common, bool drawn)
{
    struct table *table = &listing->table;
    struct slice name = slice_of(opt.as);
    table_open(table, files, count, common);
    listing->slots = intake_plan(&d->intake, table, slice_of(opt.id));
    if (drawn)
        listing->arm = table_want_name(table, name);
    else if (table_find(table, name) != TABLE_NONE)
        fail_at(table_header(table),
                "a column %s already; hold it to its lots with --check, or call the new one "
                "otherwise with --as",
                quoted_given(name));
}

static void begin_output(struct draw *d)
{
    if (!opt.check) {
        sink_names(&d->out, d->list.table.names, d->list.table.columns);
        sink_name(&d->out, slice_of(opt.as));
        sink_header(&d->out);
    }
    if (opt.flow != NULL) {
        for (size_t i = 0; i < opt.within.count; i++)
            sink_name(&d->flow, table_name(&d->list.table, d->list.slots.strata[i]));
        sink_names(&d->flow, d->shares.labels, d->shares.count);
        sink_header(&d->flow);
    }
}

/* The arm of somebody who arrives. */
static size_t arrive(struct draw *d, const struct listing *listing)
{
    const struct table *row = &listing->table;
    struct slice id = intake_id(row, &listing->slots);
    size_t stratum = intake_stratum(&d->intake, row, &listing->slots);
    if (!blocks_meet(&d->blocks, id))
        fail_at(table_place(row, listing->slots.id),
                "an id that stood before, or but for outer blanks or quotes; a person is drawn "
                "once, so take the row out");
    return blocks_next(&d->blocks, stratum, intake_cells(&d->intake, stratum));
}

static void audit_arrival(struct draw *d, const struct listing *listing)
{
    size_t given = audit_arm(&listing->table, listing->arm, &d->shares);
    audit_row(&d->audit, given == arrive(d, listing), table_row(&listing->table));
}

static void take_earlier(void *context, const struct table *row)
{
    struct draw *d = context;
    (void)row;
    audit_arrival(d, &d->earlier);
}

/* A row goes out before the next is read. */
static void take_arrival(void *context, const struct table *row)
{
    struct draw *d = context;
    if (opt.check) {
        audit_arrival(d, &d->list);
        return;
    }
    size_t arm = arrive(d, &d->list);
    sink_cell(&d->out, row->line);
    sink_cell(&d->out, d->shares.labels[arm]);
    sink_row(&d->out);
    if (!writes_file())
        sink_send(&d->out);
}

/* Of a list that is checked only the ids are held. */
static void take_person(void *context, const struct table *row)
{
    struct draw *d = context;
    struct slice id = intake_id(row, &d->list.slots);
    size_t stratum = intake_stratum(&d->intake, row, &d->list.slots), person = d->lottery.count;
    lottery_add(&d->lottery, row, opt.check ? id : row->line, id, stratum);
    if (!opt.check)
        return;
    d->given = heap_grow(d->given, &d->given_room, person + 1, sizeof *d->given);
    d->given[person] = (uint32_t)audit_arm(row, d->list.arm, &d->shares);
}

static void check_audit(const struct draw *d)
{
    audit_check(&d->audit, slice_of(opt.as),
                opt.blocks.given ? "--blocks or the order of rows" : "the persons");
}

/* Holds all who arrived before to their lots. */
static void read_earlier(struct draw *d)
{
    char *const files[] = {(char *)opt.after};
    const struct common quiet = {.no_progress = true, .threads = opt.common.threads};
    open_people(d, &d->earlier, files, 1, &quiet, true);
    rows_each(&d->earlier.table, take_earlier, d);
    check_audit(d);
    table_close(&d->earlier.table);
}

static void draw_arrivals(struct draw *d)
{
    if (!opt.check)
        sink_let_go(&d->out);
    if (!opt.check && !writes_file())
        sink_send(&d->out);
    rows_each(&d->list.table, take_arrival, d);
    if (opt.check && d->audit.rows == 0)
        fail("%s: no row to check, only a header; is this the list?", d->list.table.name);
}

/* All are here: draws, and writes them in the order in which they came. */
static void draw_all(struct draw *d)
{
    struct lottery *l = &d->lottery;
    *l = lottery_begin(slice_of(opt.salt), slice_of(opt.as), opt.check ? 0 : d->list.table.id);
    rows_each(&d->list.table, take_person, d);
    if (l->count == 0)
        fail("%s: no person in the list, only a header; is this the list?", d->list.table.name);
    lottery_draw(l, &d->shares, &d->intake);
    if (!opt.check)
        sink_let_go(&d->out);
    for (size_t i = 0; i < l->count; i++) {
        if (opt.check) {
            audit_row(&d->audit, d->given[i] == l->arms[i], lottery_place(l, i));
            continue;
        }
        sink_cell(&d->out, lottery_row(l, i));
        sink_cell(&d->out, d->shares.labels[l->arms[i]]);
        sink_row(&d->out);
    }
}

static void close_all(struct draw *d)
{
    if (opt.flow != NULL)
        intake_flow(&d->intake, d->shares.count,
                    opt.blocks.given ? d->blocks.counts : d->lottery.counts, &d->flow);
    if (!opt.check)
        sink_close(&d->out);
    if (opt.flow != NULL)
        sink_close(&d->flow);
    table_close(&d->list.table);
}

/* What was found, when all has ended well. */
static void tell(const struct draw *d)
{
    if (opt.check)
        audit_tell(&d->audit, opt.after);
    if (opt.check || opt.blocks.given)
        return;
    size_t single = intake_alone(&d->intake, d->shares.count, d->lottery.counts);
    if (single > 0)
        warn("%zu of %zu strata %s of one person, who has nobody to be compared with there; "
             "draw within fewer columns, or see --small-strata of jf-diff",
             single, d->intake.strata.count, single == 1 ? "is" : "are");
}

static void free_all(struct draw *d)
{
    free(d->list.slots.strata);
    free(d->earlier.slots.strata);
    shares_free(&d->shares);
    intake_free(&d->intake);
    lottery_free(&d->lottery);
    blocks_free(&d->blocks);
    free(d->given);
}

int main(int argc, char **argv)
{
    struct draw d = {0};
    leave_begin("jf-draw");
    int first = option_parse(&program, argc, argv), count = argc - first;
    check_usage(count, argv + first);
    struct slice salt = slice_of(opt.salt), name = slice_of(opt.as);
    d.shares = shares_read(&opt.arms);
    d.intake = intake_begin(&opt.within);
    if (opt.blocks.given)
        d.blocks = blocks_begin(salt, name, &opt.blocks, &d.shares);
    open_all(&d, count, argv + first);
    if (opt.after != NULL)
        read_earlier(&d);
    open_people(&d, &d.list, argv + first, (size_t)count, &opt.common, opt.check);
    begin_output(&d);
    if (opt.blocks.given)
        draw_arrivals(&d);
    else
        draw_all(&d);
    if (opt.check)
        check_audit(&d);
    close_all(&d);
    tell(&d);
    free_all(&d);
    return leave_end();
}
