#include "trial/cell.h"

#include <math.h>
#include <stdio.h>

#include "base/message.h"
#include "number/digits.h"
#include "number/period.h"
#include "number/real.h"

bool cell_missing(struct slice cell)
{
    switch (cell.length) {
    case 0:
        return true;
    case 1:
        return cell.bytes[0] == '.';
    case 2:
        return (cell.bytes[0] == 'N' && cell.bytes[1] == 'A') ||
               (cell.bytes[0] == '\\' && cell.bytes[1] == 'N');
    default:
        return false;
    }
}

void cell_check_header(const struct table *table, size_t id)
{
    if (slice_equal(table_cell(table, id), table_name(table, id)))
        fail_at(table_row(table),
                "the header again, among the rows; take the line out, or name several files one "
                "by one");
}

static size_t count_digits(struct slice text)
{
    size_t count = 0;
    while (count < text.length && text.bytes[count] >= '0' && text.bytes[count] <= '9')
        count++;
    return count;
}

static struct slice behind(struct slice text, size_t length)
{
    return (struct slice){text.bytes + length, text.length - length};
}

/* The length of what may keep thousands apart at the start of a text; 0 if nothing. */
static size_t separator(struct slice text)
{
    static const char *const all[] = {",", ".", " ", "'", "\302\240", "\240"};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        size_t length = strlen(all[i]);
        if (text.length > length && memcmp(text.bytes, all[i], length) == 0)
            return length;
    }
    return 0;
}

/* Whether a text is 1,234 or 1.234.567,89 or the like. */
static bool is_grouped(struct slice text)
{
    size_t groups = 0, length;
    if (text.length > 0 && (text.bytes[0] == '-' || text.bytes[0] == '+'))
        text = behind(text, 1);
    size_t digits = count_digits(text);
    if (digits < 1 || digits > 3)
        return false;
    text = behind(text, digits);
    while ((length = separator(text)) > 0 && count_digits(behind(text, length)) == 3) {
        text = behind(text, length + 3);
        groups++;
    }
    bool fraction = text.length > 1 && (text.bytes[0] == '.' || text.bytes[0] == ',') &&
                    count_digits(behind(text, 1)) == text.length - 1;
    return groups > 0 && (text.length == 0 || fraction);
}

/* Whether a text is a number with blanks, quotes or a carriage return around it. */
static bool is_wrapped(struct slice text, char point)
{
    static const char around[] = " \"'\r";
    struct decimal value;
    while (text.length > 0 && memchr(around, text.bytes[0], sizeof around - 1) != NULL)
        text = behind(text, 1);
    while (text.length > 0 &&
           memchr(around, text.bytes[text.length - 1], sizeof around - 1) != NULL)
        text.length--;
    return decimal_parse(text, point, &value) != DECIMAL_NO_NUMBER;
}

_Noreturn static void fail_number(const struct table *table, size_t slot, bool comma,
                                  enum decimal_verdict verdict)
{
    struct place place = table_place(table, slot);
    struct slice text = table_cell(table, slot);
    const char *cell = table_quoted(table, slot);
    bool grouped = is_grouped(text);
    if (verdict == DECIMAL_OTHER_POINT && grouped)
        fail_at(place,
                "%s has a %s; %s --decimal-comma if it is the decimal sign, mend the file if "
                "it keeps thousands apart",
                cell, comma ? "point" : "comma", comma ? "leave out" : "say");
    if (verdict == DECIMAL_OTHER_POINT && comma)
        fail_at(place, "%s has a decimal point; leave out --decimal-comma or mend the file", cell);
    if (verdict == DECIMAL_OTHER_POINT)
        fail_at(place, "%s has a decimal comma; say --decimal-comma", cell);
    if (verdict == DECIMAL_TOO_LONG)
        fail_at(place, "%s has more digits than are held (%d, %d of them decimals); round it", cell,
                DECIMAL_DIGITS, DECIMAL_SCALE);
    if (grouped)
        fail_at(place, "%s has thousands kept apart; write it in digits and a decimal sign", cell);
    if (is_wrapped(text, comma ? ',' : '.'))
        fail_at(place,
                "%s has blanks, quotes or a carriage return beside its number; take them out",
                cell);
    fail_at(place, "%s is not a number; missing is written NA, '.', \\N or nothing", cell);
}

static void keep_known(struct numbers *numbers, struct slice cell, struct decimal value)
{
    size_t at;
    if (cell_known(numbers->words, NUMBERS_KNOWN, cell, &at) || at == CELL_LONG)
        return;
    numbers->words[at] = cell_word(cell);
    numbers->units[at] = (int64_t)value.units;
    numbers->scales[at] = value.scale;
}

bool cell_decimal_any(struct numbers *numbers, const struct table *table, size_t slot,
                      struct decimal *value)
{
    struct slice cell = table_cell(table, slot);
    char point = numbers->comma ? ',' : '.';
    int64_t units;
    if (cell.length > CELL_SHORT && digits_read_pointed(cell, point, &units, &value->scale)) {
        value->units = units;
        return true;
    }
    if (cell.length - 1 < CELL_SHORT &&
        decimal_parse_word(cell_word(cell), cell.length, point, value)) {
        keep_known(numbers, cell, *value);
        return true;
    }
    if (cell_missing(cell))
        return false;
    enum decimal_verdict verdict = decimal_parse(cell, point, value);
    if (verdict != DECIMAL_GOOD)
        fail_number(table, slot, numbers->comma, verdict);
    if (value->units == (int64_t)value->units)
        keep_known(numbers, cell, *value);
    return true;
}

