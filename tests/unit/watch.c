/*
 * The watch of persons against plain lists: all pairs are kept and sorted here, and those that it
 * must see are picked by its rule. Rows come in several orders, to several parts, in turns.
 */
#include <stdio.h>
#include <stdlib.h>

#include "../random.h"
#include "base/leave.h"
#include "base/map.h"
#include "trial/watch.h"

enum { KEYS = 12, PARTS = 5 };

static uint64_t seed = 1;

struct row {
    unsigned key, person;
};

/* The text of a number, padded: watch_row reads WATCH_ID bytes. */
static struct slice text_of(char *text, const char *what, unsigned number)
{
    size_t length = (size_t)snprintf(text, 64, "%s%u", what, number);
    memset(text + length, '\n', 64 - length);
    return (struct slice){text, length};
}

static struct watch_pair pair_of(struct row row)
{
    char text[64];
    struct map_digest key = map_digest(text_of(text, "k", row.key));
    struct map_digest person = map_digest(text_of(text, "p", row.person));
    return (struct watch_pair){(key.high | 2) & ~(uint64_t)1, person.high, person.low ^ key.low};
}

static int by_order(const void *a, const void *b)
{
    const struct watch_pair *one = a, *other = b;
    if (one->key != other->key)
        return one->key < other->key ? -1 : 1;
    if (one->high != other->high)
        return one->high < other->high ? -1 : 1;
    return (one->low > other->low) - (one->low < other->low);
}

/* The pairs that stand twice among those that the rule picks, in order; returns how many. */
static size_t expect(const struct row *rows, size_t count, struct watch_pair *twice)
{
    struct watch_pair *all = malloc(count * sizeof *all);
    size_t different = 0, found = 0, kept = 0;
    for (size_t i = 0; i < count; i++)
        all[i] = pair_of(rows[i]);
    qsort(all, count, sizeof *all, by_order);
    for (size_t i = 0; i < count; i++)
        different += i == 0 || by_order(&all[i], &all[i - 1]) != 0;
    size_t most = different > WATCH_MOST ? WATCH_LEAST : different;
    for (size_t i = 0, same; i < count && kept < most; i += same, kept++) {
        for (same = 1; i + same < count && by_order(&all[i], &all[i + same]) == 0;)
            same++;
        if (same > 1)
            twice[found++] = all[i];
    }
    free(all);
    return found;
}

/* Gives the rows to the parts, a few at a time, none beside another as neighbours. */
static bool agrees(const struct row *rows, size_t count, size_t turn)
{
    struct watch watch;
    struct watch_part parts[PARTS] = {0};
    struct watch_pair *twice = malloc(count * sizeof *twice);
    char text[64];
    watch_open(&watch);
    for (unsigned p = 0; p < PARTS; p++) {
        watch_begin(&parts[p], &watch);
        for (unsigned k = 0; k < KEYS; k++)
            watch_add_key(&parts[p], text_of(text, "k", k));
    }
    for (size_t i = 0; i < count; i++) {
        struct watch_part *part = &parts[i / turn % PARTS];
        watch_cut(part);
        watch_row(part, rows[i].key, text_of(text, "p", rows[i].person));
    }
    for (unsigned p = 0; p < PARTS; p++)
        watch_end(&parts[p]);
    size_t found = expect(rows, count, twice);
    bool good = watch_found(&watch) == (found > 0) && watch.twice_count == found;
    for (size_t i = 0; good && i < found; i++)
        good = by_order(&(struct watch_pair){watch.twice[i].key & ~(uint64_t)1, watch.twice[i].high,
                                             watch.twice[i].low},
                        &twice[i]) == 0;
    for (unsigned p = 0; p < PARTS; p++)
        watch_drop(&parts[p]);
    watch_close(&watch);
    free(twice);
    return good;
}

/* Rows of so many pairs, every so-manyth of them twice. */
static size_t make_rows(struct row *rows, size_t pairs, size_t each)
{
    size_t count = 0;
    for (size_t i = 0; i < pairs; i++) {
        rows[count++] = (struct row){(unsigned)(i % KEYS), (unsigned)(i / KEYS)};
        if (i % each == each - 1)
            rows[count++] = rows[i / 2];
    }
    return count;
}

static void shuffle(struct row *rows, size_t count)
{
    for (size_t i = count; i > 1; i--) {
        size_t other = below(&seed, i);
        struct row row = rows[i - 1];
        rows[i - 1] = rows[other];
        rows[other] = row;
    }
}

int main(void)
{
    static const size_t sizes[] = {1, 100, 65535, 65536, 65537, 400000};
    struct row *rows = malloc((size_t)2 * 400000 * sizeof *rows);
    unsigned bad = 0, tried = 0;
    leave_begin("watch");
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        for (size_t each = 3; each < 3000000; each *= 961) {
            size_t count = make_rows(rows, sizes[i], each);
            for (unsigned order = 0; order < 2; order++) {
                if (order > 0)
                    shuffle(rows, count);
                tried++;
                if (!agrees(rows, count, 1 + below(&seed, 1000)) && bad++ < 10)
                    printf("%zu pairs, every %zu. twice, order %u\n", sizes[i], each, order);
            }
        }
    free(rows);
    printf("%u streams, %u wrong\n", tried, bad);
    return leave_end() + (bad > 0);
}
