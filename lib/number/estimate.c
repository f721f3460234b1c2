#include "number/estimate.h"

#include <math.h>
#include <stdlib.h>

#include "number/integer.h"
#include "number/ratio.h"

/* An arm in fractions. */
struct arm {
    uint64_t n;
    struct ratio mean;      /* n > 0 */
    struct ratio deviation; /* n > 0: squared deviations, summed */
    struct ratio error;     /* n > 1: variance of the mean */
};

static struct ratio whole(struct arena *arena, uint64_t number)
{
    return ratio_of(arena, (int128)number, 1);
}

static struct ratio over_whole(struct arena *arena, struct ratio a, uint64_t number)
{
    return ratio_divide(arena, a, whole(arena, number));
}

static struct ratio variance(struct arena *arena, const struct arm *arm)
{
    return over_whole(arena, arm->deviation, arm->n - 1);
}

static struct arm arm_of(struct arena *arena, const struct moments *moments)
{
    struct arm arm = {.n = moments->n};
    if (arm.n > 0) {
        arm.mean = moments_mean(arena, moments);
        arm.deviation = moments_deviation(arena, moments);
    }
    if (arm.n > 1)
        arm.error = over_whole(arena, variance(arena, &arm), arm.n);
    return arm;
}

static struct estimate_arm round_arm(struct arena *arena, const struct arm *arm)
{
    struct estimate_arm rounded = {NAN, NAN, NAN};
    if (arm->n > 0)
        rounded.mean = ratio_round(arena, arm->mean);
    if (arm->n > 1) {
        rounded.sd = ratio_root(arena, variance(arena, arm));
        rounded.se = ratio_root(arena, arm->error);
    }
    return rounded;
}

static double standardised(struct arena *arena, struct ratio diff, const struct arm *treated,
                           const struct arm *control)
{
    if (treated->n < 2 || control->n < 2)
        return NAN;
    struct ratio spread =
        over_whole(arena, ratio_add(arena, variance(arena, treated), variance(arena, control)), 2);
    if (spread.over.sign == 0)
        return NAN;
    double size = ratio_root(arena, ratio_divide(arena, ratio_square(arena, diff), spread));
    return diff.over.sign < 0 ? -size : size;
}

/* What all estimates share; se and df are not known yet. */
static struct estimate begin(struct arena *arena, const struct arm *treated,
                             const struct arm *control)
{
    struct estimate estimate = {round_arm(arena, treated),
                                round_arm(arena, control),
                                NAN,
                                NAN,
                                NAN,
                                NAN,
                                NAN,
                                false,
                                false};
    if (treated->n == 0 || control->n == 0)
        return estimate;
    struct ratio diff = ratio_subtract(arena, treated->mean, control->mean);
    estimate.diff = ratio_round(arena, diff);
    estimate.smd = standardised(arena, diff, treated, control);
    return estimate;
}

struct estimate estimate_welch(struct arena *arena, const struct moments *treated,
                               const struct moments *control)
{
    struct arm one = arm_of(arena, treated), zero = arm_of(arena, control);
    struct estimate estimate = begin(arena, &one, &zero);
    if (one.n < 2 || zero.n < 2)
        return estimate;
    struct ratio error = ratio_add(arena, one.error, zero.error);
    estimate.se = ratio_root(arena, error);
    if (error.over.sign == 0)
        return estimate;
    struct ratio parts =
        ratio_add(arena, over_whole(arena, ratio_square(arena, one.error), one.n - 1),
                  over_whole(arena, ratio_square(arena, zero.error), zero.n - 1));
    estimate.df = ratio_round(arena, ratio_divide(arena, ratio_square(arena, error), parts));
    return estimate;
}

