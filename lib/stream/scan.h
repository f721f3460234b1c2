/*
 * scan: where the cells of a row begin and end.
 *
 * A scanner passes over a row once, 64 bytes at a time, and gives the places of the marks
 * that are wanted. Mark i ends cell i: it is a tab, and for the last cell the line end. The
 * other marks are only counted, so that a whole row is checked at the speed of counting.
 */
#ifndef JF_SCAN_H
#define JF_SCAN_H

#include <stddef.h>
#include <stdint.h>

/* A scanner may read so many bytes behind the line end; what they are does not matter. */
enum { SCAN_PAD = 64 };

#define SCAN_END SIZE_MAX

struct scan_plan {
    size_t columns;       /* cells of a row, at least 1 */
    const size_t *wanted; /* numbers of marks below `columns`, ascending, the last of them
                             columns - 1; then SCAN_END. NULL: all */
};

/*
 * Scans the row that begins at `at`. There must be a line end (LF) somewhere, and
 * SCAN_PAD bytes behind it. found[i] becomes the place of mark wanted[i], or of
 * mark i where all are wanted.
 * Returns the row's line end; NULL where the row has more or fewer cells than
 * planned, or holds a NUL byte: then found[] means nothing.
 */
typedef const char *scan_row(const char *at, const struct scan_plan *plan, const char **found);

/* The fastest scanner that this processor can run. */
scan_row *scan_best(void);

/* All scanners that it can run, for the tests that compare them: plain C comes last, then
 * a name of NULL. */
enum { SCAN_KINDS = 4 };
struct scan_kind {
    const char *name;
    scan_row *row;
};
void scan_kinds(struct scan_kind kinds[SCAN_KINDS]);

#endif
