/*
 * fan: one stream out into many files, a file for each value.
 */
#ifndef JF_FAN_H
#define JF_FAN_H

#include "map.h"
#include "sink.h"

struct fan {
    struct map paths;
    struct sink **sinks; /* by number in the map */
    size_t room;
    const char *name; /* of all files, in messages */
    uint64_t level;   /* as for sink_open */
    struct sink_pool pool;
    const struct slice *header; /* of every file */
    size_t columns;
};

/* `name` and `header` must outlive the fan. A path may hold an id, so messages show
 * `name`, the template of all paths. */
void fan_open(struct fan *fan, const char *name, uint64_t level, uint64_t threads,
              const struct slice *header, size_t columns);

/* What keeps a cell from being part of a file's name, or NULL: it is empty, `.` or
 * `..`, has a slash or a control byte, or more than 200 bytes. So no cell leads out
 * of a directory. */
const char *fan_fault(struct slice value);

/* The sink of that path, opened with its header where it is new. */
struct sink *fan_sink(struct fan *fan, struct slice path);

/* Closes all; each file appears whole. */
void fan_close(struct fan *fan);

#endif
