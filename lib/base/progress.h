/*
 * progress: how far a program is in its inputs, on one line of stderr, no longer than the terminal
 * is wide. A message, or the end, takes it away first; a signal leaves it.
 */
#ifndef JF_PROGRESS_H
#define JF_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

struct progress {
    bool shown;     /* asked for, or stderr is a terminal and an input a file */
    uint64_t total; /* bytes of the regular files among the inputs; 0: unknown */
    uint64_t read;  /* bytes read so far, compressed where the file is */
    struct timespec begun, said;
};

/* Plans the line for these inputs. `always` and `never` are the two options. */
struct progress progress_begin(char *const files[], size_t count, bool always, bool never);

/* Counts bytes read, and says so four times a second. */
void progress_add(struct progress *progress, size_t bytes);

/* Takes the line away. */
void progress_end(struct progress *progress);

#endif
