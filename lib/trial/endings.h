/*
 * endings: ends of output rows that need no arithmetic, known by what they are made of.
 *
 * Degrees are hundredths, so a register of any size holds some hundred different ones. The row of
 * a month is the person's prefix, the period, and an end: the hours and what follows them. It
 * depends on the degree's cell alone; it is worked out once, the exact way, and known here by
 * that cell.
 *
 * So it is with the weeks of a month: the end depends on how many are in each state. That is a
 * word, some bits a state, and the sum of the words of the weeks' codes: see endings_write_count.
 */
#ifndef JF_ENDINGS_H
#define JF_ENDINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/slice.h"
#include "number/period.h"
#include "stream/sink.h"
#include "trial/cell.h"
#include "trial/course.h"
#include "trial/windows.h"

enum { ENDINGS_MOST = 1024, ENDINGS_LABEL = 16, ENDINGS_LENGTH = 48 };

struct endings_label { /* a period between its tabs */
    char bytes[24];
    size_t length;
};

struct endings {
    struct endings_label *labels; /* by row: period of the range, or month since the lot */
    size_t rows;
    uint64_t words[ENDINGS_MOST]; /* the cell: see cell_known */
    struct endings_end {
        size_t length;
        char bytes[ENDINGS_LENGTH]; /* with the line end */
    } ends[ENDINGS_MOST];           /* by cell, or by the count's word */

    /* Of weeks: */
    size_t *weeks;                 /* by row, how many; NULL: an end is of one cell */
    unsigned bits;                 /* of a count, in its word */
    uint64_t ones[ENDINGS_MOST];   /* by cell: one week, as such a word */
    uint64_t counts[ENDINGS_MOST]; /* the words of the ends; 0: none */
};

/* Ends of rows of the wide form, a row for each period of `per`, with the steps of the range; of
 * weeks in so many states, or of one cell where these are 0. NULL where a row is not told by
 * its cells, or a count of them is no word. */
struct endings *endings_begin(const struct range *range, const struct step *steps,
                              enum period_kind per, size_t states);

/* Adds a row: the prefix, the label and the end at that place. */
static inline void endings_put(const struct endings *ends, size_t place, struct slice prefix,
                               const struct endings_label *label, struct sink *out)
{
    const struct endings_end *end = &ends->ends[place];
    char *at = sink_room(out, prefix.length + SLICE_BLOCK + ENDINGS_LABEL + ENDINGS_LENGTH);
    at = slice_put(at, prefix.bytes, prefix.length);
    memcpy(at, label->bytes, ENDINGS_LABEL);
    at += label->length;
    memcpy(at, end->bytes, ENDINGS_LENGTH);
    sink_end(out, at + end->length);
}

/* Writes the row with that label, if the end for its cell is known; false where it is not. */
static inline bool endings_write(const struct endings *ends, struct slice prefix,
                                 const struct endings_label *label, struct slice cell,
                                 struct sink *out)
{
    size_t place;
    if (!cell_known(ends->words, ENDINGS_MOST, cell, &place))
        return false;
    endings_put(ends, place, prefix, label, out);
    return true;
}

/* The place of a count's word. */
static inline size_t endings_place(uint64_t count)
{
    return (size_t)((count * 0x9e3779b97f4a7c15) >> 40) & (ENDINGS_MOST - 1);
}

/* The same of a row of weeks, by their count. */
static inline bool endings_write_count(const struct endings *ends, struct slice prefix,
                                       const struct endings_label *label, uint64_t count,
                                       struct sink *out)
{
    size_t place = endings_place(count);
    if (ends->counts[place] != count)
        return false;
    endings_put(ends, place, prefix, label, out);
    return true;
}

/* Keeps an end, what is written behind the period and its tab, without the line end, where it is
 * short: by its cell, where that is short too, or by its count. */
void endings_keep(struct endings *ends, struct slice cell, struct slice end);
void endings_keep_count(struct endings *ends, uint64_t count, struct slice end);

/* Keeps the state of a short cell, and gives the word of one such week. */
uint64_t endings_one(struct endings *ends, struct slice cell, size_t state);

/* Forgets all ends, so that no row is written by them any more. */
void endings_forget(struct endings *ends);

void endings_free(struct endings *ends);

#endif
