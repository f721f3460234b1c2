#include "number/cluster.h"

#include <math.h>
#include <stdlib.h>

#include "number/ratio.h"

void cluster_add_cell(struct cluster_data *data, bool treated, uint64_t stratum_n)
{
    data->cells =
        heap_grow(data->cells, &data->cells_room, data->cells_used + 1, sizeof *data->cells);
    data->cells[data->cells_used++] =
        (struct cluster_cell){.treated = treated, .stratum_n = stratum_n};
}

void cluster_add_piece(struct cluster_data *data, size_t cluster, const struct moments *moments)
{
    struct cluster_cell *cell = &data->cells[data->cells_used - 1];
    data->pieces =
        heap_grow(data->pieces, &data->pieces_room, data->piece_count + 1, sizeof *data->pieces);
    data->pieces[data->piece_count++] =
        (struct cluster_piece){cluster, data->cells_used - 1, moments};
    moments_merge(&cell->all, moments);
    cell->count++;
    data->persons += moments->n;
}

/* The sum in units of 10^-scale. */
static struct integer units_of(struct arena *arena, const struct moments *moments, unsigned scale)
{
    if (moments->scale == scale)
        return moments_sum(arena, moments).over;
    struct moments raised = {.scale = scale};
    moments_merge(&raised, moments);
    return moments_sum(arena, &raised).over;
}

static int by_cluster(const void *a, const void *b)
{
    const struct cluster_piece *one = a, *other = b;
    if (one->cluster != other->cluster)
        return one->cluster < other->cluster ? -1 : 1;
    return (one->cell > other->cell) - (one->cell < other->cell);
}

/* Where the pieces of the cluster that begins at `from` end. */
static size_t cluster_end(const struct cluster_data *data, size_t from)
{
    size_t to = from + 1;
    while (to < data->piece_count && data->pieces[to].cluster == data->pieces[from].cluster)
        to++;
    return to;
}

void cluster_settle(struct cluster_data *data)
{
    size_t begin = 0, *filled = heap_take(data->cells_used, sizeof *filled);
    if (data->piece_count > 0)
        qsort(data->pieces, data->piece_count, sizeof *data->pieces, by_cluster);
    data->by_cell = heap_take(data->piece_count, sizeof *data->by_cell);
    for (size_t c = 0; c < data->cells_used; c++) {
        struct cluster_cell *cell = &data->cells[c];
        cell->begin = begin;
        begin += cell->count;
        data->scale = cell->all.scale > data->scale ? cell->all.scale : data->scale;
    }
    for (size_t c = 0; c < data->cells_used; c++)
        data->cells[c].sum = units_of(&data->arena, &data->cells[c].all, data->scale);
    for (size_t i = 0; i < data->piece_count; i++) {
        size_t c = data->pieces[i].cell;
        data->by_cell[data->cells[c].begin + filled[c]++] = i;
    }
    for (size_t i = 0; i < data->piece_count; i = cluster_end(data, i))
        data->clusters++;
    free(filled);
}

size_t cluster_whole(const struct cluster_data *data)
{
    for (size_t c = 0; c < data->cells_used; c++)
        if (data->cells[c].count == 1)
            return c;
    return CLUSTER_NONE;
}

void cluster_free(struct cluster_data *data)
{
    free(data->cells);
    free(data->pieces);
    free(data->by_cell);
    arena_free(&data->arena);
}

/* N_c e_gc = N_c T_gc - m_gc S_c, in units of 10^-scale. */
static struct integer residual(struct arena *arena, const struct cluster_data *data,
                               const struct cluster_piece *piece)
{
    const struct cluster_cell *cell = &data->cells[piece->cell];
    struct integer own = units_of(arena, piece->moments, data->scale);
    struct integer n = integer_of(arena, (int128)cell->all.n);
    struct integer m = integer_of(arena, (int128)piece->moments->n);
    return integer_subtract(arena, integer_multiply(arena, n, own),
                            integer_multiply(arena, m, cell->sum));
}

/* ---- CR1S, in whole numbers ---- */

