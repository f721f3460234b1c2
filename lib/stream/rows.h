/*
 * shares: the rows of a stream, read by several threads.
 *
 * The stream is cut into shares of whole lines. A thread takes a share and passes over
 * its rows, in a table of its own. The owner is given the shares in their order: he sees
 * the rows that the thread has told of, and takes those that it has left, which are all
 * from the first one on that is not as it should be; all of the share where the thread
 * failed. So it is always the owner who speaks, of the first row that is amiss, whatever
 * the number of threads.
 */
#ifndef JF_ROWS_H
#define JF_ROWS_H

#include "base/heap.h"
#include "stream/table.h"

/* A row that the owner must see. */
struct share_row {
    struct slice line; /* a copy */
    uint64_t number;   /* of the share's lines, from 1 */
    size_t note;       /* whatever the thread wants to say */
};

struct share {
    size_t slot; /* two shares that are worked on have different ones */
    struct share_row *told;
    size_t told_count;

    /* The rest is the room's own. */
    bool apart;           /* the lines are a span of a file, else they are the text */
    struct span span;     /* what is left of them */
    struct text text;     /* the same */
    bool left;            /* anything is */
    const char *begin;    /* of the lines, in the thread */
    struct text front;    /* a copy of those that are left before all others */
    uint64_t passed;      /* lines that are not */
    enum message_end end; /* of the thread that passed them */
    size_t told_room;
    struct arena bytes;
};

/* What the users of shares do, in this order. */
struct shares_work {
    /* In any thread: passes over rows by table_pass(table) or table_pass_line(table), where
     * it can. False: the owner has to take them all. */
    bool (*pass)(void *context, unsigned thread, struct table *table, struct share *share);
    /* The owner: sees a row that the thread told of; it is not cut yet. */
    void (*see)(void *context, struct table *table, const struct share *share, size_t note);
    /* The owner: takes all rows for which table_next(table) is true. */
    void (*settle)(void *context, struct table *table);
    void *context;
};

/* How many threads read a stream: those of the common options, but one where the
 * stream is gzip, which has its own. And how many slots there are then. */
unsigned shares_threads(const struct table *table);
size_t shares_slots(unsigned threads);

/* Leaves the rows before the table's row at hand to the owner, who takes them first. */
void share_leave(struct share *share, const struct table *table);

/* Tells the owner of the table's row at hand. */
void share_tell(struct share *share, const struct table *table, size_t note);

/* Has all rows of the stream read; the wants must stand. */
void shares_read(struct table *table, unsigned threads, const struct shares_work *work);

#endif
