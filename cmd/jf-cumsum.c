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

#include "ascent.h"
#include "heap.h"
#include "keys.h"
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
    bool written; /* the sum stands in text, as adding nothing leaves it */
    char text[DECIMAL_ROOM + SLICE_BLOCK];
    size_t length;
};

struct cumsum {
    struct table table;
    struct sink out;
    struct numbers numbers;
    struct keys groups;
    size_t period;        /* slot */
    struct running *sums; /* in the order they are written in */
    size_t group;         /* of the last row */
    struct ascent ascent; /* of the periods within it */
};

static int by_column(const void *a, const void *b)
{
    const struct running *one = a, *other = b;
    return (one->column > other->column) - (one->column < other->column);
}

/* Sums that replace their columns are written in the order of these. */
static void plan_places(struct cumsum *c)
{
    qsort(c->sums, opt.outcomes.count, sizeof *c->sums, by_column);
    for (size_t i = 1; i < opt.outcomes.count; i++)
        if (c->sums[i].column == c->sums[i - 1].column)
            misuse("-y: %s twice; say --as NAMES for a column each",
                   quoted(table_name(&c->table, c->sums[i].slot)));
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
    if (!opt.names.given)
        plan_places(c);
    c->numbers.comma = opt.common.decimal_comma;
    c->period = table_want_name(t, slice_of(opt.period));
    if (!opt.within.given)
        opt.within = (struct list){.items = t->names, .count = 1};
    c->groups.count = opt.within.count;
    c->groups.slots = heap_take(opt.within.count, sizeof *c->groups.slots);
    table_want_names(t, opt.within.items, opt.within.count, c->groups.slots);
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

_Noreturn static void fail_order(const struct cumsum *c, const char *what, bool numeric)
{
    char sort[TABLE_SORT_ROOM];
    size_t count = opt.within.count;
    size_t *columns = heap_take(count + 1, sizeof *columns);
    for (size_t i = 0; i < count; i++)
        columns[i] = table_column(&c->table, c->groups.slots[i]);
    columns[count] = table_column(&c->table, c->period);
    fail_at(table_place(&c->table, c->period), "%s; sort the rows: %s", what,
            table_sort(sort, columns, count + 1, numeric));
}

static void begin_sums(struct cumsum *c)
{
    for (size_t i = 0; i < opt.outcomes.count; i++) {
        c->sums[i].sum = (struct decimal){0};
        c->sums[i].missing = false;
        c->sums[i].written = false;
    }
}

static void check_period(struct cumsum *c, struct slice period)
{
    switch (ascent_next(&c->ascent, period)) {
    case ASCENT_GOOD:
        return;
    case ASCENT_TWICE:
        fail_order(c,
                   "a period twice in a group; name what tells the rows apart in --within, or "
                   "if nothing does mend the rows; else",
                   c->ascent.numeric);
    case ASCENT_BACK:
        fail_order(c, "a period before that of the last row", c->ascent.numeric);
    }
}

/* Which group the row is of: that of the last row, or a new one. */
static void follow_group(struct cumsum *c)
{
    size_t count = c->groups.names.count;
    size_t group = keys_of_row(&c->groups, &c->table);
    struct slice period = table_cell(&c->table, c->period);
    if (group == c->group && count > 0) {
        check_period(c, period);
        return;
    }
    if (group < count)
        fail_order(c, "a group that stood before comes again after another", false);
    c->group = group;
    begin_sums(c);
    ascent_begin(&c->ascent, period);
}

static void add_cell(struct cumsum *c, struct running *r)
{
    struct decimal value;
    if (!cell_decimal(&c->numbers, &c->table, r->slot, &value))
        r->missing = true;
    if (r->missing || value.units == 0)
        return;
    if (!decimal_accumulate(&r->sum, value))
        fail_at(table_place(&c->table, r->slot),
                "the running sum has more than %d digits; round the values", DECIMAL_DIGITS);
    r->written = false;
}

/* Writes the sum, or NA; returns where it ends. */
static char *write_sum(char *at, struct running *r)
{
    if (r->missing)
        return (char *)memcpy(at, "NA", 2) + 2;
    if (r->written)
        return slice_put(at, r->text, r->length);
    r->length = decimal_print(at, r->sum);
    r->written = true;
    slice_put(r->text, at, r->length);
    return at + r->length;
}

/* The line as it came, with the sums in the place of their cells or behind it. */
static void write_row(struct cumsum *c)
{
    const struct slice line = c->table.line;
    const char *rest = line.bytes, *end = line.bytes + line.length;
    size_t sums = opt.outcomes.count * (DECIMAL_ROOM + 1);
    char *at = sink_room(&c->out, line.length + sums + SLICE_BLOCK + 1);
    for (size_t i = 0; !opt.names.given && i < opt.outcomes.count; i++) {
        struct slice cell = table_cell(&c->table, c->sums[i].slot);
        at = slice_put(at, rest, (size_t)(cell.bytes - rest));
        at = write_sum(at, &c->sums[i]);
        rest = cell.bytes + cell.length;
    }
    at = slice_put(at, rest, (size_t)(end - rest));
    for (size_t i = 0; opt.names.given && i < opt.outcomes.count; i++) {
        *at++ = '\t';
        at = write_sum(at, &c->sums[i]);
    }
    *at++ = '\n';
    sink_end(&c->out, at);
}

static void take_row(struct cumsum *c)
{
    follow_group(c);
    for (size_t i = 0; i < opt.outcomes.count; i++)
        add_cell(c, &c->sums[i]);
    write_row(c);
}

static void close_all(struct cumsum *c)
{
    sink_close(&c->out);
    table_close(&c->table);
    keys_free(&c->groups);
    free(c->sums);
    ascent_free(&c->ascent);
}

int main(int argc, char **argv)
{
    struct cumsum c = {0};
    message_begin("jf-cumsum");
    int first = option_parse(&program, argc, argv);
    sink_open(&c.out, opt.common.output, opt.common.level, opt.common.threads);
    table_open(&c.table, argv + first, (size_t)(argc - first), &opt.common);
    plan_columns(&c);
    write_header(&c);
    while (table_next(&c.table))
        take_row(&c);
    close_all(&c);
    return message_end();
}
