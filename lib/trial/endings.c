#include "trial/endings.h"

#include <stdlib.h>

#include "base/heap.h"
#include "number/period.h"
#include "stream/table.h"

enum { WORD = 64 };

static void set_label(struct endings_label *label, struct slice period)
{
    label->bytes[0] = '\t';
    memcpy(label->bytes + 1, period.bytes, period.length);
    label->bytes[period.length + 1] = '\t';
    label->length = period.length + 2;
}

/* For each period of the range, or each month since the lot. */
static struct endings *of_cells(const struct range *range)
{
    bool since = range->since != TABLE_NONE;
    int first = since ? range->since_first : range->first;
    int last = since ? range->since_last : range->last;
    struct endings *ends = heap_apart(1, sizeof *ends);
    ends->rows = (size_t)(last - first) + 1;
    ends->labels = heap_take(ends->rows, sizeof *ends->labels);
    for (int number = first; number <= last; number++) {
        char text[PERIOD_ROOM];
        set_label(&ends->labels[number - first],
                  period_print(text, since ? PERIOD_WAVE : range->kind, number));
    }
    return ends;
}

/* For each period that the steps tell. */
static struct endings *of_weeks(const struct range *range, const struct step *steps, size_t states)
{
    size_t count = (size_t)(range->last - range->first) + 1, most = 0, weeks = 0;
    struct endings *ends = heap_apart(1, sizeof *ends);
    ends->labels = heap_take(count, sizeof *ends->labels);
    ends->weeks = heap_take(count, sizeof *ends->weeks);
    for (size_t i = 0; i < count; i++) {
        weeks++;
        if (!steps[i].last)
            continue;
        most = weeks > most ? weeks : most;
        set_label(&ends->labels[ends->rows], slice_of(steps[i].label));
        ends->weeks[ends->rows++] = weeks;
        weeks = 0;
    }
    while (most >> ends->bits > 0)
        ends->bits++;
    if (ends->bits * states <= WORD)
        return ends;
    endings_free(ends);
    return NULL;
}

struct endings *endings_begin(const struct range *range, const struct step *steps,
                              enum period_kind per, size_t states)
{
    bool open = range->since != TABLE_NONE && range->since_first == PERIOD_NONE;
    if (states > 0)
        return per == PERIOD_WINDOW || course_differs(range) ? NULL
                                                             : of_weeks(range, steps, states);
    return per != range->kind || open ? NULL : of_cells(range);
}

static bool keep(struct endings *ends, size_t place, struct slice end)
{
    if (end.length >= ENDINGS_LENGTH)
        return false;
    ends->ends[place].length = end.length + 1;
    memcpy(ends->ends[place].bytes, end.bytes, end.length);
    ends->ends[place].bytes[end.length] = '\n';
    return true;
}

void endings_keep(struct endings *ends, struct slice cell, struct slice end)
{
    size_t at;
    if (!cell_known(ends->words, ENDINGS_MOST, cell, &at) && at != CELL_LONG && keep(ends, at, end))
        ends->words[at] = cell_word(cell);
}

void endings_keep_count(struct endings *ends, uint64_t count, struct slice end)
{
    if (count != 0 && keep(ends, endings_place(count), end))
        ends->counts[endings_place(count)] = count;
}

uint64_t endings_one(struct endings *ends, struct slice cell, size_t state)
{
    size_t at;
    uint64_t one = (uint64_t)1 << (ends->bits * state);
    if (!cell_known(ends->words, ENDINGS_MOST, cell, &at) && at != CELL_LONG) {
        ends->words[at] = cell_word(cell);
        ends->ones[at] = one;
    }
    return one;
}

void endings_forget(struct endings *ends)
{
    memset(ends->words, 0, sizeof ends->words);
    memset(ends->counts, 0, sizeof ends->counts);
}

void endings_free(struct endings *ends)
{
    if (ends == NULL)
        return;
    free(ends->labels);
    free(ends->weeks);
    free(ends);
}
