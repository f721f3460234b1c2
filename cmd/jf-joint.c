/*
 * jf-joint - jf-diff, and how its rows hang together.
 *
 * Seventy-eight months are one effect looked at 78 times, on the same people. Of these the exact
 * sums of products of every two months are held, so that each row of the table carries the
 * covariances of its difference with those before it (family, cov). A person has a value in every
 * row of a family or is in none of them. Or the sums are written (--sums).
 */
#include <stdlib.h>

#include "base/leave.h"
#include "base/message.h"
#include "base/option.h"
#include "base/slice.h"
#include "number/estimate.h"
#include "stream/ends.h"
#include "stream/sink.h"
#include "stream/table.h"
#include "trial/collect.h"
#include "trial/compare.h"
#include "trial/covariances.h"
#include "trial/crossed.h"
#include "trial/design.h"
#include "trial/effect.h"
#include "trial/flow.h"
#include "trial/groups.h"
#include "trial/joint.h"
#include "trial/parts.h"
#include "trial/persons.h"

static struct {
    struct common common;
    struct design_options design;
    enum compare_variance variance;
    enum estimate_df df;
    struct list family;
    struct parts_options parts;
    const char *flow;
} opt = {.design = DESIGN_DEFAULTS};

static const struct option_row rows[] = {
    OPTION_GROUP(design_options, &design_model, &opt.design),
    OPTION_GROUP(persons_options, &persons_model, &opt.design.persons),
    OPTION_LIST(0, "family", "COLS", &opt.family, "split families by these, too"),
    OPTION_CHOICE(0, "variance", COMPARE_VARIANCE_WORDS, &opt.variance,
                  "by arm (default), or one for both"),
    OPTION_CHOICE(0, "df", ESTIMATE_DF_WORDS, &opt.df, "of --strata (default satterthwaite)"),
    OPTION_GROUP(parts_options, &parts_model, &opt.parts),
    OPTION_TEXT(0, "flow", "FILE", &opt.flow, "with --from-sums: check the persons by it"),
    OPTION_END,
};

static const struct option_program program = {
    .usage = "--control LABEL [OPTION]... [FILE]...",
    .purpose = "Compare the arms, and say how the differences hang together.",
    .rows = rows,
    .common = &opt.common,
    .columns = table_columns,
};

struct joined {
    struct table table;
    struct sink out;
    struct design design;
    struct groups groups;
    struct joint joint;
    struct effects effects;
    struct covariances covariances;
};

static bool splits_by_arm(void)
{
    for (size_t i = 0; i < opt.family.count; i++)
        if (slice_equal(opt.family.items[i], slice_of("arm")))
            return true;
    return false;
}

static void check_usage(void)
{
    if (opt.design.control[0] == '\0' && !opt.parts.sums)
        misuse("no control arm; give its label with --control");
    if (opt.design.cluster != NULL)
        misuse(
            "--cluster: covariances of clusters are not made here; use jf-diff --cluster, row by "
            "row");
    if (opt.parts.sums && opt.design.min_cell.given)
        misuse("--min-cell cannot mask --sums, which are exact; leave one out");
    if (opt.design.strata.count > 0 && opt.variance == COMPARE_POOLED)
        misuse("--strata has a variance of its own; leave out --variance pooled");
    if (opt.design.strata.count == 0 && opt.df == ESTIMATE_DF_RESIDUAL)
        misuse("--df n-2j goes with --strata");
    if (opt.variance == COMPARE_POOLED && opt.design.treated.count > 1 && !splits_by_arm())
        misuse("--variance pooled has another variance with each treated arm; say --family arm, a "
               "family for each");
    if (opt.parts.from_sums)
        persons_refuse(&opt.design.persons, "--from-sums");
    if (opt.parts.from_sums && opt.design.outcomes.given)
        misuse(
            "-y and --from-sums: a family is of all the outcomes that the sums have; leave -y out");
    design_check(&opt.design);
    parts_check(&opt.parts, &opt.common);
    if (opt.flow != NULL && !opt.parts.from_sums)
        misuse("--flow goes with --from-sums");
}

static void plan_columns(struct joined *d)
{
    if (opt.parts.from_sums)
        d->table.id = TABLE_NONE;
    d->design = design_plan(&opt.design, &d->table);
    d->groups = groups_begin(&d->design);
    if (opt.parts.from_sums)
        design_name_outcomes(&d->design);
    else
        design_plan_outcomes(&d->design, &d->table);
    d->joint = joint_begin(&d->design, &d->groups, &opt.family);
}

static void write_differences(struct joined *d)
{
    const struct compare compare = {.design = &d->design,
                                    .variance = opt.variance,
                                    .df = opt.df,
                                    .small = GROUPS_SMALL_REFUSED};
    design_check_arms(&d->design);
    compare_groups(&compare, &d->groups, &d->effects);
    covariances_set(&d->covariances, &d->effects, &d->joint, opt.variance == COMPARE_POOLED);
    effects_write(&d->effects, &d->design, &d->out);
}

static void close_all(struct joined *d)
{
    sink_close(&d->out);
    table_close(&d->table);
    covariances_free(&d->covariances);
    joint_free(&d->joint);
    groups_free(&d->groups);
    effects_free(&d->effects);
    design_free(&d->design);
}

int main(int argc, char **argv)
{
    struct joined d = {.effects.joined = true};
    leave_begin("jf-joint");
    int first = option_parse(&program, argc, argv);
    check_usage();
    ends_check(opt.common.output, argv + first, (size_t)(argc - first), "--flow", opt.flow);
    sink_open(&d.out, opt.common.output, &opt.common);
    sink_hold(&d.out);
    table_open(&d.table, argv + first, (size_t)(argc - first), &opt.common);
    plan_columns(&d);
    if (!opt.parts.sums)
        effects_header(&d.effects, &d.design, &d.out);
    uint64_t read = 0;
    if (opt.parts.from_sums)
        crossed_read(&d.joint, &d.design, &opt.parts, &d.table);
    else
        read = collect_rows(&d.joint, &d.design, &d.table, &d.out, opt.common.decimal_comma);
    joint_fill(&d.joint);
    groups_sort(&d.groups);
    if (opt.flow != NULL)
        flow_compare(opt.flow, &d.groups, &d.design);
    if (opt.parts.sums)
        crossed_write(&d.joint, &opt.parts, read, &d.out);
    else
        write_differences(&d);
    close_all(&d);
    return leave_end();
}
