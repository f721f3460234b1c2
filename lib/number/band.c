/* band: the largest of correlated t's, by the sphere.
 *
 * Let corr = L L', L of count x rank from the eigenvalues in falling order, so that T = L w / s
 * with w of independent standard normals and s^2 = chi^2_df / df. w is a length times a direction
 * u, and the two are independent; so with the reach m(u) = max_j |(L u)_j|, from 0 to 1,
 *
 *     P(max_j |T_j| >= t) = mean over u of P(R >= t / m(u)),   R^2 ~ rank F(rank, df),
 *
 * (Deak 1980), where R is exact and only directions are sampled. That is why it is better than
 * sampling T: a direction tells of all t at once, and tails are as good as the middle.
 *
 * Directions are those of a lattice (Richtmyer 1951): coordinate d of point i is frac(i sqrt(p_d)),
 * p_d the d-th prime, the first to the largest eigenvalue; folded, 1 - |2x - 1|, and made normal by
 * the normal quantile; then divided by their length. The last 5 bits that i sqrt(p_d) < 2^25 has
 * lost are nothing to that. No coordinate is 0 or 1, since i sqrt(p) is further from any whole
 * number than 1 / (3 i sqrt(p)) > 1e-9.
 *
 * A tail is wanted some hundred times, for c and for each effect. So the mean over 2^18 reaches is
 * made one over few nodes: Gauss' rule for the distribution that the reaches have, which is exact
 * for polynomials of degree 2 NODES - 1 in m, and its weights are above 0. Stieltjes' procedure
 * gives the recurrence of its orthogonal polynomials, and the eigenvalues of that tridiagonal
 * matrix are the nodes (Golub and Welsch 1969). The tail is smooth in m: against the sum itself the
 * rule errs by 1e-11 up to 200 rows.
 */
#include "number/band.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/heap.h"
#include "number/covariance.h"
#include "number/spectrum.h"
#include "number/student.h"
#include "number/tails.h"

enum { LANES = 8, NODES = 64, TURNS = 60 };

#define LEAST_BESIDE   1e-13 /* where polynomials end: all reaches are nodes */
#define RANK_SHARE     1e-10 /* an eigenvalue below this share of the largest is 0 */
#define NEGATIVE_SHARE 1e-8  /* and one so far below 0 is no rounding */

/* ---- the correlations ---- */

static bool known(const struct band_effect *effect)
{
    return !isnan(effect->diff) && effect->se > 0 && !isnan(effect->df);
}

/* The effects that are known, by their rows; how many. */
static size_t pick(struct band *band, const struct band_effect *effects, const size_t *rows,
                   size_t count, size_t *picked)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        if (known(&effects[i])) {
            picked[found++] = rows[i];
            band->df = fmin(band->df, effects[i].df);
        }
    return found;
}

static double correlation(const struct covariance *c, size_t one, size_t other)
{
    double variances = covariance_get(c, one, one) * covariance_get(c, other, other);
    return one == other ? 1 : covariance_get(c, one, other) / sqrt(variances);
}

static void put_roots(struct band *band, const struct spectrum *s)
{
    size_t count = band->count, rank = band->rank;
    band->roots = heap_take(count * rank, sizeof *band->roots);
    for (size_t i = 0; i < count; i++)
        for (size_t d = 0; d < rank; d++)
            band->roots[i * rank + d] = sqrt(s->values[d]) * s->vectors[d * count + i];
}

static void put_steps(struct band *band)
{
    band->steps = heap_take(band->rank, sizeof *band->steps);
    size_t found = 0;
    for (unsigned n = 2; found < band->rank; n++) {
        unsigned divisor = 2;
        while (divisor * divisor <= n && n % divisor != 0)
            divisor++;
        if (divisor * divisor > n)
            band->steps[found++] = sqrt(n);
    }
}

static enum band_verdict decompose(struct band *band, const struct covariance *covariance,
                                   const size_t *picked)
{
    size_t n = band->count;
    struct spectrum spectrum;
    double *matrix = heap_take(n * n, sizeof *matrix);
    for (size_t i = 0; i < n; i++)
        for (size_t j = i; j < n; j++)
            matrix[i * n + j] = correlation(covariance, picked[i], picked[j]);
    bool whole = spectrum_of(&spectrum, matrix, n);
    free(matrix);
    if (!whole)
        return BAND_GOOD;
    bool possible = spectrum.values[n - 1] >= -NEGATIVE_SHARE * spectrum.values[0];
    band->rank = spectrum_rank(&spectrum, RANK_SHARE);
    put_roots(band, &spectrum);
    put_steps(band);
    spectrum_free(&spectrum);
    return possible ? BAND_GOOD : BAND_IMPOSSIBLE;
}

