/*
 * jf-cumsum - the running sum.
 *
 * Adds a column up over the rows of a group, in exact decimals. Groups stand
 * together and their periods ascend; where they do not, the sum would be of
 * something else, so that is an error, and the ids of groups seen are held to
 * know it.
 */
#include <stdlib.h>
#include <string.h>

#include "cell.h"
#include "heap.h"
#include "map.h"
#include "option.h"

static struct {
    struct common common;
    struct list outcomes, within, names;
    const char *period;
} opt = {.common.level = SINK_BY_NAME,
         .outcomes = {.items = (struct slice[]){{"hours", 5}}, .count = 1},
         .period = "period"};

static const struct option_row rows[] = {
    {OPTION_LIST, 'y', "outcome", "COLS", "the columns to add up (default hours)", &opt.outcomes,
     NULL, 0, 0, 0},
    {OPTION_LIST, 0, "within", "COLS", "the group (default: the first column; '': all rows)",
     &opt.within, NULL, 0, 0, 0},
    {OPTION_TEXT, 0, "period", "COL", "ascends within a group (default period)", &opt.period, NULL,
     0, 0, 0},
    {OPTION_LIST, 0, "as", "NAMES", "append the sums as NAMES, and leave the columns", &opt.names,
     NULL, 0, 0, 0},
    {.kind = OPTION_END},
};

static const struct option_program program = {
    .usage = "[OPTION]... [FILE]...",
    .purpose = "Replace a column by its running sum over the rows of a group.",
    .rows = rows,
    .common = &opt.common,
};

/* One column that is added up. */
struct running {
    size_t slot;
    size_t column;
    struct decimal sum;
    bool missing; /* a cell was, so the sum is from there on */
};

/* Bytes of an earlier row. */
struct kept {
    char *bytes;
    size_t length, room;
};

struct cumsum {
    struct table table;
    struct sink out;
    size_t *within; /* slots */
    size_t period;  /* slot */
    struct running *sums;
    struct map groups;
    struct kept key, last_key, last_period;
    bool begun; /* there was a row of this group */
};

static void keep(struct kept *kept, struct slice bytes)
{
    kept->bytes = heap_grow(kept->bytes, &kept->room, kept->length + bytes.length, 1);
    if (bytes.length > 0)
        memcpy(kept->bytes + kept->length, bytes.bytes, bytes.length);
    kept->length += bytes.length;
}

static struct slice slice_kept(const struct kept *kept)
{
    return (struct slice){kept->bytes, kept->length};
}

static void plan_columns(struct cumsum *c)
{
    struct table *t = &c->table;
    if (opt.names.given && opt.names.count != opt.outcomes.count)
        misuse("--as names %zu columns, -y has %zu", opt.names.count, opt.outcomes.count);
    c->sums = heap_take(opt.outcomes.count, sizeof *c->sums);
    for (size_t i = 0; i < opt.outcomes.count; i++) {
        c->sums[i].column = table_get(t, opt.outcomes.items[i]);
        c->sums[i].slot = table_want(t, c->sums[i].column);
    }
    c->period = table_want(t, table_get(t, slice_of(opt.period)));
    if (!opt.within.given)
        opt.within = (struct list){.items = t->names, .count = 1};
    c->within = heap_take(opt.within.count, sizeof *c->within);
    for (size_t i = 0; i < opt.within.count; i++)
        c->within[i] = table_want(t, table_get(t, opt.within.items[i]));
}

static void write_header(struct cumsum *c)
{
    size_t columns = c->table.columns;
    struct slice *names = heap_take(columns + opt.names.count, sizeof *names);
    memcpy(names, c->table.names, columns * sizeof *names);
    if (opt.names.count > 0)
        memcpy(names + columns, opt.names.items, opt.names.count * sizeof *names);
    sink_header(&c->out, names, columns + opt.names.count);
    free(names);
}

static void fail_order(const struct cumsum *c, const char *what, bool numeric)
{
    char sort[TABLE_SORT_ROOM];
    size_t count = opt.within.count;
    size_t *columns = heap_take(count + 1, sizeof *columns);
    for (size_t i = 0; i < count; i++)
        columns[i] = table_column(&c->table, c->within[i]);
    columns[count] = table_column(&c->table, c->period);
    fail_at(table_place(&c->table, c->period), "%s; sort the rows: %s", what,
            table_sort(sort, columns, count + 1, numeric));
}

