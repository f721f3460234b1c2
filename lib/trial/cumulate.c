/*
 * A share begins in the middle of a group
 * ---------------------------------------
 * What came before is in the share before, so the rows up to the first group that begins
 * in the share are left to the owner. From there on a thread can do it all: it writes the
 * rows with their sums into the share's piece, and tells the owner of the first row of
 * each group, as only he knows the groups seen before, and of the last row. There he goes
 * on with the sums, the group and the period that the thread has come to.
 */
#include "trial/cumulate.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "stream/rows.h"

/* The note of a share's last row; that of the first row of a group is how many bytes of
 * the piece are before it. */
#define LAST SIZE_MAX

/* What a thread has. */
struct cumulate_hand {
    struct running sums;
    struct order order;
    struct slice *key; /* the last row's cells */
};

/* What a thread has made of a share. */
struct cumulate_piece {
    char *rows;
    size_t used, room;
    size_t written;           /* of `used`, by the owner */
    struct running_sum *sums; /* after the last row */
};

_Noreturn static void fail_order(const struct cumulate *c, const struct table *table,
                                 const char *what, bool numeric)
{
    char sort[TABLE_SORT_ROOM];
    size_t count = c->groups.count;
    size_t *columns = heap_take(count + 1, sizeof *columns);
    for (size_t i = 0; i < count; i++)
        columns[i] = table_column(table, c->groups.slots[i]);
    columns[count] = table_column(table, c->period);
    fail_at(table_place(table, c->period), "%s; sort the rows: %s", what,
            table_sort(sort, columns, count + 1, numeric));
}

/* ---- the owner, a row at a time ---- */

static void check_period(struct cumulate *c, const struct table *table)
{
    switch (order_next(&c->order, table_cell(table, c->period))) {
    case ORDER_GOOD:
        return;
    case ORDER_TWICE:
        fail_order(c, table,
                   "a period twice in a group; name what tells the rows apart in --within, or "
                   "if nothing does mend the rows; else",
                   c->order.numeric);
    case ORDER_BACK:
        fail_order(c, table, "a period before that of the last row", c->order.numeric);
    }
}

/* Whether the row is of a new group, rather than that of the last row. */
static bool opens_group(struct cumulate *c, const struct table *table)
{
    size_t count = c->groups.names.count;
    size_t group = keys_of_row(&c->groups, table);
    if (group == c->group && count > 0)
        return false;
    if (group < count)
        fail_order(c, table, "a group that stood before comes again after another", false);
    c->group = group;
    return true;
}

static void take_row(struct cumulate *c, const struct table *table)
{
    if (opens_group(c, table)) {
        running_begin(&c->sums);
        order_begin(&c->order, table_cell(table, c->period));
    } else {
        check_period(c, table);
    }
    char *at = sink_room(c->out, running_room(&c->sums, table));
    sink_end(c->out, running_row(&c->sums, table, at));
}

/* A shares_work.settle. */
static void settle(void *context, struct table *table)
{
    while (table_next(table))
        take_row(context, table);
}

/* ---- a thread ---- */

static inline bool is_key(const struct cumulate *c, const struct cumulate_hand *hand,
                          const struct table *table)
{
    for (size_t i = 0; i < c->groups.count; i++)
        if (!slice_equal(hand->key[i], table_cell(table, c->groups.slots[i])))
            return false;
    return true;
}

static void take_key(const struct cumulate *c, struct cumulate_hand *hand,
                     const struct table *table)
{
    for (size_t i = 0; i < c->groups.count; i++)
        hand->key[i] = table_cell(table, c->groups.slots[i]);
}

/* Passes over the rows of the group that the share begins in, and the first row of the
 * next; false where there is none. */
static bool pass_group(const struct cumulate *c, struct cumulate_hand *hand, struct table *table)
{
    if (!table_pass(table))
        return false;
    take_key(c, hand, table);
    while (table_pass(table))
        if (!is_key(c, hand, table))
            return true;
    return false;
}

