#include "base/leave.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *program_name = "jf";
static struct guard *guards;
static void (*way_out)(int status) = exit; /* the fuzzers jump */
static _Thread_local jmp_buf *retreat;     /* of the thread's leave_try */
static struct {
    void (*before)(void *context);
    void *context;
} earlier;

static const struct {
    int number;
    const char *name;
} ending_signals[] = {{SIGHUP, "SIGHUP"},
                      {SIGINT, "SIGINT"},
                      {SIGPIPE, "SIGPIPE"},
                      {SIGTERM, "SIGTERM"},
                      {SIGXCPU, "SIGXCPU"}};
enum { ENDING_SIGNALS = sizeof ending_signals / sizeof ending_signals[0] };

/* Only calls that a signal handler may make, here and in what follows. Nothing can be
 * done about a write that fails. */
static void tell(int fd, const char *text)
{
    if (write(fd, text, strlen(text)) < 0)
        return;
}

/* The reader of a plain stream would take its early end for the end of the table. */
static void tell_reader(const struct guard *guard, int number)
{
    char line[128] = LEAVE_MARK;
    size_t at = sizeof LEAVE_MARK - 1;
    const char *name = "a signal";
    for (int i = 0; i < ENDING_SIGNALS; i++)
        if (ending_signals[i].number == number)
            name = ending_signals[i].name;
    const char *const parts[] = {program_name, ": ended by ", name, "\n"};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        for (const char *from = parts[i]; *from != '\0' && at < sizeof line - 1; from++)
            line[at++] = *from;
    if (guard->writing)
        tell(guard->stream, "\n");
    tell(guard->stream, line);
}

/* A second signal of the kind ends a program whose reader does not read. */
static void end_by_signal(int number)
{
    for (struct guard *g = guards; g != NULL; g = g->next)
        if (g->litter != NULL)
            unlink(g->litter);
    signal(number, SIG_DFL);
    if (number != SIGPIPE)
        signal(SIGPIPE, SIG_IGN);
    for (struct guard *g = guards; g != NULL && number != SIGPIPE; g = g->next)
        if (g->stream > 0)
            tell_reader(g, number);
    raise(number);
}

/* A signal that the parent chose to ignore (nohup) stays ignored. A file that grows too
 * large (ulimit -f) is a failed write like that on a full disk, and said as such. */
static void catch_signals(void)
{
    struct sigaction now;
    struct sigaction action = {.sa_handler = end_by_signal, .sa_flags = SA_NODEFER};
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < ENDING_SIGNALS; i++)
        if (sigaction(ending_signals[i].number, NULL, &now) == 0 && now.sa_handler != SIG_IGN)
            sigaction(ending_signals[i].number, &action, NULL);
    signal(SIGXFSZ, SIG_IGN);
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
    catch_signals();
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

/* The handler walks the list, so it must never see it half changed. */
static void block_signals(sigset_t *before)
{
    sigset_t ending;
    sigemptyset(&ending);
    for (int i = 0; i < ENDING_SIGNALS; i++)
        sigaddset(&ending, ending_signals[i].number);
    sigprocmask(SIG_BLOCK, &ending, before);
}

void guard_push(struct guard *guard)
{
    sigset_t before;
    block_signals(&before);
    guard->next = guards;
    guards = guard;
    sigprocmask(SIG_SETMASK, &before, NULL);
}

void guard_drop(struct guard *guard)
{
    sigset_t before;
    block_signals(&before);
    struct guard **link = &guards;
    while (*link != NULL && *link != guard)
        link = &(*link)->next;
    if (*link != NULL)
        *link = guard->next;
    sigprocmask(SIG_SETMASK, &before, NULL);
}

/* The guards stay in the list: a signal that comes now finds what is not yet done. */
void leave_now(const char *error_line, int status)
{
    for (struct guard *guard = guards; guard != NULL; guard = guard->next) {
        if (guard->released)
            continue;
        guard->released = true;
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
