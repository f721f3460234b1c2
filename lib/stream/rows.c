/*
 * Who does what
 * -------------
 * The owner makes shares, in the ring of a relay (relay.h): of a large plain file a span,
 * which the thread reads itself; else he reads the next lines, in their own buffer, so
 * that nothing is copied but the lines that a block cuts. Any thread passes over a share,
 * the owner too while he waits. Then he takes the oldest and settles it. Before the next
 * file is opened, the last one is settled.
 *
 * A thread reads its spans into one buffer, which stays in its cache; so the rows it tells
 * of are copied, and what it leaves is read again, by the owner.
 *
 * A thread that fails (message_try) leaves the share to the owner, who fails too and says
 * why: what a row does wrong depends on nothing but the row and what the owner has seen
 * before. But where memory runs out the thread's state is of no use any more: it passes
 * over nothing further, and the owner, when he comes to that share, says so.
 *
 * The owner reads ahead of what is settled, so a failure to read waits until all that was
 * read before is settled: there may be a message in it (message_after).
 */
#include "stream/rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "stream/relay.h"

/* What a thread has. */
struct hand {
    struct table *view;
    struct text text; /* of the span it reads */
    bool broken;      /* its memory has run out */
};

struct shares {
    struct table *table; /* the stream */
    struct hand **hands; /* by thread */
    const struct shares_work *work;
    struct share *ring;
    struct relay relay;
    bool spans;     /* large plain files are read by the threads */
    uint64_t lines; /* of the file, as of the last share settled */
};

unsigned shares_threads(const struct table *table)
{
    return table->source.gunzip != NULL ? 1 : relay_threads(table->threads);
}

size_t shares_slots(unsigned threads)
{
    return threads > 1 ? 2 * (size_t)threads : 1;
}

/* A copy, with line ends behind it as all lines have (text.h). */
static char *keep(struct share *share, const char *from, size_t length)
{
    char *bytes = arena_take(&share->bytes, length + TEXT_PAD);
    memcpy(bytes, from, length);
    memset(bytes + length, '\n', TEXT_PAD);
    return bytes;
}

void share_leave(struct share *share, const struct table *table)
{
    size_t length = (size_t)(table->line.bytes - share->begin);
    share->front = (struct text){.bytes = keep(share, share->begin, length), .end = length};
}

void share_tell(struct share *share, const struct table *table, size_t note)
{
    struct slice line = table->line;
    size_t count = share->told_count + 1;
    share->told = heap_grow(share->told, &share->told_room, count, sizeof *share->told);
    line.bytes = keep(share, line.bytes, line.length);
    share->told[share->told_count++] = (struct share_row){line, table->source.line, note};
}

/* Puts the hand's table before what is left of a share, behind so many lines of the file. */
static void look(const struct shares *s, struct hand *hand, struct share *share, uint64_t before)
{
    if (share->apart)
        span_read(&share->span, &hand->text);
    table_look(hand->view, share->apart ? &hand->text : &share->text, s->table->source.name,
               before);
}

static void leave_all(struct share *share)
{
    share->front = (struct text){0};
    share->told_count = 0;
    share->passed = 0;
    share->left = true;
}

/* What the table has passed is not left any more. */
static void take_off(struct share *share, const struct hand *hand)
{
    const struct source *passed = &hand->view->source;
    share->passed = passed->line;
    share->left = passed->text.at < passed->text.end;
    if (share->apart)
        share->span.from += (off_t)(passed->text.at - hand->text.at);
    else
        share->text.at = passed->text.at;
}

struct passing {
    const struct shares *shares;
    struct share *share;
    unsigned thread;
    bool taken; /* the share is, but for what is left */
};

static void begin_share(void *context)
{
    const struct passing *p = context;
    struct hand *hand = p->shares->hands[p->thread];
    look(p->shares, hand, p->share, 0);
    p->share->begin = source_at(&hand->view->source);
}

static void pass_share(void *context)
{
    struct passing *p = context;
    const struct shares_work *work = p->shares->work;
    struct table *view = p->shares->hands[p->thread]->view;
    p->taken = work->pass(work->context, p->thread, view, p->share);
}

