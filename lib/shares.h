/*
 * shares: the rows of a stream, read by several threads.
 *
 * The stream is cut into shares of whole lines. A thread takes a share and passes over
 * its rows, in a table of its own and into a state of its own, to be added up with the
 * others' at the end. The owner is given the shares in their order, and goes over what a
 * thread has left: all from the first row on that is not as it should be, or in which
 * it failed. So it is always the owner who speaks, of the first row that is amiss,
 * whatever the number of threads.
 */
#ifndef JF_SHARES_H
#define JF_SHARES_H

#include "table.h"

/* Something that a thread met and the owner must see, in the order of the rows. */
struct share_news {
    struct slice what; /* must outlive the share */
    uint64_t line;     /* of the share's, from 1 */
};

struct share {
    struct text text; /* what is left */
    const char *file;
    bool first;           /* of its file */
    uint64_t lines;       /* that the thread has passed */
    enum message_end end; /* whether it failed in the row behind them */
    struct share_news *news;
    size_t news_count, news_room;
};

/* What the users of shares do, in this order. */
struct shares_work {
    /* In any thread: passes over rows by table_pass(table), where it can. */
    void (*pass)(void *context, unsigned thread, struct table *table, struct share *share);
    /* The owner: sees the news, then takes all rows for which table_next(table) is true; `base`
     * is the number of the line before the share. */
    void (*settle)(void *context, struct table *table, const struct share *share, uint64_t base);
    void *context;
};

/* How many threads read a stream: those of the common options, but one where the
 * stream is gzip, which has its own. */
unsigned shares_threads(const struct table *table);

/* Tells the owner of something in the table's row at hand. */
void share_tell(struct share *share, const struct table *table, struct slice what);

/* Has all rows of the stream read; the wants must stand. */
void shares_read(struct table *table, unsigned threads, const struct shares_work *work);

#endif