bool cell_real(const struct table *table, size_t slot, bool comma, double *value)
{
    if (cell_missing(table_cell(table, slot)))
        return false;
    enum decimal_verdict verdict = real_parse(table_cell(table, slot), comma ? ',' : '.', value);
    if (verdict != DECIMAL_GOOD)
        fail_number(table, slot, comma, verdict);
    return true;
}

struct value cell_value(const struct table *table, size_t slot, bool comma)
{
    double number;
    struct slice cell = table_cell(table, slot);
    if (slice_equal(cell, slice_of("Inf")) || slice_equal(cell, slice_of("-Inf")))
        return value_read(cell, '.');
    if (!cell_real(table, slot, comma, &number))
        return value_none();
    return (struct value){number};
}

double cell_number(const struct table *table, size_t slot, bool comma)
{
    double value = NAN;
    return cell_real(table, slot, comma, &value) ? value : NAN;
}

double cell_se(const struct table *table, size_t slot, bool comma)
{
    double se = cell_number(table, slot, comma);
    if (se < 0)
        fail_at(table_place(table, slot), "a standard error below 0; mend the cell");
    return se;
}

double cell_df(const struct table *table, size_t slot, bool comma)
{
    if (slice_equal(table_cell(table, slot), slice_of("Inf")))
        return INFINITY;
    double df = cell_number(table, slot, comma);
    if (df <= 0)
        fail_at(table_place(table, slot), "degrees of freedom of 0 or below; mend the cell");
    return df;
}

uint64_t cell_count(const struct table *table, size_t slot)
{
    uint64_t count;
    if (!slice_whole(table_cell(table, slot), &count))
        fail_at(table_place(table, slot), "%s is not a count; are these sums of jf-diff?",
                table_quoted(table, slot));
    return count;
}

int cell_period(const struct table *table, size_t slot, enum period_kind kind)
{
    struct slice cell = table_cell(table, slot);
    enum period_kind other;
    int number = period_read(kind, cell);
    if (number != PERIOD_NONE)
        return number;
    bool told = table_column(table, slot) != table->id &&
                period_read_any(cell, &other) != PERIOD_NONE && other != PERIOD_WAVE;
    if (told)
        fail_at(table_place(table, slot),
                "%s is a %s, and a %s such as %s was expected; say --from "
                "and --to in the form of the column",
                table_quoted(table, slot), period_noun(other), period_noun(kind),
                period_example(kind));
    fail_at(table_place(table, slot), "%s is not a %s such as %s; mend it",
            table_quoted(table, slot), period_noun(kind), period_example(kind));
}

void cell_put_decimal(struct sink *sink, struct decimal value)
{
    char text[DECIMAL_ROOM];
    sink_cell(sink, (struct slice){text, decimal_print(text, value)});
}

void cell_put_real(struct sink *sink, double value)
{
    char text[REAL_ROOM];
    sink_cell(sink, (struct slice){text, real_print(text, value)});
}

void cell_put_rounded(struct sink *sink, double value, const struct whole *digits)
{
    char text[REAL_ROOM];
    if (digits->given)
        sink_cell(sink,
                  (struct slice){text, real_print_decimals(text, value, (unsigned)digits->value)});
    else
        cell_put_real(sink, value);
}

void cell_put_p(struct sink *sink, double p, const struct whole *digits)
{
    char text[REAL_ROOM];
    unsigned significant = digits->value > 0 ? (unsigned)digits->value : 1;
    if (digits->given)
        sink_cell(sink, (struct slice){text, real_print_significant(text, p, significant)});
    else
        cell_put_real(sink, p);
}

void cell_put_count(struct sink *sink, uint64_t count, enum mask mask, uint64_t k)
{
    char text[32];
    snprintf(text, sizeof text, "<%llu", (unsigned long long)k);
    if (mask == MASK_NONE)
        sink_whole(sink, count);
    else
        sink_text(sink, mask == MASK_SMALL ? text : "NA");
}

struct decimal cell_option(const char *option, struct slice text)
{
    struct decimal value;
    if (decimal_parse(text, '.', &value) != DECIMAL_GOOD)
        misuse("--%s: %s is not a number such as 160.33", option, quoted_given(text));
    return value;
}

struct decimal cell_option_share(const char *option, const char *text, const char *hint,
                                 struct decimal *rest)
{
    static const struct decimal one = {1, 0};
    struct decimal share = cell_option(option, slice_of(text));
    if (share.units <= 0 || decimal_compare(share, one) >= 0)
        misuse("--%s: %s is not between 0 and 1; %s", option, quoted_text(text), hint);
    if (!decimal_add(one, decimal_negate(share), rest))
        misuse("--%s: %s has too many digits", option, quoted_text(text));
    return share;
}
