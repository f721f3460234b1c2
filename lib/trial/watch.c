/*
 * The pairs that come first
 * -------------------------
 * All that is known of a row is the hash of its key and that of its person, and pairs are in
 * order of these. A sample holds each pair that comes to it, until there are more than `most`:
 * then it is cut to the `least` that come first, and from then on no pair behind the last of
 * these is let in; when it is full again it is cut again.
 *
 * So at any time it holds each pair that has come and is not behind its cut, and if there was
 * a cut, at least `least` of them. At the end it is cut once more, if ever. Then it holds the
 * `least` first of all pairs that came: they are not behind the last cut, nor behind any before
 * it, as cuts only move forward; so they were let in whenever they came and never thrown out.
 * There was a cut exactly if there were more than `most` different pairs, as until the first
 * one all are held. Each of the pairs that is held at the end has met each of its rows, so that
 * its mark "twice" is right. All this is said of sets: the order of rows, and how threads take
 * turns, does not matter. A thread that knows an older cut only sends more than is let in.
 *
 * Order is by key first, so that few keys are watched at all: of a row of any other key the
 * hash of its person is never taken, and that it is of another key is one bit beside its
 * number. A key's hash has 62 bits in the order; the other 64 are mixed with the person's, so
 * that two keys of one hash do not make one pair of a person.
 *
 * Neighbours are a second sample, of pairs that were seen twice. A thread compares rows within
 * its pieces of the stream, the owner those at the seams.
 */
#include "trial/watch.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/heap.h"
#include "base/map.h"
#include "base/message.h"

enum { NEIGHBOURS_MOST = 4096, NEIGHBOURS_LEAST = 1024, SLOTS_FIRST = 2048 };
_Static_assert(2 * WATCH_MOST == 64 * SLOTS_FIRST && 2 * NEIGHBOURS_MOST == 4 * SLOTS_FIRST,
               "a table that grows fourfold ends at two slots for each pair");

static const uint64_t twice = 1, used = 2; /* bits of a pair's key: `used` is always set */

/* Below, at or above 0 as a comes before, is, or comes after b. */
static int order(const struct watch_pair *a, const struct watch_pair *b)
{
    uint64_t one = a->key | twice, other = b->key | twice;
    if (one != other)
        return one < other ? -1 : 1;
    if (a->high != b->high)
        return a->high < b->high ? -1 : 1;
    return (a->low > b->low) - (a->low < b->low);
}

/* Where the slot of a pair is looked for. A slot is not written, so it may follow from what nobody
 * can tell beforehand: no ids can be chosen that meet there (Dietzfelbinger and others 1997: times
 * an odd number at random, the upper bits). */
static size_t home_of(const struct watch_sample *s, const struct watch_pair *pair)
{
    return (size_t)((pair->low * s->odd) >> 40) & s->last_slot;
}

/* The slot of a pair, or the empty one where it would go. */
static uint32_t *slot_of(const struct watch_sample *s, const struct watch_pair *pair)
{
    size_t at = home_of(s, pair);
    while (s->slots[at] != 0 && order(&s->pairs[s->slots[at] - 1], pair) != 0)
        at = (at + 1) & s->last_slot;
    return &s->slots[at];
}

/* A table of so many slots, in which each pair has its own. */
static void lay_slots(struct watch_sample *s, size_t slots)
{
    s->last_slot = slots - 1;
    memset(s->slots, 0, slots * sizeof *s->slots);
    for (size_t i = 0; i < s->count; i++)
        *slot_of(s, &s->pairs[i]) = (uint32_t)i + 1;
}

/* All memory is taken here, as who has the lock must not fail; it is touched as it is used. */
static void sample_open(struct watch_sample *s, size_t most, size_t least)
{
    *s = (struct watch_sample){.most = most, .least = least, .odd = map_seed() | 1};
    s->pairs = heap_pages((most + 1) * sizeof *s->pairs);
    s->slots = heap_pages(2 * most * sizeof *s->slots);
    lay_slots(s, SLOTS_FIRST);
}

static void sample_close(struct watch_sample *s)
{
    free(s->pairs);
    free(s->slots);
}

void watch_open(struct watch *w)
{
    *w = (struct watch){0};
    relay_lock_open(&w->lock);
    sample_open(&w->all, WATCH_MOST, WATCH_LEAST);
    sample_open(&w->neighbours, NEIGHBOURS_MOST, NEIGHBOURS_LEAST);
}

void watch_close(struct watch *w)
{
    relay_lock_close(&w->lock);
    sample_close(&w->all);
    sample_close(&w->neighbours);
    free(w->twice);
}

