/*
 * slice: a run of bytes that somebody else owns.
 *
 * Names, cells and lines are slices of a read buffer: bytes, never characters,
 * not ended by NUL, good for as long as their owner says.
 */
#ifndef JF_SLICE_H
#define JF_SLICE_H

#if !defined(__SIZEOF_INT128__)
#error "jf is for 64-bit systems: sums need integers of 128 bits, which this compiler does not have"
#endif

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct slice {
    const char *bytes; /* never NULL where length > 0 */
    size_t length;
};

/* The bytes of a C string, without its NUL. */
struct slice slice_of(const char *text);

/*
 * The same `length` bytes at both places. Keys and labels are short: up to 16
 * bytes are compared as two words that may overlap, without a call or a loop. Inline,
 * with slice_equal, as every row of a stream is compared with the one before.
 */
static inline bool slice_same(const char *a, const char *b, size_t length)
{
    uint64_t a_front, a_back, b_front, b_back;
    uint32_t a_first, a_last, b_first, b_last;
    if (length > 16)
        return memcmp(a, b, length) == 0;
    if (length >= 8) {
        memcpy(&a_front, a, 8);
        memcpy(&b_front, b, 8);
        memcpy(&a_back, a + length - 8, 8);
        memcpy(&b_back, b + length - 8, 8);
        return ((a_front ^ b_front) | (a_back ^ b_back)) == 0;
    }
    if (length >= 4) {
        memcpy(&a_first, a, 4);
        memcpy(&b_first, b, 4);
        memcpy(&a_last, a + length - 4, 4);
        memcpy(&b_last, b + length - 4, 4);
        return ((a_first ^ b_first) | (a_last ^ b_last)) == 0;
    }
    size_t middle = length / 2, last = length - 1; /* of up to three bytes these are all */
    return length == 0 || ((a[0] ^ b[0]) | (a[middle] ^ b[middle]) | (a[last] ^ b[last])) == 0;
}

/* Same bytes. */
static inline bool slice_equal(struct slice a, struct slice b)
{
    return a.length == b.length && slice_same(a.bytes, b.bytes, a.length);
}

/* Same bytes, where A to Z and a to z are one; other bytes count as they are. */
bool slice_equal_nocase(struct slice a, struct slice b);

/* Copies `length` bytes in blocks of SLICE_BLOCK, so that as many bytes behind both
 * must be there to be read and written over. Returns the end of the copy. */
enum { SLICE_BLOCK = 16 };
static inline char *slice_put(char *at, const char *from, size_t length)
{
    for (size_t i = 0; i < length; i += SLICE_BLOCK)
        memcpy(at + i, from + i, SLICE_BLOCK);
    return at + length;
}

/* Bytewise order, as `LC_ALL=C sort`: below, at or above 0. */
int slice_compare(struct slice a, struct slice b);

/* The part of `text` before the first `mark`; `text` becomes what follows it,
 * or empty with bytes NULL where there was no mark. */
struct slice slice_cut(struct slice *text, char mark);

/* The same up to the first comma, where `\,` is a comma and `\\` a backslash. The bytes of the
 * item go to `*room`, which is put behind them; it never needs more than the text's length. */
struct slice slice_cut_item(struct slice *text, char **room);

/* The text without the blanks at its two ends: ASCII's, no-break ones (also as Latin-1's single
 * byte), and those of Unicode that have no width or another. */
struct slice slice_trim(struct slice text);

/* The bytes of the blank that the text begins with, one of those, and of the dash, ASCII's or one
 * of Unicode's; 0 where there is none. */
size_t slice_blank(struct slice text);
size_t slice_dash(struct slice text);

/* The text as a whole number of at most 18 digits; false where it is none. */
bool slice_whole(struct slice text, uint64_t *number);

/* A byte as the lower-case ASCII letter it stands for; others unchanged. */
char slice_lower(char byte);

#endif
