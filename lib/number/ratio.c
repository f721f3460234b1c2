/*
 * From fraction to double
 * -----------------------
 * To round x = p/q, or its root, we need its first 56 bits and whether anything
 * follows. Scale by a power of two so that the wanted value lies in
 * [2^55, 2^57): x * 2^k for the quotient, x * 2^(2k) for the root. Then the
 * largest integer r with
 *     r * q <= p'         (quotient)
 *     r^2 * q <= p'       (root)
 * is found by halving an interval that holds it; that takes only multiplying and
 * comparing. Where equality holds, the value is r exactly, else something follows
 * (`sticky`). The interval is the one that doubles suggest, some 2^8 wide, if
 * comparing confirms that r lies in it, else the whole range. So doubles make it
 * quick, and nothing rests on them.
 *
 * r has 56 or 57 bits, a double 53: at least 3 bits below the last place and
 * the sticky one decide the rounding to nearest, ties to even, once. Doubles
 * below 2^-1022 have fewer bits; the same step then keeps fewer.
 *
 * Fractions are not reduced: a formula here nests a few deep, and its numbers
 * stay below some thousand bits. Two of one denominator keep it when they are
 * added, so that a sum of many alike does not grow.
 */
#include "number/ratio.h"

#include <math.h>

enum { TOP_BIT = 56, DOUBLE_BITS = 53, LEAST_EXPONENT = -1074 };

struct ratio ratio_from(struct integer over, struct integer under)
{
    if (under.sign < 0)
        return (struct ratio){integer_negate(over), integer_negate(under)};
    return (struct ratio){over, under};
}

struct ratio ratio_of(struct arena *arena, int128 over, int128 under)
{
    return (struct ratio){integer_of(arena, over), integer_of(arena, under)};
}

struct ratio ratio_add(struct arena *arena, struct ratio a, struct ratio b)
{
    if (integer_compare(a.under, b.under) == 0)
        return (struct ratio){integer_add(arena, a.over, b.over), a.under};
    struct integer left = integer_multiply(arena, a.over, b.under);
    struct integer right = integer_multiply(arena, b.over, a.under);
    return (struct ratio){integer_add(arena, left, right),
                          integer_multiply(arena, a.under, b.under)};
}

struct ratio ratio_subtract(struct arena *arena, struct ratio a, struct ratio b)
{
    b.over = integer_negate(b.over);
    return ratio_add(arena, a, b);
}

struct ratio ratio_multiply(struct arena *arena, struct ratio a, struct ratio b)
{
    return (struct ratio){integer_multiply(arena, a.over, b.over),
                          integer_multiply(arena, a.under, b.under)};
}

struct ratio ratio_divide(struct arena *arena, struct ratio a, struct ratio b)
{
    return ratio_from(integer_multiply(arena, a.over, b.under),
                      integer_multiply(arena, a.under, b.over));
}

struct ratio ratio_square(struct arena *arena, struct ratio a)
{
    return ratio_multiply(arena, a, a);
}

struct ratio ratio_of_double(struct arena *arena, double value)
{
    int exponent;
    double fraction = frexp(value, &exponent);
    struct integer digits = integer_of(arena, (int128)ldexp(fraction, DOUBLE_BITS));
    struct integer one = integer_of(arena, 1);
    exponent -= DOUBLE_BITS;
    if (exponent >= 0)
        return (struct ratio){integer_shift(arena, digits, (size_t)exponent), one};
    return (struct ratio){digits, integer_shift(arena, one, (size_t)-exponent)};
}

int ratio_compare(struct arena *arena, struct ratio a, struct ratio b)
{
    return ratio_subtract(arena, a, b).over.sign;
}

/* The sign of r^power * q - p. */
static int compare_guess(struct arena *arena, uint64_t r, int power, struct ratio x)
{
    struct integer guess = integer_of(arena, (int128)r);
    if (power == 2)
        guess = integer_multiply(arena, guess, guess);
    return integer_compare(integer_multiply(arena, guess, x.under), x.over);
}