/* For each cell n_b L / N_c^2, L the product of all N_c^2; and L. */
static struct integer *multipliers(struct arena *arena, const struct cluster_data *data,
                                   struct integer *product)
{
    size_t count = data->cells_used;
    struct integer *of_cells = heap_take(count, sizeof *of_cells);
    struct integer before = integer_of(arena, 1), behind = before;
    for (size_t c = 0; c < count; c++) {
        struct integer n = integer_of(arena, (int128)data->cells[c].all.n);
        of_cells[c] = before;
        before = integer_multiply(arena, before, integer_multiply(arena, n, n));
    }
    for (size_t c = count; c-- > 0;) {
        struct integer n = integer_of(arena, (int128)data->cells[c].all.n);
        struct integer size = integer_of(arena, (int128)data->cells[c].stratum_n);
        of_cells[c] = integer_multiply(arena, integer_multiply(arena, of_cells[c], behind), size);
        behind = integer_multiply(arena, behind, integer_multiply(arena, n, n));
    }
    *product = before;
    return of_cells;
}

/* Sums over clusters: squares of the treated part and of the control's, and their products. */
struct whole_sums {
    struct integer treated, control, both;
};

static void add_cluster(struct arena *arena, const struct cluster_data *data,
                        const struct integer *of_cells, size_t from, size_t to,
                        struct whole_sums *sums)
{
    struct integer one = integer_of(arena, 0), zero = one;
    for (size_t i = from; i < to; i++) {
        const struct cluster_piece *piece = &data->pieces[i];
        struct integer term =
            integer_multiply(arena, of_cells[piece->cell], residual(arena, data, piece));
        if (data->cells[piece->cell].treated)
            one = integer_add(arena, one, term);
        else
            zero = integer_add(arena, zero, term);
    }
    sums->treated = integer_add(arena, sums->treated, integer_multiply(arena, one, one));
    sums->control = integer_add(arena, sums->control, integer_multiply(arena, zero, zero));
    sums->both = integer_add(arena, sums->both, integer_multiply(arena, one, zero));
}

/* G/(G - 1) (N - 1)/(N - p) / (n L 10^scale)^2, what the sums are multiplied by; n is N. */
static struct ratio factor_of(struct arena *arena, const struct cluster_data *data,
                              struct integer product)
{
    struct integer n = integer_of(arena, (int128)data->persons);
    struct integer root = integer_multiply(arena, integer_multiply(arena, n, product),
                                           integer_power_of_ten(arena, data->scale));
    struct ratio clusters = ratio_of(arena, (int128)data->clusters, (int128)data->clusters - 1);
    struct ratio persons =
        ratio_of(arena, (int128)data->persons - 1, (int128)(data->persons - data->cells_used));
    return ratio_divide(arena, ratio_multiply(arena, clusters, persons),
                        ratio_from(integer_multiply(arena, root, root), integer_of(arena, 1)));
}

static void estimate_cr1s(struct arena *arena, const struct cluster_data *data,
                          struct estimate *estimate)
{
    struct integer product, none = integer_of(arena, 0);
    struct integer *of_cells = multipliers(arena, data, &product);
    struct whole_sums sums = {none, none, none};
    for (size_t from = 0, to; from < data->piece_count; from = to) {
        to = cluster_end(data, from);
        add_cluster(arena, data, of_cells, from, to, &sums);
    }
    free(of_cells);
    struct ratio factor = factor_of(arena, data, product), unit = ratio_of(arena, 1, 1);
    struct integer beside = integer_subtract(arena, sums.both, sums.control);
    struct integer own = integer_subtract(arena, sums.treated, sums.both);
    struct ratio one = ratio_multiply(arena, factor, ratio_from(sums.treated, unit.under));
    struct ratio zero = ratio_multiply(arena, factor, ratio_from(sums.control, unit.under));
    struct ratio cov = ratio_multiply(arena, factor, ratio_from(beside, unit.under));
    struct ratio error =
        ratio_multiply(arena, factor, ratio_from(integer_subtract(arena, own, beside), unit.under));
    estimate->treated.se = ratio_root(arena, one);
    estimate->control.se = ratio_root(arena, zero);
    estimate->cov_control = ratio_round(arena, cov);
    estimate->se = ratio_root(arena, error);
    estimate->df = error.over.sign != 0 ? (double)(data->clusters - 1) : NAN;
}

/* ---- CR2, in doubles ---- */

/* A sum, and what rounding took from it (Neumaier 1974). */
struct sum {
    double value, lost;
};

static void sum_add(struct sum *sum, double term)
{
    double next = sum->value + term;
    sum->lost +=
        fabs(sum->value) >= fabs(term) ? sum->value - next + term : term - next + sum->value;
    sum->value = next;
}

