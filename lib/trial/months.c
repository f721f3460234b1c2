#include "trial/months.h"

#include <string.h>

#include "base/heap.h"

static void prefix_add(struct prefix *prefix, struct slice bytes)
{
    prefix->bytes =
        heap_grow(prefix->bytes, &prefix->room, prefix->length + bytes.length + SLICE_BLOCK, 1);
    if (bytes.length > 0)
        memcpy(prefix->bytes + prefix->length, bytes.bytes, bytes.length);
    prefix->length += bytes.length;
}

void prefix_take(struct prefix *prefix, const struct months *months)
{
    const struct table *table = months->table;
    prefix->length = 0;
    prefix_add(prefix, table_cell(table, months->id));
    prefix->id_length = prefix->length;
    for (size_t i = 0; i < months->keep_count; i++) {
        prefix_add(prefix, slice_of("\t"));
        prefix_add(prefix, table_cell(table, months->keep[i]));
    }
}

void month_fail(const struct months *months, struct place place, enum degree_verdict verdict)
{
    if (verdict == DEGREE_BELOW)
        fail_at(place, "a degree below 0; mend the file");
    if (verdict == DEGREE_TOO_LONG)
        fail_at(place, "hours of more than %d digits; round the degrees", DECIMAL_DIGITS);
    if (months->rule->percent)
        fail_at(place, "a degree above %s (--max), as a share of 1; raise --max if it is right",
                months->max);
    fail_at(place,
            "a degree above %s (--max); is the file in percent (--percent)? raise --max if it is "
            "right",
            months->max);
}

bool month_share(const struct months *months, size_t slot, struct decimal *share)
{
    struct decimal degree;
    if (!cell_decimal(months->numbers, months->table, slot, &degree))
        return false;
    enum degree_verdict verdict = degree_check(months->rule, degree, share);
    if (verdict != DEGREE_GOOD)
        month_fail(months, table_place(months->table, slot), verdict);
    return true;
}
