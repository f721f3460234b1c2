#include "number/scaled.h"

#include <string.h>

#include "number/decimal.h"
#include "number/digits.h"

const char *scaled_print(struct arena *arena, struct integer units, unsigned scale)
{
    const char *digits = integer_print(arena, units);
    bool negative = digits[0] == '-';
    digits += negative;
    size_t length = strlen(digits);
    char *text = arena_take(arena, length + scale + 4), *at = text;
    if (negative)
        *at++ = '-';
    size_t whole = length > scale ? length - scale : 0;
    if (whole == 0)
        *at++ = '0';
    memcpy(at, digits, whole);
    at += whole;
    if (scale > 0) {
        *at++ = '.';
        for (size_t zeros = scale; zeros > length; zeros--)
            *at++ = '0';
        memcpy(at, digits + whole, length - whole);
        at += length - whole;
        while (at[-1] == '0')
            at--;
        if (at[-1] == '.')
            at--;
    }
    *at = '\0';
    return text;
}

bool scaled_read(struct arena *arena, struct slice text, struct integer *units, unsigned *scale)
{
    struct digits parts;
    if (!digits_split(text, '.', &parts) || parts.exponent != 0 || parts.whole.length > 200 ||
        parts.fraction.length > 2 * DECIMAL_SCALE)
        return false;
    *scale = (unsigned)parts.fraction.length;
    struct integer lifted = integer_multiply(arena, integer_parse(arena, 1, parts.whole),
                                             integer_power_of_ten(arena, *scale));
    *units = integer_add(arena, lifted, integer_parse(arena, 1, parts.fraction));
    if (parts.negative)
        units->sign = -units->sign;
    return true;
}
