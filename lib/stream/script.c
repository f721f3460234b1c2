#include "stream/script.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/heap.h"
#include "stream/lettering.h"

void script_put(struct script *script, struct slice bytes)
{
    script->bytes = heap_grow(script->bytes, &script->room, script->length + bytes.length + 1, 1);
    if (bytes.length > 0)
        memcpy(script->bytes + script->length, bytes.bytes, bytes.length);
    script->length += bytes.length;
}

void script_add(struct script *script, const char *format, ...)
{
    char text[600];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    size_t most = sizeof text - 1;
    script_put(script, (struct slice){text, (size_t)length < most ? (size_t)length : most});
}

struct slice script_slice(const struct script *script)
{
    return (struct slice){script->bytes, script->length};
}

/* Puts the text, and in place of some bytes what `other` gives for them. */
static void put_with(struct script *script, struct slice text, const char *(*other)(char byte))
{
    size_t from = 0;
    if (text.length == 0)
        return;
    for (size_t i = 0; i < text.length; i++) {
        const char *instead = other(text.bytes[i]);
        if (instead == NULL)
            continue;
        script_put(script, (struct slice){text.bytes + from, i - from});
        script_put(script, slice_of(instead));
        from = i + 1;
    }
    script_put(script, (struct slice){text.bytes + from, text.length - from});
}

/* A quote ends the text, and stands between double ones before the next. (gnuplot 5.4 takes a
 * doubled one at the start for an empty text.) Nothing else ends such a text, but for the line end,
 * which no text has. */
static const char *for_gnuplot(char byte)
{
    return byte == '\'' ? "'.\"'\".'" : byte == LETTERING_GLUE ? " " : NULL;
}

void script_quote(struct script *script, struct slice text)
{
    script_put(script, slice_of("'"));
    put_with(script, text, for_gnuplot);
    script_put(script, slice_of("'"));
}

static const char *for_xml(char byte)
{
    switch (byte) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case LETTERING_GLUE:
        return " ";
    default:
        return NULL;
    }
}

void script_escape(struct script *script, struct slice text)
{
    put_with(script, text, for_xml);
}
