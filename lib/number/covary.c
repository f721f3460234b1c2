#include "number/covary.h"

#include <math.h>

#include "number/integer.h"
#include "number/ratio.h"

static struct ratio over_whole(struct arena *arena, struct ratio a, uint64_t number)
{
    return ratio_divide(arena, a, ratio_of(arena, (int128)number, 1));
}

/* Products of deviations, added up. */
static struct ratio deviation(struct arena *arena, const struct covary_arm *arm, size_t i, size_t j)
{
    return products_deviation(arena, arm->products, arm->moments, i, j);
}

/* The covariance of an arm's two means. */
static struct ratio error(struct arena *arena, const struct covary_arm *arm, size_t i, size_t j)
{
    return over_whole(arena, over_whole(arena, deviation(arena, arm, i, j), arm->n - 1), arm->n);
}

static struct ratio of_stratum(struct arena *arena, const struct covary *rows,
                               const struct covary_stratum *s)
{
    struct ratio sum = error(arena, &s->control, rows->i, rows->j);
    return rows->same ? ratio_add(arena, sum, error(arena, &s->one, rows->i, rows->j)) : sum;
}

static struct ratio pooled(struct arena *arena, const struct covary *rows)
{
    const struct covary_arm *one = &rows->strata->one, *zero = &rows->strata->control;
    struct ratio sum = ratio_add(arena, deviation(arena, one, rows->i, rows->j),
                                 deviation(arena, zero, rows->i, rows->j));
    struct ratio each = over_whole(arena, sum, one->n + zero->n - 2);
    return ratio_add(arena, over_whole(arena, each, one->n), over_whole(arena, each, zero->n));
}

/* Each stratum by the persons that both rows have there, not yet over those of all strata. */
static struct ratio weighted(struct arena *arena, const struct covary *rows, size_t at)
{
    const struct covary_stratum *s = &rows->strata[at];
    struct ratio one = ratio_of(arena, (int128)s->one.n + s->control.n, 1);
    struct ratio other = ratio_of(arena, (int128)s->other.n + s->control.n, 1);
    return ratio_multiply(arena, ratio_multiply(arena, one, other), of_stratum(arena, rows, s));
}

/* Adds up by halves, so that long fractions meet only at the top. */
static struct ratio add_up(struct arena *arena, const struct covary *rows, size_t from, size_t to)
{
    size_t middle = from + (to - from) / 2;
    if (to - from == 1)
        return weighted(arena, rows, from);
    return ratio_add(arena, add_up(arena, rows, from, middle), add_up(arena, rows, middle, to));
}

static struct ratio over_strata(struct arena *arena, const struct covary *rows)
{
    uint64_t one = 0, other = 0;
    for (size_t i = 0; i < rows->count; i++) {
        one += rows->strata[i].one.n + rows->strata[i].control.n;
        other += rows->strata[i].other.n + rows->strata[i].control.n;
    }
    struct ratio sum = add_up(arena, rows, 0, rows->count);
    return over_whole(arena, over_whole(arena, sum, one), other);
}

/* Whether each arm has what its variance takes. */
static bool exists(const struct covary *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        const struct covary_stratum *s = &rows->strata[i];
        if (rows->pooled ? s->one.n == 0 || s->control.n == 0 || s->one.n + s->control.n < 3
                         : s->one.n < 2 || s->other.n < 2 || s->control.n < 2)
            return false;
    }
    return rows->count > 0;
}

void covary_push(struct covariance *covariance, struct arena *arena, const struct covary *rows)
{
    if (!exists(rows))
        covariance_push(covariance, NAN);
    else if (rows->stratified)
        covariance_push(covariance, ratio_round(arena, over_strata(arena, rows)));
    else if (rows->pooled)
        covariance_push(covariance, ratio_round(arena, pooled(arena, rows)));
    else
        covariance_push(covariance, ratio_round(arena, of_stratum(arena, rows, rows->strata)));
}