enum band_verdict band_begin(struct band *band, const struct covariance *covariance,
                             const struct band_effect *effects, const size_t *rows, size_t count)
{
    *band = (struct band){.df = INFINITY};
    size_t *picked = heap_take(count, sizeof *picked);
    band->count = pick(band, effects, rows, count, picked);
    enum band_verdict verdict = BAND_GOOD;
    if (band->count > SPECTRUM_MOST)
        verdict = BAND_MANY;
    else if (band->count > 0)
        verdict = decompose(band, covariance, picked);
    free(picked);
    if (band->rank > 1)
        band->reach = heap_take(BAND_POINTS, sizeof *band->reach);
    return verdict;
}

/* ---- directions ---- */

static double polynomial(const double *c, double x)
{
    double sum = c[7];
    for (int i = 6; i >= 0; i--)
        sum = sum * x + c[i];
    return sum;
}

/* The normal quantile: Wichura's PPND16 (1988, AS 241) to 1e-16, p from exp(-25) to 1 - exp(-25).
 * student_quantile is exact in the far tails too, and takes a hundred times as long. */
static double normal(double p)
{
    static const double a[] = {3.3871328727963666080e0,  1.3314166789178437745e+2,
                               1.9715909503065514427e+3, 1.3731693765509461125e+4,
                               4.5921953931549871457e+4, 6.7265770927008700853e+4,
                               3.3430575583588128105e+4, 2.5090809287301226727e+3};
    static const double b[] = {1,
                               4.2313330701600911252e+1,
                               6.8718700749205790830e+2,
                               5.3941960214247511077e+3,
                               2.1213794301586595867e+4,
                               3.9307895800092710610e+4,
                               2.8729085735721942674e+4,
                               5.2264952788528545610e+3};
    static const double c[] = {1.42343711074968357734e0,  4.63033784615654529590e0,
                               5.76949722146069140550e0,  3.64784832476320460504e0,
                               1.27045825245236838258e0,  2.41780725177450611770e-1,
                               2.27238449892691845833e-2, 7.74545014278341407640e-4};
    static const double d[] = {1,
                               2.05319162663775882187e0,
                               1.67638483018380384940e0,
                               6.89767334985100004550e-1,
                               1.48103976427480074590e-1,
                               1.51986665636164571966e-2,
                               5.47593808499534494600e-4,
                               1.05075007164441684324e-9};
    double q = p - 0.5;
    if (fabs(q) <= 0.425)
        return q * polynomial(a, 0.180625 - q * q) / polynomial(b, 0.180625 - q * q);
    double r = sqrt(-log(q < 0 ? p : 1 - p)) - 1.6;
    return (q < 0 ? -1 : 1) * polynomial(c, r) / polynomial(d, r);
}

/* max_j |(L z)_j| of LANES points at once. */
static void project(const struct band *band, double (*z)[LANES], double *most)
{
    const double *root = band->roots;
    for (size_t j = 0; j < band->count; j++) {
        double sum[LANES] = {0};
        for (size_t d = 0; d < band->rank; d++, root++) {
#pragma GCC unroll 8
            for (size_t i = 0; i < LANES; i++)
                sum[i] += *root * z[d][i];
        }
        for (size_t i = 0; i < LANES; i++)
            most[i] = fmax(most[i], fabs(sum[i]));
    }
}

void band_work(struct band *band, size_t share)
{
    double z[SPECTRUM_MOST][LANES];
    for (size_t at = share * BAND_SHARE; at < (share + 1) * BAND_SHARE; at += LANES) {
        double squares[LANES] = {0}, most[LANES] = {0};
        for (size_t d = 0; d < band->rank; d++)
            for (size_t i = 0; i < LANES; i++) {
                double product = (double)(at + i + 1) * band->steps[d];
                z[d][i] = normal(1 - fabs(2 * (product - floor(product)) - 1));
                squares[i] += z[d][i] * z[d][i];
            }
        project(band, z, most);
        for (size_t i = 0; i < LANES; i++)
            band->reach[at + i] = most[i] / sqrt(squares[i]);
    }
}

/* ---- the rule ---- */

static double add_lanes(const double *sum)
{
    double all = 0;
    for (size_t i = 0; i < LANES; i++)
        all += sum[i];
    return all;
}

/* Divides v by its size; the mean of reach v^2, a share at a time. */
static double centre_of(const double *reach, double *v, double size)
{
    double total = 0;
    for (size_t share = 0; share < BAND_SHARES; share++) {
        double sum[LANES] = {0};
        for (size_t at = share * BAND_SHARE; at < (share + 1) * BAND_SHARE; at += LANES) {
#pragma GCC unroll 8
            for (size_t i = at; i < at + LANES; i++) {
                v[i] /= size;
                sum[i - at] += reach[i] * v[i] * v[i];
            }
        }
        total += add_lanes(sum);
    }
    return total / BAND_POINTS;
}

