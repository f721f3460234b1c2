/*
 * An LD_PRELOAD library under which the k-th call of a kind fails.
 *
 *     FAULT_CLASS   memory read write open close rename unlink fchmod mkstemp realpath thread pipe
 *     FAULT_AT      k: the first call of the class that is hit, from 1
 *     FAULT_EVERY   and then every so many calls; 0 (default): that one only
 *     FAULT_KIND    what befalls it: the name of an errno;
 *                   short (one byte is read or written); full (half is written, and no byte
 *                   from then on: ENOSPC); or SIGKILL, SIGTERM, SIGINT or SIG and a number: it
 *                   comes before the call, a fault (SIGSEGV and so on) to the thread that calls,
 *                   any other to the process; wild (a write to where nothing is) or overflow (of
 *                   the thread's stack): a true fault
 *     FAULT_REPORT  the file that tells that a call was hit, and where: input or output, thread, or
 *                   libc, which asks for memory for itself
 *     FAULT_AFTER   with a signal: no call, but so many microseconds after the start
 *     FAULT_ALSO    with it: another one at the same moment, by its number
 *     FAULT_NONBLOCKING  descriptors that do not block, a digit each: 01
 *     FAULT_LIMIT   seconds after which a program that hangs is killed
 *
 * Calls count from the first of main() on, in all threads, until it leaves. `pipe` is
 * fcntl(F_SETPIPE_SZ). What stdio writes to stderr is not seen here, as libc does not call itself
 * by name; and strdup and realpath count once more as memory. Nothing here allocates.
 */
#define _GNU_SOURCE /* RTLD_NEXT, F_SETPIPE_SZ */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum class {
    NONE,
    MEMORY,
    READ,
    PREAD,
    WRITE,
    OPEN,
    CLOSE,
    RENAME,
    UNLINK,
    FCHMOD,
    MKSTEMP,
    REALPATH,
    THREAD,
    PIPE,
    CLASSES
};

static const char *const class_names[CLASSES] = {
    "none",   "memory", "read",   "pread",   "write",    "open",   "close",
    "rename", "unlink", "fchmod", "mkstemp", "realpath", "thread", "pipe"};

enum kind { ERROR, SHORT, FULL, SIGNAL, WILD, OVERFLOW };

static const struct {
    const char *name;
    enum kind kind;
    int number;
} kinds[] = {
    {"ENOMEM", ERROR, ENOMEM},  {"EIO", ERROR, EIO},          {"EINTR", ERROR, EINTR},
    {"ENOSPC", ERROR, ENOSPC},  {"EAGAIN", ERROR, EAGAIN},    {"EACCES", ERROR, EACCES},
    {"EMFILE", ERROR, EMFILE},  {"EPERM", ERROR, EPERM},      {"short", SHORT, 0},
    {"full", FULL, ENOSPC},     {"SIGKILL", SIGNAL, SIGKILL}, {"SIGTERM", SIGNAL, SIGTERM},
    {"SIGINT", SIGNAL, SIGINT}, {"wild", WILD, SIGSEGV},      {"overflow", OVERFLOW, SIGSEGV}};

static struct {
    enum class class;
    enum kind kind;
    int number; /* of the error or the signal */
    long at, every;
    const char *report;
    atomic_long calls;
    atomic_bool over;
} fault;

/* In pthread_create, whose memory is libc's own affair; in what only a sanitizer calls. */
static _Thread_local bool starting, spared;

/* The function of this name that the program would have called. */
#define NEXT(name)                                                                                 \
    static __typeof__(&name) next;                                                                 \
    if (next == NULL)                                                                              \
    next = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

/* qsort, for one, can do without what it asks for. */
static bool is_libc(const void *address)
{
    Dl_info info;
    return dladdr(address, &info) != 0 && strstr(info.dli_fname, "/libc.so") != NULL;
}

