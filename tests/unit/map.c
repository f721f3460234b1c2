/* The map where its keys are chosen to meet: it must be no slower for them. */
#include "base/map.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/slice.h"

enum { KEYS = 3000, BITS = 12 }; /* of a table of 4,096 slots */

/* The next key whose hash, by the seed that everybody knows, ends in zeros. */
static struct slice next_key(char *text, unsigned *from)
{
    struct slice key;
    do
        key = (struct slice){text, (size_t)snprintf(text, 24, "pnr%u", (*from)++)};
    while (map_hash(key) % (1 << BITS) != 0);
    return key;
}

/* The most slots in a row that are taken. */
static size_t longest_run(const struct map *map)
{
    size_t longest = 0, run = 0;
    for (size_t i = 0; i < map->slot_count; i++) {
        run = map->slots[i] == 0 ? 0 : run + 1;
        longest = run > longest ? run : longest;
    }
    return longest;
}

static void fill(struct map *map)
{
    unsigned from = 0;
    for (size_t i = 0; i < KEYS; i++) {
        char text[24];
        size_t number;
        if (!map_add(map, next_key(text, &from), &number) || number != i)
            exit(1);
    }
}

int main(void)
{
    struct map one = {0}, other = {0};
    fill(&one);
    fill(&other);
    printf("run %s\n", longest_run(&one) < KEYS / 4 ? "short" : "long");
    printf("seeds %s\n", one.seed != other.seed ? "differ" : "agree");
    for (size_t i = 0; i < KEYS; i++)
        if (map_find(&other, one.keys[i]) != i)
            return 1;
    map_free(&one);
    map_free(&other);
    return 0;
}
