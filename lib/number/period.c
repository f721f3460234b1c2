#include "number/period.h"

#include <string.h>

#include "number/decimal.h"
#include "number/digits.h"

enum { FIRST_YEAR = 1000 };

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

/* One to three digits. */
static size_t digits_at(struct slice text, size_t at)
{
    size_t count = 0;
    while (count < 3 && at + count < text.length && digits_byte(text.bytes[at + count]))
        count++;
    return count > 0 ? count : 1;
}

int period_match(struct slice name, struct slice pattern, enum period_fit fit)
{
    int year = -1, month = -1;
    size_t at = 0;
    if (fit == PERIOD_NEAR)
        name = slice_trim(name);
    for (size_t i = 0; i < pattern.length; i++) {
        char mark = pattern.bytes[i] == '%' && i + 1 < pattern.length ? pattern.bytes[++i] : 0;
        size_t width = mark == 'Y' ? 4 : mark == 'y' || mark == 'm' ? 2 : 1;
        bool counted = width > 1;
        if (fit == PERIOD_NEAR && mark == 'm')
            width = digits_at(name, at);
        int number = counted ? number_at(name, at, width) : 0;
        if (at + width > name.length || number < 0)
            return PERIOD_NONE;
        char want = pattern.bytes[i], got = name.bytes[at];
        if (!counted && want != got &&
            !(fit != PERIOD_EXACT && slice_lower(want) == slice_lower(got)))
            return PERIOD_NONE;
        if (mark == 'm')
            month = number;
        else if (counted)
            year = mark == 'Y' ? number : number + (number < 69 ? 2000 : 1900);
        at += width;
    }
    if (at != name.length || year < FIRST_YEAR)
        return PERIOD_NONE;
    return month < 1 || month > 12 ? PERIOD_NO_MONTH : 12 * year + month - 1;
}

bool period_pattern(struct slice pattern)
{
    int years = 0, months = 0;
    for (size_t i = 0; i < pattern.length; i++) {
        if (pattern.bytes[i] != '%')
            continue;
        char mark = ++i < pattern.length ? pattern.bytes[i] : 0;
        years += mark == 'Y' || mark == 'y';
        months += mark == 'm';
        if (mark == 0 || memchr("Yym%", mark, 4) == NULL)
            return false;
    }
    return years == 1 && months == 1;
}

static size_t write_number(char *text, int number, unsigned width)
{
    return digits_write(text, (uint64_t)number, width);
}

struct slice period_name(char *text, struct slice pattern, int month)
{
    size_t at = 0;
    for (size_t i = 0; i < pattern.length; i++) {
        char mark = pattern.bytes[i] == '%' && i + 1 < pattern.length ? pattern.bytes[++i] : 0;
        if (mark == 'Y')
            at += write_number(text + at, month / 12, 4);
        else if (mark == 'y')
            at += write_number(text + at, month / 12, 2);
        else if (mark == 'm')
            at += write_number(text + at, month % 12 + 1, 2);
        else
            text[at++] = pattern.bytes[i];
    }
    return (struct slice){text, at};
}

int period_months(enum period_kind kind)
{
    static const int months[] = {1, 3, 6, 12, 0};
    return months[kind];
}

int period_start(enum period_kind kind, int month)
{
    return month - month % period_months(kind);
}

static size_t write_month(char *text, int month)
{
    size_t at = write_number(text, month / 12, 4);
    text[at++] = '-';
    return at + write_number(text + at, month % 12 + 1, 2);
}

/* A part of a year: `2018-Q4`. */
static size_t write_part(char *text, char mark, int month, int months)
{
    size_t at = write_number(text, month / 12, 4);
    text[at++] = '-';
    text[at++] = mark;
    return at + write_number(text + at, month % 12 / months + 1, 1);
}

struct slice period_print(char *text, enum period_kind kind, int first, int last)
{
    size_t length = 0;
    switch (kind) {
    case PERIOD_MONTH:
        length = write_month(text, first);
        break;
    case PERIOD_QUARTER:
        length = write_part(text, 'Q', first, 3);
        break;
    case PERIOD_HALF:
        length = write_part(text, 'H', first, 6);
        break;
    case PERIOD_YEAR:
        length = write_number(text, first / 12, 4);
        break;
    case PERIOD_WINDOW:
        length = write_month(text, first);
        text[length++] = '/';
        length += write_month(text + length, last);
        break;
    }
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
