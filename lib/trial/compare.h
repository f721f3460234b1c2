/*
 * compare: groups of a design to the rows that are their arms' differences.
 */
#ifndef JF_COMPARE_H
#define JF_COMPARE_H

#include "number/estimate.h"
#include "trial/clusters.h"
#include "trial/design.h"
#include "trial/effect.h"
#include "trial/groups.h"

enum compare_variance { COMPARE_WELCH, COMPARE_POOLED };
#define COMPARE_VARIANCE_WORDS "welch|pooled"

/* How: the words are those of jf-diff. */
struct compare {
    const struct design *design;
    enum compare_variance variance;
    enum estimate_df df;
    enum groups_small small;
    struct clusters *clusters; /* of effects that are clustered; else it may be NULL */
};

/* Adds a row for each key, outcome and treated arm of the sorted groups, in this order. Strata that
 * are too small for what is said of them are an error. */
void compare_groups(const struct compare *compare, const struct groups *groups,
                    struct effects *effects);

#endif
