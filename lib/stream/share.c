/*
 * The rule
 * --------
 * The files put behind each other have S bytes, of which S k / N is the bound k. The rows of part I
 * are from start(bound I - 1) to start(bound I), where
 *
 *     start(B)   the first row after the first whole row beyond B whose id is another than that
 *                of the row before; for B = 0 the first row, for B = S none
 *
 *     01 LF 02 L|F 02 LF 02 LF 03 LF 03 LF            start(B) is the first row of 03
 *               B  ^first whole row  ^
 *
 * It needs nothing but the bytes from B on. It grows with B; so the parts lie end to end, and
 * whoever ends at a bound and whoever begins there find the same row. No row of an id is before it
 * and another right behind it, so persons are never cut. Where one person has more rows than a part
 * has bytes, starts are the same and parts are empty. Headers are no rows: a bound in the last row
 * of a file, or in the header of the next, is one before the first row of that.
 *
 * BGZF: the first whole row is looked for in the text of the first block that begins at B or behind
 * it. 16 bytes in compressed text may look like the head of a block: one is believed where the next
 * two stand where its size says, or the file ends there. What is believed wrongly is not silent.
 * Who reads up to a bound comes there from head to head, checks each block, and must come to the
 * end of the very block in which the other's rows begin (gunzip.c). So a block that is damaged, and
 * is not found by who begins behind it, is found by who ends there: his rows go to where the
 * other's begin. Where no block is believed up to the end of the file, the rows to its end are his.
 *
 * Cost: the header of the first file; then for each of two bounds some blocks or a page, to the
 * first other id. Of the part itself every byte is read once.
 */
#include "stream/share.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/heap.h"
#include "base/message.h"
#include "stream/bgzf.h"
#include "stream/deflate.h"
#include "stream/input.h"
#include "stream/text.h"

/* A block that was inflated. */
struct block {
    off_t offset;
    size_t length;       /* of the block */
    uint64_t text, more; /* where its text begins, and its bytes */
};

/* Goes through rows, from some byte on. */
struct walk {
    char *const *files;
    size_t count, column;
    size_t file;
    struct input input;
    bool packed;
    off_t begun, next; /* where it began in the file, and the bytes that come next */
    struct text text;
    uint64_t given; /* bytes of text so far */
    uint64_t row;   /* where the row at hand begins among them */
    uint64_t line;  /* and its number, where the walk began at the file's first line */
    size_t step;    /* bytes of a plain file that are read next */
    struct block *blocks;
    size_t block_count, block_room;
    char *packed_bytes;
    struct deflate *deflate;
};

/* ---- I/N ---- */

bool share_parse(struct slice text, struct share *share)
{
    struct slice rest = text, first = slice_cut(&rest, '/');
    return slice_whole(first, &share->number) && slice_whole(rest, &share->of) &&
           share->number >= 1 && share->number <= share->of && share->of <= SHARE_MOST &&
           first.bytes[0] != '0' && rest.bytes[0] != '0';
}

struct share share_option(const char *text)
{
    struct share share = {0};
    if (text != NULL && !share_parse(slice_of(text), &share))
        misuse("--part: I/N was expected, as 3/20, I from 1 to N, no zero in front, not %s",
               quoted_text(text));
    return share;
}

/* ---- the files ---- */

/* The bytes from `at` on, as many as there are, at most `length`. */
static size_t read_at(const struct input *input, off_t at, void *into, size_t length)
{
    size_t all = 0;
    if (input->size - at < (off_t)length)
        length = (size_t)(input->size - at);
    while (all < length) {
        ssize_t got = pread(input->fd, (char *)into + all, length - all, at + (off_t)all);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            fail_errno("%s: cannot read", input->name);
        if (got == 0)
            input_fail_less(input->name);
        all += (size_t)got;
    }
    return all;
}

/* The length of the block whose head stands there; 0: none does. */
static size_t length_at(const struct input *input, off_t at)
{
    char head[BGZF_HEAD];
    return read_at(input, at, head, sizeof head) == sizeof head ? bgzf_length(head) : 0;
}

static bool is_gzip(const struct input *input)
{
    char magic[2];
    return read_at(input, 0, magic, sizeof magic) == sizeof magic &&
           memcmp(magic, "\x1f\x8b", 2) == 0;
}

static void open_regular(struct input *input, const char *path)
{
    input_open(input, path);
    struct stat status;
    bool regular = input->ours && fstat(input->fd, &status) == 0 && S_ISREG(status.st_mode);
    if (regular && input->size == 0)
        fail("%s: is empty; a header line was expected", input->name);
    if (!regular)
        fail("%s: --part reads its share of a file's bytes, and this is no file; put it into a "
             "plain one, or BGZF: ... | bgzip >FILE.gz",
             input->name);
}

