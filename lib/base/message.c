#include "base/message.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/leave.h"

enum {
    TEXT_ROOM = 4096 + 2048, /* a path and what is said of it */
    LINE_ROOM = TEXT_ROOM + 256,
    UPSTREAM_ROOM = 1600,
    FILE_BYTES = 400,
    QUOTE_BYTES = 60,
    QUOTE_ROOM = 4 * QUOTE_BYTES + 8,
    QUOTES = 5,
    ESCAPE_BYTES = 4, /* of \xNN */
    ID_DIGITS = 6
};

static bool status_shown;
static _Thread_local char quotes[QUOTES][QUOTE_ROOM];
static _Thread_local unsigned quote_next;

/* ---- bytes fit for a terminal ---- */

/* The bytes of the character of UTF-8 (Unicode, table 3-7) that the text begins with; 1 where it
 * begins with none. */
static size_t character_bytes(struct slice text)
{
    static const struct {
        unsigned char first, last, low, high;
        size_t bytes;
    } forms[] = {{0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3},
                 {0xe1, 0xec, 0x80, 0xbf, 3}, {0xed, 0xed, 0x80, 0x9f, 3},
                 {0xee, 0xef, 0x80, 0xbf, 3}, {0xf0, 0xf0, 0x90, 0xbf, 4},
                 {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4}};
    const unsigned char *at = (const unsigned char *)text.bytes;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        size_t good = 2, bytes = forms[i].bytes;
        if (*at < forms[i].first || *at > forms[i].last)
            continue;
        if (text.length < bytes || at[1] < forms[i].low || at[1] > forms[i].high)
            return 1;
        while (good < bytes && (at[good] & 0xc0) == 0x80)
            good++;
        return good == bytes ? bytes : 1;
    }
    return 1;
}

/* Whether a terminal would act on the character: a control of C0 or C1 (alone, as in Latin-1, too),
 * an end of a line or paragraph, or a mark that turns the direction of what follows. */
static bool acts(const char *bytes, size_t length)
{
    const unsigned char *at = (const unsigned char *)bytes;
    if (length == 1)
        return *at < ' ' || (*at >= 0x7f && *at < 0xa0);
    if (length == 2)
        return (at[0] == 0xc2 && at[1] < 0xa0) || (at[0] == 0xd8 && at[1] == 0x9c);
    if (length > 3 || at[0] != 0xe2)
        return false;
    if (at[1] == 0x80)
        return at[2] == 0x8e || at[2] == 0x8f || (at[2] >= 0xa8 && at[2] <= 0xae);
    return at[1] == 0x81 && at[2] >= 0xa6 && at[2] <= 0xa9;
}

bool message_escapes(const char *text)
{
    for (struct slice rest = slice_of(text); rest.length > 0;) {
        size_t bytes = character_bytes(rest);
        if (acts(rest.bytes, bytes))
            return true;
        rest = (struct slice){rest.bytes + bytes, rest.length - bytes};
    }
    return false;
}

/* Puts a character, or each of its bytes as \xNN; at most ESCAPE_BYTES a byte, and a NUL. */
static char *put_character(char *at, const char *bytes, size_t length)
{
    bool escaped = acts(bytes, length);
    for (size_t i = 0; i < length; i++)
        if (escaped)
            at += snprintf(at, ESCAPE_BYTES + 1, "\\x%02x", (unsigned char)bytes[i]);
        else
            *at++ = bytes[i];
    *at = '\0';
    return at;
}

/* Puts the text into `line`, in so far as there is room. */
static void put_plain(char *line, size_t room, struct slice text)
{
    char *at = line, *end = line + room;
    *at = '\0';
    for (struct slice rest = text; rest.length > 0;) {
        size_t bytes = character_bytes(rest);
        if ((size_t)(end - at) <= ESCAPE_BYTES * bytes)
            return;
        at = put_character(at, rest.bytes, bytes);
        rest = (struct slice){rest.bytes + bytes, rest.length - bytes};
    }
}

/* ---- ids ---- */

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* Six digits that are a month, as 201603 or 2016-03, and no birthday. */
static bool is_month(struct slice text)
{
    const char *at = text.bytes;
    bool dash = text.length == 7 && at[4] == '-';
    if (text.length != 6 && !dash)
        return false;
    int month = 10 * (at[4 + dash] - '0') + at[5 + dash] - '0';
    return (memcmp(at, "19", 2) == 0 || memcmp(at, "20", 2) == 0) && month >= 1 && month <= 12;
}

