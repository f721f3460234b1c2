/*
 * collect: the rows of a stream, person by person, to what their values come to (joint).
 *
 * The rows of a person stand together. Threads read them; whole persons are added in the order of
 * the stream, by one thread, as there is little to do for those with few values other than 0.
 */
#ifndef JF_COLLECT_H
#define JF_COLLECT_H

#include <stdbool.h>
#include <stdint.h>

struct design;
struct joint;
struct sink;
struct table;

/* Adds all persons, and returns how many rows were read. Whatever is wrong with a row is a message
 * and the end, and so is a person who lacks a row, or stands in two places. Nothing is written to
 * `out`. */
uint64_t collect_rows(struct joint *joint, struct design *design, struct table *table,
                      struct sink *out, bool comma);

#endif
