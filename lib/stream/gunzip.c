/*
 * Two ways to go through a gzip stream
 * ------------------------------------
 * A gzip stream is a row of members. Its text is made in pieces of at most TEXT_BLOCK, the
 * chunks of a relay: they are drawn one after the other and finished side by side (relay.h).
 * How much of the work is which depends on the kind of the member.
 *
 * blocks  A BGZF file (samtools; and what this toolkit writes) is of members that tell in
 *         an extra field how long they are, each of at most 64 KiB of text. Drawing copies
 *         as many of them as fit from `raw` to the piece; finishing inflates them. So all
 *         cores inflate.
 *
 * others  Where another member ends is known when it has been inflated, and inflate() is a
 *         chain. So drawing inflates, and finishing works out the checksum, which costs a
 *         third of that: each piece gets the CRC of its own text. The reader combines them
 *         and compares the sum when the member's end is there. A piece ends where a member
 *         does. So one core inflates ahead, while others check and parse.
 *
 * After each member the next byte decides:
 *     none        the stream is whole
 *     0           zero padding (tapes): all that follows must be 0
 *     else        another member, or bytes that are none
 *
 * A member that breaks off is a cut stream. A BGZF file ends in an empty block; where its
 * last block is not empty, blocks are missing. Other files of several members cannot be told
 * from shorter ones when they are cut exactly between two members and two lines.
 *
 * Who owns what: `raw`, `z`, `where` and what stands beside them belong to whoever draws, one
 * thread at a time; a piece to the thread that works on it, then to the reader, until it is
 * put again. A verdict ends the stream: pieces drawn after it are empty. The text that its
 * own piece has before the fault is not given out, for any number of threads.
 *
 * Offsets in messages count compressed bytes. No more than a block of 64 KiB is asked of
 * `raw` at once, which is what a text holds before its own block (text.h), so it never grows.
 */
#include "stream/gunzip.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#define ZLIB_CONST
#include <zlib.h>

#include "base/heap.h"
#include "base/message.h"
#include "stream/bgzf.h"
#include "stream/deflate.h"
#include "stream/relay.h"

enum {
    TAIL_BYTES = 8,   /* of a member: CRC and length */
    RAW_WINDOW = -15, /* inflate's bits, without a gzip header and with one */
    GZIP_WINDOW = 15 + 16,
    UNKNOWN_FLAGS = 0xe0
};

enum where {
    INSIDE,  /* a member, between its header and its end */
    BETWEEN, /* members */
    OVER     /* a verdict was given */
};

enum verdict {
    GOOD,    /* more may follow */
    WHOLE,   /* the stream ends here */
    CUT,     /* it breaks off */
    ENDLESS, /* between two blocks of BGZF, or its writer puts no end block */
    CORRUPT, /* `why` says how */
    UNREAD,  /* read() failed, with `error` */
    STARVED  /* inflate() got no memory */
};

struct piece {
    enum verdict verdict;
    const char *why;
    int error;
    uint64_t offset; /* of the verdict, or of the end of the member */
    size_t read;     /* compressed bytes that came from the file for this piece */

    uint64_t packed_offset;
    size_t packed_length; /* of the blocks to inflate, or 0 */
    bool ends;            /* a member ends with this piece, and says: */
    uint32_t member_crc, member_length;

    uint32_t crc; /* of the text */
    size_t length;
    size_t rest;      /* bytes at its end that are of another part */
    struct text text; /* its block */
    char *packed;     /* room for BGZF_MOST */
    struct deflate *deflate;
};

struct gunzip {
    struct input *input;
    struct progress *progress;
    struct relay relay;
    struct piece *pieces; /* by slot */

    /* Of who draws. */
    struct piece *piece; /* at hand */
    enum where where;
    bool block;   /* the member at hand is a BGZF block */
    bool blocked; /* the last one was, with text */
    z_stream z;
    struct text raw; /* compressed bytes */
    uint64_t end;    /* offset of the end of `raw` */
    bool drained;    /* no byte comes after it */
    struct gunzip_part part;
    bool waits; /* see gunzip_wait */

    /* Of who reads: of the member so far. */
    uint32_t crc, length;
};

static char *block_of(const struct piece *piece)
{
    return piece->text.bytes + piece->text.block;
}

static uint32_t number_at(const char *bytes, unsigned count)
{
    uint32_t number = 0;
    for (unsigned i = count; i-- > 0;)
        number = number << 8 | (unsigned char)bytes[i];
    return number;
}

