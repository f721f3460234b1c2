/*
 * share: which rows of a program's files are of part I of N.
 *
 * Each of N machines reads its own bytes of the same files, and finds by itself where its rows
 * begin and end. Every row is of exactly one part, rows of an id that stand together are of one
 * part, and the parts put behind each other are the rows of the files. Files are plain or BGZF.
 */
#ifndef JF_SHARE_H
#define JF_SHARE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"
#include "stream/source.h"

enum { SHARE_MOST = 100000 };

/* Part `number` of `of`; zeroed: all rows. */
struct share {
    uint64_t number, of;
};

/* I/N, such as 3/20, without zeros in front: 3/20 and 03/20 would be two parts of one number. */
bool share_parse(struct slice text, struct share *share);

/* The argument of --part, NULL where it is not given; what is no I/N is misuse. */
struct share share_option(const char *text);

/* It is an error if one of the files cannot be read in parts: stdin, a pipe, gzip but for BGZF. */
void share_check(char *const files[], size_t count);

struct share_place {
    size_t file;
    struct source_place at; /* zeroed: the first row of the file */
};

struct share_rows {
    struct share_place from, to; /* the first row, and the first behind them; where the two are one
                                    there is none. `to.file` is `count` where no row is behind. */
    uint64_t bytes;              /* about so many hold them */
    char *name;                  /* how messages call the first file; see share_begin */
};

/* Finds them; ids stand in that column. */
struct share_rows share_find(struct share share, char *const files[], size_t count, size_t column);

/* From here on the source, which has given the header of that file, gives the part's rows of it.
 * Where it cannot be known how many lines are before them, they are counted as if the part were a
 * file with its own header, and the source's name tells so: `FILE (part 3/20)`. */
void share_begin(const struct share_rows *rows, size_t file, struct source *source);

#endif
