/*
 * ready: rows of hours that need no arithmetic.
 *
 * Degrees are hundredths, so a register of any size holds some hundred different
 * ones. The row of a month is the person's id and kept cells, the period, and an
 * end: the hours and what follows them. The end depends on the degree's cell
 * alone; it is worked out once, the exact way, and kept here by that cell.
 */
#ifndef JF_READY_H
#define JF_READY_H

#include "trial/months.h"

enum { READY_ENDS = 1024, READY_LABEL = 16, READY_END = 48 };

struct ready {
    struct sink *out;
    int first;                   /* month of the first label */
    char (*labels)[READY_LABEL]; /* by month: the period between its tabs */
    size_t label_length;         /* the same for all */
    struct {
        uint64_t word;         /* the degree's cell: see cell_word */
        size_t length;         /* of the end; 0: there is none here */
        char bytes[READY_END]; /* with the line end */
    } ends[READY_ENDS];
};

/* For rows of the months first to last, written to `out`. */
struct ready *ready_begin(struct sink *out, int first, int last);

/* Keeps the end of a row: what is written behind the period and its tab, without
 * the line end. A cell or an end too long is not kept. */
void ready_keep(struct ready *ready, struct slice cell, struct slice end);

/* Forgets all ends, so that no row is written until one is kept again. */
void ready_forget(struct ready *ready);

/* Writes the row of a month, if its end is kept; false where it is not. */
static inline bool ready_write(const struct ready *ready, const struct prefix *prefix, int month,
                               struct slice cell)
{
    if (cell.length > NUMBERS_WORD)
        return false;
    uint64_t word = cell_word(cell);
    size_t place = cell_place(word, READY_ENDS);
    if (ready->ends[place].word != word || ready->ends[place].length == 0)
        return false;
    char *at = sink_room(ready->out, prefix->length + SLICE_BLOCK + READY_LABEL + READY_END);
    at = slice_put(at, prefix->bytes, prefix->length);
    memcpy(at, ready->labels[month - ready->first], READY_LABEL);
    at += ready->label_length;
    memcpy(at, ready->ends[place].bytes, READY_END);
    sink_end(ready->out, at + ready->ends[place].length);
    return true;
}

void ready_free(struct ready *ready);

#endif