/* v becomes (reach - centre) v - beside old, and old what v was; its size, the root mean square. */
static double climb(const double *reach, double centre, double beside, double *v, double *old)
{
    double total = 0;
    for (size_t share = 0; share < BAND_SHARES; share++) {
        double sum[LANES] = {0};
        for (size_t at = share * BAND_SHARE; at < (share + 1) * BAND_SHARE; at += LANES) {
#pragma GCC unroll 8
            for (size_t i = at; i < at + LANES; i++) {
                double last = v[i];
                v[i] = (reach[i] - centre) * last - beside * old[i];
                old[i] = last;
                sum[i - at] += v[i] * v[i];
            }
        }
        total += add_lanes(sum);
    }
    return sqrt(total / BAND_POINTS);
}

/* Stieltjes: polynomial after polynomial, each of mean square 1, by its values at all reaches.
 * Gives the tridiagonal matrix, of NODES rows or as many as there are. */
static size_t recur(const double *reach, double centres[NODES], double besides[NODES])
{
    double *v = heap_take(BAND_POINTS, sizeof *v), *old = heap_take(BAND_POINTS, sizeof *old);
    size_t n = 0;
    double size = 1;
    for (size_t i = 0; i < BAND_POINTS; i++)
        v[i] = 1;
    do {
        besides[n] = n > 0 ? size : 0;
        centres[n] = centre_of(reach, v, size);
        size = climb(reach, centres[n], besides[n], v, old);
    } while (++n < NODES && size > LEAST_BESIDE);
    free(v);
    free(old);
    return n;
}

/* The mean over all reaches as one over few. */
static void put_rule(struct band *band)
{
    double centres[NODES], besides[NODES];
    struct spectrum s;
    size_t n = recur(band->reach, centres, besides);
    double *matrix = heap_take(n * n, sizeof *matrix);
    for (size_t i = 0; i < n; i++) {
        matrix[i * n + i] = centres[i];
        if (i > 0)
            matrix[(i - 1) * n + i] = besides[i];
    }
    band->at = heap_take(n, sizeof *band->at);
    band->weights = heap_take(n, sizeof *band->weights);
    band->nodes = spectrum_of(&s, matrix, n) ? n : 0;
    for (size_t i = 0; i < band->nodes; i++) {
        band->at[i] = s.values[i];
        band->weights[i] = s.vectors[i * n] * s.vectors[i * n];
    }
    spectrum_free(&s);
    free(matrix);
}

/* ---- tails ---- */

static double own_tail(double df, double t)
{
    return fmin(1.0, 2.0 * student_tail(df, t));
}

/* Of `count` independent effects, one at least of which is beyond what has that tail. */
static double sidak(double tail, size_t count)
{
    return -expm1((double)count * log1p(-tail));
}

static double round_digits(double x)
{
    double scale = 1;
    while (x > 0 && x * scale < 1e11 && scale < 1e300)
        scale *= 10;
    return round(x * scale) / scale;
}

/* P(R >= r), R^2 ~ rank F(rank, df). */
static double tail_beyond(const struct band *band, double r)
{
    return tails_f((double)band->rank, band->df, r * r / (double)band->rank);
}

static double tail_of(const struct band *band, double t)
{
    double own = own_tail(band->df, t), sum = 0;
    if (band->rank == 1)
        return own;
    for (size_t i = 0; i < band->nodes; i++)
        sum += band->weights[i] * tail_beyond(band, t / band->at[i]);
    return fmax(own, fmin(sum, sidak(own, band->count)));
}

static double critical(const struct band *band, struct interval_level level)
{
    double own = student_quantile(band->df, level.tail), low = own;
    double high = student_quantile(band->df, -expm1(log1p(-level.alpha) / (double)band->count) / 2);
    if (band->rank == 1)
        return own;
    for (int turn = 0; turn < TURNS && high < INFINITY; turn++) {
        double middle = low + (high - low) / 2;
        if (tail_of(band, middle) > level.alpha)
            low = middle;
        else
            high = middle;
    }
    return fmax(own, round_digits(high));
}

void band_end(struct band *band, struct interval_level level)
{
    if (band->rank > 1)
        put_rule(band);
    band->critical = band->rank > 0 ? critical(band, level) : NAN;
}

struct band_limits band_limits(const struct band *band, const struct band_effect *effect)
{
    if (!known(effect) || band->rank == 0)
        return (struct band_limits){NAN, NAN, NAN, NAN};
    double t = fabs(effect->diff / effect->se), p = tail_of(band, t);
    return (struct band_limits){
        .critical = band->critical,
        .low = effect->diff - band->critical * effect->se,
        .high = effect->diff + band->critical * effect->se,
        .p = band->rank == 1 ? p : fmax(own_tail(band->df, t), fmin(1, round_digits(p)))};
}

void band_free(struct band *band)
{
    free(band->roots);
    free(band->steps);
    free(band->reach);
    free(band->at);
    free(band->weights);
    *band = (struct band){0};
}
