/* student: Student's t and the normal distribution by one continued fraction.
 *
 * Write n for the degrees of freedom, e = 1/n, r = t^2/n and f for the density; t > 0, the other
 * side is symmetry. The half line beyond 0 is cut at t into a middle, P(0 < T < t), and a tail,
 * P(T > t). The smaller of two such numbers must be computed itself, for 1/2 less the other has
 * lost its digits. So there are two methods, one for each, and both add positive numbers alone.
 *
 * The tail. It is an incomplete beta function (A&S 26.7.1), and that is a hypergeometric one
 * (6.6.8). Euler's and Pfaff's transformations (15.3.3, 15.3.4) turn it until the argument is
 * negative,
 *
 *     tail = f(t) (1 + r) / t  F(1/2, 1; n/2 + 1; -1/r),
 *
 * and Gauss's fraction (1813) of such an F has positive coefficients only. Multiplied out,
 *
 *     tail = f(t) (1 + r) / (t + a1/(t + a2/(t + ...))),   aj = j (1 + (j-1)e)
 *                                                             / ((1 + (2j-2)e) (1 + 2je)).
 *
 * With e = 0 this is Laplace's fraction for the normal tail (26.2.14); with e = 1, the arc
 * tangent's, Cauchy. No n is a special case. Evaluated from the inside, dj = t + aj/d(j+1), each
 * step hands on the factor (aj/d(j+1))/dj = 1 - t/dj < 1 of the relative error below it, rounding
 * or truncation. aj <= j, so that the normal case is the slowest: there dj is near sqrt(j), and N
 * steps leave about exp(-2 t sqrt(N)) of the error. 20 + 400/t^2 steps make that exp(-40); computed
 * with 40 digits the truncation is below 2e-17 over all n and all t at which the fraction is used.
 *
 * The middle, when t^2 (1 + e) < 1, is the series of A&S 26.5.4,
 *
 *     middle = t f(t) (1 + u1 (1 + u2 (1 + ...))),   uk = t^2 (1 + (2k-1)e) / ((2k+1) (1 + r)).
 *
 * In that range uk < 1/2: 2k+1 over 2 exceeds (1 + (2k-1)e)/(1 + 2e) for every k >= 1 and e >= 0.
 * So 55 terms reach 2^-55 of the sum. There the tail is above 0.15, so 1/2 - middle costs it a
 * factor of 2.2 in relative error at most; on the other side of the cut the middle, which the
 * quantile asks for, is above 0.13 for n >= 1/2.
 *
 * The height f(0) = gamma((n+1)/2) / (gamma(n/2) sqrt(pi n)). The duplication formula (6.1.18) and
 * Stirling's series (6.1.40) give ln(f(0) sqrt(2 pi)) = sum over k of (1 - 4^k) B2k / (2k (2k-1))
 * n^(1-2k). Both gammas' remainders are below their first omitted term, so five terms at n >= 40
 * are off by less than 2 * 691/2730/132 / 20^11 = 2e-17. A smaller n climbs there by twos: f(0)^2
 * at n is n (n+2) / (n+1)^2 times f(0)^2 at n + 2, at most 20 factors, one root at the end.
 *
 * Powers of 1 + r are exp(-(n +- 1)/2 log1p(r)), which keeps r where it is far below 1. An exponent
 * x comes with a relative error of about 3 * 1.1e-16, so the power has 3.3e-16 x: 2.3e-14 at a tail
 * of 1e-30 (x = 70), 2.3e-13 at the end of the doubles (x = 700). This is the largest error here.
 *
 * From n = 2^73 the distribution is the normal one: its tail differs by t^4/(4n) < 6e-17 of itself
 * up to t = 38.6, where a double's tail ends. So a larger n, infinity too, is taken for 2^73; as
 * that is a power of two, (n/2) log1p(t^2/n) is then t^2/2 but for the rounding of t^2 and log1p's.
 *
 * The quantile is Newton's, for the logarithm of the tail (of the middle, for p > 1/4) as a
 * function of ln t. ln T has the log density u - (n+1)/2 ln(1 + exp(2u)/n) + constant, which is
 * concave, and so are the logarithms of its two tails (Prekopa 1973). A tangent of a concave
 * function lies above it: from a t beyond the root the steps descend to it and never pass, and for
 * the middle they rise to it from below. Either way each start converges, the last steps
 * quadratically: one of 1e-8 leaves 1e-16. Good starts: the tail is I(n/2, 1/2)/2 at 1/(1 + r),
 * not above I(n/2, 1)/2 = (1 + r)^(-n/2)/2, so solving that for t is a bound from above, sharp to
 * the exponent for any n and p. The middle is at most t f(0). t is stepped by a factor, so a large
 * ln t costs it no digits.
 *
 * A&S is Abramowitz & Stegun (1964), Handbook of Mathematical Functions.
 */
