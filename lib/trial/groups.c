#include "trial/groups.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "base/map.h"
#include "base/message.h"
#include "base/option.h"

struct groups groups_begin(const struct design *design)
{
    return (struct groups){.design = design,
                           .keys =
                               keys_begin(design->table, design->cell.slots, design->cell.count)};
}

/* The bytes that the row's cells of these columns take in a name, each with its tab. */
static size_t cells_length(const struct table *table, const struct design_columns *columns)
{
    size_t length = columns->count;
    for (size_t i = 0; i < columns->count; i++)
        length += table_cell(table, columns->slots[i]).length;
    return length;
}

/* The part of a name from start to end, without the tab it begins with. */
static struct slice part(struct slice name, size_t start, size_t end)
{
    size_t tab = end > start;
    return (struct slice){name.bytes + start + tab, end - start - tab};
}

/* A group without moments, by its name: the key before `key_end`, then the stratum, the cluster and
 * the arm, each behind the end of the one before. */
static void add(struct groups *g, size_t number, size_t key_end, size_t stratum_end,
                size_t cluster_end)
{
    struct slice name = g->keys.names.keys[number];
    g->groups = heap_grow(g->groups, &g->room, number + 1, sizeof *g->groups);
    g->groups[number] = (struct group){.key = part(name, 0, key_end),
                                       .stratum = part(name, key_end, stratum_end),
                                       .cluster = part(name, stratum_end, cluster_end),
                                       .arm = part(name, cluster_end, name.length)};
    g->bytes += name.length;
}

void groups_add(struct groups *g, const struct table *table, size_t number)
{
    size_t key_end = cells_length(table, &g->design->key);
    size_t stratum_end = key_end + cells_length(table, &g->design->stratum);
    add(g, number, key_end, stratum_end, stratum_end + cells_length(table, &g->design->cluster));
}

/* Puts cells behind a tab, if the name has such columns. */
static char *put(char *at, const struct design_columns *columns, struct slice cells)
{
    if (columns->count == 0)
        return at;
    *at++ = '\t';
    if (cells.length > 0)
        memcpy(at, cells.bytes, cells.length);
    return at + cells.length;
}

struct group *groups_named(struct groups *g, struct slice key, struct slice stratum,
                           struct slice cluster, struct slice arm)
{
    const struct design *d = g->design;
    const struct design_columns arms = {&d->arm, 1};
    size_t number, room = key.length + stratum.length + cluster.length + arm.length + 4;
    char *name = heap_take(room, 1), *key_end = put(name, &d->key, key);
    char *stratum_end = put(key_end, &d->stratum, stratum);
    char *cluster_end = put(stratum_end, &d->cluster, cluster);
    char *end = put(cluster_end, &arms, arm);
    if (map_add(&g->keys.names, (struct slice){name, (size_t)(end - name)}, &number))
        add(g, number, (size_t)(key_end - name), (size_t)(stratum_end - name),
            (size_t)(cluster_end - name));
    free(name);
    return &g->groups[number];
}

size_t groups_count(const struct groups *g)
{
    return keys_count(&g->keys);
}

size_t groups_find(struct groups *g, const struct groups *from, size_t other)
{
    const struct design *design = g->design;
    const struct group *like = &from->groups[other];
    size_t number, key_end = design->key.count > 0 ? like->key.length + 1 : 0;
    size_t stratum = design->stratum.count > 0 ? like->stratum.length + 1 : 0;
    size_t cluster = design->cluster.count > 0 ? like->cluster.length + 1 : 0;
    if (keys_add(&g->keys, &from->keys, other, &number))
        add(g, number, key_end, key_end + stratum, key_end + stratum + cluster);
    return number;
}

void groups_bound(const struct groups *g, const struct table *row)
{
    enum { DEFAULT_MIB = 1024, MIB = 1 << 20, KEPT = 96 }; /* KEPT: by the map, for a name */
    const struct design *d = g->design;
    const struct whole *most = &d->options->max_memory;
    uint64_t mib = most->given ? most->value : DEFAULT_MIB;
    size_t each = sizeof *g->groups + KEPT + d->outcomes.count * sizeof(struct moments);
    if (d->cluster.count > 0 && (g->bytes + groups_count(g) * each) / MIB >= mib)
        fail_at(table_place(row, d->cluster.slots[0]),
                "the sums of all keys and clusters take more than %llu MiB; say a higher "
                "--max-memory, or fewer keys (--by) or outcomes (-y)",
                (unsigned long long)mib);
}

