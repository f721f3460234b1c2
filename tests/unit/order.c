/*
 * order against what its header says: periods of many kinds, numbers and others,
 * short and long, often of one shape, come one after the other, and each verdict
 * must be that of comparing the last two in full.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../random.h"
#include "trial/order.h"

enum { ROUNDS = 400000, LONGEST = 16, PAD = 64 };

struct sample {
    size_t length;
    char bytes[LONGEST + PAD];
};

/* Two numbers by their value, others by their bytes. */
static enum order_verdict compare(const struct sample *last, const struct sample *text)
{
    struct slice a = {last->bytes, last->length}, b = {text->bytes, text->length};
    struct decimal before, now;
    size_t common = a.length < b.length ? a.length : b.length;
    int order = memcmp(a.bytes, b.bytes, common);
    if (order == 0)
        order = (a.length > b.length) - (a.length < b.length);
    if (decimal_parse(a, '.', &before) == DECIMAL_GOOD &&
        decimal_parse(b, '.', &now) == DECIMAL_GOOD)
        order = decimal_compare(before, now);
    if (order == 0)
        return ORDER_TWICE;
    return order < 0 ? ORDER_GOOD : ORDER_BACK;
}

/* A pattern with its nines as digits, or the last text with a digit or a byte changed. */
static void random_text(struct sample *text, const struct sample *last, uint64_t *state)
{
    static const char *const patterns[] = {
        "9999-99", "99",  "999",    "9",         "9.9",        "9999q9",           "-99", "9e9",
        "9E99",    "99,", "x9",     "99999.9",   "",           "99999999",         ".9",  "9.",
        "9999.9.", "+9",  "9999-9", "a\x80\xff", "9999-99-99", "9999999999999999", "9:9", "9/9"};
    static const char bytes[] = "0123456789/:.-e\x80\xb0\xff";
    uint64_t pick = next(state);
    *text = *last;
    if (pick % 8 == 0) {
        const char *pattern = patterns[pick / 8 % (sizeof patterns / sizeof patterns[0])];
        text->length = strlen(pattern);
        memcpy(text->bytes, pattern, text->length);
        for (size_t i = 0; i < text->length; i++)
            if (pattern[i] == '9')
                text->bytes[i] = (char)('0' + (int)(next(state) % 10));
    }
    size_t at = text->length == 0 ? 0 : next(state) % text->length;
    if (text->length > 0 && text->bytes[at] >= '0' && text->bytes[at] <= '9')
        text->bytes[at] = (char)('0' + (int)(next(state) % 10));
    if (text->length > 0 && pick % 32 == 1)
        text->bytes[at] = bytes[next(state) % (sizeof bytes - 1)];
}

int main(void)
{
    struct sample last = {0}, text = {0};
    struct order_period order = {0};
    uint64_t state = 20160901;
    unsigned faults = 0, seen[3] = {0};
    order_begin(&order, (struct slice){last.bytes, last.length});
    for (int i = 0; i < ROUNDS && faults < 10; i++) {
        random_text(&text, &last, &state);
        for (size_t behind = 0; behind < PAD; behind++)
            text.bytes[text.length + behind % (LONGEST + PAD - text.length)] = (char)next(&state);
        enum order_verdict want = compare(&last, &text);
        enum order_verdict got = order_next(&order, (struct slice){text.bytes, text.length});
        seen[want]++;
        if (got != want) {
            printf("%.*s after %.*s: %d, not %d\n", (int)text.length, text.bytes, (int)last.length,
                   last.bytes, (int)got, (int)want);
            faults++;
        }
        last = text;
    }
    free(order.bytes);
    printf("%u ascend, %u alike, %u descend, %u faults\n", seen[ORDER_GOOD], seen[ORDER_TWICE],
           seen[ORDER_BACK], faults);
    return faults > 0;
}
