/*
 * The lots of the fields in a file, to be compared with those that another program found; or
 * `places`: over all u an arm has its share of the places, exactly, and with each u to within one.
 */
#include "trial/lot.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "trial/shares.h"

static struct lot lot(const char *salt, const char *what, uint64_t draw, struct slice id)
{
    struct lot_source source = lot_begin(slice_of(salt), slice_of(what));
    struct lot found = lot_of(&source, draw, id);
    lot_end(&source);
    return found;
}

/* A line of the file: salt, what, draw and id, which may be `x` so many times, as in `x*400`. */
static void show(char *line)
{
    char long_id[1000], *cells[4];
    unsigned times;
    struct slice rest = {line, strcspn(line, "\n")};
    for (size_t i = 0; i < 4; i++) {
        struct slice cell = slice_cut(&rest, '\t');
        cells[i] = line + (cell.bytes - line);
        cells[i][cell.length] = '\0';
    }
    struct slice id = slice_of(cells[3]);
    if (sscanf(cells[3], "x*%u", &times) == 1)
        id = (struct slice){memset(long_id, 'x', times), times};
    struct lot found = lot(cells[0], cells[1], strtoull(cells[2], NULL, 10), id);
    printf("%s\t%s\t%s\t%s\t%016" PRIx64 "%016" PRIx64 "\t%" PRIu64 "\n", cells[0], cells[1],
           cells[2], cells[3], found.high, found.low, lot_below(found, 15));
}

static void check_places(const char *arms, uint64_t people)
{
    uint64_t places[8], sums[8] = {0};
    struct slice items[8], rest = slice_of(arms);
    struct list list = {.items = items};
    while (rest.bytes != NULL)
        items[list.count++] = slice_cut(&rest, ',');
    struct shares shares = shares_read(&list);
    for (uint64_t u = 0; u < shares.sum; u++) {
        uint64_t all = 0;
        shares_places(&shares, people, u, places);
        for (size_t i = 0; i < shares.count; i++) {
            uint64_t least = people * shares.of[i] / shares.sum;
            if (places[i] < least || places[i] > least + 1)
                exit(1);
            sums[i] += places[i];
            all += places[i];
        }
        if (all != people)
            exit(1);
    }
    for (size_t i = 0; i < shares.count; i++)
        if (sums[i] != people * shares.of[i])
            exit(1);
    shares_free(&shares);
}

static int check_all_places(void)
{
    static const char *const arms[] = {"a:1,b:1",      "a:2,b:1",          "a:1,b:2",
                                       "a:3,b:2,c:6",  "a:50,b:50,c:50",   "a:7,b:1,c:1,d:5",
                                       "a:97,b:1,c:2", "a:1000,b:999,c:1", "a:6,b:4"};
    for (size_t i = 0; i < sizeof arms / sizeof arms[0]; i++)
        for (uint64_t people = 0; people < 200; people++)
            check_places(arms[i], people);
    return 0;
}

int main(int argc, char **argv)
{
    char line[1000];
    if (argc > 1 && strcmp(argv[1], "places") == 0)
        return check_all_places();
    FILE *file = argc > 1 ? fopen(argv[1], "r") : NULL;
    if (file == NULL)
        return 2;
    for (int i = 0; fgets(line, sizeof line, file) != NULL; i++)
        if (i == 0)
            fputs(line, stdout);
        else
            show(line);
    fclose(file);
    return 0;
}
