/*
 * Three pipes to one child
 * ------------------------
 * The child reads the script, and writes the picture, when it likes: who first wrote all of the
 * script and then read would wait for ever, where the child waits until its picture is taken. So
 * poll says which pipe is ready, and none of them blocks. The script's pipe is closed when all is
 * written; the others end when the child does.
 *
 * A child that dies early ends the script's pipe: that write fails with EPIPE, and its SIGPIPE is
 * no end (see signals). If we end before the child does, leave ends it.
 *
 * The parent may have been started with SIGCHLD ignored, and then nobody waits for a child: it
 * would be gone with its status. So the default comes first.
 */
#include "stream/gnuplot.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/heap.h"
#include "base/leave.h"
#include "base/message.h"

extern char **environ;

enum { TAKEN_BYTES = 64 * 1024, SAID_MOST = 4096, NOT_THERE = 127 };

/* The pipes by what the child calls them: its stdin, stdout and stderr. */
struct child {
    struct guard guard; /* first: it ends with us */
    pid_t pid;
    int ours[3], its[3];
    struct slice left; /* of the script */
    struct script *picture, said;
};

static void open_pipes(struct child *child)
{
    for (int i = 0; i < 3; i++) {
        int ends[2];
        if (pipe(ends) != 0)
            fail_errno("gnuplot: no pipe to it");
        child->ours[i] = ends[i == 0];
        child->its[i] = ends[i != 0];
        fcntl(child->ours[i], F_SETFD, FD_CLOEXEC);
        fcntl(child->its[i], F_SETFD, FD_CLOEXEC);
        fcntl(child->ours[i], F_SETFL, O_NONBLOCK);
    }
}

/* Whether a variable is left out: what gnuplot heeds, and what is said in place of it. */
static bool meddles(const char *variable)
{
    static const char *const begins[] = {"GNU", "FIT_", "GDFONTPATH=", "LC_", "LANG", "TZ="};
    for (size_t i = 0; i < sizeof begins / sizeof begins[0]; i++)
        if (strncmp(variable, begins[i], strlen(begins[i])) == 0)
            return true;
    return false;
}

/* The child's environment; free() takes it. */
static char **make_environment(void)
{
    size_t count = 0, kept = 0;
    while (environ[count] != NULL)
        count++;
    char **made = heap_take(count + 3, sizeof *made);
    for (size_t i = 0; i < count; i++)
        if (!meddles(environ[i]))
            made[kept++] = environ[i];
    made[kept++] = (char *)"LC_ALL=C";
    made[kept] = (char *)"TZ=UTC0";
    return made;
}

/* None is blocked, and a pipe that has no reader any more ends the child. What else the parent
 * ignores (nohup) the child ignores too. */
static void plan_signals(posix_spawnattr_t *attributes)
{
    sigset_t none, usual;
    sigemptyset(&none);
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE);
    sigaddset(&usual, SIGCHLD);
    posix_spawnattr_init(attributes);
    posix_spawnattr_setsigmask(attributes, &none);
    posix_spawnattr_setsigdefault(attributes, &usual);
    posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

_Noreturn static void fail_absent(void)
{
    fail("gnuplot is not there; install it (Debian: gnuplot-nox)");
}

static void release(struct guard *guard, const char *error_line)
{
    (void)guard;
    (void)error_line;
}

static void start(struct child *child)
{
    char *const words[] = {"gnuplot", "-d", "-", NULL};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t all, before;
    char **environment = make_environment();
    signal(SIGCHLD, SIG_DFL);
    plan_signals(&attributes);
    /* No signal ends us between the child's beginning and our knowing of it. */
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    posix_spawn_file_actions_init(&actions);
    for (int i = 0; i < 3; i++)
        posix_spawn_file_actions_adddup2(&actions, child->its[i], i);
    int fault = posix_spawnp(&child->pid, words[0], &actions, &attributes, words, environment);
    child->guard = (struct guard){.release = release, .child = fault == 0 ? child->pid : 0};
    guard_push(&child->guard);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    free(environment);
    if (fault == ENOENT || fault == EACCES || fault == ENOTDIR)
        fail_absent();
    errno = fault;
    if (fault != 0)
        fail_errno("gnuplot: cannot be started");
    for (int i = 0; i < 3; i++)
        close(child->its[i]);
}

static void end_pipe(struct child *child, int which)
{
    close(child->ours[which]);
    child->ours[which] = -1;
}

/* A child that has ended takes no more. */
static void give(struct child *child)
{
    ssize_t wrote = write(child->ours[0], child->left.bytes, child->left.length);
    if (wrote > 0)
        child->left = (struct slice){child->left.bytes + wrote, child->left.length - (size_t)wrote};
    bool waits = wrote < 0 && (errno == EAGAIN || errno == EINTR);
    if (child->left.length == 0 || (wrote < 0 && !waits))
        end_pipe(child, 0);
}

/* Faults are said last, behind the command that is amiss, which may be long. */
static void hear(struct script *said, struct slice part)
{
    script_put(said, part);
    if (said->length <= 2 * SAID_MOST)
        return;
    memmove(said->bytes, said->bytes + said->length - SAID_MOST, SAID_MOST);
    said->length = SAID_MOST;
}

static void take(struct child *child, int which)
{
    char bytes[TAKEN_BYTES];
    ssize_t got = read(child->ours[which], bytes, sizeof bytes);
    if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)) {
        end_pipe(child, which);
        return;
    }
    struct slice part = {bytes, got > 0 ? (size_t)got : 0};
    if (which == 1)
        script_put(child->picture, part);
    else
        hear(&child->said, part);
}

/* Until all three pipes have ended. */
static void converse(struct child *child)
{
    for (;;) {
        struct pollfd ready[3];
        int open = 0;
        for (int i = 0; i < 3; i++) {
            ready[i] = (struct pollfd){child->ours[i], i == 0 ? POLLOUT : POLLIN, 0};
            open += child->ours[i] >= 0;
        }
        if (open == 0)
            return;
        if (poll(ready, 3, -1) < 0 && errno != EINTR)
            fail_errno("gnuplot: cannot be waited for");
        if (ready[0].revents != 0)
            give(child);
        for (int i = 1; i < 3; i++)
            if (ready[i].revents != 0)
                take(child, i);
    }
}

/* The last line of what it said that is not blank, without its own place in the script. */
static struct slice last_said(struct child *child)
{
    struct slice rest = script_slice(&child->said), last = slice_of("it says nothing");
    while (rest.bytes != NULL) {
        struct slice line = slice_trim(slice_cut(&rest, '\n'));
        if (line.length > 1)
            last = line;
    }
    return last;
}

void gnuplot_run(struct slice script, struct script *picture)
{
    struct child child = {.left = script, .picture = picture};
    int status;
    open_pipes(&child);
    start(&child);
    converse(&child);
    child.guard.child = 0; /* once it is waited for, its number may be another's */
    while (waitpid(child.pid, &status, 0) < 0)
        if (errno != EINTR)
            fail_errno("gnuplot: cannot be waited for");
    guard_drop(&child.guard);
    if (WIFEXITED(status) && WEXITSTATUS(status) == NOT_THERE)
        fail_absent();
    if (WIFSIGNALED(status))
        fail("gnuplot was ended by signal %d", WTERMSIG(status));
    if (WEXITSTATUS(status) != 0 || picture->length == 0)
        fail("gnuplot cannot draw this: %s", quoted(last_said(&child)));
    free(child.said.bytes);
}
