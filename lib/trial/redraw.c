#include "trial/redraw.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"

struct redraw_ticket {
    struct lot lot;
    uint32_t unit;
};

/* How many ways there are to take k of n, at most REDRAW_ALL + 1, which is too many. */
static uint64_t ways_of(uint64_t n, uint64_t k)
{
    uint64_t ways = 1;
    if (k > n)
        return 0;
    k = k < n - k ? k : n - k;
    for (uint64_t i = 1; i <= k; i++) {
        if (n - k + i > UINT64_MAX / ways)
            return REDRAW_ALL + 1;
        ways = ways * (n - k + i) / i;
        if (ways > REDRAW_ALL)
            return REDRAW_ALL + 1;
    }
    return ways;
}

struct redraw redraw_begin(struct slice salt, uint64_t draws, const struct slice *ids,
                           const struct redraw_stratum *strata, size_t count)
{
    struct redraw r = {.source = lot_begin(salt, slice_of("permute")), .ids = ids, .count = count};
    uint64_t all = 1;
    r.own = heap_take(count, sizeof *r.own);
    r.strata = r.own;
    for (size_t i = 0; i < count; i++) {
        r.own[i] = strata[i];
        r.own[i].ways = ways_of(strata[i].count, strata[i].treated);
        all = all > REDRAW_ALL ? all : all * r.own[i].ways;
        r.units += strata[i].count;
    }
    r.all = all <= REDRAW_ALL;
    r.draws = r.all ? all : draws;
    return r;
}

void redraw_end(struct redraw *redraw)
{
    lot_end(&redraw->source);
    free(redraw->own);
}

struct redraw_hand redraw_hand(const struct redraw *redraw)
{
    return (struct redraw_hand){.next = UINT64_MAX,
                                .tickets = heap_take(redraw->units, sizeof(struct redraw_ticket)),
                                .chosen = heap_apart(redraw->units, sizeof(uint32_t)),
                                .changed = heap_take(redraw->count, sizeof(bool))};
}

void redraw_hand_free(struct redraw_hand *hand)
{
    free(hand->tickets);
    free(hand->chosen);
    free(hand->changed);
}

/* ---- by lot ---- */

/* A stratum's units stand in the order of their ids. */
static bool before(const struct redraw_ticket *a, const struct redraw_ticket *b)
{
    int order = lot_compare(a->lot, b->lot);
    return order < 0 || (order == 0 && a->unit < b->unit);
}

static void swap(struct redraw_ticket *a, struct redraw_ticket *b)
{
    struct redraw_ticket kept = *a;
    *a = *b;
    *b = kept;
}

/* Puts the `few` first ones first (Hoare 1961). Lots are random, so any pivot will do but the
 * last: then each of two parts has something. */
static void part(struct redraw_ticket *tickets, size_t count, size_t few)
{
    size_t from = 0, to = count;
    while (from < few && few < to) {
        struct redraw_ticket pivot = tickets[from + (to - 1 - from) / 2];
        size_t left = from, right = to - 1;
        for (;;) {
            while (before(&tickets[left], &pivot))
                left++;
            while (before(&pivot, &tickets[right]))
                right--;
            if (left >= right)
                break;
            swap(&tickets[left++], &tickets[right--]);
        }
        if (few <= right)
            to = right + 1;
        else
            from = right + 1;
    }
}

static void draw_stratum(const struct redraw *r, struct redraw_hand *hand,
                         const struct redraw_stratum *s, uint64_t draw)
{
    struct redraw_ticket *tickets = hand->tickets + s->begin;
    size_t few = redraw_few(s), first = redraw_takes_treated(s) ? 0 : s->treated;
    for (size_t i = 0; i < s->count; i++)
        tickets[i] =
            (struct redraw_ticket){lot_of(&r->source, draw, r->ids[s->begin + i]), (uint32_t)i};
    part(tickets, s->count, s->treated);
    for (size_t i = 0; i < few; i++)
        hand->chosen[s->begin + i] = tickets[first + i].unit;
}

/* ---- each way once: sets in the order of their last, then of the one before it, ... ---- */

/* The set of that rank: the sum of C(c_i, i). */
static void unrank(uint32_t *chosen, size_t few, size_t count, uint64_t rank)
{
    uint64_t most = count;
    for (size_t i = few; i > 0; i--) {
        uint64_t low = i - 1, high = most; /* low has C(low, i) <= rank, high has not */
        while (high - low > 1) {
            uint64_t middle = low + (high - low) / 2;
            if (ways_of(middle, i) <= rank)
                low = middle;
            else
                high = middle;
        }
        chosen[i - 1] = (uint32_t)low;
        rank -= ways_of(low, i);
        most = low;
    }
}

static void seek(const struct redraw *r, struct redraw_hand *hand, uint64_t draw)
{
    for (size_t i = 0; i < r->count; i++) {
        const struct redraw_stratum *s = &r->strata[i];
        unrank(hand->chosen + s->begin, redraw_few(s), s->count, draw % s->ways);
        draw /= s->ways;
        hand->changed[i] = true;
    }
}

/* The next set; false after the last, when it is the first again. */
static bool advance(uint32_t *chosen, size_t few, size_t count)
{
    size_t i = 0;
    while (i < few && chosen[i] + 1 == (i + 1 < few ? chosen[i + 1] : count))
        i++;
    if (i < few)
        chosen[i]++;
    for (size_t j = 0; j < i; j++)
        chosen[j] = (uint32_t)j;
    return i < few;
}

static void step(const struct redraw *r, struct redraw_hand *hand)
{
    bool carried = true;
    for (size_t i = 0; i < r->count; i++) {
        const struct redraw_stratum *s = &r->strata[i];
        hand->changed[i] = carried;
        carried = carried && !advance(hand->chosen + s->begin, redraw_few(s), s->count);
    }
}

void redraw_draw(const struct redraw *r, struct redraw_hand *hand, uint64_t draw)
{
    for (size_t i = 0; i < r->count && !r->all; i++) {
        draw_stratum(r, hand, &r->strata[i], draw + 1);
        hand->changed[i] = true;
    }
    if (r->all && hand->next == draw)
        step(r, hand);
    else if (r->all)
        seek(r, hand, draw);
    hand->next = draw + 1;
}