/* By system calls: the fault must not fall upon its own report. */
static void report(enum class class, int fd, const void *caller)
{
    int error = errno;
    long into = syscall(SYS_openat, AT_FDCWD, fault.report, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    const char *name = class_names[class];
    const char *side = starting ? " thread\n" : " none\n";
    if (caller != NULL && !starting && is_libc(caller))
        side = " libc\n";
    if (fd >= 0)
        side = (syscall(SYS_fcntl, fd, F_GETFL) & O_ACCMODE) == O_RDONLY ? " input\n" : " output\n";
    syscall(SYS_write, into, name, strlen(name));
    syscall(SYS_write, into, side, strlen(side));
    syscall(SYS_close, into);
    errno = error;
}

/* A fault falls in a thread; and a signal by kill() from the process itself would look as if a
 * write had raised it. */
static void send_signal(int number)
{
    static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGSYS, SIGTRAP, SIGABRT};
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++)
        if (faults[i] == number) {
            raise(number);
            return;
        }
    sigqueue(getpid(), number, (union sigval){0});
}

static int overflow(volatile char *above)
{
    volatile char here[4096];
    here[0] = *above;
    return above == NULL ? 0 : overflow(here) + here[0];
}

static void go_wrong(void)
{
    volatile char *volatile nowhere = NULL;
    if (fault.kind == OVERFLOW)
        overflow(&(volatile char){1});
    else if (fault.kind == WILD)
        *nowhere = 1;
    else
        send_signal(fault.number);
}

/* Counts a call; true, and errno set, where it is to be hit. */
static bool hit_of(enum class class, int fd, const void *caller)
{
    if (class != fault.class || spared || atomic_load(&fault.over))
        return false;
    long past = atomic_fetch_add(&fault.calls, 1) + 1 - fault.at;
    if (past < 0 || (past > 0 && (fault.every == 0 || past % fault.every != 0)))
        return false;
    if (past == 0 && fault.report != NULL)
        report(class, fd, caller);
    if (fault.kind >= SIGNAL) {
        go_wrong();
        return false;
    }
    errno = fault.number;
    return true;
}

static bool hit(enum class class, int fd)
{
    return hit_of(class, fd, NULL);
}

/* ---- the calls ---- */

#define HIT_MEMORY hit_of(MEMORY, -1, __builtin_return_address(0))

void *malloc(size_t size)
{
    NEXT(malloc);
    return HIT_MEMORY ? NULL : next(size);
}

void *calloc(size_t count, size_t size)
{
    NEXT(calloc);
    return HIT_MEMORY ? NULL : next(count, size);
}

void *realloc(void *old, size_t size)
{
    NEXT(realloc);
    return HIT_MEMORY ? NULL : next(old, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    NEXT(aligned_alloc);
    return HIT_MEMORY ? NULL : next(alignment, size);
}

char *strdup(const char *text)
{
    NEXT(strdup);
    return HIT_MEMORY ? NULL : next(text);
}

ssize_t read(int fd, void *into, size_t length)
{
    NEXT(read);
    if (!hit(READ, fd))
        return next(fd, into, length);
    return fault.kind == SHORT && length > 0 ? next(fd, into, 1) : -1;
}

ssize_t pread(int fd, void *into, size_t length, off_t at)
{
    NEXT(pread);
    if (!hit(PREAD, fd))
        return next(fd, into, length, at);
    return fault.kind == SHORT && length > 0 ? next(fd, into, 1, at) : -1;
}

ssize_t write(int fd, const void *bytes, size_t length)
{
    NEXT(write);
    if (!hit(WRITE, fd))
        return next(fd, bytes, length);
    if (fault.kind == SHORT && length > 0)
        return next(fd, bytes, 1);
    if (fault.kind == FULL && length > 1 && atomic_load(&fault.calls) == fault.at)
        return next(fd, bytes, length / 2);
    return -1;
}

int open(const char *path, int flags, ...)
{
    mode_t mode = 0;
    NEXT(open);
    if ((flags & O_CREAT) != 0) {
        va_list args;
        va_start(args, flags);
        mode = va_arg(args, mode_t);
        va_end(args);
    }
    return hit(OPEN, -1) ? -1 : next(path, flags, mode);
}

/* As Linux does it: the descriptor is gone all the same. */
int close(int fd)
{
    NEXT(close);
    bool failed = hit(CLOSE, fd);
    int result = next(fd);
    if (!failed)
        return result;
    errno = fault.number;
    return -1;
}

int rename(const char *from, const char *to)
{
    NEXT(rename);
    return hit(RENAME, -1) ? -1 : next(from, to);
}

int unlink(const char *path)
{
    NEXT(unlink);
    return hit(UNLINK, -1) ? -1 : next(path);
}

int fchmod(int fd, mode_t mode)
{
    NEXT(fchmod);
    return hit(FCHMOD, fd) ? -1 : next(fd, mode);
}

int mkstemp(char *template)
{
    NEXT(mkstemp);
    return hit(MKSTEMP, -1) ? -1 : next(template);
}

char *realpath(const char *path, char *resolved)
{
    NEXT(realpath);
    return hit(REALPATH, -1) ? NULL : next(path, resolved);
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *),
                   void *argument)
{
    NEXT(pthread_create);
    if (hit(THREAD, -1))
        return fault.number;
    starting = true;
    int result = next(thread, attributes, run, argument);
    starting = false;
    return result;
}

