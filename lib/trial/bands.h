/*
 * bands: rows to the bands of their families, on all cores.
 *
 * Families are told by the column `family`, and split by further columns; how their rows hang
 * together by `cov` (see family). Rows are taken one by one, then all bands are worked out, and
 * each row has its limits, by its number from 0.
 */
#ifndef JF_BANDS_H
#define JF_BANDS_H

#include <stddef.h>
#include <stdint.h>

#include "number/band.h"
#include "number/interval.h"
#include "trial/family.h"
#include "trial/keys.h"

struct list;
struct table;

struct bands {
    struct families families;
    size_t *slots; /* of the columns that tell families apart */
    struct keys keys;
    struct bands_row *rows;
    size_t count, room;
    struct band_limits *limits; /* by row */
};

/* Wants the columns; it is an error where `cov` is not there. `comma`: see families_plan. The
 * struct must not be moved from then on. */
void bands_plan(struct bands *bands, struct table *table, const struct list *columns, bool comma);

/* Takes the next row, whose effect the caller has read. */
void bands_take(struct bands *bands, const struct table *row, struct band_effect effect);

/* Works all bands out, with as many threads as `threads` means to relay_threads. */
void bands_settle(struct bands *bands, struct interval_level level, uint64_t threads);

void bands_free(struct bands *bands);

#endif
