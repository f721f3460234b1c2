#include "base/leave.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/signals.h"

static const char *program_name = "jf";
static struct guard *volatile guards;
static void (*way_out)(int status) = exit; /* the fuzzers jump */
static _Thread_local jmp_buf *retreat;     /* of the thread's leave_try */
static struct {
    void (*before)(void *context);
    void *context;
} earlier;

static void take_signal(int number, siginfo_t *info, void *context);

/* Of the thread that called leave_begin: only it opens, writes and drops outputs. */
static _Thread_local bool owning;
static struct signals_stack owners_stack;

enum { LINE_BYTES = 128, PATIENCE = 1000 /* milliseconds */ };

/* Only calls that a signal handler may make, here and in what follows. Waits until a reader
 * takes something: stdout may be a full pipe, or one that does not block. Who waits too long
 * may be ended by another signal. poll is gone on with after a stop (SIGSTOP, SIGCONT). */
static void wait_for_room(int fd)
{
    struct pollfd out = {.fd = fd, .events = POLLOUT};
    int patience = PATIENCE, ready;
    while ((ready = poll(&out, 1, patience)) == 0 || (ready < 0 && errno == EINTR)) {
        if (ready == 0)
            signals_let_through(take_signal);
        if (ready == 0)
            patience = -1;
    }
}

/* Nothing can be done about a write that fails. */
static void tell(int fd, const char *bytes, size_t length)
{
    for (size_t at = 0; at < length;) {
        wait_for_room(fd);
        ssize_t wrote = write(fd, bytes + at, length - at);
        if (wrote < 0 && errno != EINTR && errno != EAGAIN)
            return;
        at += wrote > 0 ? (size_t)wrote : 0;
    }
}

/* "program: ended by SIGTERM", as an error line, with a line end before it for a torn row. */
static size_t make_line(char *line, int number, bool torn)
{
    const char *name = signals_name(number);
    const char digits[] = {(char)('0' + number / 100), (char)('0' + number / 10 % 10),
                           (char)('0' + number % 10), '\0'};
    const char *const parts[] = {torn ? "\n" : "",
                                 LEAVE_MARK,
                                 program_name,
                                 ": ended by ",
                                 name != NULL ? name : "signal ",
                                 name != NULL ? "" : digits + (number < 100)};
    size_t at = 0;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        for (const char *from = parts[i]; *from != '\0' && at < LINE_BYTES - 1; from++)
            line[at++] = *from;
    line[at++] = '\n';
    return at;
}

/* The reader of a plain stream would take its early end for the end of the table. In gzip the
 * line is a block of its own; where a block was being written, that it is cut tells as much. */
static void tell_reader(const struct guard *guard, int number)
{
    char line[LINE_BYTES], block[LINE_BYTES + LEAVE_PACKED];
    bool packed = guard->pack != NULL;
    size_t length = make_line(line, number, packed ? guard->torn : guard->writing);
    if (!packed)
        tell(guard->stream, line, length);
    else if (!guard->writing)
        tell(guard->stream, block, guard->pack(block, line, length));
}

/* The process dies of the signal. As process 1 of a container it does not: then by the exit
 * status that a shell would give. */
_Noreturn static void die_of(int number)
{
    sigset_t one;
    signal(number, SIG_DFL);
    sigemptyset(&one);
    sigaddset(&one, number);
    pthread_sigmask(SIG_UNBLOCK, &one, NULL);
    raise(number);
    _exit(128 + number);
}

/* All signals are blocked in this thread: a second one waits, but a fault in here kills. */
_Noreturn static void end_by_signal(int number)
{
    for (struct guard *g = guards; g != NULL; g = g->next) {
        if (g->litter != NULL)
            unlink(g->litter);
        if (g->child > 0)
            kill(g->child, SIGTERM);
    }
    for (struct guard *g = guards; g != NULL; g = g->next)
        if (g->stream > 0)
            tell_reader(g, number);
    die_of(number);
}

/* The owner may be writing, so he ends the program, wherever a fault falls: every other thread
 * that takes the signal, which blocks it from then on, hands it on and does no more. */
_Noreturn static void hand_to_owner(int number)
{
    kill(getpid(), number);
    for (;;)
        pause();
}

/* A write that raised a signal has failed, and says so itself: a file may grow no more (ulimit
 * -f), or the reader has gone. */
static void take_signal(int number, siginfo_t *info, void *context)
{
    (void)context;
    if (signals_of_write(number, info))
        return;
    if (!owning)
        hand_to_owner(number);
    end_by_signal(number);
}

void leave_unread(struct guard *guard)
{
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, NULL);
    if (guard != NULL)
        guard->stream = 0;
    end_by_signal(SIGPIPE);
}

/* With 0 to 2 closed the next open would give a file the number of a standard
 * stream, and messages would go into data. The stand-ins refuse the use that
 * the standard stream is for. */
static void take_standard_descriptors(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) == -1 && errno == EBADF)
            if (open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
                _exit(EXIT_FAILED);
}

void leave_begin(const char *program)
{
    program_name = program;
    take_standard_descriptors();
    owning = true;
    signals_use_stack(&owners_stack);
    signals_catch(take_signal);
}

int leave_end(void)
{
    assert(guards == NULL);
    return EXIT_DONE;
}

const char *leave_program(void)
{
    return program_name;
}

/* A handler may walk the list at any moment: each change is one store to what it reads, when all
 * is ready. There may be many thousands of guards, so each knows the one before it. */
void guard_push(struct guard *guard)
{
    guard->before = NULL;
    guard->next = guards;
    if (guards != NULL)
        guards->before = guard;
    guards = guard;
}

void guard_drop(struct guard *guard)
{
    if (guard->next != NULL)
        guard->next->before = guard->before;
    if (guard->before != NULL)
        guard->before->next = guard->next;
    else
        guards = guard->next;
}

/* The guards stay in the list: a signal that comes now finds what is not yet done. */
void leave_now(const char *error_line, int status)
{
    for (struct guard *guard = guards; guard != NULL; guard = guard->next) {
        if (guard->released)
            continue;
        guard->released = true;
        if (guard->child > 0)
            kill(guard->child, SIGTERM);
        guard->release(guard, error_line);
    }
    way_out(status);
    abort();
}

enum leave_reason leave_try(void (*work)(void *context), void *context)
{
    jmp_buf here;
    int reason = setjmp(here);
    if (reason == LEAVE_FINISHED) {
        retreat = &here;
        work(context);
    }
    retreat = NULL;
    return (enum leave_reason)reason;
}

void leave_after(void (*before)(void *context), void *context)
{
    earlier.before = before;
    earlier.context = context;
}

void leave_because(enum leave_reason reason)
{
    if (retreat != NULL)
        longjmp(*retreat, (int)reason);
    int number = errno;
    void (*before)(void *context) = earlier.before;
    earlier.before = NULL;
    if (before != NULL)
        before(earlier.context);
    errno = number;
}