static double sum_of(struct sum sum)
{
    return sum.value + sum.lost;
}

/* A piece in doubles; signs are those of the difference. */
struct term {
    double share; /* k_c e_gc / sqrt(f_gc) */
    double kappa, omega;
};

static struct term term_of(const struct cluster_data *data, struct arena *arena,
                           const struct cluster_piece *piece)
{
    const struct cluster_cell *cell = &data->cells[piece->cell];
    double n = (double)cell->all.n, m = (double)piece->moments->n;
    double f = (double)(cell->all.n - piece->moments->n) / n;
    double weight = (double)cell->stratum_n / (double)data->persons / n;
    double k = cell->treated ? weight : -weight;
    struct integer under = integer_multiply(arena, integer_of(arena, (int128)cell->all.n),
                                            integer_power_of_ten(arena, data->scale));
    double e = ratio_round(arena, ratio_from(residual(arena, data, piece), under));
    return (struct term){k * e / sqrt(f), k * m / sqrt(f * n), k * k * m};
}

static struct term *terms_of(const struct cluster_data *data)
{
    struct arena arena = {0};
    struct term *terms = heap_take(data->piece_count, sizeof *terms);
    for (size_t i = 0; i < data->piece_count; i++) {
        terms[i] = term_of(data, &arena, &data->pieces[i]);
        arena_reset(&arena);
    }
    arena_free(&arena);
    return terms;
}

static void set_errors(const struct cluster_data *data, const struct term *terms,
                       struct estimate *estimate)
{
    struct sum all = {0, 0}, treated = all, control = all, covariance = all;
    for (size_t from = 0, to; from < data->piece_count; from = to) {
        double one = 0, zero = 0;
        to = cluster_end(data, from);
        for (size_t i = from; i < to; i++)
            if (data->cells[data->pieces[i].cell].treated)
                one += terms[i].share;
            else
                zero -= terms[i].share;
        sum_add(&all, (one - zero) * (one - zero));
        sum_add(&treated, one * one);
        sum_add(&control, zero * zero);
        sum_add(&covariance, (one - zero) * zero);
    }
    estimate->treated.se = sqrt(sum_of(treated));
    estimate->control.se = sqrt(sum_of(control));
    estimate->cov_control = sum_of(covariance);
    estimate->se = sqrt(sum_of(all));
}

/* Adds the squares of a row of Q to the sum; `row` has zeros, before and behind. */
static void add_products(const struct cluster_data *data, const struct term *terms,
                         const size_t *begins, size_t c, double *row, struct sum *squares)
{
    const struct cluster_cell *cell = &data->cells[c];
    for (size_t j = 0; j < cell->count; j++) {
        size_t at = data->by_cell[cell->begin + j], from = begins[at];
        for (size_t i = from, to = cluster_end(data, from); i < to; i++)
            row[data->pieces[i].cell] += terms[at].kappa * terms[i].kappa;
    }
    for (size_t d = 0; d < data->cells_used; d++) {
        sum_add(squares, row[d] * row[d]);
        row[d] = 0;
    }
}

static double degrees_of(const struct cluster_data *data, const struct term *terms)
{
    struct sum total = {0, 0}, under = total;
    size_t *begins = heap_take(data->piece_count, sizeof *begins);
    double *row = heap_take(data->cells_used, sizeof *row);
    for (size_t from = 0, to; from < data->piece_count; from = to) {
        double omega = 0, square = 0;
        to = cluster_end(data, from);
        for (size_t i = from; i < to; i++) {
            omega += terms[i].omega;
            square += terms[i].kappa * terms[i].kappa;
            begins[i] = from;
        }
        sum_add(&total, omega);
        sum_add(&under, omega * omega);
        sum_add(&under, -square * square);
    }
    for (size_t c = 0; c < data->cells_used; c++)
        add_products(data, terms, begins, c, row, &under);
    free(row);
    free(begins);
    return sum_of(total) * sum_of(total) / sum_of(under);
}

void cluster_estimate(struct arena *arena, const struct cluster_data *data, enum cluster_se se,
                      struct estimate *estimate)
{
    if (se == CLUSTER_CR1S) {
        estimate_cr1s(arena, data, estimate);
        return;
    }
    struct term *terms = terms_of(data);
    set_errors(data, terms, estimate);
    estimate->df = estimate->se > 0 ? degrees_of(data, terms) : NAN;
    free(terms);
}
