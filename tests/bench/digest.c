/*
 * digest - one line that two sets of rows share when they are the same set.
 *
 *     digest [-r DECIMALS] <ROWS
 *
 * Prints the number of lines and the sum of their hashes, which does not depend on their order.
 * With -r the last cell is a number and is hashed as rounded to so many decimals: 16.033 and
 * 16.032999999999998 are then the same cell. Lines are hashed by FNV-1a, 64 bits.
 */
#define _GNU_SOURCE
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t hash_of(const char *text, size_t size, uint64_t seed)
{
    uint64_t hash = seed ^ UINT64_C(14695981039346656037);

    for (size_t i = 0; i < size; i++)
        hash = (hash ^ (unsigned char)text[i]) * UINT64_C(1099511628211);
    return hash ^ hash >> 29;
}

/* Without a last cell that is a number (a header), the line as it stands. */
static uint64_t hash_rounded(const char *line, size_t size, double unit)
{
    const char *tab = memrchr(line, '\t', size);
    char *end;

    if (tab == NULL)
        return hash_of(line, size, 0);
    double value = strtod(tab + 1, &end);
    if (end == tab + 1 || end != line + size)
        return hash_of(line, size, 0);
    return hash_of(line, (size_t)(tab - line), (uint64_t)llround(value * unit) << 1);
}

int main(int argc, char **argv)
{
    char *line = NULL;
    size_t room = 0;
    uint64_t lines = 0, sum = 0;
    int rounded = argc == 3 && strcmp(argv[1], "-r") == 0;

    if (argc != 1 && !rounded) {
        fprintf(stderr, "usage: digest [-r DECIMALS] <ROWS\n");
        return 2;
    }
    double unit = rounded ? pow(10, atoi(argv[2])) : 1;
    for (ssize_t size; (size = getline(&line, &room, stdin)) > 0; lines++) {
        size_t text = (size_t)size - (line[size - 1] == '\n');
        line[text] = '\0';
        sum += rounded ? hash_rounded(line, text, unit) : hash_of(line, text, 0);
    }
    free(line);
    if (ferror(stdin)) {
        perror("digest");
        return 1;
    }
    printf("%" PRIu64 " rows %016" PRIx64 "\n", lines, sum);
    return 0;
}
