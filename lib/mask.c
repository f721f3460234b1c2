#include "mask.h"

#include <stdbool.h>

/* What is known of the masked counts. */
struct masked {
    uint64_t small, other; /* how many */
    uint64_t sum;
};

static struct masked masked_of(const enum mask *masks, const uint64_t *counts, size_t count)
{
    struct masked m = {0};
    for (size_t i = 0; i < count; i++) {
        m.small += masks[i] == MASK_SMALL;
        m.other += masks[i] == MASK_OTHER;
        m.sum += masks[i] == MASK_NONE ? 0 : counts[i];
    }
    return m;
}

/* One cell alone is told by the sum; several are if each must be at its bound. */
static bool told(struct masked m, uint64_t k)
{
    /* With K = 2 a small count is 1, and no other cell can hide that. */
    if (m.small == 0 || k <= 2)
        return false;
    if (m.small + m.other == 1 || m.sum == m.small + m.other * k)
        return true;
    return m.other == 0 && m.sum == m.small * (k - 1);
}

void mask_counts(enum mask *masks, const uint64_t *counts, size_t count, uint64_t k)
{
    for (size_t i = 0; i < count; i++)
        masks[i] = counts[i] > 0 && counts[i] < k ? MASK_SMALL : MASK_NONE;
    while (told(masked_of(masks, counts, count), k)) {
        size_t least = count;
        for (size_t i = 0; i < count; i++)
            if (masks[i] == MASK_NONE && counts[i] > 0 &&
                (least == count || counts[i] < counts[least]))
                least = i;
        if (least == count)
            return;
        masks[least] = MASK_OTHER;
    }
}
