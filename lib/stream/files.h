/*
 * files: one stream out into many files, a file for each value.
 */
#ifndef JF_FILES_H
#define JF_FILES_H

#include "base/map.h"
#include "base/option.h"
#include "base/slice.h"
#include "stream/sink.h"

struct files {
    struct map paths;
    struct sink **sinks; /* by number in the map */
    size_t room;
    const char *name; /* of every file, in messages */
    struct sink_pool pool;
    const struct slice *header; /* of every file */
    size_t columns;
};

/* Opens none yet. `name`, `common` and `header` must outlive the files. A path may hold an id,
 * so messages show `name`, the template of all paths. */
void files_open(struct files *files, const char *name, const struct common *common,
                const struct slice *header, size_t columns);

/* What keeps a cell from being part of a file's name, or NULL: that it is empty, `.` or `..`,
 * has a slash or a control byte, or more than 200 bytes. So no cell leads out of a directory. */
const char *files_fault(struct slice value);

/* The sink of that path, opened with its header where it is new. */
struct sink *files_sink(struct files *files, struct slice path);

/* Closes all files, and each appears whole. */
void files_close(struct files *files);

#endif