/* A relay_finish. A share that cannot be read is left as one that nobody has begun. */
static void finish(void *context, uint64_t number, unsigned thread)
{
    const struct shares *s = context;
    struct passing p = {s, &s->ring[number % s->relay.slots], thread, false};
    struct hand *hand = s->hands[thread];
    struct share *share = p.share;
    enum message_end begun = MESSAGE_NO_MEMORY;
    leave_all(share);
    share->end = MESSAGE_NO_MEMORY;
    arena_reset(&share->bytes);
    if (!hand->broken)
        begun = share->end = message_try(begin_share, &p);
    if (begun == MESSAGE_DONE)
        share->end = message_try(pass_share, &p);
    hand->broken = share->end == MESSAGE_NO_MEMORY;
    if (p.taken)
        take_off(share, hand);
    else
        leave_all(share);
    if (begun == MESSAGE_FAILED)
        share->end = MESSAGE_DONE;
}

/* Puts the next lines into the ring, if the file has any. */
static bool put_share(struct shares *s)
{
    struct share *share = &s->ring[s->relay.put % s->relay.slots];
    struct source *source = &s->table->source;
    share->apart = s->spans && source_span(source, &share->span);
    if (!share->apart && !source_lines(source, &share->text))
        return false;
    relay_put(&s->relay);
    return true;
}

static void see_rows(const struct shares *s, const struct share *share)
{
    struct table *view = s->hands[0]->view;
    for (size_t i = 0; i < share->told_count; i++) {
        const struct share_row *row = &share->told[i];
        table_return(view, row->line, s->table->source.name, s->lines + row->number);
        s->work->see(s->work->context, view, share, row->note);
    }
}

static void settle_front(const struct shares *s, const struct share *share)
{
    struct table *view = s->hands[0]->view;
    table_look(view, &share->front, s->table->source.name, s->lines);
    s->work->settle(s->work->context, view);
}

static void settle_rest(const struct shares *s, struct share *share)
{
    struct hand *hand = s->hands[0];
    look(s, hand, share, s->lines + share->passed);
    s->work->settle(s->work->context, hand->view);
    if (share->end == MESSAGE_FAILED) /* too many keys, at most: never yet seen */
        fail("a thread could not take a row that is good; one thread (-j 1) may do it");
    share->passed = hand->view->source.line - s->lines;
}

/* Settles the oldest share. */
static void settle_share(struct shares *s)
{
    struct share *share = &s->ring[relay_take(&s->relay)];
    if (share->end == MESSAGE_NO_MEMORY)
        fail("out of memory; one thread (-j 1) needs less");
    if (share->front.end > 0)
        settle_front(s, share);
    see_rows(s, share);
    if (share->left)
        settle_rest(s, share);
    s->lines += share->passed;
}

/* Settles what is in the ring. */
static void settle_all(void *context)
{
    struct shares *s = context;
    while (s->relay.taken < s->relay.put)
        settle_share(s);
}

/* Fills the ring; false where the file has ended. */
static bool put_shares(struct shares *s)
{
    bool more = true;
    message_after(settle_all, s);
    while (more && s->relay.put < s->relay.taken + s->relay.slots)
        more = put_share(s);
    message_after(NULL, NULL);
    return more;
}

/* Has the rows of the file at hand read. */
static void read_file(struct shares *s)
{
    s->lines = 1;
    while (put_shares(s))
        settle_share(s);
    settle_all(s);
}

static struct hand *begin_hand(struct table *table)
{
    struct hand *hand = heap_apart(1, sizeof *hand);
    hand->view = table_view(table);
    return hand;
}

static void end_hand(struct hand *hand)
{
    table_view_close(hand->view);
    text_free(&hand->text);
    free(hand);
}

static void free_share(struct share *share)
{
    text_free(&share->text);
    arena_free(&share->bytes);
    free(share->told);
}

void shares_read(struct table *table, unsigned threads, const struct shares_work *work)
{
    size_t slots = shares_slots(threads);
    struct shares s = {.table = table, .work = work, .spans = threads > 1};
    s.hands = heap_take(threads, sizeof *s.hands);
    s.ring = heap_take(slots, sizeof *s.ring);
    for (unsigned i = 0; i < threads; i++)
        s.hands[i] = begin_hand(table);
    for (size_t i = 0; i < slots; i++)
        s.ring[i].slot = i;
    if (threads > 1)
        table->threads = 1; /* a gzip stream that follows has one */
    relay_open(&s.relay, threads, slots, NULL, finish, &s);
    do
        read_file(&s);
    while (table_pass_file(table));
    relay_close(&s.relay);
    for (unsigned i = 0; i < threads; i++)
        end_hand(s.hands[i]);
    for (size_t i = 0; i < slots; i++)
        free_share(&s.ring[i]);
    free(s.ring);
    free(s.hands);
}
