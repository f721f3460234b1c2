/* tails: the room against a grid of known values, against student, and against itself.
 *
 * Argument: a table with the columns df1 df2 f tail; df2 Inf is chi-square over df1. A line for
 * each row that is off, the largest relative error of each class, exit 1 if any bound is broken.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "number/student.h"
#include "number/tails.h"

/* bounds: near where the tail is 1e-30 or more, far elsewhere */
static const double bound[2] = {1e-13, 1e-12};

static double difference(double got, double want)
{
    if (got == want)
        return 0;
    double d = fabs(got - want) / fabs(want);
    return d < INFINITY ? d : INFINITY; /* NAN is infinitely far off */
}

/* The grid; returns the number of rows that are off, or -1 if it cannot be read. */
static int check_grid(FILE *grid)
{
    char line[256];
    double df1, df2, f, want, worst[2] = {0};
    int rows = 0, off = 0;

    if (!fgets(line, (int)sizeof line, grid) || strcmp(line, "df1\tdf2\tf\ttail\n") != 0)
        return -1;
    for (; fgets(line, (int)sizeof line, grid); rows++) {
        if (sscanf(line, "%lf %lf %lf %lf", &df1, &df2, &f, &want) != 4)
            return -1;
        double got = tails_f(df1, df2, f), d = difference(got, want);
        int far = want < 1e-30;
        worst[far] = fmax(worst[far], d);
        if (d > bound[far]) {
            printf("%.17g %.17g %.17g %.17g %.17g %.3g\n", df1, df2, f, got, want, d);
            off++;
        }
    }
    printf("largest relative error %.2g (tail >= 1e-30), %.2g (below)\n", worst[0], worst[1]);
    printf("%d rows, %d off\n", rows, off);
    return rows ? off : -1;
}

static int expect(const char *what, double df, double x, double got, double want, double room)
{
    if (difference(got, want) <= room)
        return 0;
    printf("%s %.17g %.17g %.17g %.17g\n", what, df, x, got, want);
    return 1;
}

/* F with one degree is the square of Student's t; chi-square with two is exponential; the tail of
 * the ratio turned about is the rest. */
static int check_relatives(void)
{
    static const double dfs[] = {0.5, 1, 1.7, 2, 5.5, 30, 40, 2404.37, 1e7, 1e25, INFINITY};
    int off = 0;

    for (size_t i = 0; i < sizeof dfs / sizeof *dfs; i++)
        for (double t = 0.001; t < 37; t *= 1.1)
            off += expect("student", dfs[i], t, tails_f(1, dfs[i], t * t),
                          2 * student_tail(dfs[i], t), 1e-12);
    for (double x = 0.001; x < 1400; x *= 1.1)
        off += expect("exponential", 2, x, tails_chi_square(2, x), exp(-x / 2), 1e-12);
    for (size_t i = 0; i + 1 < sizeof dfs / sizeof *dfs; i++)
        for (double f = 0.01; f < 100; f *= 1.3)
            off += expect("other side", dfs[i], f,
                          tails_f(dfs[i], 7.5, f) + tails_f(7.5, dfs[i], 1 / f), 1, 1e-12);
    return off;
}

/* The tail never rises with f, and does not leave 0..1. */
static int check_order(void)
{
    static const double dfs[] = {0.5, 1, 2, 7, 36.3, 443, 1e5, INFINITY};
    enum { COUNT = sizeof dfs / sizeof *dfs };
    int off = 0;

    for (int i = 0; i < (COUNT - 1) * COUNT; i++) {
        double df1 = dfs[i / COUNT], df2 = dfs[i % COUNT], last = 1;
        for (double f = 1e-6; f < 1e6; f *= 1.03) {
            double p = tails_f(df1, df2, f);
            if (!(p <= last * (1 + 1e-13) && p >= 0 && p <= 1)) {
                printf("order %.17g %.17g %.17g %.17g %.17g\n", df1, df2, f, last, p);
                off++;
            }
            last = p;
        }
    }
    return off;
}

/* The ends of each range, and what lies beyond. */
static int check_ends(void)
{
    const double inf = INFINITY;
    const struct {
        double got, want;
    } end[] = {
        {tails_f(3, 5, 0), 1},
        {tails_f(3, 5, -1), 1},
        {tails_f(3, 5, -inf), 1},
        {tails_f(3, 5, inf), 0},
        {tails_f(3, inf, inf), 0},
        {tails_f(3, inf, 1e6), 0},
        {tails_f(3, 1e30, 2), tails_f(3, inf, 2)},
        {tails_f(4, 4, 1), 0.5},
        {tails_f(2, 2, 1e300), 1e-300},
        {tails_f(2, 2, 1e-300), 1},
        {tails_chi_square(3, 0), 1},
        {tails_chi_square(3, inf), 0},
        {tails_chi_square(2, 1400), exp(-700)},
    };
    const double none[] = {tails_f(0, 1, 1),   tails_f(1, 0, 1),       tails_f(-1, 1, 1),
                           tails_f(NAN, 1, 1), tails_f(1, NAN, 1),     tails_f(1, 1, NAN),
                           tails_f(inf, 1, 1), tails_chi_square(0, 1), tails_chi_square(3, NAN)};
    int off = 0;

    for (size_t i = 0; i < sizeof end / sizeof *end; i++)
        off += expect("end", (double)i, 0, end[i].got, end[i].want, 1e-12);
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (!isnan(none[i])) {
            printf("none %zu %.17g\n", i, none[i]);
            off++;
        }
    return off;
}

int main(int argc, char **argv)
{
    FILE *grid = argc == 2 ? fopen(argv[1], "r") : NULL;
    int off = grid ? check_grid(grid) : -1;

    if (off < 0) {
        fprintf(stderr, "tails: no table of known values; say its name\n");
        return 1;
    }
    off += check_relatives() + check_order() + check_ends();
    fclose(grid);
    return off > 0;
}
