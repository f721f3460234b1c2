/*
 * relay: chunks of work, done by several threads, taken back in order.
 *
 * The owner puts chunks into a ring of slots, workers work on them, and he takes them back in
 * the order in which they were put. The work on a chunk has two parts:
 *
 *     draw    in order, one chunk at a time: what depends on the chunk before
 *     finish  side by side: the rest
 *
 * So what comes out does not depend on the number of threads, and no more is held than the
 * ring. An owner who would have to wait works too. Where his thread is the only one, all work
 * is done in relay_take.
 */
#ifndef JF_RELAY_H
#define JF_RELAY_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RELAY_THREADS = 64, RELAY_DEFAULT = 8 };

/* The two parts of the work on chunk `number`, which lies in slot number % slots. `thread` is
 * 0 for the owner's and 1 to threads - 1 for a worker's, for who keeps something for each.
 * `draw` is NULL for a relay whose chunks need no drawing. */
typedef void relay_draw(void *context, uint64_t number);
typedef void relay_finish(void *context, uint64_t number, unsigned thread);

struct relay {
    unsigned threads; /* the owner's among them */
    size_t slots;
    uint64_t put, taken; /* chunks so far: those from taken to put - 1 are in the ring */

    relay_draw *draw;
    relay_finish *finish;
    void *context;
    pthread_mutex_t lock; /* of the counters, of the marks and of `drawing` */
    pthread_cond_t changed;
    uint64_t drawn, begun; /* chunks that are drawn; those that somebody finishes or has finished */
    bool drawing;          /* somebody draws */
    bool *done;            /* by slot: the chunk is finished */
    bool closing;
    unsigned running; /* workers */
    pthread_t ids[RELAY_THREADS];
    struct relay_worker { /* what a worker is told of itself */
        struct relay *relay;
        unsigned thread;
    } workers[RELAY_THREADS];
};

/* The number of threads that `asked` means: 0 is one for each core that this process may use,
 * at most RELAY_DEFAULT. */
unsigned relay_threads(uint64_t asked);

/* Opens a relay of that many threads. Workers start when a second chunk is in the ring, as many
 * as the system gives. */
void relay_open(struct relay *relay, unsigned threads, size_t slots, relay_draw *draw,
                relay_finish *finish, void *context);

/* Puts chunk `put`; there must be a free slot. */
void relay_put(struct relay *relay);

/* Takes chunk `taken`, when it is finished; there must be one in the ring. Returns its slot,
 * which is the owner's until the next relay_put. */
size_t relay_take(struct relay *relay);

/* A lock, for what several threads change. Who holds it must not fail. */
struct relay_lock {
    pthread_mutex_t mutex;
};
void relay_lock_open(struct relay_lock *lock);
void relay_lock_take(struct relay_lock *lock);
void relay_lock_give(struct relay_lock *lock);
void relay_lock_close(struct relay_lock *lock);

/* Ends the workers, when they are done with the chunk they are at. Chunks may be left in the
 * ring. */
void relay_close(struct relay *relay);

#endif
