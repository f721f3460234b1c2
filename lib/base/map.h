/*
 * map: byte strings to numbers 0, 1, 2, ... in order of first appearance.
 *
 * Records live with the caller, in an array indexed by that number. Hashed by
 * XXH3 (64 bits), compared in full, so no two keys are ever confused. The seed is another in
 * each run, so that no file can be made whose keys meet in one slot; numbers do not depend on it.
 * Holds the bytes of the keys and some 30 bytes for each.
 */
#ifndef JF_MAP_H
#define JF_MAP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/heap.h"
#include "base/slice.h"

#define MAP_NONE SIZE_MAX

struct map {
    struct slice *keys; /* by number; the bytes are the map's own copy */
    uint32_t *hashes;   /* the upper half of each key's hash */
    size_t count;
    size_t keys_room, hashes_room;
    uint32_t *slots; /* number + 1, or 0; open addressing, a power of two */
    size_t slot_count;
    uint64_t seed; /* of the hash */
    struct arena bytes;
};

/* A zeroed struct map is an empty map. */

/* The key's number, or MAP_NONE. */
size_t map_find(const struct map *map, struct slice key);

/* The key's number, added if it is new; true then, and the number is that of the last key.
 * At most 2^32 - 2 keys; one more ends the program. */
bool map_add(struct map *map, struct slice key, size_t *number);

/* The keys' numbers in bytewise order of the keys; the caller frees. */
size_t *map_order(const struct map *map);

void map_free(struct map *map);

/* A number that nobody can tell beforehand, for what is hashed and never written. */
uint64_t map_seed(void);

/* XXH3 of the bytes: 64 bits, seed 0, the same on every machine; and of 128 bits. */
uint64_t map_hash(struct slice key);
struct map_digest {
    uint64_t high, low;
};
struct map_digest map_digest(struct slice key);

#endif
