#include "stream/deflate.h"

#include <stdbool.h>
#include <stdlib.h>
#define ZLIB_CONST
#include <zlib.h>
#ifdef JF_LIBDEFLATE
#include <libdeflate.h>
#endif

#include "base/heap.h"
#include "base/message.h"

enum { RAW_WINDOW = -15 }; /* inflate's bits, without a gzip header */

#ifdef JF_LIBDEFLATE

struct fast {
    struct libdeflate_decompressor *decompressor;
};

static bool fast_open(struct fast *fast)
{
    fast->decompressor = libdeflate_alloc_decompressor();
    return fast->decompressor != NULL;
}

static bool fast_inflate(struct fast *fast, struct slice packed, char *text, size_t length)
{
    size_t taken;
    return libdeflate_deflate_decompress_ex(fast->decompressor, packed.bytes, packed.length, text,
                                            length, &taken, NULL) == LIBDEFLATE_SUCCESS &&
           taken == packed.length;
}

static void fast_close(struct fast *fast)
{
    libdeflate_free_decompressor(fast->decompressor);
}

#else

struct fast {
    char none;
};

static bool fast_open(struct fast *fast)
{
    (void)fast;
    return true;
}

static bool fast_inflate(struct fast *fast, struct slice packed, char *text, size_t length)
{
    (void)fast, (void)packed, (void)text, (void)length;
    return false;
}

static void fast_close(struct fast *fast)
{
    (void)fast;
}

#endif

struct deflate {
    struct fast fast;
    z_stream z;
};

struct deflate *deflate_open(void)
{
    struct deflate *deflate = heap_take(1, sizeof *deflate);
    if (!fast_open(&deflate->fast) || inflateInit2(&deflate->z, RAW_WINDOW) != Z_OK)
        fail("out of memory (gzip)");
    return deflate;
}

static const char *inflate_slowly(z_stream *z, struct slice packed, char *text, size_t length)
{
    inflateReset(z);
    z->next_in = (const void *)packed.bytes;
    z->avail_in = (unsigned)packed.length;
    z->next_out = (void *)text;
    z->avail_out = (unsigned)length;
    int result = inflate(z, Z_FINISH);
    if (result != Z_STREAM_END && z->msg != NULL)
        return z->msg;
    if (result != Z_STREAM_END || z->avail_in > 0 || z->avail_out > 0)
        return "a block that is not as long as it says";
    return NULL;
}

const char *deflate_inflate(struct deflate *deflate, struct slice packed, char *text, size_t length)
{
    if (fast_inflate(&deflate->fast, packed, text, length))
        return NULL;
    return inflate_slowly(&deflate->z, packed, text, length);
}

void deflate_close(struct deflate *deflate)
{
    fast_close(&deflate->fast);
    inflateEnd(&deflate->z);
    free(deflate);
}

uint32_t deflate_crc(const void *bytes, size_t length)
{
#ifdef JF_LIBDEFLATE
    return libdeflate_crc32(0, bytes, length);
#else
    return (uint32_t)crc32(0, bytes, (unsigned)length);
#endif
}
