/*
 * input: the bytes of a file or a descriptor, to the end.
 *
 * A regular file is read as long as it was when it was opened: one that grows meanwhile would end
 * somewhere in a row, and one that reads its own output would never end. One that is shorter at
 * the end has lost rows, and is an error. What says that it has no bytes (as those of /proc do),
 * pipes and devices are read until no more come; one that does not block is waited for.
 */
#ifndef JF_INPUT_H
#define JF_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct input {
    const char *name; /* the path, or `stdin` */
    int fd;
    bool ours;    /* opened by its path: nobody else moves our place in it */
    off_t size;   /* of a regular file, when it was opened; 0: of none, or not known */
    off_t left;   /* bytes that are to come, where the size is known */
    bool is_less; /* and they have not */
};

/* Opens the path; `-` is stdin, and names of descriptors are these. */
void input_open(struct input *input, const char *path);

/* Puts the next bytes, at most `length`: how many they were, 0 at the end, or -1 with errno set. */
ssize_t input_read(struct input *input, void *into, size_t length);

/* Goes to byte `from` of a regular file that is ours; what comes ends before byte `to`. */
void input_part(struct input *input, off_t from, off_t to);

/* At the end: it is an error if the file is shorter than it was. */
void input_check(const struct input *input);
_Noreturn void input_fail_less(const char *name);

void input_close(struct input *input);

#endif