int pthread_getattr_np(pthread_t thread, pthread_attr_t *attributes)
{
    NEXT(pthread_getattr_np);
    spared = true;
    int result = next(thread, attributes);
    spared = false;
    return result;
}

int fcntl(int fd, int command, ...)
{
    va_list args;
    va_start(args, command);
    void *argument = va_arg(args, void *);
    va_end(args);
    NEXT(fcntl);
    return command == F_SETPIPE_SZ && hit(PIPE, fd) ? -1 : next(fd, command, argument);
}

/* ---- the end and the start ---- */

/* What comes then is libc's, or a sanitizer's. */
void exit(int status)
{
    NEXT(exit);
    atomic_store(&fault.over, true);
    next(status);
    abort();
}

static long number_of(const char *variable)
{
    const char *text = getenv(variable);
    return text != NULL ? atol(text) : 0;
}

/* A signal that comes by itself; SIGKILL cannot be blocked, by whatever hangs. */
static void send_after(int signal, long microseconds)
{
    timer_t timer;
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = signal};
    struct itimerspec when = {.it_value = {microseconds / 1000000, microseconds % 1000000 * 1000}};
    if (timer_create(CLOCK_MONOTONIC, &event, &timer) != 0 ||
        timer_settime(timer, 0, &when, NULL) != 0)
        abort();
}

static void read_environment(void)
{
    const char *class = getenv("FAULT_CLASS"), *kind = getenv("FAULT_KIND");
    for (size_t i = 0; kind != NULL && i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(kind, kinds[i].name) == 0) {
            fault.kind = kinds[i].kind;
            fault.number = kinds[i].number;
        }
    if (kind != NULL && strncmp(kind, "SIG", 3) == 0 && kind[3] >= '0' && kind[3] <= '9') {
        fault.kind = SIGNAL;
        fault.number = atoi(kind + 3);
    }
    fault.at = number_of("FAULT_AT");
    fault.every = fault.kind == FULL ? 1 : number_of("FAULT_EVERY");
    fault.report = getenv("FAULT_REPORT");
    if (number_of("FAULT_LIMIT") > 0)
        send_after(SIGKILL, 1000000 * number_of("FAULT_LIMIT"));
    if (number_of("FAULT_AFTER") > 0)
        send_after(fault.number, number_of("FAULT_AFTER"));
    if (number_of("FAULT_ALSO") > 0)
        send_after((int)number_of("FAULT_ALSO"), number_of("FAULT_AFTER"));
    for (const char *fd = getenv("FAULT_NONBLOCKING"); fd != NULL && *fd != '\0'; fd++)
        fcntl(*fd - '0', F_SETFL, fcntl(*fd - '0', F_GETFL) | O_NONBLOCK);
    for (int i = 0; class != NULL && i < CLASSES; i++)
        if (strcmp(class, class_names[i]) == 0)
            fault.class = (enum class)i;
}

typedef int main_function(int, char **, char **);
static main_function *program_main;

static int begin(int argc, char **argv, char **environment)
{
    read_environment();
    exit(program_main(argc, argv, environment));
}

int __libc_start_main(main_function *main, int argc, char **argv, void (*init)(void),
                      void (*fini)(void), void (*leave)(void), void *stack);

int __libc_start_main(main_function *main, int argc, char **argv, void (*init)(void),
                      void (*fini)(void), void (*leave)(void), void *stack)
{
    NEXT(__libc_start_main);
    program_main = main;
    return next(begin, argc, argv, init, fini, leave, stack);
}
