#include "trial/naming.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "base/map.h"
#include "base/message.h"
#include "stream/files.h"

struct naming_piece {
    enum { PIECE_TEXT, PIECE_COLUMN, PIECE_SHARD } kind;
    struct slice text;
    struct roster_column column;
};

static void add(struct naming *t, struct naming_piece piece)
{
    t->pieces[t->count++] = piece;
}

/* What stands between braces. */
static struct naming_piece read_name(const struct naming *t, struct slice name,
                                     const struct roster *list, struct table *extract)
{
    struct naming_piece piece = {.kind = PIECE_SHARD};
    if (!slice_equal(name, slice_of("shard"))) {
        piece.kind = PIECE_COLUMN;
        piece.column = roster_column(list, extract, name);
    } else if (t->shards == 0) {
        misuse("--into: {shard} needs --shards N");
    }
    return piece;
}

struct naming naming_read(const char *text, uint64_t shards, const struct roster *list,
                          struct table *extract)
{
    struct naming t = {.shards = shards};
    struct slice rest = slice_of(text);
    t.pieces = heap_take(rest.length + 1, sizeof *t.pieces);
    for (;;) {
        add(&t, (struct naming_piece){PIECE_TEXT, slice_cut(&rest, '{'), {0}});
        if (rest.bytes == NULL)
            break;
        struct slice name = slice_cut(&rest, '}');
        if (rest.bytes == NULL)
            misuse("--into: a { without its } in %s", quoted_text(text));
        add(&t, read_name(&t, name, list, extract));
    }
    if (t.count == 1)
        misuse("--into: %s names no {COL} or {shard}; use -o for one file", quoted_text(text));
    return t;
}

/* A cell as part of a file's name. */
static struct slice safe_cell(const struct table *extract, const struct person *person,
                              const struct roster_column *column)
{
    struct slice cell = roster_cell(extract, person, column);
    const char *fault = files_fault(cell);
    if (fault != NULL)
        fail_at(roster_place(extract, person, column),
                "the cell %s, and cannot be part of a file's name (--into); mend it", fault);
    return cell;
}

size_t naming_path(const struct naming *t, const struct table *extract, const struct person *person,
                   struct slice id, char *path)
{
    size_t length = 0;
    for (size_t i = 0; i < t->count; i++) {
        const struct naming_piece *piece = &t->pieces[i];
        char number[24];
        struct slice part = piece->text;
        if (piece->kind == PIECE_COLUMN)
            part = safe_cell(extract, person, &piece->column);
        if (piece->kind == PIECE_SHARD) {
            unsigned long long shard = map_hash(id) % t->shards;
            part.bytes = number;
            part.length = (size_t)snprintf(number, sizeof number, "%llu", shard);
        }
        if (length + part.length >= NAMING_ROOM)
            fail("--into: a file's name of more than %d bytes", NAMING_ROOM);
        if (part.length > 0)
            memcpy(path + length, part.bytes, part.length);
        length += part.length;
    }
    return length;
}

void naming_free(struct naming *naming)
{
    free(naming->pieces);
}