static void swap(struct watch_pair *a, struct watch_pair *b)
{
    struct watch_pair other = *a;
    *a = *b;
    *b = other;
}

/* Puts the `least` first of `count` pairs in front, the last of these behind the others
 * (Hoare 1961, algorithm 65: find). */
static void select_first(struct watch_pair *pairs, size_t count, size_t least)
{
    ptrdiff_t from = 0, to = (ptrdiff_t)count - 1, at = (ptrdiff_t)least - 1;
    while (from < to) {
        struct watch_pair middle = pairs[from + (to - from) / 2];
        ptrdiff_t low = from, high = to;
        while (low <= high) {
            while (order(&pairs[low], &middle) < 0)
                low++;
            while (order(&pairs[high], &middle) > 0)
                high--;
            if (low <= high)
                swap(&pairs[low++], &pairs[high--]);
        }
        if (at > high && at < low)
            return;
        if (at <= high)
            to = high;
        else
            from = low;
    }
}

static void sample_cut(struct watch_sample *s)
{
    if (s->count > s->least)
        select_first(s->pairs, s->count, s->least);
    s->cut = true;
    s->count = s->least;
    s->last = s->pairs[s->least - 1];
    lay_slots(s, s->last_slot + 1);
}

static void sample_add(struct watch_sample *s, const struct watch_pair *pair)
{
    if (s->cut && order(pair, &s->last) > 0)
        return;
    uint32_t *slot = slot_of(s, pair);
    if (*slot != 0) {
        s->pairs[*slot - 1].key |= twice;
        return;
    }
    s->pairs[s->count++] = *pair;
    *slot = (uint32_t)s->count;
    if (s->count > s->most)
        sample_cut(s);
    else if (2 * s->count > s->last_slot + 1)
        lay_slots(s, 4 * (s->last_slot + 1));
}

static struct watch_key key_of(struct slice name)
{
    struct map_digest digest = map_digest(name);
    return (struct watch_key){(digest.high | used) & ~twice, digest.low};
}

static struct watch_pair pair_with(struct watch_key key, struct map_digest person)
{
    return (struct watch_pair){key.hash & ~twice, person.high, person.low ^ key.more};
}

static struct watch_pair pair_of(struct watch_key key, struct slice id)
{
    return pair_with(key, map_digest(id));
}

/* The digest of an id, which may be that of the row before. */
static struct map_digest person_of(struct watch_part *part, struct slice id)
{
    if (id.length == 0 || id.length > WATCH_ID)
        return map_digest(id);
    if (!slice_equal(id, (struct slice){part->hashed, part->hashed_length})) {
        part->person = map_digest(id);
        part->hashed_length = id.length;
        memcpy(part->hashed, id.bytes, id.length);
    }
    return part->person;
}

/* The keys that are watched still. */
static void mark_keys(struct watch_part *part, size_t from)
{
    for (size_t i = from; i < part->count; i++) {
        uint64_t hash = part->keys[i].hash & ~twice;
        part->keys[i].hash = hash | (!part->cut || hash <= part->cut_at.key);
    }
}

void watch_begin(struct watch_part *part, struct watch *w)
{
    part->watch = w;
}

void watch_add_key(struct watch_part *part, struct slice key)
{
    part->keys = heap_grow(part->keys, &part->room, part->count + 1, sizeof *part->keys);
    part->keys[part->count++] = key_of(key);
    mark_keys(part, part->count - 1);
}

/* Sends the pairs that have come to the sample of all: many at a time, as threads that wait
 * for the lock are put to sleep, and with all slots asked for before the first is read. */
static void send_batch(struct watch_part *part)
{
    struct watch *w = part->watch;
    relay_lock_take(&w->lock);
    for (size_t i = 0; i < part->batched; i++)
        __builtin_prefetch(&w->all.slots[home_of(&w->all, &part->batch[i])]);
    for (size_t i = 0; i < part->batched; i++)
        sample_add(&w->all, &part->batch[i]);
    bool cut = w->all.cut;
    struct watch_pair last = w->all.last;
    relay_lock_give(&w->lock);
    part->batched = 0;
    if (!cut || (part->cut && order(&last, &part->cut_at) == 0))
        return;
    part->cut = true;
    part->cut_at = last;
    part->cut_at.key &= ~twice;
    mark_keys(part, 0);
}

static void see_person(struct watch_part *part, size_t number, struct slice id)
{
    struct watch_pair pair = pair_with(part->keys[number], person_of(part, id));
    if (part->cut && order(&pair, &part->cut_at) > 0)
        return;
    part->batch[part->batched++] = pair;
    if (part->batched == WATCH_BATCH)
        send_batch(part);
}