void share_check(char *const files[], size_t count)
{
    if (count == 0)
        fail("stdin: --part reads its share of a file's bytes, and this is no file; put it into a "
             "plain one, or BGZF: ... | bgzip >FILE.gz");
    for (size_t i = 0; i < count; i++) {
        struct input input;
        open_regular(&input, files[i]);
        if (is_gzip(&input) && length_at(&input, 0) == 0)
            fail("%s: --part reads gzip only from where a block begins, and this is not BGZF; make "
                 "it so: gzip -dc FILE | bgzip >NEW.gz",
                 input.name);
        input_close(&input);
    }
}

/* ---- blocks ---- */

static bool is_believed(const struct input *input, off_t at)
{
    for (unsigned i = 0; i < 3 && at < input->size; i++) {
        size_t length = length_at(input, at);
        if (length == 0)
            return false;
        at += (off_t)length;
    }
    return at <= input->size;
}

/* Where the first block begins that is believed, from `at` on; the file's size: none does. */
static off_t find_block(const struct walk *w, off_t at)
{
    size_t got;
    while (at < w->input.size &&
           (got = read_at(&w->input, at, w->packed_bytes, BGZF_MOST)) >= BGZF_HEAD) {
        const char *from = w->packed_bytes, *last = from + got - BGZF_HEAD;
        while ((from = memchr(from, 0x1f, (size_t)(last + 1 - from))) != NULL) {
            if (bgzf_length(from) > 0 && is_believed(&w->input, at + (from - w->packed_bytes)))
                return at + (from - w->packed_bytes);
            from++;
        }
        at += last + 1 - w->packed_bytes;
    }
    return w->input.size;
}

_Noreturn static void fail_block(const struct walk *w, const char *why)
{
    fail("%s: the gzip stream is corrupt at byte %llu (%s); fetch the file anew", w->input.name,
         (unsigned long long)w->next, why);
}

/* Puts the next block's text behind the text; false at the end, or before zero padding. */
static bool add_block(struct walk *w)
{
    char first;
    if (read_at(&w->input, w->next, &first, 1) == 0 || first == '\0')
        return false;
    struct slice block = {w->packed_bytes, length_at(&w->input, w->next)};
    if (block.length == 0)
        fail_block(w, "no BGZF block, as those before");
    if (read_at(&w->input, w->next, w->packed_bytes, block.length) < block.length)
        fail("%s: the gzip stream is cut at byte %llu; fetch the file anew", w->input.name,
             (unsigned long long)w->input.size);
    size_t more = bgzf_text_length(block);
    text_make_room(&w->text, TEXT_BLOCK);
    const char *why = more > BGZF_MOST
                          ? "a block that is not as long as it says"
                          : bgzf_inflate(w->deflate, block, w->text.bytes + w->text.end);
    if (why != NULL)
        fail_block(w, why);
    w->blocks = heap_grow(w->blocks, &w->block_room, w->block_count + 1, sizeof *w->blocks);
    w->blocks[w->block_count++] = (struct block){w->next, block.length, w->given, more};
    w->next += (off_t)block.length;
    w->given += more;
    text_set_end(&w->text, w->text.end + more);
    return true;
}

/* ---- rows ---- */

static bool add_bytes(struct walk *w)
{
    text_make_room(&w->text, w->step);
    size_t got = read_at(&w->input, w->next, w->text.bytes + w->text.end, w->step);
    w->next += (off_t)got;
    w->given += got;
    w->step = w->step < TEXT_BLOCK ? 2 * w->step : w->step;
    text_set_end(&w->text, w->text.end + got);
    return got > 0;
}

/* The next line, without its CR; false where the file ends, also in one that is not whole: that is
 * found by who reads it. */
static bool next_line(struct walk *w, struct slice *line)
{
    size_t searched = 0;
    for (;;) {
        const char *start = w->text.bytes + w->text.at;
        size_t length = w->text.end - w->text.at;
        const char *line_end = memchr(start + searched, '\n', length - searched);
        if (line_end != NULL) {
            size_t bytes = (size_t)(line_end - start);
            *line = (struct slice){start, bytes - (bytes > 0 && line_end[-1] == '\r')};
            w->row = w->given - length;
            w->line++;
            w->text.at += bytes + 1;
            return true;
        }
        searched = length;
        if (!(w->packed ? add_block : add_bytes)(w))
            return false;
    }
}

/* Goes to that byte of a file, or to the first block behind it. */
static void enter(struct walk *w, size_t file, off_t at)
{
    input_close(&w->input);
    open_regular(&w->input, w->files[file]);
    w->file = file;
    w->packed = is_gzip(&w->input);
    w->begun = w->next = w->packed && at > 0 ? find_block(w, at) : at;
    w->given = w->line = 0;
    w->block_count = 0;
    w->step = HEAP_PAGE;
    text_begin(&w->text);
}

