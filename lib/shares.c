/*
 * Who does what
 * -------------
 * The owner reads: the next lines become a share in the ring of a relay (relay.h), in
 * their own buffer, so that nothing is copied but the lines that a block cuts. Any thread
 * passes over a share, the owner too while he waits. Then he takes the oldest and settles it.
 *
 * A thread that fails (message_try) leaves the row to the owner, who fails at it too and
 * says why: what a row does wrong depends on nothing but the row and what the owner
 * has seen before. But where memory runs out the thread's state is of no use any more: it
 * passes over nothing further, and the owner, when he comes to that share, says so.
 *
 * The owner reads ahead of what is settled, so a failure to read waits until all that was
 * read before is settled: there may be a message in it (message_after).
 */
#include "shares.h"

#include <stdlib.h>

#include "heap.h"
#include "relay.h"

struct shares {
    struct table *table;  /* the stream */
    struct table **views; /* by thread */
    const struct shares_work *work;
    struct share *ring;
    struct relay relay;
    enum message_end *ends; /* by thread: that of its last share */
    size_t files;           /* that have been begun, as of the last share put */
    uint64_t lines;         /* of the file, as of the last share settled */
};

unsigned shares_threads(const struct table *table)
{
    return table->source.inflation != NULL ? 1 : relay_threads(table->threads);
}

void share_tell(struct share *share, const struct table *table, struct slice what)
{
    size_t count = share->news_count + 1;
    share->news = heap_grow(share->news, &share->news_room, count, sizeof *share->news);
    share->news[share->news_count++] = (struct share_news){what, table->source.line};
}

struct passing {
    struct shares *shares;
    struct share *share;
    unsigned thread;
};

static void pass_share(void *context)
{
    const struct passing *p = context;
    const struct shares_work *work = p->shares->work;
    work->pass(work->context, p->thread, p->shares->views[p->thread], p->share);
}

/* A relay_finish. */
static void finish(void *context, uint64_t number, unsigned thread)
{
    struct shares *s = context;
    struct share *share = &s->ring[number % s->relay.slots];
    struct table *view = s->views[thread];
    table_look(view, &share->text, share->file, 0);
    share->news_count = 0;
    if (s->ends[thread] != MESSAGE_NO_MEMORY)
        s->ends[thread] = message_try(pass_share, &(struct passing){s, share, thread});
    share->end = s->ends[thread];
    share->lines = view->source.line;
    share->text.at = view->source.text.at;
    if (share->end != MESSAGE_FAILED)
        return;
    share->lines--;
    share->text.at = (size_t)(view->line.bytes - share->text.bytes);
}

/* Puts the next lines into the ring, if there are any. */
static bool put_share(struct shares *s)
{
    struct share *share = &s->ring[s->relay.put % s->relay.slots];
    if (!table_lines(s->table, &share->text))
        return false;
    share->file = s->table->source.name;
    share->first = s->table->file_next != s->files;
    s->files = s->table->file_next;
    relay_put(&s->relay);
    return true;
}

/* Settles the oldest share. */
static void settle_share(struct shares *s)
{
    struct table *view = s->views[0];
    const struct share *share = &s->ring[relay_take(&s->relay)];
    if (share->end == MESSAGE_NO_MEMORY)
        fail("out of memory; one thread (-j 1) needs less");
    if (share->first)
        s->lines = 1;
    table_look(view, &share->text, share->file, s->lines + share->lines);
    s->work->settle(s->work->context, view, share, s->lines);
    if (share->end != MESSAGE_DONE) /* too many keys, at most: never yet seen */
        fail("a thread could not take a row that is good; one thread (-j 1) may do it");
    s->lines = view->source.line;
}

/* Settles what is in the ring. */
static void settle_all(void *context)
{
    struct shares *s = context;
    while (s->relay.taken < s->relay.put)
        settle_share(s);
}

/* Fills the ring; false where the stream has ended. */
static bool put_shares(struct shares *s)
{
    bool more = true;
    message_after(settle_all, s);
    while (more && s->relay.put < s->relay.taken + s->relay.slots)
        more = put_share(s);
    message_after(NULL, NULL);
    return more;
}

void shares_read(struct table *table, unsigned threads, const struct shares_work *work)
{
    size_t slots = threads > 1 ? 2 * (size_t)threads : 1;
    struct shares s = {.table = table, .work = work};
    s.views = heap_take(threads, sizeof *s.views);
    s.ring = heap_take(slots, sizeof *s.ring);
    s.ends = heap_apart(threads, sizeof *s.ends);
    for (unsigned i = 0; i < threads; i++)
        s.views[i] = table_view(table);
    if (threads > 1)
        table->threads = 1; /* a gzip stream that follows has one */
    relay_open(&s.relay, threads, slots, NULL, finish, &s);
    while (put_shares(&s))
        settle_share(&s);
    settle_all(&s);
    relay_close(&s.relay);
    for (unsigned i = 0; i < threads; i++)
        table_view_close(s.views[i]);
    for (size_t i = 0; i < slots; i++) {
        text_free(&s.ring[i].text);
        free(s.ring[i].news);
    }
    free(s.ring);
    free(s.ends);
    free(s.views);
}
