#include "stream/sink.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/heap.h"
#include "base/map.h"
#include "base/message.h"
#include "base/option.h"
#include "stream/descriptor.h"
#include "stream/gzip.h"
#include "stream/header.h"

enum {
    FULL_BYTES = 192 * 1024, /* of rows, then they are written */
    POOLED_BYTES = 48 * 1024,
    MORE_BYTES = 16 * 1024 /* room for the row that is one too many */
};

#define NEVER SIZE_MAX

_Noreturn static void fail_write(const struct sink *sink)
{
    fail_errno("%s: cannot write", sink->to.name);
}

/* Writes bytes as they are to stand in the file. Every write comes through here. */
static void put(struct sink *sink, const char *bytes, size_t length)
{
    if (sink->broken)
        return;
    sink->guard.writing = 1;
    sink->put = output_write(sink->to.fd, bytes, length);
    sink->guard.writing = 0;
    if (sink->put == length)
        return;
    sink->torn = sink->put > 0 && bytes[sink->put - 1] != '\n';
    sink->broken = true;
    if (!sink->leaving && errno == EPIPE)
        leave_unread(&sink->guard);
    if (!sink->leaving)
        fail_write(sink);
}

static void put_block(void *owner, struct slice bytes, bool torn)
{
    struct sink *sink = owner;
    put(sink, bytes.bytes, bytes.length);
    sink->guard.torn = torn;
}

/* Sends the first `length` bytes of rows on their way: in full blocks, where they are
 * deflated; the rest stays, unless it is the `last`, when all are written. */
static void send(struct sink *sink, size_t length, bool last)
{
    size_t at = 0;
    if (sink->gzip == NULL) {
        put(sink, sink->buffer, length);
        at = length;
    }
    while (length - at >= GZIP_BYTES || (last && length > at)) {
        size_t part = length - at < GZIP_BYTES ? length - at : GZIP_BYTES;
        gzip_put(sink->gzip, sink, (struct slice){sink->buffer + at, part});
        at += part;
    }
    if (last && sink->gzip != NULL)
        gzip_drain(sink->gzip);
    sink->used -= at;
    memmove(sink->buffer, sink->buffer + at, sink->used);
    sink->row_start = sink->used;
}

/* Writes what is left, and the end behind it. */
static void finish(struct sink *sink)
{
    send(sink, sink->used, true);
    if (sink->gzip != NULL)
        put_block(sink, gzip_end(), false);
}

static void drop_buffers(struct sink *sink)
{
    if (sink->gzip != NULL && sink->pool == NULL)
        gzip_close(sink->gzip);
    free(sink->buffer);
    selection_free(&sink->selection);
    output_free(&sink->to);
    sink->gzip = NULL;
    sink->buffer = NULL;
}

/* Of a plain stream: a regular file gives back what was put last, which also makes room
 * on a full disk, and ends in whole rows again. A pipe does not: there the row that was
 * cut gets a line end. Then writing is tried once more. */
static void mend(struct sink *sink)
{
    struct stat status;
    off_t last = (off_t)sink->put, end = lseek(sink->to.fd, 0, SEEK_CUR);
    bool ours = end >= last && fstat(sink->to.fd, &status) == 0 && S_ISREG(status.st_mode) &&
                status.st_size == end;
    bool back = ours && ftruncate(sink->to.fd, end - last) == 0 &&
                lseek(sink->to.fd, end - last, SEEK_SET) == end - last;
    sink->broken = false;
    if (sink->torn && !back)
        put(sink, "\n", 1);
}

/* What is whole goes out, with the error line behind it. A stream of blocks that could
 * not be written gets none, nor does one of a pool: it has no end then, which tells its
 * reader as much. The line fits into the buffer; there may be no memory for another. */
static void send_failure(struct sink *sink, const char *error_line)
{
    bool packed = sink->gzip != NULL;
    size_t length = strlen(error_line);
    if (sink->untold || (packed && (sink->broken || sink->pool != NULL)))
        return;
    if (sink->broken || sink->full == NEVER)
        sink->used = 0;
    else
        send(sink, sink->row_start, true);
    if (sink->broken && !packed)
        mend(sink);
    memcpy(sink->buffer, error_line, length);
    sink->buffer[length] = '\n';
    sink->used = length + 1;
    finish(sink);
}

