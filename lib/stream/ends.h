/*
 * ends: the files at both ends of a run, none of which may be eaten.
 *
 * A program tells what it reads and writes before it opens any of it, inputs first. Regular files
 * are compared by what they are (device and inode), under whatever names; one that is not there
 * yet by its folder and its name, behind all links. Wrong usage is:
 *
 *     two outputs that are one file, but for two descriptors
 *     an output by path that is the file where stdout or stderr goes
 *     an output that is a list (of persons, or the like) which is read
 *     a descriptor that is written, where an input is the same file
 *     an output by path that is an input, but for -o: it takes the input's place when all is read,
 *     unless the input is shared: others read their parts of it
 *     one file twice among the FILEs; one descriptor for two inputs
 *
 * Devices are not compared. A named descriptor that is not open is told here, since a file
 * that is opened later may get its number.
 */
#ifndef JF_ENDS_H
#define JF_ENDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/map.h"

/* A zeroed struct has no ends yet. */
struct ends {
    struct map files;    /* by identity */
    struct known *known; /* by number in it */
    size_t room;
    bool shared; /* a part of each FILE is read */
};

/* Knows stdout and stderr, and lets as many files be open as may be. */
void ends_begin(struct ends *ends);

/* An input beside the FILEs, which that option names. */
void ends_list(struct ends *ends, const char *option, const char *path);

/* The FILEs; stdin where there are none. */
void ends_files(struct ends *ends, char *const files[], size_t count);

/* An output. A path that is NULL is stdout for -o, and none for other options. */
void ends_output(struct ends *ends, const char *option, const char *path);

/* The same for one of many, whose path may show an id: instead of a message it returns what the
 * path is too, for one, or NULL where all is well. */
const char *ends_clash(struct ends *ends, const char *option, const char *path);

/* All of that for a program with one output, and perhaps a list (its path NULL: none). */
void ends_check(const char *output, char *const files[], size_t count, const char *option,
                const char *list);
void ends_check_shared(bool shared, const char *output, char *const files[], size_t count,
                       const char *option, const char *list);

void ends_free(struct ends *ends);

#endif
