#include "trial/ready.h"

#include <stdlib.h>

#include "base/heap.h"
#include "number/period.h"

struct ready *ready_begin(struct sink *out, int first, int last)
{
    struct ready *ready = heap_take(1, sizeof *ready);
    ready->out = out;
    ready->first = first;
    ready->labels = heap_take((size_t)(last - first) + 1, sizeof *ready->labels);
    for (int month = first; month <= last; month++) {
        char *label = ready->labels[month - first];
        char text[PERIOD_ROOM];
        struct slice period = period_print(text, PERIOD_MONTH, month, month);
        label[0] = '\t';
        memcpy(label + 1, period.bytes, period.length);
        label[period.length + 1] = '\t';
        ready->label_length = period.length + 2;
    }
    return ready;
}

void ready_keep(struct ready *ready, struct slice cell, struct slice end)
{
    if (cell.length > NUMBERS_WORD || end.length >= READY_END)
        return;
    uint64_t word = cell_word(cell);
    size_t place = cell_place(word, READY_ENDS);
    ready->ends[place].word = word;
    ready->ends[place].length = end.length + 1;
    memcpy(ready->ends[place].bytes, end.bytes, end.length);
    ready->ends[place].bytes[end.length] = '\n';
}

void ready_forget(struct ready *ready)
{
    memset(ready->ends, 0, sizeof ready->ends);
}

void ready_free(struct ready *ready)
{
    if (ready != NULL)
        free(ready->labels);
    free(ready);
}
