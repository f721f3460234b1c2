/*
 * long: months out of a table with a row a person and month, or a row a job.
 */
#ifndef JF_LONG_H
#define JF_LONG_H

#include "trial/months.h"

/*
 * Reads all rows. Rows of one id stand together and their months ascend; rows of
 * one id and month are summed. Rows outside the range are passed over. Where the
 * range is closed at both ends, a month of it without a row is taken as missing.
 * An id that comes again after another, months out of order, and a kept cell
 * that changes within a month are errors; the ids seen are held to know it.
 */
void long_read(const struct months *months, size_t period, size_t value);

#endif
