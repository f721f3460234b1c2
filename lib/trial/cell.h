/*
 * cell: the bridge from the stream to numbers.
 *
 * A cell becomes a decimal, a double, a count or a period, or is missing; what
 * is none of these is a message with its place and the end.
 */
#ifndef JF_CELL_H
#define JF_CELL_H

#include <string.h>

#include "base/option.h"
#include "base/slice.h"
#include "number/decimal.h"
#include "number/mask.h"
#include "number/period.h"
#include "number/value.h"
#include "stream/sink.h"
#include "stream/table.h"

/* Missing: empty, `.`, `NA` or `\N`. */
bool cell_missing(struct slice cell);

/* It is an error if the id is the name of its column: a header among the rows, of files put behind
 * each other, which would pass for a person. */
void cell_check_header(const struct table *table, size_t id);

/* The bytes of a cell of at most CELL_SHORT as one word, zeros behind them. (It reads
 * eight: TEXT_PAD bytes lie behind any cell.) No two cells have the same word, as none holds
 * a NUL or a line end, and none has the word 0. */
enum { CELL_SHORT = 8 };

/* The word of the empty cell, two tabs: no other cell's, and no short number has its place. */
enum { CELL_EMPTY = 0x0909 };

static inline uint64_t cell_word(struct slice cell)
{
    uint64_t word;
    unsigned spare = 8 * (CELL_SHORT - (unsigned)cell.length);
    memcpy(&word, cell.bytes, sizeof word);
    if (cell.length == 0)
        return CELL_EMPTY;
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    return word >> spare << spare;
#else
    return word << spare >> spare;
#endif
}

/*
 * A memory of short cells: a direct-mapped cache. A register holds few different ones, over
 * and over, so what was made of them before is kept, in arrays by place; words[place] tells of
 * which cell it is. Zeroed words are those of none. `places` is a power of two.
 *
 * Whether the cell's is kept, and the place where it is or would be; CELL_LONG where the cell
 * is not short.
 */
#define CELL_LONG SIZE_MAX
static inline bool cell_known(const uint64_t *words, size_t places, struct slice cell,
                              size_t *place)
{
    *place = CELL_LONG;
    if (cell.length > CELL_SHORT)
        return false;
    uint64_t word = cell_word(cell);
    *place = (size_t)((word * 0x9e3779b97f4a7c15) >> 40) & (places - 1);
    return words[*place] == word;
}

/* How the numbers of a table are written, and the short ones that were read lately. A zeroed
 * struct is that of a decimal point; some 12 KiB. */
enum { NUMBERS_KNOWN = 512 };
struct numbers {
    bool comma; /* the decimal point is a comma, and a point is an error */
    uint64_t words[NUMBERS_KNOWN];
    int64_t units[NUMBERS_KNOWN];
    unsigned scales[NUMBERS_KNOWN];
};

/* What cell_decimal does, slowly. */
bool cell_decimal_any(struct numbers *numbers, const struct table *table, size_t slot,
                      struct decimal *value);

/* The cell of that slot as a number; false if it is missing. (`other` is there so that the
 * caller's value need not be in memory: to store it in parts and load it whole takes longer
 * than all the rest.) */
static inline bool cell_decimal(struct numbers *numbers, const struct table *table, size_t slot,
                                struct decimal *value)
{
    size_t at;
    if (cell_known(numbers->words, NUMBERS_KNOWN, table_cell(table, slot), &at)) {
        *value = (struct decimal){numbers->units[at], numbers->scales[at]};
        return true;
    }
    struct decimal other = {0};
    bool present = cell_decimal_any(numbers, table, slot, &other);
    *value = other;
    return present;
}

bool cell_real(const struct table *table, size_t slot, bool comma, double *value);

/* The same where NaN is missing. A standard error below 0 is an error, and so are degrees of
 * freedom that are not above 0; those may be Inf, the normal distribution. */
double cell_number(const struct table *table, size_t slot, bool comma);
double cell_se(const struct table *table, size_t slot, bool comma);
double cell_df(const struct table *table, size_t slot, bool comma);

/* The same for what is drawn: none where it is missing; `Inf` and `-Inf` are values. */
struct value cell_value(const struct table *table, size_t slot, bool comma);

/* The cell as a whole number of at most 18 digits; a missing one is an error. */
uint64_t cell_count(const struct table *table, size_t slot);

/* The cell as a period of that kind (see period_read); a missing one is an error. */
int cell_period(const struct table *table, size_t slot, enum period_kind kind);

/* Adds a cell to the row in the making. NaN is NA. */
void cell_put_decimal(struct sink *sink, struct decimal value);
void cell_put_real(struct sink *sink, double value);

/* The same for people, where --digits is given: rounded to so many decimals, and a p value to so
 * many significant digits, one at least, so that a small one is not 0. */
void cell_put_rounded(struct sink *sink, double value, const struct whole *digits);
void cell_put_p(struct sink *sink, double p, const struct whole *digits);

/* Adds a count under its mask: a small one is <k, one that protects it NA. */
void cell_put_count(struct sink *sink, uint64_t count, enum mask mask, uint64_t k);

/* An option's number: not of that form is misuse, which names the option. */
struct decimal cell_option(const char *option, struct slice text);

/* The same of a number between 0 and 1, neither of them; `hint` says how one is written, "95
 * percent is 0.95". `rest` becomes 1 less it, in decimals: 0.05, not 0.050000000000000044. */
struct decimal cell_option_share(const char *option, const char *text, const char *hint,
                                 struct decimal *rest);

#endif
