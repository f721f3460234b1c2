#include "number/interval.h"

#include <math.h>
#include <stdlib.h>

#include "base/heap.h"
#include "number/student.h"

/* The only place where significance is decided. */
static int decide(const struct interval *interval, double alpha)
{
    return (interval->low > 0 || interval->high < 0) && interval->p < alpha;
}

struct interval interval_of(double diff, double se, double df, struct interval_level level)
{
    struct interval none = {NAN, NAN, NAN, NAN, NAN, -1};
    if (isnan(diff) || isnan(df) || !(se > 0))
        return none;
    struct interval interval = {.t = diff / se, .critical = student_quantile(df, level.tail)};
    interval.p = fmin(1.0, 2.0 * student_tail(df, fabs(interval.t)));
    interval.low = diff - interval.critical * se;
    interval.high = diff + interval.critical * se;
    interval.significant = decide(&interval, level.alpha);
    return interval;
}

bool interval_possible(const struct interval_ratio *ratio)
{
    const double rounding = 1e-9;
    return !(fabs(ratio->covariance) > ratio->se * ratio->control_se * (1 + rounding));
}

/* The set's quadratic, and the root of B^2 - A C. That is c^2 (ve A + v0 (diff - k m0)^2), k the
 * slope of diff on m0 and ve the variance of diff beside it: where A > 0 nothing cancels. */
struct quadratic {
    double a, b, c, root;
};

static struct quadratic quadratic_of(const struct interval_ratio *r)
{
    double m0 = r->control_mean, c = r->critical, v0 = r->control_se * r->control_se;
    double slope = v0 > 0 ? r->covariance / v0 : 0;
    double beside = fmax(0, r->se * r->se - r->covariance * slope);
    double a = (m0 - c * r->control_se) * (m0 + c * r->control_se), off = r->diff - slope * m0;
    return (struct quadratic){.a = a,
                              .b = m0 * r->diff - c * c * r->covariance,
                              .c = (r->diff - c * r->se) * (r->diff + c * r->se),
                              .root = c * sqrt(fmax(0, beside * a + v0 * off * off))};
}

/* The two numbers between which, or outside of which, the set lies. */
static void find_roots(const struct quadratic *q, double *low, double *high)
{
    double sum = q->b >= 0 ? q->b + q->root : q->b - q->root;
    double one = sum / q->a, other = sum == 0 ? 0 : q->c / sum;
    *low = fmin(one, other);
    *high = fmax(one, other);
}

/* Whether the treated mean is significantly above 0. */
static bool treated_clear(const struct interval_ratio *r)
{
    double mean = r->control_mean + r->diff;
    double variance = r->se * r->se + 2 * r->covariance + r->control_se * r->control_se;
    return mean > 0 && mean * mean > r->critical * r->critical * variance;
}

/* The limits of a set without bounds. */
static void bound_nonnegative(const struct interval_ratio *r, const struct quadratic *q,
                              struct interval_percent *result)
{
    double lower, upper = q->c / (2 * q->b);
    result->low = -100;
    if (!treated_clear(r))
        return;
    if (q->a < 0)
        find_roots(q, &lower, &upper);
    result->low = 100 * upper;
}

struct interval_percent interval_percent(const struct interval_ratio *r)
{
    struct interval_percent result = {NAN, NAN, NAN};
    if (!(r->control_mean > 0))
        return result;
    result.percent = 100 * r->diff / r->control_mean;
    struct quadratic q = quadratic_of(r);
    if (isnan(q.a) || isnan(q.b) || isnan(q.c))
        return result;
    result.low = -INFINITY;
    result.high = INFINITY;
    if (q.a > 0) {
        find_roots(&q, &result.low, &result.high);
        result.low *= 100;
        result.high *= 100;
    }
    if (r->nonnegative && q.a <= 0)
        bound_nonnegative(r, &q, &result);
    if (r->nonnegative)
        result.low = fmax(result.low, -100);
    return result;
}

/* A p value and its place in the family. */
struct ranked {
    double p;
    size_t at;
};

static int ascending(const void *a, const void *b)
{
    double one = ((const struct ranked *)a)->p, other = ((const struct ranked *)b)->p;
    return (one > other) - (one < other);
}

/* The factor of the p value of that rank; 0 is the smallest. */
static double factor(enum interval_adjust method, size_t rank, size_t m)
{
    switch (method) {
    case INTERVAL_ADJUST_BONFERRONI:
        return (double)m;
    case INTERVAL_ADJUST_HOLM:
    case INTERVAL_ADJUST_HOCHBERG:
        return (double)(m - rank);
    case INTERVAL_ADJUST_BH:
        return (double)m / (double)(rank + 1);
    case INTERVAL_ADJUST_NONE:
        break;
    }
    return 1;
}

void interval_adjust(double *p, size_t count, enum interval_adjust method)
{
    struct ranked *ranked = heap_take(count, sizeof *ranked);
    size_t m = 0;
    for (size_t i = 0; i < count; i++)
        if (!isnan(p[i]))
            ranked[m++] = (struct ranked){p[i], i};
    qsort(ranked, m, sizeof *ranked, ascending);
    for (size_t i = 0; i < m; i++)
        ranked[i].p = fmin(1, ranked[i].p * factor(method, i, m));
    /* A larger p never gets a smaller adjusted one. Holm carries upward from the smallest,
     * the step-up methods carry downward from the largest. */
    for (size_t i = 1; method == INTERVAL_ADJUST_HOLM && i < m; i++)
        ranked[i].p = fmax(ranked[i].p, ranked[i - 1].p);
    for (size_t i = m;
         (method == INTERVAL_ADJUST_HOCHBERG || method == INTERVAL_ADJUST_BH) && i-- > 1;)
        ranked[i - 1].p = fmin(ranked[i - 1].p, ranked[i].p);
    for (size_t i = 0; i < m; i++)
        p[ranked[i].at] = ranked[i].p;
    free(ranked);
}
