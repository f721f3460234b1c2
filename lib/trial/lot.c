#include "trial/lot.h"

#include <stdlib.h>

#include "base/heap.h"
#include "base/map.h"
#include "number/integer.h"

enum {
    WORD = 8,          /* bytes of a length, and of the draw's number */
    LAST = 3 * WORD,   /* behind what is drawn: a length, the draw, the length of the id */
    SHORT_BYTES = 256, /* fields that need no memory but the stack's */
};

/* Bytes put one by one and read in words at once, as a hash does, keep the processor waiting. */
static char *put_word(char *at, uint64_t word)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    memcpy(at, &word, WORD);
    return at + WORD;
}

static char *put_bytes(char *at, struct slice bytes)
{
    if (bytes.length > 0)
        memcpy(at, bytes.bytes, bytes.length);
    return at + bytes.length;
}

struct lot_source lot_begin(struct slice salt, struct slice what)
{
    struct lot_source source = {.length = WORD + salt.length + WORD + what.length + LAST};
    char *at = source.bytes = heap_take(source.length, 1);
    at = put_bytes(put_word(at, salt.length), salt);
    at = put_bytes(put_word(at, what.length), what);
    put_word(at, WORD);
    return source;
}

struct lot_source lot_begin_for(struct slice salt, const char *word, struct slice name)
{
    size_t length = strlen(word);
    char *what = heap_take(length + 1 + name.length, 1);
    memcpy(what, word, length);
    what[length] = ' ';
    put_bytes(what + length + 1, name);
    struct lot_source source = lot_begin(salt, (struct slice){what, length + 1 + name.length});
    free(what);
    return source;
}

static struct lot hash(const struct lot_source *source, char *room, uint64_t draw, struct slice id)
{
    char *at = put_bytes(room, (struct slice){source->bytes, source->length - 2 * WORD});
    at = put_bytes(put_word(put_word(at, draw), id.length), id);
    struct map_digest digest = map_digest((struct slice){room, (size_t)(at - room)});
    return (struct lot){digest.high, digest.low};
}

struct lot lot_of(const struct lot_source *source, uint64_t draw, struct slice id)
{
    char brief[SHORT_BYTES];
    if (source->length + id.length <= sizeof brief)
        return hash(source, brief, draw, id);
    char *room = heap_take(source->length + id.length, 1);
    struct lot lot = hash(source, room, draw, id);
    free(room);
    return lot;
}

uint64_t lot_below(struct lot lot, uint64_t count)
{
    return (uint64_t)(((uint128)lot.high << 64 | lot.low) % count);
}

void lot_end(struct lot_source *source)
{
    free(source->bytes);
    *source = (struct lot_source){0};
}
