/*
 * files: one stream out into many files, a file for each value.
 */
#ifndef JF_FILES_H
#define JF_FILES_H

#include <stdint.h>

#include "base/map.h"
#include "base/option.h"
#include "base/slice.h"
#include "stream/ends.h"
#include "stream/sink.h"

struct file {
    struct sink sink;
    struct slice path;
    size_t number;                /* of the file, from 0, as they were opened */
    uint64_t part, rows, persons; /* for who counts them */
};

struct files {
    struct map keys, paths;
    struct file **all; /* by number */
    size_t room;
    const char *name; /* of every file, in messages */
    struct sink_pool pool;
    const struct slice *header; /* of every file */
    size_t columns;
    struct ends *ends; /* that no file may be one of, or NULL: that is known already */
};

/* Opens none yet, but looks at their header. `name`, `common`, `header` and `ends` must outlive the
 * files. A path may hold an id, so messages show `name`, the template of all paths. */
void files_open(struct files *files, const char *name, const struct common *common,
                const struct slice *header, size_t columns);

/* What keeps a cell from being part of a file's name, or NULL: that it is empty, `.` or `..`,
 * has a slash or a control byte, or more than 200 bytes. So no cell leads out of a directory. */
const char *files_fault(struct slice value);

/* The key without its NULs: the path, for free(). */
char *files_path(struct slice key);

/* The file of that key, its path with a NUL behind each value in it; opened with its header
 * where it is new. NULL where other values make the same path, or the file is one of the ends,
 * and then *other says which. */
struct file *files_file(struct files *files, struct slice key, const char **other);

/* Closes all files, and each appears whole; they may still be asked for what was counted. */
void files_close(struct files *files);

/* A table of the closed files, by part, then by path: file part rows persons. A part of 0 is
 * NA. */
void files_list(const struct files *files, struct sink *sink);

void files_free(struct files *files);

#endif
