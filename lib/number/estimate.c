#include "number/estimate.h"

#include <math.h>

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
    struct estimate estimate = {
        round_arm(arena, treated), round_arm(arena, control), NAN, NAN, NAN, NAN, false, false};
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

struct estimate estimate_strata(struct arena *arena, const struct moments *treated,
                                const struct moments *control, size_t strata, enum estimate_df df)
{
    struct moments all_treated = {0}, all_control = {0};
    for (size_t i = 0; i < strata; i++) {
        moments_merge(&all_treated, &treated[i]);
        moments_merge(&all_control, &control[i]);
    }
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
