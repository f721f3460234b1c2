#include "trial/shares.h"

#include <stdlib.h>

#include "base/heap.h"
#include "base/message.h"
#include "stream/sink.h"
#include "trial/cell.h"

static uint64_t common_divisor(uint64_t a, uint64_t b)
{
    while (b > 0) {
        uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* What stands behind the last colon is the share; `item` becomes the label before it. */
static uint64_t cut_share(struct slice *item)
{
    uint64_t share;
    size_t at = item->length;
    while (at > 0 && item->bytes[at - 1] != ':')
        at--;
    struct slice whole = *item, last = {item->bytes + at, item->length - at};
    if (at == 0 || !slice_whole(last, &share) || share == 0 || share > SHARES_MOST)
        misuse("--arms %s: an arm is LABEL:SHARE, a whole share from 1 to %d, such as treated:2",
               quoted_given(whole), SHARES_MOST);
    item->length = at - 1;
    return share;
}

static void check_label(const struct shares *shares, struct slice label)
{
    if (!sink_nameable(label) || cell_missing(label) || slice_trim(label).length != label.length)
        misuse("--arms: %s cannot be an arm's label: it is missing, or has blanks at its ends or "
               "control bytes; give it another",
               quoted_given(label));
    if (shares_find(shares, label) != SIZE_MAX)
        misuse("--arms: %s stands there twice; give each arm once", quoted_given(label));
}

struct shares shares_read(const struct list *items)
{
    struct shares shares = {.labels = heap_take(items->count, sizeof *shares.labels),
                            .of = heap_take(items->count, sizeof *shares.of)};
    uint64_t divisor = 0;
    for (size_t i = 0; i < items->count; i++) {
        struct slice label = items->items[i];
        shares.of[i] = cut_share(&label);
        check_label(&shares, label);
        divisor = common_divisor(divisor, shares.of[i]);
        shares.labels[shares.count++] = label;
    }
    if (shares.count < 2)
        misuse("--arms: a lottery is between two arms or more; give them as LABEL:SHARE,...");
    for (size_t i = 0; i < shares.count; i++)
        shares.sum += shares.of[i] /= divisor;
    return shares;
}

size_t shares_find(const struct shares *shares, struct slice label)
{
    for (size_t i = 0; i < shares->count; i++)
        if (slice_equal(shares->labels[i], label))
            return i;
    return SIZE_MAX;
}

/* The whole k with u + k S < end are k = 0, 1, ...: those below `end`, less those below its
 * beginning, are the arm's, one or none. */
static uint64_t count_below(uint64_t end, uint64_t u, uint64_t sum)
{
    return end > u ? (end - u + sum - 1) / sum : 0;
}

void shares_places(const struct shares *shares, uint64_t people, uint64_t u, uint64_t *places)
{
    uint64_t begin = 0;
    for (size_t i = 0; i < shares->count; i++) {
        uint64_t wanted = people * shares->of[i], end = begin + wanted % shares->sum;
        places[i] = wanted / shares->sum + count_below(end, u, shares->sum) -
                    count_below(begin, u, shares->sum);
        begin = end;
    }
}

void shares_free(struct shares *shares)
{
    free(shares->labels);
    free(shares->of);
    *shares = (struct shares){0};
}
