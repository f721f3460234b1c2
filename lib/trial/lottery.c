#include "trial/lottery.h"

#include <stdlib.h>

#include "base/heap.h"
#include "stream/table.h"
#include "trial/twins.h"

struct drawn {
    struct lot lot;
    uint32_t person, stratum;
};

struct lottery_file {
    const char *name;
    size_t first; /* person */
};

struct lottery lottery_begin(struct slice salt, struct slice name, size_t id)
{
    return (struct lottery){.order = lot_begin_for(salt, "order", name),
                            .places = lot_begin_for(salt, "places", name),
                            .id = id};
}

/* A file's first row is its second line. */
static void meet_file(struct lottery *l, const struct table *row)
{
    struct place place = table_row(row);
    if (place.line != 2)
        return;
    l->files = heap_grow(l->files, &l->files_room, l->file_count + 1, sizeof *l->files);
    l->files[l->file_count++] = (struct lottery_file){place.file, l->count};
}

void lottery_add(struct lottery *l, const struct table *row, struct slice held, struct slice id,
                 size_t stratum)
{
    if (l->count == UINT32_MAX)
        fail("more than %u persons; draw for each stratum by itself", UINT32_MAX);
    meet_file(l, row);
    l->rows = heap_grow(l->rows, &l->rows_room, l->count + 1, sizeof *l->rows);
    l->drawn = heap_grow(l->drawn, &l->drawn_room, l->count + 1, sizeof *l->drawn);
    l->bytes = heap_grow(l->bytes, &l->bytes_room, l->bytes_used + held.length + 1, 1);
    memcpy(l->bytes + l->bytes_used, held.bytes, held.length);
    l->rows[l->count] = l->bytes_used;
    l->bytes_used += held.length;
    l->drawn[l->count] =
        (struct drawn){lot_of(&l->order, 0, id), (uint32_t)l->count, (uint32_t)stratum};
    l->count++;
}

struct slice lottery_row(const struct lottery *l, size_t person)
{
    size_t end = person + 1 < l->count ? l->rows[person + 1] : l->bytes_used;
    return (struct slice){l->bytes + l->rows[person], end - l->rows[person]};
}

struct place lottery_place(const struct lottery *l, size_t person)
{
    size_t file = l->file_count - 1;
    while (l->files[file].first > person)
        file--;
    return (struct place){l->files[file].name, person - l->files[file].first + 2, {0}};
}

static struct slice id_of(const struct lottery *l, size_t person)
{
    struct slice rest = lottery_row(l, person), id = slice_cut(&rest, '\t');
    for (size_t i = 0; i < l->id; i++)
        id = slice_cut(&rest, '\t');
    return id;
}

/* By lot; those of one lot by id, and those of one id, who are an error, as they came. */
static bool is_before(const struct lottery *l, const struct drawn *a, const struct drawn *b)
{
    int order = lot_compare(a->lot, b->lot);
    if (order == 0 && a->person != b->person)
        order = slice_compare(id_of(l, a->person), id_of(l, b->person));
    return order != 0 ? order < 0 : a->person < b->person;
}

/* Lots have no order to begin with, so that of any three the middle one is as good a pivot as
 * another: unlike qsort this needs no second array. */
static void sort(const struct lottery *l, struct drawn *from, struct drawn *end)
{
    while (end - from > 1) {
        struct drawn pivot = from[(end - from) / 2], *low = from, *high = end - 1;
        while (low <= high) {
            while (is_before(l, low, &pivot))
                low++;
            while (is_before(l, &pivot, high))
                high--;
            if (low <= high) {
                struct drawn other = *low;
                *low++ = *high;
                *high-- = other;
            }
        }
        if (high + 1 - from < end - low) {
            sort(l, from, high + 1);
            from = low;
        } else {
            sort(l, low, end);
            end = high + 1;
        }
    }
}

/* Of all whose id stood before, the first one is told of. */
static void check_twice(const struct lottery *l)
{
    const struct drawn *first = NULL;
    for (size_t i = 1; i < l->count; i++) {
        const struct drawn *one = &l->drawn[i];
        if (lot_compare(one[-1].lot, one->lot) == 0 &&
            slice_equal(id_of(l, one[-1].person), id_of(l, one->person)) &&
            (first == NULL || one->person < first->person))
            first = one;
    }
    if (first == NULL)
        return;
    struct place before = lottery_place(l, first[-1].person);
    fail_at(lottery_place(l, first->person),
            "the id of line %llu%s%s again; a person stands once in the list",
            (unsigned long long)before.line, l->file_count > 1 ? " of " : "",
            l->file_count > 1 ? before.file : "");
}

static struct slice listed_id(const void *lottery, size_t person)
{
    return id_of(lottery, person);
}

static struct place listed_place(const void *lottery, size_t person)
{
    return lottery_place(lottery, person);
}

/* The places that each arm has in each stratum. */
static void count_places(struct lottery *l, const struct shares *shares,
                         const struct intake *intake)
{
    size_t strata = intake->strata.count;
    uint64_t *people = heap_take(strata, sizeof *people);
    l->counts = heap_take(strata * shares->count, sizeof *l->counts);
    for (size_t i = 0; i < l->count; i++)
        people[l->drawn[i].stratum]++;
    for (size_t s = 0; s < strata; s++) {
        struct lot u = lot_of(&l->places, 0, intake_cells(intake, s));
        shares_places(shares, people[s], lot_below(u, shares->sum), l->counts + s * shares->count);
    }
    free(people);
}

/* Of a stratum, on the way through its ranks: the arm at hand, and its people so far. */
struct filled {
    uint32_t arm;
    uint32_t people;
};

void lottery_draw(struct lottery *l, const struct shares *shares, const struct intake *intake)
{
    sort(l, l->drawn, l->drawn + l->count);
    check_twice(l);
    struct twins_list list = {l, l->count, listed_id, listed_place};
    twins_check(&list);
    twins_tell(&list);
    count_places(l, shares, intake);
    struct filled *strata = heap_take(intake->strata.count, sizeof *strata);
    l->arms = heap_take(l->count, sizeof *l->arms);
    for (size_t i = 0; i < l->count; i++) {
        const struct drawn *one = &l->drawn[i];
        struct filled *filled = &strata[one->stratum];
        const uint64_t *places = l->counts + one->stratum * shares->count;
        for (; filled->people == places[filled->arm]; filled->people = 0)
            filled->arm++;
        filled->people++;
        l->arms[one->person] = filled->arm;
    }
    free(strata);
}

void lottery_free(struct lottery *l)
{
    lot_end(&l->order);
    lot_end(&l->places);
    free(l->drawn);
    free(l->rows);
    free(l->arms);
    free(l->counts);
    free(l->bytes);
    free(l->files);
}
