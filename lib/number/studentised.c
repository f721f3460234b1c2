#include "number/studentised.h"

#include <float.h>
#include <math.h>

/* What doubles know: the numerator, the size of its terms, the variance, a bound of the variance's
 * relative error beside that of its roundings. */
struct near {
    double diff, size, variance, loose;
};

static double rounded(int128 value)
{
    return (int64_t)value == value ? (double)(int64_t)value : (double)value;
}

/* n1 n0 d_b: whole. */
static int128 difference(const struct studentised_cell *one, const struct studentised_cell *zero)
{
    return one->sum * (int128)zero->n - zero->sum * (int128)one->n;
}

/* n Q - S^2. */
static struct integer deviation_exact(struct arena *arena, const struct studentised_cell *cell)
{
    const uint64_t limbs[2] = {(uint64_t)cell->squares, (uint64_t)(cell->squares >> 64)};
    struct integer squares = integer_from_limbs(arena, 1, limbs, 2);
    struct integer n = integer_of(arena, (int128)cell->n), sum = integer_of(arena, cell->sum);
    return integer_subtract(arena, integer_multiply(arena, n, squares),
                            integer_multiply(arena, sum, sum));
}

static double deviation(struct arena *arena, const struct studentised_cell *cell)
{
    const int128 most = (int128)1 << 62;
    uint128 squares;
    if (cell->sum < most && cell->sum > -most &&
        !__builtin_mul_overflow(cell->squares, (uint128)cell->n, &squares) && squares >> 127 == 0)
        return rounded((int128)(squares - (uint128)(cell->sum * cell->sum)));
    return ratio_round(arena, ratio_from(deviation_exact(arena, cell), integer_of(arena, 1)));
}

/* n^2 Q - 2 n S P + S^2 M. */
static struct integer spread_exact(struct arena *arena, const struct studentised_cell *cell)
{
    const uint64_t limbs[2] = {(uint64_t)cell->squares, (uint64_t)(cell->squares >> 64)};
    struct integer squares = integer_from_limbs(arena, 1, limbs, 2);
    struct integer n = integer_of(arena, (int128)cell->n), sum = integer_of(arena, cell->sum);
    struct integer products = integer_of(arena, 2 * cell->products);
    struct integer sizes = integer_of(arena, (int128)cell->sizes);
    struct integer first = integer_multiply(arena, n, squares);
    first = integer_subtract(arena, first, integer_multiply(arena, sum, products));
    return integer_add(arena, integer_multiply(arena, n, first),
                       integer_multiply(arena, integer_multiply(arena, sum, sum), sizes));
}

/* S^2 is at most G Q of G clusters, M at most n^2 and P^2 at most M Q, so that no term is larger
 * than twice n^2 G Q. */
static double spread(struct arena *arena, const struct studentised_cell *cell)
{
    double n = (double)cell->n;
    if (n * n * (double)cell->members * (double)cell->squares < 0x1p120) {
        int128 whole = (int128)cell->n;
        int128 first = whole * (int128)cell->squares - 2 * cell->sum * cell->products;
        return rounded(whole * first + cell->sum * cell->sum * (int128)cell->sizes);
    }
    return ratio_round(arena, ratio_from(spread_exact(arena, cell), integer_of(arena, 1)));
}

/* Whether the standard error exists, of a cell. */
static bool varies(enum studentised_kind kind, const struct studentised_cell *cell)
{
    if (kind == STUDENTISED_CLUSTERS)
        return cell->members > 1;
    if (kind == STUDENTISED_PAIRS)
        return cell->n == 1;
    return cell->n > (kind == STUDENTISED_POOL ? 0 : 1);
}

static uint64_t persons(const struct studentised_cells *c, size_t stratum)
{
    return c->treated[stratum].n + c->control[stratum].n;
}

static bool is_small(const struct studentised_cells *c, size_t stratum)
{
    return c->kind == STUDENTISED_POOL && (c->treated[stratum].n < 2 || c->control[stratum].n < 2);
}

