#include "trial/pair.h"

#include <stdlib.h>

static struct moments find_arm(struct group *groups, size_t count, struct slice arm, size_t outcome)
{
    for (size_t i = 0; i < count; i++)
        if (slice_equal(groups[i].arm, arm))
            return *group_moments(&groups[i], outcome);
    return (struct moments){0};
}

/* Adds a stratum: `count` groups that differ by the arm alone. */
static void add_stratum(struct pair *pair, struct group *groups, size_t count, struct slice treated,
                        struct slice control, size_t outcome)
{
    struct moments one = find_arm(groups, count, treated, outcome);
    struct moments zero = find_arm(groups, count, control, outcome);
    moments_merge(&pair->all_treated, &one);
    moments_merge(&pair->all_control, &zero);
    if (one.n + zero.n == 0)
        return;
    pair->of[pair->strata] = &groups[0];
    pair->treated[pair->strata] = one;
    pair->control[pair->strata++] = zero;
}

struct pair pair_of(struct group *groups, size_t count, struct slice treated, struct slice control,
                    size_t outcome)
{
    struct pair pair = {.treated = heap_take(count, sizeof *pair.treated),
                        .control = heap_take(count, sizeof *pair.control),
                        .of = heap_take(count, sizeof(const struct group *))};
    for (size_t start = 0, same; start < count; start += same) {
        same = groups_same_stratum(groups + start, count - start);
        add_stratum(&pair, groups + start, same, treated, control, outcome);
    }
    return pair;
}

void pair_free(struct pair *pair)
{
    free(pair->treated);
    free(pair->control);
    free(pair->of);
}
