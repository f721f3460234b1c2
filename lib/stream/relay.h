/*
 * relay: pieces of work, done by several threads, taken back in order.
 *
 * A ring of slots. The owner puts pieces, threads work on them, and he takes them
 * back in the order in which they were put. The work on a piece has two parts,
 *
 *     draw    in order, one piece at a time: what depends on the piece before
 *     finish  beside the others: the rest
 *
 * So what comes out does not depend on the number of threads, and what is held is
 * the ring. An owner who would have to wait works too: with one thread, his own,
 * there is no other, and everything is done in relay_take.
 */
#ifndef JF_RELAY_H
#define JF_RELAY_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RELAY_THREADS = 64, RELAY_DEFAULT = 8 };

/* The two parts of the work on piece `number`, which lies in slot number % slots.
 * `thread` is 0 for the owner, else 1 to threads - 1: for who keeps something for
 * each. A relay whose pieces need no drawing has NULL there. */
typedef void relay_draw(void *context, uint64_t number);
typedef void relay_finish(void *context, uint64_t number, unsigned thread);

struct relay {
    unsigned threads; /* the owner's among them */
    size_t slots;
    uint64_t put, taken; /* pieces so far: those from taken to put - 1 are in the ring */

    /* The rest is the relay's own. */
    relay_draw *draw;
    relay_finish *finish;
    void *context;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    uint64_t drawn, begun; /* pieces that are drawn; those that somebody finishes or has */
    bool drawing;          /* somebody is */
    bool *done;            /* by slot */
    bool closing;
    unsigned running; /* threads beside the owner's */
    pthread_t ids[RELAY_THREADS];
    struct relay_self { /* what a thread is told of itself */
        struct relay *relay;
        unsigned thread;
    } selves[RELAY_THREADS];
};

/* The number of threads that `asked` means: 0 is one for each core that this
 * process may use, at most RELAY_DEFAULT. */
unsigned relay_threads(uint64_t asked);

/* A relay of that many threads; they start when a second piece is put, as many as
 * the system gives. */
void relay_open(struct relay *relay, unsigned threads, size_t slots, relay_draw *draw,
                relay_finish *finish, void *context);

/* Puts piece `put`; there must be a free slot. */
void relay_put(struct relay *relay);

/* Takes piece `taken`, when it is done; there must be one in the ring. Returns its
 * slot, which is the owner's until the next relay_put. */
size_t relay_take(struct relay *relay);

/* Ends the threads, when they are done with what they are at. */
void relay_close(struct relay *relay);

#endif
