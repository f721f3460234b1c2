/*
 * bins: numbered intervals [low, high) on the line of exact decimals, and how many
 * values of a group fall into each.
 *
 * Bins are either all of one width, with bin 0 beginning at `from`, and bounded at both
 * ends, at one, or at none; or they lie between given breaks. Bin i is followed by
 * bin i + 1.
 */
#ifndef JF_BINS_H
#define JF_BINS_H

#include "number/decimal.h"
#include "number/mask.h"

enum { BINS_MOST = 100000 };

struct bins {
    struct decimal width; /* of each, unless there are breaks */
    struct decimal from;  /* where bin 0 begins */
    struct decimal to;    /* where the last one ends, if it is bounded */
    bool has_from, has_to;
    bool zero_inside;       /* 0 is a value like others, else a class of its own */
    int64_t count;          /* of bins from bin 0 to `to`, if it is bounded */
    struct decimal *breaks; /* count + 1 of them, ascending; NULL: by width */
};

enum bins_verdict {
    BINS_GOOD,
    BINS_NO_WIDTH,  /* not above 0 */
    BINS_NOT_ABOVE, /* `to` is not above `from` */
    BINS_NOT_WHOLE, /* `to` is not a whole number of widths from `from` */
    BINS_TOO_MANY   /* more than BINS_MOST */
};

/* Checks width, from and to, and counts the bins. Without has_from, from must be 0. */
enum bins_verdict bins_plan(struct bins *bins);

/* The bins between `count` breaks, two at least, which ascend and must outlive them. */
struct bins bins_between(struct decimal *breaks, size_t count);

/* Where bin number `bin` begins; false where that has too many digits. */
bool bins_bound(const struct bins *bins, int64_t bin, struct decimal *bound);

/* What a value counts as: a bin, by its number, or one of the rows beside the bins. */
enum bins_kind { BINS_UNDER, BINS_OVER, BINS_ZERO, BINS_MISSING, BINS_INSIDE };
struct bins_class {
    enum bins_kind kind;
    int64_t bin; /* where it is INSIDE */
};

/* The class of a value; false where its bin cannot be told exactly. */
bool bins_find(const struct bins *bins, struct decimal value, struct bins_class *class);

/* The counts of a group: of the bins from the lowest to the highest that holds a value, in pages
 * of which only those with a value are there, so that a few far apart take little. A zeroed struct
 * has counted nothing. */
enum { BINS_PAGE = 64 };
struct bins_counts {
    uint64_t beside[BINS_INSIDE]; /* by kind */
    int64_t first;                /* bins first to first + count - 1 */
    size_t count;
    int64_t origin; /* the bin that page 0 begins with */
    uint64_t **pages;
    size_t page_count, page_room;
};

/* Where a bin is counted; NULL where it is not held. */
static inline uint64_t *bins_cell(const struct bins_counts *counts, int64_t bin)
{
    if (bin < counts->first || bin >= counts->first + (int64_t)counts->count)
        return NULL;
    size_t at = (size_t)(bin - counts->origin);
    uint64_t *page = counts->pages[at / BINS_PAGE];
    return page == NULL ? NULL : page + at % BINS_PAGE;
}

/* Has the counts hold one more bin; false where they would be of more than BINS_MOST. */
bool bins_widen(struct bins_counts *counts, int64_t bin);

/* Counts a value; false, and nothing has happened, where its bin is not held. */
static inline bool bins_count(struct bins_counts *counts, struct bins_class class)
{
    if (class.kind != BINS_INSIDE) {
        counts->beside[class.kind]++;
        return true;
    }
    uint64_t *cell = bins_cell(counts, class.bin);
    if (cell == NULL)
        return false;
    ++*cell;
    return true;
}

/* Counts n values of a class, whose bin is held. */
static inline void bins_count_many(struct bins_counts *counts, struct bins_class class, uint64_t n)
{
    uint64_t *cell =
        class.kind != BINS_INSIDE ? &counts->beside[class.kind] : bins_cell(counts, class.bin);
    *cell += n;
}

/* Adds all that `from` has counted; the bins that hold a value there are held here. */
void bins_merge(struct bins_counts *counts, const struct bins_counts *from);

/* How many it has counted. */
uint64_t bins_total(const struct bins_counts *counts);

void bins_free(struct bins_counts *counts);

/* The counts of a group as they are shown, in the order of output: under, bins, over,
 * zero, missing. */
struct bins_shown {
    uint64_t *counts;
    enum mask *masks;
    size_t count;
    uint64_t total, total_shown; /* of what has a value, and of that what was not dropped */
    bool shared, shared_shown;   /* shares of them, and with these the totals, may be known */
};

/* Shows bins first to last - 1, counts from 1 to k - 1 masked; where `drop_zero`, without the
 * zeros. */
struct bins_shown bins_show(const struct bins_counts *counts, int64_t first, int64_t last,
                            bool drop_zero, uint64_t k);

void bins_shown_free(struct bins_shown *shown);

#endif
