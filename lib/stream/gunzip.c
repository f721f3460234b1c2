/*
 * Three ways to go through a gzip stream
 * --------------------------------------
 * A gzip stream is a row of members. The text is made in pieces of at most
 * TEXT_BLOCK, the pieces of a relay: each is drawn in order and finished beside
 * the others. How much of the work is which depends on the member that it comes to.
 *
 * blocks  A BGZF file (samtools; and what this toolkit writes) is of members that
 *         tell in an extra field how long they are, each of at most 64 KiB of
 *         text. Drawing is copying as many of them as fit from `raw` to the
 *         piece; finishing is inflating them. So all cores inflate.
 *
 * guess   Other members do not tell, but where four bytes look like the header of one, the
 *         member before may end. In a file, which can be read again, short members
 *         are drawn by such guesses, and finishing proves them: what inflates to
 *         whole members from a true start to the last byte, with checksums, is just
 *         what one would have come to byte by byte. A guess that fails costs reading
 *         again from there, and is the last: after it the third way is taken.
 *
 * else    A member whose end nobody knows is inflated in drawing, as inflate() is
 *         a chain. What is left to finish is its checksum, which costs a third of
 *         that: each piece gets the CRC of its own text, and read() combines them
 *         to that of the member when its end is there to be compared. A piece ends
 *         where a member does. So one core inflates, another one checks and parses.
 *
 * After each member the next byte decides:
 *     none        the stream is whole
 *     0           zero padding (tapes): all that follows must be 0
 *     else        another member, or bytes that are none
 * A member that breaks off is a cut stream; a BGZF file ends in an empty block,
 * and where the last block is not empty, blocks are missing. Other files of several
 * members cannot be told from a shorter file when they are cut exactly between two
 * members and two lines; no reader can.
 *
 * Who owns what: `raw`, `z`, `where` and what stands beside them belong to the piece
 * whose turn it is, `finishers` each to its thread, a piece to the thread that does it
 * and then to read(), until it is put again. A verdict ends the stream: pieces
 * drawn after it are empty. The text that its piece has before the fault is not given out,
 * for any number of threads.
 *
 * Offsets in messages count compressed bytes. 64 KiB is the longest block, so that
 * `raw`, of twice that, always has room to complete one.
 */
#include "stream/gunzip.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#define ZLIB_CONST
#include <zlib.h>

#include "base/heap.h"
#include "base/message.h"
#include "stream/relay.h"

enum {
    BLOCK_MOST = 64 * 1024, /* bytes of a BGZF block, and of its text */
    BLOCK_HEAD = 18,        /* of its header; where its length stands in there: */
    BLOCK_LENGTH = 16,
    TAIL_BYTES = 8, /* of a member: CRC and length */
    RAW_BYTES = 2 * BLOCK_MOST,
    RAW_WINDOW = -15, /* inflate's bits, without a gzip header and with one */
    GZIP_WINDOW = 15 + 16
};

/* Flags of a header. */
enum { CHECKED = 2, EXTRA = 4, NAMED = 8, COMMENTED = 16, UNKNOWN = 0xe0 };

enum where {
    INSIDE,  /* a member, between its header and its end */
    BETWEEN, /* members */
    OVER     /* a verdict was given */
};

enum verdict {
    GOOD,     /* more may follow */
    WHOLE,    /* the stream ends here */
    CUT,      /* it breaks off in a member */
    CUT_BGZF, /* or between two blocks */
    CORRUPT,  /* `why` says how */
    UNREAD,   /* read() failed, with `error` */
    STARVED,  /* inflate() got no memory */
    MISGUESSED
};

struct piece {
    enum verdict verdict;
    const char *why;
    int error;
    uint64_t offset; /* of the verdict, or of the end of the member */
    size_t read;     /* compressed bytes that came from the file for this piece */

    uint64_t packed_offset;
    size_t packed_length; /* members to inflate, or 0 */
    bool guessed;         /* they are no blocks, and may not be whole */
    bool ends;            /* a member ends with this piece, and says: */
    uint32_t member_crc, member_length;