struct estimate estimate_pooled(struct arena *arena, const struct moments *treated,
                                const struct moments *control)
{
    struct arm one = arm_of(arena, treated), zero = arm_of(arena, control);
    struct estimate estimate = begin(arena, &one, &zero);
    estimate.errors_shared = true;
    if (one.n == 0 || zero.n == 0 || one.n + zero.n < 3)
        return estimate;
    uint64_t df = one.n + zero.n - 2;
    struct ratio pooled = over_whole(arena, ratio_add(arena, one.deviation, zero.deviation), df);
    one.error = over_whole(arena, pooled, one.n);
    zero.error = over_whole(arena, pooled, zero.n);
    estimate.treated.se = ratio_root(arena, one.error);
    estimate.control.se = ratio_root(arena, zero.error);
    estimate.se = ratio_root(arena, ratio_add(arena, one.error, zero.error));
    if (pooled.over.sign != 0)
        estimate.df = (double)df;
    return estimate;
}

/* Sums over strata, before they are divided by n, n^2 and n^4. */
struct strata {
    struct ratio treated_mean, control_mean;
    struct ratio treated_error, control_error;
    struct ratio spread; /* squared errors over their degrees of freedom */
};

/* A stratum's share: n_b mean_b, n_b^2 error_b, and those squared over n_b1 - 1 and n_b0 - 1. */
static struct strata stratum_of(struct arena *arena, const struct moments *treated,
                                const struct moments *control)
{
    struct arm one = arm_of(arena, treated), zero = arm_of(arena, control);
    struct ratio n = whole(arena, one.n + zero.n);
    struct ratio square = ratio_square(arena, n);
    struct ratio one_error = ratio_multiply(arena, square, one.error);
    struct ratio zero_error = ratio_multiply(arena, square, zero.error);
    struct ratio spread =
        ratio_add(arena, over_whole(arena, ratio_square(arena, one_error), one.n - 1),
                  over_whole(arena, ratio_square(arena, zero_error), zero.n - 1));
    return (struct strata){ratio_multiply(arena, n, one.mean), ratio_multiply(arena, n, zero.mean),
                           one_error, zero_error, spread};
}

/* Adds up by halves, so that the long fractions of a thousand strata meet only at the top. */
static struct strata strata_of(struct arena *arena, const struct moments *treated,
                               const struct moments *control, size_t strata)
{
    if (strata == 1)
        return stratum_of(arena, treated, control);
    size_t half = strata / 2;
    struct strata a = strata_of(arena, treated, control, half);
    struct strata b = strata_of(arena, treated + half, control + half, strata - half);
    return (struct strata){ratio_add(arena, a.treated_mean, b.treated_mean),
                           ratio_add(arena, a.control_mean, b.control_mean),
                           ratio_add(arena, a.treated_error, b.treated_error),
                           ratio_add(arena, a.control_error, b.control_error),
                           ratio_add(arena, a.spread, b.spread)};
}

static struct moments merged(const struct moments *moments, size_t count)
{
    struct moments all = {0};
    for (size_t i = 0; i < count; i++)
        moments_merge(&all, &moments[i]);
    return all;
}

struct estimate estimate_strata(struct arena *arena, const struct moments *treated,
                                const struct moments *control, size_t strata, enum estimate_df df)
{
    struct moments all_treated = merged(treated, strata), all_control = merged(control, strata);
    struct arm one = arm_of(arena, &all_treated), zero = arm_of(arena, &all_control);
    struct strata all = strata_of(arena, treated, control, strata);
    struct ratio n = whole(arena, one.n + zero.n), square = ratio_square(arena, n);
    one.mean = ratio_divide(arena, all.treated_mean, n);
    zero.mean = ratio_divide(arena, all.control_mean, n);
    one.error = ratio_divide(arena, all.treated_error, square);
    zero.error = ratio_divide(arena, all.control_error, square);
    struct estimate estimate = begin(arena, &one, &zero);
    struct ratio error = ratio_add(arena, one.error, zero.error);
    estimate.means_shared = estimate.errors_shared = true;
    estimate.se = ratio_root(arena, error);
    if (error.over.sign == 0)
        return estimate;
    struct ratio sum = ratio_add(arena, all.treated_error, all.control_error);
    estimate.df =
        df == ESTIMATE_DF_SATTERTHWAITE
            ? ratio_round(arena, ratio_divide(arena, ratio_square(arena, sum), all.spread))
            : (double)(one.n + zero.n - 2 * strata);
    return estimate;
}