/* The digits that the text begins with, to the last of them, with the blanks and dashes between. */
static struct slice digits_of(struct slice text, size_t *count)
{
    size_t at = 0, end = 0;
    for (*count = 0; at < text.length;) {
        struct slice rest = {text.bytes + at, text.length - at};
        size_t between = slice_blank(rest);
        if (between == 0)
            between = slice_dash(rest);
        if (between == 0 && !is_digit(text.bytes[at]))
            break;
        at += between > 0 ? between : 1;
        *count += between == 0;
        end = between == 0 ? at : end;
    }
    return (struct slice){text.bytes, end};
}

bool message_hides(struct slice text)
{
    for (size_t i = 0, count; i < text.length; i++) {
        if (!is_digit(text.bytes[i]))
            continue;
        struct slice run = digits_of((struct slice){text.bytes + i, text.length - i}, &count);
        if (count >= ID_DIGITS && !is_month(run))
            return true;
        i += run.length - 1;
    }
    return false;
}

/* Puts a cell, at most `most` of its bytes and whole characters; `*put` is how many. */
static char *put_cell(char *at, struct slice cell, size_t most, bool hidden, size_t *put)
{
    *put = 0;
    while (*put < cell.length) {
        struct slice rest = {cell.bytes + *put, cell.length - *put};
        size_t bytes = character_bytes(rest);
        if (*put + bytes > most)
            break;
        at = put_character(at, hidden && is_digit(*rest.bytes) ? "#" : rest.bytes, bytes);
        *put += bytes;
    }
    return at;
}

/* What the bytes are: as the user gave them, a cell, or cells with tabs between them. */
enum whose { GIVEN, CELL, CELLS };

static const char *quote(struct slice bytes, enum whose whose, const char *mark)
{
    char *out = quotes[quote_next++ % QUOTES];
    char *at = out + snprintf(out, 2, "%s", mark);
    size_t put, left = QUOTE_BYTES;
    struct slice rest = bytes;
    do {
        struct slice cell = rest;
        rest = (struct slice){NULL, 0};
        if (whose == CELLS) {
            rest = cell;
            cell = slice_cut(&rest, '\t');
        }
        at = put_cell(at, cell, left, whose != GIVEN && message_hides(cell), &put);
        left -= put;
        if (put < cell.length || (rest.bytes != NULL && left == 0)) {
            rest = (struct slice){NULL, 0};
            at += snprintf(at, 4, "...");
        } else if (rest.bytes != NULL) {
            *at++ = ' ';
            left--;
        }
    } while (rest.bytes != NULL);
    snprintf(at, 2, "%s", mark);
    return out;
}

const char *quoted(struct slice bytes)
{
    return quote(bytes, CELL, "'");
}

const char *quoted_cells(struct slice bytes)
{
    return quote(bytes, CELLS, "'");
}

const char *unquoted(struct slice bytes)
{
    return quote(bytes, CELL, "");
}

const char *quoted_given(struct slice bytes)
{
    return quote(bytes, GIVEN, "'");
}

const char *quoted_text(const char *text)
{
    return quoted_given(slice_of(text));
}

/* ---- saying ---- */

void message_status(const char *text)
{
    if (text != NULL)
        fprintf(stderr, "\r%s\033[K", text);
    else if (status_shown)
        fputs("\r\033[K", stderr);
    status_shown = text != NULL;
    fflush(stderr);
}

/* Says `text` (without the program's name, which it adds), in one line whatever bytes it holds,
 * and leaves in `line`, of LINE_ROOM, what the reader of a stream is told. */
static void say(const char *text, char *line)
{
    size_t at = (size_t)snprintf(line, LINE_ROOM, LEAVE_MARK "%s: ", leave_program());
    put_plain(line + at, LINE_ROOM - at, slice_of(text));
    message_status(NULL);
    fprintf(stderr, "%s\n", line + sizeof LEAVE_MARK - 1);
}

_Noreturn static void fail_with(const char *text)
{
    char line[LINE_ROOM];
    say(text, line);
    leave_now(line, EXIT_FAILED);
}

