#include "trial/compare.h"

#include <stdlib.h>

#include "base/heap.h"
#include "base/message.h"
#include "base/slice.h"
#include "number/mask.h"
#include "number/moments.h"

/* The small strata of a row cannot be pooled. */
_Noreturn static void refuse_pool(const struct design *design, const struct effect *effect,
                                  enum estimate_pool verdict)
{
    const char *fault = verdict == ESTIMATE_FEW
                            ? "fewer than three strata are small, with one value in an arm"
                            : "one of the small strata has half of their persons or more";
    const char *cure = "pool cannot take them together; merge small strata, or leave them out "
                       "before";
    if (design->options->min_cell.given)
        fail("in a row %s (--min-cell does not say which), and --small-strata %s", fault, cure);
    bool keyed = design->key.count > 0;
    fail("%s%s%s of arm %s: %s, and --small-strata %s",
         keyed ? design_quoted(design, &design->key, effect->key) : "", keyed ? ", " : "",
         quoted(effect->outcome), quoted(effect->arm), fault, cure);
}

static struct estimate estimate_of_strata(const struct compare *c, struct arena *arena,
                                          const struct group_pair *pair,
                                          const struct effect *effect)
{
    struct estimate estimate;
    if (c->small == GROUPS_SMALL_PAIRS)
        return estimate_pairs(arena, pair->treated, pair->control, pair->strata);
    if (c->small != GROUPS_SMALL_POOL)
        return estimate_strata(arena, pair->treated, pair->control, pair->strata, c->df);
    enum estimate_pool verdict =
        estimate_pool(arena, pair->treated, pair->control, pair->strata, &estimate);
    if (verdict != ESTIMATE_POOLED)
        refuse_pool(c->design, effect, verdict);
    return estimate;
}

static struct estimate estimate_of(const struct compare *c, struct arena *arena,
                                   const struct group_pair *pair, const struct effect *effect)
{
    if (c->design->stratum.count > 0 && pair->strata > 0)
        return estimate_of_strata(c, arena, pair, effect);
    if (c->variance == COMPARE_POOLED)
        return estimate_pooled(arena, &pair->all_treated, &pair->all_control);
    return estimate_welch(arena, &pair->all_treated, &pair->all_control);
}

static struct mask_pair counts_of(struct arena *arena, const struct moments *moments)
{
    struct mask_pair counts = {.n = moments->n, .missing = moments->missing};
    counts.binary = moments_ones(arena, moments, &counts.ones);
    return counts;
}

static void add_effect(const struct compare *c, struct effects *effects, struct arena *arena,
                       const struct group_strata *strata, size_t outcome, struct slice treated)
{
    struct slice control = slice_of(c->design->options->control);
    struct group_pair pair = group_pair(strata, treated, control, outcome);
    size_t dropped = c->small == GROUPS_SMALL_DROP ? group_pair_drop(&pair) : 0;
    struct effect effect = {.key = strata->groups[0].key,
                            .outcome = c->design->outcomes.keys[outcome],
                            .arm = treated,
                            .control = control,
                            .treated_counts = counts_of(arena, &pair.all_treated),
                            .control_counts = counts_of(arena, &pair.all_control),
                            .strata = pair.strata,
                            .dropped = dropped};
    effect.estimate = estimate_of(c, arena, &pair, &effect);
    if (effects->clustered)
        effect.clusters =
            clusters_estimate(c->clusters, arena, strata, treated, outcome, &effect.estimate);
    effects_add(effects, &effect);
    group_pair_free(&pair);
    arena_reset(arena);
}

/* The groups of one key, each outcome and treated arm. */
static void compare_arms(const struct compare *c, struct effects *effects, struct arena *arena,
                         struct group *groups, size_t count)
{
    const struct design *design = c->design;
    struct group_strata strata = groups_strata(groups, count);
    for (size_t outcome = 0; outcome < design->outcomes.count; outcome++)
        for (size_t arm = 0; arm < design->treated_count; arm++)
            add_effect(c, effects, arena, &strata, outcome, design->treated[arm]);
    free(strata.starts);
}

void compare_groups(const struct compare *c, const struct groups *groups, struct effects *effects)
{
    struct arena arena = {0};
    size_t count = groups_count(groups);
    if (c->design->stratum.count > 0)
        groups_check_strata(groups, c->small);
    for (size_t i = 0, same; i < count; i += same) {
        same = groups_of_key(groups->groups + i, count - i);
        compare_arms(c, effects, &arena, groups->groups + i, same);
    }
    arena_free(&arena);
}