    uint32_t crc; /* of the text */
    size_t length;
    struct text text;      /* its block */
    unsigned char *packed; /* room for BLOCK_MOST */
};

struct gunzip {
    const char *name;
    int fd;
    struct progress *progress;
    struct relay relay;
    unsigned threads;
    size_t slots;
    struct piece *pieces; /* by slot */
    z_stream *finishers;  /* by thread */

    /* Of the piece that is drawn. */
    enum where where;
    bool guess;   /* where members end; in a file that can be read again, */
    off_t start;  /* from where the stream begins */
    bool blocked; /* the last member was a BGZF block with text */
    bool block;   /* the member at hand is one */
    z_stream z;
    unsigned char *raw; /* compressed bytes: [at, end) not yet taken */
    size_t at, end;
    uint64_t base; /* offset of raw[0] */
    bool drained;  /* no byte comes after `end` */

    /* Of who reads. */
    uint32_t crc; /* of the member so far, and its length */
    uint32_t length;
};

bool gunzip_fits(struct slice first)
{
    return first.length >= 2 && memcmp(first.bytes, "\x1f\x8b", 2) == 0;
}

static char *block_of(const struct piece *piece)
{
    return piece->text.bytes + piece->text.block;
}

/* ---- drawing ---- */

/* Gives the verdict at the offset of the next byte. */
static void judge(struct gunzip *f, struct piece *piece, enum verdict verdict, const char *why)
{
    piece->verdict = verdict;
    piece->why = why;
    piece->offset = f->base + f->at;
    f->where = OVER;
}

/* Sees that `count` bytes are at hand, at most BLOCK_MOST; false where the stream has
 * no more, or could not be read, which is a verdict. */
static bool have(struct gunzip *f, struct piece *piece, size_t count)
{
    while (f->end - f->at < count && !f->drained) {
        if (RAW_BYTES - f->at < BLOCK_MOST || f->at == f->end) {
            memmove(f->raw, f->raw + f->at, f->end - f->at);
            f->base += f->at;
            f->end -= f->at;
            f->at = 0;
        }
        ssize_t got = read(f->fd, f->raw + f->end, RAW_BYTES - f->end);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            piece->error = errno;
            judge(f, piece, UNREAD, NULL);
            return false;
        }
        f->drained = got == 0;
        f->end += (size_t)got;
        piece->read += (size_t)got;
    }
    return f->end - f->at >= count;
}

/* Bytes were needed and are not there; that is a cut, if it has no other reason. */
static void judge_cut(struct gunzip *f, struct piece *piece)
{
    f->at = f->end;
    if (piece->verdict == GOOD)
        judge(f, piece, CUT, NULL);
}

static uint32_t number_at(const unsigned char *bytes, unsigned count)
{
    uint32_t number = 0;
    for (unsigned i = count; i-- > 0;)
        number = number << 8 | bytes[i];
    return number;
}

/* The length of the BGZF block at hand, if it is one, whole and of at most
 * BLOCK_MOST bytes of text; else 0. */
static size_t block_at(struct gunzip *f, struct piece *piece)
{
    static const unsigned char head[] = {0x1f, 0x8b, 8, 4}, extra[] = {6, 0, 'B', 'C', 2, 0};
    if (!have(f, piece, BLOCK_HEAD) || memcmp(f->raw + f->at, head, sizeof head) != 0 ||
        memcmp(f->raw + f->at + 10, extra, sizeof extra) != 0)
        return 0;
    size_t length = (size_t)number_at(f->raw + f->at + BLOCK_LENGTH, 2) + 1;
    if (length < BLOCK_HEAD + TAIL_BYTES || !have(f, piece, length) ||
        number_at(f->raw + f->at + length - 4, 4) > BLOCK_MOST)
        return 0;
    return length;
}

/* The length that the member at hand seems to have, by what looks like the header of
 * the next; 0 where nothing does, within BLOCK_MOST bytes. */
