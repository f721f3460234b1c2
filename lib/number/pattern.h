/*
 * pattern: the names of columns that are periods.
 *
 * In a pattern %Y is a year of four digits, %y one of two (69 to 99 are 1969 to 1999, as in
 * POSIX), %m a month of two, %q a quarter of one, %G the year of an ISO week and %V its number of
 * two digits, %n any whole number, %% a percent sign. All else stands for itself.
 */
#ifndef JF_PATTERN_H
#define JF_PATTERN_H

#include <stdbool.h>

#include "base/slice.h"
#include "number/period.h"

/* What periods a pattern names: a year with %m months, with %q quarters, with %V weeks (also by
 * %G), alone years; %n alone waves. False where it names none, or has another % in it. */
bool pattern_kind(struct slice pattern, enum period_kind *kind);

/* The period in a column's name: PATTERN_EXACT; as NOCASE ASCII letters in any case; as NEAR,
 * where a person would read the same period, so too, with blanks around the name and a part of a
 * year of one digit or of three. PERIOD_NONE where the name does not fit; PERIOD_NO_MONTH where it
 * does but the year has no such month, quarter or week. */
enum pattern_fit { PATTERN_EXACT, PATTERN_NOCASE, PATTERN_NEAR };
int pattern_match(struct slice name, struct slice pattern, enum pattern_fit fit);

/* The name of a period's column. `text` has room for the pattern's length + PATTERN_MORE. */
enum { PATTERN_MORE = PERIOD_ROOM };
struct slice pattern_name(char *text, struct slice pattern, enum period_kind kind, int number);

#endif