/* The small strata of POOL: how many, and their persons. */
struct pool {
    size_t strata;
    uint64_t persons;
};

static struct pool pool_of(const struct studentised_cells *c, uint64_t *largest)
{
    struct pool pool = {0, 0};
    *largest = 0;
    for (size_t b = 0; b < c->strata; b++) {
        if (!is_small(c, b))
            continue;
        pool.strata++;
        pool.persons += persons(c, b);
        *largest = persons(c, b) > *largest ? persons(c, b) : *largest;
    }
    return pool;
}

static bool exists(const struct studentised_cells *c)
{
    uint64_t largest;
    for (size_t b = 0; b < c->strata; b++)
        if (!varies(c->kind, &c->treated[b]) || !varies(c->kind, &c->control[b]))
            return false;
    if (c->kind == STUDENTISED_PAIRS)
        return c->strata > 1;
    struct pool pool = pool_of(c, &largest);
    return c->strata > 0 && (pool.strata == 0 || (pool.strata > 2 && 2 * largest < pool.persons));
}

/* CR1S: G/(G - 1) (N - 1)/(N - p). */
struct counts {
    uint64_t clusters, persons, cells;
};

static struct counts counts_of(const struct studentised_cells *c)
{
    struct counts counts = {0, 0, 2 * c->strata};
    for (size_t b = 0; b < c->strata; b++) {
        counts.clusters += c->treated[b].members + c->control[b].members;
        counts.persons += persons(c, b);
    }
    return counts;
}

/* ---- in doubles ---- */

static double cell_variance(struct arena *arena, enum studentised_kind kind,
                            const struct studentised_cell *cell)
{
    double n = (double)cell->n;
    if (kind == STUDENTISED_CLUSTERS)
        return spread(arena, cell) / (n * n * n * n);
    return deviation(arena, cell) / (n * n * (n - 1));
}

static double stratum_difference(const struct studentised_cells *c, size_t b)
{
    return rounded(difference(&c->treated[b], &c->control[b])) /
           ((double)c->treated[b].n * (double)c->control[b].n);
}

/* Adds N_s^2 v of the small strata. What is lost in d - d_s counts. */
static void add_pool(const struct studentised_cells *c, struct near *near)
{
    uint64_t largest;
    struct pool pool = pool_of(c, &largest);
    double all = (double)pool.persons, weights = 0, centre = 0, most = 0, sum = 0, lost = 0;
    for (size_t b = 0; b < c->strata; b++) {
        if (!is_small(c, b))
            continue;
        double n = (double)persons(c, b), d = stratum_difference(c, b);
        weights += n * n / (all - 2 * n);
        centre += n * d / all;
        most = fabs(d) > most ? fabs(d) : most;
    }
    double slack = (2 * (double)pool.strata + 8) * DBL_EPSILON * most;
    for (size_t b = 0; b < c->strata; b++) {
        if (!is_small(c, b))
            continue;
        double n = (double)persons(c, b), x = fabs(stratum_difference(c, b) - centre);
        double weight = n * n / (all - 2 * n) * (all * all / (all + weights));
        sum += weight * x * x;
        lost += weight * (2 * x + slack) * slack;
    }
    near->variance += sum;
    near->loose = lost / near->variance;
}

static struct near add_up(struct arena *arena, const struct studentised_cells *c)
{
    struct near near = {0, 0, 0, 0};
    for (size_t b = 0; b < c->strata; b++) {
        double n = (double)persons(c, b), d = n * stratum_difference(c, b);
        near.diff += d;
        near.size += fabs(d);
        if (!is_small(c, b))
            near.variance += n * n *
                             (cell_variance(arena, c->kind, &c->treated[b]) +
                              cell_variance(arena, c->kind, &c->control[b]));
    }
    if (c->kind == STUDENTISED_POOL)
        add_pool(c, &near);
    if (c->kind == STUDENTISED_CLUSTERS) {
        struct counts k = counts_of(c);
        near.variance *= (double)k.clusters / (double)(k.clusters - 1) * (double)(k.persons - 1) /
                         (double)(k.persons - k.cells);
    }
    return near;
}

