/*
 * Chunks, parts and the owner
 * ---------------------------
 * The stream is cut into chunks of whole lines, work in the ring of a relay. Of a large plain file
 * a chunk is a span, which the worker reads into one buffer that stays in its cache; else the owner
 * reads lines, as many as come without waiting. Any thread takes the rows of a chunk, the owner
 * too. He settles the oldest, so that all comes out in order.
 *
 * Work that adds up: a worker has one part for all its chunks, merged at the end. Work that writes:
 * a chunk has a part of its own and a piece, a sink of its rows, appended to the output. Where a
 * group begins in one chunk and ends in another, the worker leaves the rows before the first group
 * that begins in its chunk: the front. The owner takes it into the part of the chunk before, still
 * open; then that part is ended and merged, and this chunk's is open.
 *
 * A worker that fails says nothing (leave_try): the owner takes the chunk's rows again into the
 * open part, which has seen nothing of the attempt, and meets each row as it is taken. So he fails
 * where one thread would, with its message; and so he does where a part does not go with those
 * before it (join). Where memory ran out there is no second attempt. A failure to read ahead waits
 * until what was read before is settled (leave_after).
 */
#include "stream/rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "base/leave.h"
#include "base/message.h"
#include "base/slice.h"
#include "stream/relay.h"
#include "stream/sink.h"
#include "stream/source.h"
#include "stream/table.h"
#include "stream/text.h"

/* A row for the owner. */
struct met {
    struct slice line;                               /* a copy */
    uint64_t number;                                 /* among the lines of the chunk, from 1 */
    size_t written;                                  /* bytes of the piece before it */
    enum met_as { MET_NEW, MET_FIRST, MET_LAST } as; /* what for: meet, or seam */
};

struct chunk {
    bool apart; /* the lines are a span of a file, else they are the text */
    struct source_span span;
    struct text text;
    uint64_t lines; /* how many there are */
    enum { CHUNK_DONE, CHUNK_LEFT, CHUNK_FAILED, CHUNK_NO_MEMORY } end;
    struct text front; /* a copy */
    struct met *met;
    size_t met_count, met_room;
    struct arena bytes; /* of the front and of met rows */
    void *part;         /* of work that writes */
    struct sink piece;
};

struct worker {
    const struct rows *rows;
    struct chunk *chunk; /* that it is at */
    struct table *view;
    struct text text;    /* of the span it reads */
    struct slice *group; /* cells of the chunk's first row */
    void *part;          /* of work that adds up */
    bool broken;         /* its memory has run out */
};

struct rows {
    struct table *table;
    struct rows_work *work;
    bool adds;
    void *open;              /* the part that the owner takes rows into */
    struct sink nowhere;     /* where they go when nothing is written any more */
    struct worker **workers; /* by thread */
    struct chunk *ring;
    struct relay relay;
    uint64_t lines; /* of the file, that are settled */
    const struct chunk *meeting;
    const struct met *met; /* the row of it that is met */
};

static inline bool next_row(const struct rows *r, struct table *table)
{
    return r->work->uncut ? table_line(table) : table_next(table);
}

static struct sink *output(struct rows *r)
{
    if (r->adds || r->work->out != NULL)
        return r->work->out;
    sink_clear(&r->nowhere);
    return &r->nowhere;
}

static void merge_part(struct rows *r, void *part)
{
    if (r->work->end != NULL)
        r->work->end(part, output(r));
    if (r->work->merge != NULL)
        r->work->merge(r->work->context, part);
}

static void take_all(struct rows *r, struct table *table)
{
    struct sink *out = output(r);
    while (next_row(r, table)) {
        enum rows_verdict verdict;
        while ((verdict = r->work->take(r->open, table, out)) == ROWS_FULL)
            merge_part(r, r->open);
        if (verdict == ROWS_MEET || verdict == ROWS_GIVEN)
            r->work->meet(r->work->context, table);
        if (verdict == ROWS_MEET)
            r->work->take(r->open, table, out);
    }
}

static void *begin_part(const struct rows *r)
{
    if (r->work->part_size == 0)
        return r->work->context;
    void *part = heap_apart(1, r->work->part_size);
    r->work->begin(part, r->work->context);
    return part;
}

static void free_part(const struct rows *r, void *part)
{
    if (part != NULL && r->work->free != NULL)
        r->work->free(part);
    if (r->work->part_size > 0)
        free(part);
}

/* A copy, with line ends behind it as all lines have (text.h). */
static char *keep(struct chunk *chunk, const char *from, size_t length)
{
    char *bytes = arena_take(&chunk->bytes, length + TEXT_PAD);
    memcpy(bytes, from, length);
    memset(bytes + length, '\n', TEXT_PAD);
    return bytes;
}

