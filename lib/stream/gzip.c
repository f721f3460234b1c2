/*
 * A block (SAM/BAM format specification, section 4.1) is at most 64 KiB long:
 *
 *     18 bytes   a gzip header with an extra field: BC, and the block's length - 1
 *                deflated text
 *      8 bytes   CRC and length of the text
 *
 * It holds at most 65,280 bytes of text, so that they fit even where they cannot be made
 * smaller: then the block is stored, which takes 5 bytes more than the text. At level 0 all
 * blocks are stored. That is what pipes with JF_GZIP=0 carry; copying is not worth a thread.
 *
 * Blocks are the chunks of a relay. The owner fills a slot, and writes the blocks that he
 * takes back; workers deflate, each with a z_stream of its own.
 */
#include "stream/gzip.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#define ZLIB_CONST
#include <zlib.h>

#include "base/heap.h"
#include "base/message.h"
#include "base/option.h"
#include "stream/deflate.h"
#include "stream/relay.h"

enum {
    BLOCK_MOST = 64 * 1024,
    HEAD_BYTES = 18,
    TAIL_BYTES = 8,
    STORED_HEAD = 5,
    LENGTH_AT = 16,
    RAW_WINDOW = -15, /* deflate's bits, without a gzip header */
    MEMORY_LEVEL = 8,
    DEFAULT_LEVEL = 6
};

struct block {
    void *owner;
    size_t text_length, length;
    unsigned char text[GZIP_BYTES];
    unsigned char bytes[BLOCK_MOST];
};

struct gzip {
    bool stored;
    gzip_write *write;
    struct relay relay;
    unsigned threads;
    size_t slots;
    struct block *blocks; /* by slot */
    z_stream *z;          /* by thread; none where blocks are stored */
};

static int level_of_pipe(void)
{
    const char *level = getenv("JF_GZIP");
    struct stat status;
    if (level == NULL || level[0] == '\0')
        return GZIP_NONE;
    if (level[0] < '0' || level[0] > '9' || level[1] != '\0')
        misuse("JF_GZIP=%s: a level from 0 to 9 was expected", quoted_text(level));
    bool pipe = fstat(STDOUT_FILENO, &status) == 0 && S_ISFIFO(status.st_mode);
    return pipe ? level[0] - '0' : GZIP_NONE;
}

int gzip_level(const char *path, const struct common *common)
{
    if (common->level.given)
        return (int)common->level.value;
    if (path == NULL)
        return level_of_pipe();
    size_t length = strlen(path);
    return length > 3 && strcmp(path + length - 3, ".gz") == 0 ? DEFAULT_LEVEL : GZIP_NONE;
}

static void put_number(unsigned char *bytes, unsigned count, uint64_t number)
{
    for (unsigned i = 0; i < count; i++)
        bytes[i] = (unsigned char)(number >> (8 * i));
}

/* Puts the text as it is, as one stored block of deflate (RFC 1951, 3.2.4). */
static size_t store(unsigned char *bytes, const void *text, size_t length)
{
    bytes[0] = 1;
    put_number(bytes + 1, 2, length);
    put_number(bytes + 3, 2, ~length);
    memcpy(bytes + STORED_HEAD, text, length);
    return STORED_HEAD + length;
}

/* Puts the text deflated; 0 where it does not fit. */
static size_t squeeze(unsigned char *bytes, z_stream *z, const struct block *block)
{
    const size_t room = BLOCK_MOST - HEAD_BYTES - TAIL_BYTES;
    deflateReset(z);
    z->next_in = block->text;
    z->avail_in = (unsigned)block->text_length;
    z->next_out = bytes;
    z->avail_out = (unsigned)room;
    return deflate(z, Z_FINISH) == Z_STREAM_END ? room - z->avail_out : 0;
}

