#include "trial/blocks.h"

#include <stdlib.h>

#include "base/heap.h"
#include "base/message.h"
#include "trial/twins.h"

struct blocks_stratum {
    uint64_t arrived, left; /* people, and places of the block at hand */
};

enum { BLOCK_MOST = 1000000, IDS_FIRST = 64 };

static uint64_t read_size(struct slice text, uint64_t sum)
{
    uint64_t size;
    if (!slice_whole(text, &size) || size == 0 || size > BLOCK_MOST)
        misuse("--blocks %s: a block is of a whole number of people, up to %d; give such as 4,6",
               quoted_given(text), BLOCK_MOST);
    if (size % sum != 0)
        misuse("--blocks %llu: the shares of --arms add up to %llu, and a block is a multiple of "
               "that; give such",
               (unsigned long long)size, (unsigned long long)sum);
    return size;
}

/* Puts the size in its place; the order in which they are given does not count. */
static void add_size(struct blocks *b, uint64_t size)
{
    size_t at = b->size_count++;
    for (; at > 0 && b->sizes[at - 1] > size; at--)
        b->sizes[at] = b->sizes[at - 1];
    if (at > 0 && b->sizes[at - 1] == size)
        misuse("--blocks %llu stands there twice; give each size once", (unsigned long long)size);
    b->sizes[at] = size;
}

struct blocks blocks_begin(struct slice salt, struct slice name, const struct list *sizes,
                           const struct shares *shares)
{
    struct blocks b = {.block = lot_begin_for(salt, "block", name),
                       .place = lot_begin_for(salt, "place", name),
                       .shares = shares,
                       .sizes = heap_take(sizes->count, sizeof *b.sizes)};
    for (size_t i = 0; i < sizes->count; i++)
        add_size(&b, read_size(sizes->items[i], shares->sum));
    return b;
}

/* The place of the digest, or the empty one where it would go. */
static struct map_digest *find(const struct blocks *b, struct map_digest digest)
{
    size_t at = (size_t)digest.low & (b->id_room - 1);
    while ((b->ids[at].high | b->ids[at].low) != 0 &&
           (b->ids[at].high != digest.high || b->ids[at].low != digest.low))
        at = (at + 1) & (b->id_room - 1);
    return &b->ids[at];
}

static void widen_ids(struct blocks *b)
{
    struct blocks old = *b;
    b->id_room = old.id_room == 0 ? IDS_FIRST : 2 * old.id_room;
    b->ids = heap_take(b->id_room, sizeof *b->ids);
    for (size_t i = 0; i < old.id_room; i++)
        if ((old.ids[i].high | old.ids[i].low) != 0)
            *find(b, old.ids[i]) = old.ids[i];
    free(old.ids);
}

bool blocks_meet(struct blocks *b, struct slice id)
{
    struct map_digest digest = map_digest(twins_trim(id));
    if (b->id_count >= b->id_room / 4 * 3)
        widen_ids(b);
    digest.high |= (digest.high | digest.low) == 0;
    struct map_digest *at = find(b, digest);
    bool fresh = (at->high | at->low) == 0;
    *at = digest;
    b->id_count += fresh;
    return fresh;
}

/* The stratum by its number, with nobody in it where it is new. */
static struct blocks_stratum *stratum_of(struct blocks *b, size_t stratum)
{
    size_t arms = b->shares->count;
    b->strata = heap_grow(b->strata, &b->strata_room, stratum + 1, sizeof *b->strata);
    b->left = heap_grow(b->left, &b->left_room, (stratum + 1) * arms, sizeof *b->left);
    b->counts = heap_grow(b->counts, &b->counts_room, (stratum + 1) * arms, sizeof *b->counts);
    for (; b->strata_count <= stratum; b->strata_count++) {
        b->strata[b->strata_count] = (struct blocks_stratum){0};
        memset(b->left + b->strata_count * arms, 0, arms * sizeof *b->left);
        memset(b->counts + b->strata_count * arms, 0, arms * sizeof *b->counts);
    }
    return &b->strata[stratum];
}

static void begin_block(struct blocks *b, struct blocks_stratum *stratum, uint64_t *left,
                        struct slice cells)
{
    struct lot lot = lot_of(&b->block, stratum->arrived, cells);
    stratum->left = b->sizes[lot_below(lot, b->size_count)];
    for (size_t arm = 0; arm < b->shares->count; arm++)
        left[arm] = stratum->left / b->shares->sum * b->shares->of[arm];
}

size_t blocks_next(struct blocks *b, size_t number, struct slice cells)
{
    size_t arm = 0;
    struct blocks_stratum *stratum = stratum_of(b, number);
    uint64_t *left = b->left + number * b->shares->count;
    if (stratum->left == 0)
        begin_block(b, stratum, left, cells);
    uint64_t place = lot_below(lot_of(&b->place, stratum->arrived, cells), stratum->left);
    for (; place >= left[arm]; arm++)
        place -= left[arm];
    left[arm]--;
    b->counts[number * b->shares->count + arm]++;
    stratum->left--;
    stratum->arrived++;
    return arm;
}

void blocks_free(struct blocks *b)
{
    lot_end(&b->block);
    lot_end(&b->place);
    free(b->sizes);
    free(b->strata);
    free(b->left);
    free(b->counts);
    free(b->ids);
}
