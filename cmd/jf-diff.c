/*
 * jf-diff - the arms and their difference.
 *
 * Holds exact moments for each group: a key, a stratum, an arm. Several threads
 * read, each into groups of its own. At the end of input those are added up and
 * sorted, and each key becomes rows: an outcome's means in the treated arm and the
 * control, their difference and its standard error. Or the moments themselves are
 * written (--sums), to be added up elsewhere.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "arms.h"
#include "cell.h"
#include "estimate.h"
#include "groups.h"
#include "mask.h"
#include "option.h"
#include "shares.h"

enum variance { VARIANCE_WELCH, VARIANCE_POOLED };
enum missing { MISSING_DROP, MISSING_REFUSED };

static struct {
    struct common common;
    const char *control, *arm;
    struct list treated, outcomes, by, strata;
    unsigned missing, variance;
    bool sums, from_sums;
    uint64_t min_cell;
} opt = {.common.level = SINK_BY_NAME,
         .control = "",
         .arm = "arm",
         .by = {.items = (struct slice[]){{"period", 6}}, .count = 1},
         .outcomes = {.items = (struct slice[]){{"hours", 5}}, .count = 1},
         .missing = MISSING_REFUSED};

static const struct option_row rows[] = {
    {OPTION_TEXT, 0, "control", "LABEL", "the control arm", &opt.control, NULL, 0, 0, 0},
    {OPTION_LIST, 0, "treated", "LABELS", "the other arms, where there are several", &opt.treated,
     NULL, 0, 0, 0},
    {OPTION_LIST, 'y', "outcome", "COLS", "the outcomes (default hours)", &opt.outcomes, NULL, 0, 0,
     0},
    {OPTION_LIST, 0, "by", "COLS", "a result for each value (default period; '': one in all)",
     &opt.by, NULL, 0, 0, 0},
    {OPTION_TEXT, 0, "arm", "COL", "the arms' column (default arm)", &opt.arm, NULL, 0, 0, 0},
    {OPTION_CHOICE, 0, "missing", "drop", "leave missing outcomes out, and count them",
     &opt.missing, "drop", 0, 0, 0},
    {OPTION_CHOICE, 0, "variance", "welch|pooled", "by arm (default), or one for both",
     &opt.variance, "welch|pooled", 0, 0, 0},
    {OPTION_LIST, 0, "strata", "COLS", "weight the differences within these", &opt.strata, NULL, 0,
     0, 0},
    {OPTION_FLAG, 0, "sums", NULL, "write the exact sums instead", &opt.sums, NULL, 0, 0, 0},
    {OPTION_FLAG, 0, "from-sums", NULL, "read such sums, and add them up", &opt.from_sums, NULL, 0,
     0, 0},
    {OPTION_WHOLE, 0, "min-cell", "K", "mask counts from 1 to K-1", &opt.min_cell, NULL, 1, 1000000,
     0},
    {.kind = OPTION_END},
};

static const struct option_program program = {
    .usage = "--control LABEL [OPTION]... [FILE]...",
    .purpose = "Compare the arms: means, their difference, its standard error.",
    .rows = rows,
    .common = &opt.common,
};

/* Columns of a table of sums. */
struct sums_columns {
    size_t outcome, n, missing, sum, squares; /* slots */
};

/* What a thread holds. */
struct part {
    struct numbers numbers;
    struct groups groups;
};

struct diff {
    struct table table;
    struct sink out;
    size_t *outcomes; /* slots, unless --from-sums */
    struct sums_columns from;
    struct map outcome_names;
    struct arms arms;
    struct groups groups; /* of all */
    struct part **parts;  /* by thread */
    unsigned threads;
    struct mask_pair *counts; /* by key, outcome and arm, of which the control is the first */
    struct arena arena;       /* of one result */
};

/* Wants the columns of a list; their slots go to `slots`. Returns their number. */
static size_t want_all(struct table *table, const struct list *list, size_t *slots)
{
    for (size_t i = 0; i < list->count; i++)
        slots[i] = table_want(table, table_get(table, list->items[i]));
    return list->count;
}

static size_t want_name(struct table *table, const char *name)
{
    return table_want(table, table_get(table, slice_of(name)));
}

