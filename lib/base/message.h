/*
 * message: what is said to people.
 *
 * Every message is one line on stderr in one grammar,
 *     program: file:line: column: what was found; what to do
 * and ends the program (see leave), but for a warning and a line of progress. What a terminal
 * would act on is escaped, wherever it stands. Ids are personal data: no message may hold one; give
 * the line.
 */
#ifndef JF_MESSAGE_H
#define JF_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

/* Where something was found. Zero and NULL leave a part out. */
struct place {
    const char *file;    /* as the user named it; `stdin` for standard input */
    uint64_t line;       /* from 1; the header is line 1 */
    struct slice column; /* the column's name */
};

/* Bad data or failed I/O: the message, the guards, exit 1. */
_Noreturn void fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same with a place before what was found. */
_Noreturn void fail_at(struct place place, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The same with the meaning of errno behind it. */
_Noreturn void fail_errno(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A stage upstream failed: says so, hands its error line on, exit 1. Both are quoted again, ids by
 * their shape but for the lines of places (`:12:`). */
_Noreturn void fail_upstream(const char *file, struct slice error_line);

/* A failure: there is no memory for `count` objects of `size` bytes. */
_Noreturn void fail_memory(size_t count, size_t size);

/* Wrong usage: the message and where help is, exit 2. Nothing on stdout, so it must be
 * found before the first row; what only a row shows is a failure. */
_Noreturn void misuse(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* What somebody must know of a run that is good all the same; the program goes on. */
void warn(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * Bytes made fit for a message, in single quotes: what a terminal would act on as \xNN, at most 60
 * bytes and then "...". Good until the thread has made four more calls.
 *
 * quoted        a cell or a name that a file gave: one that may be an id (message_hides) by its
 *               shape, each digit as #
 * quoted_cells  cells with tabs between them, each in the same way; blanks stand for the tabs
 * quoted_given  what the user typed, a file's name or an argument, as it is; quoted_text too
 * unquoted      as quoted, without the quotes: for a period, or a column's name in a place
 */
const char *quoted(struct slice bytes);
const char *quoted_cells(struct slice bytes);
const char *unquoted(struct slice bytes);
const char *quoted_given(struct slice bytes);
const char *quoted_text(const char *text);

/* Six digits or more in a row, as of a birthday, whatever blanks and dashes are between them; but
 * for six that are a month of 1900 to 2099 (201603, 2016-03). */
bool message_hides(struct slice text);

/* Whether a message would show some of its characters as \xNN, as a terminal would act on them. */
bool message_escapes(const char *text);

/* A part of a message in the making. What does not fit is left out, and then it is `cut`. */
struct message_part {
    char text[1200];
    size_t length;
    bool cut;
};
void message_add(struct message_part *part, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A line of progress on stderr, overwritten by the next; NULL takes it away. */
void message_status(const char *text);

#endif
