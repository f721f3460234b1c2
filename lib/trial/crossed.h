/*
 * crossed: the sums of a joint as rows, and back, added up (parts.h).
 *
 * A row is two members of a family in a stratum and an arm: the key and the outcome of the first,
 *     outcome arm i j n missing sum sumprod
 * where i is its number in the family, in the order of keys, from 1, and j that of the second, at
 * most i; n how many persons have a value in all of the family's rows, and missing how many are
 * left out; sum the first's (NA where j is not i), and sumprod the sum of the products of both.
 */
#ifndef JF_CROSSED_H
#define JF_CROSSED_H

#include <stdint.h>

struct design;
struct joint;
struct parts_options;
struct sink;
struct table;

/* Writes the sums, of `read` rows; the groups must be sorted. */
void crossed_write(struct joint *joint, const struct parts_options *options, uint64_t read,
                   struct sink *out);

/* Adds up the sums in the table. Damaged ones are an error, and so are parts that are not all there
 * (parts.h), or whose families have other rows. */
void crossed_read(struct joint *joint, struct design *design, const struct parts_options *options,
                  struct table *table);

#endif
