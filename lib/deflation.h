/*
 * deflation: text to gzip, on all cores.
 *
 * The text of a stream becomes BGZF blocks (samtools; a gzip member each, which any
 * gunzip reads), as they can be made, and read again, independently of each other.
 * The bytes are the same for any number of threads. Several streams may share a
 * deflation: a block knows whose it is, and is written when its turn has come.
 */
#ifndef JF_DEFLATION_H
#define JF_DEFLATION_H

#include <stdint.h>

#include "slice.h"

/* The text of a full block; all but a stream's last ones are full. */
enum { DEFLATION_BYTES = 0xff00 };

struct deflation;

/* Writes the bytes of a block for the stream `owner`. */
typedef void deflation_write(void *owner, struct slice bytes);

/* Level 0 to 9; `threads` as for relay_threads. */
struct deflation *deflation_open(uint64_t level, uint64_t threads, deflation_write *write);

/* Takes over a block's text, 1 to DEFLATION_BYTES; may write blocks put before. */
void deflation_put(struct deflation *deflation, void *owner, struct slice text);

/* Writes all blocks that were put. */
void deflation_drain(struct deflation *deflation);

/* The empty block that ends a stream. */
struct slice deflation_end(void);

void deflation_close(struct deflation *deflation);

#endif