static void check_usage(void)
{
    if (opt.control[0] == '\0' && !opt.sums)
        misuse("no control arm; give its label with --control");
    if (opt.sums && opt.min_cell > 0)
        misuse("--min-cell cannot mask --sums, which are exact; leave one out");
    if (opt.strata.count > 0 && opt.variance == VARIANCE_POOLED)
        misuse("--strata has a variance of its own; leave out --variance pooled");
    for (size_t i = 0; i < opt.treated.count; i++)
        if (slice_equal(opt.treated.items[i], slice_of(opt.control)))
            misuse("%s is both --control and --treated", quoted(opt.treated.items[i]));
}

static void add_outcome(struct diff *d, struct slice name)
{
    size_t count = d->outcome_names.count;
    if (map_add(&d->outcome_names, name) < count)
        misuse("-y: %s twice", quoted(name));
}

static void plan_groups(struct groups *g, struct table *t)
{
    size_t count = opt.by.count + opt.strata.count + 1;
    size_t *slots = heap_take(count, sizeof *slots);
    g->key_count = want_all(t, &opt.by, slots);
    g->stratum_count = want_all(t, &opt.strata, slots + g->key_count);
    slots[count - 1] = want_name(t, opt.arm);
    g->keys = (struct keys){.slots = slots, .count = count};
}

static void plan_columns(struct diff *d)
{
    struct table *t = &d->table;
    if (!opt.by.given && t->columns > 1 && table_find(t, opt.by.items[0]) == TABLE_NONE)
        fail_at(table_header(t),
                "no column 'period'; say --by COLS for other keys, --by '' for none");
    if (opt.from_sums)
        t->id = TABLE_NONE;
    plan_groups(&d->groups, t);
    if (!opt.from_sums) {
        d->outcomes = heap_take(opt.outcomes.count, sizeof *d->outcomes);
        want_all(t, &opt.outcomes, d->outcomes);
        for (size_t i = 0; i < opt.outcomes.count; i++)
            add_outcome(d, table_name(t, d->outcomes[i]));
        return;
    }
    for (size_t i = 0; opt.outcomes.given && i < opt.outcomes.count; i++)
        add_outcome(d, opt.outcomes.items[i]);
    d->from =
        (struct sums_columns){want_name(t, "outcome"), want_name(t, "n"), want_name(t, "missing"),
                              want_name(t, "sum"), want_name(t, "sumsq")};
}

static void see_arm(struct diff *d, const struct table *table, uint64_t line, struct slice arm)
{
    struct place place = table_place(table, groups_arm(&d->groups));
    place.line = line;
    if (cell_missing(arm))
        fail_at(place, "a missing arm; a person of the trial has one (jf-split --all keeps those "
                       "who are not in it)");
    arms_see(&d->arms, arm, place);
}

static void add_values(const struct diff *d, struct part *part, const struct table *table,
                       struct group *group)
{
    for (size_t i = 0; i < opt.outcomes.count; i++) {
        struct decimal value;
        struct moments *moments = group_moments(group, i);
        if (cell_decimal(&part->numbers, table, d->outcomes[i], &value))
            moments_add(moments, value);
        else if (opt.missing == MISSING_DROP)
            moments->missing++;
        else
            fail_at(table_place(table, d->outcomes[i]),
                    "a missing outcome; say --missing drop to leave such rows out and count them");
    }
}

/* Whether the sums at hand are of an outcome that is asked for. */
static bool is_asked(const struct diff *d, const struct table *table)
{
    struct slice name = table_cell(table, d->from.outcome);
    return !opt.outcomes.given || map_find(&d->outcome_names, name) != MAP_NONE;
}

static void add_sums(struct diff *d, const struct table *t, struct group *group)
{
    size_t outcome = map_add(&d->outcome_names, table_cell(t, d->from.outcome));
    struct moments *moments = group_moments(group, outcome);
    uint64_t n = cell_count(t, d->from.n);
    moments->missing += cell_count(t, d->from.missing);
    if (!moments_read(moments, n, table_cell(t, d->from.sum), table_cell(t, d->from.squares)))
        fail_at(table_place(t, d->from.squares),
                "no %llu values have this sum and sum of squares; the sums are damaged",
                (unsigned long long)n);
}

/* Adds the rows of a share, in any thread. */
static void pass_share(void *context, unsigned thread, struct table *table, struct share *share)
{
    const struct diff *d = context;
    struct part *part = d->parts[thread];
    bool fresh;
    while (!opt.from_sums && table_pass(table)) {
        struct group *group = groups_of_row(&part->groups, table, &fresh);
        if (fresh)
            share_tell(share, table, group->arm);
        add_values(d, part, table, group);
    }
}

