/*
 * The lots of the fields in a file, to be compared with those that another program found; or
 * `places`: over all u an arm has its share of the places, exactly, and with each u to within one;
 * or `neighbours`: lots of ids, salts and draws that follow each other have each bit in common as
 * often as not, to within 4.5 standard errors.
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

enum { NEIGHBOURS = 20000, BITS = 128 };

/* The lot number i of a kind: of an id, of a salt, of a draw. */
static struct lot lot_number(unsigned kind, unsigned salt, unsigned i)
{
    char text[32], id[32];
    snprintf(text, sizeof text, "%u", kind == 1 ? salt * NEIGHBOURS + i : salt);
    snprintf(id, sizeof id, "person%u", kind == 0 ? i : 1);
    return lot(text, "order arm", kind == 2 ? i : 0, slice_of(id));
}

static bool is_set(struct lot lot, unsigned bit)
{
    return (bit < 64 ? lot.low >> bit : lot.high >> (bit - 64)) & 1;
}

static void check_neighbours(unsigned kind, unsigned salt)
{
    unsigned same[BITS] = {0}, ones[BITS] = {0};
    struct lot last = lot_number(kind, salt, 0);
    for (unsigned i = 1; i <= NEIGHBOURS; i++) {
        struct lot next = lot_number(kind, salt, i);
        for (unsigned bit = 0; bit < BITS; bit++) {
            same[bit] += is_set(last, bit) == is_set(next, bit);
            ones[bit] += is_set(next, bit);
        }
        last = next;
    }
    const int off = 318; /* 4.5 sqrt(NEIGHBOURS) / 2 */
    for (unsigned bit = 0; bit < BITS; bit++)
        if (abs((int)same[bit] - NEIGHBOURS / 2) > off ||
            abs((int)ones[bit] - NEIGHBOURS / 2) > off) {
            printf("kind %u, salt %u: bit %u is not free\n", kind, salt, bit);
            exit(1);
        }
}

int main(int argc, char **argv)
{
    char line[1000];
    if (argc > 1 && strcmp(argv[1], "places") == 0)
        return check_all_places();
    if (argc > 1 && strcmp(argv[1], "neighbours") == 0) {
        for (unsigned salt = 1; salt <= 10; salt++)
            for (unsigned kind = 0; kind < 3; kind++)
                check_neighbours(kind, salt);
        return 0;
    }
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