/* The program fails: a file goes away, a stream tells its reader. */
static void release(struct guard *guard, const char *error_line)
{
    struct sink *sink = (struct sink *)(void *)guard;
    sink->leaving = true;
    if (sink->to.temporary == NULL && sink->buffer != NULL && error_line != NULL)
        send_failure(sink, error_line);
    output_abandon(&sink->to);
    sink->guard.litter = NULL;
    sink->guard.stream = 0;
    drop_buffers(sink);
}

/* Opens all but the gzip, for which it returns the level. stderr needs no error line: it has
 * the message. */
static int open_plain(struct sink *sink, const char *path, const char *name,
                      const struct common *common, size_t full)
{
    *sink = (struct sink){.guard = {.release = release}, .to = {.name = name, .fd = -1}};
    sink->selection.asked = common->columns.given ? &common->columns : NULL;
    guard_push(&sink->guard);
    output_open(&sink->to, path, name, &sink->guard);
    sink->terminal = isatty(sink->to.fd);
    sink->untold = sink->terminal || sink->to.descriptor == STDERR_FILENO;
    bool is_stdout = sink->to.descriptor == STDOUT_FILENO;
    if (is_stdout && common->level.given && sink->terminal)
        misuse("no gzip to a terminal: use -o FILE or a pipe");
    int level = gzip_level(is_stdout ? NULL : path, common);
    sink->full = level == GZIP_NONE || full > GZIP_BYTES ? full : GZIP_BYTES;
    sink->room = sink->full + MORE_BYTES;
    sink->buffer = heap_pages(sink->room);
    sink->guard.pack = level != GZIP_NONE ? gzip_line : NULL;
    if (sink->to.temporary == NULL && !sink->untold)
        sink->guard.stream = sink->to.fd;
    return level;
}

void sink_open(struct sink *sink, const char *path, const struct common *common)
{
    int level = open_plain(sink, path, path != NULL ? path : "stdout", common, FULL_BYTES);
    if (level != GZIP_NONE)
        sink->gzip = gzip_open((uint64_t)level, common->threads.value, put_block);
}

void sink_open_beside(struct sink *sink, const char *path, const struct common *common)
{
    struct common beside = {.threads = common->threads};
    if (descriptor_of(path, STDOUT_FILENO) == STDOUT_FILENO)
        beside.level = common->level;
    sink_open(sink, path, &beside);
    sink_hold(sink);
}

void sink_open_pooled(struct sink *sink, const char *path, const char *name, struct sink_pool *pool)
{
    int level = open_plain(sink, path, name, pool->common, POOLED_BYTES);
    if (level == GZIP_NONE)
        return;
    if (pool->gzip == NULL)
        pool->gzip = gzip_open((uint64_t)level, pool->common->threads.value, put_block);
    sink->gzip = pool->gzip;
    sink->pool = pool;
}

void sink_pool_close(struct sink_pool *pool)
{
    if (pool->gzip != NULL)
        gzip_close(pool->gzip);
    pool->gzip = NULL;
}

void sink_hold(struct sink *sink)
{
    sink->full = NEVER;
}

void sink_let_go(struct sink *sink)
{
    sink->full = FULL_BYTES;
}

void sink_widen(struct sink *sink, size_t length)
{
    sink->buffer = heap_grow(sink->buffer, &sink->room, sink->used + length, 1);
}

void sink_flush(struct sink *sink)
{
    send(sink, sink->used, false);
}

void sink_send(struct sink *sink)
{
    send(sink, sink->used, true);
}

void sink_piece(struct sink *piece, const struct sink *of)
{
    *piece = (struct sink){.to.name = "stdout", .full = NEVER};
    if (of != NULL)
        piece->selection = selection_again(&of->selection);
}

struct slice sink_held(const struct sink *piece)
{
    return (struct slice){piece->buffer, piece->row_start};
}

void sink_clear(struct sink *piece)
{
    piece->used = piece->row_start = piece->cells = 0;
}

void sink_drop(struct sink *piece)
{
    free(piece->buffer);
    selection_free(&piece->selection);
}

