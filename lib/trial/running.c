#include "trial/running.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"

struct running running_alike(const struct running *running)
{
    struct running other = {.count = running->count, .appended = running->appended};
    other.numbers.comma = running->numbers.comma;
    other.sums = heap_apart(running->count, sizeof *other.sums);
    running_set(&other, running->sums);
    running_begin(&other);
    return other;
}

void running_begin(struct running *running)
{
    for (size_t i = 0; i < running->count; i++) {
        running->sums[i].sum = (struct decimal){0};
        running->sums[i].missing = false;
        running->sums[i].written = false;
    }
}

void running_set(struct running *running, const struct running_sum *sums)
{
    memcpy(running->sums, sums, running->count * sizeof *sums);
}

static void add_cell(struct running_sum *s, struct numbers *numbers, const struct table *table)
{
    struct decimal value;
    if (!cell_decimal(numbers, table, s->slot, &value))
        s->missing = true;
    if (s->missing || value.units == 0)
        return;
    if (!decimal_accumulate(&s->sum, value))
        fail_at(table_place(table, s->slot),
                "the running sum has more than %d digits; round the values", DECIMAL_DIGITS);
    s->written = false;
}

/* Writes the sum, or NA; returns where it ends. */
static char *write_sum(char *at, struct running_sum *s)
{
    if (s->missing)
        return (char *)memcpy(at, "NA", 2) + 2;
    if (s->written)
        return slice_put(at, s->text, s->length);
    s->length = decimal_print(at, s->sum);
    s->written = true;
    slice_put(s->text, at, s->length);
    return at + s->length;
}

char *running_row(struct running *running, const struct table *table, char *at)
{
    const struct slice line = table->line;
    const char *rest = line.bytes, *end = line.bytes + line.length;
    for (size_t i = 0; i < running->count; i++) {
        struct running_sum *s = &running->sums[i];
        add_cell(s, &running->numbers, table);
        if (running->appended)
            continue;
        struct slice cell = table_cell(table, s->slot);
        at = slice_put(at, rest, (size_t)(cell.bytes - rest));
        at = write_sum(at, s);
        rest = cell.bytes + cell.length;
    }
    at = slice_put(at, rest, (size_t)(end - rest));
    for (size_t i = 0; running->appended && i < running->count; i++) {
        *at++ = '\t';
        at = write_sum(at, &running->sums[i]);
    }
    *at++ = '\n';
    return at;
}

void running_free(struct running *running)
{
    free(running->sums);
}