/* The group's cells between tabs: no cell holds one, so no two groups share it. */
static void take_key(struct cumsum *c)
{
    c->key.length = 0;
    for (size_t i = 0; i < opt.within.count; i++) {
        if (i > 0)
            keep(&c->key, slice_of("\t"));
        keep(&c->key, c->table.cells[c->within[i]]);
    }
}

static void begin_group(struct cumsum *c)
{
    size_t count = c->groups.count;
    if (map_add(&c->groups, slice_kept(&c->key)) < count)
        fail_order(c, "a group that stood before comes again after another", false);
    struct kept old = c->last_key;
    c->last_key = c->key;
    c->key = old;
    for (size_t i = 0; i < opt.outcomes.count; i++) {
        c->sums[i].sum = (struct decimal){0};
        c->sums[i].missing = false;
    }
}

/* Numbers ascend as numbers (9, 10), other periods bytewise (2016-03). */
static void check_period(struct cumsum *c)
{
    struct slice period = c->table.cells[c->period], last = slice_kept(&c->last_period);
    struct decimal a, b;
    bool numeric = decimal_parse(last, '.', &a) == DECIMAL_GOOD &&
                   decimal_parse(period, '.', &b) == DECIMAL_GOOD;
    int order = numeric ? decimal_compare(a, b) : slice_compare(last, period);
    if (order == 0)
        fail_order(c,
                   "a period twice in a group; name what tells the rows apart in --within, or "
                   "if nothing does mend the rows; else",
                   numeric);
    if (order > 0)
        fail_order(c, "a period before that of the last row", numeric);
}

static void add_cells(struct cumsum *c)
{
    for (size_t i = 0; i < opt.outcomes.count; i++) {
        struct running *r = &c->sums[i];
        struct decimal value;
        if (!cell_decimal(&c->table, r->slot, opt.common.decimal_comma, &value))
            r->missing = true;
        else if (!r->missing && !decimal_add(r->sum, value, &r->sum))
            fail_at(table_place(&c->table, r->slot), "the running sum has more than %d digits",
                    DECIMAL_DIGITS);
    }
}

static void put_sum(struct cumsum *c, const struct running *r)
{
    if (r->missing)
        sink_text(&c->out, "NA");
    else
        cell_put_decimal(&c->out, r->sum);
}

static const struct running *running_of(const struct cumsum *c, size_t column)
{
    for (size_t i = 0; i < opt.outcomes.count; i++)
        if (c->sums[i].column == column)
            return &c->sums[i];
    return NULL;
}

static void write_row(struct cumsum *c)
{
    if (opt.names.given) {
        sink_cell(&c->out, c->table.line);
        for (size_t i = 0; i < opt.outcomes.count; i++)
            put_sum(c, &c->sums[i]);
    } else {
        struct slice rest = c->table.line;
        for (size_t column = 0; column < c->table.columns; column++) {
            struct slice cell = slice_cut(&rest, '\t');
            const struct running *r = running_of(c, column);
            if (r != NULL)
                put_sum(c, r);
            else
                sink_cell(&c->out, cell);
        }
    }
    sink_row(&c->out);
}

static void take_row(struct cumsum *c)
{
    take_key(c);
    if (!c->begun || !slice_equal(slice_kept(&c->key), slice_kept(&c->last_key)))
        begin_group(c);
    else
        check_period(c);
    c->begun = true;
    c->last_period.length = 0;
    keep(&c->last_period, c->table.cells[c->period]);
    add_cells(c);
    write_row(c);
}

static void close_all(struct cumsum *c)
{
    sink_close(&c->out);
    table_close(&c->table);
    map_free(&c->groups);
    free(c->within);
    free(c->sums);
    free(c->key.bytes);
    free(c->last_key.bytes);
    free(c->last_period.bytes);
}

int main(int argc, char **argv)
{
    struct cumsum c = {0};
    message_begin("jf-cumsum");
    int first = option_parse(&program, argc, argv);
    sink_open(&c.out, opt.common.output, opt.common.level);
    table_open(&c.table, argv + first, (size_t)(argc - first), opt.common.progress,
               opt.common.no_progress);
    plan_columns(&c);
    write_header(&c);
    while (table_next(&c.table))
        take_row(&c);
    close_all(&c);
    return message_end();
}