static void look(const struct rows *r, struct worker *worker, struct chunk *chunk, uint64_t before)
{
    if (chunk->apart)
        source_span_read(&chunk->span, &worker->text);
    const struct text *text = chunk->apart ? &worker->text : &chunk->text;
    table_look(worker->view, text, table_row(r->table).file, before);
}

static bool in_first_group(const struct rows_work *work, const struct worker *worker)
{
    for (size_t i = 0; i < work->group_count; i++)
        if (!slice_equal(worker->group[i], table_cell(worker->view, work->group[i])))
            return false;
    return true;
}

/* Passes over the group that the chunk begins in; false where no other comes after it. */
static bool pass_front(const struct rows *r, struct worker *worker, struct chunk *chunk)
{
    struct table *view = worker->view;
    const char *begin = source_at(&view->source);
    if (!next_row(r, view))
        return false;
    if (r->work->group == NULL)
        return true;
    for (size_t i = 0; i < r->work->group_count; i++)
        worker->group[i] = table_cell(view, r->work->group[i]);
    do
        if (!next_row(r, view))
            return false;
    while (in_first_group(r->work, worker));
    size_t length = (size_t)(view->line.bytes - begin);
    chunk->front = (struct text){.bytes = keep(chunk, begin, length), .end = length};
    return true;
}

/* Keeps the row at hand for the owner. */
static void give(struct worker *worker, enum met_as as)
{
    struct chunk *chunk = worker->chunk;
    size_t count = chunk->met_count++, length = worker->view->line.length;
    struct slice line = {keep(chunk, worker->view->line.bytes, length), length};
    chunk->met = heap_grow(chunk->met, &chunk->met_room, count + 1, sizeof *chunk->met);
    chunk->met[count] =
        (struct met){line, table_row(worker->view).line, sink_held(&chunk->piece).length, as};
}

/* Takes the chunk's rows; its end is set where that has come to one. */
static void take_chunk(void *context)
{
    struct worker *worker = context;
    const struct rows *r = worker->rows;
    struct table *view = worker->view;
    struct chunk *chunk = worker->chunk;
    void *part = r->adds ? worker->part : chunk->part;
    chunk->end = CHUNK_LEFT;
    look(r, worker, chunk, 0);
    if (!pass_front(r, worker, chunk))
        return;
    chunk->end = CHUNK_FAILED; /* until it has come to its last row */
    enum rows_verdict verdict;
    if (r->work->seam != NULL)
        r->work->cut(part), give(worker, MET_FIRST);
    do {
        do
            verdict = r->work->take(part, view, &chunk->piece);
        while (verdict == ROWS_FULL);
        if (verdict == ROWS_MEET || verdict == ROWS_GIVEN)
            give(worker, MET_NEW);
        if (verdict == ROWS_MEET)
            verdict = r->work->take(part, view, &chunk->piece);
    } while (verdict != ROWS_ALONE && next_row(r, view));
    if (r->work->seam != NULL)
        give(worker, MET_LAST);
    chunk->lines = table_row(view).line;
    chunk->end = verdict == ROWS_ALONE ? CHUNK_LEFT : CHUNK_DONE;
}

static void finish_chunk(void *context, uint64_t number, unsigned thread)
{
    const struct rows *r = context;
    struct worker *worker = r->workers[thread];
    struct chunk *chunk = worker->chunk = &r->ring[number % r->relay.slots];
    chunk->met_count = 0;
    arena_reset(&chunk->bytes);
    sink_clear(&chunk->piece);
    worker->broken = worker->broken || leave_try(take_chunk, worker) == LEAVE_NO_MEMORY;
    if (worker->broken)
        chunk->end = CHUNK_NO_MEMORY;
}

/* Appends the first rows of a piece. */
static void append(const struct rows *r, const struct chunk *chunk, size_t length)
{
    if (r->work->out != NULL && length > 0)
        sink_rows(r->work->out, (struct slice){sink_held(&chunk->piece).bytes, length});
}

/* What a failure in meeting a row does first: the rows before that one are written. */
static void append_before(void *context)
{
    const struct rows *r = context;
    append(r, r->meeting, r->met->written);
}

static void accept(struct rows *r, struct chunk *chunk)
{
    struct table *view = r->workers[0]->view;
    const char *file = table_row(r->table).file;
    if (chunk->front.end > 0) {
        table_look(view, &chunk->front, file, r->lines);
        take_all(r, view);
    }
    if (!r->adds) {
        void *spare = r->open;
        merge_part(r, r->open);
        r->open = chunk->part;
        chunk->part = spare;
    }
    r->meeting = chunk;
    leave_after(append_before, r);
    for (r->met = chunk->met; r->met < chunk->met + chunk->met_count; r->met++) {
        table_return(view, r->met->line, file, r->lines + r->met->number);
        if (!r->work->uncut)
            table_cut(view);
        if (r->met->as == MET_NEW)
            r->work->meet(r->work->context, view);
        else
            r->work->seam(r->work->context, view, r->met->as == MET_FIRST);
    }
    leave_after(NULL, NULL);
    append(r, chunk, sink_held(&chunk->piece).length);
}

