#include "fan.h"

#include <stdlib.h>
#include <string.h>

#include "heap.h"

enum { VALUE_BYTES = 200 };

void fan_open(struct fan *fan, const char *name, uint64_t level, uint64_t threads,
              const struct slice *header, size_t columns)
{
    *fan = (struct fan){.name = name,
                        .level = level,
                        .pool.threads = threads,
                        .header = header,
                        .columns = columns};
}

const char *fan_fault(struct slice value)
{
    if (value.length == 0)
        return "is empty";
    if (value.length > VALUE_BYTES)
        return "has more than 200 bytes";
    if (slice_equal(value, slice_of(".")) || slice_equal(value, slice_of("..")))
        return "is a directory's name";
    for (size_t i = 0; i < value.length; i++) {
        if (value.bytes[i] == '/')
            return "has a slash";
        if ((unsigned char)value.bytes[i] < ' ' || value.bytes[i] == '\177')
            return "has a control byte";
    }
    return NULL;
}

/* A sink and, behind it, its path as a C string. */
static struct sink *open_sink(struct fan *fan, struct slice path)
{
    struct sink *sink = heap_take(1, sizeof *sink + path.length + 1);
    char *name = (char *)(sink + 1);
    memcpy(name, path.bytes, path.length);
    sink_open_pooled(sink, name, fan->name, fan->level, &fan->pool);
    sink_header(sink, fan->header, fan->columns);
    return sink;
}

struct sink *fan_sink(struct fan *fan, struct slice path)
{
    size_t count = fan->paths.count;
    size_t number = map_add(&fan->paths, path);
    if (number == count) {
        fan->sinks = heap_grow(fan->sinks, &fan->room, count + 1, sizeof *fan->sinks);
        fan->sinks[number] = open_sink(fan, path);
    }
    return fan->sinks[number];
}

void fan_close(struct fan *fan)
{
    for (size_t i = 0; i < fan->paths.count; i++) {
        sink_close(fan->sinks[i]);
        free(fan->sinks[i]);
    }
    sink_pool_close(&fan->pool);
    free(fan->sinks);
    map_free(&fan->paths);
}