static size_t guess_at(struct gunzip *f, struct piece *piece)
{
    have(f, piece, BLOCK_MOST);
    const unsigned char *start = f->raw + f->at;
    size_t length = f->end - f->at < BLOCK_MOST ? f->end - f->at : BLOCK_MOST;
    if (!f->guess || length < 2 * BLOCK_HEAD || (start[3] & EXTRA) != 0)
        return 0;
    const unsigned char *at = start + BLOCK_HEAD, *end = start + length - BLOCK_HEAD;
    for (; at < end && (at = memchr(at, 0x1f, (size_t)(end - at))) != NULL; at++)
        if (at[1] == 0x8b && at[2] == 8 && (at[3] & UNKNOWN) == 0)
            return number_at(at - 4, 4) <= BLOCK_MOST ? (size_t)(at - start) : 0;
    return 0;
}

/* Takes the members that come next, as many as fit, and whose length a function tells;
 * none where it does not. */
static void take_members(struct gunzip *f, struct piece *piece,
                         size_t (*length_at)(struct gunzip *f, struct piece *piece))
{
    size_t text = 0, length;
    piece->packed_offset = f->base + f->at;
    while (piece->verdict == GOOD && (length = length_at(f, piece)) > 0) {
        const unsigned char *member = f->raw + f->at;
        size_t more = number_at(member + length - 4, 4);
        if (piece->packed_length + length > BLOCK_MOST || text + more > TEXT_BLOCK)
            return;
        memcpy(piece->packed + piece->packed_length, member, length);
        piece->packed_length += length;
        text += more;
        f->at += length;
        f->blocked = length_at == block_at && more > 0;
    }
}

/* The next byte of a header, which goes into its checksum; -1 where there is none. */
static int header_byte(struct gunzip *f, struct piece *piece, uint32_t *crc)
{
    if (!have(f, piece, 1))
        return -1;
    const unsigned char *byte = f->raw + f->at++;
    *crc = (uint32_t)crc32(*crc, byte, 1);
    return *byte;
}

/* Passes over `count` bytes of a header, or with SIZE_MAX over a text and its NUL. */
static bool skip_header(struct gunzip *f, struct piece *piece, uint32_t *crc, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int byte = header_byte(f, piece, crc);
        if (byte < 0)
            return false;
        if (byte == 0 && count == SIZE_MAX)
            return true;
    }
    return true;
}

/* The extra field: its length and content. BGZF's is the first in there. */
static bool skip_extra(struct gunzip *f, struct piece *piece, uint32_t *crc)
{
    int low = header_byte(f, piece, crc), high = header_byte(f, piece, crc);
    if (low < 0 || high < 0)
        return false;
    size_t count = (size_t)low + 256 * (size_t)high;
    if (count < 6)
        return skip_header(f, piece, crc, count);
    int first = header_byte(f, piece, crc), second = header_byte(f, piece, crc);
    f->block = first == 'B' && second == 'C';
    return skip_header(f, piece, crc, count - 2);
}

/* What follows the first ten bytes of a header. */
static bool skip_fields(struct gunzip *f, struct piece *piece, uint32_t *crc, int flags)
{
    if ((flags & EXTRA) != 0 && !skip_extra(f, piece, crc))
        return false;
    if ((flags & NAMED) != 0 && !skip_header(f, piece, crc, SIZE_MAX))
        return false;
    if ((flags & COMMENTED) != 0 && !skip_header(f, piece, crc, SIZE_MAX))
        return false;
    if ((flags & CHECKED) == 0)
        return true;
    uint32_t sum = *crc & 0xffff;
    if (!have(f, piece, 2))
        return false;
    if (number_at(f->raw + f->at, 2) != sum)
        judge(f, piece, CORRUPT, "header crc mismatch");
    f->at += 2;
    return piece->verdict == GOOD;
}

