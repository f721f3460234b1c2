/*
 * The forms and the order of periods against a second road: forms are told by regular expressions,
 * and the order of periods that were made of numbers is that of these.
 */
#include <regex.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "../random.h"
#include "base/slice.h"
#include "number/period.h"

enum { ROUNDS = 300000, ROOM = 64, FORMS = 6 };

#define YEAR     "[1-9][0-9]{3}"
#define MONTH    YEAR "-(0[1-9]|1[0-2])"
#define QUARTER  YEAR "-Q[1-4]"
#define HALF     YEAR "-H[12]"
#define WEEK     YEAR "-W(0[1-9]|[1-4][0-9]|5[0-3])"
#define NUMBER   "[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)"
#define TWO(one) "^" one "(/" one ")?$"

static const char *const patterns[FORMS] = {
    [PERIOD_NUMBERS] = TWO(NUMBER), [PERIOD_MONTHS] = TWO(MONTH), [PERIOD_QUARTERS] = TWO(QUARTER),
    [PERIOD_HALVES] = TWO(HALF),    [PERIOD_WEEKS] = TWO(WEEK),
};

/* How a number is written in each form, where its second place counts to `base`. */
static const struct {
    const char *format;
    int base;
} writes[FORMS] = {
    [PERIOD_NUMBERS] = {"%d", 0},      [PERIOD_MONTHS] = {"%d-%02d", 12},
    [PERIOD_QUARTERS] = {"%d-Q%d", 4}, [PERIOD_HALVES] = {"%d-H%d", 2},
    [PERIOD_WEEKS] = {"%d-W%02d", 53},
};

static size_t write_one(char *text, enum period_form form, int number)
{
    int base = writes[form].base;
    if (form == PERIOD_NUMBERS)
        return (size_t)snprintf(text, ROOM, "%d", number - 30);
    return (size_t)snprintf(text, ROOM, writes[form].format, 1998 + number / base,
                            number % base + 1);
}

/* A period, or a range, with its first and last number. */
static struct slice write_period(char *text, enum period_form form, bool range,
                                 const int numbers[2])
{
    size_t length = write_one(text, form, numbers[0]);
    if (range) {
        text[length++] = '/';
        length += write_one(text + length, form, numbers[1]);
    }
    return (struct slice){text, length};
}

static int sign(int number)
{
    return (number > 0) - (number < 0);
}

static unsigned try_order(uint64_t *state)
{
    char a[2 * ROOM], b[2 * ROOM];
    enum period_form form = (enum period_form)(1 + next(state) % (FORMS - 1));
    bool range = next(state) % 2 == 0;
    int one[2], other[2];
    for (int i = 0; i < 2; i++) {
        one[i] = (int)(next(state) % 60) + 40 * i;
        other[i] = next(state) % 3 == 0 ? one[i] : (int)(next(state) % 60) + 40 * i;
    }
    struct slice first = write_period(a, form, range, one);
    struct slice second = write_period(b, form, range, other);
    bool fits = !range || one[0] <= one[1];
    enum period_form told = (enum period_form)(range ? form + PERIOD_RANGES : form);
    if (period_form(first) != (fits ? told : PERIOD_FORMLESS)) {
        printf("%.*s: form %d\n", (int)first.length, a, (int)period_form(first));
        return 1;
    }
    int want = sign(one[0] - other[0]);
    if (want == 0 && range)
        want = sign(one[1] - other[1]);
    if (sign(period_compare(told, first, second)) == want)
        return 0;
    printf("%.*s and %.*s: not %d\n", (int)first.length, a, (int)second.length, b, want);
    return 1;
}

/* The form of a period that is written well, with a byte changed, or cut off at its end. */
static unsigned try_form(const regex_t *forms, uint64_t *state)
{
    static const char bytes[] = "0123456789/-+.QHWMq \x80_";
    char text[2 * ROOM];
    int numbers[2] = {(int)(next(state) % 60), 60 + (int)(next(state) % 60)};
    enum period_form form = (enum period_form)(1 + next(state) % (FORMS - 1)), want = 0;
    struct slice period = write_period(text, form, next(state) % 2 == 0, numbers);
    size_t at = next(state) % period.length;
    text[at] = bytes[next(state) % (sizeof bytes - 1)];
    if (next(state) % 4 == 0)
        period.length = at;
    text[period.length] = '\0';
    for (int i = 1; i < FORMS; i++)
        if (regexec(&forms[i], text, 0, NULL, 0) == 0)
            want = (enum period_form)(i + (strchr(text, '/') == NULL ? 0 : PERIOD_RANGES));
    enum period_form got = period_form(period);
    bool backward = got == PERIOD_FORMLESS && want > PERIOD_RANGES; /* 2016-03/2016-01 */
    if (got == want || backward)
        return 0;
    printf("'%s': form %d, not %d\n", text, (int)got, (int)want);
    return 1;
}

int main(void)
{
    uint64_t state = 20160301;
    unsigned faults = 0;
    regex_t forms[FORMS];
    for (int i = 1; i < FORMS; i++)
        regcomp(&forms[i], patterns[i], REG_EXTENDED | REG_NOSUB);
    for (int i = 0; i < ROUNDS && faults < 10; i++)
        faults += i % 2 ? try_order(&state) : try_form(forms, &state);
    for (int i = 1; i < FORMS; i++)
        regfree(&forms[i]);
    printf("%u faults\n", faults);
    return faults > 0;
}
