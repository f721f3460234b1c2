/*
 * text: a buffer that blocks of bytes are put into and lines are taken from.
 *
 *     bytes      at             block              end    block + TEXT_BLOCK
 *     |  TEXT_HEAD   |  start   |  the block       |      |  TEXT_TAIL  |
 *
 * [at, end) is unread: no line has been made of it yet. A block goes to a fixed place, and
 * the start of a line that the last block cut is put before it. So a line is in one piece,
 * and only cut lines are copied. The place is the start of a page: read() copies by the
 * processor's string instruction, which was seen to be five times slower where source and
 * target lie a few bytes apart in their pages.
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

/* TEXT_PAD line ends lie behind the unread bytes, so that a search for one needs no end
 * (see scan.h). */
enum { TEXT_BLOCK = 256 * 1024, TEXT_HEAD = 64 * 1024, TEXT_TAIL = 16 * 1024, TEXT_PAD = 64 };

struct text {
    char *bytes;
    size_t at, end;
    size_t room;  /* bytes of the buffer, without the pad */
    size_t block; /* where blocks are put */
};

/* Makes a text empty, with room for a block; a zeroed text gets a buffer, another keeps its. */
void text_begin(struct text *text);

/* Makes room for so many bytes behind `end`, at most a block; moves what is unread. */
void text_make_room(struct text *text, size_t length);

/* Sets `end`, and the line ends behind it. */
void text_set_end(struct text *text, size_t end);

/* Copies what is unread in another text from `from` on into an empty one, before its block. */
void text_take(struct text *text, const struct text *other, size_t from);

/* Puts the block of another text, of that length, behind what is unread. The two change
 * buffers, and the start of a line is copied; where that is long, the block is copied. */
void text_add_block(struct text *text, struct text *other, size_t length);

void text_free(struct text *text);

#endif
