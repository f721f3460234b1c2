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
    uint64_t level; /* as for sink_open */
    struct sink_pool pool;
    const struct slice *header; /* of every file */
    size_t columns;
};

/* `header` must outlive the fan. */
void fan_open(struct fan *fan, uint64_t level, uint64_t threads, const struct slice *header,
              size_t columns);

/* Whether a cell may be part of a file's name: not empty, `.` or `..`, no slash
 * or control byte, at most 200 bytes. So no cell leads out of a directory. */
bool fan_fits(struct slice value);

/* The sink of that path, opened with its header where it is new. */
struct sink *fan_sink(struct fan *fan, struct slice path);

/* Closes all; each file appears whole. */
void fan_close(struct fan *fan);

#endif
