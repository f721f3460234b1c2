#include "number/digits.h"

const int64_t digits_powers[DIGITS_POWERS] = {1,
                                              10,
                                              100,
                                              1000,
                                              10000,
                                              100000,
                                              1000000,
                                              10000000,
                                              100000000,
                                              1000000000,
                                              10000000000,
                                              100000000000,
                                              1000000000000,
                                              10000000000000,
                                              100000000000000,
                                              1000000000000000,
                                              10000000000000000,
                                              100000000000000000,
                                              1000000000000000000};

size_t digits_write(char *text, uint64_t number, unsigned width)
{
    for (unsigned i = width; i-- > 0; number /= 10)
        text[i] = (char)('0' + number % 10);
    return width;
}

/* The digits at the front of the text, which becomes the rest. */
static struct slice split_front(struct slice *text)
{
    size_t length = 0;
    while (length < text->length && digits_byte(text->bytes[length]))
        length++;
    struct slice front = {text->bytes, length};
    text->bytes += length;
    text->length -= length;
    return front;
}

/* Whether the text begins with that byte, which is skipped then. */
static bool skip(struct slice *text, char byte)
{
    if (text->length == 0 || text->bytes[0] != byte)
        return false;
    text->bytes++;
    text->length--;
    return true;
}

/* An optional sign: whether it is a minus. */
static bool skip_sign(struct slice *text)
{
    bool minus = skip(text, '-');
    if (!minus)
        skip(text, '+');
    return minus;
}

/* An optional exponent; false where it is begun but has no digits. */
static bool split_exponent(struct slice *text, long *exponent)
{
    *exponent = 0;
    if (!skip(text, 'e') && !skip(text, 'E'))
        return true;
    bool negative = skip_sign(text);
    struct slice digits = split_front(text);
    for (size_t i = 0; i < digits.length && *exponent < 1000000; i++)
        *exponent = 10 * *exponent + (digits.bytes[i] - '0');
    if (negative)
        *exponent = -*exponent;
    return digits.length > 0;
}

bool digits_split(struct slice text, char point, struct digits *digits)
{
    digits->negative = skip_sign(&text);
    digits->whole = split_front(&text);
    digits->fraction = (struct slice){text.bytes, 0};
    if (skip(&text, point))
        digits->fraction = split_front(&text);
    return digits->whole.length + digits->fraction.length > 0 &&
           split_exponent(&text, &digits->exponent) && text.length == 0;
}
