/*
 * clusters: the standard errors of a design whose persons come in clusters (--cluster).
 *
 * The groups of a key, stratum and arm are then one for each cluster, and number/cluster makes of
 * them what the rows' differences are worth.
 */
#ifndef JF_CLUSTERS_H
#define JF_CLUSTERS_H

#include "base/heap.h"
#include "base/slice.h"
#include "number/cluster.h"
#include "number/estimate.h"
#include "trial/design.h"
#include "trial/groups.h"

/* Numbers the clusters of groups that are not sorted yet, in the order of keys_compare. */
void clusters_number(struct groups *groups);

/* The rows of a design. */
struct clusters {
    const struct design *design;
    enum cluster_se se;
    size_t fewest; /* clusters of a row; 0: there is no row yet */
};

/* Sets the errors, the degrees of freedom and the covariance of a row's estimate, and returns how
 * many clusters have values. Those of an arm without a value stay as they are. It is an error if an
 * arm of a stratum is one cluster, or if there are fewer than three. */
size_t clusters_estimate(struct clusters *clusters, struct arena *arena,
                         const struct group_strata *strata, struct slice treated, size_t outcome,
                         struct estimate *estimate);

/* Warns of CR1S with few clusters. */
void clusters_end(const struct clusters *clusters);

#endif