void groups_merge(struct groups *g, struct groups *from)
{
    for (size_t i = 0; i < groups_count(from); i++) {
        size_t number = groups_find(g, from, i);
        struct group *other = &from->groups[i], *group = &g->groups[number];
        if (group->moments == NULL) {
            group->moments = other->moments;
            group->outcomes = other->outcomes;
            other->moments = NULL;
            other->outcomes = 0;
        }
        for (size_t outcome = 0; outcome < other->outcomes; outcome++)
            moments_merge(group_moments(group, outcome), &other->moments[outcome]);
    }
}

void group_widen(struct group *group, size_t outcomes)
{
    size_t room = group->outcomes, old = room;
    group->moments = heap_grow(group->moments, &room, outcomes, sizeof *group->moments);
    memset(group->moments + old, 0, (room - old) * sizeof *group->moments);
    group->outcomes = room;
}

static int by_name(const void *a, const void *b)
{
    const struct group *one = a, *other = b;
    int order = keys_compare(one->key, other->key);
    if (order == 0)
        order = keys_compare(one->stratum, other->stratum);
    if (order == 0)
        order = keys_compare(one->arm, other->arm);
    return order != 0 ? order : (one->place > other->place) - (one->place < other->place);
}

void groups_sort(struct groups *g)
{
    if (groups_count(g) > 0)
        qsort(g->groups, groups_count(g), sizeof *g->groups, by_name);
}

static bool same_stratum(const struct group *a, const struct group *b)
{
    return slice_equal(a->stratum, b->stratum);
}

static bool same_key(const struct group *a, const struct group *b)
{
    return slice_equal(a->key, b->key);
}

/* How many of `count` sorted groups are like the first. */
static size_t alike(const struct group *groups, size_t count,
                    bool (*same)(const struct group *a, const struct group *b))
{
    size_t number = 1;
    while (number < count && same(&groups[number], &groups[0]))
        number++;
    return number;
}

size_t groups_of_key(const struct group *groups, size_t count)
{
    return alike(groups, count, same_key);
}

void groups_free(struct groups *g)
{
    for (size_t i = 0; i < groups_count(g); i++)
        free(g->groups[i].moments);
    free(g->groups);
    keys_free(&g->keys);
}

