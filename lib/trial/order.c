#include "trial/order.h"

#include <stdlib.h>

#include "base/heap.h"

/* Whether a text of that shape begins with a digit and has no exponent. */
static bool is_plain(uint64_t shape)
{
    char bytes[sizeof shape];
    memcpy(bytes, &shape, sizeof shape);
    return bytes[0] == '0' && memchr(bytes, 'e', sizeof bytes) == NULL &&
           memchr(bytes, 'E', sizeof bytes) == NULL;
}

void order_begin(struct order *a, struct slice period)
{
    a->length = period.length;
    a->plain = false;
    if (period.length > NUMBERS_WORD) {
        a->bytes = heap_grow(a->bytes, &a->room, period.length, 1);
        memcpy(a->bytes, period.bytes, period.length);
        return;
    }
    a->word = cell_word(period);
    a->shape = order_shape(a->word);
    a->plain = is_plain(a->shape);
}

enum order_verdict order_any(struct order *a, struct slice period)
{
    bool is_short = a->length <= NUMBERS_WORD;
    struct slice last = {is_short ? (const char *)&a->word : a->bytes, a->length};
    struct decimal before, now;
    a->numeric = decimal_parse(last, '.', &before) == DECIMAL_GOOD &&
                 decimal_parse(period, '.', &now) == DECIMAL_GOOD;
    int order = a->numeric ? decimal_compare(before, now) : slice_compare(last, period);
    order_begin(a, period);
    if (order == 0)
        return ORDER_TWICE;
    return order < 0 ? ORDER_GOOD : ORDER_BACK;
}

void order_free(struct order *a)
{
    free(a->bytes);
}
