/*
 * leave: how a program ends.
 *
 * Only this room exits. Before a failure does, the open outputs are told, so that
 * temporary files go and the reader of a stream learns of it; a signal that ends the
 * program (see signals) does the same as far as a handler may. What is said on stderr
 * is for message.
 */
#ifndef JF_LEAVE_H
#define JF_LEAVE_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_MISUSED = 2 };

/* The first bytes of the line by which a failed program ends its output. */
#define LEAVE_MARK "#jf-error\t"

/* A block of gzip is at most so much longer than the line in it. */
enum { LEAVE_PACKED = 64 };

/*
 * Something that must not outlive a failure: an open output. A failure calls
 * `release` with the error line (no line end), misuse with NULL: the reader is
 * told nothing. A signal that ends the program removes `litter`, and writes an
 * error line to `stream`, made a block of gzip by `pack`; who has done that takes
 * it out of the guard. Guards are owned by those who push them, which only the
 * thread of leave_begin does.
 */
struct guard {
    void (*release)(struct guard *guard, const char *error_line);
    size_t (*pack)(char *block, const char *line, size_t length); /* or NULL: plain */
    const char *volatile litter;   /* path of a temporary file, or NULL */
    volatile sig_atomic_t stream;  /* descriptor of a stream, or 0 */
    volatile sig_atomic_t writing; /* to it: the last row or block there may not be whole */
    volatile sig_atomic_t torn;    /* the last row in the blocks so far is not whole */
    volatile sig_atomic_t child;   /* a process of ours that ends with us, or 0 */
    bool released;
    struct guard *volatile next;
    struct guard *before;
};

void guard_push(struct guard *guard);
void guard_drop(struct guard *guard);

/* Sets the program's name, sees that descriptors 0 to 2 are taken and that a
 * signal leaves no litter. The first call of every main. */
void leave_begin(const char *program);

/* The last call of every main: asserts that no guard is left. Returns 0. */
int leave_end(void);

/* The program's name, as set by leave_begin. */
const char *leave_program(void);

/* Releases the guards, then exits. `error_line` is for the readers, NULL tells them nothing. */
_Noreturn void leave_now(const char *error_line, int status);

/* The reader of the guard's stream, or of stdout (NULL), has gone: an end without a word. Litter
 * goes, the readers of other streams are told, and the program dies of SIGPIPE, also where its
 * parent ignores that. */
_Noreturn void leave_unread(struct guard *guard);

/* Does work(context), in which a failure says nothing and ends no more than that work. It
 * is for threads, which must not speak: the owner then does what failed once more, and
 * speaks. What the work held is lost, and not freed; where memory ran out, what it was
 * changing is not to be used any more. */
enum leave_reason { LEAVE_FINISHED, LEAVE_FAILED, LEAVE_NO_MEMORY };
enum leave_reason leave_try(void (*work)(void *context), void *context);

/* From now on whatever fails calls before(context) first, once: what comes earlier in
 * the input may have failed too, and then speaks instead. NULL: no more. */
void leave_after(void (*before)(void *context), void *context);

/* What a failure calls before it says anything: goes back to the thread's leave_try, or
 * does what leave_after was given. Keeps errno. */
void leave_because(enum leave_reason reason);

#endif
