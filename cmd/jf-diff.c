/*
 * jf-diff - the arms and their difference.
 *
 * Holds exact moments for each group: a key, a stratum, an arm. At the end of
 * input the groups are sorted and each key becomes rows: an outcome's means in
 * the treated arm and the control, their difference and its standard error. Or
 * the moments themselves are written (--sums), to be added up elsewhere.
 */
#include <stdlib.h>

#include "base/leave.h"
#include "base/message.h"
#include "base/option.h"
#include "number/cluster.h"
#include "number/estimate.h"
#include "stream/ends.h"
#include "stream/sink.h"
#include "stream/table.h"
#include "trial/clusters.h"
#include "trial/compare.h"
#include "trial/design.h"
#include "trial/effect.h"
#include "trial/flow.h"
#include "trial/gather.h"
#include "trial/groups.h"
#include "trial/parts.h"
#include "trial/persons.h"
#include "trial/sums.h"

static struct {
    struct common common;
    struct design_options design;
    enum compare_variance variance;
    enum estimate_df df;
    enum groups_small small;
    enum cluster_se se;
    struct parts_options parts;
    const char *flow;
} opt = {.design = DESIGN_DEFAULTS, .small = GROUPS_SMALL_REFUSED};

static const struct option_row rows[] = {
    OPTION_GROUP(design_options, &design_model, &opt.design),
    OPTION_GROUP(persons_options, &persons_model, &opt.design.persons),
    OPTION_CHOICE(0, "variance", COMPARE_VARIANCE_WORDS, &opt.variance,
                  "by arm (default), or one for both"),
    OPTION_CHOICE(0, "df", ESTIMATE_DF_WORDS, &opt.df, "of --strata (default satterthwaite)"),
    OPTION_CHOICE(0, "small-strata", GROUPS_SMALL_WORDS, &opt.small,
                  "strata with one in an arm (default an error)"),
    OPTION_CHOICE(0, "se", CLUSTER_SE_WORDS, &opt.se, "of --cluster (default CR2)"),
    OPTION_GROUP(parts_options, &parts_model, &opt.parts),
    OPTION_TEXT(0, "flow", "FILE", &opt.flow, "with --from-sums: check the persons by it"),
    OPTION_END,
};

static const struct option_program program = {
    .usage = "--control LABEL [OPTION]... [FILE]...",
    .purpose = "Compare the arms: means, their difference, its standard error.",
    .rows = rows,
    .common = &opt.common,
    .columns = table_columns,
};

struct diff {
    struct table table;
    struct sink out;
    struct design design;
    struct groups groups;
    struct effects effects;
    struct clusters clusters;
};

/* --cluster has a variance of its own. */
static void check_clusters(void)
{
    if (opt.design.cluster == NULL && opt.se == CLUSTER_CR1S)
        misuse("--se goes with --cluster");
    if (opt.design.cluster == NULL)
        return;
    if (opt.variance == COMPARE_POOLED)
        misuse("--cluster has a variance of its own; leave out --variance pooled");
    if (opt.df == ESTIMATE_DF_RESIDUAL)
        misuse("--cluster has degrees of freedom of its own; leave out --df n-2j");
    if (opt.small != GROUPS_SMALL_REFUSED)
        misuse("--cluster and --small-strata cannot go together; leave one out");
}

static void check_usage(void)
{
    if (opt.design.control[0] == '\0' && !opt.parts.sums)
        misuse("no control arm; give its label with --control");
    if (opt.parts.sums && opt.design.min_cell.given)
        misuse("--min-cell cannot mask --sums, which are exact; leave one out");
    if (opt.design.strata.count > 0 && opt.variance == COMPARE_POOLED)
        misuse("--strata has a variance of its own; leave out --variance pooled");
    if (opt.design.strata.count == 0 && opt.df == ESTIMATE_DF_RESIDUAL)
        misuse("--df n-2j goes with --strata");
    if (opt.design.strata.count == 0 && opt.small != GROUPS_SMALL_REFUSED)
        misuse("--small-strata goes with --strata");
    if (opt.df == ESTIMATE_DF_RESIDUAL && opt.small <= GROUPS_SMALL_POOL)
        misuse("--small-strata pairs and pool have degrees of freedom of their own; leave out "
               "--df n-2j");
    check_clusters();
    if (opt.parts.from_sums)
        persons_refuse(&opt.design.persons, "--from-sums");
    design_check(&opt.design);
    parts_check(&opt.parts, &opt.common);
    if (opt.flow != NULL && !opt.parts.from_sums)
        misuse("--flow goes with --from-sums");
}

static void plan_columns(struct diff *d)
{
    if (opt.parts.from_sums)
        d->table.id = TABLE_NONE;
    d->design = design_plan(&opt.design, &d->table);
    d->groups = groups_begin(&d->design);
    if (opt.parts.from_sums)
        design_name_outcomes(&d->design);
    else
        design_plan_outcomes(&d->design, &d->table);
}

static void write_differences(struct diff *d)
{
    struct compare compare = {.design = &d->design,
                              .variance = opt.variance,
                              .df = opt.df,
                              .small = opt.small,
                              .clusters = &d->clusters};
    design_check_arms(&d->design);
    compare_groups(&compare, &d->groups, &d->effects);
    effects_write(&d->effects, &d->design, &d->out);
    clusters_end(&d->clusters);
}

static void close_all(struct diff *d)
{
    sink_close(&d->out);
    table_close(&d->table);
    groups_free(&d->groups);
    effects_free(&d->effects);
    design_free(&d->design);
}

int main(int argc, char **argv)
{
    struct diff d = {0};
    leave_begin("jf-diff");
    int first = option_parse(&program, argc, argv);
    check_usage();
    d.effects.dropping = opt.small == GROUPS_SMALL_DROP;
    d.effects.clustered = opt.design.cluster != NULL;
    d.clusters = (struct clusters){.design = &d.design, .se = opt.se};
    ends_check(opt.common.output, argv + first, (size_t)(argc - first), "--flow", opt.flow);
    sink_open(&d.out, opt.common.output, &opt.common);
    sink_hold(&d.out);
    table_open(&d.table, argv + first, (size_t)(argc - first), &opt.common);
    plan_columns(&d);
    if (!opt.parts.sums)
        effects_header(&d.effects, &d.design, &d.out);
    uint64_t read = 0;
    if (opt.parts.from_sums)
        sums_read(&d.groups, &d.design, &opt.parts, &d.table);
    else
        read = gather_rows(&d.groups, &d.design, &d.table, opt.common.decimal_comma);
    if (d.effects.clustered)
        clusters_number(&d.groups);
    groups_sort(&d.groups);
    if (opt.flow != NULL)
        flow_compare(opt.flow, &d.groups, &d.design);
    if (opt.parts.sums)
        sums_write(&d.groups, &d.design, &opt.parts, read, &d.out);
    else
        write_differences(&d);
    close_all(&d);
    return leave_end();
}
