#include "number/spectrum.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/heap.h"

/* Convergence is quadratic; no matrix is known that takes 15. */
enum { SWEEPS_MOST = 60 };

struct rotation {
    double sine, share; /* share: s / (1 + c), the tangent of half the angle */
};

/* x and y become c x - s y and s x + c y, written so that small angles cost no digits (Rutishauser
 * 1966). */
static inline void turn(double *x, double *y, struct rotation r)
{
    double a = *x, b = *y;
    *x = a - r.sine * (b + r.share * a);
    *y = b + r.sine * (a - r.share * b);
}

/* Turns entry (p, q), p < q, of the upper triangle to 0; the rows of `vectors` turn with it. */
static void rotate(double *a, double *vectors, size_t n, size_t p, size_t q)
{
    double *row = a + p * n, *other = a + q * n, entry = row[q];
    double slope = (other[q] - row[p]) / (2 * entry);
    double tangent = (slope < 0 ? -1 : 1) / (fabs(slope) + sqrt(1 + slope * slope));
    double cosine = 1 / sqrt(1 + tangent * tangent), sine = tangent * cosine;
    struct rotation r = {sine, sine / (1 + cosine)};
    row[p] -= tangent * entry;
    other[q] += tangent * entry;
    row[q] = 0;
    for (size_t i = 0; i < p; i++)
        turn(&a[i * n + p], &a[i * n + q], r);
    for (size_t i = p + 1; i < q; i++)
        turn(&row[i], &a[i * n + q], r);
    for (size_t i = q + 1; i < n; i++)
        turn(&row[i], &other[i], r);
    for (size_t i = 0; i < n; i++)
        turn(&vectors[p * n + i], &vectors[q * n + i], r);
}

/* The Frobenius norm by the upper triangle; of the largest first: no square overflows. */
static double norm(const double *a, size_t n)
{
    double most = 0, sum = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = i; j < n; j++)
            most = fmax(most, fabs(a[i * n + j]));
    for (size_t i = 0; i < n && most > 0; i++)
        for (size_t j = i; j < n; j++) {
            double share = a[i * n + j] / most;
            sum += share * share * (i == j ? 1 : 2);
        }
    return most * sqrt(sum);
}

static void diagonalize(double *a, double *vectors, size_t n)
{
    double limit = 0x1p-62 * norm(a, n);
    bool turned = true;
    for (int sweep = 0; turned && sweep < SWEEPS_MOST; sweep++) {
        turned = false;
        for (size_t p = 0; p < n; p++)
            for (size_t q = p + 1; q < n; q++)
                if (fabs(a[p * n + q]) > limit) {
                    rotate(a, vectors, n, p, q);
                    turned = true;
                }
    }
}

/* A copy whose furthest entry is above 0; the first of those that are as far but for rounding,
 * which the vectors of symmetric problems have. */
static void copy_vector(double *to, const double *from, size_t n)
{
    size_t furthest = 0;
    for (size_t i = 1; i < n; i++)
        if (fabs(from[i]) > (1 + 1e-9) * fabs(from[furthest]))
            furthest = i;
    for (size_t i = 0; i < n; i++)
        to[i] = from[furthest] < 0 ? -from[i] : from[i];
}

/* By falling value; equal ones stay in their order. */
static void fill(struct spectrum *s, const double *diagonal, const double *vectors)
{
    size_t n = s->size;
    for (size_t i = 0; i < n; i++) {
        double value = diagonal[i * n + i];
        size_t place = 0;
        for (size_t j = 0; j < n; j++)
            place += diagonal[j * n + j] > value || (diagonal[j * n + j] == value && j < i);
        s->values[place] = value;
        copy_vector(s->vectors + place * n, vectors + i * n, n);
    }
}

bool spectrum_of(struct spectrum *s, const double *matrix, size_t size)
{
    for (size_t i = 0; i < size; i++)
        for (size_t j = i; j < size; j++)
            if (!isfinite(matrix[i * size + j]))
                return false;
    double *a = heap_take(size * size, sizeof *a), *vectors = heap_take(size * size, sizeof *a);
    memcpy(a, matrix, size * size * sizeof *a);
    for (size_t i = 0; i < size; i++)
        vectors[i * size + i] = 1;
    diagonalize(a, vectors, size);
    *s = (struct spectrum){.size = size,
                           .values = heap_take(size, sizeof *s->values),
                           .vectors = heap_take(size * size, sizeof *s->vectors)};
    fill(s, a, vectors);
    free(a);
    free(vectors);
    return true;
}

size_t spectrum_rank(const struct spectrum *s, double share)
{
    size_t rank = 0;
    while (rank < s->size && s->values[rank] > 0 && s->values[rank] > share * s->values[0])
        rank++;
    return rank;
}

void spectrum_free(struct spectrum *s)
{
    free(s->values);
    free(s->vectors);
    *s = (struct spectrum){0};
}
