/*
 * real against the C library: 300,000 doubles of all sizes are printed and
 * read back, and random texts are read, by both. The library's conversions are
 * correctly rounded (glibc, musl), and share no line with ours.
 */
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../random.h"
#include "number/real.h"

enum { ROUNDS = 100000 };

static double read_by_library(const char *text)
{
    double value = NAN;
    sscanf(text, "%lf", &value);
    return value;
}

/* The number of significant digits in a text. */
static int digits_of(const char *text)
{
    int digits = 0, zeros = 0;
    for (; *text != '\0' && *text != 'e'; text++) {
        if (*text < '0' || *text > '9' || (digits == 0 && *text == '0'))
            continue;
        zeros = *text == '0' ? zeros + 1 : 0;
        digits++;
    }
    return digits - zeros;
}

static bool check_print(double value)
{
    char ours[REAL_ROOM + 1], shorter[64];
    size_t length = real_print(ours, value);
    double back;
    ours[length] = '\0';
    int digits = digits_of(ours);
    snprintf(shorter, sizeof shorter, "%.*e", digits > 1 ? digits - 2 : 0, value);
    bool good = read_by_library(ours) == value &&
                real_parse((struct slice){ours, length}, '.', &back) == DECIMAL_GOOD &&
                back == value && (digits == 1 || read_by_library(shorter) != value);
    if (!good)
        printf("printed %s for %.17g\n", ours, value);
    return good;
}

static bool check_parse(uint64_t *state)
{
    char text[80];
    double ours = NAN;
    int digits = (int)(next(state) % 40), exponent = (int)(next(state) % 640) - 320, at = 0;
    text[at++] = next(state) % 2 == 0 ? '-' : '+';
    for (int i = 0; i <= digits; i++) {
        if (i == digits / 2)
            text[at++] = '.';
        text[at++] = (char)('0' + next(state) % 10);
    }
    snprintf(text + at, sizeof text - (size_t)at, "e%d", exponent);
    double theirs = read_by_library(text);
    enum decimal_verdict verdict = real_parse(slice_of(text), '.', &ours);
    bool beyond = isinf(theirs) || (theirs == 0 && strpbrk(text, "123456789") != NULL);
    bool good = verdict == DECIMAL_GOOD ? ours == theirs : beyond;
    if (!good && theirs != 0)
        printf("read %s as %.17g, not %.17g\n", text, ours, theirs);
    return good || theirs == 0;
}

static double of_bits(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

int main(void)
{
    uint64_t state = 20160301;
    int faults = 0;
    for (int i = 0; i < ROUNDS && faults < 10; i++) {
        double any = of_bits(next(&state) & 0x7fffffffffffffff);
        if (isfinite(any) && any != 0)
            faults += !check_print(any);
        faults += !check_print((double)(next(&state) % 1000000) / 1000);
        faults += !check_print(1 / (double)(1 + next(&state) % 100000));
        faults += !check_parse(&state);
    }
    for (int power = -1074; power < 1024; power++)
        faults += !check_print(ldexp(1, power));
    printf("%d faults\n", faults);
    return faults > 0;
}
