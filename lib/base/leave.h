/*
 * leave: the one way out.
 *
 * Every failure leaves through here: the open outputs are told, so that temporary files go
 * and the reader of a stream learns of it; then the program ends. So it is for signals.
 */
#ifndef JF_LEAVE_H
#define JF_LEAVE_H

#include <signal.h>
#include <stdbool.h>

enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_MISUSED = 2 };

/* The first bytes of the line by which a failed program ends its output. */
#define LEAVE_MARK "#jf-error\t"

/*
 * Something that must not outlive a failure: an open output. `release` is called with the
 * error line (no line end), or NULL where the reader is told nothing. A signal that ends the
 * program removes `litter`, and writes an error line to `stream`; who has done that takes it
 * out of the guard. Guards are owned by those who push them.
 */
struct guard {
    void (*release)(struct guard *guard, const char *error_line);
    const char *volatile litter;   /* path of a temporary file, or NULL */
    volatile sig_atomic_t stream;  /* descriptor of a plain stream, or 0 */
    volatile sig_atomic_t writing; /* to it: the last row there may not be whole */
    bool released;
    struct guard *next;
};

void guard_push(struct guard *guard);
void guard_drop(struct guard *guard);

/* Sets the program's name, sees that descriptors 0 to 2 are taken and that a signal leaves no
 * litter. The first call of every main. */
void leave_begin(const char *program);

/* The last call of every main: asserts that no guard is left. Returns 0. */
int leave_end(void);

/* The program's name, as set by leave_begin. */
const char *leave_program(void);

/*
 * Does work(context), in which a failure says nothing and ends no more than that work. It is
 * for threads, which must not speak: the owner then does what failed once more, and speaks.
 * What the work held is lost, and not freed; where memory ran out, what it was changing is not
 * to be used any more.
 */
enum leave_verdict { LEAVE_DONE, LEAVE_FAILED, LEAVE_NO_MEMORY };
enum leave_verdict leave_try(void (*work)(void *context), void *context);

/* From now on whatever fails calls before(context) first, once: what comes earlier in the
 * input may have failed too, and then speaks instead. NULL: no more. */
void leave_after(void (*before)(void *context), void *context);

/* A failure begins: within leave_try it goes no further; else it does what leave_after said.
 * errno stays as it is. */
void leave_failing(enum leave_verdict verdict);

/* Releases the guards with the error line, and ends the program. */
_Noreturn void leave(const char *error_line, int status);

#endif
