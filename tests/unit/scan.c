/*
 * scan against a byte loop: every kind of scanner that this processor can run
 * passes over 200,000 random rows and must find the marks, the line end and the
 * faults that reading byte by byte finds. Rows begin at any place, with tabs, NULs
 * and line ends before them and behind; the block ends SCAN_PAD bytes behind the
 * line end, so that a sanitizer sees whoever reads more, and what was not to be
 * found is not to be written over.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../random.h"
#include "stream/scan.h"

enum { ROWS = 200000, COLUMNS = 200, CELL = 200, BEFORE = 128, MARKS = COLUMNS + 2 };
enum { ROW = (COLUMNS + 1) * (CELL + 1) };

/* What scan.h says, in so many words. */
static const char *scan_bytes(const char *at, const struct scan_plan *plan, const char **found)
{
    const char *marks[MARKS];
    size_t count = 0, i = 0;
    for (; *at != '\n'; at++) {
        if (*at == '\0')
            return NULL;
        if (*at == '\t')
            marks[count++] = at;
    }
    marks[count++] = at;
    if (count != plan->columns)
        return NULL;
    for (; plan->wanted == NULL ? i < count : plan->wanted[i] != SCAN_END; i++)
        found[i] = marks[plan->wanted == NULL ? i : plan->wanted[i]];
    return at;
}

/* A byte of a cell: mostly a digit, else one that differs from a mark in a bit or two. */
static char cell_byte(uint64_t *state)
{
    static const char near[] = "\x08\x0b\x0e\x01\x0d\x89\x8a\x80\xff\x29\x2a\x49\x4a\x19\x1a ";
    uint64_t pick = next(state);
    return pick % 4 > 0 ? (char)('0' + pick / 4 % 10) : near[pick / 4 % (sizeof near - 1)];
}

/* Cells and their marks; a line end comes in the place of the last tab. */
static size_t make_row(char *row, size_t cells, uint64_t *state)
{
    static const size_t longest[] = {1, 1, 3, 8, 20, CELL};
    size_t most = longest[below(state, sizeof longest / sizeof longest[0])], length = 0;
    if (cells > 60 && most > 20)
        most = 20;
    for (size_t i = 0; i < cells; i++) {
        for (size_t size = below(state, most + 1); size > 0; size--)
            row[length++] = cell_byte(state);
        row[length++] = '\t';
    }
    return length;
}

/* The last cell grows or loses bytes so that the line end falls on or beside the end of
 * a block of 64, where it is near one anyway. */
static size_t fit_to_block(char *row, size_t length, uint64_t *state)
{
    size_t target = (length / 64 + 1) * 64 - 1 + below(state, 4);
    while (length < target) {
        row[length - 1] = cell_byte(state);
        row[length++] = '\t';
    }
    return length;
}

/* A row for `columns` columns, one in four with a fault; returns its length with the line end. */
static size_t random_row(char *row, size_t columns, uint64_t *state)
{
    size_t fault = below(state, 12), cells = columns;
    if (fault == 0)
        cells++;
    if (fault == 1 && cells > 1)
        cells--;
    size_t length = make_row(row, cells, state);
    if (below(state, 3) == 0)
        length = fit_to_block(row, length, state);
    row[length - 1] = '\n';
    if (length > 1 && below(state, 4) == 0 && row[length - 2] != '\t')
        row[length - 2] = '\r';
    if (fault == 2 && length > 1)
        row[below(state, length - 1)] = '\0';
    return length;
}

/* Numbers of marks in ascending order, with the last one. */
static const size_t *random_wanted(size_t *wanted, size_t columns, uint64_t *state)
{
    static const uint64_t chances[] = {0, 1, 8, 15};
    uint64_t chance = chances[below(state, 4)];
    size_t count = 0;
    if (below(state, 4) == 0)
        return NULL;
    for (size_t i = 0; i + 1 < columns; i++)
        if (next(state) % 16 < chance)
            wanted[count++] = i;
    wanted[count++] = columns - 1;
    wanted[count] = SCAN_END;
    return wanted;
}

static void scatter(char *bytes, size_t count, uint64_t *state)
{
    static const char marks[] = {'\t', '\n', '\0', 'x'};
    uint64_t all_one = next(state) % 8;
    for (size_t i = 0; i < count; i++)
        bytes[i] = marks[all_one < 3 ? all_one : next(state) % 4];
}

static bool check(const struct scan_kind *kind, const char *row, size_t length,
                  const struct scan_plan *plan)
{
    const char *want[MARKS] = {NULL}, *got[MARKS];
    const char *want_end = scan_bytes(row, plan, want);
    for (size_t i = 0; i < MARKS; i++)
        got[i] = row - 1;
    const char *got_end = kind->row(row, plan, got);
    bool same = got_end == want_end;
    for (size_t i = 0; same && i < MARKS; i++)
        if (want_end != NULL && want[i] != NULL)
            same = got[i] == want[i];
        else if (i >= plan->columns || (want_end != NULL && want[i] == NULL))
            same = got[i] == row - 1;
    if (!same)
        printf("%s: a row of %zu bytes for %zu columns, %s: line end %td, not %td\n", kind->name,
               length, plan->columns, plan->wanted == NULL ? "all wanted" : "some wanted",
               got_end == NULL ? -1 : got_end - row, want_end == NULL ? -1 : want_end - row);
    return same;
}

/* One row in a block of its own; returns the number of kinds that are wrong. */
static int check_kinds(const struct scan_kind *kinds, const char *row, size_t length,
                       const struct scan_plan *plan, uint64_t *state)
{
    int faults = 0;
    size_t before = 1 + below(state, BEFORE), size = before + length + SCAN_PAD;
    char *block = malloc(size);
    if (block == NULL)
        return 1;
    scatter(block, before, state);
    memcpy(block + before, row, length);
    scatter(block + before + length, SCAN_PAD, state);
    for (; kinds->name != NULL; kinds++)
        faults += !check(kinds, block + before, length, plan);
    free(block);
    return faults;
}

int main(void)
{
    static char row[ROW + 128];
    struct scan_kind kinds[SCAN_KINDS];
    size_t wanted[COLUMNS + 1], count = 0, sound = 0;
    uint64_t state = 20161001;
    int faults = 0;
    scan_kinds(kinds);
    for (; kinds[count].name != NULL; count++)
        printf("%s ", kinds[count].name);
    bool best = count > 0 && scan_best() == kinds[0].row;
    for (size_t i = 0; i < ROWS && faults < 10; i++) {
        size_t columns = 1 + below(&state, below(&state, 2) == 0 ? 8 : COLUMNS);
        struct scan_plan plan = {columns, random_wanted(wanted, columns, &state)};
        size_t length = random_row(row, columns, &state);
        const char *found[MARKS];
        sound += scan_bytes(row, &plan, found) != NULL;
        faults += check_kinds(kinds, row, length, &plan, &state);
    }
    bool mixed = sound > ROWS / 2 && sound < ROWS / 10 * 9;
    printf("%zu kinds, %d rows, %zu sound, %d faults\n", count, ROWS, sound, faults);
    return count < 1 || !best || !mixed || faults > 0;
}