/* Puts head and tail about `length` bytes of deflate. Returns the block's length. */
static size_t wrap(unsigned char *bytes, size_t length, uint32_t sum, size_t text_length)
{
    static const unsigned char head[HEAD_BYTES] = {0x1f, 0x8b, 8, 4,   0,   0, 0, 0, 0,
                                                   0xff, 6,    0, 'B', 'C', 2, 0, 0, 0};
    unsigned char *tail = bytes + HEAD_BYTES + length;
    size_t whole = HEAD_BYTES + length + TAIL_BYTES;
    memcpy(bytes, head, HEAD_BYTES);
    put_number(bytes + LENGTH_AT, 2, whole - 1);
    put_number(tail, 4, sum);
    put_number(tail + 4, 4, text_length);
    return whole;
}

static void finish(void *context, uint64_t number, unsigned thread)
{
    struct gzip *g = context;
    struct block *block = &g->blocks[number % g->slots];
    unsigned char *body = block->bytes + HEAD_BYTES;
    size_t length = g->stored ? 0 : squeeze(body, &g->z[thread], block);
    if (length == 0)
        length = store(body, block->text, block->text_length);
    uint32_t sum = deflate_crc(block->text, block->text_length);
    block->length = wrap(block->bytes, length, sum, block->text_length);
}

struct gzip *gzip_open(uint64_t level, uint64_t threads, gzip_write *write)
{
    struct gzip *g = heap_take(1, sizeof *g);
    g->stored = level == 0;
    g->write = write;
    g->threads = g->stored ? 1 : relay_threads(threads);
    g->slots = g->threads > 1 ? 2 * (size_t)g->threads : 1;
    g->blocks = heap_take(g->slots, sizeof *g->blocks);
    g->z = heap_take(g->threads, sizeof *g->z);
    for (unsigned i = 0; !g->stored && i < g->threads; i++)
        if (deflateInit2(&g->z[i], (int)level, Z_DEFLATED, RAW_WINDOW, MEMORY_LEVEL,
                         Z_DEFAULT_STRATEGY) != Z_OK)
            fail("out of memory (gzip)");
    relay_open(&g->relay, g->threads, g->slots, NULL, finish, g);
    return g;
}

static void write_oldest(struct gzip *g)
{
    const struct block *block = &g->blocks[relay_take(&g->relay)];
    bool torn = block->text[block->text_length - 1] != '\n';
    g->write(block->owner, (struct slice){(const char *)block->bytes, block->length}, torn);
}

void gzip_put(struct gzip *g, void *owner, struct slice text)
{
    if (g->relay.put - g->relay.taken == g->slots)
        write_oldest(g);
    struct block *block = &g->blocks[g->relay.put % g->slots];
    block->owner = owner;
    block->text_length = text.length;
    memcpy(block->text, text.bytes, text.length);
    relay_put(&g->relay);
}

void gzip_drain(struct gzip *g)
{
    while (g->relay.put > g->relay.taken)
        write_oldest(g);
}

struct slice gzip_end(void)
{
    static const unsigned char end[] = {0x1f, 0x8b, 8,  4, 0, 0, 0, 0, 0, 0xff, 6, 0, 'B', 'C',
                                        2,    0,    27, 0, 3, 0, 0, 0, 0, 0,    0, 0, 0,   0};
    return (struct slice){(const char *)end, sizeof end};
}

/* As deflate_crc, which may make tables at its first call. */
static uint32_t sum_of(const char *text, size_t length)
{
    uint32_t sum = UINT32_MAX;
    for (size_t i = 0; i < length; i++) {
        sum ^= (unsigned char)text[i];
        for (int bit = 0; bit < 8; bit++)
            sum = sum >> 1 ^ (sum % 2 > 0 ? 0xedb88320U : 0);
    }
    return ~sum;
}

size_t gzip_line(char *block, const char *line, size_t length)
{
    unsigned char *bytes = (unsigned char *)block;
    size_t stored = store(bytes + HEAD_BYTES, line, length);
    size_t whole = wrap(bytes, stored, sum_of(line, length), length);
    struct slice end = gzip_end();
    memcpy(block + whole, end.bytes, end.length);
    return whole + end.length;
}

void gzip_close(struct gzip *g)
{
    relay_close(&g->relay);
    for (unsigned i = 0; !g->stored && i < g->threads; i++)
        deflateEnd(&g->z[i]);
    free(g->z);
    free(g->blocks);
    free(g);
}
