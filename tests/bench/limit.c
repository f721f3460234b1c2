/*
 * limit - how fast it could be: the bare loops that no filter can beat.
 *
 *     limit read FILE              read() of 256 KiB to the end
 *     limit lines FILE             the same, and count the line ends
 *     limit inflate FILE           zlib's inflate of a gzip file, and throw the text away
 *     limit deflate LEVEL FILE     zlib's deflate of a plain file, and throw the result away
 *
 * One thread each. Prints the bytes (for lines: the lines), so that no loop is optimised away.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

enum { CHUNK = 256 * 1024, GZIP = 16, LANES = 64 };

static unsigned char in[CHUNK], out[CHUNK];

static void fail(const char *what)
{
    fprintf(stderr, "limit: %s\n", what);
    exit(1);
}

/* Fills `in`; 0 at the end. */
static size_t fill(int file)
{
    ssize_t got = read(file, in, sizeof in);

    if (got < 0)
        fail("cannot read");
    return (size_t)got;
}

/* ---- plain ---- */

/* Sums of a byte each, side by side: what a compiler makes vectors of. A lane is added to at most
 * 255 times before it is emptied. */
static uint64_t line_ends(const unsigned char *text, size_t size)
{
    uint64_t total = 0;

    while (size >= LANES) {
        unsigned char lanes[LANES] = {0};
        for (int turn = 0; turn < 255 && size >= LANES; turn++, text += LANES, size -= LANES)
            for (int lane = 0; lane < LANES; lane++)
                lanes[lane] = (unsigned char)(lanes[lane] + (text[lane] == '\n'));
        for (int lane = 0; lane < LANES; lane++)
            total += lanes[lane];
    }
    for (; size > 0; size--)
        total += *text++ == '\n';
    return total;
}

static uint64_t loop_read(int file)
{
    uint64_t total = 0;
    for (size_t got; (got = fill(file)) > 0;)
        total += got;
    return total;
}

static uint64_t loop_lines(int file)
{
    uint64_t total = 0;
    for (size_t got; (got = fill(file)) > 0;)
        total += line_ends(in, got);
    return total;
}

/* ---- gzip ---- */

/* All members, one after the other. */
static uint64_t loop_inflate(int file)
{
    z_stream z = {.next_in = in};
    uint64_t total = 0;
    int verdict = Z_STREAM_END;

    if (inflateInit2(&z, MAX_WBITS + GZIP) != Z_OK)
        fail("no memory");
    for (size_t got; (got = fill(file)) > 0;) {
        z.next_in = in;
        z.avail_in = (unsigned)got;
        do {
            if (verdict == Z_STREAM_END)
                inflateReset(&z);
            z.next_out = out;
            z.avail_out = sizeof out;
            verdict = inflate(&z, Z_NO_FLUSH);
            if (verdict != Z_OK && verdict != Z_STREAM_END && verdict != Z_BUF_ERROR)
                fail("not a gzip file");
            total += sizeof out - z.avail_out;
        } while (z.avail_in > 0 || z.avail_out == 0);
    }
    if (verdict != Z_STREAM_END)
        fail("the gzip file is cut");
    inflateEnd(&z);
    return total;
}

static uint64_t loop_deflate(int file, int level)
{
    z_stream z = {.next_in = in};
    uint64_t total = 0;
    size_t got;

    if (deflateInit2(&z, level, Z_DEFLATED, MAX_WBITS + GZIP, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        fail("not a level");
    do {
        got = fill(file);
        z.next_in = in;
        z.avail_in = (unsigned)got;
        do {
            z.next_out = out;
            z.avail_out = sizeof out;
            deflate(&z, got == 0 ? Z_FINISH : Z_NO_FLUSH);
            total += sizeof out - z.avail_out;
        } while (z.avail_out == 0);
    } while (got > 0);
    deflateEnd(&z);
    return total;
}

int main(int argc, char **argv)
{
    const char *loop = argc > 1 ? argv[1] : "";
    int with_level = strcmp(loop, "deflate") == 0;
    uint64_t total = 0;

    if (argc != 3 + with_level) {
        fprintf(stderr, "usage: limit read|lines|inflate FILE, limit deflate LEVEL FILE\n");
        return 2;
    }
    int file = open(argv[argc - 1], O_RDONLY);
    if (file < 0)
        fail("cannot open the file");
    if (strcmp(loop, "read") == 0)
        total = loop_read(file);
    else if (strcmp(loop, "lines") == 0)
        total = loop_lines(file);
    else if (strcmp(loop, "inflate") == 0)
        total = loop_inflate(file);
    else if (with_level)
        total = loop_deflate(file, atoi(argv[2]));
    else
        fail("no such loop");
    printf("%llu\n", (unsigned long long)total);
    return 0;
}
