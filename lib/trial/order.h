/*
 * order: groups that stand together, and their periods that ascend.
 *
 * A group is the rows that are alike in some columns. One that comes again after another, and
 * a period that is not after the one before it, are errors that say how to sort the rows. Two
 * periods that are both numbers are compared as numbers (9 is before 10), others bytewise
 * (2016-03).
 */
#ifndef JF_ORDER_H
#define JF_ORDER_H

#include "base/map.h"
#include "base/slice.h"
#include "stream/table.h"
#include "trial/cell.h"
#include "trial/keys.h"

struct order {
    size_t *group; /* slots, and behind them the period's; freed with it */
    size_t group_count;
    size_t period;  /* slot */
    struct map met; /* the groups' cells */
    char *name;     /* of the group at hand */
    size_t name_room;
};

/* The order of these columns of the table; wants them. */
struct order order_plan(struct table *table, const struct slice *group, size_t group_count,
                        struct slice period);

/* The row at hand begins a group: it is an error if that one was met before. */
void order_meet(struct order *order, const struct table *row);

/* What is wrong with the row at hand, and how to sort such rows; `numeric`: by periods that
 * are numbers. */
_Noreturn void order_fail(const struct order *order, const struct table *row, const char *what,
                          bool numeric);

void order_free(struct order *order);

/* The last period. A zeroed struct has seen none. */
struct order_period {
    bool numeric; /* the last two that were compared are numbers */
    size_t length;
    uint64_t word, shape; /* of a short one; see order_next */
    bool plain;           /* its shape is that of a number without sign and exponent, or of none */
    char *bytes;          /* of a longer one */
    size_t room;
};

enum order_verdict { ORDER_GOOD, ORDER_TWICE, ORDER_BACK };

/* Takes the first period of a group: whatever it is. */
void order_begin(struct order_period *last, struct slice period);

/* What order_next does, slowly. */
enum order_verdict order_any(struct order_period *last, struct slice period);

/* A short cell with a 0 for every digit, all at once: a byte less '0' is a digit if
 * it is below 10, and then 118 more do not reach its highest bit. */
static inline uint64_t order_shape(uint64_t word)
{
    const uint64_t each = 0x0101010101010101;
    uint64_t off = word ^ ('0' * each);
    uint64_t other = ((((off & (0x7f * each)) + (118 * each)) | off) >> 7) & each;
    return (word & (other * 0xff)) | (('0' * each) & ~(other * 0xff));
}

/* As a number in which the first byte weighs most. */
static inline uint64_t order_weight(uint64_t word)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    return word;
#else
    return __builtin_bswap64(word);
#endif
}

/*
 * Takes the next period of a group, and says whether it comes after the last one.
 * Months are of one shape: their digits stand in the same places, and the rest is
 * the same. Of two such texts the bytewise order is also that of the numbers they
 * may be, if there is no sign or exponent, so that nothing needs to be parsed.
 */
static inline enum order_verdict order_next(struct order_period *last, struct slice period)
{
    if (period.length == last->length && last->plain) {
        uint64_t word = cell_word(period);
        if (order_shape(word) == last->shape && order_weight(word) > order_weight(last->word)) {
            last->word = word;
            return ORDER_GOOD;
        }
    }
    return order_any(last, period);
}

/* Where a reader of rows is. A zeroed struct has seen none. */
struct order_state {
    bool begun;
    char *group; /* the cells of the last row's, a tab before each */
    size_t length, room;
    struct order_period period;
};

/* Whether the row's cells are those of the last row's group. */
static inline bool order_same(const struct order *order, const struct order_state *state,
                              const struct table *row)
{
    if (!state->begun)
        return false;
    if (order->group_count != 1)
        return keys_named(row, order->group, order->group_count,
                          (struct slice){state->group, state->length});
    return slice_equal((struct slice){state->group + 1, state->length - 1},
                       table_cell(row, order->group[0]));
}

/* The row begins a group. */
void order_open(const struct order *order, struct order_state *state, const struct table *row);

/* What is wrong with a period that did not come after the last one. */
_Noreturn void order_refuse(const struct order *order, const struct order_state *state,
                            const struct table *row, enum order_verdict verdict);

/* The row's period comes after the last row's, or it is an error. */
static inline void order_check(const struct order *order, struct order_state *state,
                               const struct table *row)
{
    enum order_verdict verdict = order_next(&state->period, table_cell(row, order->period));
    if (verdict != ORDER_GOOD)
        order_refuse(order, state, row, verdict);
}

/* No row was seen. */
void order_forget(struct order_state *state);
void order_free_state(struct order_state *state);

#endif
