/*
 * Schoolbook arithmetic on limbs of 64 bits. The numbers of one estimate have some ten
 * limbs; those of a thousand strata have some thousand, but only once a row. There is
 * no division: ratio finds the few digits of a quotient by multiplying.
 */
#include "number/integer.h"

#include <string.h>

#include "number/digits.h"

enum { LIMB_BITS = 64, CHUNK_DIGITS = 19 };

static const uint64_t chunk = 10000000000000000000u; /* 10^19 */

/* The integer of these limbs: zeros are cut off the top, and 0 gets its sign. */
static struct integer trimmed(int sign, const uint64_t *limbs, size_t length)
{
    while (length > 0 && limbs[length - 1] == 0)
        length--;
    return (struct integer){length == 0 ? 0 : sign, length, limbs};
}

struct integer integer_from_limbs(struct arena *arena, int sign, const uint64_t *limbs,
                                  size_t length)
{
    uint64_t *own = arena_take(arena, length * sizeof *own);
    memcpy(own, limbs, length * sizeof *own);
    return trimmed(sign, own, length);
}

struct integer integer_of(struct arena *arena, int128 value)
{
    uint128 size = integer_size(value);
    uint64_t limbs[2] = {(uint64_t)size, (uint64_t)(size >> LIMB_BITS)};
    return integer_from_limbs(arena, value < 0 ? -1 : 1, limbs, 2);
}

struct integer integer_negate(struct integer a)
{
    a.sign = -a.sign;
    return a;
}

int integer_compare_size(struct integer a, struct integer b)
{
    if (a.length != b.length)
        return a.length < b.length ? -1 : 1;
    for (size_t i = a.length; i-- > 0;)
        if (a.limbs[i] != b.limbs[i])
            return a.limbs[i] < b.limbs[i] ? -1 : 1;
    return 0;
}

int integer_compare(struct integer a, struct integer b)
{
    if (a.sign != b.sign)
        return a.sign < b.sign ? -1 : 1;
    return a.sign * integer_compare_size(a, b);
}

void limbs_add(uint64_t *total, size_t total_length, const uint64_t *term, size_t length)
{
    uint64_t carry = 0;
    for (size_t i = 0; i < total_length && (i < length || carry > 0); i++) {
        uint128 sum = (uint128)total[i] + (i < length ? term[i] : 0) + carry;
        total[i] = (uint64_t)sum;
        carry = (uint64_t)(sum >> LIMB_BITS);
    }
}

void limbs_negate(uint64_t *total, size_t length)
{
    static const uint64_t one = 1;
    for (size_t i = 0; i < length; i++)
        total[i] = ~total[i];
    limbs_add(total, length, &one, 1);
}

void limbs_multiply(uint64_t *product, const uint64_t *a, size_t a_length, const uint64_t *b,
                    size_t b_length)
{
    memset(product, 0, (a_length + b_length) * sizeof *product);
    for (size_t i = 0; i < a_length; i++) {
        uint64_t carry = 0;
        for (size_t j = 0; j < b_length; j++) {
            uint128 sum = (uint128)a[i] * b[j] + product[i + j] + carry;
            product[i + j] = (uint64_t)sum;
            carry = (uint64_t)(sum >> LIMB_BITS);
        }
        product[i + b_length] = carry;
    }
}

/* |a| + |b| */
static struct integer add_sizes(struct arena *arena, int sign, struct integer a, struct integer b)
{
    size_t length = (a.length > b.length ? a.length : b.length) + 1;
    uint64_t *sum = arena_take(arena, length * sizeof *sum);
    memset(sum, 0, length * sizeof *sum);
    limbs_add(sum, length, a.limbs, a.length);
    limbs_add(sum, length, b.limbs, b.length);
    return trimmed(sign, sum, length);
}

/* |a| - |b|, where |a| >= |b| */
static struct integer subtract_sizes(struct arena *arena, int sign, struct integer a,
                                     struct integer b)
{
    uint64_t *rest = arena_take(arena, a.length * sizeof *rest);
    uint64_t borrow = 0;
    for (size_t i = 0; i < a.length; i++) {
        uint128 part = (uint128)a.limbs[i] - (i < b.length ? b.limbs[i] : 0) - borrow;
        rest[i] = (uint64_t)part;
        borrow = (uint64_t)(part >> LIMB_BITS) & 1;
    }
    return trimmed(sign, rest, a.length);
}

