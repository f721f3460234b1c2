#include "number/covariance.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/heap.h"
#include "number/decimal.h"
#include "number/real.h"

static bool is_unknown(struct slice text)
{
    return slice_equal(text, slice_of("NA"));
}

static bool read_entry(struct slice text, double *value)
{
    *value = NAN;
    return is_unknown(text) || real_parse(text, '.', value) == DECIMAL_GOOD;
}

static size_t count_entries(struct slice list)
{
    size_t count = 1;
    for (size_t i = 0; i < list.length; i++)
        count += list.bytes[i] == ',';
    return count;
}

/* Where the entries of a row begin. */
static size_t begin(size_t row)
{
    return row * (row + 1) / 2;
}

/* Whether the row's entries fit its se, and the variances of the rows before it. */
static enum covariance_verdict check(const struct covariance *c, size_t row, double se)
{
    double variance = covariance_get(c, row, row);
    if (isnan(variance) != isnan(se) || fabs(variance - se * se) > 1e-12 * se * se)
        return COVARIANCE_VARIANCE;
    for (size_t i = 0; i < row; i++) {
        double entry = covariance_get(c, row, i), other = covariance_get(c, i, i);
        if (entry * entry > variance * other * (1 + 1e-9))
            return COVARIANCE_IMPOSSIBLE;
    }
    return COVARIANCE_GOOD;
}

enum covariance_verdict covariance_add(struct covariance *c, struct slice list, struct slice se,
                                       size_t *entries)
{
    size_t row = c->rows, first = begin(row);
    bool nothing = is_unknown(list);
    double error;
    *entries = count_entries(list);
    if (*entries != row + 1 && !nothing)
        return COVARIANCE_LENGTH;
    if (!read_entry(se, &error))
        return COVARIANCE_VARIANCE;
    c->entries = heap_grow(c->entries, &c->room, first + row + 1, sizeof *c->entries);
    for (size_t i = 0; i <= row; i++)
        if (!read_entry(nothing ? list : slice_cut(&list, ','), &c->entries[first + i]))
            return COVARIANCE_TEXT;
    c->rows++;
    return check(c, row, error);
}

void covariance_push(struct covariance *c, double entry)
{
    c->entries = heap_grow(c->entries, &c->room, c->pushed + 1, sizeof *c->entries);
    c->entries[c->pushed++] = entry;
    if (c->pushed == begin(c->rows + 1))
        c->rows++;
}

size_t covariance_room(size_t row)
{
    return (row + 1) * (REAL_ROOM + 1);
}

size_t covariance_print(char *text, const struct covariance *c, size_t row, const bool *hidden)
{
    char *at = text;
    bool unknown = hidden[row] || isnan(covariance_get(c, row, row));
    for (size_t i = unknown ? row : 0; i <= row; i++) {
        if (at > text)
            *at++ = ',';
        at += real_print(at, hidden[i] ? NAN : covariance_get(c, row, i));
    }
    return (size_t)(at - text);
}

double covariance_get(const struct covariance *c, size_t one, size_t other)
{
    size_t row = one > other ? one : other, column = one > other ? other : one;
    return c->entries[begin(row) + column];
}

bool covariance_of_means(double diff, double treated, double control)
{
    return !(fabs(treated - control - diff) > 1e-12 * (fabs(treated) + fabs(control)));
}

void covariance_free(struct covariance *c)
{
    free(c->entries);
    *c = (struct covariance){0};
}
