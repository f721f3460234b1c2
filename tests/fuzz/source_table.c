#define _GNU_SOURCE /* memmem */
/*
 * Tables out of any bytes. Each is read in several ways, from a file and from a pipe, in
 * whole blocks and a few bytes at a time, by every scanner, row by row and as jf-split
 * does: all come to the same cells or the same message. Plain bytes are read once more as
 * gzip. And where a table is read at all, its cells are those that a naive reader finds.
 */
#include "stream/table.h"

#include <stdlib.h>
#include <string.h>
#define ZLIB_CONST
#include <zlib.h>

#include "fuzz.h"
#include "base/heap.h"
#include "base/leave.h"
#include "base/option.h"

enum { TEXT_MOST = 1 << 20, PACKED_MOST = 1 << 16, MEMBERS = 4, BLOCK_LENGTH = 16 };

struct way {
    scan_row *scan;
    bool slowly; /* by table_line, table_peek and table_cut */
    bool either; /* of two faults may be told */
    size_t step; /* every so many columns are wanted */
    uint64_t digest;
    uint64_t rows;
};

static void digest_cell(struct way *way, struct slice cell)
{
    way->digest = fuzz_hash(way->digest, cell.bytes, cell.length);
    way->digest = fuzz_hash(way->digest, &cell.length, sizeof cell.length);
}

static bool next_slowly(struct table *table)
{
    if (!table_line(table))
        return false;
    struct slice last = table_peek(table, table->columns - 1);
    table_cut(table);
    struct slice row = table->line;
    fuzz_check(last.bytes + last.length == row.bytes + row.length, "the last cell is found");
    return true;
}

static int read_way(void *context)
{
    struct way *way = context;
    struct table table;
    struct common common = {.no_progress = true, .threads.value = 1};
    table_open(&table, NULL, 0, &common);
    table.scan = way->scan;
    size_t *slots = heap_take(table.columns, sizeof *slots);
    for (size_t i = 0; i < table.columns; i++) {
        digest_cell(way, table.names[i]);
        if (i % way->step == 0)
            slots[i] = table_want(&table, i);
    }
    while (way->slowly ? next_slowly(&table) : table_next(&table)) {
        way->rows++;
        for (size_t i = 0; i < table.columns; i += way->step)
            digest_cell(way, table_cell(&table, slots[i]));
    }
    table_close(&table);
    return 0;
}

/* ---- another reader ---- */

/* The text of whole gzip members one after the other, or the bytes where they are no gzip. */
static struct slice unpack(struct slice bytes)
{
    static char text[TEXT_MOST];
    z_stream z = {.next_in = (const unsigned char *)bytes.bytes,
                  .avail_in = (unsigned)bytes.length,
                  .next_out = (unsigned char *)text,
                  .avail_out = sizeof text};
    if (bytes.length < 2 || memcmp(bytes.bytes, "\x1f\x8b", 2) != 0)
        return bytes;
    inflateInit2(&z, 15 + 16);
    while (inflate(&z, Z_FINISH) == Z_STREAM_END && z.avail_in > 0 && z.next_in[0] != 0)
        inflateReset(&z);
    inflateEnd(&z);
    return (struct slice){text, sizeof text - z.avail_out};
}

static struct way read_naively(struct slice text, size_t step)
{
    struct way way = {.step = step};
    if (text.length >= 3 && memcmp(text.bytes, "\xef\xbb\xbf", 3) == 0)
        text = (struct slice){text.bytes + 3, text.length - 3};
    for (bool header = true; text.length > 0; header = false) {
        struct slice line = fuzz_cut(&text, "\n");
        line.length -= line.length > 0 && line.bytes[line.length - 1] == '\r';
        for (size_t i = 0; line.bytes != NULL; i++) {
            struct slice cell = fuzz_cut(&line, "\t");
            if (header || i % step == 0)
                digest_cell(&way, cell);
        }
        way.rows += !header;
    }
    return way;
}

/* ---- ways to read ---- */

/* A few members, cut anywhere, and an empty one; as BGZF blocks, which say how long they
 * are, or not. The stream is made once: its memory is large. */
