/*
 * option: one table a program says what it takes.
 *
 * The table feeds the parser (GNU getopt_long), --help, the suggestions, the completion
 * and the test that holds the manual pages to it. Wrong usage never returns: it is a
 * message and exit 2.
 */
#ifndef JF_OPTION_H
#define JF_OPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/completion.h"
#include "base/slice.h"

/* A list of slices of the command line. `given` tells '' from no option. */
struct list {
    struct slice *items;
    size_t count;
    bool given;
    size_t room; /* the option room's own */
};

/* A whole number, 0 where it is not given. */
struct whole {
    uint64_t value;
    bool given;
};

/* A row of the table; made by the macros below. */
struct option_row {
    enum {
        OPTION_ENDS,
        OPTION_IS_FLAG,
        OPTION_IS_TEXT,
        OPTION_IS_LIST,
        OPTION_IS_MANY,
        OPTION_IS_CHOICE,
        OPTION_IS_WHOLE,
        OPTION_IS_GROUP
    } kind;
    char letter;          /* 0: only the long name */
    const char *name;     /* without the dashes */
    const char *argument; /* how help calls it; NULL for a flag; "[X]": may be left out */
    const char *help;     /* one line, without a full stop */
    void *target;
    bool maybe_none;                /* of a list: '' is none */
    uint64_t low, high, silent;     /* of a whole number; silent: what "[X]" left out means */
    const char *without;            /* of a text: what "[X]" left out means */
    const struct option_row *group; /* a table of its own */
    const void *model;              /* where that table's targets lie */
};

/* clang-format off */
#define OPTION_ROW(k, l, n, a, t, h) .kind = k, .letter = l, .name = n, .argument = a, .target = t, .help = h
/* bool: becomes true. */
#define OPTION_FLAG(l, n, t, h) {OPTION_ROW(OPTION_IS_FLAG, l, n, NULL, t, h)}
/* const char *: the argument. */
#define OPTION_TEXT(l, n, a, t, h) {OPTION_ROW(OPTION_IS_TEXT, l, n, a, t, h)}
/* The same with an argument "[X]" that may be left out, for w. */
#define OPTION_MAYBE_TEXT(l, n, arg, w, t, h) {OPTION_ROW(OPTION_IS_TEXT, l, n, arg, t, h), .without = w}
/* struct list: the argument cut at commas, where "\," is a comma and "\\" a backslash. An empty
 * one is misuse, as of an unset variable; but in the second, where it is none. */
#define OPTION_LIST(l, n, a, t, h) {OPTION_ROW(OPTION_IS_LIST, l, n, a, t, h)}
#define OPTION_NONE_OR_LIST(l, n, a, t, h) {OPTION_ROW(OPTION_IS_LIST, l, n, a, t, h), .maybe_none = true}
/* struct list: each use adds its argument, uncut. */
#define OPTION_MANY(l, n, a, t, h) {OPTION_ROW(OPTION_IS_MANY, l, n, a, t, h)}
/* An enum: the place among the words, "welch|pooled", which stand beside it. */
#define OPTION_CHOICE(l, n, words, t, h) {OPTION_ROW(OPTION_IS_CHOICE, l, n, words, t, h)}
/* struct whole: a number from a to b; the second with an argument that may be left out, for s. */
#define OPTION_WHOLE(l, n, arg, a, b, t, h) {OPTION_ROW(OPTION_IS_WHOLE, l, n, arg, t, h), .low = a, .high = b}
#define OPTION_MAYBE(l, n, arg, a, b, s, t, h) \
    {OPTION_ROW(OPTION_IS_WHOLE, l, n, arg, t, h), .low = a, .high = b, .silent = s}
/* The rows of another table, whose targets lie in the struct at m; meant is the one at t, which
 * is of the same type. */
#define OPTION_GROUP(rows, m, t) {.kind = OPTION_IS_GROUP, .group = rows, .model = m, .target = t}
#define OPTION_END {.kind = OPTION_ENDS}
/* clang-format on */

/* What every program takes; see jf(7). */
struct common {
    const char *output;  /* NULL: stdout, as '-' is */
    struct whole level;  /* of gzip, 0 to 9 */
    struct list columns; /* of the output, that are written */
    bool decimal_comma;  /* numbers come with a decimal comma */
    bool progress, no_progress;
    struct whole threads; /* how many to use; not given: one a core, at most 8 */
};

struct option_program {
    const char *usage;             /* behind "usage: NAME " */
    const char *purpose;           /* one sentence */
    const struct option_row *rows; /* of this program; the common ones come behind them */
    struct common *common;
    completion_columns *columns; /* the names of a table's columns, for the shells */
    bool draws;                  /* what it writes is no table: there is no --columns */
};

/* Reads the command line into the targets. Returns the index of the first FILE
 * in argv, which it reorders. --help and --version print and exit 0, and so
 * does --complete, for the shells (see completion). */
int option_parse(const struct option_program *program, int argc, char **argv);

#endif