/* The pairs' differences as a cell of J values; false where they are too long. */
static bool pairs_cell(const struct studentised_cells *c, struct studentised_cell *cell)
{
    *cell = (struct studentised_cell){.n = c->strata};
    bool fits = true;
    for (size_t b = 0; b < c->strata && fits; b++) {
        int128 d = c->treated[b].sum - c->control[b].sum;
        cell->sum += d;
        fits = (int64_t)d == d &&
               !__builtin_add_overflow(cell->squares, (uint128)(d * d), &cell->squares);
    }
    return fits;
}

static struct near pairs_near(struct arena *arena, const struct studentised_cells *c)
{
    struct studentised_cell cell;
    if (!pairs_cell(c, &cell))
        return (struct near){1, 1, 0, 0};
    double diff = rounded(cell.sum);
    return (struct near){diff, fabs(diff), deviation(arena, &cell) / (double)(c->strata - 1), 0};
}

struct studentised studentised_near(struct arena *arena, const struct studentised_cells *c)
{
    const struct studentised unknown = {0, INFINITY};
    if (!exists(c))
        return (struct studentised){NAN, 0};
    struct near near = c->kind == STUDENTISED_PAIRS ? pairs_near(arena, c) : add_up(arena, c);
    if (near.size == 0 && c->kind != STUDENTISED_PAIRS)
        return (struct studentised){0, 0};
    if (!(near.variance > 0) || !(near.loose < 0.125))
        return unknown;
    double se = sqrt(near.variance), t = near.diff / se;
    double steps = (2 * (double)c->strata + 16) * DBL_EPSILON;
    return (struct studentised){t, steps * (near.size / se + fabs(t)) + fabs(t) * near.loose};
}

bool studentised_none(struct studentised t)
{
    return isnan(t.t);
}

bool studentised_unknown(struct studentised t)
{
    return isinf(t.error);
}

/* ---- exactly ---- */

struct exact {
    struct ratio diff, variance;
};

static struct ratio whole(struct arena *arena, uint64_t number)
{
    return ratio_of(arena, (int128)number, 1);
}

static struct ratio cell_exact(struct arena *arena, enum studentised_kind kind,
                               const struct studentised_cell *cell)
{
    struct integer n = integer_of(arena, (int128)cell->n), square = integer_multiply(arena, n, n);
    if (kind == STUDENTISED_CLUSTERS)
        return ratio_from(spread_exact(arena, cell), integer_multiply(arena, square, square));
    struct integer less = integer_of(arena, (int128)cell->n - 1);
    return ratio_from(deviation_exact(arena, cell), integer_multiply(arena, square, less));
}

static struct ratio difference_exact(struct arena *arena, const struct studentised_cells *c,
                                     size_t b)
{
    struct integer one = integer_of(arena, (int128)c->treated[b].n);
    struct integer zero = integer_of(arena, (int128)c->control[b].n);
    return ratio_from(integer_of(arena, difference(&c->treated[b], &c->control[b])),
                      integer_multiply(arena, one, zero));
}

/* By halves, so that long fractions meet only at the top. */
static struct exact add_exactly(struct arena *arena, const struct studentised_cells *c, size_t from,
                                size_t to)
{
    if (to - from > 1) {
        size_t middle = from + (to - from) / 2;
        struct exact a = add_exactly(arena, c, from, middle), b = add_exactly(arena, c, middle, to);
        return (struct exact){ratio_add(arena, a.diff, b.diff),
                              ratio_add(arena, a.variance, b.variance)};
    }
    struct ratio n = whole(arena, persons(c, from));
    struct exact exact = {ratio_multiply(arena, n, difference_exact(arena, c, from)),
                          whole(arena, 0)};
    if (!is_small(c, from))
        exact.variance =
            ratio_multiply(arena, ratio_square(arena, n),
                           ratio_add(arena, cell_exact(arena, c->kind, &c->treated[from]),
                                     cell_exact(arena, c->kind, &c->control[from])));
    return exact;
}

