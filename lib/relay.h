/*
 * relay: pieces of work, done by several threads, taken back in order.
 *
 * A ring of slots. The owner fills a slot and puts it; a thread does the work; the
 * owner takes the slots back in the order in which they were put. So what comes
 * out does not depend on the number of threads, and what is held is the ring. An
 * owner who has to wait for a piece that nobody has begun does it himself: with
 * one thread, his own, there is no other, and everything is done in take.
 */
#ifndef JF_RELAY_H
#define JF_RELAY_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RELAY_THREADS = 64, RELAY_DEFAULT = 8 };

/* Does the work of piece `number`, which lies in slot number % slots. `thread` is
 * 0 for the owner, else 1 to threads - 1: for who keeps something for each. */
typedef void relay_work(void *context, uint64_t number, unsigned thread);

struct relay {
    unsigned threads; /* the owner's among them */
    size_t slots;
    uint64_t put, taken; /* pieces so far: those from taken to put - 1 are in the ring */

    /* The rest is the relay's own. */
    relay_work *work;
    void *context;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    uint64_t begun, turn;
    bool *done; /* by slot */
    bool closing;
    unsigned running; /* threads beside the owner's */
    pthread_t ids[RELAY_THREADS];
};

/* The number of threads that `asked` means: 0 is one for each core that this
 * process may use, at most RELAY_DEFAULT. */
unsigned relay_threads(uint64_t asked);

/* A relay of that many threads; they start when a second piece is put, as many as
 * the system gives. */
void relay_open(struct relay *relay, unsigned threads, size_t slots, relay_work *work,
                void *context);

/* Puts piece `put` (its slot is filled); there must be a free slot. */
void relay_put(struct relay *relay);

/* Takes piece `taken`, when it is done; there must be one in the ring. Returns its
 * slot, which is the owner's until the next relay_put. */
size_t relay_take(struct relay *relay);

/* For work of which a part must be done in order, such as reading: a piece waits
 * for its turn, does that part, and passes the turn on to the next piece. */
void relay_wait_turn(struct relay *relay, uint64_t number);
void relay_pass_turn(struct relay *relay);

/* Ends the threads, when they are done with what they are at. */
void relay_close(struct relay *relay);

#endif
