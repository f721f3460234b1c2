/*
 * rows: the only loop over a table's rows, on as many threads as there may be.
 *
 * A program says what becomes of one row (`take`), and rows are taken into parts: by one
 * thread all into one; by several, a chunk of the stream each, side by side. A row that is new
 * to its part may be for the owner to see as well, the thread that called: he meets such rows
 * in the order of the stream. Parts are merged in that order too, so nobody can tell how many
 * threads there were: not by the output, and not by a message, which is always that of the
 * first row that is amiss (rows.c).
 */
#ifndef JF_ROWS_H
#define JF_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stream/table.h"

struct sink;

enum rows_verdict {
    ROWS_TAKEN,
    ROWS_GIVEN, /* the owner meets the row, and that is all */
    ROWS_MEET,  /* the owner must meet the row first; then it comes again, to be taken */
    ROWS_FULL,  /* for work that writes: if the owner takes the row he merges the part first; then,
                   and in another thread at once, the row comes again, to be taken */
    ROWS_ALONE  /* only the owner can take the row: in another thread the part is void, and he
                   takes the chunk's rows from the first. For work that writes. */
};

struct rows_work {
    void *context;

    /* An empty part, of zeroed bytes. Size 0: there is none, and take has the context. */
    size_t part_size;
    void (*begin)(void *part, const void *context);

    /* Takes the row at hand, in any thread, which changes nothing but the part; what it writes
     * goes to `out`. Whatever is wrong with the row is a message and the end. */
    enum rows_verdict (*take)(void *part, const struct table *row, struct sink *out);

    /* The owner meets a row, in the order of the stream, but perhaps when later ones are
     * already taken. NULL: nobody asks for it. */
    void (*meet)(void *context, struct table *row);

    /* For work that adds up and compares rows that follow each other. `cut`, in any thread: the
     * part's next row does not follow its last one; until then the bytes of its rows stay, or
     * `hold` says before it that those of the last one go. `seam`: the owner is shown the first row
     * of such a piece of the stream and then its last, piece by piece, in order. NULL: none. */
    void (*cut)(void *part);
    void (*hold)(void *part);
    void (*seam)(void *context, const struct table *row, bool first);

    /* For work that writes: what the part has taken is good as what comes next in the stream, behind
     * so many other lines of the file; so is a part that is empty yet. False: it is void, and the
     * owner takes the chunk's rows from the first. NULL: it is always good. */
    bool (*join)(void *context, void *part, uint64_t lines);

    /* No row comes to this part any more: its last group ends. NULL: that is nothing. */
    void (*end)(void *part, struct sink *out);

    /* The owner adds the part to what was before. A part that writes is left empty, but for
     * what it remembers; one that adds up is merged once, at the end. NULL: that is nothing. */
    void (*merge)(void *context, void *part);

    /* Frees what a part holds. */
    void (*free)(void *part);

    /* Where rows are written, in the order of the stream; NULL: the work adds up. The work
     * may set it to NULL when it merges: from then on nothing is written. */
    struct sink *out;

    /* For work that writes: rows that stand together and are alike in these columns (slots)
     * are taken into one part. NULL: every row is by itself. */
    const size_t *group;
    size_t group_count;

    bool uncut; /* rows come as table_line gives them, for take and for meet */
};

/* Has all rows of the table taken; its wants must stand. */
void rows_read(struct table *table, struct rows_work *work);

/* The same for few rows, on one thread. */
static inline void rows_each(struct table *table,
                             void (*take)(void *context, const struct table *row), void *context)
{
    while (table_next(table))
        take(context, table);
}

#endif