/* Reads the header of a member (RFC 1952). */
static void begin_member(struct gunzip *f, struct piece *piece)
{
    uint32_t crc = 0;
    int head[4] = {0};
    static const char *const wrong[] = {"incorrect header check", "incorrect header check",
                                        "unknown compression method", "unknown header flags set"};
    f->block = false;
    for (size_t i = 0; i < 4; i++) {
        static const int want[] = {0x1f, 0x8b, 8};
        head[i] = header_byte(f, piece, &crc);
        if (head[i] < 0) {
            judge_cut(f, piece);
            return;
        }
        if (i < 3 ? head[i] != want[i] : (head[i] & UNKNOWN) != 0) {
            judge(f, piece, CORRUPT, wrong[i]);
            return;
        }
    }
    if (!skip_header(f, piece, &crc, 6) || !skip_fields(f, piece, &crc, head[3])) {
        if (piece->verdict == GOOD)
            judge_cut(f, piece);
        return;
    }
    f->where = INSIDE;
    inflateReset(&f->z);
}

static void end_member(struct gunzip *f, struct piece *piece)
{
    if (!have(f, piece, TAIL_BYTES)) {
        judge_cut(f, piece);
        return;
    }
    piece->ends = true;
    piece->member_crc = number_at(f->raw + f->at, 4);
    piece->member_length = number_at(f->raw + f->at + 4, 4);
    f->at += TAIL_BYTES;
    piece->offset = f->base + f->at;
    f->blocked = f->block && piece->member_length > 0;
    f->where = BETWEEN;
}

/* Inflates on, until the piece is full or the member ends. */
static void inflate_member(struct gunzip *f, struct piece *piece)
{
    f->z.next_out = (unsigned char *)block_of(piece);
    f->z.avail_out = TEXT_BLOCK;
    int result = Z_OK;
    while (result == Z_OK && f->z.avail_out > 0 && have(f, piece, 1)) {
        f->z.next_in = f->raw + f->at;
        f->z.avail_in = (unsigned)(f->end - f->at);
        result = inflate(&f->z, Z_NO_FLUSH);
        f->at = f->end - f->z.avail_in;
    }
    piece->length = TEXT_BLOCK - f->z.avail_out;
    if (result == Z_STREAM_END)
        end_member(f, piece);
    else if (result == Z_MEM_ERROR)
        judge(f, piece, STARVED, NULL);
    else if (result != Z_OK)
        judge(f, piece, CORRUPT, f->z.msg != NULL ? f->z.msg : "no deflated data");
    else if (f->z.avail_out > 0)
        judge_cut(f, piece);
}

/* Zeros to the end; anything else is no gzip. */
static void skip_padding(struct gunzip *f, struct piece *piece)
{
    while (have(f, piece, 1)) {
        if (f->raw[f->at] != 0) {
            judge(f, piece, CORRUPT, "bytes that are no gzip after the last member");
            return;
        }
        f->at++;
    }
    if (piece->verdict == GOOD)
        judge(f, piece, WHOLE, NULL);
}

/* What comes after a member: another one, padding or nothing. */
static void draw_between(struct gunzip *f, struct piece *piece)
{
    if (!have(f, piece, 1)) {
        if (piece->verdict == GOOD)
            judge(f, piece, f->blocked ? CUT_BGZF : WHOLE, NULL);
    } else if (f->raw[f->at] == 0) {
        skip_padding(f, piece);
    } else {
        take_members(f, piece, block_at);
        if (piece->packed_length > 0)
            return;
        take_members(f, piece, guess_at);
        piece->guessed = piece->packed_length > 0;
        if (!piece->guessed && piece->verdict == GOOD)
            begin_member(f, piece);
    }
}

static void draw(void *context, uint64_t number)
{
    struct gunzip *f = context;
    struct piece *piece = &f->pieces[number % f->slots];
    *piece = (struct piece){.text = piece->text, .packed = piece->packed};
    if (f->where == BETWEEN)
        draw_between(f, piece);
    if (f->where == INSIDE)
        inflate_member(f, piece);
}

/* ---- finishing ---- */

static uint32_t crc_of(const char *bytes, size_t length)
{
    return (uint32_t)crc32(crc32(0, NULL, 0), (const unsigned char *)bytes, (unsigned)length);
}

