/*
 * One lock, one condition
 * -----------------------
 * Chunks are numbered as they are put. Four counters say where the ring is:
 *
 *     taken <= begun <= drawn <= put <= taken + slots
 *
 * and `done` says of each slot whether its chunk is finished. All are changed under the lock,
 * and every change wakes all who wait. A chunk is of 64 KiB and more, so that a few threads
 * woken in vain cost nothing.
 *
 * Drawing is a chain; where it is most of the work, it bounds the speed. So a free worker draws
 * if nobody does, and else finishes what is drawn. The owner needs the oldest chunk, so he
 * finishes first and draws second. Nobody waits while there is something that he could do, and
 * as both parts end by themselves, nobody waits for ever.
 *
 * Workers block all signals but faults (see signals), so that handlers run in the owner's thread.
 * They never speak: what they find goes into the slot.
 */
#define _GNU_SOURCE /* sched_getaffinity */
#include "stream/relay.h"

#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/heap.h"
#include "base/signals.h"

enum { STACK_BYTES = 256 * 1024 + sizeof(struct signals_stack) };

static unsigned count_cores(void)
{
#ifdef CPU_COUNT
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0)
        return (unsigned)CPU_COUNT(&set);
#endif
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores > 0 ? (unsigned)cores : 1;
}

unsigned relay_threads(uint64_t asked)
{
    if (asked > 0)
        return asked < RELAY_THREADS ? (unsigned)asked : RELAY_THREADS;
    unsigned cores = count_cores();
    return cores < RELAY_DEFAULT ? cores : RELAY_DEFAULT;
}

void relay_open(struct relay *r, unsigned threads, size_t slots, relay_draw *draw,
                relay_finish *finish, void *context)
{
    *r = (struct relay){.threads = threads, .slots = slots, .draw = draw, .finish = finish};
    r->context = context;
    r->done = heap_take(slots, sizeof *r->done);
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->changed, NULL);
}

static void wait_for_change(struct relay *r)
{
    pthread_cond_wait(&r->changed, &r->lock);
}

/* The lock is held before and after. False where there is nothing to draw, or somebody does. */
static bool draw_next(struct relay *r)
{
    if (r->drawing || r->drawn == r->put)
        return false;
    r->drawing = true;
    pthread_mutex_unlock(&r->lock);
    r->draw(r->context, r->drawn);
    pthread_mutex_lock(&r->lock);
    r->drawing = false;
    r->drawn++;
    pthread_cond_broadcast(&r->changed);
    return true;
}

/* The same; false where nothing that is drawn is left to finish. */
static bool finish_next(struct relay *r, unsigned thread)
{
    if (r->begun == r->drawn)
        return false;
    uint64_t number = r->begun++;
    pthread_mutex_unlock(&r->lock);
    r->finish(r->context, number, thread);
    pthread_mutex_lock(&r->lock);
    r->done[number % r->slots] = true;
    pthread_cond_broadcast(&r->changed);
    return true;
}

static void *run_worker(void *argument)
{
    const struct relay_worker *worker = argument;
    struct relay *r = worker->relay;
    struct signals_stack stack; /* at the bottom of his own, which no overflow reaches */
    signals_use_stack(&stack);
    pthread_mutex_lock(&r->lock);
    while (!r->closing)
        if (!draw_next(r) && !finish_next(r, worker->thread))
            wait_for_change(r);
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

/* One more worker; false where the system gives none. */
static bool start_worker(struct relay *r, const pthread_attr_t *attributes)
{
    struct relay_worker *worker = &r->workers[r->running];
    *worker = (struct relay_worker){r, r->running + 1};
    if (pthread_create(&r->ids[r->running], attributes, run_worker, worker) != 0)
        return false;
    r->running++;
    return true;
}

/* Where the system gives fewer, those that are there do all the work. */
static void start_workers(struct relay *r)
{
    pthread_attr_t attributes;
    sigset_t blocked, before;
    signals_fill(&blocked);
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    pthread_sigmask(SIG_SETMASK, &blocked, &before);
    while (r->running + 1 < r->threads && start_worker(r, &attributes))
        continue;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
    r->threads = r->running + 1;
}

void relay_put(struct relay *r)
{
    if (r->running + 1 < r->threads && r->put > r->taken)
        start_workers(r);
    pthread_mutex_lock(&r->lock);
    r->done[r->put % r->slots] = false;
    r->put++;
    if (r->draw == NULL)
        r->drawn = r->put;
    pthread_cond_broadcast(&r->changed);
    pthread_mutex_unlock(&r->lock);
}

size_t relay_take(struct relay *r)
{
    size_t slot = r->taken % r->slots;
    pthread_mutex_lock(&r->lock);
    while (!r->done[slot])
        if (!finish_next(r, 0) && !draw_next(r))
            wait_for_change(r);
    r->taken++;
    pthread_mutex_unlock(&r->lock);
    return slot;
}

void relay_close(struct relay *r)
{
    pthread_mutex_lock(&r->lock);
    r->closing = true;
    pthread_cond_broadcast(&r->changed);
    pthread_mutex_unlock(&r->lock);
    for (unsigned i = 0; i < r->running; i++)
        pthread_join(r->ids[i], NULL);
    pthread_mutex_destroy(&r->lock);
    pthread_cond_destroy(&r->changed);
    free(r->done);
    *r = (struct relay){0};
}

void relay_lock_open(struct relay_lock *lock)
{
    pthread_mutex_init(&lock->mutex, NULL);
}

void relay_lock_take(struct relay_lock *lock)
{
    pthread_mutex_lock(&lock->mutex);
}

void relay_lock_give(struct relay_lock *lock)
{
    pthread_mutex_unlock(&lock->mutex);
}

void relay_lock_close(struct relay_lock *lock)
{
    pthread_mutex_destroy(&lock->mutex);
}