void message_add(struct message_part *part, const char *format, ...)
{
    size_t room = sizeof part->text - part->length;
    va_list args;
    va_start(args, format);
    int length = vsnprintf(part->text + part->length, room, format, args);
    va_end(args);
    part->cut |= length < 0 || (size_t)length >= room;
    if (length > 0)
        part->length += (size_t)length < room ? (size_t)length : room - 1;
}

void fail(const char *format, ...)
{
    leave_because(LEAVE_FAILED);
    char text[TEXT_ROOM];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    fail_with(text);
}

void fail_memory(size_t count, size_t size)
{
    leave_because(LEAVE_NO_MEMORY);
    fail("out of memory (asked for %zu x %zu bytes)", count, size);
}

void fail_errno(const char *format, ...)
{
    leave_because(LEAVE_FAILED);
    const char *reason = errno != 0 ? strerror(errno) : "no reason given";
    char text[TEXT_ROOM];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (length >= 0 && (size_t)length < sizeof text)
        snprintf(text + length, sizeof text - (size_t)length, ": %s", reason);
    fail_with(text);
}

void fail_at(struct place place, const char *format, ...)
{
    leave_because(LEAVE_FAILED);
    char text[TEXT_ROOM] = "";
    size_t at = 0;
    if (place.line > 0)
        at = (size_t)snprintf(text, sizeof text, "%.*s:%llu: ", FILE_BYTES, place.file,
                              (unsigned long long)place.line);
    else if (place.file != NULL)
        at = (size_t)snprintf(text, sizeof text, "%.*s: ", FILE_BYTES, place.file);
    if (place.column.length > 0)
        at += (size_t)snprintf(text + at, sizeof text - at, "%s: ", unquoted(place.column));
    va_list args;
    va_start(args, format);
    vsnprintf(text + at, sizeof text - at, format, args);
    va_end(args);
    fail_with(text);
}

/* Whether the run of digits is the line of a place, `:12:`, or a number of bytes. */
static bool is_place(struct slice text, struct slice run)
{
    static const char bytes[] = "byte ";
    size_t before = (size_t)(run.bytes - text.bytes), length = sizeof bytes - 1;
    bool in_bytes = before >= length && memcmp(run.bytes - length, bytes, length) == 0;
    bool in_line = before > 0 && run.bytes[-1] == ':' && before + run.length < text.length &&
                   run.bytes[run.length] == ':';
    return in_bytes || in_line;
}

/* What an earlier stage says is the bytes of somebody: here what may be an id is shown by its
 * shape, wherever it stands. */
static void hide_ids(struct slice text, char *shown)
{
    memcpy(shown, text.bytes, text.length);
    for (size_t i = 0, count; i < text.length; i++) {
        if (!is_digit(text.bytes[i]))
            continue;
        struct slice run = digits_of((struct slice){text.bytes + i, text.length - i}, &count);
        bool hidden = message_hides(run) && !is_place(text, run);
        for (size_t end = i + run.length; i < end; i++)
            if (hidden && is_digit(shown[i]))
                shown[i] = '#';
    }
}

void fail_upstream(const char *file, struct slice error_line)
{
    enum { MARK = sizeof LEAVE_MARK - 1 };
    char line[LINE_ROOM] = LEAVE_MARK, shown[UPSTREAM_ROOM], text[TEXT_ROOM], spoken[LINE_ROOM];
    leave_because(LEAVE_FAILED);
    struct slice told = {error_line.bytes + MARK, error_line.length - MARK};
    if (told.length >= sizeof shown)
        told.length = sizeof shown - 1;
    hide_ids(told, shown);
    put_plain(line + MARK, UPSTREAM_ROOM, (struct slice){shown, told.length});
    snprintf(text, sizeof text, "%.*s: an earlier stage failed: %.*s", FILE_BYTES, file,
             UPSTREAM_ROOM, line + MARK);
    say(text, spoken);
    leave_now(line, EXIT_FAILED);
}

void misuse(const char *format, ...)
{
    char text[TEXT_ROOM], line[LINE_ROOM];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    size_t at = strlen(text);
    snprintf(text + at, sizeof text - at, " (try '%s --help')", leave_program());
    say(text, line);
    leave_now(NULL, EXIT_MISUSED);
}

void warn(const char *format, ...)
{
    char text[TEXT_ROOM], line[LINE_ROOM];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    say(text, line);
}
