/* tails: F and chi-square by one continued fraction.
 *
 * Write b = df1/2, a = df2/2, and r = b f / a for the ratio of the sums of squares. The tail of F
 * is an incomplete beta function (A&S 26.6.2, DLMF 8.17.1), with weights x and y that add up to 1:
 *
 *     P(F > f) = I(x; a, b),  P(F < f) = I(y; b, a),  x = 1 / (1 + r), y = r / (1 + r).
 *
 * The fraction. DiDonato and Morris (1992, ACM TOMS 18, equation 9) give
 *
 *     I(x; a, b) = x^a y^b / B(a, b) / (c1 + d1/(c2 + d2/(c3 + ...))),
 *     dn = (a+n-1) (a+b+n-1) x / (a+2n-1) * n (b-n) x / (a+2n-1),
 *     c(n+1) = n + n (b-n) x / (a+2n-1) + (a+n) / (a+2n+1) (l + 1 + n (2-x)),  l = a y - b x,
 *
 * which converges fast where l >= 0. As l = a b (f-1) / (a + b f), that is so for f >= 1; and for
 * f < 1 the same fraction, with a and b, x and y and the sign of l changed about, gives the lower
 * tail, which is taken from 1. Neither side of f = 1 is small, so that costs a digit at most, but
 * for a df1 far below 1. As a grows, a y tends to b f, and the fraction to Legendre's of the
 * incomplete gamma function (A&S 6.5.31): c(n+1) = b f - b + 1 + 2n, dn = n (b-n). So chi-square
 * is no case of its own, but an a of 2^79. 5 to 450 steps do for degrees from 1/2
 * to 1e6, most of them at f = 1; 3,500 for 1e8.
 *
 * The factor before it. With Stirling's G, gamma(z) = sqrt(2 pi / z) (z/e)^z exp(s(z)),
 *
 *     x^a y^b / B(a, b) = sqrt(a b / (2 pi (a+b))) exp(s(a+b) - s(a) - s(b) - e),
 *     e = a h(-l/a) + b h(l/b),  h(v) = v - ln(1 + v) >= 0:
 *
 * x and y are a/(a+b) and b/(a+b) at f = 1, where the factor is greatest, 1 - l/a and 1 + l/b are
 * how far they have come from there, and the linear terms are equal, so that the exponent is a sum
 * of two positive numbers, each with all its digits. Its relative error of some 4e-16 becomes 3e-13
 * of a tail at the end of the doubles (e = 745), 3e-14 of one of 1e-30.
 *
 * h loses digits for a small v if it is computed as written; there the series of ln(1 + v) in
 * z = v / (2 + v) (A&S 4.1.27) gives h = 2 z^2/(1-z) - 2 (z^3/3 + z^5/5 + ...).
 *
 * s(z) is Stirling's series (A&S 6.1.40) for z >= 16, where eight terms are off by less than
 * 3e-19; below, s(z) = s(z+1) + (z + 1/2) ln(1 + 1/z) - 1 climbs there.
 *
 * A&S is Abramowitz & Stegun (1964), Handbook of Mathematical Functions; DLMF the NIST Digital
 * Library of Mathematical Functions, dlmf.nist.gov.
 */
#include "number/tails.h"

#include <math.h>

#define CHI_SQUARE 0x1p79 /* half the degrees of freedom from which on F is chi-square */
#define STEPS_MOST 100000

/* I(x; a, b), where l = a y - b x >= 0; the logarithms of x and y are those of how far they are
 * from a/(a+b) and b/(a+b). */
struct side {
    double a, b, x, l;
};

/* v - ln(1 + v) */
static double excess(double v)
{
    if (fabs(v) > 0.25)
        return v - log1p(v);
    double z = v / (2 + v), square = z * z, sum = 0;
    for (int k = 21; k >= 3; k -= 2) /* |z| <= 1/7: 7^-21 is left */
        sum = sum * square + 1.0 / k;
    return 2 * square / (1 - z) - 2 * z * square * sum;
}

/* ln gamma(z) less Stirling's formula. */
static double stirling(double z)
{
    double climbed = 0;
    while (z < 16) {
        climbed += (z + 0.5) * log1p(1 / z) - 1;
        z += 1;
    }
    double s = 1 / z / z, sum = 1.0 / 156;
    static const double terms[] = {-691.0 / 360360, 1.0 / 1188, -1.0 / 1680,
                                   1.0 / 1260,      -1.0 / 360, 1.0 / 12};
    for (int k = 0; k < 6; k++)
        sum = terms[k] + s * sum;
    return climbed + sum / z;
}

/* x^a y^b / B(a, b) */
static double factor(double a, double b, double f)
{
    double u = b * (f - 1) / (a + b), from = b * (f - 1) / (a + b * f); /* l/a = 1 - 1/(1 + u) */
    double far = from > 0.25 ? log1p(u) - from : excess(-from);
    double e = a * far + b * excess(a * (f - 1) / (a + b * f));
    double s = stirling(a + b) - stirling(a) - stirling(b);
    return 0.3989422804014327 * sqrt(b / (1 + b / a)) * exp(s - e); /* 1/sqrt(2 pi) */
}

/* c1 + d1/(c2 + d2/(c3 + ...)) from the front (Lentz 1976), until it stands. */
static double fraction(struct side s)
{
    double value = s.a / (s.a + 1) * (s.l + 1), front = value, back = 0;
    for (int n = 1; n < STEPS_MOST; n++) {
        double share = s.x / (s.a + 2 * n - 1);
        double d = (s.a + n - 1) * share * (s.a + s.b + n - 1) * share * n * (s.b - n);
        double c =
            n + n * (s.b - n) * share + (s.a + n) / (s.a + 2 * n + 1) * (s.l + 1 + n * (2 - s.x));
        back = 1 / (c + d * back);
        front = c + d / front;
        value *= front * back;
        if (fabs(front * back - 1) < 0x1p-53)
            break;
    }
    return value;
}

double tails_f(double df1, double df2, double f)
{
    double b = df1 / 2, a = fmin(df2 / 2, CHI_SQUARE);
    if (!(df1 > 0 && df2 > 0) || isinf(df1) || isnan(f))
        return NAN;
    if (f <= 0 || isinf(f))
        return f <= 0 ? 1 : 0;
    double sum = a + b * f, l = a * b * (f - 1) / sum;
    struct side upper = {a, b, a / sum, l}, lower = {b, a, b * f / sum, -l};
    return f >= 1 ? factor(a, b, f) / fraction(upper) : 1 - factor(a, b, f) / fraction(lower);
}

double tails_chi_square(double df, double x)
{
    return tails_f(df, INFINITY, x / df);
}
