#include "trial/vectors.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "number/integer.h"
#include "trial/keys.h"

enum { PARTS_MOST = 3, NONE = -1 };

/* A person or a cluster. */
struct vectors_unit {
    struct slice id;
    size_t stratum, number; /* of the person or cluster */
    bool treated;
};

static bool has_clusters(const struct vectors *v)
{
    return v->people->clusters.count > 0;
}

static int by_stratum(const void *a, const void *b)
{
    const struct vectors_unit *one = a, *other = b;
    if (one->stratum != other->stratum)
        return one->stratum < other->stratum ? -1 : 1;
    size_t least = one->id.length < other->id.length ? one->id.length : other->id.length;
    int order = least > 0 ? memcmp(one->id.bytes, other->id.bytes, least) : 0;
    return order != 0 ? order
                      : (one->id.length > other->id.length) - (one->id.length < other->id.length);
}

static void add_unit(struct vectors *v, size_t arm, size_t number, struct slice id,
                     const struct people_one *one)
{
    if (one->arm == 0 || one->arm == arm)
        v->sorted[v->units++] = (struct vectors_unit){id, one->stratum, number, one->arm == arm};
}

static void find_units(struct vectors *v, size_t arm)
{
    const struct people *people = v->people;
    bool clusters = has_clusters(v);
    size_t most = clusters ? keys_count(&people->clusters) : people->ids.count;
    v->sorted = heap_take(most, sizeof *v->sorted);
    v->unit_of = heap_take(most, sizeof *v->unit_of);
    for (size_t i = 0; i < most; i++) {
        v->unit_of[i] = SIZE_MAX;
        if (clusters)
            add_unit(v, arm, i, people_cluster(people, i), &people->drawn[i]);
        else
            add_unit(v, arm, i, people->ids.keys[i], &people->all[i]);
    }
    qsort(v->sorted, v->units, sizeof *v->sorted, by_stratum);
    for (size_t i = 0; i < v->units; i++)
        v->unit_of[v->sorted[i].number] = i;
}

static void find_strata(struct vectors *v)
{
    v->of = heap_take(v->units, sizeof *v->of);
    v->ids = heap_take(v->units, sizeof *v->ids);
    for (size_t i = 0; i < v->units; i++) {
        if (i == 0 || v->sorted[i].stratum != v->sorted[i - 1].stratum)
            v->of[v->strata++].begin = i;
        v->of[v->strata - 1].count++;
        v->of[v->strata - 1].treated += v->sorted[i].treated;
        v->ids[i] = v->sorted[i].id;
    }
}

/* ---- vectors ---- */

/* A row's values by unit: how many, and their sum; false where that is too long. */
struct column {
    uint64_t *n;
    int64_t *sum;
};

static bool fill_column(const struct vectors *v, const struct records_column *values,
                        struct column *column)
{
    const struct people *people = v->people;
    const int64_t most = (int64_t)1 << RECORDS_BITS;
    memset(column->n, 0, v->units * sizeof *column->n);
    memset(column->sum, 0, v->units * sizeof *column->sum);
    for (size_t i = 0; i < people->ids.count; i++) {
        size_t unit = v->unit_of[has_clusters(v) ? people->all[i].cluster : i];
        int64_t value = values->values[i];
        if (unit == SIZE_MAX || !records_has(value))
            continue;
        column->n[unit]++;
        column->sum[unit] += value;
        if (column->sum[unit] >= most || column->sum[unit] <= -most)
            return false;
    }
    return true;
}

/* Of all rows: whether somebody has no value, and the largest sums that may come, as far as they
 * fit. */
struct extent {
    bool incomplete;
    uint128 squares, products;
};

static void add_capped(uint128 *sum, uint128 term)
{
    if (__builtin_add_overflow(*sum, term, sum))
        *sum = ~(uint128)0;
}

static bool measure(const struct vectors *v, const struct records_column *const *columns,
                    struct column *column, struct extent *extent)
{
    for (size_t r = 0; r < v->rows; r++) {
        uint128 squares = 0, products = 0;
        if (!fill_column(v, columns[r], column))
            return false;
        for (size_t i = 0; i < v->units; i++) {
            uint128 sum = integer_size(column->sum[i]);
            extent->incomplete |= column->n[i] == 0;
            add_capped(&squares, sum * sum);
            add_capped(&products, sum * column->n[i]);
        }
        extent->squares = squares > extent->squares ? squares : extent->squares;
        extent->products = products > extent->products ? products : extent->products;
    }
    return true;
}

/* Whether all sums are of one part. */
static bool is_plain(const struct extent *extent)
{
    return extent->squares >> 62 == 0 && extent->products >> 62 == 0;
}

