#include "base/heap.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/message.h"

enum { BLOCK_BYTES = 64 * 1024 };

struct arena_block {
    struct arena_block *older;
    size_t room;
    alignas(max_align_t) char bytes[];
};

void *heap_take(size_t count, size_t size)
{
    void *block = calloc(count > 0 ? count : 1, size);
    if (block == NULL)
        fail_memory(count, size);
    return block;
}

void *heap_grow(void *old, size_t *room, size_t need, size_t size)
{
    if (need <= *room)
        return old;
    size_t wanted = *room > SIZE_MAX / 2 || 2 * *room < need ? need : 2 * *room;
    void *block = wanted > SIZE_MAX / size ? NULL : realloc(old, wanted * size);
    if (block == NULL)
        fail_memory(wanted, size);
    *room = wanted;
    return block;
}

void *heap_pages(size_t bytes)
{
    size_t pages = bytes / HEAP_PAGE + 1;
    void *block = pages > SIZE_MAX / HEAP_PAGE ? NULL : aligned_alloc(HEAP_PAGE, pages * HEAP_PAGE);
    if (block == NULL)
        fail_memory(bytes, 1);
    return block;
}

void *heap_apart(size_t count, size_t size)
{
    if (count > (SIZE_MAX - HEAP_LINE) / size)
        fail_memory(count, size);
    size_t lines = count * size / HEAP_LINE + 1;
    void *block = aligned_alloc(HEAP_LINE, lines * HEAP_LINE);
    if (block == NULL)
        fail_memory(count, size);
    memset(block, 0, lines * HEAP_LINE);
    return block;
}

void *arena_take(struct arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2)
        fail_memory(size, 1);
    size_t need = (size + alignof(max_align_t) - 1) / alignof(max_align_t) * alignof(max_align_t);
    if (arena->blocks == NULL || arena->blocks->room - arena->used < need) {
        size_t room = need > BLOCK_BYTES ? need : BLOCK_BYTES;
        struct arena_block *block = malloc(sizeof *block + room);
        if (block == NULL)
            fail_memory(room, 1);
        block->older = arena->blocks;
        block->room = room;
        arena->blocks = block;
        arena->used = 0;
    }
    void *taken = arena->blocks->bytes + arena->used;
    arena->used += need;
    return taken;
}

struct slice arena_keep(struct arena *arena, struct slice bytes)
{
    char *own = arena_take(arena, bytes.length);
    if (bytes.length > 0)
        memcpy(own, bytes.bytes, bytes.length);
    return (struct slice){own, bytes.length};
}

void arena_reset(struct arena *arena)
{
    arena->used = 0;
    while (arena->blocks != NULL && arena->blocks->older != NULL) {
        struct arena_block *block = arena->blocks;
        arena->blocks = block->older;
        free(block);
    }
}

void arena_free(struct arena *arena)
{
    arena_reset(arena);
    free(arena->blocks);
    *arena = (struct arena){0};
}
