/*
 * What the sum of a group tells
 * -----------------------------
 * Of s small counts, each from 1 to K-1, and one count of K or more, the sum S is
 * known by subtraction. So each small one is from 1 to min(K-1, S - K - (s-1)): at
 * least two values where S > s + K. Two large ones leave two values where
 * S > s + 2 K. One is always masked, the second where S <= s + K + 1, and nothing
 * is shown where that is not enough or there are not so many.
 *
 * Who knows these rules learns no more. Which of the counts are masked follows from
 * their places and from which are 0, small and large; that is shown. That there is a
 * second large one, v, tells that S - v is s + K or s + K + 1, which leaves each
 * small one 1 or 2; that is why it is not masked for s + K alone. And where nothing
 * is shown, not even which counts are 0, many groups are alike. (Were the least
 * count masked, it would be known to be at most the next one; were none masked where
 * several small ones hide each other, one that is masked would tell that they did
 * not.)
 *
 * A sum below K is not known, so that s small counts alone are 1 to K-s each; where s is
 * K-1, nothing is shown.
 *
 * That leaves the group in which every count is K-1: of one sum there is one only.
 * There the second is masked as if it were large.
 *
 * tests/disclosure.bats goes through all groups up to a size: for each masked count
 * there is a group of the same sum that is printed the same and has another count.
 */
#include "mask.h"

struct small {
    size_t count, first;
    uint64_t sum, total; /* of them, of all */
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
