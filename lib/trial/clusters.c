#include "trial/clusters.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/message.h"
#include "number/moments.h"
#include "trial/keys.h"

enum { CLUSTERS_LEAST = 3, CLUSTERS_CR1S = 30 };

/* A cluster with its number in the map. */
struct numbered {
    struct slice name;
    size_t number;
};

static int by_name(const void *a, const void *b)
{
    return keys_compare(((const struct numbered *)a)->name, ((const struct numbered *)b)->name);
}

void clusters_number(struct groups *g)
{
    struct map names = {0};
    for (size_t i = 0; i < groups_count(g); i++)
        map_add(&names, g->groups[i].cluster, &g->groups[i].place);
    struct numbered *sorted = heap_take(names.count, sizeof *sorted);
    size_t *places = heap_take(names.count, sizeof *places);
    for (size_t i = 0; i < names.count; i++)
        sorted[i] = (struct numbered){names.keys[i], i};
    if (names.count > 0)
        qsort(sorted, names.count, sizeof *sorted, by_name);
    for (size_t i = 0; i < names.count; i++)
        places[sorted[i].number] = i;
    for (size_t i = 0; i < groups_count(g); i++)
        g->groups[i].place = places[g->groups[i].place];
    free(places);
    free(sorted);
    map_free(&names);
}

/* A row in the making. */
struct row {
    const struct group_strata *strata;
    struct slice arms[2]; /* the treated, the control */
    size_t outcome;
    struct cluster_data data;
    size_t *stratum_of; /* by cell: the number of the stratum */
};

/* The groups of an arm of a stratum, and how many persons of them have a value. */
static struct group *arm_of(const struct row *row, size_t stratum, size_t arm, size_t *count,
                            uint64_t *persons)
{
    size_t start = row->strata->starts[stratum], first;
    struct group *groups = row->strata->groups + start;
    *count =
        groups_of_arm(groups, row->strata->starts[stratum + 1] - start, row->arms[arm], &first);
    for (size_t i = first; i < first + *count; i++)
        *persons += group_moments(&groups[i], row->outcome)->n;
    return groups + first;
}

static void add_stratum(struct row *row, size_t stratum)
{
    struct group *groups[2];
    size_t counts[2];
    uint64_t persons = 0;
    for (size_t arm = 0; arm < 2; arm++)
        groups[arm] = arm_of(row, stratum, arm, &counts[arm], &persons);
    for (size_t arm = 0; arm < 2 && persons > 0; arm++) {
        row->stratum_of[row->data.cells_used] = stratum;
        cluster_add_cell(&row->data, arm == 0, persons);
        for (size_t i = 0; i < counts[arm]; i++) {
            const struct moments *moments = group_moments(&groups[arm][i], row->outcome);
            if (moments->n > 0)
                cluster_add_piece(&row->data, groups[arm][i].place, moments);
        }
    }
}

/* The row's key, for a message: `'2016-03', `. */
static const char *before(const struct design *d, const struct row *row, const char **comma)
{
    *comma = d->key.count > 0 ? ", " : "";
    return d->key.count > 0 ? design_quoted(d, &d->key, row->strata->groups[0].key) : "";
}

_Noreturn static void fail_whole(const struct design *d, const struct row *row, size_t cell)
{
    const char *cure = "so that nothing tells how clusters vary; merge strata, or leave out "
                       "--cluster";
    const char *comma, *key = before(d, row, &comma);
    if (d->options->min_cell.given)
        fail("an arm, or an arm of a stratum, is one cluster (--min-cell does not say which), %s",
             cure);
    bool strata = d->stratum.count > 0;
    struct slice stratum = row->strata->groups[row->strata->starts[row->stratum_of[cell]]].stratum;
    fail("%s%s%s: arm %s%s%s is one cluster, %s", key, comma,
         quoted(d->outcomes.keys[row->outcome]),
         quoted(row->arms[row->data.cells[cell].treated ? 0 : 1]), strata ? " of stratum " : "",
         strata ? design_quoted(d, &d->stratum, stratum) : "", cure);
}

_Noreturn static void fail_few(const struct design *d, const struct row *row)
{
    const char *comma, *key = before(d, row, &comma);
    if (d->options->min_cell.given)
        fail("a row has fewer than three clusters (--min-cell does not say which), too few for a "
             "standard error; leave out --cluster");
    fail("%s%s%s of arm %s: %zu clusters are too few for a standard error, three at least; leave "
         "out --cluster",
         key, comma, quoted(d->outcomes.keys[row->outcome]), quoted(row->arms[0]),
         row->data.clusters);
}

/* Whether both arms have values in each stratum that has any. */
static bool has_values(const struct cluster_data *data)
{
    bool has = data->cells_used > 0;
    for (size_t c = 0; c < data->cells_used; c++)
        has = has && data->cells[c].count > 0;
    return has;
}

static void set_estimate(struct clusters *clusters, struct arena *arena, const struct row *row,
                         struct estimate *estimate)
{
    const struct design *d = clusters->design;
    size_t whole = cluster_whole(&row->data);
    if (whole != CLUSTER_NONE)
        fail_whole(d, row, whole);
    if (row->data.clusters < CLUSTERS_LEAST)
        fail_few(d, row);
    if (clusters->fewest == 0 || row->data.clusters < clusters->fewest)
        clusters->fewest = row->data.clusters;
    cluster_estimate(arena, &row->data, clusters->se, estimate);
}

size_t clusters_estimate(struct clusters *clusters, struct arena *arena,
                         const struct group_strata *strata, struct slice treated, size_t outcome,
                         struct estimate *estimate)
{
    struct slice control = slice_of(clusters->design->options->control);
    struct row row = {.strata = strata,
                      .arms = {treated, control},
                      .outcome = outcome,
                      .stratum_of = heap_take(2 * strata->count, sizeof(size_t))};
    for (size_t i = 0; i < strata->count; i++)
        add_stratum(&row, i);
    cluster_settle(&row.data);
    if (has_values(&row.data))
        set_estimate(clusters, arena, &row, estimate);
    size_t count = row.data.clusters;
    cluster_free(&row.data);
    free(row.stratum_of);
    return count;
}

void clusters_end(const struct clusters *clusters)
{
    if (clusters->se == CLUSTER_CR1S && clusters->fewest > 0 && clusters->fewest < CLUSTERS_CR1S)
        warn("fewer than %d clusters: the standard errors of --se CR1S are too small; leave it out "
             "for CR2",
             CLUSTERS_CR1S);
}
