/*
 * joint: persons with all their values, for how the rows of a table of effects hang together.
 *
 * A row of the table is a key and an outcome. Rows make a family where they share everything but
 * period and window, outcome and arm; `split` names of these what they must share too. A person is
 * of a family with all of its rows or with none: who lacks a value of one is left out of all.
 *
 * A family's rows are its members, those that any person has; a cell is those of its persons who
 * are of one stratum and arm. When a member comes that persons before did not have, they lack it,
 * and are left out. So what is held depends on the persons, not on their order.
 */
#ifndef JF_JOINT_H
#define JF_JOINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/heap.h"
#include "base/map.h"
#include "base/option.h"
#include "base/slice.h"
#include "number/decimal.h"
#include "number/moments.h"
#include "number/products.h"
#include "trial/design.h"
#include "trial/groups.h"

enum { JOINT_MEMBERS = 1000 };

struct joint_member {
    struct slice key; /* cells */
    size_t outcome;
    uint64_t persons; /* who have a row of it */
};

struct joint_family {
    struct slice label; /* without arm */
    struct map names;   /* of members: number of the outcome, then the key */
    struct joint_member *members;
    size_t room;
    uint64_t persons;

    /* Of the person at hand. */
    size_t cell;            /* JOINT_NONE: no row yet */
    struct decimal *values; /* by member */
    uint64_t *seen;         /* by member: the person who had a row of it last */
    size_t vector_room, rows;
    bool lacking; /* a value is missing */
};
#define JOINT_NONE SIZE_MAX

struct joint_cell {
    size_t family;
    struct slice stratum, arm;
    uint64_t n, out;         /* persons; and those who are left out */
    struct moments *moments; /* by member */
    size_t moments_room;
    struct products products;
};

struct joint_place {
    size_t cell, member;
};

struct joint {
    const struct design *design;
    struct groups *groups;
    bool *key_in_label; /* by column of the key */
    bool split, split_outcome, split_arm;
    struct map labels; /* of families */
    struct joint_family *families;
    size_t families_room;
    struct map names; /* of cells: label, stratum, arm */
    struct joint_cell *cells;
    size_t cells_room;
    struct joint_place *places;                   /* by group, by outcome */
    size_t places_room, placed;                   /* groups */
    uint64_t person;                              /* number of the one at hand, from 1 */
    size_t *touched, touched_count, touched_room; /* his families */
    char *name;
    size_t name_room;
    struct arena bytes;
};

/* Nobody yet. The groups are those of the design; what `split` names must be columns of the key,
 * or `outcome` or `arm`. */
struct joint joint_begin(const struct design *design, struct groups *groups,
                         const struct list *split);

/* Where a group's values of an outcome go; groups are placed as they are numbered. */
struct joint_place joint_place(struct joint *joint, size_t group, size_t outcome);

/* The same without a memory of groups, for outcomes that are not all known yet. */
struct joint_place joint_place_of(struct joint *joint, const struct group *group, size_t outcome);

/* A person, and each of his values; NULL: it is missing. The answer is what is wrong. */
enum joint_verdict {
    JOINT_GOOD,
    JOINT_TWICE, /* the person has had a row of that key */
    JOINT_ARMS   /* he has had one of another arm or stratum */
};
void joint_person(struct joint *joint);
enum joint_verdict joint_value(struct joint *joint, size_t group, size_t outcome,
                               const struct decimal *value);

/* The person has no more rows. */
void joint_end_person(struct joint *joint);

/* Who lacks a row of a family that he is of: the first such member, and how many persons. False
 * where nobody lacks any. */
bool joint_lacking(const struct joint *joint, struct joint_member *member, uint64_t *persons,
                   uint64_t *of);

/* Room in a cell, or in each, for all members of its family. */
void joint_widen_cell(struct joint *joint, size_t cell);
void joint_widen(struct joint *joint);

/* Sets the groups' moments: persons who are left out are missing. */
void joint_fill(struct joint *joint);

/* The family and the member of a key that is there, and an outcome. */
struct joint_row {
    size_t family, member;
};
struct joint_row joint_row(struct joint *joint, struct slice key, size_t outcome);

/* The cell of a family's stratum and arm; NULL: nobody is there. */
const struct joint_cell *joint_cell(struct joint *joint, size_t family, struct slice stratum,
                                    struct slice arm);

/* The family of rows of an arm, as it is shown: the values that make it, commas between them;
 * `all` where there are none. */
struct slice joint_label(struct joint *joint, size_t family, struct slice arm);

void joint_free(struct joint *joint);

#endif
