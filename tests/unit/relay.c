/*
 * relay with 1 to 8 threads and rings of several sizes, drawn and not: pieces that
 * take more or less long come back in order, drawn in order by one thread at a time
 * and finished once; the owner's thread works only while it takes, and alone where
 * it is the only one; a relay may be closed with pieces in its ring. What only the
 * drawing touches is not locked, so that a thread sanitizer sees if two of them meet.
 */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#include "../random.h"
#include "stream/relay.h"

enum { PIECES = 200, LEFT = 8, SLOTS = 17, MOST = 8 };

/* Of one relay. */
struct run {
    struct relay relay;
    unsigned threads;
    pthread_t owner;
    bool taking; /* the owner is in relay_take */
    uint64_t next_draw, chain;
    uint64_t drawn[SLOTS], result[SLOTS]; /* by slot */
    atomic_uint draws[PIECES + LEFT], finishes[PIECES + LEFT];
};

static atomic_int faults;
static atomic_uint helped; /* pieces that were finished beside the owner */

static uint64_t mix(uint64_t x)
{
    return next(&x);
}

static void hold(const struct run *run, bool good, const char *what)
{
    if (good || atomic_fetch_add(&faults, 1) > 10)
        return;
    printf("%u threads, %zu slots: %s\n", run->threads, run->relay.slots, what);
}

/* Some pieces are long, some let others go first. */
static void linger(uint64_t seed)
{
    const struct timespec nap = {.tv_nsec = 20000};
    uint64_t x = mix(seed);
    for (uint64_t turns = x % 16 == 0 ? 4000 : x % 200; turns > 0; turns--)
        x = mix(x);
    if (x % 8 == 0)
        sched_yield();
    if (x % 64 == 1)
        nanosleep(&nap, NULL);
}

static bool is_owner(const struct run *run)
{
    return pthread_equal(run->owner, pthread_self()) != 0;
}

static void draw(void *context, uint64_t number)
{
    struct run *run = context;
    hold(run, number == run->next_draw++, "drawn out of order");
    hold(run, atomic_fetch_add(&run->draws[number], 1) == 0, "drawn twice");
    hold(run, !is_owner(run) || run->taking, "the owner draws outside of relay_take");
    hold(run, run->threads > 1 || is_owner(run), "drawn by another thread than the only one");
    linger(2 * number);
    run->chain = mix(run->chain ^ number);
    run->drawn[number % run->relay.slots] = run->chain;
}

static void finish(void *context, uint64_t number, unsigned thread)
{
    struct run *run = context;
    hold(run, atomic_fetch_add(&run->finishes[number], 1) == 0, "finished twice");
    hold(run, thread < run->threads && is_owner(run) == (thread == 0), "a thread misnumbered");
    hold(run, thread != 0 || run->taking, "the owner finishes outside of relay_take");
    linger(2 * number + 1);
    run->result[number % run->relay.slots] = mix(run->drawn[number % run->relay.slots]);
    atomic_fetch_add(&helped, thread != 0);
}

/* What is drawn of a piece when it needs no drawing is put by the owner. */
static void put(struct run *run, bool drawing)
{
    uint64_t number = run->relay.put;
    if (!drawing)
        run->drawn[number % run->relay.slots] = mix(number);
    relay_put(&run->relay);
}

static void take(struct run *run, bool drawing, uint64_t *chain)
{
    uint64_t number = run->relay.taken;
    *chain = mix(*chain ^ number);
    run->taking = true;
    size_t slot = relay_take(&run->relay);
    run->taking = false;
    hold(run, slot == number % run->relay.slots, "the slot of another piece");
    hold(run, run->result[slot] == mix(drawing ? *chain : mix(number)), "another result");
    hold(run, atomic_load(&run->finishes[number]) == 1, "taken before it was finished");
}

/* Pieces go through the ring; `left` of them stay in it. */
static void go(unsigned threads, size_t slots, bool drawing, size_t pieces, size_t left)
{
    static struct run run;
    uint64_t chain = 0;
    run = (struct run){.threads = threads, .owner = pthread_self()};
    relay_open(&run.relay, threads, slots, drawing ? draw : NULL, finish, &run);
    while (run.relay.taken < pieces) {
        size_t held = (size_t)(run.relay.put - run.relay.taken);
        bool full = held == slots || run.relay.put == pieces;
        if (held == 0 || (!full && mix(run.relay.put + 3 * run.relay.taken) % 8 > 0))
            put(&run, drawing);
        else
            take(&run, drawing, &chain);
    }
    while (left-- > 0)
        put(&run, drawing);
    relay_close(&run.relay);
    for (size_t i = 0; i < PIECES + LEFT; i++)
        hold(&run, i >= pieces || atomic_load(&run.finishes[i]) == 1, "a piece left out");
    hold(&run, run.relay.slots == 0, "not closed");
}

int main(void)
{
    static const size_t rings[] = {1, 2, 3, 5, 16, SLOTS};
    for (unsigned threads = 1; threads <= MOST; threads++)
        for (size_t i = 0; i < sizeof rings / sizeof rings[0]; i++)
            for (int drawing = 0; drawing < 2; drawing++) {
                size_t left = rings[i] < LEFT ? rings[i] : LEFT;
                go(threads, rings[i], drawing, PIECES, 0);
                go(threads, rings[i], drawing, PIECES, left);
                go(threads, rings[i], drawing, 0, left);
                go(threads, rings[i], drawing, 0, 0);
            }
    printf("%u pieces finished beside the owner, %d faults\n", atomic_load(&helped),
           atomic_load(&faults));
    return atomic_load(&faults) > 0 || atomic_load(&helped) == 0;
}
