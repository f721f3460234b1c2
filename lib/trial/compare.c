#include "trial/compare.h"

#include <stdlib.h>

#include "base/slice.h"
#include "number/mask.h"
#include "number/moments.h"
#include "trial/design.h"

static struct mask_pair counts_of(struct arena *arena, const struct moments *moments)
{
    struct mask_pair counts = {.n = moments->n, .missing = moments->missing};
    counts.binary = moments_ones(arena, moments, &counts.ones);
    return counts;
}

static void add_effect(const struct compare *c, struct arena *arena,
                       const struct group_strata *strata, size_t outcome, struct slice treated)
{
    const struct design *design = c->groups->design;
    struct slice control = slice_of(design->options->control);
    struct group_pair pair = group_pair(strata, treated, control, outcome);
    size_t dropped = c->drop ? group_pair_drop(&pair) : 0;
    struct effect effect = {.key = strata->groups[0].key,
                            .outcome = design->outcomes.keys[outcome],
                            .arm = treated,
                            .control = control,
                            .treated_counts = counts_of(arena, &pair.all_treated),
                            .control_counts = counts_of(arena, &pair.all_control),
                            .strata = pair.strata,
                            .dropped = dropped};
    c->estimate(c->context, arena, strata, &pair, outcome, &effect);
    effects_add(c->effects, &effect);
    group_pair_free(&pair);
    arena_reset(arena);
}

/* The groups of one key, each outcome and treated arm. */
static void compare_key(const struct compare *c, struct arena *arena, struct group *groups,
                        size_t count)
{
    const struct design *design = c->groups->design;
    struct group_strata strata = groups_strata(groups, count);
    for (size_t outcome = 0; outcome < design->outcomes.count; outcome++)
        for (size_t arm = 0; arm < design->treated_count; arm++)
            add_effect(c, arena, &strata, outcome, design->treated[arm]);
    free(strata.starts);
}

void compare_arms(const struct compare *c)
{
    struct arena arena = {0};
    struct group *groups = c->groups->groups;
    size_t count = groups_count(c->groups);
    for (size_t i = 0, same; i < count; i += same) {
        same = groups_of_key(groups + i, count - i);
        compare_key(c, &arena, groups + i, same);
    }
    arena_free(&arena);
}
