#include "stream/files.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"

enum { VALUE_BYTES = 200 };

void files_open(struct files *files, const char *name, const struct common *common,
                const struct slice *header, size_t columns)
{
    *files =
        (struct files){.name = name, .pool.common = common, .header = header, .columns = columns};
}

const char *files_fault(struct slice value)
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
static struct sink *open_sink(struct files *files, struct slice path)
{
    struct sink *sink = heap_take(1, sizeof *sink + path.length + 1);
    char *name = (char *)(sink + 1);
    memcpy(name, path.bytes, path.length);
    sink_open_pooled(sink, name, files->name, &files->pool);
    sink_names(sink, files->header, files->columns);
    sink_header(sink);
    return sink;
}

struct sink *files_sink(struct files *files, struct slice path)
{
    size_t number;
    if (map_add(&files->paths, path, &number)) {
        files->sinks = heap_grow(files->sinks, &files->room, number + 1, sizeof *files->sinks);
        files->sinks[number] = open_sink(files, path);
    }
    return files->sinks[number];
}

void files_close(struct files *files)
{
    for (size_t i = 0; i < files->paths.count; i++) {
        sink_close(files->sinks[i]);
        free(files->sinks[i]);
    }
    sink_pool_close(&files->pool);
    free(files->sinks);
    map_free(&files->paths);
}
