/*
 * watch: the persons of a stream, each of whom may stand once in a key.
 *
 * Who counts rows as persons must know that they are. A pair is a key and a person. Two rows of
 * one pair that follow each other are always seen. Others are seen among all pairs while these
 * are WATCH_MOST at most; of more, among the WATCH_LEAST that come first by hash of the key,
 * then of the person. So a person who stands twice in one key, out of P pairs, is seen with a
 * chance of WATCH_LEAST / P; of doubles that are a share s of the pairs of each key none is
 * seen with a chance of (1 - s)^WATCH_LEAST, at most 1 in 10 million where s is a thousandth;
 * and those of a single key are seen together or not at all, as whole keys are watched.
 *
 * What is found does not depend on the order of the rows, but for neighbours, nor on threads,
 * and nobody is ever taken for somebody else (128 bits of XXH3). Some 2 MiB are held (watch.c).
 */
#ifndef JF_WATCH_H
#define JF_WATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/map.h"
#include "base/slice.h"
#include "stream/relay.h"

enum { WATCH_MOST = 65536, WATCH_LEAST = 16384 };

/* A pair: the hash of its key, of which bit 0 says that it was seen twice; the person's. */
struct watch_pair {
    uint64_t key, high, low;
};

/* The pairs that come first. */
struct watch_sample {
    struct watch_pair *pairs; /* `count`, in no order */
    uint32_t *slots;          /* a hash table, to last_slot: 1 + the number of a pair, or 0 */
    size_t count, last_slot, most, least;
    uint64_t odd; /* another in each run: see home_of */
    bool cut;     /* there were more than `most`: no pair behind the last one is held */
    struct watch_pair last;
};

/* What all threads share. */
struct watch {
    struct relay_lock lock;
    struct watch_sample all, neighbours;
    struct watch_pair before; /* the owner's: the last row of the last piece */
    struct watch_pair *twice; /* at the end: the pairs that were seen twice, in order */
    size_t twice_count;

    uint64_t persons; /* in these pairs */
    size_t keys;      /* that watch_name has found there */
    struct slice first;
};

/* A key: its hash in 128 bits; bit 0 of the first half says that it is watched. */
struct watch_key {
    uint64_t hash, more;
};

/* What a thread holds. */
enum { WATCH_BATCH = 1024, WATCH_ID = 16 };
struct watch_part {
    struct watch *watch;
    struct watch_key *keys; /* by number */
    size_t count, room;
    uint64_t hash;  /* of the last row's key; 0: it has none that this one follows */
    const char *id; /* its id, to the end of that cell; looked at only where a key repeats */
    char *held;     /* a copy of it */
    size_t held_room;
    size_t last; /* its key's number; not beside the hash, which would be stored as one with it */
    struct map_digest person; /* of the id hashed last, as rows of one may stand together */
    char hashed[WATCH_ID];
    size_t hashed_length;
    bool cut; /* what is behind this pair is not watched */
    struct watch_pair cut_at;
    struct watch_pair batch[WATCH_BATCH];
    size_t batched;
};

/* Nobody seen yet. The watch must outlive its parts. */
void watch_open(struct watch *watch);
void watch_begin(struct watch_part *part, struct watch *watch);

/* The next key of a part: of number 0, 1, 2, ... Keys of one name are one key. */
void watch_add_key(struct watch_part *part, struct slice key);

/* What watch_row does where the pair may repeat or the key is watched. */
void watch_look(struct watch_part *part, size_t number, struct slice id);

/* Whether an id of the last row's key may be that row's: most differ in the bytes at their front.
 * (As many can be read of any cell, and of `held`.) */
enum { WATCH_FRONT = 8 };
static inline bool watch_alike(const struct watch_part *part, struct slice id)
{
    return id.length < WATCH_FRONT || slice_same(id.bytes, part->id, WATCH_FRONT);
}

/* A row of that person, in the key of that number. The id is a cell in a text (a tab or a line end
 * is behind it) that stays until the next row is seen, or watch_hold. */
static inline void watch_row(struct watch_part *part, size_t number, struct slice id)
{
    uint64_t hash = part->keys[number].hash;
    if ((hash & 1) || ((hash ^ part->hash) <= 1 && watch_alike(part, id)))
        watch_look(part, number, id);
    part->hash = hash;
    part->last = number;
    part->id = id.bytes;
}

/* The text that the last row's id is in goes away. */
void watch_hold(struct watch_part *part);

/* The part's next row does not follow its last one. */
void watch_cut(struct watch_part *part);

/* The owner sees the first row of a piece of the stream, and its last one. */
void watch_seam(struct watch *watch, struct slice key, struct slice id, bool first);

/* The part has seen its last row; frees what it holds. */
void watch_end(struct watch_part *part);
void watch_drop(struct watch_part *part);

/* All parts have ended: whether somebody stands twice in a key. */
bool watch_found(struct watch *watch);

/* Then: each key of the stream, in the order in which they would be shown. */
void watch_name(struct watch *watch, struct slice key);

/* And the message. `first` is the first of those keys, as it is to be shown, or nothing where
 * all rows are of one key; `advice` is what to do. */
_Noreturn void watch_fail(const struct watch *watch, const char *first, const char *advice);

void watch_close(struct watch *watch);

#endif
