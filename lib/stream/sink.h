/*
 * sink: bytes out; whole rows, whole files.
 *
 * A sink writes a stream to stdout or to a file (see output), plain or as gzip (see gzip).
 * A file is there when the sink is closed without a fault, whole, or not at all. When the
 * program fails, the rows that are complete are written, then the error line; a file is taken
 * away. A terminal gets no error line, nor does stderr, which has the message. So it is when
 * writing itself fails, on a full disk or in closing: what was written last is taken
 * back from a regular file, and the error line is tried.
 *
 * All writing is checked, and every failure to write ends the program here.
 */
#ifndef JF_SINK_H
#define JF_SINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/leave.h"
#include "base/slice.h"
#include "stream/output.h"
#include "stream/selection.h"

struct common;

struct sink {
    struct guard guard; /* first: fail() finds the sink by it */
    struct output to;   /* where the bytes go */
    char *buffer;       /* rows not yet written, the last one perhaps not whole */
    size_t used, room;
    size_t full;                /* so many bytes are written; never where rows are held */
    size_t row_start;           /* of the row in the making */
    size_t cells;               /* in that row so far */
    struct selection selection; /* of the cells of each row */
    struct gzip *gzip;          /* gzip, or NULL for plain */
    struct sink_pool *pool;     /* whose gzip it is, or NULL */
    bool terminal;
    bool untold;  /* a reader that gets no error line */
    size_t put;   /* bytes of the last write that went out */
    bool torn;    /* and the last of them is within a row */
    bool broken;  /* a write failed: nothing more is tried, but to tell so */
    bool leaving; /* the program has failed; faults of writing are past mattering */
};

/* What many sinks of a program share: a gzip, opened for the first that needs one. A zeroed
 * struct with `common` set is a pool. */
struct sink_pool {
    const struct common *common;
    struct gzip *gzip;
};

/*
 * Opens FILE, or stdout where `path` is NULL. It is gzip where the common options give a
 * level, for a path that ends in .gz, and for stdout by the level of JF_GZIP where that is set
 * and stdout is a pipe. gzip is made by as many threads as the options give (see
 * relay_threads); the bytes do not depend on them.
 */
void sink_open(struct sink *sink, const char *path, const struct common *common);

/* Opens an output beside the rows: gzip by its name alone, but on stdout as the rows are. It is
 * held until it is closed, so that it stands behind them there. */
void sink_open_beside(struct sink *sink, const char *path, const struct common *common);

/* The same as sink_open for one of many files: with small buffers, and what can be shared is. In
 * messages it is called `name`. */
void sink_open_pooled(struct sink *sink, const char *path, const char *name,
                      struct sink_pool *pool);

/* When all its sinks are closed. */
void sink_pool_close(struct sink_pool *pool);

/* Holds all rows back until the sink is closed, so that a program that fails has
 * written none of its result: for results, which are small. */
void sink_hold(struct sink *sink);

/* Holds no more: the input has ended well, and no row is wrong. */
void sink_let_go(struct sink *sink);

/* Makes room for `length` bytes more; see sink_room. */
void sink_widen(struct sink *sink, size_t length);

/* Writes the whole rows; of gzip, those that fill blocks. */
void sink_flush(struct sink *sink);

/* Writes the whole rows, of gzip too, as a block of their own: their reader waits for them. */
void sink_send(struct sink *sink);

/* Adds a cell to the row in the making; a tab goes before all but the first. A
 * cell may hold tabs: that is how a whole row is passed on with one copy. */
void sink_cell(struct sink *sink, struct slice cell);
void sink_text(struct sink *sink, const char *cell);
void sink_whole(struct sink *sink, uint64_t number);

/* The row in the making, so far. */
struct slice sink_making(const struct sink *sink);

/* Ends the row. */
void sink_row(struct sink *sink);

/* What sink_end does with a row that is to be selected, or may begin like the error line; returns
 * the end of what is written. */
const char *sink_end_slowly(struct sink *sink, const char *end);

/* A row that begins like the error line is refused: its reader would stop there. */
_Noreturn void sink_refuse(const struct sink *sink);

/* For who writes a row by himself: room for `length` bytes behind the rows so far. */
static inline char *sink_room(struct sink *sink, size_t length)
{
    if (sink->room - sink->used < length)
        sink_widen(sink, length);
    return sink->buffer + sink->used;
}
static inline void sink_end(struct sink *sink, const char *end)
{
    if (sink->buffer[sink->row_start] == LEAVE_MARK[0] || sink->selection.count > 0)
        end = sink_end_slowly(sink, end);
    sink->used = sink->row_start = (size_t)(end - sink->buffer);
    sink->cells = 0;
    if (sink->used >= sink->full)
        sink_flush(sink);
}

/* A piece is a sink that only holds rows, whole ones, until they are added to another, whose
 * selection it has: so a thread can write rows whose turn has not come. It fails as any sink
 * does. */
void sink_piece(struct sink *piece, const struct sink *of);
struct slice sink_held(const struct sink *piece);
void sink_clear(struct sink *piece);
void sink_drop(struct sink *piece);

/* Adds rows that a piece of this sink holds. */
void sink_rows(struct sink *sink, struct slice rows);

/* Whether a reader would take it for a column's name: it is not empty, and has no control
 * byte and no byte order mark. */
bool sink_nameable(struct slice name);

/* The header line: names of columns, one, many, or some with blanks between them; then the
 * end of the line. A name that is none is an error, and so are two columns of one. Of a stream of
 * rows with --columns it writes the selected ones; so it comes before the first row is read. */
void sink_name(struct sink *sink, struct slice name);
void sink_names(struct sink *sink, const struct slice *names, size_t count);
void sink_words(struct sink *sink, const char *words);
void sink_header(struct sink *sink);

/* Writes what is left, closes, gives the file its name. */
void sink_close(struct sink *sink);

#endif
