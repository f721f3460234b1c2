#include "trial/naming.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "base/message.h"
#include "stream/sink.h"

struct naming_piece {
    enum { PIECE_TEXT, PIECE_COLUMN, PIECE_SHARD, PIECE_SHARDS } kind;
    struct slice text;
    struct roster_column column;
};

/* A file's key in the making (see files_file). */
struct key {
    char bytes[NAMING_ROOM];
    size_t length;
};

static struct slice slice_of_key(const struct key *key)
{
    return (struct slice){key->bytes, key->length};
}

/* ---- the template ---- */

/* What stands between braces. */
static struct naming_piece read_name(struct naming *t, struct slice name, const struct roster *list,
                                     struct table *extract)
{
    struct naming_piece piece = {.kind = PIECE_COLUMN};
    if (slice_equal(name, slice_of("shard")))
        piece.kind = PIECE_SHARD;
    else if (slice_equal(name, slice_of("shards")))
        piece.kind = PIECE_SHARDS;
    else
        piece.column = roster_column(list, extract, name);
    t->by_shard |= piece.kind == PIECE_SHARD;
    t->by_column |= piece.kind == PIECE_COLUMN;
    t->by_extract |= piece.kind == PIECE_COLUMN && piece.column.list == NULL;
    if (piece.kind != PIECE_COLUMN && t->shards == 0)
        misuse("--into: {%.*s} needs --shards N", (int)name.length, name.bytes);
    return piece;
}

void naming_read(struct naming *t, const char *text, uint64_t shards, const struct roster *list,
                 struct table *extract, bool counts)
{
    *t =
        (struct naming){.text = text, .list = list->table.name, .shards = shards, .counts = counts};
    struct slice rest = slice_of(text);
    t->pieces = heap_take(rest.length + 1, sizeof *t->pieces);
    for (;;) {
        t->pieces[t->count++] = (struct naming_piece){PIECE_TEXT, slice_cut(&rest, '{'), {0}};
        if (rest.bytes == NULL)
            break;
        struct slice name = slice_cut(&rest, '}');
        if (rest.bytes == NULL)
            misuse("--into: a { without its } in %s", quoted_text(text));
        t->pieces[t->count++] = read_name(t, name, list, extract);
    }
    if (!t->by_column && !t->by_shard)
        misuse("--into: %s names no {COL} or {shard}; use -o for one file", quoted_text(text));
    if (shards > 0 && !t->by_shard)
        misuse("--shards: %s names no {shard}", quoted_text(text));
    if (counts && !sink_nameable(slice_of(text)))
        misuse("--into: a control byte in %s, which --manifest is to hold", quoted_text(text));
}

/* ---- the files ---- */

static void put(struct key *key, struct slice part)
{
    if (key->length + part.length >= NAMING_ROOM)
        fail("--into: a file's name of more than %d bytes", NAMING_ROOM);
    if (part.length > 0)
        memcpy(key->bytes + key->length, part.bytes, part.length);
    key->length += part.length;
}

static void put_value(struct key *key, struct slice value)
{
    put(key, value);
    put(key, (struct slice){"", 1});
}

static void put_number(struct key *key, uint64_t number)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%llu", (unsigned long long)number);
    put_value(key, slice_of(digits));
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

/* The file; the values are of the place. */
static struct file *file_of(struct naming *t, const struct key *key, struct place place)
{
    const char *other;
    struct file *file = files_file(&t->files, slice_of_key(key), &other);
    if (other != NULL)
        fail_at(place, "--into %s and %s are the same file here; give each a name of its own",
                quoted_text(t->text), other);
    if (file == NULL)
        fail_at(place,
                "other values make the same file's name (--into %s); put a sign between the names "
                "in braces",
                quoted_text(t->text));
    return file;
}

static void count_person(struct naming *t, struct file *file, struct slice id)
{
    size_t number;
    char *pair = heap_take(sizeof file->number + id.length, 1);
    memcpy(pair, &file->number, sizeof file->number);
    if (id.length > 0)
        memcpy(pair + sizeof file->number, id.bytes, id.length);
    struct slice key = {pair, sizeof file->number + id.length};
    file->persons += map_add(&t->persons, key, &number);
    free(pair);
}

/* A person whose cells cannot be parts of a file's name is told of at the row, if one comes. */
static bool is_nameable(const struct naming *t, const struct person *person)
{
    bool good = true;
    for (const struct naming_piece *piece = t->pieces; piece < t->pieces + t->count; piece++)
        good &= piece->kind != PIECE_COLUMN ||
                files_fault(roster_cell(NULL, person, &piece->column)) == NULL;
    return good;
}

