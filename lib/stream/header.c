#include "stream/header.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"

/* The names in lower case, and the first two columns of each. */
struct header_folds {
    struct map names;
    size_t *first, *second;
    char *lower; /* a name in the making */
    size_t room;
};

/* A header of control bytes is some other kind of file. */
static void check_text(struct slice line, struct place place)
{
    if (line.length == 0)
        fail_at(place, "an empty line; a header line was expected");
    for (size_t i = 0; i < line.length; i++) {
        unsigned char byte = (unsigned char)line.bytes[i];
        if (byte == '\r')
            fail_at(place, "a carriage return inside the header; lines end in LF or "
                           "CR LF here: take it out with tr -d '\\r'");
        if (byte < ' ' && byte != '\t')
            fail_at(place,
                    "byte 0x%02x in the header, so this is no text; tab-separated text is "
                    "expected, plain or gzip",
                    byte);
        if (line.length - i >= 3 && memcmp(line.bytes + i, "\xef\xbb\xbf", 3) == 0)
            fail_at(place, "a second byte order mark (EF BB BF) in the header; was the "
                           "file made of several? take it out");
    }
}

static void check_names(const struct header *header, size_t twice, struct place place)
{
    for (size_t i = 0; i < header->columns; i++)
        if (header->names[i].length == 0)
            fail_at(place, "column %zu has no name; give it one", i + 1);
    if (twice != HEADER_NONE)
        fail_at(place, "columns %zu and %zu are both called %s; rename one",
                header_exact(header, header->names[twice]) + 1, twice + 1,
                quoted(header->names[twice]));
}

/* One column with another program's delimiter in its name is several columns. */
static void check_delimiter(const struct header *header, struct place place)
{
    for (size_t i = 0; header->columns == 1 && i < header->length; i++)
        if (memchr(";,|", header->bytes[i], 3) != NULL)
            fail_at(place,
                    "one column with '%c' in its name, as in CSV; convert the file with iconv "
                    "-f latin1 -t utf-8 FILE | mlr --icsv --ifs '%c' --otsv cat | (no iconv for a "
                    "file in UTF-8; tr '%c' '\\t' for mlr where no cell is quoted)",
                    header->bytes[i], header->bytes[i], header->bytes[i]);
}

/* Six digits or more and nothing else but what is written between and around the digits of an
 * id: a name is none, so that the line is a row. */
static bool is_number(struct slice name)
{
    size_t digits = 0;
    for (size_t i = 0; i < name.length; i++) {
        bool digit = name.bytes[i] >= '0' && name.bytes[i] <= '9';
        if (!digit && memchr(" -'\"", name.bytes[i], 4) == NULL)
            return false;
        digits += digit;
    }
    return digits >= 6;
}

void header_check_id(const struct header *header, size_t column, struct place place)
{
    if (is_number(header->names[column]))
        fail_at(place,
                "column %zu is called by a number, as in a row; put a header line before the "
                "rows (the number is not shown, as it may be an id)",
                column + 1);
}

size_t header_cut(struct header *header, struct slice line)
{
    *header = (struct header){.bytes = heap_take(line.length + 1, 1), .length = line.length};
    memcpy(header->bytes, line.bytes, line.length);
    header->columns = 1;
    for (size_t i = 0; i < header->length; i++)
        header->columns += header->bytes[i] == '\t';
    header->names = heap_take(header->columns, sizeof *header->names);
    struct slice rest = {header->bytes, header->length};
    size_t twice = HEADER_NONE;
    for (size_t i = 0; i < header->columns; i++) {
        size_t number;
        header->names[i] = slice_cut(&rest, '\t');
        if (!map_add(&header->by_name, header->names[i], &number) && twice == HEADER_NONE)
            twice = i;
    }
    header->folds = heap_take(1, sizeof *header->folds);
    return twice;
}

void header_read(struct header *header, struct slice line, struct place place)
{
    check_text(line, place);
    size_t twice = header_cut(header, line);
    header_check_id(header, 0, place);
    check_names(header, twice, place);
    check_delimiter(header, place);
}

/* ---- names that are looked for ---- */

size_t header_exact(const struct header *header, struct slice name)
{
    return map_find(&header->by_name, name);
}

/* Good until the next one. */
static struct slice lower_of(struct header_folds *f, struct slice name)
{
    f->lower = heap_grow(f->lower, &f->room, name.length, 1);
    for (size_t i = 0; i < name.length; i++)
        f->lower[i] = slice_lower(name.bytes[i]);
    return (struct slice){f->lower, name.length};
}

static void fold_names(struct header_folds *f, const struct header *header)
{
    f->first = heap_take(header->columns, sizeof *f->first);
    f->second = heap_take(header->columns, sizeof *f->second);
    for (size_t i = 0; i < header->columns; i++) {
        size_t number;
        if (map_add(&f->names, lower_of(f, header->names[i]), &number)) {
            f->first[number] = i;
            f->second[number] = HEADER_NONE;
        } else if (f->second[number] == HEADER_NONE) {
            f->second[number] = i;
        }
    }
}

size_t header_find(const struct header *header, struct slice name, size_t *other)
{
    size_t found = header_exact(header, name);
    struct header_folds *folds = header->folds;
    *other = HEADER_NONE;
    if (found != HEADER_NONE)
        return found;
    if (folds->first == NULL)
        fold_names(folds, header);
    size_t number = map_find(&folds->names, lower_of(folds, name));
    if (number == MAP_NONE)
        return HEADER_NONE;
    *other = folds->second[number];
    return folds->first[number];
}

void header_compare(const struct header *header, struct slice line, struct place place,
                    const char *first)
{
    if (slice_equal(line, (struct slice){header->bytes, header->length}))
        return;
    struct slice rest = line;
    for (size_t i = 0; i < header->columns; i++) {
        bool ended = rest.bytes == NULL;
        /* What stands there instead is not shown: without a header it is an id. */
        if (!slice_equal(slice_cut(&rest, '\t'), header->names[i]) || ended)
            fail_at(place,
                    "column %zu is not called %s as in %s; all files need the same header line",
                    i + 1, quoted(header->names[i]), first);
    }
    fail_at(place, "more columns than in %s; all files need the same header line", first);
}

void header_free(struct header *header)
{
    free(header->bytes);
    free(header->names);
    map_free(&header->by_name);
    if (header->folds != NULL) {
        map_free(&header->folds->names);
        free(header->folds->first);
        free(header->folds->second);
        free(header->folds->lower);
    }
    free(header->folds);
}