/* The same of a row, which may be of the next file. */
static bool next_row(struct walk *w, struct slice *line)
{
    while (!next_line(w, line)) {
        if (w->file + 1 == w->count)
            return false;
        enter(w, w->file + 1, 0);
        next_line(w, line);
    }
    return true;
}

/* The cell of the ids; an empty one where the row is not as it should be. */
static struct slice id_of(const struct walk *w, struct slice line)
{
    struct slice cell = slice_cut(&line, '\t');
    for (size_t i = 0; i < w->column; i++)
        cell = line.bytes == NULL ? line : slice_cut(&line, '\t');
    return cell;
}

static struct share_place place_of(const struct walk *w)
{
    struct share_place place = {w->file, {.line = w->begun == 0 ? w->line - 1 : 0}};
    place.at.offset = w->next - (off_t)(w->given - w->row);
    if (!w->packed)
        return place;
    const struct block *block = w->blocks + w->block_count - 1;
    while (block->text > w->row)
        block--;
    place.at.offset = block->offset;
    place.at.behind = block->offset + (off_t)block->length;
    place.at.skip = (size_t)(w->row - block->text);
    place.at.rest = (size_t)(block->text + block->more - w->row);
    return place;
}

/* ---- bounds ---- */

/* The start that belongs to a byte of that file. */
static struct share_place find_start(struct walk *w, size_t file, off_t at)
{
    struct slice line, id;
    struct share_place end = {w->count, {0}};
    struct arena bytes = {0};
    enter(w, file, at);
    next_line(w, &line); /* in which the byte is, or the header */
    if (!next_row(w, &line))
        return end;
    id = arena_keep(&bytes, id_of(w, line));
    bool more;
    while ((more = next_row(w, &line)) && slice_equal(id, id_of(w, line)))
        continue;
    arena_free(&bytes);
    return more ? place_of(w) : end;
}

/* S k / N, which may not fit into 64 bits on the way. */
static uint64_t bound_of(struct share share, uint64_t all, uint64_t k)
{
    return all / share.of * k + all % share.of * k / share.of;
}

static struct share_place find_bound(struct walk *w, const off_t *sizes, uint64_t bound)
{
    size_t file = 0;
    if (bound == 0)
        return (struct share_place){0};
    while (file < w->count && bound >= (uint64_t)sizes[file])
        bound -= (uint64_t)sizes[file++];
    return file == w->count ? (struct share_place){file, {0}} : find_start(w, file, (off_t)bound);
}

static off_t *sizes_of(char *const files[], size_t count, uint64_t *all)
{
    off_t *sizes = heap_take(count, sizeof *sizes);
    *all = 0;
    for (size_t i = 0; i < count; i++) {
        struct input input;
        open_regular(&input, files[i]);
        sizes[i] = input.size;
        *all += (uint64_t)sizes[i];
        input_close(&input);
    }
    return sizes;
}

static char *name_of(struct share share, const char *file)
{
    size_t room = strlen(file) + 64;
    char *name = heap_take(room, 1);
    snprintf(name, room, "%s (part %llu/%llu)", file, (unsigned long long)share.number,
             (unsigned long long)share.of);
    return name;
}

struct share_rows share_find(struct share share, char *const files[], size_t count, size_t column)
{
    struct share_rows rows = {0};
    struct walk w = {.files = files, .count = count, .column = column, .input.fd = -1};
    uint64_t all;
    off_t *sizes = sizes_of(files, count, &all);
    uint64_t from = bound_of(share, all, share.number - 1), to = bound_of(share, all, share.number);
    w.packed_bytes = heap_take(BGZF_MOST, 1);
    w.deflate = deflate_open();
    rows.bytes = to - from;
    rows.from = find_bound(&w, sizes, from);
    rows.to = find_bound(&w, sizes, to);
    if (rows.from.file == rows.to.file && source_same(&rows.from.at, &rows.to.at))
        rows.from = rows.to = (struct share_place){0};
    if (rows.from.file < count)
        rows.name = name_of(share, files[rows.from.file]);
    input_close(&w.input);
    deflate_close(w.deflate);
    text_free(&w.text);
    free(w.packed_bytes);
    free(w.blocks);
    free(sizes);
    return rows;
}

void share_begin(const struct share_rows *rows, size_t file, struct source *source)
{
    static const struct source_place first = {0};
    const struct source_place *from = file == rows->from.file ? &rows->from.at : &first;
    bool known = from->line > 0 || source_same(from, &first);
    source_part(source, from, file == rows->to.file ? &rows->to.at : NULL);
    if (!known)
        source->name = rows->name;
}
