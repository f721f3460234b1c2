/*
 * student: tail probabilities and quantiles of Student's t and of the normal distribution.
 *
 * Tails are upper tails, P(T > t), because that is the number a small p value is: the two-sided
 * p value of a statistic t is 2 * student_tail(df, fabs(t)), and the half width of a 95 percent
 * interval is student_quantile(df, 0.025) standard errors. A lower tail is the upper one of -t.
 *
 * df, the degrees of freedom, is any number above 0, whole or not (Satterthwaite's never are);
 * INFINITY is the normal distribution (Abramowitz & Stegun 1964, 26.2.3), and from 2^73 on the two
 * cannot be told apart.
 *
 * Accuracy, relative: 1e-13 where df >= 1 and the tail is 1e-30 or more, 1e-11 in all other
 * places with df >= 0.1, so long as neither number is subnormal. A tail above 1/2 is held to the
 * digits a double near 1 has; the small probability beside it is the tail of -t. The only functions
 * of libm used are sqrt, exp, log, log1p and expm1, so that machines agree to the same digits.
 *
 * Nothing here fails, allocates or remembers. What does not exist is NAN: a df that is not above 0,
 * a p outside 0..1, an argument that is NAN. How it is done stands at the head of student.c.
 */
#ifndef JF_STUDENT_H
#define JF_STUDENT_H

/* P(T > t) for Student's t with df degrees of freedom (Student 1908), whose density is
 *
 *     f(t) = gamma((df + 1) / 2) / (sqrt(pi df) gamma(df / 2)) (1 + t^2 / df)^(-(df + 1) / 2)
 *
 * (Fisher 1925; Abramowitz & Stegun 1964, 26.7.1). t is any number, infinite too: 0 at INFINITY, 1
 * at -INFINITY, exactly 1/2 at 0. In 0..1; a tail below 5e-324 is 0. */
double student_tail(double df, double t);

/* The t with P(T > t) = p, the inverse of student_tail in t. 0 <= p <= 1: INFINITY at 0, 0 at 1/2,
 * -INFINITY at 1; antisymmetric, student_quantile(df, 1 - p) = -student_quantile(df, p). A t beyond
 * the range of a double, which a df near 0 has for a small p, is infinite. */
double student_quantile(double df, double p);

#endif
