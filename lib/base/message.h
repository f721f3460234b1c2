/*
 * message: what is said to people, and the one way out.
 *
 * Every message is one line on stderr in one grammar,
 *     program: file:line: column: what was found; what to do
 * and every failure leaves through fail(): the open outputs are told (so that
 * temporary files go and the reader of a stream learns of it), then exit 1.
 * Ids are personal data: no message may hold one; give the line.
 */
#ifndef JF_MESSAGE_H
#define JF_MESSAGE_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_MISUSED = 2 };

/* The first bytes of the line by which a failed program ends its output. */
#define MESSAGE_MARK "#jf-error\t"

/* Where something was found. Zero and NULL leave a part out. */
struct place {
    const char *file;    /* as the user named it; `stdin` for standard input */
    uint64_t line;       /* from 1; the header is line 1 */
    struct slice column; /* the column's name */
};

/*
 * Something that must not outlive a failure: an open output. fail() calls
 * `release` with the error line (no line end), misuse() with NULL: the reader is
 * told nothing. A signal that ends the program removes `litter`, and writes an
 * error line to `stream`; who has done that takes it out of the guard. Guards are
 * owned by those who push them.
 */
struct guard {
    void (*release)(struct guard *guard, const char *error_line);
    const char *volatile litter;   /* path of a temporary file, or NULL */
    volatile sig_atomic_t stream;  /* descriptor of a plain stream, or 0 */
    volatile sig_atomic_t writing; /* to it: the last row there may not be whole */
    bool released;
    struct guard *next;
};

/* Sets the program's name, sees that descriptors 0 to 2 are taken and that a
 * signal leaves no litter. The first call of every main. */
void message_begin(const char *program);

/* The last call of every main: asserts that no guard is left. Returns 0. */
int message_end(void);

/* The program's name, as set by message_begin. */
const char *message_program(void);

void guard_push(struct guard *guard);
void guard_drop(struct guard *guard);

/* Bad data or failed I/O: the message, the guards, exit 1. */
_Noreturn void fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same with a place before what was found. */
_Noreturn void fail_at(struct place place, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The same with the meaning of errno behind it. */
_Noreturn void fail_errno(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A stage upstream failed: says so, hands its error line on, exit 1. */
_Noreturn void fail_upstream(const char *file, struct slice error_line);

/* A failure: there is no memory for `count` objects of `size` bytes. */
_Noreturn void fail_memory(size_t count, size_t size);

/* Does work(context), in which a failure says nothing and ends no more than that work. It
 * is for threads, which must not speak: the owner then does what failed once more, and
 * speaks. What the work held is lost, and not freed; where memory ran out, what it was
 * changing is not to be used any more. */
enum message_end { MESSAGE_DONE, MESSAGE_FAILED, MESSAGE_NO_MEMORY };
enum message_end message_try(void (*work)(void *context), void *context);

/* From now on whatever fails calls before(context) first, once: what comes earlier in
 * the input may have failed too, and then speaks instead. NULL: no more. */
void message_after(void (*before)(void *context), void *context);

/* Wrong usage: the message and where help is, exit 2. Nothing on stdout, so it must be
 * found before the first row; what only a row shows is a failure. */
_Noreturn void misuse(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * User bytes made fit for a message: in single quotes, control bytes as \xNN,
 * at most 60 bytes and then "...". Good until the thread has made four more calls.
 */
const char *quoted(struct slice bytes);
const char *quoted_text(const char *text);

/* A line of progress on stderr, overwritten by the next; NULL takes it away. */
void message_status(const char *text);

#endif
