/*
 * tails: upper tail probabilities of the F and the chi-square distribution.
 *
 * Upper tails, P(X > x), because that is the number a small p value is. Degrees of freedom are any
 * numbers above 0, whole or not. df2 may be INFINITY: F is then chi-square over df1 (Abramowitz &
 * Stegun 1964, 26.6.11), and from 2^80 on the two cannot be told apart.
 *
 * Accuracy, relative: 1e-12 for df1 from 1/2 to 1e4, df2 from 1/2 on and any tail that is no
 * subnormal number, 1e-13 where the tail is 1e-30 or more; held to 45 digits of mpmath by its unit
 * test. A df1 below 1/2 has little beyond the middle, so that a tail is 1 less the rest, with
 * 1e-16 / df1 of it wrong; degrees above 1e4 are good to 1e-12 up to 1e8. The only functions
 * of libm used are sqrt, exp, log, log1p and expm1, so that machines agree to the same digits.
 *
 * Nothing here fails, allocates or remembers. What does not exist is NAN: degrees that are not
 * above 0, a df1 that is infinite, an argument that is NAN. How it is done: the head of tails.c.
 */
#ifndef JF_TAILS_H
#define JF_TAILS_H

/* P(F > f) for F (Fisher 1924; Snedecor 1934) with df1 and df2 degrees of freedom, the ratio of two
 * independent mean squares (Abramowitz & Stegun 1964, 26.6.2). 1 for an f that is not above 0, 0 at
 * INFINITY; a tail below 5e-324 is 0. */
double tails_f(double df1, double df2, double f);

/* P(X > x) for chi-square with df degrees of freedom (Pearson 1900; Abramowitz & Stegun 1964,
 * 26.4.2). */
double tails_chi_square(double df, double x);

#endif