#include <math.h>

#include "number/student.h"

#define NORMAL 0x1p73 /* degrees of freedom from which on t is normal */

/* The half line t > 0 cut at t. reach = tail / (t f(t)), the change of ln t that a relative change
 * of the tail asks for. */
struct half {
    double tail, middle, reach;
};

/* f(0) */
static double height(double df)
{
    double n = df, square = 1;

    while (n < 40) {
        square *= n * (n + 2) / ((n + 1) * (n + 1));
        n += 2;
    }

    double s = 1 / n / n;
    double a = 1.0 / 4 - s * (1.0 / 24 - s * (1.0 / 20 - s * (17.0 / 112 - s * (31.0 / 36))));

    return 0.3989422804014327 * sqrt(square) * exp(-a / n); /* the constant: 1/sqrt(2 pi) */
}

/* (1 + t^2/df)^-power */
static double decay(double df, double t, double power)
{
    double r = t * t / df;

    /* from 1e17 on the 1 is lost in rounding, and beyond 1e308 so would r be */
    return exp(-power * (r < 1e17 ? log1p(r) : 2 * log(t) - log(df)));
}

/* t + a1/(t + a2/(t + ...)) */
static double fraction(double df, double t)
{
    double e = 1 / df, d = t;

    for (int j = (int)(20 + 400 / fmax(t * t, 1)); j > 0; j--)
        d = t + j * (1 + (j - 1) * e) / ((1 + (2 * j - 2) * e) * (1 + 2 * j * e)) / d;
    return d;
}

/* 1 + u1 (1 + u2 (1 + ...)) */
static double series(double df, double t)
{
    double e = 1 / df, y = t * t / (1 + t * t * e), sum = 1;

    for (int k = 55; k > 0; k--)
        sum = 1 + sum * y * (1 + (2 * k - 1) * e) / (2 * k + 1);
    return sum;
}

static struct half half_line(double df, double t)
{
    double e = 1 / df;
    struct half h;

    if (t * t * (1 + e) < 1) {
        double tf = t * height(df) * decay(df, t, (df + 1) / 2);

        h.middle = tf * series(df, t);
        h.tail = 0.5 - h.middle;
        h.reach = h.tail / tf;
    } else {
        double d = fraction(df, t), root = decay(df, t, (df - 1) / 4);

        h.tail = height(df) * root / d * root; /* a df near 0 and a vast t overflow the square */
        h.middle = 0.5 - h.tail;
        h.reach = 1 / (t * d) + t / d * e;
    }
    return h;
}

double student_tail(double df, double t)
{
    if (!(df > 0) || isnan(t))
        return NAN;
    if (t == 0)
        return 0.5;
    if (isinf(t))
        return t < 0 ? 1 : 0;

    struct half h = half_line(fmin(df, NORMAL), fabs(t));

    return t < 0 ? 0.5 + h.middle : h.tail;
}

/* The root for 0 < p < 1/2. Eight turns are the most that a grid of df and p took; they are bounded
 * for the sake of a subnormal p, whose steps of whole bits Newton may never meet. */
static double solve(double df, double p)
{
    double middle = 0.5 - p;
    int near = p > 0.25;
    double t = near ? middle / height(df) : sqrt(df * expm1(fmin(-2 * log(2 * p) / df, 600)));

    for (int turn = 0; turn < 100 && t < INFINITY; turn++) {
        struct half h = half_line(df, t);
        double step = near ? log(middle / h.middle) * h.middle / h.tail * h.reach
                           : log(fmax(h.tail, 0x1p-1074) / p) * h.reach;

        t *= exp(step);
        if (fabs(step) < 1e-8)
            break;
    }
    return t;
}

double student_quantile(double df, double p)
{
    if (!(df > 0) || !(p >= 0 && p <= 1))
        return NAN;
    if (p == 0.5)
        return 0;
    if (p == 0 || p == 1)
        return p == 0 ? INFINITY : -INFINITY;
    df = fmin(df, NORMAL);
    return p < 0.5 ? solve(df, p) : -solve(df, 1 - p); /* 1 - p is exact (Sterbenz 1974) */
}
