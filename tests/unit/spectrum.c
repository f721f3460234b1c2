/* spectrum: the room against matrices whose spectrum is known, and against its own definition. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "../random.h"
#include "number/spectrum.h"

static int faults;

static void expect(int good, const char *what, size_t n)
{
    if (!good) {
        printf("%s, %zu rows\n", what, n);
        faults++;
    }
}

static double *take(size_t n)
{
    double *a = calloc(n * n, sizeof *a);
    if (a == NULL)
        exit(2);
    return a;
}

/* How far A is from Q D Q', and Q' Q from the identity; of the largest eigenvalue. */
static void check(const double *a, const struct spectrum *s)
{
    size_t n = s->size;
    double worst = 0, skew = 0, most = fmax(fabs(s->values[0]), fabs(s->values[n - 1]));
    for (size_t i = 0; i < n; i++)
        for (size_t j = i; j < n; j++) {
            double sum = 0, dot = 0;
            for (size_t k = 0; k < n; k++) {
                sum += s->values[k] * s->vectors[k * n + i] * s->vectors[k * n + j];
                dot += s->vectors[i * n + k] * s->vectors[j * n + k];
            }
            worst = fmax(worst, fabs(sum - a[i * n + j]));
            skew = fmax(skew, fabs(dot - (i == j)));
        }
    expect(worst <= 4e-15 * sqrt((double)n) * most, "A is not Q D Q'", n);
    expect(skew <= 1e-14, "the vectors are not at right angles", n);
    for (size_t i = 0; i < n; i++) {
        size_t furthest = 0;
        for (size_t k = 1; k < n; k++)
            if (fabs(s->vectors[i * n + k]) > (1 + 1e-9) * fabs(s->vectors[i * n + furthest]))
                furthest = k;
        expect(s->vectors[i * n + furthest] > 0, "a sign is wrong", n);
        expect(i == 0 || s->values[i] <= s->values[i - 1], "the values do not fall", n);
    }
}

static struct spectrum solve(const double *a, size_t n)
{
    struct spectrum s;
    if (!spectrum_of(&s, a, n))
        exit(2);
    check(a, &s);
    return s;
}

/* 2 on the diagonal, -1 beside it: 2 - 2 cos(i pi / (n + 1)). */
static void check_chain(size_t n)
{
    double *a = take(n), worst = 0;
    for (size_t i = 0; i < n; i++) {
        a[i * n + i] = 2;
        if (i + 1 < n)
            a[i * n + i + 1] = -1;
    }
    struct spectrum s = solve(a, n);
    for (size_t i = 0; i < n; i++) {
        double want = 2 - 2 * cos((double)(n - i) * acos(-1) / (double)(n + 1));
        worst = fmax(worst, fabs(s.values[i] - want));
    }
    expect(worst < 2e-14, "the chain's values", n);
    spectrum_free(&s);
    free(a);
}

/* All entries off the diagonal rho: 1 + (n - 1) rho once, and 1 - rho. With rho 1 the rank is 1. */
static void check_equal(size_t n, double rho)
{
    double *a = take(n);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            a[i * n + j] = i == j ? 1 : rho;
    struct spectrum s = solve(a, n);
    double first = 1 + (double)(n - 1) * rho;
    expect(fabs(s.values[0] - first) <= 4e-15 * first, "the first of equal correlations", n);
    for (size_t i = 1; i < n; i++)
        expect(fabs(s.values[i] - (1 - rho)) <= 4e-15 * first, "the rest of equal ones", n);
    expect(spectrum_rank(&s, 1e-10) == (rho == 1 ? 1 : n), "the rank of equal correlations", n);
    for (size_t i = 0; i < n; i++)
        expect(fabs(s.vectors[i] - 1 / sqrt((double)n)) < 1e-14, "the first vector", n);
    spectrum_free(&s);
    free(a);
}

/* B B' with B of n x rank: the rank is seen, for any scale of the matrix. */
static void check_rank(size_t n, size_t rank, double scale, uint64_t *state)
{
    double *a = take(n), *b = take(n);
    for (size_t i = 0; i < n * rank; i++)
        b[i] = (double)below(state, 2001) / 1000 - 1;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            for (size_t k = 0; k < rank; k++)
                a[i * n + j] += scale * b[i * rank + k] * b[j * rank + k];
    struct spectrum s = solve(a, n);
    expect(spectrum_rank(&s, 1e-10) == rank, "the rank of a product", n);
    spectrum_free(&s);
    free(a);
    free(b);
}

/* Of no definite sign, and what is below the diagonal is not read. */
static void check_any(size_t n, uint64_t *state)
{
    double *a = take(n);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            a[i * n + j] = j < i ? NAN : (double)below(state, 2001) / 1000 - 1;
    struct spectrum s = solve(a, n);
    expect(n < 4 || (s.values[0] > 0 && s.values[n - 1] < 0), "both signs", n);
    spectrum_free(&s);
    free(a);
}

static void check_small(void)
{
    struct spectrum s;
    const double two[] = {1, 0.5, 0.5, 1}, none[] = {0, 0, 0, 0}, odd[] = {1, NAN, NAN, 1},
                 apart[] = {1, 0, 0, 3}, one = -7, far[] = {1e300, 1e300, 1e300, 1e300},
                 near[] = {1e-310, 0, 0, 2e-310};
    s = solve(two, 2);
    expect(s.values[0] == 1.5 && s.values[1] == 0.5, "1 .5", 2);
    spectrum_free(&s);
    s = solve(apart, 2);
    expect(s.values[0] == 3 && s.vectors[0] == 0 && s.vectors[1] == 1, "a diagonal", 2);
    spectrum_free(&s);
    s = solve(none, 2);
    expect(s.values[0] == 0 && s.vectors[0] == 1 && spectrum_rank(&s, 1e-10) == 0, "zeros", 2);
    spectrum_free(&s);
    s = solve(&one, 1);
    expect(s.values[0] == -7 && s.vectors[0] == 1 && spectrum_rank(&s, 1e-10) == 0, "one", 1);
    spectrum_free(&s);
    s = solve(far, 2);
    expect(s.values[0] == 2e300 && spectrum_rank(&s, 1e-10) == 1, "the vast", 2);
    spectrum_free(&s);
    s = solve(near, 2);
    expect(s.values[0] == 2e-310, "the tiny", 2);
    spectrum_free(&s);
    expect(!spectrum_of(&s, odd, 2), "an entry that is no number", 2);
}

int main(void)
{
    uint64_t state = 7;
    static const size_t sizes[] = {2, 3, 5, 13, 78, 150};
    check_small();
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        check_chain(sizes[i]);
        check_equal(sizes[i], 0.3);
        check_equal(sizes[i], 1);
        check_any(sizes[i], &state);
        check_rank(sizes[i], 1 + sizes[i] / 2, 1, &state);
        check_rank(sizes[i], 1, 1e-200, &state);
    }
    return faults > 0;
}
