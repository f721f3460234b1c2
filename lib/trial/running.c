#include "trial/running.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "base/message.h"
#include "base/slice.h"
#include "stream/rows.h"
#include "stream/sink.h"
#include "trial/cell.h"

/* What a thread holds. */
struct part {
    const struct running *plan;
    struct running_sum *sums;
    struct numbers numbers;
    struct order_state state; /* of the last row */
};

static void begin(void *context, const void *running)
{
    const struct running *plan = running;
    struct part *part = context;
    part->plan = plan;
    order_start(&part->state);
    part->numbers.comma = plan->comma;
    part->sums = heap_apart(plan->count, sizeof *part->sums);
    memcpy(part->sums, plan->sums, plan->count * sizeof *part->sums);
}

static void begin_group(struct part *part)
{
    for (size_t i = 0; i < part->plan->count; i++) {
        part->sums[i].sum = (struct decimal){0};
        part->sums[i].begun = false;
        part->sums[i].missing = false;
        part->sums[i].written = false;
    }
}

static inline void keep_largest(struct running_sum *s, struct decimal value)
{
    if (s->begun && decimal_compare(value, s->sum) <= 0)
        return;
    s->sum = value;
    s->begun = true;
    s->written = false;
}

static inline void count_run(struct running_sum *s, struct decimal value)
{
    s->sum.units = value.units == 0 ? 0 : s->sum.units + 1;
    s->written = false;
}

/* What is done with each row is compiled for each way: `how` is a constant of the caller. */
#define RUNNING_INLINE static inline __attribute__((always_inline))
RUNNING_INLINE void add_cell(struct running_sum *s, struct numbers *numbers,
                             const struct table *row, enum running_how how)
{
    struct decimal value;
    if (!cell_decimal(numbers, row, s->slot, &value))
        s->missing = true;
    if (s->missing)
        return;
    if (how == RUNNING_MAX)
        keep_largest(s, value);
    if (how == RUNNING_RUN)
        count_run(s, value);
    if (how != RUNNING_SUM || value.units == 0)
        return;
    if (!decimal_accumulate(&s->sum, value))
        fail_at(table_place(row, s->slot),
                "the running sum has more than %d digits; round the values", DECIMAL_DIGITS);
    s->written = false;
}

/* Writes the sum, or NA; returns where it ends. */
RUNNING_INLINE char *write_sum(char *at, struct running_sum *s)
{
    if (s->missing)
        return (char *)memcpy(at, "NA", 2) + 2;
    if (!s->written)
        s->written = decimal_few(&s->text, s->sum);
    return s->written ? decimal_put(at, &s->text) : at + decimal_print(at, s->sum);
}

/* Adds the cells of the row at hand, and writes it with its sums. */
RUNNING_INLINE void write_row(struct part *part, const struct table *row, struct sink *out,
                              enum running_how how)
{
    const struct running *plan = part->plan;
    const struct slice line = row->line;
    const char *rest = line.bytes, *end = line.bytes + line.length;
    char *at = sink_room(out, line.length + plan->count * (DECIMAL_ROOM + 1) + SLICE_BLOCK + 1);
    for (size_t i = 0; i < plan->count; i++) {
        struct running_sum *s = &part->sums[i];
        add_cell(s, &part->numbers, row, how);
        if (plan->appended)
            continue;
        struct slice cell = table_cell(row, s->slot);
        at = slice_put(at, rest, (size_t)(cell.bytes - rest));
        at = write_sum(at, s);
        rest = cell.bytes + cell.length;
    }
    at = slice_put(at, rest, (size_t)(end - rest));
    for (size_t i = 0; plan->appended && i < plan->count; i++) {
        *at++ = '\t';
        at = write_sum(at, &part->sums[i]);
    }
    *at++ = '\n';
    sink_end(out, at);
}

RUNNING_INLINE enum rows_verdict take(void *context, const struct table *row, struct sink *out,
                                      enum running_how how)
{
    struct part *part = context;
    const struct order *order = &part->plan->order;
    if (!order_same(order, &part->state, row)) {
        order_open(order, &part->state, row);
        begin_group(part);
    }
    order_check(order, &part->state, row);
    write_row(part, row, out, how);
    return ROWS_TAKEN;
}

static enum rows_verdict take_sum(void *context, const struct table *row, struct sink *out)
{
    return take(context, row, out, RUNNING_SUM);
}

static enum rows_verdict take_max(void *context, const struct table *row, struct sink *out)
{
    return take(context, row, out, RUNNING_MAX);
}

static enum rows_verdict take_run(void *context, const struct table *row, struct sink *out)
{
    return take(context, row, out, RUNNING_RUN);
}

static bool join(void *context, void *part, uint64_t lines)
{
    struct running *running = context;
    return order_join(&((struct part *)part)->state, &running->first, lines);
}

static void end(void *context, struct sink *out)
{
    struct part *part = context;
    (void)out;
    order_end(&part->plan->order, &part->state);
}

static void merge(void *context, void *part)
{
    (void)context;
    order_forget(&((struct part *)part)->state);
}

static void free_part(void *context)
{
    struct part *part = context;
    order_free_state(&part->state);
    free(part->sums);
}

void running_rows(struct running *running, struct table *table, struct sink *out)
{
    static enum rows_verdict (*const takes[])(void *, const struct table *, struct sink *) = {
        [RUNNING_SUM] = take_sum, [RUNNING_MAX] = take_max, [RUNNING_RUN] = take_run};
    rows_read(table, &(struct rows_work){.context = running,
                                         .part_size = sizeof(struct part),
                                         .begin = begin,
                                         .take = takes[running->how],
                                         .join = join,
                                         .end = end,
                                         .merge = merge,
                                         .free = free_part,
                                         .out = out,
                                         .group = running->order.group,
                                         .group_count = running->order.group_count});
}

void running_free(struct running *running)
{
    order_free(&running->order);
    order_free_calendar(&running->first);
    free(running->sums);
}
