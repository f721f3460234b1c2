/*
 * What the sum of a group tells
 * -----------------------------
 * Say s small counts, 1 to K-1 each, are masked, and one count of K or more with them.
 * Their sum S is known by subtraction. So each small one is from 1 to
 * min(K-1, S - K - (s-1)): at least two values where S > s + K. With two large ones
 * there are two values where S > s + 2 K. One is always masked, the second where
 * S <= s + K + 1. Where that is not enough, or there are not so many, nothing is shown.
 *
 * Whoever knows these rules learns no more. Which counts are masked follows from their
 * places and from which are 0, small and large, and that is shown. That there is a
 * second large one, v, tells that S - v is s + K or s + K + 1, so that each small one
 * is 1 or 2; were it masked for s + K alone, each would be 1. Where nothing is shown,
 * not even which counts are 0, many groups look alike. Two other rules would tell more.
 * If the least count were masked, it would be known to be at most the next one. If none
 * were masked where several small ones hide each other, one that is masked would tell
 * that they did not.
 *
 * A sum below K is not known. So s small counts alone are from 1 to K-s each; where s
 * is K-1, each is 1, and nothing is shown.
 *
 * That leaves the group in which every count is K-1, as no other group has its sum.
 * There the second count is masked as if it were large.
 *
 * What the sum of a pair tells
 * ----------------------------
 * Take a pair of the known sum T, K or more. A small count beside a large one is from 1
 * to min(K-1, T-K); two small ones are from T-K+1 to K-1 each. Both leave two values
 * unless T is K+1 or 2K-2. There the whole pair is OTHER, and so is every pair of that
 * sum that has a small count. A sum below K is not known as long as each pair shows
 * only one count that is not 0; else all pairs of the sum are OTHER.
 *
 * What the mean of zeros and ones tells
 * -------------------------------------
 * Beside the number of values the mean, the deviation and its error each give the ones, or the
 * ones or the zeros. Where one of the two is small all three are hidden, whichever it is. Who
 * sees that they are knows that there are 1 to K-1 ones, or as many zeros: 2 K - 2 numbers, or
 * fewer where these are the same, but two at least unless K is 2 and there are two values.
 *
 * tests/disclosure.bats goes through all groups up to a size: for each masked count
 * there is a group of the same sum that is printed the same and has another count.
 */
#include "number/mask.h"

#include <stdlib.h>

#include "base/heap.h"

struct small {
    size_t count, first;
    uint64_t sum, total; /* of the small counts, of all */
};

static struct small mark_small(enum mask *masks, const uint64_t *counts, size_t count, uint64_t k)
{
    struct small small = {0};
    for (size_t i = count; i-- > 0;) {
        masks[i] = counts[i] > 0 && counts[i] < k ? MASK_SMALL : MASK_NONE;
        small.total += counts[i];
        if (masks[i] == MASK_NONE)
            continue;
        small.first = i;
        small.sum += counts[i];
        small.count++;
    }
    return small;
}

bool mask_counts(enum mask *masks, const uint64_t *counts, size_t count, uint64_t k)
{
    struct small small = mark_small(masks, counts, count, k);
    if (small.count == 0 || k <= 2 || (small.total < k && small.count < k - 1))
        return true;
    bool alike = small.total == count * (k - 1) && small.count == count;
    uint64_t least = small.count - alike, sum = small.sum - (alike ? k - 1 : 0);
    unsigned large = 0;
    for (size_t step = 1; step < count && large < 2; step++) {
        size_t i = step <= small.first ? small.first - step : step;
        if (counts[i] < k && !(alike && i == 1))
            continue;
        masks[i] = MASK_OTHER;
        sum += counts[i];
        least += k;
        if (sum > least + (++large == 1))
            return true;
    }
    for (size_t i = 0; i < count; i++)
        masks[i] = MASK_OTHER;
    return false;
}

static int by_sum(const void *a, const void *b)
{
    const struct mask_pair *one = *(struct mask_pair *const *)a;
    const struct mask_pair *other = *(struct mask_pair *const *)b;
    uint64_t x = one->n + one->missing, y = other->n + other->missing;
    return (x > y) - (x < y);
}

static enum mask mask_of(uint64_t count, uint64_t k)
{
    return count > 0 && count < k ? MASK_SMALL : MASK_NONE;
}

/* Masks what stands beside a small count in a pair whose sum is known. */
static void mask_beside(struct mask_pair *pair, uint64_t sum, uint64_t k)
{
    if (pair->n_mask == MASK_NONE && pair->missing_mask == MASK_NONE)
        return;
    bool told = sum == k + 1 || sum == 2 * k - 2;
    if (told || pair->n_mask == MASK_NONE)
        pair->n_mask = MASK_OTHER;
    if (told || pair->missing_mask == MASK_NONE)
        pair->missing_mask = MASK_OTHER;
}

/* Masks the pairs of one sum. */
static void mask_sum(struct mask_pair *const *pairs, size_t count, uint64_t k)
{
    uint64_t sum = pairs[0]->n + pairs[0]->missing;
    bool both = false;
    for (size_t i = 0; i < count; i++)
        both |= pairs[i]->n > 0 && pairs[i]->missing > 0;
    for (size_t i = 0; i < count; i++) {
        if (sum >= k)
            mask_beside(pairs[i], sum, k);
        else if (both)
            pairs[i]->n_mask = pairs[i]->missing_mask = MASK_OTHER;
    }
}

void mask_pairs(struct mask_pair *pairs, size_t count, uint64_t k)
{
    struct mask_pair **sorted = heap_take(count, sizeof(struct mask_pair *));
    for (size_t i = 0; i < count; i++) {
        sorted[i] = &pairs[i];
        pairs[i].n_mask = mask_of(pairs[i].n, k);
        pairs[i].missing_mask = mask_of(pairs[i].missing, k);
    }
    if (k > 2)
        qsort(sorted, count, sizeof(struct mask_pair *), by_sum);
    for (size_t start = 0, end; k > 2 && start < count; start = end) {
        for (end = start + 1; end < count && by_sum(&sorted[start], &sorted[end]) == 0;)
            end++;
        if (end - start > 1)
            mask_sum(sorted + start, end - start, k);
    }
    for (size_t i = 0; i < count; i++)
        pairs[i].hidden =
            pairs[i].n_mask != MASK_NONE ||
            (pairs[i].binary && (mask_of(pairs[i].ones, k) != MASK_NONE ||
                                 mask_of(pairs[i].n - pairs[i].ones, k) != MASK_NONE));
    free(sorted);
}
