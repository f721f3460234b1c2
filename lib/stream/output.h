/*
 * output: where bytes go: a file that is to be, or what is open already.
 *
 * A file is written under a temporary name in its own folder, and takes its name when all is
 * written. The temporary name (.jf- and six letters) holds nothing of the file's own, which may be
 * as long as names can be and may have an id in it. A symbolic link stays, and what it leads to is
 * written, whether it is there yet or not. What is no regular file, a pipe or a device, is written
 * in place, and so is a descriptor that is open already, whatever it leads to: behind what others
 * have written there.
 */
#ifndef JF_OUTPUT_H
#define JF_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/leave.h"

struct output {
    const char *name; /* as the user knows it */
    int fd;
    char *path;      /* the file it will be, or NULL: written in place */
    char *temporary; /* what it is called until then, or NULL */
    int descriptor;  /* that was named, or DESCRIPTOR_NONE */
};

/* Opens FILE; stdout where `path` is NULL or a dash. `name` is for messages. The guard learns of
 * a temporary file before it is there. */
void output_open(struct output *output, const char *path, const char *name, struct guard *guard);

/* How many bytes were written; fewer than `length` on a fault, with errno set. A descriptor that
 * does not block is waited for. */
size_t output_write(int fd, const char *bytes, size_t length);

/* Closing is the last write (NFS, quotas): false, with errno set, where it fails. What is written
 * in place is closed by a double of its descriptor: it stays open until the program ends, to be
 * told of a fault. */
bool output_close(struct output *output);

/* A closed file gets its name. */
void output_appear(const struct output *output);

/* Takes a temporary file away, and the descriptor; nothing here fails. */
void output_abandon(struct output *output);

void output_free(struct output *output);

#endif
