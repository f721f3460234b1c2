/*
 * The lots of the fields in a file, to be compared with those that another program found.
 */
#include "trial/lot.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

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

int main(int argc, char **argv)
{
    char line[1000];
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
