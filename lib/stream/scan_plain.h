/* marks_of in plain C, for any processor; the tests compare the others with it. */
#include "stream/scan_walk.h"

static inline struct scan_marks marks_plain(const char *at)
{
    struct scan_marks marks = {0, 0};
    for (unsigned i = 0; i < 64; i++) {
        marks.tabs |= (uint64_t)(at[i] == '\t') << i;
        marks.stops |= (uint64_t)(at[i] == '\n' || at[i] == '\0') << i;
    }
    return marks;
}

static const char *row_plain(const char *at, const struct scan_plan *plan, const char **found)
{
    return scan_walk(at, plan, found, marks_plain);
}
