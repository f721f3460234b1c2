/* The double and its bound against the exact fraction, on random cells of every kind. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "number/studentised.h"

enum { STRATA = 6, VALUES = 5, RUNS = 20000 };

static uint64_t state = 16;

static uint64_t below(uint64_t count)
{
    state = state * 6364136223846793005 + 1442695040888963407;
    return (state >> 33) % count;
}

/* Adds a unit: a value, or a cluster of several. */
static void add(struct studentised_cell *cell, bool clusters, int64_t offset, uint64_t spread)
{
    int64_t m = clusters ? (int64_t)below(4) : 1;
    int64_t sum = m > 0 ? m * offset + (int64_t)below(spread) : 0;
    cell->n += (uint64_t)m;
    cell->sum += sum;
    cell->squares += (uint128)((int128)sum * sum);
    cell->products += (int128)sum * m;
    cell->sizes += (uint64_t)(m * m);
    cell->members += m > 0;
}

static double value_of(struct arena *arena, struct studentised_exact t)
{
    return t.sign * ratio_root(arena, t.square);
}

static size_t check(enum studentised_kind kind)
{
    struct studentised_cell treated[STRATA] = {0}, control[STRATA] = {0};
    struct studentised_cells cells = {kind, treated, control, 1 + below(STRATA)};
    struct arena arena = {0};
    int64_t offset = below(3) > 0 ? 0 : (int64_t)below(1000) * 100000000;
    uint64_t spread = below(2) > 0 ? 3 : 1 + below(1000000);
    for (size_t b = 0; b < cells.strata; b++)
        for (uint64_t arm = 0; arm < 2; arm++)
            for (uint64_t i = kind == STUDENTISED_PAIRS ? 1 : 1 + below(VALUES); i > 0; i--)
                add(arm ? &treated[b] : &control[b], kind == STUDENTISED_CLUSTERS, offset, spread);
    struct studentised near = studentised_near(&arena, &cells);
    struct studentised_exact exact = studentised_exact(&arena, &cells);
    double want = exact.exists ? value_of(&arena, exact) : NAN;
    bool unknown = studentised_unknown(near), none = studentised_none(near);
    bool good = unknown || (exact.exists ? !none && fabs(near.t - want) <= near.error : none);
    /* the bound is of use: it lets few through to fractions */
    good = good && (unknown || none || near.error <= 1e-6 * (1 + fabs(want)));
    if (!good)
        printf("kind %d, %zu strata: %.17g within %.3g, not %.17g\n", (int)kind, cells.strata,
               near.t, near.error, want);
    arena_free(&arena);
    return good;
}

int main(void)
{
    size_t good = 0, all = 0;
    for (int kind = STUDENTISED_NEYMAN; kind <= STUDENTISED_CLUSTERS; kind++)
        for (int run = 0; run < RUNS; run++, all++)
            good += check((enum studentised_kind)kind);
    printf("studentised: %zu of %zu\n", good, all);
    return good == all ? EXIT_SUCCESS : EXIT_FAILURE;
}
