#include "ascent.h"

#include <stdlib.h>

#include "heap.h"

/* Whether a text of that shape begins with a digit and has no exponent. */
static bool is_plain(uint64_t shape)
{
    char bytes[sizeof shape];
    memcpy(bytes, &shape, sizeof shape);
    return bytes[0] == '0' && memchr(bytes, 'e', sizeof bytes) == NULL &&
           memchr(bytes, 'E', sizeof bytes) == NULL;
}

void ascent_begin(struct ascent *a, struct slice period)
{
    a->length = period.length;
    a->plain = false;
    if (period.length > NUMBERS_WORD) {
        a->bytes = heap_grow(a->bytes, &a->room, period.length, 1);
        memcpy(a->bytes, period.bytes, period.length);
        return;
    }
    a->word = cell_word(period);
    a->shape = ascent_shape(a->word);
    a->plain = is_plain(a->shape);
}

enum ascent_verdict ascent_any(struct ascent *a, struct slice period)
{
    bool is_short = a->length <= NUMBERS_WORD;
    struct slice last = {is_short ? (const char *)&a->word : a->bytes, a->length};
    struct decimal before, now;
    a->numeric = decimal_parse(last, '.', &before) == DECIMAL_GOOD &&
                 decimal_parse(period, '.', &now) == DECIMAL_GOOD;
    int order = a->numeric ? decimal_compare(before, now) : slice_compare(last, period);
    ascent_begin(a, period);
    if (order == 0)
        return ASCENT_TWICE;
    return order < 0 ? ASCENT_GOOD : ASCENT_BACK;
}

void ascent_free(struct ascent *a)
{
    free(a->bytes);
}