/* Adds a row, in the owner's thread. */
static void settle_row(struct diff *d, const struct table *table)
{
    struct part *part = d->parts[0];
    bool fresh;
    if (opt.from_sums && !is_asked(d, table))
        return;
    struct group *group = groups_of_row(&part->groups, table, &fresh);
    if (fresh)
        see_arm(d, table, table->source.line, group->arm);
    if (opt.from_sums)
        add_sums(d, table, group);
    else
        add_values(d, part, table, group);
}

/* Sees the arms that are new in a share, and adds what is left of it. */
static void settle_share(void *context, struct table *table, const struct share *share,
                         uint64_t base)
{
    struct diff *d = context;
    for (size_t i = 0; i < share->news_count; i++)
        see_arm(d, table, base + share->news[i].line, share->news[i].what);
    while (table_next(table))
        settle_row(d, table);
}

/* Reads all rows, each thread into its own part, and adds the parts up. */
static void read_rows(struct diff *d)
{
    const struct shares_work work = {pass_share, settle_share, d};
    d->threads = opt.from_sums ? 1 : shares_threads(&d->table);
    d->parts = heap_take(d->threads, sizeof *d->parts);
    for (unsigned i = 0; i < d->threads; i++) {
        d->parts[i] = heap_apart(1, sizeof *d->parts[i]);
        d->parts[i]->numbers.comma = opt.common.decimal_comma;
        plan_groups(&d->parts[i]->groups, &d->table);
    }
    shares_read(&d->table, d->threads, &work);
    for (unsigned i = 0; i < d->threads; i++)
        groups_merge(&d->groups, &d->parts[i]->groups);
    groups_sort(&d->groups);
}

/* Names of the key's and, where asked, the strata's columns. */
static size_t key_names(const struct diff *d, bool strata, struct slice *names)
{
    size_t count = d->groups.key_count + (strata ? d->groups.stratum_count : 0);
    for (size_t i = 0; i < count; i++)
        names[i] = table_name(&d->table, d->groups.keys.slots[i]);
    return count;
}

static void write_header(struct diff *d, const char *const *own, size_t own_count)
{
    struct slice *names = heap_take(opt.by.count + opt.strata.count + own_count, sizeof *names);
    size_t count = key_names(d, opt.sums, names);
    for (size_t i = 0; i < own_count; i++)
        names[count++] = slice_of(own[i]);
    sink_header(&d->out, names, count);
    free(names);
}

static void write_state(struct diff *d, const struct group *group, size_t outcome,
                        const struct moments *moments)
{
    if (opt.by.count > 0)
        sink_cell(&d->out, group->key);
    if (opt.strata.count > 0)
        sink_cell(&d->out, group->stratum);
    sink_cell(&d->out, d->outcome_names.keys[outcome]);
    sink_cell(&d->out, group->arm);
    sink_whole(&d->out, moments->n);
    sink_whole(&d->out, moments->missing);
    sink_text(&d->out, moments_print_sum(&d->arena, moments));
    sink_text(&d->out, moments_print_squares(&d->arena, moments));
    sink_row(&d->out);
    arena_reset(&d->arena);
}

static void write_sums(struct diff *d)
{
    static const char *const own[] = {"outcome", "arm", "n", "missing", "sum", "sumsq"};
    write_header(d, own, sizeof own / sizeof own[0]);
    for (size_t i = 0; i < d->groups.keys.names.count; i++)
        for (size_t outcome = 0; outcome < d->outcome_names.count; outcome++)
            write_state(d, &d->groups.groups[i], outcome,
                        group_moments(&d->groups.groups[i], outcome));
}

/* The moments of two arms by stratum, and in all. */
struct pair {
    struct moments *treated, *control;
    size_t strata;
    struct moments all_treated, all_control;
};

static struct moments find_arm(struct group *groups, size_t count, struct slice arm, size_t outcome)
{
    for (size_t i = 0; i < count; i++)
        if (slice_equal(groups[i].arm, arm))
            return *group_moments(&groups[i], outcome);
    return (struct moments){0};
}

