/*
 * program: a whole program on any bytes, and what must hold of it.
 *
 * An input is text. Its first line picks options from the harness's list, a letter an
 * option, `a` the first; the rest is the FILEs, a line %% between two. For jf-split the
 * first of them is the assignment list. Or the first line begins with an exclamation
 * mark, and what follows is, a line an argument, a command line to be parsed.
 *
 *     - exit 0: at most remarks, a line each, and what was written can be read as a table
 *     - exit 1: one message, and behind whole rows, or for a program that holds its
 *       result back behind nothing, the line #jf-error with that message
 *     - exit 2: one message and nothing written
 *     - a run that did not end well leaves no file, and none leaves a temporary one
 *     - no message shows an id: what fails is run again with a mark before each id, which a
 *       message would give away
 */
#ifndef JF_FUZZ_PROGRAM_H
#define JF_FUZZ_PROGRAM_H

#include "fuzz.h"
#include "base/option.h"

struct fuzz_program {
    int (*main)(int argc, char **argv);
    void *opt; /* its options, which it may leave changed */
    size_t opt_size;
    const struct option_program *table;
    const char *const *choices;
    size_t choice_count;
    bool listed;       /* the first file is the assignment list */
    const char *first; /* the option whose file, without ids, is the first one; NULL: none */
    bool holds_back;   /* its rows, until all is well */
    bool no_ids;       /* what it reads is of groups, whose labels a message may name */
    bool draws;        /* what it writes is no table */
};

int fuzz_program(const struct fuzz_program *program, const uint8_t *data, size_t size);

/* A harness includes its program's file with `main` defined as this, lists its choices, and
 * ends in FUZZ_PROGRAM with what is true of it: .listed = true. */
int program_main(int argc, char **argv);

#define FUZZ_PROGRAM(...)                                                                          \
    int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)                                   \
    {                                                                                              \
        static const struct fuzz_program fuzzed = {.main = program_main,                           \
                                                   .opt = &opt,                                    \
                                                   .opt_size = sizeof opt,                         \
                                                   .table = &program,                              \
                                                   .choices = choices,                             \
                                                   .choice_count =                                 \
                                                       sizeof choices / sizeof choices[0],         \
                                                   __VA_ARGS__};                                   \
        return fuzz_program(&fuzzed, data, size);                                                  \
    }

#endif
