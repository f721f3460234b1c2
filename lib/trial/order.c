#include "trial/order.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "base/message.h"
#include "number/decimal.h"

struct order order_plan(struct table *table, const struct slice *group, size_t group_count,
                        struct slice period)
{
    struct order order = {.group_count = group_count};
    order.period = table_want_name(table, period);
    order.group = heap_take(group_count + 1, sizeof *order.group);
    table_want_names(table, group, group_count, order.group);
    order.group[group_count] = order.period;
    return order;
}

void order_meet(struct order *order, const struct table *row)
{
    size_t number;
    struct slice name =
        keys_name(row, order->group, order->group_count, &order->name, &order->name_room);
    if (!map_add(&order->met, name, &number))
        order_fail(order, row, "a group that stood before comes again after another", false);
}

/* The command sorts by the groups' columns and the period, and keeps the header. */
void order_fail(const struct order *order, const struct table *row, const char *what, bool numeric)
{
    enum { SORT_ROOM = 300, KEY_ROOM = 60 };
    char keys[SORT_ROOM] = "";
    size_t at = 0;
    for (size_t i = 0; i <= order->group_count && at < SORT_ROOM - KEY_ROOM; i++) {
        size_t column = table_column(row, order->group[i]) + 1;
        at += (size_t)snprintf(keys + at, SORT_ROOM - at, " -k%zu,%zu%s", column, column,
                               numeric && i == order->group_count ? "n" : "");
    }
    fail_at(table_place(row, order->period),
            "%s; sort the rows: { IFS= read -r h; printf '%%s\\n' \"$h\"; "
            "LC_ALL=C sort -t \"$(printf '\\t')\"%s; }",
            what, keys);
}

void order_free(struct order *order)
{
    map_free(&order->met);
    free(order->name);
    free(order->group);
}

/* Whether a text of that shape begins with a digit and has no exponent. */
static bool is_plain(uint64_t shape)
{
    char bytes[sizeof shape];
    memcpy(bytes, &shape, sizeof shape);
    return bytes[0] == '0' && memchr(bytes, 'e', sizeof bytes) == NULL &&
           memchr(bytes, 'E', sizeof bytes) == NULL;
}

void order_begin(struct order_period *last, struct slice period)
{
    last->length = period.length;
    last->plain = false;
    if (period.length > CELL_SHORT) {
        last->bytes = heap_grow(last->bytes, &last->room, period.length, 1);
        memcpy(last->bytes, period.bytes, period.length);
        return;
    }
    last->word = cell_word(period);
    last->shape = order_shape(last->word);
    last->plain = is_plain(last->shape);
}

enum order_verdict order_any(struct order_period *last, struct slice period)
{
    bool is_short = last->length <= CELL_SHORT;
    struct slice old = {is_short ? (const char *)&last->word : last->bytes, last->length};
    struct decimal before, now;
    last->numeric = decimal_parse(old, '.', &before) == DECIMAL_GOOD &&
                    decimal_parse(period, '.', &now) == DECIMAL_GOOD;
    int order = last->numeric ? decimal_compare(before, now) : slice_compare(old, period);
    order_begin(last, period);
    if (order == 0)
        return ORDER_TWICE;
    return order < 0 ? ORDER_GOOD : ORDER_BACK;
}

void order_open(const struct order *order, struct order_state *state, const struct table *row)
{
    state->length =
        keys_name(row, order->group, order->group_count, &state->group, &state->room).length;
    state->begun = true;
    order_begin(&state->period, table_cell(row, order->period));
}

void order_refuse(const struct order *order, const struct order_state *state,
                  const struct table *row, enum order_verdict verdict)
{
    bool numeric = state->period.numeric;
    if (verdict == ORDER_TWICE)
        order_fail(order, row,
                   "a period twice in a group; name what tells the rows apart in --within, or "
                   "if nothing does mend the rows; else",
                   numeric);
    order_fail(order, row, "a period before that of the last row", numeric);
}

void order_forget(struct order_state *state)
{
    state->begun = false;
    state->length = 0;
}

void order_free_state(struct order_state *state)
{
    free(state->group);
    free(state->period.bytes);
}
