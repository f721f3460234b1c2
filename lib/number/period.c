#include "number/period.h"

#include <string.h>

#include "number/decimal.h"
#include "number/digits.h"

enum { FIRST_YEAR = 1000, WAVE_DIGITS = 9 };

/* The number that `count` digits at `at` make; -1 where there are none. */
static int number_at(struct slice text, size_t at, size_t count)
{
    int value = 0;
    if (at + count > text.length)
        return -1;
    for (size_t i = at; i < at + count; i++) {
        if (!digits_byte(text.bytes[i]))
            return -1;
        value = 10 * value + (text.bytes[i] - '0');
    }
    return value;
}

/* ---- days and weeks ---- */

/* The day of the month's first, from the first day of the year 0 on; day 1, 8, .. is a Monday. */
static int first_day(int month)
{
    static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    int year = month / 12, last = year - 1;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return 365 * year + last / 4 - last / 100 + last / 400 + before[month % 12] +
           (leap && month % 12 >= 2);
}

static int month_of_day(int day)
{
    int month = (int)((long long)day * 4800 / 146097);
    while (first_day(month) > day)
        month--;
    while (first_day(month + 1) <= day)
        month++;
    return month;
}

/* A week is 7 days from Monday, its number that of its Thursday, day 7 x week + 4. Week 1 has
 * the fourth of January. */
static int thursday(int week)
{
    return 7 * week + 4;
}

static int first_week(int year)
{
    return (first_day(12 * year) + 3 - 1) / 7;
}

/* The first week whose Thursday is in the month. */
static int week_of_month(int month)
{
    return (first_day(month) + 2) / 7;
}

/* ---- numbers of periods ---- */

int period_months(enum period_kind kind)
{
    static const int months[] = {1, 3, 6, 12, 0, 0, 0};
    return months[kind];
}

const char *period_noun(enum period_kind kind)
{
    static const char *const nouns[] = {"month",  "quarter", "half", "year",
                                        "window", "week",    "wave"};
    return nouns[kind];
}

const char *period_example(enum period_kind kind)
{
    static const char *const examples[] = {"2016-03",         "2016-Q1",  "2016-H1", "2016",
                                           "2016-03/2022-08", "2016-W07", "3"};
    return examples[kind];
}

int period_month(enum period_kind kind, int number)
{
    return kind == PERIOD_WEEK ? month_of_day(thursday(number)) : number * period_months(kind);
}

int period_first(enum period_kind kind, int month)
{
    return kind == PERIOD_WEEK ? week_of_month(month) : month / period_months(kind);
}

int period_last(enum period_kind kind, int month)
{
    return kind == PERIOD_WEEK ? week_of_month(month + 1) - 1 : month / period_months(kind);
}

/* ---- as text ---- */

int period_parse(struct slice text)
{
    bool marked = text.length == 7 && memchr("-M_", text.bytes[4], 3) != NULL;
    if (!marked && text.length != 6)
        return PERIOD_NONE;
    int year = number_at(text, 0, 4), month = number_at(text, marked ? 5 : 4, 2);
    if (year < FIRST_YEAR || month < 1 || month > 12)
        return PERIOD_NONE;
    return 12 * year + month - 1;
}

int period_of_year(enum period_kind kind, int year, int part)
{
    static const int parts[] = {12, 4, 2, 1};
    bool weeks = kind == PERIOD_WEEK;
    int first = weeks ? first_week(year) : year * parts[kind];
    int count = weeks ? first_week(year + 1) - first : parts[kind];
    return part < 1 || part > count ? PERIOD_NO_MONTH : first + part - 1;
}

/* The number of a part of a year behind a mark: `2018-Q4`, `2018Q4`. */
static int parse_part(struct slice text, enum period_kind kind, char mark, size_t digits)
{
    size_t dash = text.length > 4 && text.bytes[4] == '-';
    int year = number_at(text, 0, 4), part = number_at(text, 5 + dash, digits);
    if (year < FIRST_YEAR || part < 0 || text.length != 5 + dash + digits ||
        text.bytes[4 + dash] != mark)
        return PERIOD_NONE;
    int number = period_of_year(kind, year, part);
    return number == PERIOD_NO_MONTH ? PERIOD_NONE : number;
}

static int parse_wave(struct slice text)
{
    size_t sign = text.length > 0 && text.bytes[0] == '-', digits = text.length - sign;
    int number = digits < 1 || digits > WAVE_DIGITS ? -1 : number_at(text, sign, digits);
    if (number < 0)
        return PERIOD_NONE;
    return sign ? -number : number;
}

int period_read(enum period_kind kind, struct slice text)
{
    int year = text.length == 4 ? number_at(text, 0, 4) : -1;
    switch (kind) {
    case PERIOD_MONTH:
        return period_parse(text);
    case PERIOD_QUARTER:
        return parse_part(text, kind, 'Q', 1);
    case PERIOD_HALF:
        return parse_part(text, kind, 'H', 1);
    case PERIOD_YEAR:
        return year < FIRST_YEAR ? PERIOD_NONE : year;
    case PERIOD_WEEK:
        return parse_part(text, kind, 'W', 2);
    case PERIOD_WAVE:
        return parse_wave(text);
    case PERIOD_WINDOW:
        break;
    }
    return PERIOD_NONE;
}

