#include "number/value.h"

#include <math.h>
#include <string.h>

#include "number/decimal.h"
#include "number/real.h"

struct value value_none(void)
{
    return (struct value){NAN};
}

struct value value_whole(int64_t number)
{
    return (struct value){(double)number};
}

struct value value_read(struct slice text, char point)
{
    double number;
    bool below = text.length > 0 && text.bytes[0] == '-';
    struct slice size = {text.bytes + below, text.length - below};
    if (slice_equal(size, slice_of("Inf")))
        return (struct value){below ? -INFINITY : INFINITY};
    if (real_parse(text, point, &number) != DECIMAL_GOOD)
        return value_none();
    return (struct value){number};
}

bool value_there(struct value value)
{
    return isfinite(value.number);
}

struct value value_add(struct value a, struct value b)
{
    return (struct value){a.number + b.number};
}

int value_round(struct value value)
{
    return (int)lround(value.number);
}

struct value value_percent(struct value value)
{
    return (struct value){100 * value.number};
}

struct value value_scaled(struct value value, struct value from, struct value to)
{
    if (from.number == 0)
        return value_none();
    return (struct value){value.number * to.number / from.number};
}

struct value value_standard(struct value value, struct value sd, struct value other)
{
    double square = (sd.number * sd.number + other.number * other.number) / 2;
    if (!(square > 0))
        return value_none();
    return (struct value){value.number / sqrt(square)};
}

int value_compare(struct value a, struct value b)
{
    if (isnan(a.number) || isnan(b.number))
        return isnan(b.number) - isnan(a.number);
    return (a.number > b.number) - (a.number < b.number);
}

bool value_nearer(struct value a, struct value b, struct value place)
{
    return fabs(a.number - place.number) < fabs(b.number - place.number);
}

/* What a double takes with an exponent is below VALUE_ROOM; a plain one has at most 17 digits
 * before its point. */
const char *value_print(char *text, struct value value)
{
    text[real_print(text, value.number)] = '\0';
    return text;
}

const char *value_print_short(char *text, struct value value, unsigned digits)
{
    char all[REAL_ROOM];
    size_t length = real_print_significant(all, value.number, digits);
    if (memchr(all, '.', length) != NULL && memchr(all, 'e', length) == NULL) {
        while (all[length - 1] == '0')
            length--;
        length -= all[length - 1] == '.';
    }
    length = length < VALUE_ROOM ? length : VALUE_ROOM - 1;
    memcpy(text, all, length);
    text[length] = '\0';
    return text;
}
