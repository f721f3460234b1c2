#include "stream/files.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"

enum { VALUE_BYTES = 200 };

static void put_header(const struct files *files, struct sink *sink)
{
    sink_names(sink, files->header, files->columns);
    sink_header(sink);
}

/* Its faults are told before the first row, which makes the first file. */
static void check_header(const struct files *files)
{
    struct sink nowhere;
    sink_piece(&nowhere, NULL);
    if (files->pool.common->columns.given)
        nowhere.selection.asked = &files->pool.common->columns;
    put_header(files, &nowhere);
    sink_drop(&nowhere);
}

void files_open(struct files *files, const char *name, const struct common *common,
                const struct slice *header, size_t columns)
{
    *files =
        (struct files){.name = name, .pool.common = common, .header = header, .columns = columns};
    check_header(files);
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

char *files_path(struct slice key)
{
    char *path = heap_take(key.length + 1, 1), *at = path;
    for (size_t i = 0; i < key.length; i++)
        if (key.bytes[i] != '\0')
            *at++ = key.bytes[i];
    return path;
}

static struct file *open_file(struct files *files, const char *path, size_t number)
{
    struct file *file = heap_take(1, sizeof *file);
    file->number = number;
    file->path = files->paths.keys[number];
    sink_open_pooled(&file->sink, path, files->name, &files->pool);
    put_header(files, &file->sink);
    return file;
}

struct file *files_file(struct files *files, struct slice key, const char **other)
{
    size_t number, path_number;
    *other = NULL;
    if (!map_add(&files->keys, key, &number))
        return files->all[number];
    char *path = files_path(key);
    bool fresh = map_add(&files->paths, slice_of(path), &path_number);
    if (fresh && files->ends != NULL)
        *other = ends_clash(files->ends, "--into", path);
    fresh &= *other == NULL;
    if (fresh) {
        files->all = heap_grow(files->all, &files->room, number + 1, sizeof *files->all);
        files->all[number] = open_file(files, path, number);
    }
    free(path);
    return fresh ? files->all[number] : NULL;
}

void files_close(struct files *files)
{
    for (size_t i = 0; i < files->keys.count; i++)
        sink_close(&files->all[i]->sink);
    sink_pool_close(&files->pool);
}

static int by_part(const void *a, const void *b)
{
    const struct file *one = *(struct file *const *)a, *other = *(struct file *const *)b;
    if (one->part != other->part)
        return one->part < other->part ? -1 : 1;
    return slice_compare(one->path, other->path);
}

void files_list(const struct files *files, struct sink *sink)
{
    size_t count = files->keys.count;
    struct file **sorted = heap_take(count, sizeof *sorted);
    for (size_t i = 0; i < count; i++)
        sorted[i] = files->all[i];
    qsort(sorted, count, sizeof *sorted, by_part);
    sink_words(sink, "file part rows persons");
    sink_header(sink);
    for (size_t i = 0; i < count; i++) {
        sink_cell(sink, sorted[i]->path);
        if (sorted[i]->part == 0)
            sink_text(sink, "NA");
        else
            sink_whole(sink, sorted[i]->part);
        sink_whole(sink, sorted[i]->rows);
        sink_whole(sink, sorted[i]->persons);
        sink_row(sink);
    }
    free(sorted);
}

void files_free(struct files *files)
{
    for (size_t i = 0; i < files->keys.count; i++)
        free(files->all[i]);
    free(files->all);
    map_free(&files->keys);
    map_free(&files->paths);
}
