/*
 * text: a buffer that blocks of bytes are put into, and lines are taken from.
 *
 *     bytes      at             block              end    block + TEXT_BLOCK
 *     |  TEXT_HEAD   |  start   |  the block       |      |  TEXT_TAIL  |
 *
 * [at, end) is what no line has been made of yet. A block goes to a fixed place, the
 * start of a page, and the start of a line that the last block cut is put before it. So
 * a line is in one piece and only cut lines are copied; and where source and target lie
 * a few bytes apart in their pages, copying by the processor's string instruction, which
 * read() does, was seen to be five times slower.
 *
 * A line longer than TEXT_HEAD stays where it is and blocks are put behind it, until less
 * than a block is free: then it moves to the front, if that is as long as the line, else
 * the buffer is doubled. So a line of length L costs a buffer of about 2 L, and each of its
 * bytes is moved a bounded number of times. Behind a block there is room for TEXT_TAIL, the
 * rest of the line that it cuts.
 */
#ifndef JF_TEXT_H
#define JF_TEXT_H

#include <stddef.h>

/* TEXT_PAD line ends lie behind the unread bytes, so that who looks for one may run past
 * the end (see scan.h). */
enum { TEXT_BLOCK = 256 * 1024, TEXT_HEAD = 64 * 1024, TEXT_TAIL = 16 * 1024, TEXT_PAD = 64 };

struct text {
    char *bytes;
    size_t at, end;
    size_t room;  /* how many bytes there may be */
    size_t block; /* where blocks are put */
};

/* A buffer for a block, empty; one that is there is kept. */
void text_begin(struct text *text);

/* Room for so many bytes behind `end`, at most a block; moves what is unread. */
void text_make_room(struct text *text, size_t length);

/* Sets the end, and the line ends behind it. */
void text_set_end(struct text *text, size_t end);

/* An empty text takes what is unread in another from `from` on, before its block. */
void text_take(struct text *text, const struct text *other, size_t from);

/* Puts the block of another text, of that length, behind what is unread. The two change
 * buffers, and the start of a line is copied; where that is long, the block is copied. */
void text_add_block(struct text *text, struct text *other, size_t length);

void text_free(struct text *text);

#endif