/* ---- drawing ---- */

/* The offset of the next byte. */
static uint64_t offset_of(const struct gunzip *g)
{
    return g->end - (g->raw.end - g->raw.at);
}

/* Gives the verdict, at the offset of the next byte; the first one stands. */
static void judge(struct gunzip *g, enum verdict verdict, const char *why)
{
    if (g->where == OVER)
        return;
    g->piece->verdict = verdict;
    g->piece->why = why;
    g->piece->offset = offset_of(g);
    g->where = OVER;
}

static void read_more(struct gunzip *g)
{
    text_make_room(&g->raw, TEXT_BLOCK);
    ssize_t got =
        input_read(g->input, g->raw.bytes + g->raw.end, g->waits ? BGZF_MOST : TEXT_BLOCK);
    g->piece->error = errno;
    g->drained = got <= 0;
    if (got < 0)
        judge(g, UNREAD, NULL);
    if (g->drained)
        return;
    g->raw.end += (size_t)got;
    g->end += (size_t)got;
    g->piece->read += (size_t)got;
}

/* The next `count` bytes, at most BGZF_MOST; NULL where the stream has no more, or could not
 * be read, which is a verdict. */
static const char *have(struct gunzip *g, size_t count)
{
    while (g->raw.end - g->raw.at < count && !g->drained)
        read_more(g);
    return g->raw.end - g->raw.at >= count ? g->raw.bytes + g->raw.at : NULL;
}

/* The same inside of a member, where it is a verdict too that there are no more. */
static const char *need(struct gunzip *g, size_t count)
{
    const char *bytes = have(g, count);
    if (bytes == NULL) {
        g->raw.at = g->raw.end;
        if (g->part.to > 0 && offset_of(g) == (uint64_t)g->part.to)
            judge(g, CORRUPT, "a block that is not as long as it says");
        judge(g, CUT, NULL);
    }
    return bytes;
}

/* The block at hand, if it is one, whole and of at most BGZF_MOST bytes of text. */
static struct slice block_at(struct gunzip *g)
{
    const char *bytes = have(g, BGZF_HEAD);
    size_t length = bytes == NULL ? 0 : bgzf_length(bytes);
    if (length == 0)
        return (struct slice){0};
    struct slice block = {have(g, length), length};
    if (block.bytes == NULL || bgzf_text_length(block) > BGZF_MOST)
        return (struct slice){0};
    return block;
}

/* Before a member: whether the part ends here. Where it ends was worked out from other bytes than
 * those that led here: if that is within a member one of the two is wrong, and rows would be lost.
 */
static bool is_over(struct gunzip *g)
{
    uint64_t at = offset_of(g), to = (uint64_t)g->part.to;
    if (to > 0 && at > to)
        judge(g, CORRUPT, "a block that is not as long as it says");
    return to > 0 && at >= to;
}

/* Takes the blocks that come next, as many as fit. */
static void draw_blocks(struct gunzip *g)
{
    struct piece *piece = g->piece;
    struct slice block;
    size_t text = 0;
    piece->packed_offset = offset_of(g);
    while (!is_over(g) && (block = block_at(g)).length > 0) {
        size_t more = bgzf_text_length(block), most = g->waits ? block.length : BGZF_MOST;
        if (piece->packed_length + block.length > most || text + more > TEXT_BLOCK)
            return;
        memcpy(piece->packed + piece->packed_length, block.bytes, block.length);
        piece->packed_length += block.length;
        text += more;
        g->raw.at += block.length;
        g->blocked = more > 0;
    }
    if (g->part.to > 0 && offset_of(g) == (uint64_t)g->part.to)
        piece->rest = g->part.rest;
}

/* Whether a header (RFC 1952) may begin with the next four bytes; else a verdict. */
static bool header_fits(struct gunzip *g)
{
    static const char start[] = "\x1f\x8b\x08";
    static const char *const wrong[] = {"incorrect header check", "incorrect header check",
                                        "unknown compression method", "unknown header flags set"};
    const char *bytes;
    for (size_t i = 0; i < 4 && (bytes = need(g, i + 1)) != NULL; i++)
        if (i < 3 ? bytes[i] != start[i] : (bytes[i] & UNKNOWN_FLAGS) != 0) {
            g->raw.at += i + 1;
            judge(g, CORRUPT, wrong[i]);
            break;
        }
    return g->where != OVER;
}

