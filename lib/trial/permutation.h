/*
 * permutation: how often a new draw of the lottery gives as much as the one that was held.
 *
 * The rows of a treated arm are redrawn together: one lot a unit for all of them. A draw adds up
 * the vectors (see vectors) of each stratum's smaller arm, exactly; t is compared in doubles with
 * a bound of their error, and exactly where these cannot tell (studentised), so that ties count.
 *
 * Draws are cut into pieces for the threads (relay), and what is counted adds up: nobody can tell
 * how many there were.
 */
#ifndef JF_PERMUTATION_H
#define JF_PERMUTATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"
#include "number/extreme.h"
#include "number/studentised.h"
#include "trial/people.h"
#include "trial/records.h"

/* A row in, and what is found of it. */
struct permutation_row {
    const struct records_column *column;
    bool tested;   /* its t exists, and is shown; else it is in no maximum */
    size_t family; /* of the maximum */
    struct extreme observed;
    struct studentised_exact exact;
    uint64_t reached; /* draws whose t is at least as extreme */
    uint64_t highest; /* draws in whose family some row's is */
    uint64_t without; /* draws without a t */
};

struct permutation {
    const struct people *people;
    struct permutation_row *rows; /* the caller's */
    size_t count, families;
    enum studentised_kind kind;
    enum extreme_side side;
    struct slice salt;
    uint64_t draws;   /* asked for; then that of those that were made */
    bool all;         /* each way to draw was one of them */
    unsigned threads; /* as relay_threads has them */
};

/* Redraws arm `arm` (see people) and the control, and sets `draws`, `all` and what rows find. False
 * where the values are too long for so many units. */
bool permutation_run(struct permutation *permutation, size_t arm);

#endif
