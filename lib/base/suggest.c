/*
 * Distance is that of Damerau (1964) in its restricted form: a letter too
 * many, too few, another, or two neighbours swapped each count as one; letters
 * are compared without case, so that `Deltager` is at distance 0 of `deltager`.
 */
#include "base/suggest.h"

#include <stdio.h>

#include "base/message.h"

enum { LONGEST = 64, OFFERS = 3 };

struct suggest suggest_begin(struct slice meant)
{
    return (struct suggest){.meant = meant, .before = ""};
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t edits(struct slice a, struct slice b)
{
    size_t rows[3][LONGEST + 1];
    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b.length; j++)
        above[j] = j;
    for (size_t i = 1; i <= a.length; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b.length; j++) {
            char x = slice_lower(a.bytes[i - 1]), y = slice_lower(b.bytes[j - 1]);
            row[j] = least(above[j - 1] + (x != y), least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && x == slice_lower(b.bytes[j - 2]) &&
                y == slice_lower(a.bytes[i - 2]))
                row[j] = least(row[j], before[j - 2] + 1);
        }
        size_t *oldest = before;
        before = above;
        above = row;
        row = oldest;
    }
    return above[b.length];
}

void suggest_offer(struct suggest *suggest, struct slice name)
{
    if (name.length > LONGEST || suggest->meant.length > LONGEST || message_hides(name))
        return;
    size_t distance = edits(suggest->meant, name);
    size_t most = suggest->meant.length / 3 > 1 ? suggest->meant.length / 3 : 1;
    if (distance > most || distance >= name.length)
        return;
    for (size_t i = 0; i < suggest->count; i++)
        if (slice_equal(name, suggest->name[i]))
            return;
    size_t at = suggest->count;
    while (at > 0 && suggest->distance[at - 1] > distance)
        at--;
    if (at == OFFERS)
        return;
    if (suggest->count < OFFERS)
        suggest->count++;
    for (size_t i = suggest->count - 1; i > at; i--) {
        suggest->distance[i] = suggest->distance[i - 1];
        suggest->name[i] = suggest->name[i - 1];
    }
    suggest->distance[at] = distance;
    suggest->name[at] = name;
}

const char *suggest_text(struct suggest *suggest)
{
    size_t at = 0;
    suggest->text[0] = '\0';
    for (size_t i = 0; i < suggest->count; i++)
        at += (size_t)snprintf(suggest->text + at, sizeof suggest->text - at, "%s'%s%s",
                               i == 0 ? "; did you mean " : " or ", suggest->before,
                               quoted(suggest->name[i]) + 1);
    if (at > 0)
        snprintf(suggest->text + at, sizeof suggest->text - at, "?");
    return suggest->text;
}