/* ---- strata too small for a variance of their own ---- */

/* Such strata, their values at one scale, so that their fractions have few denominators. */
struct small {
    const struct moments *treated, *control;
    uint64_t persons; /* in all of them; 0: each stratum weighs 1 */
    unsigned scale;
};

/* Of the strata's differences d: sums of w, w d and w d^2; and of n mean in each arm. */
struct spread {
    struct ratio weights, first, second;
    struct ratio treated_mean, control_mean;
};

static struct ratio mean_at(struct arena *arena, const struct moments *moments, unsigned scale)
{
    struct moments raised = {.scale = scale};
    moments_merge(&raised, moments);
    return moments_mean(arena, &raised);
}

/* w = n^2 / (N - 2 n). */
static struct ratio weight_of(struct arena *arena, uint64_t n, uint64_t persons)
{
    if (persons == 0)
        return whole(arena, 1);
    return over_whole(arena, ratio_square(arena, whole(arena, n)), persons - 2 * n);
}

static struct spread spread_at(struct arena *arena, const struct small *small, size_t at)
{
    const struct moments *treated = &small->treated[at], *control = &small->control[at];
    struct ratio n = whole(arena, treated->n + control->n);
    struct ratio one = mean_at(arena, treated, small->scale);
    struct ratio zero = mean_at(arena, control, small->scale);
    struct ratio difference = ratio_subtract(arena, one, zero);
    struct ratio weight = weight_of(arena, treated->n + control->n, small->persons);
    struct ratio first = ratio_multiply(arena, weight, difference);
    return (struct spread){weight, first, ratio_multiply(arena, first, difference),
                           ratio_multiply(arena, n, one), ratio_multiply(arena, n, zero)};
}

/* By halves, as strata_of. */
static struct spread spread_of(struct arena *arena, const struct small *small, size_t from,
                               size_t to)
{
    if (to - from == 1)
        return spread_at(arena, small, from);
    size_t middle = from + (to - from) / 2;
    struct spread a = spread_of(arena, small, from, middle);
    struct spread b = spread_of(arena, small, middle, to);
    return (struct spread){ratio_add(arena, a.weights, b.weights),
                           ratio_add(arena, a.first, b.first), ratio_add(arena, a.second, b.second),
                           ratio_add(arena, a.treated_mean, b.treated_mean),
                           ratio_add(arena, a.control_mean, b.control_mean)};
}

/* Sum of w (d - centre)^2. */
static struct ratio spread_around(struct arena *arena, const struct spread *s, struct ratio centre)
{
    struct ratio twice = ratio_add(arena, centre, centre);
    struct ratio rest = ratio_multiply(arena, ratio_square(arena, centre), s->weights);
    rest = ratio_subtract(arena, rest, ratio_multiply(arena, twice, s->first));
    return ratio_add(arena, s->second, rest);
}

static struct estimate begin_small(struct arena *arena, const struct arm *one,
                                   const struct arm *zero)
{
    struct estimate estimate = begin(arena, one, zero);
    estimate.treated.se = estimate.control.se = NAN;
    return estimate;
}

struct estimate estimate_pairs(struct arena *arena, const struct moments *treated,
                               const struct moments *control, size_t strata)
{
    struct moments all_treated = merged(treated, strata), all_control = merged(control, strata);
    struct arm one = arm_of(arena, &all_treated), zero = arm_of(arena, &all_control);
    struct estimate estimate = begin_small(arena, &one, &zero);
    if (strata < 2)
        return estimate;
    bool finer = all_treated.scale > all_control.scale;
    struct small small = {treated, control, 0, finer ? all_treated.scale : all_control.scale};
    struct spread spread = spread_of(arena, &small, 0, strata);
    struct ratio squares = spread_around(arena, &spread, over_whole(arena, spread.first, strata));
    struct ratio error = over_whole(arena, over_whole(arena, squares, strata), strata - 1);
    estimate.se = ratio_root(arena, error);
    if (error.over.sign != 0)
        estimate.df = (double)(strata - 1);
    return estimate;
}

