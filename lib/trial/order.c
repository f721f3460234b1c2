#include "trial/order.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "base/message.h"
#include "number/period.h"
#include "trial/cell.h"
#include "trial/keys.h"

struct order order_plan(struct table *table, const struct slice *group, size_t group_count,
                        struct slice period)
{
    struct order order = {.table = table, .group_count = group_count};
    order.period = table_want_name(table, period);
    order.group = heap_take(group_count + 1, sizeof *order.group);
    table_want_names(table, group, group_count, order.group);
    order.group[group_count] = order.period;
    order.column = table_place(table, order.period).column;
    order.hidden = table_column(table, order.period) == table->id;
    return order;
}

void order_meet(struct order *order, const struct table *row)
{
    size_t number;
    struct slice name =
        keys_name(row, order->group, order->group_count, &order->name, &order->name_room);
    if (!map_add(&order->met, name, &number))
        order_fail(order, row, "a group that stood before comes again after another",
                   PERIOD_MONTHS);
}

/* ---- the command that puts rows in order: as it is, it goes into a shell ---- */

/* A file's name as the shell reads it. */
static void add_name(struct message_part *c, const char *name)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789_./,:+%@-";
    if (name[strspn(name, plain)] == '\0') {
        message_add(c, " %s", name);
        return;
    }
    c->cut |= message_escapes(name); /* it could not be typed as it is shown */
    message_add(c, " '");
    for (; *name != '\0'; name++)
        if (*name == '\'')
            message_add(c, "'\\''");
        else
            message_add(c, "%c", *name);
    message_add(c, "'");
}

/* By the columns of the group and the period; not where a number follows a number in one cell. */
static void add_sort(struct message_part *c, const struct order *order, enum period_form form)
{
    message_add(c, "LC_ALL=C sort -t \"$(printf '\\t')\"");
    for (size_t i = 0; i <= order->group_count; i++) {
        size_t column = table_column(order->table, order->group[i]) + 1;
        message_add(c, " -k%zu,%zu%s", column, column,
                    form == PERIOD_NUMBERS && i == order->group_count ? "g" : "");
    }
    c->cut |= form == (enum period_form)(PERIOD_RANGES | PERIOD_NUMBERS);
}

/* The rows of the one file, or of stdin. Where several files lie behind each other there, their
 * headers are among the rows. */
static struct message_part sort_stream(const struct order *order, enum period_form form, bool named)
{
    struct message_part c = {.length = 0};
    message_add(&c, "gzip -cdf%s", named ? " --" : "");
    if (named)
        add_name(&c, order->table->files[0]);
    message_add(&c, " | { IFS= read -r h; printf '%%s\\n' \"$h\"; ");
    if (order->table->file_count > 1)
        message_add(&c, "grep -vxF -e \"$h\" | ");
    add_sort(&c, order, form);
    message_add(&c, "; }");
    return c;
}

/* The rows of the files, under the header of the first. */
static struct message_part sort_files(const struct order *order, enum period_form form)
{
    struct message_part c = {.length = 0};
    message_add(&c, "{ gzip -cdf --");
    add_name(&c, order->table->files[0]);
    message_add(&c, " | head -n 1; for f in");
    for (size_t i = 0; i < order->table->file_count && !c.cut; i++) {
        add_name(&c, order->table->files[i]);
        c.cut |= strcmp(order->table->files[i], "-") == 0; /* it can be read once only */
    }
    message_add(&c, "; do gzip -cdf -- \"$f\" | tail -n +2; done | ");
    add_sort(&c, order, form);
    message_add(&c, "; }");
    return c;
}

/* `by group and period` where no command is known. */
static struct message_part sort_command(const struct order *order, enum period_form form)
{
    const struct table *table = order->table;
    bool one = table->file_count == 1, named = one && strcmp(table->files[0], "-") != 0;
    struct message_part c = one ? sort_stream(order, form, named) : sort_files(order, form);
    if (c.cut)
        c = sort_stream(order, form, false);
    if (c.cut)
        c = (struct message_part){.text = "by group and period"};
    return c;
}

void order_fail(const struct order *order, const struct table *row, const char *what,
                enum period_form form)
{
    fail_at(table_place(row, order->period), "%s; sort the rows: %s", what,
            sort_command(order, form).text);
}

void order_free(struct order *order)
{
    map_free(&order->met);
    free(order->name);
    free(order->group);
}

/* ---- the periods of a group ---- */

static void add_period(struct order_calendar *c, struct slice period)
{
    c->periods = heap_grow(c->periods, &c->periods_room, c->count + 1, sizeof *c->periods);
    c->words = heap_grow(c->words, &c->words_room, c->count + 1, sizeof *c->words);
    c->periods[c->count] = arena_keep(&c->bytes, period);
    c->words[c->count] = period.length <= CELL_SHORT ? cell_word(period) : 0;
    c->count++;
}

static void clear_calendar(struct order_calendar *c)
{
    arena_reset(&c->bytes);
    c->count = 0;
    c->whole = false;
}

void order_free_calendar(struct order_calendar *c)
{
    arena_free(&c->bytes);
    free(c->periods);
    free(c->words);
}

/* ---- what is amiss ---- */

static const char *show(const struct order *order, struct slice period)
{
    return order->hidden ? "such period" : unquoted(period);
}

/* Whole numbers may be months since each person's own lot, of which persons have not the same. */
static const char *how_to_write(enum period_form form)
{
    return form == PERIOD_NUMBERS
               ? "say jf-hours --since COL=A:B, so that all have the same, or --missing zero|na"
               : "write such months with jf-hours --missing zero|na";
}

