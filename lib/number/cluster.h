/*
 * cluster: the standard error of a difference between arms whose persons come in clusters.
 *
 * Persons of one school or town are alike, so what varies by chance is the clusters. A cell c is an
 * arm in a stratum, of N_c persons; cluster g has m_gc of them, whose values sum to T_gc. The
 * difference is the sum of k_c N_c mean_c, with k_c = w_b / N_c of the treated, -w_b / N_c of the
 * control, w_b the stratum's share of all N persons (1 where there are no strata). With
 * e_gc = T_gc - m_gc mean_c and f_gc = 1 - m_gc / N_c:
 *
 * CR2   se^2 = sum over g of (sum over c of k_c e_gc / sqrt(f_gc))^2 (Bell and McCaffrey 2002,
 *       closed form, as cells are orthogonal). With kappa_gc = k_c m_gc / sqrt(f_gc N_c),
 *       Q = sum over g of kappa_g kappa_g' and omega_g = sum over c of k_c^2 m_gc
 *       df = (sum of omega_g)^2
 *            / (sum of omega_g^2 + sum of Q_cd^2 - sum over g of (sum over c of kappa_gc^2)^2)
 *       (theirs, under errors that are independent and of one variance).
 * CR1S  se^2 = G/(G - 1) (N - 1)/(N - p) sum over g of (sum over c of k_c e_gc)^2 of G clusters
 *       and p cells, df = G - 1 (Liang and Zeger 1986, with the factor of Stata).
 *
 * CR1S is worked out in whole numbers and rounded once. Of CR2 each e_gc is rounded once; the roots
 * and the sums are of doubles, added up in the clusters' order with what was lost kept beside.
 */
#ifndef JF_CLUSTER_H
#define JF_CLUSTER_H

#include <stddef.h>
#include <stdint.h>

#include "base/heap.h"
#include "number/estimate.h"
#include "number/integer.h"
#include "number/moments.h"

enum cluster_se { CLUSTER_CR2, CLUSTER_CR1S };
#define CLUSTER_SE_WORDS "CR2|CR1S"

/* A stratum's treated or control persons. From `all` on the fields are the room's own. */
struct cluster_cell {
    bool treated;
    uint64_t stratum_n;  /* persons of the stratum, in both arms */
    struct moments all;  /* of all clusters */
    size_t begin, count; /* its pieces in by_cell */
    struct integer sum;  /* of all clusters, in units of 10^-scale */
};

/* What a cluster has in a cell; n > 0. */
struct cluster_piece {
    size_t cluster, cell;
    const struct moments *moments;
};

/* A zeroed struct has no cells and no pieces. */
struct cluster_data {
    struct cluster_cell *cells; /* by stratum, the treated first */
    struct cluster_piece *pieces;
    size_t cells_used, piece_count;
    size_t cells_room, pieces_room;
    size_t clusters; /* with persons; cluster_settle's, as the rest */
    uint64_t persons;
    unsigned scale;
    struct arena arena; /* of the cells' sums */
    size_t *by_cell;    /* numbers of pieces */
};

/* Adds a cell, which the pieces that follow are of; and a piece of it. Clusters are told apart and
 * ordered by number. */
void cluster_add_cell(struct cluster_data *data, bool treated, uint64_t stratum_n);
void cluster_add_piece(struct cluster_data *data, size_t cluster, const struct moments *moments);

/* All are added: sorts and counts. */
void cluster_settle(struct cluster_data *data);

/* The first cell that is one cluster alone, where nothing tells how clusters vary; or
 * CLUSTER_NONE. */
#define CLUSTER_NONE SIZE_MAX
size_t cluster_whole(const struct cluster_data *data);

/* Sets se, df, cov_control and the arms' se. Each cell has two clusters or more. */
void cluster_estimate(struct arena *arena, const struct cluster_data *data, enum cluster_se se,
                      struct estimate *estimate);

void cluster_free(struct cluster_data *data);

#endif
