/*
 * cell: the bridge from the stream to numbers.
 *
 * A cell becomes a decimal, a double, a count or a period, or is missing; what
 * is none of these is a message with its place and the end.
 */
#ifndef JF_CELL_H
#define JF_CELL_H

#include <string.h>

#include "number/decimal.h"
#include "number/mask.h"
#include "stream/sink.h"
#include "stream/table.h"

/* Missing: empty, `.`, `NA` or `\N`. */
bool cell_missing(struct slice cell);

/*
 * How the numbers of a table are written, and the short ones that were read
 * lately: a register holds few different ones, over and over, so most cells
 * need no reading. A zeroed struct is that of a decimal point; some 16 KiB.
 */
enum { NUMBERS_KNOWN = 512, NUMBERS_WORD = 8 };
struct numbers {
    bool comma; /* the decimal point is a comma, and a point is an error */
    struct {
        uint64_t word; /* the cell's bytes, as they lie in memory; 0: none */
        int64_t units;
        unsigned scale;
    } known[NUMBERS_KNOWN];
};

/* The bytes of a cell of at most 8 bytes as one word, zeros behind them. (It reads
 * eight: TEXT_PAD bytes lie behind any cell.) No two cells have the same word, as
 * none holds a NUL. */
static inline uint64_t cell_word(struct slice cell)
{
    uint64_t word;
    unsigned spare = 8 * (NUMBERS_WORD - (unsigned)cell.length);
    memcpy(&word, cell.bytes, sizeof word);
    if (cell.length == 0)
        return 0;
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    return word >> spare << spare;
#else
    return word << spare >> spare;
#endif
}

/* Where a word is kept, of `places`, a power of two. */
static inline size_t cell_place(uint64_t word, size_t places)
{
    return (size_t)((word * 0x9e3779b97f4a7c15) >> 40) & (places - 1);
}

/* What cell_decimal does, slowly. */
bool cell_decimal_any(struct numbers *numbers, const struct table *table, size_t slot,
                      struct decimal *value);

/* The cell of that slot as a number; false if it is missing. (`other` is there so that the
 * caller's value need not be in memory: to store it in parts and load it whole takes longer
 * than all the rest.) */
static inline bool cell_decimal(struct numbers *numbers, const struct table *table, size_t slot,
                                struct decimal *value)
{
    struct slice cell = table_cell(table, slot);
    if (cell.length - 1 < NUMBERS_WORD) {
        uint64_t word = cell_word(cell);
        size_t place = cell_place(word, NUMBERS_KNOWN);
        if (numbers->known[place].word == word) {
            *value = (struct decimal){numbers->known[place].units, numbers->known[place].scale};
            return true;
        }
    }
    struct decimal other = {0};
    bool present = cell_decimal_any(numbers, table, slot, &other);
    *value = other;
    return present;
}

bool cell_real(const struct table *table, size_t slot, bool comma, double *value);

/* The cell as a whole number of at most 18 digits; a missing one is an error. */
uint64_t cell_count(const struct table *table, size_t slot);

/* The cell as a month (see period_parse); a missing one is an error. */
int cell_month(const struct table *table, size_t slot);

/* Adds a cell to the row in the making. NaN is NA. */
void cell_put_decimal(struct sink *sink, struct decimal value);
void cell_put_real(struct sink *sink, double value);

/* Adds a count under its mask: a small one is <k, one that protects it NA. */
void cell_put_count(struct sink *sink, uint64_t count, enum mask mask, uint64_t k);

/* An option's number: not of that form is misuse, which names the option. */
struct decimal cell_option(const char *option, struct slice text);

#endif