/* Inflates one block behind the text so far; what is wrong with it, or NULL. */
static const char *inflate_block(z_stream *z, struct piece *piece, const unsigned char *block,
                                 size_t length)
{
    char *text = block_of(piece) + piece->length;
    size_t text_length = number_at(block + length - 4, 4);
    inflateReset(z);
    z->next_in = block + BLOCK_HEAD;
    z->avail_in = (unsigned)(length - BLOCK_HEAD - TAIL_BYTES);
    z->next_out = (unsigned char *)text;
    z->avail_out = (unsigned)text_length;
    if (inflate(z, Z_FINISH) != Z_STREAM_END)
        return z->msg != NULL ? z->msg : "a block that is not as long as it says";
    if (z->avail_in > 0 || z->avail_out > 0)
        return "a block that is not as long as it says";
    if (crc_of(text, text_length) != number_at(block + length - TAIL_BYTES, 4))
        return "incorrect data check";
    piece->length += text_length;
    return NULL;
}

static void inflate_blocks(z_stream *z, struct piece *piece)
{
    for (size_t at = 0, length; at < piece->packed_length; at += length) {
        const unsigned char *block = piece->packed + at;
        length = (size_t)number_at(block + BLOCK_LENGTH, 2) + 1;
        const char *why = inflate_block(z, piece, block, length);
        if (why != NULL) {
            piece->verdict = CORRUPT;
            piece->why = why;
            piece->offset = piece->packed_offset + at;
            return;
        }
    }
}

/* Inflates members that may be some; what is not whole is a failed guess. */
static void inflate_guess(z_stream *z, struct piece *piece)
{
    z->next_in = piece->packed;
    z->avail_in = (unsigned)piece->packed_length;
    z->next_out = (unsigned char *)block_of(piece);
    z->avail_out = TEXT_BLOCK;
    int result = inflateReset2(z, GZIP_WINDOW);
    while (result == Z_OK && z->avail_in > 0) {
        result = inflate(z, Z_FINISH);
        if (result == Z_STREAM_END)
            result = inflateReset(z);
        else
            result = Z_DATA_ERROR;
    }
    piece->length = TEXT_BLOCK - z->avail_out;
    if (result != Z_OK)
        piece->verdict = MISGUESSED;
    inflateReset2(z, RAW_WINDOW);
}

static void finish(void *context, uint64_t number, unsigned thread)
{
    struct gunzip *f = context;
    struct piece *piece = &f->pieces[number % f->slots];
    if (piece->guessed)
        inflate_guess(&f->finishers[thread], piece);
    else if (piece->packed_length > 0)
        inflate_blocks(&f->finishers[thread], piece);
    else
        piece->crc = crc_of(block_of(piece), piece->length);
}

/* ---- reading ---- */

static void begin_inflate(z_stream *z)
{
    if (inflateInit2(z, RAW_WINDOW) != Z_OK)
        fail("out of memory (gzip)");
}

/* Only a file can be read again. */
static bool can_guess(int fd)
{
    struct stat status;
    return fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
}

struct gunzip *gunzip_open(const char *name, int fd, struct slice first, uint64_t threads,
                           struct progress *progress)
{
    struct gunzip *f = heap_take(1, sizeof *f);
    unsigned count = f->threads = relay_threads(threads);
    size_t slots = f->slots = count > 1 ? 2 * (size_t)count : 1;
    f->name = name;
    f->fd = fd;
    f->progress = progress;
    f->where = BETWEEN;
    f->guess = can_guess(fd);
    f->start = lseek(fd, 0, SEEK_CUR) - (off_t)first.length;
    f->raw = heap_pages(RAW_BYTES);
    memcpy(f->raw, first.bytes, first.length);
    f->end = first.length;
    f->finishers = heap_take(count, sizeof *f->finishers);
    for (unsigned i = 0; i < count; i++)
        begin_inflate(&f->finishers[i]);
    begin_inflate(&f->z);
    f->pieces = heap_take(slots, sizeof *f->pieces);
    for (size_t i = 0; i < slots; i++) {
        text_begin(&f->pieces[i].text);
        f->pieces[i].packed = heap_pages(BLOCK_MOST);
    }
    relay_open(&f->relay, count, slots, draw, finish, f);
    relay_put(&f->relay); /* the others when it turns out that there is more */
    return f;
}

