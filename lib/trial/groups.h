/*
 * groups: exact moments for each key, stratum and arm of a design, and each cluster there.
 *
 * What is held is the groups, never the rows.
 */
#ifndef JF_GROUPS_H
#define JF_GROUPS_H

#include "base/slice.h"
#include "number/moments.h"
#include "stream/table.h"
#include "trial/design.h"
#include "trial/keys.h"

struct group {
    struct slice key, stratum, cluster, arm; /* cells, tabs between them */
    size_t place;                            /* of the cluster, in order; see clusters.h */
    struct moments *moments;                 /* by outcome */
    size_t outcomes;                         /* that have moments here */
};

struct groups {
    const struct design *design;
    struct keys keys;
    struct group *groups; /* by number of their key, until they are sorted */
    size_t room;
    size_t bytes; /* of the groups' names */
};

/* No groups yet. The design must outlive them. */
struct groups groups_begin(const struct design *design);

/* Makes the group of a key that came for the first time, with the row at hand. */
void groups_add(struct groups *groups, const struct table *table, size_t number);

/* The group of the row at hand; `fresh` is set where it is the group's first. (Compilers would
 * make it a call, as it is long: 6 per cent of jf-diff.) */
#define GROUPS_INLINE static inline __attribute__((always_inline))
GROUPS_INLINE struct group *groups_of_row(struct groups *groups, const struct table *table,
                                          bool *fresh)
{
    size_t number;
    *fresh = keys_of_row(&groups->keys, table, &number);
    if (*fresh)
        groups_add(groups, table, number);
    return &groups->groups[number];
}

/* The number of the group, among these, that is called as that one is among others of the same
 * design; it is made where there is none. */
size_t groups_find(struct groups *groups, const struct groups *from, size_t other);

/* Room for the moments of so many outcomes. */
void group_widen(struct group *group, size_t outcomes);

/* The group's moments of an outcome; those of no values at first. */
static inline struct moments *group_moments(struct group *group, size_t outcome)
{
    if (outcome >= group->outcomes)
        group_widen(group, outcome + 1);
    return &group->moments[outcome];
}

/* The group of these cells, tabs between them, made if there is none. For groups that were gathered
 * otherwise than from rows. */
struct group *groups_named(struct groups *groups, struct slice key, struct slice stratum,
                           struct slice cluster, struct slice arm);

/* How many groups there are. */
size_t groups_count(const struct groups *groups);

/* Adds all that `from`, of the same design, has seen, which is empty then. */
void groups_merge(struct groups *groups, struct groups *from);

/* It is an error, at the row at hand, if the moments of so many groups with clusters take more
 * than the design's --max-memory. */
void groups_bound(const struct groups *groups, const struct table *row);

/* Sorts by key, stratum and arm (keys_compare), and by the clusters' places; no row may come
 * after. */
void groups_sort(struct groups *groups);

/* How many of `count` sorted groups, at least one, begin with the same key. */
size_t groups_of_key(const struct group *groups, size_t count);

/* What becomes of strata with fewer than two values in an arm. */
enum groups_small {
    GROUPS_SMALL_PAIRS,  /* all strata have one value in each arm */
    GROUPS_SMALL_POOL,   /* they are taken together */
    GROUPS_SMALL_DROP,   /* they are left out */
    GROUPS_SMALL_REFUSED /* they are an error */
};
#define GROUPS_SMALL_WORDS "pairs|pool|drop"

/* It is an error if a stratum of the sorted groups has too few values in an arm that is compared
 * there: fewer than two, or none under pool; or other than one under pairs. The first ten are
 * named, none where --min-cell masks. */
void groups_check_strata(const struct groups *groups, enum groups_small small);

void groups_free(struct groups *groups);

/* The strata of one key, one of no name where there are none. */
struct group_strata {
    struct group *groups; /* sorted */
    size_t count;
    size_t *starts; /* where each begins, and the end; the caller frees */
};

/* The strata of the `count` sorted groups of one key, at least one. */
struct group_strata groups_strata(struct group *groups, size_t count);

/* The groups of an arm, one a cluster: how many, and `first` of them, in `count` sorted groups of
 * one key and stratum. */
size_t groups_of_arm(const struct group *groups, size_t count, struct slice arm, size_t *first);

/* The moments of a treated arm and the control, of one key. */
struct group_pair {
    struct moments all_treated, all_control;

    /* By stratum that has values in either: */
    size_t strata;
    struct moments *treated, *control;
};

/* The pair, of an outcome by number. An arm that has no group has no values. */
struct group_pair group_pair(const struct group_strata *strata, struct slice treated,
                             struct slice control, size_t outcome);

/* Drops the strata with fewer than two values in an arm, and returns how many these are. Their
 * persons count as missing, so that all of the arm are counted as before. */
size_t group_pair_drop(struct group_pair *pair);

void group_pair_free(struct group_pair *pair);

#endif