/* A group that is cut in two, as in rows by period, lacks periods too. */
#define WHAT_TO_DO "%s; or if a group's rows stand apart, sort the rows: %s"

/* This group has not the period that the first one has in its place. */
static _Noreturn void fail_absent(const struct order *order, const struct order_state *state,
                                  struct place place)
{
    const struct order_calendar *first = state->first;
    fail_at(place, "this group has no %s, as the first one (line %llu) has; " WHAT_TO_DO,
            show(order, first->periods[state->count]), (unsigned long long)first->line,
            how_to_write(first->form), sort_command(order, first->form).text);
}

/* The row's period is not one of the first group's. */
static _Noreturn void fail_new(const struct order *order, const struct order_state *state,
                               const struct table *row, struct slice period)
{
    const struct order_calendar *first = state->first;
    fail_at(table_place(row, order->period),
            "the first group (line %llu) has no %s, as this one has; " WHAT_TO_DO,
            (unsigned long long)first->line, show(order, period), how_to_write(first->form),
            sort_command(order, first->form).text);
}

static _Noreturn void fail_form(const struct order *order, const struct table *row)
{
    struct place place = table_place(row, order->period);
    if (cell_missing(table_cell(row, order->period)))
        fail_at(place, "the period is missing; give the row one, or leave the row out");
    fail_at(place, "%s has no order that is known here; write periods as " PERIOD_FORMS,
            table_quoted(row, order->period));
}

/* ---- a group's rows ---- */

/* The period is of the form that the first one of all has. */
static void check_form(const struct order *order, struct order_state *state,
                       const struct table *row, struct slice period)
{
    struct order_calendar *first = state->first;
    enum period_form form = period_form(period);
    if (form == PERIOD_FORMLESS)
        fail_form(order, row);
    if (first->count == 0)
        first->form = form;
    if (form != first->form)
        fail_at(table_place(row, order->period),
                "%s is of another form than the first period (line %llu); periods of one "
                "form are compared only with each other, so write all alike",
                table_quoted(row, order->period), (unsigned long long)first->line);
}

/* It comes after the one before it. */
static void check_ascent(const struct order *order, const struct order_state *state,
                         const struct table *row, struct slice period)
{
    const struct order_calendar *first = state->first;
    if (state->count == 0)
        return;
    struct slice last = first->periods[first->whole ? state->count - 1 : first->count - 1];
    int ascent = period_compare(first->form, last, period);
    if (ascent == 0)
        fail_at(table_place(row, order->period),
                "a period twice in a group; name what tells the rows apart in --within, or if "
                "nothing does mend the rows");
    if (ascent > 0)
        order_fail(order, row, "a period before that of the last row", first->form);
}

/* It is what the first group has in its place. */
static void check_place(const struct order *order, const struct order_state *state,
                        const struct table *row, struct slice period)
{
    const struct order_calendar *first = state->first;
    if (state->count == first->count)
        fail_new(order, state, row, period);
    int side = period_compare(first->form, first->periods[state->count], period);
    if (side < 0)
        fail_absent(order, state, table_place(row, order->period));
    if (side > 0)
        fail_new(order, state, row, period);
}

void order_check_any(const struct order *order, struct order_state *state, const struct table *row)
{
    struct order_calendar *first = state->first;
    struct slice period = table_cell(row, order->period);
    const char *file = table_row(row).file;
    if (file != state->file)
        state->before = state->count;
    state->file = file;
    if (!first->whole || state->count == first->count ||
        !slice_equal(first->periods[state->count], period)) {
        check_form(order, state, row, period);
        check_ascent(order, state, row, period);
        if (first->whole)
            check_place(order, state, row, period);
    }
    if (order->group_count == 0)
        clear_calendar(first); /* all are one group, so the last period is enough */
    if (!first->whole)
        add_period(first, period);
    state->count++;
}

void order_open(const struct order *order, struct order_state *state, const struct table *row)
{
    order_end(order, state);
    state->length =
        keys_name(row, order->group, order->group_count, &state->group, &state->room).length;
    state->begun = true;
    state->count = state->before = 0;
    state->file = table_row(row).file;
    state->line = table_row(row).line;
    if (!state->first->whole)
        state->first->line = state->line;
}

/* The last row's line: in a file that the group goes on in, behind the header. */
void order_end(const struct order *order, struct order_state *state)
{
    struct order_calendar *first = state->first;
    uint64_t line =
        state->before == 0 ? state->line + state->count - 1 : 1 + state->count - state->before;
    if (state->begun && first->whole && state->count < first->count)
        fail_absent(order, state, (struct place){state->file, line, order->column});
    first->whole = first->whole || state->begun;
    state->begun = false;
}

/* ---- pieces ---- */

void order_start(struct order_state *state)
{
    *state = (struct order_state){.first = &state->own};
}

/* Whether the calendar begins as the first one does; a whole one is no shorter. */
static bool begins_alike(const struct order_calendar *one, const struct order_calendar *first)
{
    if (one->count > first->count || (one->whole && one->count < first->count))
        return false;
    for (size_t i = 0; i < one->count; i++)
        if (!slice_equal(one->periods[i], first->periods[i]))
            return false;
    return true;
}

bool order_join(struct order_state *state, struct order_calendar *first, uint64_t lines)
{
    if (state->begun && (!first->whole || !begins_alike(&state->own, first)))
        return false;
    state->first = first;
    state->line += lines;
    return true;
}

void order_forget(struct order_state *state)
{
    state->begun = false;
    state->first = &state->own;
    if (!state->own.whole)
        clear_calendar(&state->own);
}

void order_free_state(struct order_state *state)
{
    free(state->group);
    order_free_calendar(&state->own);
}
