/*
 * jf-diff - the arms and their difference.
 *
 * Holds exact moments for each group: a key, a stratum, an arm. At the end of
 * input the groups are sorted and each key becomes rows: an outcome's means in
 * the treated arm and the control, their difference and its standard error. Or
 * the moments themselves are written (--sums), to be added up elsewhere.
 */
#include <math.h>
#include <stdlib.h>

#include "trial/arms.h"
#include "trial/cell.h"
#include "number/estimate.h"
#include "trial/gather.h"
#include "trial/groups.h"
#include "number/mask.h"
#include "base/option.h"
#include "trial/pair.h"
#include "trial/sums.h"

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

struct diff {
    struct table table;
    struct sink out;
    struct arms arms;
    struct groups groups;
    struct map outcomes;      /* their names, by number */
    size_t *outcome_slots;    /* unless --from-sums */
    struct gather gather;     /* from rows */
    struct sums sums;         /* from or to sums */
    struct mask_pair *counts; /* by key, outcome and arm, of which the control is the first */
    struct arena arena;       /* of one result */
};

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
    size_t count = d->outcomes.count;
    if (map_add(&d->outcomes, name) < count)
        misuse("-y: %s twice", quoted(name));
}

static void plan_groups(struct groups *g, struct table *t)
{
    size_t count = opt.by.count + opt.strata.count + 1;
    size_t *slots = heap_take(count, sizeof *slots);
    table_want_names(t, opt.by.items, opt.by.count, slots);
    table_want_names(t, opt.strata.items, opt.strata.count, slots + opt.by.count);
    slots[count - 1] = table_want_name(t, slice_of(opt.arm));
    g->key_count = opt.by.count;
    g->stratum_count = opt.strata.count;
    g->keys = (struct keys){.slots = slots, .count = count};
}

static void plan_outcomes(struct diff *d)
{
    d->outcome_slots = heap_take(opt.outcomes.count, sizeof *d->outcome_slots);
    table_want_names(&d->table, opt.outcomes.items, opt.outcomes.count, d->outcome_slots);
    for (size_t i = 0; i < opt.outcomes.count; i++)
        add_outcome(d, table_name(&d->table, d->outcome_slots[i]));
    d->gather = (struct gather){.table = &d->table,
                                .arms = &d->arms,
                                .groups = &d->groups,
                                .outcomes = d->outcome_slots,
                                .outcome_count = opt.outcomes.count,
                                .comma = opt.common.decimal_comma,
                                .drop_missing = opt.missing == MISSING_DROP};
}

static void plan_sums(struct diff *d)
{
    for (size_t i = 0; opt.outcomes.given && i < opt.outcomes.count; i++)
        add_outcome(d, opt.outcomes.items[i]);
    d->sums.only = opt.outcomes.given;
    sums_plan(&d->sums, &d->table);
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
    d->arms = arms_begin(slice_of(opt.control), opt.treated.items, opt.treated.count);
    d->arms.hidden = table_column(t, groups_arm(&d->groups)) == t->id;
    d->sums = (struct sums){.groups = &d->groups, .outcomes = &d->outcomes, .arms = &d->arms};
    if (opt.from_sums)
        plan_sums(d);
    else
        plan_outcomes(d);
}

/* The names of the columns that key and strata come from. */
static struct slice *key_names(const struct diff *d, size_t room)
{
    size_t count = d->groups.key_count + d->groups.stratum_count;
    struct slice *names = heap_take(count + room, sizeof *names);
    for (size_t i = 0; i < count; i++)
        names[i] = table_name(&d->table, d->groups.keys.slots[i]);
    return names;
}

