/*
 * descriptor: names of descriptors that are open already; links; waiting.
 *
 * /dev/stdin, /dev/stdout, /dev/stderr, /dev/fd/N and /proc/self/fd/N, and links that lead there,
 * are the open descriptors themselves. Opened anew by name, as Linux would do it, a file would be
 * read and written from its start, whatever others have read and written there before.
 */
#ifndef JF_DESCRIPTOR_H
#define JF_DESCRIPTOR_H

#include <stdbool.h>
#include <stddef.h>

enum { DESCRIPTOR_NONE = -1 };

/* How much of the path is its folder, with the slash. */
size_t descriptor_folder(const char *path);

/* The descriptor that the path names, or DESCRIPTOR_NONE; a dash is `standard`. */
int descriptor_of(const char *path, int standard);

/* It is wrong usage if the descriptor, which is called `name`, is not open for reading or writing.
 * To be asked before a program opens files, which get the numbers of those that are not. */
void descriptor_check(int descriptor, const char *name, bool writes);

/* A double of the descriptor: its place in the file is that of the other. */
int descriptor_double(int descriptor, const char *name);

/* The path behind the links that stand at the end of this one, whether a file is there or not;
 * for free(). NULL, with errno set, where they go in a circle. */
char *descriptor_follow(const char *path);

/* After a read or write has failed, by errno: true where it is to be tried again, since a signal
 * came, or the descriptor does not block and now is as poll's `events` say. */
bool descriptor_wait(int descriptor, short events);

#endif
