/*
 * deflate: the text of packed bytes whose lengths are known beforehand, and checksums.
 *
 * A block of BGZF is such packed bytes. Where jf was built with libdeflate, which is made for whole
 * blocks, that inflates them; what it does not take, and all else, is zlib's. So what is taken, and
 * what is said of the rest, is zlib's in either build.
 */
#ifndef JF_DEFLATE_H
#define JF_DEFLATE_H

#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

struct deflate;

/* For one thread at a time. */
struct deflate *deflate_open(void);

/* Inflates the packed bytes, all of them, to `length` bytes of text. NULL, or what is wrong, good
 * until the next call. */
const char *deflate_inflate(struct deflate *deflate, struct slice packed, char *text,
                            size_t length);

void deflate_close(struct deflate *deflate);

/* The CRC of gzip (RFC 1952, section 8); of at most 4 GiB. */
uint32_t deflate_crc(const void *bytes, size_t length);

#endif