static void write_sums(struct diff *d)
{
    struct slice *names = key_names(d, 0);
    sums_write(&d->sums, &d->out, names);
    free(names);
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

static struct estimate estimate_of(struct diff *d, const struct pair *pair, struct slice treated)
{
    for (size_t i = 0; opt.strata.count > 0 && i < pair->strata; i++) {
        check_stratum(d, pair->of[i], treated, pair->treated[i].n);
        check_stratum(d, pair->of[i], slice_of(opt.control), pair->control[i].n);
    }
    if (opt.strata.count > 0 && pair->strata > 0)
        return estimate_strata(&d->arena, pair->treated, pair->control, pair->strata);
    if (opt.variance == VARIANCE_POOLED)
        return estimate_pooled(&d->arena, &pair->all_treated, &pair->all_control);
    return estimate_welch(&d->arena, &pair->all_treated, &pair->all_control);
}

/* The counts by arm, the control first, of a key by its number in the order of keys. */
static struct mask_pair *counts_of(const struct diff *d, size_t key, size_t outcome)
{
    return &d->counts[(key * d->outcomes.count + outcome) * (d->arms.count + 1)];
}

static void add_counts(struct diff *d, size_t key, struct group *group)
{
    size_t arm = 0;
    if (!slice_equal(group->arm, slice_of(opt.control)))
        while (arm < d->arms.count && !slice_equal(group->arm, d->arms.treated[arm++]))
            ;
    for (size_t outcome = 0; outcome < d->outcomes.count; outcome++) {
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
    size_t counts = keys * d->outcomes.count * (d->arms.count + 1);
    d->counts = heap_take(counts, sizeof *d->counts);
    for (size_t i = 0, key = 0; i < count; i++) {
        key += i > 0 && !slice_equal(groups[i].key, groups[i - 1].key);
        add_counts(d, key, &groups[i]);
    }
    mask_pairs(d->counts, counts, opt.min_cell);
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
    cell_put_count(out, counts->n, counts->n_mask, opt.min_cell);
    cell_put_count(out, counts->missing, counts->missing_mask, opt.min_cell);
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
    sink_cell(&d->out, d->outcomes.keys[outcome]);
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
    for (size_t outcome = 0; outcome < d->outcomes.count; outcome++) {
        for (size_t arm = 1; arm <= d->arms.count; arm++) {
            struct slice treated = d->arms.treated[arm - 1];
            struct pair pair = pair_of(groups, count, treated, slice_of(opt.control), outcome);
            struct estimate e = estimate_of(d, &pair, treated);
            write_row(d, groups[0].key, counts_of(d, key, outcome), outcome, arm, &e);
            arena_reset(&d->arena);
            pair_free(&pair);
        }
    }
}

static void write_header(struct diff *d)
{
    static const char *const own[] = {
        "outcome",      "arm",        "control",    "n_treated", "missing_treated",
        "mean_treated", "sd_treated", "se_treated", "n_control", "missing_control",
        "mean_control", "sd_control", "se_control", "diff",      "se",
        "df",           "smd"};
    const size_t own_count = sizeof own / sizeof own[0];
    struct slice *names = key_names(d, own_count);
    for (size_t i = 0; i < own_count; i++)
        names[opt.by.count + i] = slice_of(own[i]);
    sink_header(&d->out, names, opt.by.count + own_count);
    free(names);
}

static void write_differences(struct diff *d)
{
    size_t count = d->groups.keys.names.count;
    arms_check(&d->arms, d->table.source.name, table_name(&d->table, groups_arm(&d->groups)));
    write_header(d);
    plan_counts(d);
    for (size_t i = 0, key = 0, same; i < count; i += same, key++) {
        same = groups_same_key(d->groups.groups + i, count - i);
        write_key(d, key, d->groups.groups + i, same);
    }
}

static void close_all(struct diff *d)
{
    sink_close(&d->out);
    table_close(&d->table);
    arms_free(&d->arms);
    groups_free(&d->groups);
    gather_free(&d->gather);
    map_free(&d->outcomes);
    free(d->outcome_slots);
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
    if (opt.from_sums)
        sums_read(&d.sums, &d.table);
    else
        gather_rows(&d.gather);
    groups_sort(&d.groups);
    if (opt.sums)
        write_sums(&d);
    else
        write_differences(&d);
    close_all(&d);
    return message_end();
}