int period_read_any(struct slice text, enum period_kind *kind)
{
    static const enum period_kind kinds[] = {PERIOD_MONTH, PERIOD_QUARTER, PERIOD_HALF,
                                             PERIOD_YEAR,  PERIOD_WEEK,    PERIOD_WAVE};
    int number = PERIOD_NONE;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0] && number == PERIOD_NONE; i++) {
        number = period_read(kinds[i], text);
        *kind = kinds[i];
    }
    return number;
}

int period_parse_date(struct slice text)
{
    if (text.length != 10 || text.bytes[4] != '-' || text.bytes[7] != '-')
        return period_parse(text);
    int month = period_parse((struct slice){text.bytes, 7}), day = number_at(text, 8, 2);
    bool good = month != PERIOD_NONE && day >= 1 && day <= first_day(month + 1) - first_day(month);
    return good ? month : PERIOD_NONE;
}

static size_t write_number(char *text, int number, unsigned width)
{
    return digits_write(text, (uint64_t)number, width);
}

/* A part of a year: `2018-Q4`. */
static size_t write_part(char *text, const char *mark, int year, int part, unsigned width)
{
    size_t at = write_number(text, year, 4);
    text[at++] = '-';
    if (*mark != '\0')
        text[at++] = *mark;
    return at + write_number(text + at, part, width);
}

static size_t write_week(char *text, int week)
{
    int year = month_of_day(thursday(week)) / 12;
    return write_part(text, "W", year, week - first_week(year) + 1, 2);
}

static size_t write_wave(char *text, int wave)
{
    size_t at = wave < 0;
    unsigned width = 1;
    int size = wave < 0 ? -wave : wave;
    text[0] = '-';
    while (width < WAVE_DIGITS + 1 && size >= digits_powers[width])
        width++;
    return at + write_number(text + at, size, width);
}

static size_t write_one(char *text, enum period_kind kind, int number)
{
    switch (kind) {
    case PERIOD_MONTH:
        return write_part(text, "", number / 12, number % 12 + 1, 2);
    case PERIOD_QUARTER:
        return write_part(text, "Q", number / 4, number % 4 + 1, 1);
    case PERIOD_HALF:
        return write_part(text, "H", number / 2, number % 2 + 1, 1);
    case PERIOD_YEAR:
        return write_number(text, number, 4);
    case PERIOD_WEEK:
        return write_week(text, number);
    case PERIOD_WAVE:
        return write_wave(text, number);
    case PERIOD_WINDOW:
        break;
    }
    return 0;
}

struct slice period_print(char *text, enum period_kind kind, int number)
{
    size_t length = write_one(text, kind, number);
    text[length] = '\0';
    return (struct slice){text, length};
}

struct slice period_print_range(char *text, enum period_kind kind, int first, int last)
{
    size_t length = write_one(text, kind, first);
    text[length++] = '/';
    length += write_one(text + length, kind, last);
    text[length] = '\0';
    return (struct slice){text, length};
}

/* ---- periods in a row ---- */

/* `2016-`, then perhaps a mark, and a number from 1 to `last`. */
static bool is_part(struct slice text, char mark, size_t digits, int last)
{
    size_t at = mark == 0 ? 5 : 6;
    int number = number_at(text, at, digits);
    return text.length == at + digits && text.bytes[4] == '-' &&
           (mark == 0 || text.bytes[5] == mark) && number_at(text, 0, 4) >= FIRST_YEAR &&
           number >= 1 && number <= last;
}

static enum period_form form_of_one(struct slice text)
{
    struct decimal number;
    if (is_part(text, 0, 2, 12))
        return PERIOD_MONTHS;
    if (is_part(text, 'Q', 1, 4))
        return PERIOD_QUARTERS;
    if (is_part(text, 'H', 1, 2))
        return PERIOD_HALVES;
    if (is_part(text, 'W', 2, 53))
        return PERIOD_WEEKS;
    return decimal_parse(text, '.', &number) == DECIMAL_GOOD ? PERIOD_NUMBERS : PERIOD_FORMLESS;
}

/* The digits of one form stand in the same places, so that their order is that of the bytes. */
static int compare_ones(enum period_form form, struct slice a, struct slice b)
{
    struct decimal one, other;
    if (form == PERIOD_NUMBERS && decimal_parse(a, '.', &one) == DECIMAL_GOOD &&
        decimal_parse(b, '.', &other) == DECIMAL_GOOD)
        return decimal_compare(one, other);
    return slice_compare(a, b);
}

enum period_form period_form(struct slice text)
{
    struct slice last = text, first = slice_cut(&last, '/');
    enum period_form form = form_of_one(first);
    if (last.bytes == NULL || form == PERIOD_FORMLESS)
        return form;
    if (form_of_one(last) != form || compare_ones(form, first, last) > 0)
        return PERIOD_FORMLESS;
    return (enum period_form)(PERIOD_RANGES | form);
}

int period_compare(enum period_form form, struct slice a, struct slice b)
{
    if (form < PERIOD_RANGES)
        return compare_ones(form, a, b);
    enum period_form each = (enum period_form)(form - PERIOD_RANGES);
    struct slice a_first = slice_cut(&a, '/'), b_first = slice_cut(&b, '/');
    int order = compare_ones(each, a_first, b_first);
    return order != 0 ? order : compare_ones(each, a, b);
}