/* The strata of estimate_pool, the small ones first. */
struct pool {
    struct moments *treated, *control;
    size_t small, count;
    uint64_t persons, largest; /* in the small ones, in one of them */
    unsigned scale;
};

static struct pool pool_begin(const struct moments *treated, const struct moments *control,
                              size_t strata)
{
    struct pool pool = {.treated = heap_take(strata, sizeof *treated),
                        .control = heap_take(strata, sizeof *control),
                        .count = strata};
    size_t others = strata;
    for (size_t i = 0; i < strata; i++) {
        uint64_t n = treated[i].n + control[i].n;
        bool small = treated[i].n < 2 || control[i].n < 2;
        size_t at = small ? pool.small++ : --others;
        pool.treated[at] = treated[i];
        pool.control[at] = control[i];
        pool.persons += small ? n : 0;
        pool.largest = small && n > pool.largest ? n : pool.largest;
        pool.scale = treated[i].scale > pool.scale ? treated[i].scale : pool.scale;
        pool.scale = control[i].scale > pool.scale ? control[i].scale : pool.scale;
    }
    return pool;
}

/* Adds the small strata to the sums over the others: N_s^2 v is one term more. */
static struct ratio add_small(struct arena *arena, const struct pool *pool, struct strata *all)
{
    struct small small = {pool->treated, pool->control, pool->persons, pool->scale};
    struct spread spread = spread_of(arena, &small, 0, pool->small);
    struct ratio persons = whole(arena, pool->persons);
    struct ratio centre = over_whole(
        arena, ratio_subtract(arena, spread.treated_mean, spread.control_mean), pool->persons);
    struct ratio term = ratio_divide(
        arena,
        ratio_multiply(arena, ratio_square(arena, persons), spread_around(arena, &spread, centre)),
        ratio_add(arena, persons, spread.weights));
    all->treated_mean = ratio_add(arena, all->treated_mean, spread.treated_mean);
    all->control_mean = ratio_add(arena, all->control_mean, spread.control_mean);
    all->spread = ratio_add(arena, all->spread,
                            over_whole(arena, ratio_square(arena, term), pool->small - 1));
    return term;
}

static struct estimate pool_estimate(struct arena *arena, const struct pool *pool)
{
    struct moments all_treated = merged(pool->treated, pool->count);
    struct moments all_control = merged(pool->control, pool->count);
    struct arm one = arm_of(arena, &all_treated), zero = arm_of(arena, &all_control);
    struct ratio n = whole(arena, one.n + zero.n), none = whole(arena, 0), term = none;
    struct strata all = {none, none, none, none, none};
    if (pool->count > pool->small)
        all = strata_of(arena, pool->treated + pool->small, pool->control + pool->small,
                        pool->count - pool->small);
    if (pool->small > 0)
        term = add_small(arena, pool, &all);
    one.mean = ratio_divide(arena, all.treated_mean, n);
    zero.mean = ratio_divide(arena, all.control_mean, n);
    struct estimate estimate = begin_small(arena, &one, &zero);
    struct ratio sum =
        ratio_add(arena, term, ratio_add(arena, all.treated_error, all.control_error));
    estimate.means_shared = true;
    estimate.se = ratio_root(arena, ratio_divide(arena, sum, ratio_square(arena, n)));
    if (sum.over.sign != 0)
        estimate.df = ratio_round(arena, ratio_divide(arena, ratio_square(arena, sum), all.spread));
    return estimate;
}

enum estimate_pool estimate_pool(struct arena *arena, const struct moments *treated,
                                 const struct moments *control, size_t strata,
                                 struct estimate *estimate)
{
    struct pool pool = pool_begin(treated, control, strata);
    enum estimate_pool verdict = ESTIMATE_POOLED;
    if (pool.small == 1 || pool.small == 2)
        verdict = ESTIMATE_FEW;
    else if (pool.small > 0 && 2 * pool.largest >= pool.persons)
        verdict = ESTIMATE_HALF;
    else
        *estimate = pool_estimate(arena, &pool);
    free(pool.treated);
    free(pool.control);
    return verdict;
}
