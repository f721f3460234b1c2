#include "number/pattern.h"

#include <string.h>

#include "number/digits.h"

enum { FIRST_YEAR = 1000, CENTURY_CUT = 69, NUMBER_MOST = 9 };

/* What stands for a number in a pattern: its mark, and 0 where a byte stands for itself, which is
 * then at `*at`. */
static char mark_at(struct slice pattern, size_t *at)
{
    if (pattern.bytes[*at] != '%' || *at + 1 == pattern.length)
        return 0;
    char mark = pattern.bytes[++*at];
    return mark == '%' ? 0 : mark;
}

/* Which marks a pattern has, in its order, each once. */
struct signs {
    char all[8];
    size_t count;
    bool good;
};

static struct signs find_marks(struct slice pattern)
{
    struct signs marks = {.good = true};
    for (size_t i = 0; i < pattern.length; i++) {
        if (pattern.bytes[i] != '%')
            continue;
        char mark = ++i < pattern.length ? pattern.bytes[i] : 0;
        if (mark == '%')
            continue;
        if (mark == 0 || strchr("YyGmqVn", mark) == NULL || marks.count == sizeof marks.all)
            marks.good = false;
        else
            marks.all[marks.count++] = mark;
    }
    return marks;
}

static size_t count_of(const struct signs *marks, const char *set)
{
    size_t count = 0;
    for (size_t i = 0; i < marks->count; i++)
        count += memchr(set, marks->all[i], strlen(set)) != NULL;
    return count;
}

bool pattern_kind(struct slice pattern, enum period_kind *kind)
{
    struct signs marks = find_marks(pattern);
    size_t years = count_of(&marks, "Yy"), iso = count_of(&marks, "G");
    size_t parts = count_of(&marks, "mqV");
    if (!marks.good)
        return false;
    if (count_of(&marks, "n") > 0) {
        *kind = PERIOD_WAVE;
        return marks.count == 1;
    }
    *kind = count_of(&marks, "m") > 0   ? PERIOD_MONTH
            : count_of(&marks, "q") > 0 ? PERIOD_QUARTER
            : count_of(&marks, "V") > 0 ? PERIOD_WEEK
                                        : PERIOD_YEAR;
    return years + iso == 1 && parts <= 1 && (iso == 0 || *kind == PERIOD_WEEK);
}

/* ---- a name against a pattern ---- */

static size_t count_digits(struct slice text, size_t at, size_t most)
{
    size_t count = 0;
    while (count < most && at + count < text.length && digits_byte(text.bytes[at + count]))
        count++;
    return count;
}

/* The number of a mark at `*at` in the name, which goes behind it; false where there is none. As
 * NEAR a part of a year may have one digit or three. */
static bool read_number(struct slice name, size_t *at, char mark, bool near, int *number)
{
    bool part = mark == 'm' || mark == 'V' || mark == 'q';
    size_t width = mark == 'Y' || mark == 'G' ? 4 : mark == 'q' ? 1 : 2;
    bool negative = mark == 'n' && *at < name.length && name.bytes[*at] == '-';
    *at += negative;
    size_t digits = count_digits(name, *at, mark == 'n' ? NUMBER_MOST : near && part ? 3 : width);
    if (digits == 0 || (digits != width && mark != 'n' && !(near && part)))
        return false;
    *number = 0;
    for (size_t end = *at + digits; *at < end; ++*at)
        *number = 10 * *number + (name.bytes[*at] - '0');
    *number = negative ? -*number : *number;
    return true;
}

static bool same_byte(char want, char got, enum pattern_fit fit)
{
    return want == got || (fit != PATTERN_EXACT && slice_lower(want) == slice_lower(got));
}

int pattern_match(struct slice name, struct slice pattern, enum pattern_fit fit)
{
    enum period_kind kind;
    int year = FIRST_YEAR, part = 1, number = 0;
    size_t at = 0;
    if (fit == PATTERN_NEAR)
        name = slice_trim(name);
    for (size_t i = 0; i < pattern.length; i++) {
        char mark = mark_at(pattern, &i);
        if (mark == 0) {
            if (at == name.length || !same_byte(pattern.bytes[i], name.bytes[at++], fit))
                return PERIOD_NONE;
            continue;
        }
        if (!read_number(name, &at, mark, fit == PATTERN_NEAR, &number))
            return PERIOD_NONE;
        if (mark == 'y')
            year = number + (number < CENTURY_CUT ? 2000 : 1900);
        else if (mark == 'Y' || mark == 'G')
            year = number;
        else
            part = number;
    }
    if (at != name.length || year < FIRST_YEAR || !pattern_kind(pattern, &kind))
        return PERIOD_NONE;
    return kind == PERIOD_WAVE ? number : period_of_year(kind, year, part);
}

/* ---- a name made by a pattern ---- */

struct slice pattern_name(char *text, struct slice pattern, enum period_kind kind, int number)
{
    char label[PERIOD_ROOM];
    struct slice period = period_print(label, kind, number);
    size_t at = 0;
    for (size_t i = 0; i < pattern.length; i++) {
        char mark = mark_at(pattern, &i);
        size_t digits = mark == 'Y' || mark == 'G' ? 4 : mark == 'q' ? 1 : 2;
        struct slice piece = {period.bytes + period.length - digits, digits};
        if (mark == 0)
            piece = (struct slice){pattern.bytes + i, 1};
        else if (mark == 'n')
            piece = period;
        else if (mark == 'Y' || mark == 'G')
            piece.bytes = period.bytes;
        else if (mark == 'y')
            piece.bytes = period.bytes + 2;
        memcpy(text + at, piece.bytes, piece.length);
        at += piece.length;
    }
    return (struct slice){text, at};
}
