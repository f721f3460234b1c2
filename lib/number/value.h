/*
 * value: a number that is drawn, or none.
 *
 * A picture needs no exact numbers: a value is the nearest double, for who must not see doubles.
 */
#ifndef JF_VALUE_H
#define JF_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

struct value {
    double number; /* NaN: there is none; what was read of a cell may be infinite */
};

enum { VALUE_ROOM = 64 };

struct value value_none(void);
struct value value_whole(int64_t number);

/* A number's text, `Inf` and `-Inf` too; none where it is none. */
struct value value_read(struct slice text, char point);

/* Whether there is one, and it is finite. */
bool value_there(struct value value);

/* None where one of the two is none. */
struct value value_add(struct value a, struct value b);

/* The nearest whole number, of a value that is there and small. */
int value_round(struct value value);

/* Times 100. */
struct value value_percent(struct value value);

/* value x to / from: in the units in which `from` is `to`; none where `from` is 0. */
struct value value_scaled(struct value value, struct value from, struct value to);

/* In standard deviations: value / sqrt((sd^2 + other^2) / 2); none where that is not above 0. */
struct value value_standard(struct value value, struct value sd, struct value other);

/* Below, at or above 0; none is below all. */
int value_compare(struct value a, struct value b);

/* Whether a is nearer to the place than b is. */
bool value_nearer(struct value a, struct value b, struct value place);

/* The shortest text that reads back the same, as gnuplot takes it, with a NUL: at most
 * VALUE_ROOM bytes. Or what people read: so many significant digits, without zeros at the end. */
const char *value_print(char *text, struct value value);
const char *value_print_short(char *text, struct value value, unsigned digits);

#endif
