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

bool digits_read_pointed(struct slice text, char point, int64_t *units, unsigned *scale)
{
    uint64_t front, back; /* what is before the point, and behind it, with zeros in front */
    memcpy(&front, text.bytes, sizeof front);
    memcpy(&back, text.bytes + text.length - sizeof back, sizeof back);
    front = digits_first_lowest(front);
    back = digits_first_lowest(back);
    unsigned before = digits_find(front, point);
    size_t behind = text.length - before - 1;
    if (before == 0 || before == 8 || behind > 8 || back >> 56 == '0')
        return false;
    unsigned front_spare = 8 * (8 - before), back_spare = 8 * (8 - (unsigned)behind);
    front = front << front_spare | DIGITS_ZEROS >> (64 - front_spare);
    back = back >> back_spare << back_spare | (DIGITS_ZEROS & ((1ull << back_spare) - 1));
    *units = digits_join_eight(front) * digits_powers[behind] + digits_join_eight(back);
    *scale = (unsigned)behind;
    return (digits_others(front) | digits_others(back)) == 0;
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