static void key_of_row(const struct naming *t, const struct table *extract,
                       const struct person *person, uint64_t shard, struct key *key)
{
    key->length = 0;
    for (const struct naming_piece *piece = t->pieces; piece < t->pieces + t->count; piece++) {
        if (piece->kind == PIECE_TEXT)
            put(key, piece->text);
        else if (piece->kind == PIECE_COLUMN)
            put_value(key, safe_cell(extract, person, &piece->column));
        else
            put_number(key, piece->kind == PIECE_SHARD ? shard : t->shards);
    }
}

struct sink *naming_sink(struct naming *t, const struct table *extract, const struct person *person,
                         struct slice id)
{
    struct key key;
    uint64_t shard = t->by_shard ? 1 + map_hash(id) % t->shards : 0;
    struct place place = {t->list, 0, {0}};
    if (extract != NULL)
        place = table_row(extract);
    else
        place.line = person->line;
    key_of_row(t, extract, person, shard, &key);
    struct file *file = file_of(t, &key, place);
    file->part = shard;
    file->rows++;
    if (t->counts)
        count_person(t, file, id);
    return &file->sink;
}

/* The same values as those of the key `from`, but for the shard. */
static void key_of_shard(const struct naming *t, struct slice from, uint64_t shard, struct key *key)
{
    key->length = 0;
    for (const struct naming_piece *piece = t->pieces; piece < t->pieces + t->count; piece++) {
        if (piece->kind == PIECE_TEXT) {
            put(key, piece->text);
            from =
                (struct slice){from.bytes + piece->text.length, from.length - piece->text.length};
            continue;
        }
        struct slice value = slice_cut(&from, '\0');
        if (piece->kind == PIECE_SHARD)
            put_number(key, shard);
        else
            put_value(key, value);
    }
}

/* A file for each shard, beside the cells of the key `from`; without cells it is not read. */
static void fill_beside(struct naming *t, struct slice from)
{
    struct key key;
    for (uint64_t shard = 1; shard <= t->shards; shard++) {
        if (t->by_column)
            key_of_shard(t, from, shard, &key);
        else
            key_of_row(t, NULL, NULL, shard, &key);
        file_of(t, &key, (struct place){0})->part = shard;
    }
}

void naming_fill(struct naming *t)
{
    struct map cells = {0};
    size_t count = t->files.keys.count;
    if (t->by_shard && !t->by_column)
        fill_beside(t, (struct slice){0});
    for (size_t i = 0; t->by_shard && t->by_column && i < count; i++) {
        struct slice from = t->files.keys.keys[i];
        struct key key;
        size_t number;
        key_of_shard(t, from, 0, &key);
        if (map_add(&cells, slice_of_key(&key), &number))
            fill_beside(t, from);
    }
    map_free(&cells);
}

/* Paths that other values make too are told at a row. */
static void check_key(struct naming *t, const struct key *key, struct map *paths, struct ends *ends)
{
    size_t number;
    char *path = files_path(slice_of_key(key));
    if (map_add(paths, slice_of(path), &number)) {
        const char *other = ends_clash(ends, "--into", path);
        if (other != NULL)
            misuse("--into %s and %s are the same file; give each a name of its own",
                   quoted_text(t->text), other);
    }
    free(path);
}

static void check_person(struct naming *t, const struct person *person, struct map *keys,
                         struct map *paths, struct ends *ends)
{
    struct key key;
    size_t number;
    uint64_t last = t->by_shard ? t->shards : 1;
    key_of_row(t, NULL, person, 1, &key);
    for (uint64_t shard = 1; shard <= last && map_add(keys, slice_of_key(&key), &number);) {
        check_key(t, &key, paths, ends);
        if (++shard <= last)
            key_of_row(t, NULL, person, shard, &key);
    }
}

void naming_check(struct naming *t, const struct roster *list, struct ends *ends)
{
    struct map keys = {0}, paths = {0};
    if (t->by_extract) {
        t->files.ends = ends;
        return;
    }
    for (size_t i = 0; i < list->ids.count; i++)
        if (is_nameable(t, &list->persons[i]))
            check_person(t, &list->persons[i], &keys, &paths, ends);
    map_free(&keys);
    map_free(&paths);
}

void naming_free(struct naming *t)
{
    files_free(&t->files);
    map_free(&t->persons);
    free(t->pieces);
}
