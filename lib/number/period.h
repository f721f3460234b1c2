/*
 * period: months, what they are called, and the periods they fall into.
 */
#ifndef JF_PERIOD_H
#define JF_PERIOD_H

#include <stdbool.h>

#include "base/slice.h"

/* A month is 12 * year + (month - 1): months in a row are numbers in a row. */
enum { PERIOD_NONE = -1, PERIOD_NO_MONTH = -2, PERIOD_ROOM = 24 };

/* `2016-03`, `2016M03`, `201603` or `2016_03`, in the years 1000 to 9999;
 * PERIOD_NONE for anything else. */
int period_parse(struct slice text);

/* The month in a column's name. In the pattern %Y is a year of four digits, %y one of
 * two (69 to 99 are 1969 to 1999, as in POSIX), %m a month of two, %% a percent sign.
 * All else stands for itself; as NOCASE its ASCII letters in any case; as NEAR, where a
 * person would read the same month, so too, with blanks around the name and a month of one digit
 * or of three. PERIOD_NONE where the name does not fit; PERIOD_NO_MONTH where it does but %m is
 * not 01 to 12. */
enum period_fit { PERIOD_EXACT, PERIOD_NOCASE, PERIOD_NEAR };
int period_match(struct slice name, struct slice pattern, enum period_fit fit);

/* Whether the pattern names a month: a year and %m once each, no other %. */
bool period_pattern(struct slice pattern);

/* The name of a month's column. `text` has room for the pattern's length + 8. */
struct slice period_name(char *text, struct slice pattern, int month);

enum period_kind { PERIOD_MONTH, PERIOD_QUARTER, PERIOD_HALF, PERIOD_YEAR, PERIOD_WINDOW };
#define PERIOD_WORDS "month|quarter|half|year|window"

/* The first month of the period that holds `month`, and how many months it has. A
 * window is not of the calendar and has neither. */
int period_start(enum period_kind kind, int month);
int period_months(enum period_kind kind);

/* Writes `2016-03`, `2018-Q4`, `2018-H2`, `2018`, or `2016-03/2022-08` for the
 * window from first to last. At most PERIOD_ROOM bytes with a NUL. */
struct slice period_print(char *text, enum period_kind kind, int first, int last);

/* The forms of periods that have an order here: `2016-03`, `2018-Q4`, `2018-H2`, the ISO week
 * `2016-W07`, and a plain number (2018, a wave, months since the lot). PERIOD_RANGES is added
 * for a range of two of one form, `2016-03/2022-08`, whose last is not before its first. */
enum period_form {
    PERIOD_FORMLESS, /* anything else */
    PERIOD_NUMBERS,
    PERIOD_MONTHS,
    PERIOD_QUARTERS,
    PERIOD_HALVES,
    PERIOD_WEEKS,
    PERIOD_RANGES = 8
};
#define PERIOD_FORMS "2016-03, 2016-Q1, 2016-H1, 2016-W07, 2016-03/2022-08, or plain numbers"
enum period_form period_form(struct slice text);

/* The order in time of two periods of that form: below, at, above 0. Numbers are compared as
 * numbers (-1, 0, 9, 10), ranges by their first period and then by their last. */
int period_compare(enum period_form form, struct slice a, struct slice b);

#endif
