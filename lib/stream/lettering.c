#include "stream/lettering.h"

#include <stdbool.h>
#include <string.h>

/* The bytes of the character of UTF-8 (Unicode, table 3-7) that the text begins with, or 0. */
static size_t character(const char *text, size_t length)
{
    static const struct {
        unsigned char first, last, low, high;
        size_t bytes;
    } forms[] = {
        {0x00, 0x7f, 0x80, 0xbf, 1}, {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3},
        {0xe1, 0xec, 0x80, 0xbf, 3}, {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
        {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4}};
    const unsigned char *at = (const unsigned char *)text;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (*at < forms[i].first || *at > forms[i].last)
            continue;
        if (length < forms[i].bytes)
            return 0;
        for (size_t j = 1; j < forms[i].bytes; j++)
            if (at[j] < (j == 1 ? forms[i].low : 0x80) || at[j] > (j == 1 ? forms[i].high : 0xbf))
                return 0;
        return forms[i].bytes;
    }
    return 0;
}

static bool is_utf8(struct slice bytes)
{
    size_t length = 1;
    for (size_t i = 0; i < bytes.length && length > 0; i += length)
        length = character(bytes.bytes + i, bytes.length - i);
    return length > 0;
}

/* What has no picture: control characters, C1's too, and U+FFFE and U+FFFF. */
static bool is_nothing(const char *at, size_t bytes)
{
    unsigned char first = (unsigned char)at[0];
    if (bytes == 1)
        return first < ' ' || first == 0x7f;
    return (bytes == 2 && first == 0xc2 && (unsigned char)at[1] < 0xa0) ||
           (bytes == 3 &&
            (memcmp(at, "\xef\xbf\xbe", 3) == 0 || memcmp(at, "\xef\xbf\xbf", 3) == 0));
}

/* Puts the next character as UTF-8 without control bytes; returns how many bytes it was of. */
static size_t put_character(char **to, struct slice rest, bool utf8, char blank)
{
    unsigned char byte = (unsigned char)rest.bytes[0];
    size_t bytes = utf8 ? character(rest.bytes, rest.length) : 1;
    if (byte == ' ')
        *(*to)++ = blank;
    else if (is_nothing(rest.bytes, bytes) || (!utf8 && byte >= 0x80 && byte < 0xa0))
        *(*to)++ = '?';
    else if (!utf8 && byte >= 0xa0) {
        *(*to)++ = (char)(0xc0 | byte >> 6);
        *(*to)++ = (char)(0x80 | (byte & 0x3f));
    } else {
        memcpy(*to, rest.bytes, bytes);
        *to += bytes;
    }
    return bytes;
}

static struct slice as_text(struct arena *arena, struct slice bytes, char blank)
{
    static const char more[] = "\342\200\246";
    char *text = arena_take(arena, LETTERING_MOST + sizeof more), *to = text;
    bool utf8 = is_utf8(bytes);
    size_t at = 0;
    while (at < bytes.length && to - text <= LETTERING_MOST - 4)
        at += put_character(&to, (struct slice){bytes.bytes + at, bytes.length - at}, utf8, blank);
    if (at < bytes.length) {
        memcpy(to, more, sizeof more - 1);
        to += sizeof more - 1;
    }
    return (struct slice){text, (size_t)(to - text)};
}

struct slice lettering_text(struct arena *arena, struct slice bytes)
{
    return as_text(arena, bytes, ' ');
}

struct slice lettering_label(struct arena *arena, struct slice bytes)
{
    return as_text(arena, bytes, LETTERING_GLUE);
}

/* Bytes that go on with a character. */
static bool goes_on(char byte)
{
    return ((unsigned char)byte & 0xc0) == 0x80;
}

int lettering_count(struct slice text)
{
    int count = 0;
    for (size_t i = 0; i < text.length; i++)
        count += !goes_on(text.bytes[i]);
    return count;
}

/* The wider one of Arial and DejaVu Sans, which often stands in for it, by classes. */
static int width_of_ascii(char letter)
{
    static const struct {
        const char *letters;
        int width;
    } classes[] = {
        {"ijlI \1", 32}, {".,:;'!|", 41}, {"frt()[]/\\-`", 42}, {"Jcsz\"_{}", 56},
        {"mMW%@", 103},  {"DGHNOQU", 80}, {"+<=>~#^&w", 85},    {"ABCEKRSVXYZPFLT", 73},
    };
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++)
        if (strchr(classes[i].letters, letter) != NULL)
            return classes[i].width;
    return 65;
}

/* By the first byte: letters of Europe, those of the Danish alphabet as wide as they are, then
 * signs, then the square ones of East Asia. */
static int width_of_other(const char *at)
{
    unsigned char first = (unsigned char)at[0];
    if (first == 0xc3 && ((unsigned char)at[1] & 0xdf) == 0x86)
        return 103; /* the two of ae */
    if (first < 0xe0)
        return first == 0xc3 && (unsigned char)at[1] >= 0xa0 ? 65 : 85;
    return first == 0xe2 ? 85 : 103;
}

int lettering_width(struct slice text)
{
    int width = 0;
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.bytes[i];
        if (!goes_on(byte))
            width +=
                (unsigned char)byte < 0x80 ? width_of_ascii(byte) : width_of_other(text.bytes + i);
    }
    return width;
}

/* The end of the part that fits and ends before `mark`; 0 where there is none. */
static size_t last_fit(struct slice text, char mark, int (*width)(struct slice text), int most)
{
    size_t best = 0;
    for (size_t i = 1; i < text.length; i++) {
        bool may_end = mark == '\0' ? !goes_on(text.bytes[i]) : text.bytes[i] == mark;
        if (may_end && width((struct slice){text.bytes, i}) <= most)
            best = i;
    }
    return best;
}

struct slice lettering_line(struct slice *text, int (*width)(struct slice text), int most)
{
    struct slice line = *text;
    bool fits = width(line) <= most;
    if (!fits)
        line.length = last_fit(*text, ' ', width, most);
    if (line.length == 0)
        line.length = last_fit(*text, LETTERING_GLUE, width, most);
    if (line.length == 0)
        line.length = last_fit(*text, '\0', width, most);
    if (fits || line.length == 0) {
        line = *text;
        *text = (struct slice){0};
        return line;
    }
    char next = text->bytes[line.length];
    size_t gone = line.length + (next == ' ' || next == LETTERING_GLUE);
    *text = (struct slice){text->bytes + gone, text->length - gone};
    return line;
}
