/*
 * slice: a run of bytes that somebody else owns.
 *
 * Names, cells and lines are slices of a read buffer: bytes, never characters,
 * not ended by NUL, good for as long as their owner says.
 */
#ifndef JF_SLICE_H
#define JF_SLICE_H

#include <stdbool.h>
#include <stddef.h>

struct slice {
    const char *bytes; /* never NULL where length > 0 */
    size_t length;
};

/* The bytes of a C string, without its NUL. */
struct slice slice_of(const char *text);

/* Same bytes. */
bool slice_equal(struct slice a, struct slice b);

/* Same bytes, where A to Z and a to z are one; other bytes count as they are. */
bool slice_equal_nocase(struct slice a, struct slice b);

/* Bytewise order, as `LC_ALL=C sort`: below, at or above 0. */
int slice_compare(struct slice a, struct slice b);

/* The part of `text` before the first `mark`; `text` becomes what follows it,
 * or empty with bytes NULL where there was no mark. */
struct slice slice_cut(struct slice *text, char mark);

/* A byte as the lower-case ASCII letter it stands for; others unchanged. */
char slice_lower(char byte);

#endif