struct integer integer_add(struct arena *arena, struct integer a, struct integer b)
{
    if (a.sign == 0)
        return b;
    if (b.sign == 0)
        return a;
    if (a.sign == b.sign)
        return add_sizes(arena, a.sign, a, b);
    return integer_compare_size(a, b) >= 0 ? subtract_sizes(arena, a.sign, a, b)
                                           : subtract_sizes(arena, b.sign, b, a);
}

struct integer integer_subtract(struct arena *arena, struct integer a, struct integer b)
{
    return integer_add(arena, a, integer_negate(b));
}

struct integer integer_multiply(struct arena *arena, struct integer a, struct integer b)
{
    uint64_t *product = arena_take(arena, (a.length + b.length) * sizeof *product);
    limbs_multiply(product, a.limbs, a.length, b.limbs, b.length);
    return trimmed(a.sign * b.sign, product, a.length + b.length);
}

struct integer integer_power_of_ten(struct arena *arena, unsigned power)
{
    const unsigned most = DIGITS_POWERS - 1;
    struct integer result = integer_of(arena, digits_powers[power % most]);
    struct integer square = integer_of(arena, digits_powers[most]);
    for (power /= most; power > 0; power /= 2) {
        if (power % 2 == 1)
            result = integer_multiply(arena, result, square);
        square = integer_multiply(arena, square, square);
    }
    return result;
}

struct integer integer_shift(struct arena *arena, struct integer a, size_t bits)
{
    size_t limbs = bits / LIMB_BITS, rest = bits % LIMB_BITS;
    size_t length = a.length + limbs + 1;
    uint64_t *shifted = arena_take(arena, length * sizeof *shifted);
    memset(shifted, 0, length * sizeof *shifted);
    for (size_t i = 0; i < a.length; i++) {
        uint128 part = (uint128)a.limbs[i] << rest;
        shifted[limbs + i] |= (uint64_t)part;
        shifted[limbs + i + 1] = (uint64_t)(part >> LIMB_BITS);
    }
    return trimmed(a.sign, shifted, length);
}

size_t integer_bits(struct integer a)
{
    if (a.length == 0)
        return 0;
    return a.length * LIMB_BITS - (size_t)__builtin_clzll(a.limbs[a.length - 1]);
}

struct integer integer_parse(struct arena *arena, int sign, struct slice digits)
{
    size_t room = digits.length / CHUNK_DIGITS + 1;
    uint64_t *limbs = arena_take(arena, room * sizeof *limbs);
    size_t length = 0;
    for (size_t i = 0; i < digits.length; i++) {
        uint64_t carry = (uint64_t)(digits.bytes[i] - '0');
        for (size_t j = 0; j < length; j++) {
            uint128 part = (uint128)limbs[j] * 10 + carry;
            limbs[j] = (uint64_t)part;
            carry = (uint64_t)(part >> LIMB_BITS);
        }
        if (carry > 0)
            limbs[length++] = carry;
    }
    return trimmed(sign, limbs, length);
}

/* Divides the limbs by 10^19 in place; returns the remainder. */
static uint64_t divide_by_chunk(uint64_t *limbs, size_t length)
{
    uint64_t rest = 0;
    for (size_t i = length; i-- > 0;) {
        uint128 part = (uint128)rest << LIMB_BITS | limbs[i];
        limbs[i] = (uint64_t)(part / chunk);
        rest = (uint64_t)(part % chunk);
    }
    return rest;
}

const char *integer_print(struct arena *arena, struct integer a)
{
    size_t room = (a.length + 1) * (CHUNK_DIGITS + 2) + 2;
    char *end = (char *)arena_take(arena, room) + room, *at = end;
    uint64_t *limbs = arena_take(arena, a.length * sizeof *limbs);
    if (a.length > 0)
        memcpy(limbs, a.limbs, a.length * sizeof *limbs);
    size_t length = a.length;
    *--at = '\0';
    while (length > 0) {
        uint64_t rest = divide_by_chunk(limbs, length);
        while (length > 0 && limbs[length - 1] == 0)
            length--;
        for (int i = 0; length > 0 ? i < CHUNK_DIGITS : rest > 0; i++, rest /= 10)
            *--at = (char)('0' + rest % 10);
    }
    if (a.sign == 0)
        *--at = '0';
    if (a.sign < 0)
        *--at = '-';
    return at;
}
