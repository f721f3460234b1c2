#include "number/wald.h"

#include <math.h>
#include <stdlib.h>

#include "base/heap.h"
#include "number/covariance.h"
#include "number/spectrum.h"
#include "number/tails.h"

#define RANK_SHARE 1e-10 /* of the largest eigenvalue */
#define NOTHING    1e-14 /* of the variances: what rounding leaves of their difference */
#define NEGATIVE   1e-8  /* an eigenvalue so far below 0 is no rounding */
#define APART      1e-2  /* of its error: no rounding of a difference that others give */

/* Differences and their covariances, row by row. */
struct tested {
    size_t size;
    bool apart; /* two that are one have unlike differences */
    double *diffs, *matrix;
};

static struct tested hold(size_t size)
{
    return (struct tested){size, false, heap_take(size, sizeof(double)),
                           heap_take(size * size, sizeof(double))};
}

static void drop(struct tested *s)
{
    free(s->diffs);
    free(s->matrix);
}

static struct wald unknown(size_t rows)
{
    return (struct wald){WALD_GOOD, rows, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
}

/* Only rows whose variance is not 0. */
static struct tested keep_varying(const struct tested *s)
{
    struct tested kept = hold(s->size);
    size_t *rows = heap_take(s->size, sizeof *rows);
    kept.size = 0;
    for (size_t i = 0; i < s->size; i++)
        if (s->matrix[i * s->size + i] != 0)
            rows[kept.size++] = i;
    for (size_t i = 0; i < kept.size; i++) {
        kept.diffs[i] = s->diffs[rows[i]];
        for (size_t j = 0; j < kept.size; j++)
            kept.matrix[i * kept.size + j] = s->matrix[rows[i] * s->size + rows[j]];
    }
    free(rows);
    return kept;
}

static struct tested tested_of(const struct covariance *v, const struct wald_effect *effects)
{
    struct tested all = hold(v->rows);
    for (size_t i = 0; i < all.size; i++) {
        all.diffs[i] = effects[i].diff;
        for (size_t j = 0; j < all.size; j++)
            all.matrix[i * all.size + j] = covariance_get(v, i, j);
    }
    struct tested kept = keep_varying(&all);
    drop(&all);
    return kept;
}

/* Each row less the one before: C d and C V C'. */
static struct tested neighbours(const struct tested *s)
{
    size_t n = s->size;
    struct tested steps = hold(n > 0 ? n - 1 : 0);
    for (size_t i = 0; i < steps.size; i++) {
        const double *row = s->matrix + i * n, *next = row + n;
        steps.diffs[i] = s->diffs[i + 1] - s->diffs[i];
        for (size_t j = 0; j < steps.size; j++)
            steps.matrix[i * steps.size + j] = (next[j + 1] - next[j]) - (row[j + 1] - row[j]);
        if (steps.matrix[i * steps.size + i] < NOTHING * (row[i] + next[i + 1])) {
            steps.matrix[i * steps.size + i] = 0;
            steps.apart |= fabs(steps.diffs[i]) > APART * sqrt(row[i]);
        }
    }
    struct tested kept = keep_varying(&steps);
    kept.apart = steps.apart;
    drop(&steps);
    return kept;
}

/* Differences become multiples of their errors, covariances become correlations. */
static void scale(struct tested *s)
{
    double *errors = heap_take(s->size, sizeof *errors);
    for (size_t i = 0; i < s->size; i++)
        errors[i] = sqrt(s->matrix[i * s->size + i]);
    for (size_t i = 0; i < s->size; i++) {
        s->diffs[i] /= errors[i];
        for (size_t j = 0; j < s->size; j++)
            s->matrix[i * s->size + j] =
                i == j ? errors[i] / errors[i] : s->matrix[i * s->size + j] / errors[i] / errors[j];
    }
    free(errors);
}

/* d' V^- d and the rank. */
static void add_up(struct wald *w, const struct tested *s, const struct spectrum *spectrum)
{
    size_t rank = spectrum_rank(spectrum, RANK_SHARE);
    w->rank = (double)rank;
    w->chi2 = 0;
    for (size_t i = 0; i < s->size; i++) {
        double along = 0;
        for (size_t j = 0; j < s->size; j++)
            along += spectrum->vectors[i * s->size + j] * s->diffs[j];
        if (i < rank)
            w->chi2 += along * along / spectrum->values[i];
        else if (fabs(along) > APART)
            w->verdict = WALD_APART;
    }
    w->p_chi2 = tails_chi_square(w->rank, w->chi2);
}

/* False where something is unknown. */
static bool add_chi2(struct wald *w, const struct tested *s)
{
    struct spectrum spectrum;
    double sum = 0;
    for (size_t i = 0; i < s->size; i++)
        sum += s->diffs[i];
    if (s->apart)
        w->verdict = WALD_APART;
    if (s->size == 0 || isnan(sum) || !spectrum_of(&spectrum, s->matrix, s->size))
        return false;
    add_up(w, s, &spectrum);
    if (spectrum.values[s->size - 1] < -NEGATIVE * spectrum.values[0])
        w->verdict = WALD_IMPOSSIBLE;
    spectrum_free(&spectrum);
    return true;
}

static void set_f(struct wald *w, double f, double df2)
{
    w->f = f;
    w->df1 = w->rank;
    w->df2 = df2;
    w->p = tails_f(w->df1, df2, f);
}

/* Of the rows that vary; NaN where one is. */
static double smallest_df(const struct wald_effect *effects, size_t count)
{
    double smallest = INFINITY;
    for (size_t i = 0; i < count && !isnan(smallest); i++)
        if (effects[i].se != 0 && !(effects[i].df >= smallest))
            smallest = effects[i].df;
    return smallest;
}

/* V has less rank than rows only as there are so few people: d is not in its range, so chi2 is no
 * T^2. */
static struct wald few_people(const struct wald *of)
{
    struct wald w = unknown(of->rows);
    w.verdict = WALD_FEW;
    w.rank = of->rank;
    return w;
}

struct wald wald_joint(const struct covariance *covariance, const struct wald_effect *effects,
                       bool equal)
{
    struct wald w = unknown(0);
    double nu = smallest_df(effects, covariance->rows);
    struct tested s = tested_of(covariance, effects);
    w.rows = s.size;
    if (equal) {
        struct tested steps = neighbours(&s);
        drop(&s);
        s = steps;
    }
    scale(&s);
    bool known = add_chi2(&w, &s);
    if (w.verdict == WALD_APART && nu <= w.rank)
        w = few_people(&w);
    else if (known && nu >= w.rank)
        set_f(&w, w.chi2 / w.rank * (isinf(nu) ? 1 : (nu - w.rank + 1) / nu), nu - w.rank + 1);
    drop(&s);
    return w;
}

struct wald wald_disjoint(const struct wald_effect *effects, size_t count)
{
    struct wald w = unknown(0);
    double weights = 0, sum = 0, a = 0;
    for (const struct wald_effect *e = effects; e < effects + count; e++)
        if (e->se != 0) {
            weights += 1 / e->se / e->se;
            sum += e->diff / e->se / e->se;
            w.rows++;
        }
    w.chi2 = 0;
    for (const struct wald_effect *e = effects; e < effects + count; e++)
        if (e->se != 0) {
            double off = (e->diff - sum / weights) / e->se;
            double rest = 1 - 1 / e->se / e->se / weights;
            w.chi2 += off * off;
            a += rest * rest / e->df;
        }
    if (w.rows < 2 || isnan(w.chi2))
        return unknown(w.rows);
    w.rank = (double)w.rows - 1;
    w.p_chi2 = tails_chi_square(w.rank, w.chi2);
    double squares = w.rank * (w.rank + 2); /* rows^2 - 1 */
    if (!isnan(a))
        set_f(&w, w.chi2 / w.rank / (1 + 2 * (w.rank - 1) / squares * a), squares / (3 * a));
    return w;
}

void wald_balance(struct wald *w, uint64_t persons)
{
    double n = persons > 0 ? (double)persons : NAN;
    w->d2 = (n - 1) * w->chi2 / (w->chi2 + n - 2);
    w->p_d2 = tails_chi_square(w->rank, w->d2);
}
