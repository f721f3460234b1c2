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

struct interval interval_none(void)
{
    return (struct interval){NAN, NAN, NAN, NAN, NAN, -1};
}

struct interval interval_of(double diff, double se, double df, struct interval_level level)
{
    if (isnan(diff) || isnan(df) || !(se > 0))
        return interval_none();
    struct interval interval = {.t = diff / se, .critical = student_quantile(df, level.tail)};
    interval.p = fmin(1.0, 2.0 * student_tail(df, fabs(interval.t)));
    interval.low = diff - interval.critical * se;
    interval.high = diff + interval.critical * se;
    interval.significant = decide(&interval, level.alpha);
    return interval;
}

/* Wilson's limits: how far they are below and above the share p. With f = n + z^2 and
 * r = z sqrt(z^2 + 4 n p (1 - p)) that is (r - z^2 (1 - 2p)) / 2f and (r + z^2 (1 - 2p)) / 2f. */
static void wilson(struct interval_share share, double z, double *below, double *above)
{
    double n = (double)share.n, ones = (double)share.ones, zeros = (double)(share.n - share.ones);
    double root = z * sqrt(z * z + 4 * ones * zeros / n), lean = z * z * (zeros - ones) / n;
    *below = (root - lean) / (2 * (n + z * z));
    *above = (root + lean) / (2 * (n + z * z));
}

static double share_of(struct interval_share share)
{
    return (double)share.ones / (double)share.n;
}

/* z of the pooled test. */
static double pooled_z(struct interval_share treated, struct interval_share control)
{
    double n1 = (double)treated.n, n0 = (double)control.n;
    double ones = (double)treated.ones + (double)control.ones, pooled = ones / (n1 + n0);
    double variance = pooled * ((n1 + n0 - ones) / (n1 + n0)) * (1 / n1 + 1 / n0);
    return variance > 0 ? (share_of(treated) - share_of(control)) / sqrt(variance) : NAN;
}

struct interval interval_of_shares(struct interval_share treated, struct interval_share control,
                                   struct interval_level level)
{
    double below1, above1, below0, above0, diff = share_of(treated) - share_of(control);
    struct interval interval = {.t = pooled_z(treated, control),
                                .critical = student_quantile(INFINITY, level.tail)};
    wilson(treated, interval.critical, &below1, &above1);
    wilson(control, interval.critical, &below0, &above0);
    interval.p = fmin(1.0, 2.0 * student_tail(INFINITY, fabs(interval.t)));
    if (isnan(interval.t))
        interval.p = NAN;
    interval.low = diff - sqrt(below1 * below1 + above0 * above0);
    interval.high = diff + sqrt(above1 * above1 + below0 * below0);
    interval.significant = decide(&interval, level.alpha);
    return interval;
}

struct interval_arm interval_arm_none(void)
{
    return (struct interval_arm){NAN, NAN};
}

bool interval_ones(const struct interval_arm *arm, uint64_t n, uint64_t *ones)
{
    const double rounding = 1e-9;
    double persons = (double)n, sum = arm->mean * persons, whole = round(sum);
    if (n == 0 || !(whole >= 0 && whole <= persons) ||
        fabs(sum - whole) > rounding * fmax(1, whole))
        return false;
    *ones = (uint64_t)whole;
    double want = whole * (persons - whole), got = arm->sd * arm->sd * (persons - 1) * persons;
    return n == 1 ? isnan(arm->sd) : fabs(got - want) <= rounding * want;
}

bool interval_shares_differ_by(struct interval_share treated, struct interval_share control,
                               double diff)
{
    return fabs(share_of(treated) - share_of(control) - diff) <= 1e-9;
}

double interval_detectable(double se, double df, struct interval_level level, double miss)
{
    return se > 0 ? (student_quantile(df, level.tail) + student_quantile(df, miss)) * se : NAN;
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

/* A p value, its family, and its place among all. */
struct ranked {
    double p;
    size_t family, at;
};

/* A family's stand together, the smallest first. */
static int ascending(const void *a, const void *b)
{
    const struct ranked *one = a, *other = b;
    if (one->family != other->family)
        return one->family < other->family ? -1 : 1;
    return (one->p > other->p) - (one->p < other->p);
}

/* 1 + 1/2 + ... + 1/m, the small ones first. */
static double harmonic(size_t m)
{
    double sum = 0;
    for (size_t i = m; i > 0; i--)
        sum += 1 / (double)i;
    return sum;
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
    case INTERVAL_ADJUST_BY: /* and the sum, which is one for all */
        return (double)m / (double)(rank + 1);
    case INTERVAL_ADJUST_NONE:
        break;
    }
    return 1;
}

/* The p values of one family, in order. A larger p never gets a smaller adjusted one: Holm
 * carries upward from the smallest, the step-up methods carry downward from the largest. */
static void adjust_family(struct ranked *ranked, size_t m, enum interval_adjust method)
{
    double sum = method == INTERVAL_ADJUST_BY ? harmonic(m) : 1;
    bool up = method == INTERVAL_ADJUST_HOLM;
    bool down = method == INTERVAL_ADJUST_HOCHBERG || method == INTERVAL_ADJUST_BH ||
                method == INTERVAL_ADJUST_BY;
    for (size_t i = 0; i < m; i++)
        ranked[i].p = fmin(1, ranked[i].p * factor(method, i, m) * sum);
    for (size_t i = 1; up && i < m; i++)
        ranked[i].p = fmax(ranked[i].p, ranked[i - 1].p);
    for (size_t i = m; down && i-- > 1;)
        ranked[i - 1].p = fmin(ranked[i - 1].p, ranked[i].p);
}

void interval_adjust(double *p, const size_t *families, size_t count, enum interval_adjust method)
{
    struct ranked *ranked = heap_take(count, sizeof *ranked);
    size_t total = 0;
    for (size_t i = 0; i < count; i++)
        if (!isnan(p[i]))
            ranked[total++] = (struct ranked){p[i], families[i], i};
    qsort(ranked, total, sizeof *ranked, ascending);
    for (size_t first = 0, m; first < total; first += m) {
        for (m = 1; first + m < total && ranked[first + m].family == ranked[first].family;)
            m++;
        adjust_family(ranked + first, m, method);
    }
    for (size_t i = 0; i < total; i++)
        p[ranked[i].at] = ranked[i].p;
    free(ranked);
}
