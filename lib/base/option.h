/*
 * option: one table a program says what it takes.
 *
 * The table feeds the parser (GNU getopt_long), --help, the suggestions, shell
 * completion (which reads --help) and the test that holds the manual pages to
 * it. Wrong usage never returns: it is a message and exit 2.
 */
#ifndef JF_OPTION_H
#define JF_OPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

enum option_kind {
    OPTION_END,    /* ends the table */
    OPTION_FLAG,   /* target bool: becomes true */
    OPTION_TEXT,   /* target const char *: the argument */
    OPTION_LIST,   /* target struct list: the argument cut at commas, "" is none */
    OPTION_MANY,   /* target struct list: each use adds its argument, uncut */
    OPTION_CHOICE, /* target unsigned: the place in `choices` */
    OPTION_WHOLE   /* target uint64_t: a whole number from low to high */
};

/* A list of slices of the command line. `given` tells '' from no option. */
struct list {
    struct slice *items;
    size_t count;
    bool given;
};

struct option_row {
    enum option_kind kind;
    char letter;          /* 0: only the long name */
    const char *name;     /* without the dashes */
    const char *argument; /* how help calls it; NULL for a flag; "[X]": may be left out */
    const char *help;     /* one line, without a full stop */
    void *target;
    const char *choices; /* "welch|pooled" */
    uint64_t low, high;  /* of a whole number */
    uint64_t silent;     /* the value of "[X]" left out */
};

/* What every program takes; see jf(7). */
struct common {
    const char *output; /* NULL: stdout */
    uint64_t level;     /* of gzip, 0 to 9; unchanged where not asked for */
    bool decimal_comma; /* numbers come with a decimal comma */
    bool progress, no_progress;
    uint64_t threads; /* how many to use; 0: one a core, at most 8 */
};

struct option_program {
    const char *usage;             /* behind "usage: NAME " */
    const char *purpose;           /* one sentence */
    const struct option_row *rows; /* of this program, before the common ones */
    struct common *common;
};

/* Reads the command line into the targets. Returns the index of the first FILE
 * in argv, which it reorders. --help and --version print and exit 0. */
int option_parse(const struct option_program *program, int argc, char **argv);

#endif
