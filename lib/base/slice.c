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
