#include "base/message.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINE_ROOM = 2048, QUOTE_BYTES = 60, QUOTE_ROOM = 4 * QUOTE_BYTES + 8, QUOTES = 5 };

static const char *program_name = "jf";
static struct guard *guards;
static bool status_shown;
static _Thread_local char quotes[QUOTES][QUOTE_ROOM];
static _Thread_local unsigned quote_next;
static _Thread_local jmp_buf *retreat; /* of the thread's message_try */
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
    char line[128] = MESSAGE_MARK;
    size_t at = sizeof MESSAGE_MARK - 1;
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

void message_begin(const char *program)
{
    program_name = program;
    take_standard_descriptors();
    catch_signals();
}

int message_end(void)
{
    assert(guards == NULL);
    return EXIT_DONE;
}

const char *message_program(void)
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

void message_status(const char *text)
{
    if (text != NULL)
        fprintf(stderr, "\r%s\033[K", text);
    else if (status_shown)
        fputs("\r\033[K", stderr);
    status_shown = text != NULL;
    fflush(stderr);
}

/* Says `text` (without the program's name, which it adds). */
static void say(const char *text)
{
    message_status(NULL);
    fprintf(stderr, "%s: %s\n", program_name, text);
}

/* The guards stay in the list: a signal that comes now finds what is not yet done. */
_Noreturn static void leave(const char *error_line, int status)
{
    for (struct guard *guard = guards; guard != NULL; guard = guard->next) {
        if (guard->released)
            continue;
        guard->released = true;
        guard->release(guard, error_line);
    }
    exit(status);
}

void message_after(void (*before)(void *context), void *context)
{
    earlier.before = before;
    earlier.context = context;
}

enum message_end message_try(void (*work)(void *context), void *context)
{
    jmp_buf here;
    int end = setjmp(here);
    if (end == MESSAGE_DONE) {
        retreat = &here;
        work(context);
    }
    retreat = NULL;
    return (enum message_end)end;
}

/* What a failure does before it says anything. */
static void begin_failure(enum message_end end)
{
    if (retreat != NULL)
        longjmp(*retreat, (int)end);
    int reason = errno;
    void (*before)(void *context) = earlier.before;
    earlier.before = NULL;
    if (before != NULL)
        before(earlier.context);
    errno = reason;
}

_Noreturn static void fail_with(const char *text)
{
    char line[LINE_ROOM + 256];
    say(text);
    snprintf(line, sizeof line, MESSAGE_MARK "%s: %s", program_name, text);
    leave(line, EXIT_FAILED);
}

void fail(const char *format, ...)
{
    begin_failure(MESSAGE_FAILED);
    char text[LINE_ROOM];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    fail_with(text);
}

void fail_memory(size_t count, size_t size)
{
    begin_failure(MESSAGE_NO_MEMORY);
    fail("out of memory (asked for %zu x %zu bytes)", count, size);
}

void fail_errno(const char *format, ...)
{
    begin_failure(MESSAGE_FAILED);
    const char *reason = errno != 0 ? strerror(errno) : "no reason given";
    char text[LINE_ROOM];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (length >= 0 && (size_t)length < sizeof text)
        snprintf(text + length, sizeof text - (size_t)length, ": %s", reason);
    fail_with(text);
}

void fail_at(struct place place, const char *format, ...)
{
    begin_failure(MESSAGE_FAILED);
    char text[LINE_ROOM] = "";
    size_t at = 0;
    if (place.line > 0)
        at = (size_t)snprintf(text, sizeof text, "%.400s:%llu: ", place.file,
                              (unsigned long long)place.line);
    else if (place.file != NULL)
        at = (size_t)snprintf(text, sizeof text, "%.400s: ", place.file);
    if (place.column.length > 0) {
        const char *name = quoted(place.column);
        at += (size_t)snprintf(text + at, sizeof text - at, "%.*s: ", (int)strlen(name) - 2,
                               name + 1);
    }
    va_list args;
    va_start(args, format);
    vsnprintf(text + at, sizeof text - at, format, args);
    va_end(args);
    fail_with(text);
}

void fail_upstream(const char *file, struct slice error_line)
{
    char line[LINE_ROOM + 256];
    char text[LINE_ROOM];
    size_t mark = strlen(MESSAGE_MARK);
    begin_failure(MESSAGE_FAILED);
    size_t length = error_line.length < sizeof line ? error_line.length : sizeof line - 1;
    for (size_t i = 0; i < length; i++)
        line[i] = error_line.bytes[i] == '\0' ? '?' : error_line.bytes[i];
    line[length] = '\0';
    snprintf(text, sizeof text, "%.300s: an earlier stage failed: %.1600s", file, line + mark);
    for (char *c = text; *c != '\0'; c++)
        if ((unsigned char)*c < ' ' || *c == '\177')
            *c = '?';
    say(text);
    leave(line, EXIT_FAILED);
}

void misuse(const char *format, ...)
{
    char text[LINE_ROOM];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    message_status(NULL);
    fprintf(stderr, "%s: %s (try '%s --help')\n", program_name, text, program_name);
    leave(NULL, EXIT_MISUSED);
}

const char *quoted(struct slice bytes)
{
    char *out = quotes[quote_next++ % QUOTES];
    char *at = out;
    *at++ = '\'';
    for (size_t i = 0; i < bytes.length && i < QUOTE_BYTES; i++) {
        unsigned char byte = (unsigned char)bytes.bytes[i];
        if (byte < ' ' || byte == 127)
            at += snprintf(at, 5, "\\x%02x", byte);
        else
            *at++ = (char)byte;
    }
    snprintf(at, 5, "%s", bytes.length > QUOTE_BYTES ? "...'" : "'");
    return out;
}

const char *quoted_text(const char *text)
{
    return quoted(slice_of(text));
}