size_t groups_of_arm(const struct group *groups, size_t count, struct slice arm, size_t *first)
{
    size_t from = 0, to = count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (keys_compare(groups[middle].arm, arm) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    for (to = from; to < count && slice_equal(groups[to].arm, arm);)
        to++;
    *first = from;
    return to - from;
}

/* The arm's moments, in `count` sorted groups of one key and stratum. */
static struct moments find_arm(struct group *groups, size_t count, struct slice arm, size_t outcome)
{
    size_t first, found = groups_of_arm(groups, count, arm, &first);
    if (found == 0)
        return (struct moments){0};
    struct moments all = *group_moments(&groups[first], outcome);
    for (size_t i = first + 1; i < first + found; i++)
        moments_merge(&all, group_moments(&groups[i], outcome));
    return all;
}

/* What a stratum must have in each arm that is compared there. */
struct rule {
    uint64_t least, most; /* values */
    const char *fault, *cure;
};

static const struct rule rules[] = {
    [GROUPS_SMALL_PAIRS] = {1, 1, "strata that are no pairs, with one value in each arm",
                            "leave them out before, or see --small-strata"},
    [GROUPS_SMALL_POOL] = {1, UINT64_MAX, "strata without a value in an arm",
                           "merge them, leave them out before, or see --small-strata"},
    [GROUPS_SMALL_DROP] = {0, UINT64_MAX, NULL, NULL},
    [GROUPS_SMALL_REFUSED] = {2, UINT64_MAX, "strata with fewer than two values in an arm",
                              "merge them, leave them out before, or see --small-strata of "
                              "jf-diff"}, /* jf-joint has none */
};

/* Strata that break the rule. A name takes THIN_EACH bytes at most. */
enum { THIN_NAMED = 10, THIN_EACH = 800, THIN_ROOM = 1600 };
struct thin {
    const struct design *design;
    const struct rule *rule;
    size_t count, named, length;
    char names[THIN_ROOM];
};

static void name_thin(struct thin *thin, const struct group *group, struct slice arm)
{
    const struct design *d = thin->design;
    bool keyed = d->key.count > 0;
    thin->count++;
    if (thin->named == THIN_NAMED || thin->length + THIN_EACH > THIN_ROOM)
        return;
    thin->length += (size_t)snprintf(
        thin->names + thin->length, THIN_EACH, "%s%s%s%s (arm %s)", thin->named++ > 0 ? ", " : "",
        design_quoted(d, &d->stratum, group->stratum), keyed ? " of key " : "",
        keyed ? design_quoted(d, &d->key, group->key) : "", quoted(arm));
}

/* Whether an arm has too few or too many values of an outcome in a stratum, `count` groups, though
 * one of the arms `others`, with which it is compared, or itself, has any. */
static bool is_thin(const struct rule *rule, struct group *groups, size_t count, struct slice arm,
                    const struct slice *others, size_t other_count, size_t outcome)
{
    uint64_t n = find_arm(groups, count, arm, outcome).n;
    bool any = n > 0, wrong = n < rule->least || n > rule->most;
    for (size_t i = 0; i < other_count && wrong && !any; i++)
        any = find_arm(groups, count, others[i], outcome).n > 0;
    return wrong && any;
}

static void check_arm(struct thin *thin, struct group *groups, size_t count, struct slice arm,
                      const struct slice *others, size_t other_count)
{
    for (size_t outcome = 0; outcome < thin->design->outcomes.count; outcome++) {
        if (!is_thin(thin->rule, groups, count, arm, others, other_count, outcome))
            continue;
        name_thin(thin, &groups[0], arm);
        return;
    }
}

static bool same_part(const struct group *a, const struct group *b)
{
    return same_key(a, b) && same_stratum(a, b);
}

static void fail_thin(const struct thin *thin)
{
    if (thin->design->options->min_cell.given)
        fail("there are %s, and --min-cell names none; %s", thin->rule->fault, thin->rule->cure);
    char more[64] = "";
    if (thin->count > thin->named)
        snprintf(more, sizeof more, " and %zu more", thin->count - thin->named);
    fail("%s: %s%s; %s", thin->rule->fault, thin->names, more, thin->rule->cure);
}

void groups_check_strata(const struct groups *g, enum groups_small small)
{
    struct thin thin = {.design = g->design, .rule = &rules[small]};
    const struct design *d = g->design;
    struct slice control = slice_of(d->options->control);
    for (size_t i = 0, same; i < groups_count(g); i += same) {
        same = alike(g->groups + i, groups_count(g) - i, same_part);
        for (size_t arm = 0; arm < d->treated_count; arm++)
            check_arm(&thin, g->groups + i, same, d->treated[arm], &control, 1);
        check_arm(&thin, g->groups + i, same, control, d->treated, d->treated_count);
    }
    if (thin.count > 0)
        fail_thin(&thin);
}

/* Adds a stratum: `count` groups that differ by the arm alone. */
static void add_stratum(struct group_pair *pair, struct group *groups, size_t count,
                        struct slice treated, struct slice control, size_t outcome)
{
    struct moments one = find_arm(groups, count, treated, outcome);
    struct moments zero = find_arm(groups, count, control, outcome);
    moments_merge(&pair->all_treated, &one);
    moments_merge(&pair->all_control, &zero);
    if (one.n + zero.n == 0)
        return;
    pair->treated[pair->strata] = one;
    pair->control[pair->strata++] = zero;
}

struct group_strata groups_strata(struct group *groups, size_t count)
{
    struct group_strata strata = {.groups = groups};
    size_t room = 0, start = 0;
    strata.starts = heap_grow(NULL, &room, 1, sizeof *strata.starts);
    for (; start < count; start += alike(groups + start, count - start, same_stratum)) {
        strata.starts = heap_grow(strata.starts, &room, strata.count + 2, sizeof *strata.starts);
        strata.starts[strata.count++] = start;
    }
    strata.starts[strata.count] = count;
    return strata;
}

struct group_pair group_pair(const struct group_strata *strata, struct slice treated,
                             struct slice control, size_t outcome)
{
    struct group_pair pair = {.treated = heap_take(strata->count, sizeof *pair.treated),
                              .control = heap_take(strata->count, sizeof *pair.control)};
    for (size_t i = 0; i < strata->count; i++) {
        size_t start = strata->starts[i];
        add_stratum(&pair, strata->groups + start, strata->starts[i + 1] - start, treated, control,
                    outcome);
    }
    return pair;
}

void group_pair_free(struct group_pair *pair)
{
    free(pair->treated);
    free(pair->control);
}

/* Leaves the values out of the moments that are no part of the estimate any more. */
static void leave_out(struct moments *all, const struct moments *used, size_t count)
{
    uint64_t persons = all->n + all->missing;
    *all = (struct moments){0};
    for (size_t i = 0; i < count; i++)
        moments_merge(all, &used[i]);
    all->missing = persons - all->n;
}

size_t group_pair_drop(struct group_pair *pair)
{
    size_t count = pair->strata;
    pair->strata = 0;
    for (size_t i = 0; i < count; i++) {
        if (pair->treated[i].n < 2 || pair->control[i].n < 2)
            continue;
        pair->treated[pair->strata] = pair->treated[i];
        pair->control[pair->strata++] = pair->control[i];
    }
    leave_out(&pair->all_treated, pair->treated, pair->strata);
    leave_out(&pair->all_control, pair->control, pair->strata);
    return count - pair->strata;
}
