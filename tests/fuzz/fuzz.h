/*
 * fuzz: rooms and programs on any bytes, in one process.
 *
 * A harness is a file beside this one with the entry that libFuzzer calls. It runs
 * what it tries by fuzz_run, and says by fuzz_check what must hold. Nothing of a run is
 * left for the next: memory, descriptors and messages' state are taken back, so that a
 * failure, which leaves the program, is an outcome like another.
 *
 * `make fuzz` links the harnesses with libFuzzer, `make check` with replay.c.
 */
#ifndef JF_FUZZ_H
#define JF_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Where the property does not hold: says so with the last run's message, and aborts. */
void fuzz_check(bool holds, const char *property);

/* What a run came to. The bytes are good until the next run. */
struct fuzz_outcome {
    int status;        /* what it returned, or left with */
    struct slice out;  /* on stdout */
    struct slice said; /* on stderr */
};

/* Runs `body` in a directory of its own, where files of earlier runs may lie. */
struct fuzz_outcome fuzz_run(int (*body)(void *context), void *context);

/* That directory. */
int fuzz_directory(void);

/* A number that stands for the outcomes of all runs since the last call. */
uint64_t fuzz_trace(void);

/* The bytes as a file, one of FUZZ_FILES; returns its path. */
enum { FUZZ_FILES = 5 };
char *fuzz_file(unsigned number, struct slice bytes);

/* The bytes as standard input: a file that can be read again, or a pipe, which holds
 * FUZZ_PIPE of them at most. */
enum { FUZZ_PIPE = 60000 };
void fuzz_stdin(struct slice bytes);
void fuzz_stdin_pipe(struct slice bytes);

/* From now on a read() in a run gives at most so many bytes; 0: as many as there are. */
void fuzz_read_most(size_t bytes);

/* The text before the first `mark`, which `rest` becomes what follows; all of it, and
 * then nothing with bytes NULL, where there is no mark. */
struct slice fuzz_cut(struct slice *rest, const char *mark);

/* A number of 64 bits that the bytes decide (FNV-1a), on from `from`, at first 0. */
uint64_t fuzz_hash(uint64_t from, const void *bytes, size_t length);

#endif
