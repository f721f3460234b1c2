#include "base/slice.h"

struct slice slice_of(const char *text)
{
    return (struct slice){text, strlen(text)};
}

char slice_lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

bool slice_equal_nocase(struct slice a, struct slice b)
{
    if (a.length != b.length)
        return false;
    for (size_t i = 0; i < a.length; i++)
        if (slice_lower(a.bytes[i]) != slice_lower(b.bytes[i]))
            return false;
    return true;
}

int slice_compare(struct slice a, struct slice b)
{
    size_t common = a.length < b.length ? a.length : b.length;
    int order = common == 0 ? 0 : memcmp(a.bytes, b.bytes, common);
    if (order != 0)
        return order;
    return (a.length > b.length) - (a.length < b.length);
}

struct slice slice_cut(struct slice *text, char mark)
{
    const char *found = text->length == 0 ? NULL : memchr(text->bytes, mark, text->length);
    struct slice head = *text;
    if (found == NULL) {
        *text = (struct slice){NULL, 0};
        return head;
    }
    head.length = (size_t)(found - text->bytes);
    *text = (struct slice){found + 1, text->length - head.length - 1};
    return head;
}

struct slice slice_cut_item(struct slice *text, char **room)
{
    struct slice item = {*room, 0};
    size_t at = 0;
    for (; at < text->length && text->bytes[at] != ','; at++) {
        bool marked = text->bytes[at] == '\\' && at + 1 < text->length &&
                      (text->bytes[at + 1] == ',' || text->bytes[at + 1] == '\\');
        at += marked;
        *(*room)++ = text->bytes[at];
        item.length++;
    }
    *text = at < text->length ? (struct slice){text->bytes + at + 1, text->length - at - 1}
                              : (struct slice){NULL, 0};
    return item;
}

/* Blanks of two and three bytes in UTF-8. */
static bool is_wide_blank(const unsigned char *at, size_t length)
{
    if (length == 2)
        return at[0] == 0xc2 && at[1] == 0xa0;
    if (at[0] == 0xe2 && at[1] == 0x80)
        return (at[2] >= 0x80 && at[2] <= 0x8d) || at[2] == 0xaf;
    return memcmp(at, "\xe2\x81\x9f", 3) == 0 || memcmp(at, "\xe2\x81\xa0", 3) == 0 ||
           memcmp(at, "\xe3\x80\x80", 3) == 0 || memcmp(at, "\xef\xbb\xbf", 3) == 0;
}

/* Whether one byte of the text is a blank: at its end A0 is one of Latin-1 only behind ASCII, else
 * it may end a character of UTF-8. */
static bool is_blank(struct slice text, size_t at)
{
    char byte = text.bytes[at];
    if (byte == '\240')
        return at == 0 || (unsigned char)text.bytes[at - 1] < 0x80;
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* The bytes of the blank that the text begins with, or ends in; 0 where there is none. */
static size_t blank_bytes(struct slice text, bool at_end)
{
    for (size_t length = 1; length <= 3 && length <= text.length; length++) {
        size_t at = at_end ? text.length - length : 0;
        if (length == 1 ? is_blank(text, at)
                        : is_wide_blank((const unsigned char *)text.bytes + at, length))
            return length;
    }
    return 0;
}

/* A byte that is no blank, nor part of one. */
static bool is_plain(char byte)
{
    return byte > ' ' && byte <= '~';
}

size_t slice_blank(struct slice text)
{
    return blank_bytes(text, false);
}

size_t slice_dash(struct slice text)
{
    const char *at = text.bytes;
    if (text.length > 0 && *at == '-')
        return 1;
    bool dash =
        text.length >= 3 && ((memcmp(at, "\xe2\x80", 2) == 0 && (unsigned char)at[2] >= 0x90 &&
                              (unsigned char)at[2] <= 0x95) ||
                             memcmp(at, "\xe2\x88\x92", 3) == 0);
    return dash ? 3 : 0;
}

struct slice slice_trim(struct slice text)
{
    size_t blank;
    if (text.length > 0 && is_plain(text.bytes[0]) && is_plain(text.bytes[text.length - 1]))
        return text;
    while ((blank = blank_bytes(text, false)) > 0)
        text = (struct slice){text.bytes + blank, text.length - blank};
    while ((blank = blank_bytes(text, true)) > 0)
        text.length -= blank;
    return text;
}

bool slice_whole(struct slice text, uint64_t *number)
{
    enum { DIGITS_MOST = 18 };
    bool good = text.length > 0 && text.length <= DIGITS_MOST;
    *number = 0;
    for (size_t i = 0; good && i < text.length; i++) {
        good = text.bytes[i] >= '0' && text.bytes[i] <= '9';
        *number = 10 * *number + (uint64_t)(text.bytes[i] - '0');
    }
    return good;
}
