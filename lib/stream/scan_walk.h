/*
 * The walk over a row, written once and compiled for each instruction set.
 *
 * An instruction set gives marks_of: the tabs and the stops (LF, NUL) among 64 bytes, a bit
 * each. In most blocks of a wide row no mark is wanted; then the tabs are only counted.
 */
#ifndef JF_SCAN_WALK_H
#define JF_SCAN_WALK_H

#include "stream/scan.h"

struct scan_marks {
    uint64_t tabs, stops; /* bit i: byte i is one */
};

#define SCAN_INLINE static inline __attribute__((always_inline))

/* The bits below the lowest one that is set; all where none is. */
SCAN_INLINE uint64_t bits_below(uint64_t bits)
{
    return (bits & -bits) - 1;
}

SCAN_INLINE size_t lowest(uint64_t bits)
{
    return (size_t)__builtin_ctzll(bits);
}

/* The marks among `tabs`, whose lowest is mark `seen`, that are wanted and below
 * `after`; moves *wanted on. Returns where the next goes. */
SCAN_INLINE const char **take_wanted(const char **found, const char *at, uint64_t tabs, size_t seen,
                                     size_t after, const size_t **wanted)
{
    for (; **wanted < after; ++*wanted) {
        for (; seen < **wanted; seen++)
            tabs &= tabs - 1;
        *found++ = at + lowest(tabs);
    }
    return found;
}

SCAN_INLINE const char **take_all(const char **found, const char *at, uint64_t tabs)
{
    for (; tabs != 0; tabs &= tabs - 1)
        *found++ = at + lowest(tabs);
    return found;
}

SCAN_INLINE const char *scan_walk(const char *at, const struct scan_plan *plan, const char **found,
                                  struct scan_marks (*marks_of)(const char *at))
{
    const size_t *wanted = plan->wanted;
    size_t seen = 0; /* tabs before this block */
    for (;; at += 64) {
        struct scan_marks marks = marks_of(at);
        uint64_t tabs = marks.tabs & bits_below(marks.stops);
        size_t after = seen + (size_t)__builtin_popcountll(tabs);
        if (after >= plan->columns)
            return NULL;
        found = wanted == NULL ? take_all(found, at, tabs)
                               : take_wanted(found, at, tabs, seen, after, &wanted);
        seen = after;
        if (marks.stops == 0)
            continue;
        *found = at + lowest(marks.stops);
        return **found == '\n' && seen == plan->columns - 1 ? *found : NULL;
    }
}

#endif