/* Writes a row into the piece; false where its period does not ascend. */
static bool pass_row(const struct cumulate *c, struct cumulate_hand *hand,
                     const struct table *table, struct share *share)
{
    struct cumulate_piece *piece = c->pieces[share->slot];
    struct slice period = table_cell(table, c->period);
    if (!is_key(c, hand, table)) {
        share_tell(share, table, piece->used);
        take_key(c, hand, table);
        running_begin(&hand->sums);
        order_begin(&hand->order, period);
    } else if (order_next(&hand->order, period) != ORDER_GOOD) {
        return false;
    }
    size_t need = running_room(&hand->sums, table);
    if (piece->room - piece->used < need)
        piece->rows = heap_grow(piece->rows, &piece->room, piece->used + need, 1);
    char *end = running_row(&hand->sums, table, piece->rows + piece->used);
    piece->used = (size_t)(end - piece->rows);
    return true;
}

/* A shares_work.pass. The owner alone has nothing to share. */
static bool pass(void *context, unsigned thread, struct table *table, struct share *share)
{
    const struct cumulate *c = context;
    struct cumulate_hand *hand = c->hands[thread];
    struct cumulate_piece *piece = c->pieces[share->slot];
    piece->used = piece->written = 0;
    if (c->threads == 1 || !pass_group(c, hand, table))
        return false;
    share_leave(share, table);
    do
        if (!pass_row(c, hand, table, share))
            return false;
    while (table_pass(table));
    share_tell(share, table, LAST);
    memcpy(piece->sums, hand->sums.sums, c->sums.count * sizeof *piece->sums);
    return true;
}

/* ---- the owner, for a thread ---- */

/* A shares_work.see: a row of a piece, before which, or with which, its rows are written. */
static void see(void *context, struct table *table, const struct share *share, size_t note)
{
    struct cumulate *c = context;
    struct cumulate_piece *piece = c->pieces[share->slot];
    size_t end = note == LAST ? piece->used : note;
    sink_rows(c->out, (struct slice){piece->rows + piece->written, end - piece->written});
    piece->written = end;
    table_cut(table);
    if (note == LAST) {
        running_set(&c->sums, piece->sums);
        order_begin(&c->order, table_cell(table, c->period));
    } else {
        opens_group(c, table);
    }
}

static struct cumulate_hand *begin_hand(const struct cumulate *c)
{
    struct cumulate_hand *hand = heap_apart(1, sizeof *hand);
    hand->sums = running_alike(&c->sums);
    hand->key = heap_apart(c->groups.count, sizeof *hand->key);
    return hand;
}

static struct cumulate_piece *begin_piece(const struct cumulate *c)
{
    struct cumulate_piece *piece = heap_apart(1, sizeof *piece);
    piece->sums = heap_take(c->sums.count, sizeof *piece->sums);
    return piece;
}

void cumulate_rows(struct cumulate *c)
{
    c->threads = c->groups.count > 0 ? shares_threads(c->table) : 1;
    size_t slots = shares_slots(c->threads);
    c->hands = heap_take(c->threads, sizeof *c->hands);
    c->pieces = heap_take(slots, sizeof *c->pieces);
    for (unsigned i = 0; i < c->threads; i++)
        c->hands[i] = begin_hand(c);
    for (size_t i = 0; i < slots; i++)
        c->pieces[i] = begin_piece(c);
    shares_read(c->table, c->threads, &(struct shares_work){pass, see, settle, c});
}

void cumulate_free(struct cumulate *c)
{
    for (unsigned i = 0; i < c->threads; i++) {
        running_free(&c->hands[i]->sums);
        order_free(&c->hands[i]->order);
        free(c->hands[i]->key);
        free(c->hands[i]);
    }
    for (size_t i = 0; i < shares_slots(c->threads); i++) {
        free(c->pieces[i]->rows);
        free(c->pieces[i]->sums);
        free(c->pieces[i]);
    }
    free(c->hands);
    free(c->pieces);
    running_free(&c->sums);
    keys_free(&c->groups);
    order_free(&c->order);
}
