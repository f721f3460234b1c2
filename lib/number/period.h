/*
 * period: months, weeks and other periods, what they are called, and which lies in which.
 */
#ifndef JF_PERIOD_H
#define JF_PERIOD_H

#include <limits.h>

#include "base/slice.h"

/*
 * Periods in a row are numbers in a row, by their kind. A month is 12 x year + (month - 1), a
 * quarter 4 x year + (quarter - 1), a half 2 x year + (half - 1), a year itself; an ISO week is a
 * count of weeks, from Monday on, and in the month, and the year, of its Thursday; a wave (a
 * visit, a month since the lot) is any whole number. A window is a range of others.
 */
enum period_kind {
    PERIOD_MONTH,
    PERIOD_QUARTER,
    PERIOD_HALF,
    PERIOD_YEAR,
    PERIOD_WINDOW,
    PERIOD_WEEK,
    PERIOD_WAVE
};
#define PERIOD_WORDS "month|quarter|half|year|window"

enum { PERIOD_NONE = INT_MIN, PERIOD_NO_MONTH = INT_MIN + 1, PERIOD_ROOM = 24 };

/* The month `2016-03`, `2016M03`, `201603` or `2016_03`, in the years 1000 to 9999; PERIOD_NONE
 * for anything else. */
int period_parse(struct slice text);

/* The month of such a text, or of a day `2016-03-31`. */
int period_parse_date(struct slice text);

/* A period of that kind: a month, `2018-Q4` or `2018Q4`, `2018-H2`, `2018`, `2016-W07`, a whole
 * number; PERIOD_NONE for anything else. And one of any kind, which is the first of these that it
 * can be. */
int period_read(enum period_kind kind, struct slice text);
int period_read_any(struct slice text, enum period_kind *kind);

/* The part of a year, from 1 on; PERIOD_NO_MONTH where it has no such part (week 53). Not of a
 * wave or a window. */
int period_of_year(enum period_kind kind, int year, int part);

/* The month that the period begins in; that of a week has its Thursday. Not of a wave. */
int period_month(enum period_kind kind, int number);

/* The first and the last period of that kind in a month: but for weeks the one that holds it. */
int period_first(enum period_kind kind, int month);
int period_last(enum period_kind kind, int month);

/* How many months one has; 0 for weeks, waves and windows. */
int period_months(enum period_kind kind);

/* What one is called, and how one is written. */
const char *period_noun(enum period_kind kind);
const char *period_example(enum period_kind kind);

/* Writes `2016-03`, `2018-Q4`, `2018-H2`, `2018`, `2016-W07`, `-3`; or the range from first to
 * last, `2016-03/2022-08`. At most PERIOD_ROOM bytes with a NUL. */
struct slice period_print(char *text, enum period_kind kind, int number);
struct slice period_print_range(char *text, enum period_kind kind, int first, int last);

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
