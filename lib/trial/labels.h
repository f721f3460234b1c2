/*
 * labels: the cells that name a key, a stratum or an arm.
 *
 * Two labels that differ only in outer blanks (`A` and `A `, as SAS pads) are a slip: nobody
 * means two strata by them (slice_trim).
 */
#ifndef JF_LABELS_H
#define JF_LABELS_H

#include <stdint.h>

#include "base/heap.h"
#include "base/map.h"
#include "base/slice.h"

struct table;

/* A label as it was first met, and where. */
struct label {
    struct slice text;
    uint64_t line;
};

/* The different labels of a column. A zeroed struct has none. */
struct labels {
    struct map trimmed;
    struct label *met; /* by number in the map */
    size_t room;
    struct arena bytes;
};

/* Meets a label. Returns an earlier one that differs from it only in outer blanks, or NULL. */
const struct label *labels_meet(struct labels *labels, struct slice text, uint64_t line);

/* Meets the cell of that slot in the row at hand. A missing one, or blanks alone, is an error,
 * and so is one that differs from an earlier one only in outer blanks. `role` is what the column
 * is: `key`. */
void labels_check(struct labels *labels, const struct table *row, size_t slot, const char *role);

void labels_free(struct labels *labels);

#endif
