#include "stream/bgzf.h"

#include <string.h>

#include "stream/deflate.h"

enum { LENGTH_AT = 16, TAIL_BYTES = 8 };

static uint32_t number_at(const char *bytes, unsigned count)
{
    uint32_t number = 0;
    for (unsigned i = count; i-- > 0;)
        number = number << 8 | (unsigned char)bytes[i];
    return number;
}

size_t bgzf_length(const char *head)
{
    static const unsigned char start[] = {0x1f, 0x8b, 8, 4}, extra[] = {6, 0, 'B', 'C', 2, 0};
    if (memcmp(head, start, sizeof start) != 0 || memcmp(head + 10, extra, sizeof extra) != 0)
        return 0;
    size_t length = (size_t)number_at(head + LENGTH_AT, 2) + 1;
    return length < BGZF_HEAD + TAIL_BYTES ? 0 : length;
}

size_t bgzf_text_length(struct slice block)
{
    return number_at(block.bytes + block.length - 4, 4);
}

const char *bgzf_inflate(struct deflate *deflate, struct slice block, char *text)
{
    size_t length = bgzf_text_length(block);
    struct slice packed = {block.bytes + BGZF_HEAD, block.length - BGZF_HEAD - TAIL_BYTES};
    const char *why = deflate_inflate(deflate, packed, text, length);
    if (why != NULL)
        return why;
    if (deflate_crc(text, length) != number_at(block.bytes + block.length - TAIL_BYTES, 4))
        return "incorrect data check";
    return NULL;
}