/* N_s^2 v = N_s^2/(N_s + A) (sum of w d^2 - 2 d_s sum of w d + d_s^2 A), w = n^2/(N_s - 2 n). */
static struct ratio pool_exact(struct arena *arena, const struct studentised_cells *c)
{
    uint64_t largest;
    struct pool pool = pool_of(c, &largest);
    struct ratio all = whole(arena, pool.persons), none = whole(arena, 0);
    struct ratio weights = none, first = none, second = none, centre = none;
    for (size_t b = 0; b < c->strata; b++) {
        if (!is_small(c, b))
            continue;
        struct ratio n = whole(arena, persons(c, b)), d = difference_exact(arena, c, b);
        struct ratio weight = ratio_divide(arena, ratio_square(arena, n),
                                           whole(arena, pool.persons - 2 * persons(c, b)));
        struct ratio share = ratio_multiply(arena, weight, d);
        weights = ratio_add(arena, weights, weight);
        first = ratio_add(arena, first, share);
        second = ratio_add(arena, second, ratio_multiply(arena, share, d));
        centre = ratio_add(arena, centre, ratio_multiply(arena, n, d));
    }
    if (pool.strata == 0)
        return none;
    centre = ratio_divide(arena, centre, all);
    struct ratio twice = ratio_multiply(arena, ratio_add(arena, centre, centre), first);
    struct ratio rest = ratio_multiply(arena, ratio_square(arena, centre), weights);
    rest = ratio_add(arena, ratio_subtract(arena, second, twice), rest);
    return ratio_divide(arena, ratio_multiply(arena, ratio_square(arena, all), rest),
                        ratio_add(arena, all, weights));
}

/* J (J - 1) se^2 = sum of d^2 - (sum of d)^2 / J, of J diff = sum of d. */
static struct exact pairs_exact(struct arena *arena, const struct studentised_cells *c)
{
    struct integer sum = integer_of(arena, 0), squares = sum;
    for (size_t b = 0; b < c->strata; b++) {
        struct integer d = integer_of(arena, c->treated[b].sum - c->control[b].sum);
        sum = integer_add(arena, sum, d);
        squares = integer_add(arena, squares, integer_multiply(arena, d, d));
    }
    struct integer n = integer_of(arena, (int128)c->strata), unit = integer_of(arena, 1);
    struct integer over = integer_subtract(arena, integer_multiply(arena, n, squares),
                                           integer_multiply(arena, sum, sum));
    return (struct exact){ratio_from(sum, unit),
                          ratio_from(over, integer_of(arena, (int128)c->strata - 1))};
}

static struct exact exact_of(struct arena *arena, const struct studentised_cells *c)
{
    if (c->kind == STUDENTISED_PAIRS)
        return pairs_exact(arena, c);
    struct exact exact = add_exactly(arena, c, 0, c->strata);
    if (c->kind == STUDENTISED_POOL)
        exact.variance = ratio_add(arena, exact.variance, pool_exact(arena, c));
    if (c->kind == STUDENTISED_CLUSTERS) {
        struct counts k = counts_of(c);
        struct ratio factor =
            ratio_multiply(arena, ratio_of(arena, (int128)k.clusters, (int128)k.clusters - 1),
                           ratio_of(arena, (int128)k.persons - 1, (int128)(k.persons - k.cells)));
        exact.variance = ratio_multiply(arena, exact.variance, factor);
    }
    return exact;
}

struct studentised_exact studentised_exact(struct arena *arena, const struct studentised_cells *c)
{
    struct studentised_exact t = {.exists = exists(c)};
    if (!t.exists)
        return t;
    struct exact exact = exact_of(arena, c);
    t.sign = exact.diff.over.sign;
    t.exists = t.sign == 0 || exact.variance.over.sign > 0;
    t.square = whole(arena, 0);
    if (t.exists && t.sign != 0)
        t.square = ratio_divide(arena, ratio_square(arena, exact.diff), exact.variance);
    return t;
}