static struct vectors_layout layout_of(bool clusters, const struct extent *extent)
{
    struct vectors_layout l = {NONE, NONE, NONE, NONE, NONE, NONE, 1, 1, 0};
    if (!is_plain(extent)) {
        l.sum_parts = 2;
        l.square_parts = PARTS_MOST;
    }
    if (extent->incomplete || clusters)
        l.n = l.fields++;
    l.sum = l.fields;
    l.squares = l.fields += l.sum_parts;
    l.fields += l.square_parts;
    if (!clusters)
        return l;
    l.products = l.fields;
    l.members = l.fields += l.sum_parts;
    l.sizes = l.members + 1;
    l.fields += 2;
    return l;
}

/* Puts a number in so many parts, of which the last has the sign. */
static void put(int64_t *at, size_t rows, int field, int parts, int128 value)
{
    const int128 unit = (int128)1 << VECTORS_PART;
    for (int part = 0; part < parts; part++) {
        int128 low = part + 1 < parts ? ((value % unit) + unit) % unit : value;
        at[(size_t)(field + part) * rows] = (int64_t)low;
        value = (value - low) / unit;
    }
}

static int128 get(const int64_t *at, size_t rows, int field, int parts)
{
    int128 value = 0;
    for (int part = parts; part-- > 0;)
        value = value * ((int128)1 << VECTORS_PART) + at[(size_t)(field + part) * rows];
    return value;
}

static void put_unit(const struct vectors *v, int64_t *at, uint64_t n, int64_t sum)
{
    const struct vectors_layout *l = &v->layout;
    size_t rows = v->rows;
    put(at, rows, l->sum, l->sum_parts, sum);
    put(at, rows, l->squares, l->square_parts, (int128)sum * sum);
    if (l->n != NONE)
        put(at, rows, l->n, 1, (int128)n);
    if (l->members == NONE)
        return;
    put(at, rows, l->products, l->sum_parts, (int128)sum * (int128)n);
    put(at, rows, l->members, 1, n > 0);
    put(at, rows, l->sizes, 1, (int128)n * (int128)n);
}

static void add(int64_t *restrict total, const int64_t *restrict vector, size_t width)
{
    for (size_t i = 0; i < width; i++)
        total[i] += vector[i];
}

void vectors_add(const struct vectors *v, int64_t *sums, size_t unit)
{
    add(sums, v->units_of + unit * v->width, v->width);
}

bool vectors_treated(const struct vectors *v, size_t unit)
{
    return v->sorted[unit].treated;
}

static void fill_vectors(struct vectors *v, const struct records_column *const *columns,
                         struct column *column)
{
    v->width = (size_t)v->layout.fields * v->rows;
    v->units_of = heap_take(v->units * v->width, sizeof *v->units_of);
    v->totals = heap_take(v->strata * v->width, sizeof *v->totals);
    for (size_t r = 0; r < v->rows; r++) {
        fill_column(v, columns[r], column);
        for (size_t i = 0; i < v->units; i++)
            put_unit(v, v->units_of + i * v->width + r, column->n[i], column->sum[i]);
    }
    for (size_t b = 0; b < v->strata; b++)
        for (size_t i = 0; i < v->of[b].count; i++)
            vectors_add(v, v->totals + b * v->width, v->of[b].begin + i);
}

/* ---- the whole ---- */

/* Vectors of all rows; false where they are too long. */
static bool fill(struct vectors *v, const struct records_column *const *columns)
{
    enum { UNITS_LONG = 1 << 20 };
    struct extent extent = {false, 0, 0};
    struct column column = {heap_take(v->units, sizeof *column.n),
                            heap_take(v->units, sizeof *column.sum)};
    bool fits = measure(v, columns, &column, &extent) && extent.squares >> 125 == 0 &&
                (is_plain(&extent) || v->people->ids.count <= UNITS_LONG);
    if (fits) {
        v->layout = layout_of(has_clusters(v), &extent);
        fill_vectors(v, columns, &column);
    }
    free(column.n);
    free(column.sum);
    return fits;
}

struct studentised_cell vectors_cell(const struct vectors *v, const int64_t *sums, size_t row,
                                     size_t units)
{
    const struct vectors_layout *l = &v->layout;
    const int64_t *at = sums + row;
    size_t rows = v->rows;
    struct studentised_cell cell = {.n = l->n == NONE ? units : (uint64_t)at[(size_t)l->n * rows],
                                    .sum = get(at, rows, l->sum, l->sum_parts),
                                    .squares = (uint128)get(at, rows, l->squares, l->square_parts)};
    if (l->members == NONE)
        return cell;
    cell.products = get(at, rows, l->products, l->sum_parts);
    cell.members = (uint64_t)at[(size_t)l->members * rows];
    cell.sizes = (uint64_t)at[(size_t)l->sizes * rows];
    return cell;
}

bool vectors_make(struct vectors *v, const struct people *people, size_t arm,
                  const struct records_column *const *columns, size_t rows)
{
    *v = (struct vectors){.people = people, .rows = rows};
    find_units(v, arm);
    find_strata(v);
    return fill(v, columns);
}

void vectors_free(struct vectors *v)
{
    free(v->sorted);
    free(v->unit_of);
    free(v->of);
    free(v->ids);
    free(v->units_of);
    free(v->totals);
}
