/*
 * A mean between 0 and 1 need not be a share of persons: of hours it is not, of strata that are
 * weighted it is not either, and of clusters it is one whose persons are not independent. What
 * was rounded may be one, but nobody can tell. A share of n persons has a whole number of ones,
 * and its deviation follows from them; so a row is believed when all three agree.
 */
#include "trial/proportion.h"

#include "base/message.h"
#include "base/slice.h"
#include "stream/table.h"
#include "trial/cell.h"

static size_t want(struct table *table, const char *name)
{
    return table_want_name(table, slice_of(name));
}

struct proportion proportion_plan(struct table *t, bool comma)
{
    if (table_exact(t, slice_of("n_clusters")) != TABLE_NONE)
        fail_at(table_header(t),
                "--shares: persons of one cluster hang together, and this interval "
                "is for persons who do not; leave --shares out");
    return (struct proportion){
        .treated = {want(t, "n_treated"), want(t, "mean_treated"), want(t, "sd_treated")},
        .control = {want(t, "n_control"), want(t, "mean_control"), want(t, "sd_control")},
        .diff = want(t, "diff"),
        .comma = comma};
}

/* The arm's persons and those with a 1; false where its mean is NA. */
static bool read_arm(const struct proportion *p, const struct proportion_arm *columns,
                     const struct table *row, struct interval_share *share)
{
    struct interval_arm arm = interval_arm_none();
    if (!cell_real(row, columns->mean, p->comma, &arm.mean))
        return false;
    cell_real(row, columns->sd, p->comma, &arm.sd);
    if (!slice_whole(table_cell(row, columns->n), &share->n))
        fail_at(table_place(row, columns->n), "%s is not a count; hand on what jf-diff wrote",
                table_quoted(row, columns->n));
    if (!interval_ones(&arm, share->n, &share->ones))
        fail_at(table_place(row, columns->sd),
                "--shares: mean, n and sd are not those of an outcome of 0 and 1 (sd^2 (n-1)/n = "
                "mean (1-mean)); leave --shares out, and --strata or an earlier --digits with it");
    return true;
}

struct interval proportion_interval(const struct proportion *p, const struct table *row,
                                    struct interval_level level)
{
    struct interval_share treated, control;
    struct interval_arm stated = interval_arm_none();
    bool there = read_arm(p, &p->treated, row, &treated);
    there = read_arm(p, &p->control, row, &control) && there;
    there = cell_real(row, p->diff, p->comma, &stated.mean) && there;
    if (!there)
        return interval_none();
    if (!interval_shares_differ_by(treated, control, stated.mean))
        fail_at(table_place(row, p->diff),
                "--shares: it is not mean_treated - mean_control; hand on what jf-diff wrote");
    return interval_of_shares(treated, control, level);
}
