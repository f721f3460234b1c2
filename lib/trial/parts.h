/*
 * parts: sums that were made apart, and whether all of them have come, once and whole.
 *
 * An analysis that is cut into N parts, by jf-split --shards or otherwise, leaves N streams of
 * sums (sums.h). With a seal each row of part I carries `part`, I/N, and `run` where it has a
 * label, and one more row ends the stream: its outcome is `#part`, its n the number of rows
 * before it, its sum the number of rows that were read. Who adds up the streams counts.
 *
 * Without seals he can count the streams, by their header lines: streams may be put behind each
 * other in one file.
 */
#ifndef JF_PARTS_H
#define JF_PARTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/heap.h"
#include "base/map.h"
#include "base/option.h"
#include "base/slice.h"
#include "stream/table.h"

struct sink;

struct parts_options {
    bool sums, from_sums;
    const char *seal, *run;
    struct whole parts;
};

/* OPTION_GROUP(parts_options, &parts_model, &opt.parts) */
extern const struct option_row parts_options[];
extern const struct parts_options parts_model;

/* Refuses options that contradict each other, and a seal that is none. */
void parts_check(const struct parts_options *options, const struct common *common);

/* ---- writing ---- */

/* The names of the seal's columns, behind the others; and their cells in a row. None where there
 * is no seal. */
void parts_put_names(const struct parts_options *options, struct sink *out);
void parts_put_cells(const struct parts_options *options, struct sink *out);

/* ---- reading ---- */

#define PARTS_SEAL "#part" /* the outcome of a seal */

/* A part, as far as it has come. */
struct part_seen {
    uint64_t number;
    struct slice of, run;       /* N as it stands there; the label, or nothing */
    uint64_t rows, seals, said; /* rows that came, seals, and rows that the seals promise */
    uint64_t read;              /* rows that it was made of */
    uint64_t digest;            /* of its rows but for the seal's columns, in any order */
    bool counted;               /* a row that is read has come */
    struct slice time;          /* of the first such row; see keys_time */
    size_t outcome;
    uint64_t persons; /* at that time, of that outcome */
};

struct parts {
    const struct parts_options *options;
    const struct table *table;
    size_t outcome, n, sum; /* slots */
    size_t part;            /* slot; TABLE_NONE: there are no seals */
    size_t cells[3];        /* slots of part and, where it is there, run */
    size_t cells_used;
    uint64_t streams;       /* header lines */
    struct map names;       /* the cells */
    struct part_seen *seen; /* by number in the map */
    size_t room, at;        /* at: of the row at hand */
    char *name;
    size_t name_room;
    const struct slice *key; /* the names of its columns */
    size_t key_count;
    char *time; /* of a row */
    size_t time_room;
    struct arena bytes;
};

/* Plans for a table of sums with these columns of the key, whose other columns are wanted. A column
 * that nobody wants is an error: the sums were made with other keys or strata. */
void parts_plan(struct parts *parts, const struct parts_options *options, struct table *table,
                const struct slice *key, size_t key_count);

/* The row at hand: true where it is one of sums, and not a seal or another header. */
bool parts_take(struct parts *parts, const struct table *row);

/* What that row holds: so many persons with and without a value, of an outcome by its number, in
 * the key of these cells. */
void parts_count(struct parts *parts, struct slice key, size_t outcome, uint64_t persons);

/* All rows have come: a part that is missing, came twice, is cut, of another run or of another
 * cut, or a wrong number of streams, is an error that lists what to run again. */
void parts_settle(const struct parts *parts);

void parts_free(struct parts *parts);

#endif