/* Inflates what is at hand, in so far as there is room. */
static int inflate_on(struct gunzip *g, int flush)
{
    g->z.next_in = (const void *)(g->raw.bytes + g->raw.at);
    g->z.avail_in = (unsigned)(g->raw.end - g->raw.at);
    int result = inflate(&g->z, flush);
    g->raw.at = g->raw.end - g->z.avail_in;
    return result;
}

/* Passes over a header. zlib knows its fields and checks its own checksum, which are the last
 * bytes it took where they are wrong. BGZF's extra field is the first in there. */
static void begin_member(struct gunzip *g)
{
    unsigned char name[2] = {0};
    gz_header header = {.extra = name, .extra_max = sizeof name};
    int result = Z_OK;
    if (!header_fits(g))
        return;
    inflateReset2(&g->z, GZIP_WINDOW);
    inflateGetHeader(&g->z, &header);
    while (result == Z_OK && header.done == 0 && need(g, 1) != NULL)
        result = inflate_on(g, Z_BLOCK);
    if (result != Z_OK) {
        g->raw.at -= 2;
        judge(g, CORRUPT, g->z.msg);
    }
    g->block = header.extra_len >= 6 && memcmp(name, "BC", 2) == 0;
    inflateReset2(&g->z, RAW_WINDOW);
    if (g->where != OVER)
        g->where = INSIDE;
}

static void end_member(struct gunzip *g)
{
    struct piece *piece = g->piece;
    const char *tail = need(g, TAIL_BYTES);
    if (tail == NULL)
        return;
    piece->ends = true;
    piece->member_crc = number_at(tail, 4);
    piece->member_length = number_at(tail + 4, 4);
    g->raw.at += TAIL_BYTES;
    piece->offset = offset_of(g);
    g->blocked = g->block && piece->member_length > 0;
    g->where = BETWEEN;
}

/* Inflates until the piece is full or the member ends. */
static void draw_member(struct gunzip *g)
{
    z_stream *z = &g->z;
    int result = Z_OK;
    while (result == Z_OK && z->avail_out > 0 && need(g, 1) != NULL)
        result = inflate_on(g, Z_NO_FLUSH);
    g->piece->length = TEXT_BLOCK - z->avail_out;
    if (result == Z_STREAM_END)
        end_member(g);
    else if (result == Z_MEM_ERROR)
        judge(g, STARVED, NULL);
    else if (result != Z_OK)
        judge(g, CORRUPT, z->msg != NULL ? z->msg : "no deflated data");
}

/* What comes after a member: another one, padding or nothing. */
static void draw_between(struct gunzip *g)
{
    if (is_over(g)) {
        judge(g, WHOLE, NULL);
        return;
    }
    const char *next = have(g, 1);
    if (next != NULL && *next != 0) {
        draw_blocks(g);
        if (g->piece->packed_length == 0 && g->where != OVER)
            begin_member(g);
        return;
    }
    if (next == NULL && g->blocked)
        judge(g, ENDLESS, NULL);
    while ((next = have(g, 1)) != NULL && *next == 0)
        g->raw.at++;
    if (next != NULL)
        judge(g, CORRUPT, "bytes that are no gzip after the last member");
    judge(g, WHOLE, NULL);
}

static void draw(void *context, uint64_t number)
{
    struct gunzip *g = context;
    struct piece *piece = g->piece = &g->pieces[number % g->relay.slots];
    *piece =
        (struct piece){.text = piece->text, .packed = piece->packed, .deflate = piece->deflate};
    g->z.next_out = (void *)block_of(piece);
    g->z.avail_out = TEXT_BLOCK;
    if (g->where == BETWEEN)
        draw_between(g);
    if (g->where == INSIDE)
        draw_member(g);
}

/* ---- finishing ---- */

static void inflate_blocks(struct piece *piece)
{
    for (size_t at = 0; at < piece->packed_length && piece->verdict != CORRUPT;) {
        struct slice block = {piece->packed + at, bgzf_length(piece->packed + at)};
        const char *why = bgzf_inflate(piece->deflate, block, block_of(piece) + piece->length);
        if (why == NULL) {
            piece->length += bgzf_text_length(block);
        } else {
            piece->verdict = CORRUPT;
            piece->why = why;
            piece->offset = piece->packed_offset + at;
        }
        at += block.length;
    }
}

static void finish(void *context, uint64_t number, unsigned thread)
{
    struct gunzip *g = context;
    struct piece *piece = &g->pieces[number % g->relay.slots];
    (void)thread;
    if (piece->packed_length > 0)
        inflate_blocks(piece);
    else
        piece->crc = deflate_crc(block_of(piece), piece->length);
}

