#include "base/map.h"

#include <stdlib.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/message.h"

uint64_t map_hash(struct slice key)
{
    return XXH3_64bits(key.bytes, key.length);
}

struct map_digest map_digest(struct slice key)
{
    XXH128_hash_t hash = XXH3_128bits(key.bytes, key.length);
    return (struct map_digest){hash.high64, hash.low64};
}

/* Where a chosen set of keys falls nobody can tell beforehand, so that no file makes a map slow.
 * Where the system has nothing random to give, the time and a place in memory must do. */
uint64_t map_seed(void)
{
    uint64_t seed[2] = {0};
#ifdef GRND_NONBLOCK
    if (getrandom(seed, sizeof seed[0], GRND_NONBLOCK) == sizeof seed[0])
        return seed[0];
#endif
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    seed[0] = (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
    seed[1] = (uint64_t)(uintptr_t)&now ^ (uint64_t)getpid();
    return XXH3_64bits(seed, sizeof seed);
}

static uint64_t seeded(const struct map *map, struct slice key)
{
    return XXH3_64bits_withSeed(key.bytes, key.length, map->seed);
}

/* The slot that holds the key, or the empty one where it would go. */
static size_t map_slot(const struct map *map, struct slice key, uint64_t hash)
{
    size_t mask = map->slot_count - 1;
    size_t slot = (size_t)hash & mask;
    for (; map->slots[slot] != 0; slot = (slot + 1) & mask) {
        size_t number = map->slots[slot] - 1;
        if (map->hashes[number] == (uint32_t)(hash >> 32) && slice_equal(map->keys[number], key))
            break;
    }
    return slot;
}

size_t map_find(const struct map *map, struct slice key)
{
    if (map->count == 0)
        return MAP_NONE;
    size_t slot = map_slot(map, key, seeded(map, key));
    return map->slots[slot] == 0 ? MAP_NONE : map->slots[slot] - 1;
}

static void map_widen(struct map *map)
{
    free(map->slots);
    if (map->slot_count == 0)
        map->seed = map_seed();
    map->slot_count = map->slot_count == 0 ? 64 : 2 * map->slot_count;
    map->slots = heap_take(map->slot_count, sizeof *map->slots);
    for (size_t i = 0; i < map->count; i++)
        map->slots[map_slot(map, map->keys[i], seeded(map, map->keys[i]))] = (uint32_t)(i + 1);
}

bool map_add(struct map *map, struct slice key, size_t *number)
{
    if (map->count >= map->slot_count / 4 * 3)
        map_widen(map);
    uint64_t hash = seeded(map, key);
    size_t slot = map_slot(map, key, hash);
    bool fresh = map->slots[slot] == 0;
    *number = fresh ? map->count : map->slots[slot] - 1;
    if (!fresh)
        return false;
    if (map->count >= UINT32_MAX - 1)
        fail("more than %zu different keys", map->count);
    map->keys = heap_grow(map->keys, &map->keys_room, map->count + 1, sizeof *map->keys);
    map->hashes = heap_grow(map->hashes, &map->hashes_room, map->count + 1, sizeof *map->hashes);
    map->keys[map->count] = arena_keep(&map->bytes, key);
    map->hashes[map->count] = (uint32_t)(hash >> 32);
    map->slots[slot] = (uint32_t)++map->count;
    return true;
}

/* qsort passes no context along, so what is sorted brings its key with it. */
struct ordered {
    struct slice key;
    size_t number;
};

static int by_key(const void *a, const void *b)
{
    return slice_compare(((const struct ordered *)a)->key, ((const struct ordered *)b)->key);
}

size_t *map_order(const struct map *map)
{
    struct ordered *ordered = heap_take(map->count, sizeof *ordered);
    size_t *order = heap_take(map->count, sizeof *order);
    for (size_t i = 0; i < map->count; i++)
        ordered[i] = (struct ordered){map->keys[i], i};
    qsort(ordered, map->count, sizeof *ordered, by_key);
    for (size_t i = 0; i < map->count; i++)
        order[i] = ordered[i].number;
    free(ordered);
    return order;
}

void map_free(struct map *map)
{
    free(map->keys);
    free(map->hashes);
    free(map->slots);
    arena_free(&map->bytes);
    *map = (struct map){0};
}