static void add_neighbours(struct watch *w, struct watch_pair pair)
{
    pair.key |= twice;
    relay_lock_take(&w->lock);
    sample_add(&w->neighbours, &pair);
    relay_lock_give(&w->lock);
}

static bool ends_cell(const char *at)
{
    return *at == '\t' || *at == '\n' || (*at == '\r' && at[1] == '\n');
}

/* Whether it is the last row's id. (No id has what ends one, so nothing behind that is read.) */
static bool is_last(const struct watch_part *part, struct slice id)
{
    for (size_t i = 0; i < id.length; i++)
        if (part->id[i] != id.bytes[i])
            return false;
    return ends_cell(part->id + id.length);
}

void watch_look(struct watch_part *part, size_t number, struct slice id)
{
    const struct watch_key *key = &part->keys[number];
    bool repeats = (key->hash ^ part->hash) <= 1 && key->more == part->keys[part->last].more;
    if (repeats && is_last(part, id))
        add_neighbours(part->watch, pair_of(*key, id));
    if (key->hash & 1)
        see_person(part, number, id);
}

void watch_hold(struct watch_part *part)
{
    size_t length = 0;
    if (part->hash == 0 || part->id == part->held)
        return;
    while (!ends_cell(part->id + length))
        length++;
    part->held = heap_grow(part->held, &part->held_room, length + WATCH_FRONT, 1);
    memcpy(part->held, part->id, length);
    memset(part->held + length, '\n', WATCH_FRONT);
    part->id = part->held;
}

void watch_cut(struct watch_part *part)
{
    part->hash = 0;
}

void watch_seam(struct watch *w, struct slice key, struct slice id, bool first)
{
    struct watch_pair pair = pair_of(key_of(key), id);
    if (!first)
        w->before = pair;
    else if (order(&pair, &w->before) == 0)
        add_neighbours(w, pair);
}

void watch_end(struct watch_part *part)
{
    if (part->batched > 0)
        send_batch(part);
}

void watch_drop(struct watch_part *part)
{
    free(part->keys);
    free(part->held);
}

static int by_order(const void *a, const void *b)
{
    return order(a, b);
}

static int by_person(const void *a, const void *b)
{
    const struct watch_pair *one = a, *other = b;
    return (one->high > other->high) - (one->high < other->high);
}

/* Takes the pairs of a sample that were seen twice, but for those that are in `other`. */
static void take_twice(struct watch *w, const struct watch_sample *s,
                       const struct watch_sample *other)
{
    for (size_t i = 0; i < s->count; i++) {
        const struct watch_pair *pair = &s->pairs[i];
        if ((pair->key & twice) && (other == NULL || *slot_of(other, pair) == 0))
            w->twice[w->twice_count++] = *pair;
    }
}

static bool any_twice(const struct watch_sample *s)
{
    uint64_t bits = 0;
    for (size_t i = 0; i < s->count; i++)
        bits |= s->pairs[i].key;
    return bits & twice;
}

bool watch_found(struct watch *w)
{
    if (w->neighbours.count == 0 && !any_twice(&w->all))
        return false;
    if (w->all.cut)
        sample_cut(&w->all);
    if (w->neighbours.cut)
        sample_cut(&w->neighbours);
    w->twice = heap_take(w->all.count + w->neighbours.count, sizeof *w->twice);
    take_twice(w, &w->all, NULL);
    take_twice(w, &w->neighbours, &w->all);
    qsort(w->twice, w->twice_count, sizeof *w->twice, by_person);
    for (size_t i = 0; i < w->twice_count; i++)
        w->persons += i == 0 || w->twice[i].high != w->twice[i - 1].high;
    qsort(w->twice, w->twice_count, sizeof *w->twice, by_order);
    return w->twice_count > 0;
}

/* How many of the pairs that were seen twice are of keys before that hash. */
static size_t count_before(const struct watch *w, uint64_t hash)
{
    size_t from = 0, to = w->twice_count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if ((w->twice[middle].key & ~twice) < hash)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

void watch_name(struct watch *w, struct slice key)
{
    uint64_t hash = key_of(key).hash;
    if (count_before(w, hash) == count_before(w, hash + 1))
        return;
    if (w->keys++ == 0)
        w->first = key;
}

void watch_fail(const struct watch *w, const char *first, const char *advice)
{
    char others[64] = "";
    if (w->keys > 1)
        snprintf(others, sizeof others, " and %zu other key%s", w->keys - 1,
                 w->keys == 2 ? "" : "s");
    fail("%s%s%sat least %llu person%s twice; %s", first, others, first[0] != '\0' ? ": " : "",
         (unsigned long long)w->persons, w->persons == 1 ? " stands" : "s stand", advice);
}
