/*
 * real: doubles as text; read exactly, printed shortest.
 */
#ifndef JF_REAL_H
#define JF_REAL_H

#include "base/slice.h"
#include "number/decimal.h"

enum { REAL_ROOM = 512 };

/* The double nearest to the number written (ties to even), however many digits it has.
 * A number too large for a double is TOO_LONG, and so is one that would become 0
 * without being 0. */
enum decimal_verdict real_parse(struct slice text, char point, double *value);

/* The nearest double to a decimal, and to a decimal divided by a whole number. */
double real_of_decimal(struct decimal value);
double real_of_quotient(struct decimal value, uint64_t divisor);

/*
 * Writes the shortest text that reads back as the same double: with a point
 * where 1e-5 <= |value| < 1e17, else as d.ddde-ddd. Not a number is NA, the
 * infinities are Inf and -Inf, zero is 0 whatever its sign. At most REAL_ROOM
 * bytes, no NUL. Returns their number.
 */
size_t real_print(char *text, double value);

/* The same, rounded for people (ties to even): to that many decimals, 0 to 17, which are
 * all written, or to that many significant digits, 1 to 17. */
size_t real_print_decimals(char *text, double value, unsigned decimals);
size_t real_print_significant(char *text, double value, unsigned digits);

#endif