/* Takes the chunk's rows himself. */
static void retake(struct rows *r, struct chunk *chunk)
{
    struct worker *own = r->workers[0];
    look(r, own, chunk, r->lines);
    take_all(r, own->view);
    if (chunk->end == CHUNK_FAILED) /* too many keys, at most: never yet seen */
        fail("a thread could not take a row that is good; one thread (-j 1) may do it");
    if (!r->adds)
        free_part(r, chunk->part), chunk->part = begin_part(r);
    chunk->lines = table_row(own->view).line - r->lines;
}

static void settle_chunk(struct rows *r)
{
    struct chunk *chunk = &r->ring[relay_take(&r->relay)];
    if (chunk->end == CHUNK_NO_MEMORY)
        fail("out of memory; one thread (-j 1) needs less");
    bool good = chunk->end == CHUNK_DONE &&
                (r->work->join == NULL || r->work->join(r->work->context, chunk->part, r->lines));
    (good ? accept : retake)(r, chunk);
    r->lines += chunk->lines;
}

static void settle_all(void *context)
{
    struct rows *r = context;
    while (r->relay.taken < r->relay.put)
        settle_chunk(r);
}

/* Puts lines, as many as come without waiting; false where the file has ended. */
static bool put_chunks(struct rows *r)
{
    bool more = true;
    leave_after(settle_all, r);
    do {
        struct chunk *chunk = &r->ring[r->relay.put % r->relay.slots];
        chunk->apart = source_span_next(&r->table->source, &chunk->span);
        more = chunk->apart || source_lines(&r->table->source, &chunk->text);
        if (more)
            relay_put(&r->relay);
    } while (more && r->relay.put < r->relay.taken + r->relay.slots &&
             source_ready(&r->table->source));
    leave_after(NULL, NULL);
    return more;
}

/* A ring of chunks, and the workers. */
static void begin_ring(struct rows *r, unsigned threads)
{
    size_t slots = 2 * (size_t)threads;
    r->workers = heap_take(threads, sizeof *r->workers);
    r->ring = heap_take(slots, sizeof *r->ring);
    for (unsigned i = 0; i < threads; i++) {
        struct worker *worker = r->workers[i] = heap_apart(1, sizeof *worker);
        worker->rows = r;
        worker->view = table_view(r->table);
        worker->group = heap_apart(r->work->group_count, sizeof *worker->group);
        worker->part = r->adds ? begin_part(r) : NULL;
    }
    for (size_t i = 0; i < slots; i++) {
        sink_piece(&r->ring[i].piece, r->work->out);
        r->ring[i].part = r->adds ? NULL : begin_part(r);
    }
    relay_open(&r->relay, threads, slots, NULL, finish_chunk, r);
}

static void end_ring(struct rows *r, unsigned threads, size_t slots)
{
    relay_close(&r->relay);
    for (unsigned i = 0; i < threads; i++) {
        struct worker *worker = r->workers[i];
        if (r->adds)
            merge_part(r, worker->part);
        free_part(r, worker->part);
        table_view_close(worker->view);
        text_free(&worker->text);
        free(worker->group);
        free(worker);
    }
    for (size_t i = 0; i < slots; i++) {
        struct chunk *chunk = &r->ring[i];
        free_part(r, chunk->part);
        sink_drop(&chunk->piece);
        text_free(&chunk->text);
        arena_free(&chunk->bytes);
        free(chunk->met);
    }
    free(r->ring);
    free(r->workers);
}

static void read_side_by_side(struct rows *r, unsigned threads)
{
    begin_ring(r, threads);
    r->table->threads = 1; /* of a gzip stream that follows */
    do {
        r->lines = table_row(r->table).line; /* the header's, and those of other parts */
        while (put_chunks(r))
            settle_chunk(r);
        settle_all(r);
    } while (table_pass_file(r->table));
    end_ring(r, threads, r->relay.slots);
}

void rows_read(struct table *table, struct rows_work *work)
{
    struct rows r = {.table = table, .work = work, .adds = work->out == NULL};
    bool alone = (work->group != NULL && work->group_count == 0) || table->source.gunzip != NULL;
    unsigned threads = alone ? 1 : relay_threads(table->threads);
    r.open = begin_part(&r);
    if (work->join != NULL)
        work->join(work->context, r.open, 0);
    sink_piece(&r.nowhere, NULL);
    table_tell(table, threads == 1 ? work->hold : NULL, r.open);
    if (threads == 1)
        take_all(&r, table);
    else
        read_side_by_side(&r, threads);
    merge_part(&r, r.open);
    free_part(&r, r.open);
    sink_drop(&r.nowhere);
}
