#include "base/message.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/leave.h"

enum { LINE_ROOM = 2048, QUOTE_BYTES = 60, QUOTE_ROOM = 4 * QUOTE_BYTES + 8, QUOTES = 5 };

static bool status_shown;
static _Thread_local char quotes[QUOTES][QUOTE_ROOM];
static _Thread_local unsigned quote_next;

void message_status(const char *text)
{
    if (text != NULL)
        fprintf(stderr, "\r%s\033[K", text);
    else if (status_shown)
        fputs("\r\033[K", stderr);
    status_shown = text != NULL;
    fflush(stderr);
}

/* Says `text` (without the program's name, which it adds). */
static void say(const char *text)
{
    message_status(NULL);
    fprintf(stderr, "%s: %s\n", leave_program(), text);
}

_Noreturn static void fail_with(const char *text)
{
    char line[LINE_ROOM + 256];
    say(text);
    snprintf(line, sizeof line, LEAVE_MARK "%s: %s", leave_program(), text);
    leave_now(line, EXIT_FAILED);
}

void fail(const char *format, ...)
{
    leave_because(LEAVE_FAILED);
    char text[LINE_ROOM];
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
    char text[LINE_ROOM];
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
    char text[LINE_ROOM] = "";
    size_t at = 0;
    if (place.line > 0)
        at = (size_t)snprintf(text, sizeof text, "%.400s:%llu: ", place.file,
                              (unsigned long long)place.line);
    else if (place.file != NULL)
        at = (size_t)snprintf(text, sizeof text, "%.400s: ", place.file);
    if (place.column.length > 0) {
        const char *name = quoted(place.column);
        at += (size_t)snprintf(text + at, sizeof text - at, "%.*s: ", (int)strlen(name) - 2,
                               name + 1);
    }
    va_list args;
    va_start(args, format);
    vsnprintf(text + at, sizeof text - at, format, args);
    va_end(args);
    fail_with(text);
}

void fail_upstream(const char *file, struct slice error_line)
{
    char line[LINE_ROOM + 256];
    char text[LINE_ROOM];
    size_t mark = strlen(LEAVE_MARK);
    leave_because(LEAVE_FAILED);
    size_t length = error_line.length < sizeof line ? error_line.length : sizeof line - 1;
    for (size_t i = 0; i < length; i++)
        line[i] = error_line.bytes[i] == '\0' ? '?' : error_line.bytes[i];
    line[length] = '\0';
    snprintf(text, sizeof text, "%.300s: an earlier stage failed: %.1600s", file, line + mark);
    for (char *c = text; *c != '\0'; c++)
        if ((unsigned char)*c < ' ' || *c == '\177')
            *c = '?';
    say(text);
    leave_now(line, EXIT_FAILED);
}

void misuse(const char *format, ...)
{
    char text[LINE_ROOM];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    message_status(NULL);
    fprintf(stderr, "%s: %s (try '%s --help')\n", leave_program(), text, leave_program());
    leave_now(NULL, EXIT_MISUSED);
}

void warn(const char *format, ...)
{
    char text[LINE_ROOM];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    say(text);
}

const char *quoted(struct slice bytes)
{
    char *out = quotes[quote_next++ % QUOTES];
    char *at = out;
    *at++ = '\'';
    for (size_t i = 0; i < bytes.length && i < QUOTE_BYTES; i++) {
        unsigned char byte = (unsigned char)bytes.bytes[i];
        if (byte < ' ' || byte == 127)
            at += snprintf(at, 5, "\\x%02x", byte);
        else
            *at++ = (char)byte;
    }
    snprintf(at, 5, "%s", bytes.length > QUOTE_BYTES ? "...'" : "'");
    return out;
}

const char *quoted_text(const char *text)
{
    return quoted(slice_of(text));
}
