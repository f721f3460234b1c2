/*
 * windows: what the rows of an outcome are of: periods of the calendar, or named ranges of them,
 * which may overlap.
 */
#ifndef JF_WINDOWS_H
#define JF_WINDOWS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/option.h"
#include "base/slice.h"
#include "number/period.h"
#include "trial/course.h"

struct window {
    struct slice name;
    int first, last;         /* of the kind's periods, or months since the lot */
    char label[PERIOD_ROOM]; /* the range, as it is written */
};

struct windows {
    struct window *all; /* in the order of time: by the first period, then by the last */
    size_t count;
    int first, last; /* that any of them has */
};

/* The windows NAME=FROM:TO, whose periods are of that kind (of weeks, months too). Of another form,
 * empty or of one name with another, they are misuse. */
struct windows windows_parse(const struct list *items, enum period_kind kind);

/* One window without a name. */
struct windows windows_whole(enum period_kind kind, int first, int last);

/* Periods of the calendar: each period of the closed range, in one of `per`. The caller frees. */
struct step {
    bool last;               /* of its period */
    char label[PERIOD_ROOM]; /* of that */
};
struct step *windows_steps(const struct range *range, enum period_kind per);

/* The closed range is made of whole periods, or it is an error: a mean over part of a quarter must
 * not be called that quarter's. */
void windows_check(const struct range *range, enum period_kind per);

void windows_free(struct windows *windows);

/* The period of an option's text, as the first or the last of a range: of weeks that may be a
 * month, and is then its first or its last one. Of another form it is misuse. */
int windows_period(const char *option, struct slice text, enum period_kind kind, bool last);

#endif
