/*
 * groups: exact moments for each key, stratum and arm.
 *
 * A group is named by the cells of three lists of columns; it has moments for
 * each outcome, by number. What is held is the groups, never the rows.
 */
#ifndef JF_GROUPS_H
#define JF_GROUPS_H

#include "trial/keys.h"
#include "number/moments.h"

struct group {
    struct slice key, stratum, arm; /* cells, tabs between them */
    struct moments *moments;        /* by outcome */
    size_t outcomes;                /* that have moments here */
};

struct groups {
    struct keys keys; /* its slots: those of the key, of the stratum, of the arm */
    size_t key_count, stratum_count;
    struct group *groups; /* by number of their key, until they are sorted */
    size_t room;
};

/* The slot of the arm. */
size_t groups_arm(const struct groups *groups);

/* Makes the group of a key that came for the first time. */
void groups_begin(struct groups *groups, const struct table *table, size_t number);

/* The group of the row at hand; `fresh` is set where it is the group's first. */
static inline struct group *groups_of_row(struct groups *groups, const struct table *table,
                                          bool *fresh)
{
    size_t count = groups->keys.names.count;
    size_t number = keys_of_row(&groups->keys, table);
    *fresh = number == count;
    if (*fresh)
        groups_begin(groups, table, number);
    return &groups->groups[number];
}

/* Room for the moments of so many outcomes. */
void group_widen(struct group *group, size_t outcomes);

/* The group's moments of an outcome; those of no values at first. */
static inline struct moments *group_moments(struct group *group, size_t outcome)
{
    if (outcome >= group->outcomes)
        group_widen(group, outcome + 1);
    return &group->moments[outcome];
}

/* Empty groups by the same columns. */
struct groups groups_alike(const struct groups *groups);

/* Adds all that `from` has seen. */
void groups_merge(struct groups *groups, const struct groups *from);

/* Sorts by key, stratum and arm, bytewise; no row may come after. */
void groups_sort(struct groups *groups);

/* How many of `count` sorted groups, at least one, begin with the same key; and
 * with the same key and stratum. */
size_t groups_same_key(const struct group *groups, size_t count);
size_t groups_same_stratum(const struct group *groups, size_t count);

/* Frees all, the list of slots too. */
void groups_free(struct groups *groups);

#endif