/* Cells of a group for a message, which come from `count` columns; ids are not shown. */
static const char *shown(const struct diff *d, struct slice cells, size_t first, size_t count)
{
    for (size_t i = first; i < first + count; i++)
        if (table_column(&d->table, d->groups.keys.slots[i]) == d->table.id)
            return "(an id)";
    return quoted(cells);
}

static void check_stratum(const struct diff *d, const struct group *group, struct slice arm,
                          uint64_t n)
{
    size_t keys = d->groups.key_count;
    if (n >= 2)
        return;
    const char *stratum = shown(d, group->stratum, keys, d->groups.stratum_count);
    const char *key = keys > 0 ? shown(d, group->key, 0, keys) : "";
    fail("stratum %s%s%s: arm %s has fewer than two values there; merge strata or leave this one "
         "out",
         stratum, keys > 0 ? " of key " : "", key, quoted(arm));
}

/* Gathers the pair from the sorted groups of one key. */
static struct pair pair_of(const struct diff *d, struct group *groups, size_t count,
                           struct slice treated, size_t outcome)
{
    struct slice control = slice_of(opt.control);
    struct pair pair = {.treated = heap_take(count, sizeof *pair.treated),
                        .control = heap_take(count, sizeof *pair.control)};
    for (size_t start = 0, same; start < count; start += same) {
        same = groups_same_stratum(groups + start, count - start);
        struct moments one = find_arm(groups + start, same, treated, outcome);
        struct moments zero = find_arm(groups + start, same, control, outcome);
        moments_merge(&pair.all_treated, &one);
        moments_merge(&pair.all_control, &zero);
        if (one.n + zero.n == 0)
            continue;
        if (opt.strata.count > 0) {
            check_stratum(d, &groups[start], treated, one.n);
            check_stratum(d, &groups[start], control, zero.n);
        }
        pair.treated[pair.strata] = one;
        pair.control[pair.strata++] = zero;
    }
    return pair;
}

static struct estimate estimate_of(struct arena *arena, const struct pair *pair)
{
    if (opt.strata.count > 0 && pair->strata > 0)
        return estimate_strata(arena, pair->treated, pair->control, pair->strata);
    if (opt.variance == VARIANCE_POOLED)
        return estimate_pooled(arena, &pair->all_treated, &pair->all_control);
    return estimate_welch(arena, &pair->all_treated, &pair->all_control);
}

/* The counts by arm, the control first, of a key by its number in the order of keys. */
static struct mask_pair *counts_of(const struct diff *d, size_t key, size_t outcome)
{
    return &d->counts[(key * d->outcome_names.count + outcome) * (d->arms.count + 1)];
}

static void add_counts(struct diff *d, size_t key, struct group *group)
{
    size_t arm = 0;
    if (!slice_equal(group->arm, slice_of(opt.control)))
        while (arm < d->arms.count && !slice_equal(group->arm, d->arms.treated[arm++]))
            ;
    for (size_t outcome = 0; outcome < d->outcome_names.count; outcome++) {
        const struct moments *moments = group_moments(group, outcome);
        counts_of(d, key, outcome)[arm].n += moments->n;
        counts_of(d, key, outcome)[arm].missing += moments->missing;
    }
}

/* All counts of the table to come, as one may tell of another. */
static void plan_counts(struct diff *d)
{
    struct group *groups = d->groups.groups;
    size_t count = d->groups.keys.names.count, keys = 0;
    for (size_t i = 0; i < count; i += groups_same_key(groups + i, count - i))
        keys++;
    size_t counts = keys * d->outcome_names.count * (d->arms.count + 1);
    d->counts = heap_take(counts, sizeof *d->counts);
    for (size_t i = 0, key = 0; i < count; i++) {
        key += i > 0 && !slice_equal(groups[i].key, groups[i - 1].key);
        add_counts(d, key, &groups[i]);
    }
    mask_pairs(d->counts, counts, opt.min_cell);
}

static void put_count(struct sink *out, uint64_t count, enum mask mask)
{
    char text[32];
    snprintf(text, sizeof text, "<%llu", (unsigned long long)opt.min_cell);
    if (mask == MASK_NONE)
        sink_whole(out, count);
    else
        sink_text(out, mask == MASK_SMALL ? text : "NA");
}