/* ---- reading ---- */

struct gunzip *gunzip_open(struct input *input, struct slice first, uint64_t threads,
                           struct progress *progress)
{
    struct gunzip *g = heap_take(1, sizeof *g);
    unsigned count = relay_threads(threads);
    size_t slots = count > 1 ? 2 * (size_t)count : 1;
    *g = (struct gunzip){.input = input, .progress = progress, .where = BETWEEN};
    text_begin(&g->raw);
    memcpy(g->raw.bytes + g->raw.end, first.bytes, first.length);
    g->raw.end += first.length;
    g->end = first.length;
    if (inflateInit2(&g->z, RAW_WINDOW) != Z_OK)
        fail("out of memory (gzip)");
    g->pieces = heap_take(slots, sizeof *g->pieces);
    for (size_t i = 0; i < slots; i++) {
        text_begin(&g->pieces[i].text);
        g->pieces[i].packed = heap_pages(BGZF_MOST);
        g->pieces[i].deflate = deflate_open();
    }
    relay_open(&g->relay, count, slots, draw, finish, g);
    relay_put(&g->relay); /* the others when it turns out that there is more */
    return g;
}

/* The member that ends with the piece is checked as a whole. */
static void check_member(struct gunzip *g, struct piece *piece)
{
    g->crc = (uint32_t)crc32_combine(g->crc, piece->crc, (long)piece->length);
    g->length += (uint32_t)piece->length;
    if (!piece->ends)
        return;
    piece->verdict = CORRUPT;
    if (g->crc != piece->member_crc)
        piece->why = "incorrect data check";
    else if (g->length != piece->member_length)
        piece->why = "incorrect length check";
    else
        piece->verdict = GOOD;
    g->crc = g->length = 0;
}

/* Says what is wrong with a piece; false at the end of the stream. */
static bool heed_verdict(const struct gunzip *g, const struct piece *piece)
{
    const char *name = g->input->name;
    unsigned long long offset = piece->offset;
    switch (piece->verdict) {
    case GOOD:
        return true;
    case WHOLE:
        return false;
    case CUT:
        fail("%s: the gzip stream is cut at byte %llu; fetch the file anew", name, offset);
    case ENDLESS:
        fail("%s: the gzip stream is cut at byte %llu, between two blocks (BGZF without its end "
             "block); fetch the file anew, or if its writer puts none read it by gzip -dc FILE |",
             name, offset);
    case CORRUPT:
        fail("%s: the gzip stream is corrupt at byte %llu (%s); fetch the file anew", name, offset,
             piece->why);
    case UNREAD:
        errno = piece->error;
        fail_errno("%s: cannot read", name);
    case STARVED:
        fail("out of memory (gzip)");
    }
    return false;
}

bool gunzip_read(struct gunzip *g, struct text *text)
{
    size_t length = 0;
    while (length == 0) {
        struct piece *piece = &g->pieces[relay_take(&g->relay)];
        length = piece->length - piece->rest;
        if (g->progress != NULL)
            progress_add(g->progress, piece->read);
        if (piece->packed_length == 0 && piece->verdict == GOOD)
            check_member(g, piece);
        if (!heed_verdict(g, piece))
            return false;
        text_add_block(text, &piece->text, length);
        while (g->relay.put - g->relay.taken < (g->waits ? 1 : g->relay.slots))
            relay_put(&g->relay);
    }
    return true;
}

void gunzip_wait(struct gunzip *g)
{
    g->waits = true;
}

/* One chunk is in the ring, which only the reader's thread draws, and it has not. */
void gunzip_part(struct gunzip *g, const struct gunzip_part *part)
{
    input_part(g->input, part->from, part->to > 0 ? part->to : g->input->size);
    g->part = *part;
    g->waits = g->drained = g->blocked = false;
    g->where = BETWEEN;
    text_begin(&g->raw);
    g->end = (uint64_t)part->from;
    g->crc = g->length = 0;
}

void gunzip_close(struct gunzip *g)
{
    size_t slots = g->relay.slots;
    relay_close(&g->relay);
    for (size_t i = 0; i < slots; i++) {
        text_free(&g->pieces[i].text);
        free(g->pieces[i].packed);
        deflate_close(g->pieces[i].deflate);
    }
    inflateEnd(&g->z);
    text_free(&g->raw);
    free(g->pieces);
    free(g);
}