/* The double nearest to r * 2^exponent; where sticky, to a little more than that. */
static double assemble(uint64_t r, bool sticky, long exponent)
{
    int bits = 64 - __builtin_clzll(r);
    int surplus = bits - DOUBLE_BITS;
    if (exponent + surplus < LEAST_EXPONENT)
        surplus = LEAST_EXPONENT - exponent < 63 ? (int)(LEAST_EXPONENT - exponent) : 63;
    uint64_t kept = r >> surplus;
    uint64_t rest = r & (((uint64_t)1 << surplus) - 1);
    uint64_t half = (uint64_t)1 << (surplus - 1);
    if (rest > half || (rest == half && (sticky || kept % 2 == 1)))
        kept++;
    if (exponent > 2000)
        return INFINITY;
    return ldexp((double)kept, (int)exponent + surplus);
}

/* The first 64 bits, as a number from 2^63 to 2^64, times 2^exponent. */
static double front(struct integer a, long *exponent)
{
    uint64_t top = a.limbs[a.length - 1], next = a.length > 1 ? a.limbs[a.length - 2] : 0;
    int spare = __builtin_clzll(top);
    *exponent = 64 * ((long)a.length - 1) - spare;
    return (double)(spare > 0 ? top << spare | next >> (64 - spare) : top);
}

/* About the power-th root of x > 0: 50 bits of it are right. */
static double near_root(struct ratio x, int power)
{
    long over, under;
    double first = front(x.over, &over) / front(x.under, &under);
    long exponent = over - under;
    if (power == 1)
        return ldexp(first, (int)exponent);
    bool odd = exponent % 2 != 0;
    return ldexp(sqrt(odd ? 2 * first : first), (int)((exponent - odd) / 2));
}

/* The largest r with r^power <= x, which is below 2^62. */
static uint64_t floor_root(struct arena *arena, struct ratio x, int power)
{
    const uint64_t most = (uint64_t)1 << 62, half = most / 2;
    uint64_t low = 0, high = most; /* r is from low to high - 1 */
    if (x.over.sign == 0)
        return 0;
    double near = near_root(x, power);
    uint64_t guess = near < (double)half ? (uint64_t)near : half;
    uint64_t slack = (guess >> 49) + 2;
    if (guess > slack && compare_guess(arena, guess - slack, power, x) <= 0)
        low = guess - slack;
    if (compare_guess(arena, guess + slack, power, x) > 0)
        high = guess + slack;
    while (high - low > 1) {
        uint64_t middle = low + (high - low) / 2;
        if (compare_guess(arena, middle, power, x) <= 0)
            low = middle;
        else
            high = middle;
    }
    return low;
}

uint64_t ratio_whole(struct arena *arena, struct ratio a)
{
    uint64_t floor = floor_root(arena, a, 1);
    struct ratio half = ratio_of(arena, 2 * (int128)floor + 1, 2);
    int above = ratio_compare(arena, a, half);
    return floor + (above > 0 || (above == 0 && floor % 2 == 1));
}

/* The power-th root of |x| as the nearest double; power is 1 or 2. */
static double root(struct arena *arena, struct ratio x, int power)
{
    x.over.sign = x.over.sign == 0 ? 0 : 1;
    if (x.over.sign == 0)
        return 0.0;
    /* 2^(size-1) < x < 2^(size+1); x * 2^(power * k) is to have power * 56 bits. */
    long size = (long)integer_bits(x.over) - (long)integer_bits(x.under);
    long k = TOP_BIT - (size >= 0 ? size / power : -((power - 1 - size) / power));
    if (k >= 0)
        x.over = integer_shift(arena, x.over, (size_t)(power * k));
    else
        x.under = integer_shift(arena, x.under, (size_t)(power * -k));
    uint64_t r = floor_root(arena, x, power);
    return assemble(r, compare_guess(arena, r, power, x) != 0, -k);
}

double ratio_round(struct arena *arena, struct ratio a)
{
    double size = root(arena, a, 1);
    return a.over.sign < 0 ? -size : size;
}

double ratio_root(struct arena *arena, struct ratio a)
{
    return root(arena, a, 2);
}