/* Of the pair's numbers, those that follow from a masked number of values. */
static void mask_estimate(struct estimate *e, bool treated, bool control)
{
    const struct estimate_arm nothing = {NAN, NAN, NAN};
    if (treated)
        e->treated = nothing;
    if (control)
        e->control = nothing;
    if (!treated && !control)
        return;
    e->diff = e->se = e->df = e->smd = NAN;
    /* Each arm's numbers rest on both: by the strata's weights, or a variance for both. */
    if (opt.strata.count > 0)
        e->treated.mean = e->control.mean = NAN;
    if (opt.strata.count > 0 || opt.variance == VARIANCE_POOLED)
        e->treated.se = e->control.se = NAN;
}

static void put_arm(struct sink *out, const struct mask_pair *counts,
                    const struct estimate_arm *arm)
{
    put_count(out, counts->n, counts->n_mask);
    put_count(out, counts->missing, counts->missing_mask);
    cell_put_real(out, arm->mean);
    cell_put_real(out, arm->sd);
    cell_put_real(out, arm->se);
}

static void write_row(struct diff *d, struct slice key, const struct mask_pair *control,
                      size_t outcome, size_t arm, struct estimate *e)
{
    const struct mask_pair *treated = control + arm;
    mask_estimate(e, treated->n_mask != MASK_NONE, control->n_mask != MASK_NONE);
    if (opt.by.count > 0)
        sink_cell(&d->out, key);
    sink_cell(&d->out, d->outcome_names.keys[outcome]);
    sink_cell(&d->out, d->arms.treated[arm - 1]);
    sink_text(&d->out, opt.control);
    put_arm(&d->out, treated, &e->treated);
    put_arm(&d->out, control, &e->control);
    const double results[] = {e->diff, e->se, e->df, e->smd};
    for (size_t i = 0; i < sizeof results / sizeof results[0]; i++)
        cell_put_real(&d->out, results[i]);
    sink_row(&d->out);
}

static void write_key(struct diff *d, size_t key, struct group *groups, size_t count)
{
    for (size_t outcome = 0; outcome < d->outcome_names.count; outcome++) {
        for (size_t arm = 1; arm <= d->arms.count; arm++) {
            struct pair pair = pair_of(d, groups, count, d->arms.treated[arm - 1], outcome);
            struct estimate e = estimate_of(&d->arena, &pair);
            write_row(d, groups[0].key, counts_of(d, key, outcome), outcome, arm, &e);
            arena_reset(&d->arena);
            free(pair.treated);
            free(pair.control);
        }
    }
}

static void write_differences(struct diff *d)
{
    static const char *const own[] = {
        "outcome",      "arm",        "control",    "n_treated", "missing_treated",
        "mean_treated", "sd_treated", "se_treated", "n_control", "missing_control",
        "mean_control", "sd_control", "se_control", "diff",      "se",
        "df",           "smd"};
    arms_check(&d->arms, d->table.source.name, table_name(&d->table, groups_arm(&d->groups)));
    write_header(d, own, sizeof own / sizeof own[0]);
    plan_counts(d);
    for (size_t i = 0, key = 0, same; i < d->groups.keys.names.count; i += same, key++) {
        same = groups_same_key(d->groups.groups + i, d->groups.keys.names.count - i);
        write_key(d, key, d->groups.groups + i, same);
    }
}

static void close_all(struct diff *d)
{
    sink_close(&d->out);
    table_close(&d->table);
    arms_free(&d->arms);
    groups_free(&d->groups);
    for (unsigned i = 0; i < d->threads; i++) {
        groups_free(&d->parts[i]->groups);
        free(d->parts[i]);
    }
    free(d->parts);
    map_free(&d->outcome_names);
    free(d->outcomes);
    free(d->counts);
    arena_free(&d->arena);
}

int main(int argc, char **argv)
{
    struct diff d = {0};
    message_begin("jf-diff");
    int first = option_parse(&program, argc, argv);
    check_usage();
    sink_open(&d.out, opt.common.output, opt.common.level, opt.common.threads);
    sink_hold(&d.out);
    table_open(&d.table, argv + first, (size_t)(argc - first), &opt.common);
    plan_columns(&d);
    d.arms = arms_begin(slice_of(opt.control), opt.treated.items, opt.treated.count);
    d.arms.hidden = table_column(&d.table, groups_arm(&d.groups)) == d.table.id;
    read_rows(&d);
    if (opt.sums)
        write_sums(&d);
    else
        write_differences(&d);
    close_all(&d);
    return message_end();
}