/* The member that ends with the piece is checked as a whole. */
static void check_member(struct gunzip *f, struct piece *piece)
{
    f->crc = (uint32_t)crc32_combine(f->crc, piece->crc, (long)piece->length);
    f->length += (uint32_t)piece->length;
    if (!piece->ends)
        return;
    piece->verdict = CORRUPT;
    if (f->crc != piece->member_crc)
        piece->why = "incorrect data check";
    else if (f->length != piece->member_length)
        piece->why = "incorrect length check";
    else
        piece->verdict = GOOD;
    f->crc = 0;
    f->length = 0;
}

/* Says what is wrong with a piece; false at the end of the stream. */
static bool heed_verdict(const struct gunzip *f, const struct piece *piece)
{
    unsigned long long offset = piece->offset;
    switch (piece->verdict) {
    case GOOD:
        return true;
    case WHOLE:
        return false;
    case CUT:
        fail("%s: the gzip stream is cut at byte %llu; fetch the file anew", f->name, offset);
    case CUT_BGZF:
        fail("%s: the gzip stream is cut at byte %llu, between two blocks (BGZF without its end "
             "block); fetch the file anew",
             f->name, offset);
    case CORRUPT:
        fail("%s: the gzip stream is corrupt at byte %llu (%s); fetch the file anew", f->name,
             offset, piece->why);
    case UNREAD:
        errno = piece->error;
        fail_errno("%s: cannot read", f->name);
    case STARVED:
        fail("out of memory (gzip)");
    case MISGUESSED:
        break;
    }
    return false;
}

static struct piece *take_piece(struct gunzip *f)
{
    struct piece *piece = &f->pieces[relay_take(&f->relay)];
    if (f->progress != NULL)
        progress_add(f->progress, piece->read);
    if (piece->packed_length == 0 && piece->verdict == GOOD)
        check_member(f, piece);
    return piece;
}

/* Goes back to where a guess has failed. No piece is left that somebody works on. */
static void read_again(struct gunzip *f, uint64_t offset)
{
    while (f->relay.put > f->relay.taken)
        relay_take(&f->relay);
    if (lseek(f->fd, f->start + (off_t)offset, SEEK_SET) < 0)
        fail_errno("%s: cannot read it again", f->name);
    f->base = offset;
    f->at = f->end = 0;
    f->drained = f->guess = f->blocked = false;
    f->where = BETWEEN;
}

/* Puts a piece behind what is unread: the buffers change places, and the start of a line
 * is copied, or where that is long the piece. */
static void give(struct piece *piece, struct text *text)
{
    struct text given = piece->text;
    size_t unread = text->end - text->at, end = given.block + piece->length;
    if (unread > TEXT_HEAD) {
        text_make_room(text, TEXT_BLOCK);
        memcpy(text->bytes + text->end, block_of(piece), piece->length);
        text_set_end(text, text->end + piece->length);
        return;
    }
    given.at = given.block - unread;
    memcpy(given.bytes + given.at, text->bytes + text->at, unread);
    text_set_end(&given, end);
    piece->text = *text;
    *text = given;
}

bool gunzip_read(struct gunzip *f, struct text *text)
{
    size_t length = 0;
    while (length == 0) {
        struct piece *piece = take_piece(f);
        length = piece->length;
        if (piece->verdict == MISGUESSED) {
            length = 0;
            read_again(f, piece->packed_offset);
        } else if (!heed_verdict(f, piece)) {
            return false;
        } else {
            give(piece, text);
        }
        while (f->relay.put - f->relay.taken < f->slots)
            relay_put(&f->relay);
    }
    return true;
}

void gunzip_close(struct gunzip *f)
{
    relay_close(&f->relay);
    for (unsigned i = 0; i < f->threads; i++)
        inflateEnd(&f->finishers[i]);
    for (size_t i = 0; i < f->slots; i++) {
        text_free(&f->pieces[i].text);
        free(f->pieces[i].packed);
    }
    inflateEnd(&f->z);
    free(f->finishers);
    free(f->pieces);
    free(f->raw);
    free(f);
}