static struct slice pack(struct slice text, bool blocks)
{
    static unsigned char packed[PACKED_MOST], extra[] = {'B', 'C', 2, 0, 0, 0};
    static z_stream z;
    gz_header head = {.extra = extra, .extra_len = sizeof extra, .os = 255};
    size_t at = 0, taken = 0;
    if (z.state == NULL)
        deflateInit2(&z, 1, Z_DEFLATED, 15 + 16, 1, Z_DEFAULT_STRATEGY);
    for (size_t i = 1; i <= MEMBERS; i++) {
        size_t end = i + 1 < MEMBERS ? text.length * i / (MEMBERS - 1) : text.length;
        deflateSetHeader(&z, blocks ? &head : NULL);
        z.next_in = (const unsigned char *)text.bytes + taken;
        z.avail_in = (unsigned)(end - taken);
        z.next_out = packed + at;
        z.avail_out = (unsigned)(sizeof packed - at);
        deflate(&z, Z_FINISH);
        if (blocks) {
            packed[at + BLOCK_LENGTH] = (unsigned char)(z.total_out - 1);
            packed[at + BLOCK_LENGTH + 1] = (unsigned char)((z.total_out - 1) >> 8);
        }
        at += z.total_out;
        taken = end;
        deflateReset(&z);
    }
    return (struct slice){(const char *)packed, at};
}

/* What reading comes to, in one number. */
static uint64_t try(struct way *way, int *status)
{
    fuzz_trace();
    *status = fuzz_run(read_way, way).status;
    return fuzz_hash(fuzz_trace(), &way->digest, sizeof way->digest);
}

/* Behind a row at fault an earlier stage's error is looked for in what has been read so far. Who is
 * ended in a row writes both at once; where they come one by one, either may be told. */
static bool has_two_faults(struct slice bytes)
{
    return memmem(bytes.bytes, bytes.length, "\n" LEAVE_MARK, sizeof LEAVE_MARK) != NULL;
}

static void check_way(struct way way, uint64_t want, const char *property)
{
    int status;
    uint64_t got = try(&way, &status);
    fuzz_check(got == want || (way.either && status == EXIT_FAILED), property);
}

/* Whether it is said that this is another kind of file. In gzip it is said otherwise. */
static bool is_named(struct way way, const char *words)
{
    struct slice said = fuzz_run(read_way, &way).said;
    return said.length > 0 && strstr(said.bytes, words) != NULL;
}

static void check_packed(struct slice packed, struct way way, uint64_t want, bool named,
                         const char *property)
{
    fuzz_stdin(packed);
    if (named)
        fuzz_check(is_named(way, " in gzip; convert it with "), "in gzip it is named too");
    else
        check_way(way, want, property);
}

static void check_ways(struct slice bytes, struct way way, uint64_t want)
{
    struct scan_kind kinds[SCAN_KINDS];
    scan_kinds(kinds);
    for (const struct scan_kind *kind = kinds; kind->name != NULL; kind++) {
        way.scan = kind->row;
        fuzz_stdin(bytes);
        check_way(way, want, "every scanner finds the same");
    }
    fuzz_read_most(1 + bytes.length % 7);
    fuzz_stdin(bytes);
    check_way(way, want, "a few bytes at a time come to the same");
    fuzz_read_most(0);
    if (bytes.length <= FUZZ_PIPE) {
        fuzz_stdin_pipe(bytes);
        check_way(way, want, "a pipe comes to the same as a file");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int status;
    struct slice bytes = {(const char *)data, size};
    struct way way = {.scan = scan_best(), .step = 1 + size % 3}, slow = way, base = way;
    fuzz_stdin(bytes);
    uint64_t want = try(&base, &status);
    way.either = slow.either = status == EXIT_FAILED && has_two_faults(bytes);
    check_ways(bytes, way, want);
    slow.slowly = true;
    fuzz_stdin(bytes);
    check_way(slow, want, "a row that is peeked at comes to the same");
    if (size > 0 && data[0] != 0x1f && size < PACKED_MOST / 2) {
        fuzz_stdin(bytes);
        bool named = is_named(way, "; convert it with ");
        check_packed(pack(bytes, false), way, want, named, "packed bytes come to the same");
        check_packed(pack(bytes, true), way, want, named, "packed in blocks they do too");
    }
    struct slice text = unpack(bytes);
    if (status == 0 && text.length < TEXT_MOST) {
        struct way naive = read_naively(text, way.step);
        fuzz_check(naive.digest == base.digest && naive.rows == base.rows,
                   "a table's cells are those of its bytes");
    }
    return 0;
}
