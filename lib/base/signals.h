/*
 * signals: which of them end a program, and how they are caught.
 *
 * Every signal that ends a process by default is caught, the real-time ones too; not SIGKILL,
 * which cannot be, nor what libc keeps for itself (glibc: 32 and 33). One that the parent chose
 * to ignore (nohup) or to block stays so, and so does one that has a handler already (a
 * sanitizer's). Faults are the seven by which the system or abort() says that the program itself
 * is wrong: SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGSYS, SIGTRAP, SIGABRT. They are always caught, in
 * whichever thread they fall; all others only in the owner's, the one that called signals_catch.
 */
#ifndef JF_SIGNALS_H
#define JF_SIGNALS_H

#include <signal.h>
#include <stdbool.h>

typedef void signals_handler(int number, siginfo_t *info, void *context);

/* Where a thread's handler runs, as the thread's own stack may be what is at fault. */
struct signals_stack {
    _Alignas(16) char bytes[32 * 1024];
};

/* From here on it is the calling thread's, and must last as long as the thread. One that the
 * thread has already (a sanitizer's) stays. */
void signals_use_stack(struct signals_stack *stack);

/* Catches them. While the handler runs, its thread blocks all signals. */
void signals_catch(signals_handler *handler);

/* What a thread blocks that is not the owner: all but the faults. */
void signals_fill(sigset_t *blocked);

/* For a handler that waits. What came meanwhile is forgotten; one that comes from now on ends
 * the process at once, but for those by which a write fails. */
void signals_let_through(signals_handler *handler);

/* Whether a write of this process raised it: SIGPIPE or SIGXFSZ. The write fails too. */
bool signals_of_write(int number, const siginfo_t *info);

/* As in SIGTERM, or NULL for those without a name. */
const char *signals_name(int number);

#endif
