/*
 * heap: memory or the end.
 *
 * Nobody checks for NULL: a request that cannot be met ends the program with
 * a message. Sizes are checked for overflow here, once.
 */
#ifndef JF_HEAP_H
#define JF_HEAP_H

#include <stddef.h>

#include "base/slice.h"

enum { HEAP_PAGE = 4096 };

/* `count` zeroed objects of `size` bytes; free() gives them back. */
void *heap_take(size_t count, size_t size);

/*
 * Room for at least `need` objects of `size` bytes: returns `old` (NULL at
 * first) where `*room` suffices, else a larger block with the old content,
 * doubling, so that growing one by one costs little. The rest is not zeroed.
 */
void *heap_grow(void *old, size_t *room, size_t need, size_t size);

/* `bytes` bytes that begin a page, not zeroed; free() gives them back. Reads and
 * large copies between places that lie alike in their pages are fast; where the
 * target lies a few bytes further, some processors are five times slower. */
void *heap_pages(size_t bytes);

/* The same as heap_take, in lines of the cache that hold nothing else: for what one of
 * several threads writes all the time. Two that write to one line wait for each other. */
enum { HEAP_LINE = 128 };
void *heap_apart(size_t count, size_t size);

/*
 * An arena: many small objects that go together. Memory is handed out from
 * blocks and given back all at once. A zeroed struct is an empty arena.
 */
struct arena {
    struct arena_block *blocks; /* newest first */
    size_t used;                /* bytes of the newest block handed out */
};

/* `size` bytes, aligned for any object, not zeroed. */
void *arena_take(struct arena *arena, size_t size);

/* The arena's own copy of the bytes. */
struct slice arena_keep(struct arena *arena, struct slice bytes);

/* Takes everything back, keeps one block for the next round. */
void arena_reset(struct arena *arena);
void arena_free(struct arena *arena);

#endif
