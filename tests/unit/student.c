/* student: the room against a grid of known values, and against itself.
 *
 * Argument: a table with the columns func tail df x true (pt pnorm: the tail at x; qt qnorm: the
 * quantile of the probability x). A line for each row that is off, the largest relative error of
 * each class, exit 1 if any bound is broken. A truth beyond the range of a double reads as infinite
 * and must be met by infinity.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "number/student.h"

/* bounds: strict where df >= 1 and the tail is 1e-30 or more, loose elsewhere */
static const double bound[2] = {1e-12, 1e-9};
static const char *const kind[4] = {"pt", "pnorm", "qt", "qnorm"};

static double difference(double got, double want)
{
    if (got == want)
        return 0;
    double d = fabs(got - want) / fabs(want);
    return d < INFINITY ? d : INFINITY; /* NAN and a miss of infinity are infinitely far off */
}

static double compute(int quantile, int lower, double df, double x)
{
    if (quantile)
        return lower ? -student_quantile(df, x) : student_quantile(df, x);
    return student_tail(df, lower ? -x : x);
}

/* The grid; returns the number of rows that are off, or -1 if it cannot be read. */
static int check_grid(FILE *grid)
{
    char line[256], func[8], tail[8];
    double df, x, want, worst[4][2] = {{0}};
    int rows = 0, off = 0;

    if (!fgets(line, (int)sizeof line, grid) || strcmp(line, "func\ttail\tdf\tx\ttrue\n") != 0)
        return -1;
    for (; fgets(line, (int)sizeof line, grid); rows++) {
        if (sscanf(line, "%7s %7s %lf %lf %lf", func, tail, &df, &x, &want) != 5)
            return -1;
        int k = 0, quantile = func[0] == 'q';
        while (k < 4 && strcmp(func, kind[k]) != 0)
            k++;
        if (k == 4)
            return -1;
        double got = compute(quantile, strcmp(tail, "lower") == 0, df, x);
        double d = difference(got, want);
        int loose = df < 1 || (quantile ? x : want) < 1e-30;
        worst[k][loose] = fmax(worst[k][loose], d);
        if (d > bound[loose]) {
            printf("%s %s %.17g %.17g %.17g %.17g %.3g\n", func, tail, df, x, got, want, d);
            off++;
        }
    }
    for (int k = 0; k < 4; k++)
        printf("%s: largest relative error %.2g (df >= 1, tail >= 1e-30), %.2g (elsewhere)\n",
               kind[k], worst[k][0], worst[k][1]);
    printf("%d rows, %d off\n", rows, off);
    return rows ? off : -1;
}

/* Down the line: the tail never rises with t, and the quantile of the tail is t again. */
static int check_inverse(void)
{
    static const double dfs[] = {0.3, 0.5, 1, 1.7, 2, 5.5, 30, 39.9, 40, 2404.37, 1e7, INFINITY};
    int off = 0;

    for (size_t i = 0; i < sizeof dfs / sizeof *dfs; i++) {
        double df = dfs[i], last = 1, t = 1e-3;
        while (t < 37) {
            double p = student_tail(df, t), back = student_quantile(df, p);
            /* p close to 1/2 is a multiple of 1e-16, which is worth some 1e-15 / t of t */
            double room = 1e-13 + 1e-15 / t;
            if (!(p < last) || !(difference(back, t) < room)) {
                printf("inverse %.17g %.17g %.17g %.17g\n", df, t, p, back);
                off++;
            }
            last = p;
            t *= 1.0007;
        }
    }
    return off;
}

/* The ends of each range, and what lies beyond. */
static int check_ends(void)
{
    const double inf = INFINITY, tiny = 0x1p-1074;
    const struct {
        double got, want;
    } end[] = {
        {student_tail(3, 0), 0.5},
        {student_tail(3, -0.0), 0.5},
        {student_tail(3, inf), 0},
        {student_tail(3, -inf), 1},
        {student_tail(inf, inf), 0},
        {student_tail(inf, -inf), 1},
        {student_tail(inf, 1e300), 0},
        {student_tail(1, 1e300), 1 / (acos(-1) * 1e300)},
        {student_tail(2, 1e150), 0.5e-300},
        {student_tail(1e-9, 1.7e308), 0.49999963960932139},
        {student_tail(inf, 3), student_tail(1e300, 3)},
        {student_quantile(3, 0.5), 0},
        {student_quantile(3, 0), inf},
        {student_quantile(3, 1), -inf},
        {student_quantile(0.5, 1e-300), inf},
        {student_quantile(2, 0.9), -student_quantile(2, 0.1)},
        {student_quantile(inf, 0.9), -student_quantile(inf, 0.1)},
        {student_quantile(inf, tiny), 38.5},
    };
    const double none[] = {
        student_tail(0, 1),        student_tail(-1, 1),      student_tail(NAN, 1),
        student_tail(3, NAN),      student_quantile(0, 0.1), student_quantile(NAN, 0.1),
        student_quantile(3, -0.1), student_quantile(3, 1.1), student_quantile(3, NAN)};
    int off = 0;

    for (size_t i = 0; i < sizeof end / sizeof *end; i++)
        if (!(difference(end[i].got, end[i].want) < (end[i].want == 38.5 ? 0.01 : 1e-13))) {
            printf("end %zu %.17g %.17g\n", i, end[i].got, end[i].want);
            off++;
        }
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
        fprintf(stderr, "student: a grid is needed: func tail df x true\n");
        return 2;
    }
    fclose(grid);
    return off + check_inverse() + check_ends() > 0;
}
