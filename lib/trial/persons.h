/*
 * persons: who is counted. The options --units and --id, and the watch over the rows of a table.
 *
 * Unless rows are the units, a row is a person's, who may stand once in a key.
 */
#ifndef JF_PERSONS_H
#define JF_PERSONS_H

#include "base/option.h"
#include "base/slice.h"
#include "stream/table.h"
#include "trial/watch.h"

enum persons_units { PERSONS_COUNT, PERSONS_ROWS };
#define PERSONS_UNITS_WORDS "persons|rows"

struct persons_options {
    enum persons_units units;
    const char *id; /* the column; NULL: the first */
    bool listed;    /* persons are those of a list: rows cannot be units */
};

/* OPTION_GROUP(persons_options, &persons_model, &opt.persons) */
extern const struct option_row persons_options[];
extern const struct persons_options persons_model;

/* What else a column is: `a key`. */
struct persons_role {
    const char *name;
    const size_t *slots;
    size_t count;
};

struct persons {
    size_t id; /* slot; TABLE_NONE: rows are counted, and nobody is watched */
    struct persons_role key;
    struct watch watch;
    char *name; /* of a key */
    size_t name_room;
};

/* Refuses the options where `what` (--from-sums) says that there are no rows. */
void persons_refuse(const struct persons_options *options, const char *what);

/* Plans who is counted in the rows of the table, and wants the column of ids, which it is an
 * error to have another role. The first role is that of the key, and must outlive this. */
void persons_plan(struct persons *persons, const struct persons_options *options,
                  struct table *table, const struct persons_role *roles, size_t count);

/* What a part does with its next key; and with a row, in the key of that number. See watch.h for
 * the rest. */
static inline void persons_add_key(const struct persons *persons, struct watch_part *part,
                                   struct slice key)
{
    if (persons->id != TABLE_NONE)
        watch_add_key(part, key);
}
static inline void persons_take(const struct persons *persons, struct watch_part *part,
                                const struct table *row, size_t number)
{
    if (persons->id != TABLE_NONE)
        watch_row(part, number, table_cell(row, persons->id));
}

/* What the owner does at a seam (rows.h). */
void persons_seam(struct persons *persons, const struct table *row, bool first);

/* All rows are taken: whether somebody stands twice in a key. Then each key is to be named, in
 * the order of output, and persons_fail says so. */
bool persons_twice(struct persons *persons);
void persons_name(struct persons *persons, struct slice key);
_Noreturn void persons_fail(const struct persons *persons);

void persons_free(struct persons *persons);

#endif