/* Many rows go out as they are: to copy them costs a twentieth of jf-cumsum. */
void sink_rows(struct sink *sink, struct slice rows)
{
    if (sink->gzip == NULL && sink->full != NEVER && rows.length >= sink->full / 4) {
        sink_flush(sink);
        put(sink, rows.bytes, rows.length);
        return;
    }
    char *at = sink_room(sink, rows.length);
    memcpy(at, rows.bytes, rows.length);
    sink->used = sink->row_start = (size_t)(at - sink->buffer) + rows.length;
    if (sink->used >= sink->full)
        sink_flush(sink);
}

void sink_cell(struct sink *sink, struct slice cell)
{
    char *at = sink_room(sink, cell.length + 1);
    if (sink->cells > 0)
        *at++ = '\t';
    if (cell.length > 0)
        memcpy(at, cell.bytes, cell.length);
    sink->used = (size_t)(at - sink->buffer) + cell.length;
    sink->cells++;
}

void sink_text(struct sink *sink, const char *cell)
{
    sink_cell(sink, slice_of(cell));
}

void sink_whole(struct sink *sink, uint64_t number)
{
    char digits[20];
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    sink_cell(sink, (struct slice){digits + at, sizeof digits - at});
}

struct slice sink_making(const struct sink *sink)
{
    return (struct slice){sink->buffer + sink->row_start, sink->used - sink->row_start};
}

void sink_row(struct sink *sink)
{
    char *at = sink_room(sink, 1);
    *at = '\n';
    sink_end(sink, at + 1);
}

const char *sink_end_slowly(struct sink *sink, const char *end)
{
    size_t mark = sizeof LEAVE_MARK - 1, length = (size_t)(end - sink->buffer) - sink->row_start;
    sink->used = sink->row_start;
    char *row = sink_room(sink, selection_room(length));
    if (sink->selection.count > 0)
        length = selection_row(&sink->selection, row, length);
    if (length > mark && memcmp(row, LEAVE_MARK, mark) == 0)
        sink_refuse(sink);
    return row + length;
}

void sink_refuse(const struct sink *sink)
{
    fail("%s: a row would begin with '#jf-error', by which a failed program tells its reader; "
         "rename that key or id",
         sink->to.name);
}

bool sink_nameable(struct slice name)
{
    for (size_t i = 0; i < name.length; i++)
        if ((unsigned char)name.bytes[i] < ' ' ||
            (name.length - i >= 3 && memcmp(name.bytes + i, "\xef\xbb\xbf", 3) == 0))
            return false;
    return name.length > 0;
}

void sink_name(struct sink *sink, struct slice name)
{
    if (!sink_nameable(name))
        fail("the output would have a column called %s; give it a name without control bytes",
             quoted(name));
    sink_cell(sink, name);
}

void sink_names(struct sink *sink, const struct slice *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        sink_name(sink, names[i]);
}

void sink_words(struct sink *sink, const char *words)
{
    struct slice rest = slice_of(words);
    while (rest.bytes != NULL)
        sink_cell(sink, slice_cut(&rest, ' '));
}

static void check_twice(const struct sink *sink)
{
    struct map seen = {0};
    struct slice rest = sink_making(sink);
    while (rest.bytes != NULL) {
        size_t number;
        struct slice name = slice_cut(&rest, '\t');
        if (!map_add(&seen, name, &number))
            fail("the output would have two columns called %s; give one another name",
                 quoted(name));
    }
    map_free(&seen);
}

/* Puts the names of the selected columns in the place of all. */
static void select_names(struct sink *sink)
{
    struct header whole;
    header_cut(&whole, sink_making(sink));
    selection_plan(&sink->selection, &whole);
    sink->used = sink->row_start, sink->cells = 0;
    sink_names(sink, sink->selection.names, sink->selection.asked->count);
    check_twice(sink);
    header_free(&whole);
}

void sink_header(struct sink *sink)
{
    check_twice(sink);
    if (sink->selection.asked != NULL)
        select_names(sink);
    sink_row(sink);
    selection_begin(&sink->selection);
}

void sink_close(struct sink *sink)
{
    assert(sink->selection.asked == NULL || sink->selection.count > 0); /* it had a header */
    finish(sink);
    if (!output_close(&sink->to)) {
        sink->broken = sink->gzip == NULL; /* a packed one has its end, and goes on behind it */
        fail_write(sink);
    }
    output_appear(&sink->to);
    guard_drop(&sink->guard);
    drop_buffers(sink);
}
