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

struct interval_percent interval_percent(double diff, double se, double control_mean,
                                         double control_se, double critical)
{
    struct interval_percent result = {100 * diff / control_mean, NAN, NAN};
    if (control_mean == 0 || isnan(result.percent))
        return (struct interval_percent){NAN, NAN, NAN};
    double c2 = critical * critical, v0 = control_se * control_se;
    double a = control_mean * control_mean - c2 * v0;
    double b = control_mean * diff + c2 * v0;
    double c = (diff - critical * se) * (diff + critical * se);
    if (isnan(a) || isnan(c))
        return result;
    if (a <= 0) {
        result.low = -INFINITY;
        result.high = INFINITY;
        return result;
    }
    /* b^2 - a c in terms that do not cancel; v1 is the variance of the treated mean. */
    double v1 = fmax(0, se * se - v0), m1 = control_mean + diff;
    double root = critical * sqrt(v1 * a + v0 * m1 * m1);
    double sum = b >= 0 ? b + root : b - root;
    double one = 100 * sum / a, other = sum == 0 ? 0 : 100 * c / sum;
    result.low = fmin(one, other);
    result.high = fmax(one, other);
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
