/*
 * completion: what a shell may put where the cursor is.
 *
 * `PROGRAM --complete WORD...` gives the words behind the program's name up to the cursor, of which
 * the last is unfinished, or empty. They are read as the parser reads them, and the answer is
 * printed, so that the shells' own files (cmd/jf-completion.*) know no option:
 *
 *     files<TAB>BEFORE     paths, which the shell finds; what is typed of one stands behind BEFORE
 *     words                the lines that follow are words, and a word ends the argument
 *     parts                the same, but more may follow a word: a comma, a value
 *     WORD<TAB>HELP        begins with the unfinished word; the help may be nothing
 *
 * Nothing is printed where only the user can know.
 */
#ifndef JF_COMPLETION_H
#define JF_COMPLETION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"

/* An option as help shows it. Its argument tells what is asked for: FILE, TEMPLATE or ASSIGN a
 * path, and ASSIGN's columns count beside those of the operands; COL and COLS a column, and COLS
 * several with commas between them; "[X]" may be left out; NULL: none. */
struct completion_option {
    char letter; /* 0: only the long name */
    const char *name, *argument, *help;
    bool is_choice; /* the argument is the words, "welch|pooled" */
};

/* Hands on the names of the columns of a file. What is no table is a failure, and the end of the
 * answer, or gives none. */
typedef void completion_columns(const char *file, void (*take)(void *context, struct slice name),
                                void *context);

/* Prints the answer. `columns` is NULL for a program that reads no tables. */
void completion_print(const struct completion_option *options, size_t count, char *const words[],
                      size_t word_count, completion_columns *columns);

#endif
