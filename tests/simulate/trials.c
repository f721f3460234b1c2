/*
 * trials - many trials from a model, for tests/simulate/effects.
 *
 *     trials MODEL DRAWS
 *
 * A row a person of each draw: id, draw, arm (t or c), block or cluster where the model has such, and
 * the outcomes. The effect is 1 for everybody, so that what an interval should cover is no matter of
 * who was drawn, and errors are new in each draw. Numbers are from a fixed generator and written with
 * four decimals.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../random.h"

static uint64_t state = 20261127;

static double uniform(void)
{
    return ((double)(next(&state) >> 11) + 0.5) / 0x1p53;
}

/* Box and Muller 1958 */
static double normal(void)
{
    return sqrt(-2 * log(uniform())) * cos(6.283185307179586 * uniform());
}

/* Mean 0, deviation 1, skew to the right. */
static double skewed(void)
{
    return -log(uniform()) - 1;
}

static unsigned person;

static void put(unsigned draw, int treated, const char *group, double y)
{
    printf("%u\t%u\t%c%s\t%.4f\n", ++person, draw, treated ? 't' : 'c', group, y);
}

/* An arm of n, of a deviation; the treated have the effect. */
static void arm(unsigned draw, int treated, unsigned n, double deviation, double (*error)(void))
{
    for (unsigned i = 0; i < n; i++)
        put(draw, treated, "", 5 + treated + deviation * error());
}

/* 20 with a deviation of 3, and 60 with one of 1. */
static void welch(unsigned draw)
{
    arm(draw, 1, 20, 3, normal);
    arm(draw, 0, 60, 1, normal);
}

static void skew(unsigned draw)
{
    arm(draw, 1, 40, 2, skewed);
    arm(draw, 0, 60, 1, skewed);
}

/* A block of its own mean, of so many treated and controls. */
static void block(unsigned draw, unsigned number, unsigned treated, unsigned controls, double more)
{
    char group[16];
    double mean = 3 * normal();
    (void)snprintf(group, sizeof group, "\tb%02u", number);
    for (unsigned i = 0; i < treated + controls; i++)
        put(draw, i < treated, group, mean + (i < treated ? 1 + more * normal() : normal()));
}

/* Twelve blocks of 8 to 30, from 3 treated and 5 controls to 11 and 19. */
static void strata(unsigned draw)
{
    for (unsigned b = 0; b < 12; b++)
        block(draw, b, 3 + b * 8 / 11, 5 + b * 14 / 11, 2);
}

/* 8 pairs, 6 triples and 2 groups of five with one treated, and 4 blocks of 12. */
static void pool(unsigned draw)
{
    for (unsigned b = 0; b < 20; b++)
        block(draw, b, b < 16 ? 1 : 6, b < 8 ? 1 : b < 14 ? 2 : b < 16 ? 4 : 6, 1);
}

/* Twelve clusters of 5 to 38, six in each arm; a quarter of the variance is theirs. */
static void twelve(unsigned draw, double effect)
{
    for (unsigned c = 0; c < 12; c++) {
        char group[16];
        double mean = normal() / 2;
        (void)snprintf(group, sizeof group, "\tk%02u", c);
        for (unsigned i = 0; i < 5 + 3 * c; i++)
            put(draw, c % 2 == 0, group, mean + effect * (c % 2 == 0) + 0.866 * normal());
    }
}

static void clusters(unsigned draw)
{
    twelve(draw, 1);
}

static void clusters_none(unsigned draw)
{
    twelve(draw, 0);
}

/* A rare event: 1 of 100 in both arms, of 200 and 300. */
static void rare(unsigned draw)
{
    for (unsigned i = 0; i < 500; i++)
        put(draw, i < 200, "", uniform() < 0.01 ? 1 : 0);
}

/* Fifteen towns of 16 to 44, with deviations from 1 to 3, and the same effect. */
static void towns(unsigned draw)
{
    for (unsigned town = 0; town < 15; town++) {
        char group[16];
        double deviation = 1 + town % 5 / 2.0;
        (void)snprintf(group, sizeof group, "\tt%02u", town);
        for (unsigned i = 0; i < 16 + 2 * town; i++)
            put(draw, i < 8 + town / 2, group, (i < 8 + town / 2) + deviation * normal());
    }
}

/* Four outcomes without an effect that hang together, .5 with the one before. */
static void four(unsigned draw, unsigned treated, unsigned controls, double deviation)
{
    for (unsigned i = 0; i < treated + controls; i++) {
        double last = normal(), scale = i < treated ? deviation : 1;
        printf("%u\t%u\t%c", ++person, draw, i < treated ? 't' : 'c');
        for (int y = 0; y < 4; y++) {
            printf("\t%.4f", scale * last);
            last = 0.5 * last + 0.8660254037844386 * normal();
        }
        putchar('\n');
    }
}

static void four_small(unsigned draw)
{
    four(draw, 20, 60, 3);
}

static void four_even(unsigned draw)
{
    four(draw, 20, 60, 1);
}

static void four_middle(unsigned draw)
{
    four(draw, 30, 90, 3);
}

static void four_large(unsigned draw)
{
    four(draw, 200, 600, 3);
}

/* Twelve months that hang together, .9 with the one before, with the effect in each. */
static void months(unsigned draw)
{
    for (unsigned i = 0; i < 80; i++) {
        double last = normal(), scale = i < 20 ? 3 : 1;
        printf("%u\t%u\t%c", ++person, draw, i < 20 ? 't' : 'c');
        for (int month = 0; month < 12; month++) {
            printf("\t%.4f", (i < 20) + scale * last);
            last = 0.9 * last + 0.4358898943540674 * normal();
        }
        putchar('\n');
    }
}

static const struct {
    const char *name, *columns;
    void (*draw)(unsigned draw);
} models[] = {
    {"welch", "y", welch},
    {"skew", "y", skew},
    {"strata", "block\ty", strata},
    {"pool", "block\ty", pool},
    {"clusters", "cluster\ty", clusters},
    {"rare", "y", rare},
    {"towns", "town\ty", towns},
    {"clusters-none", "cluster\ty", clusters_none},
    {"four-even", "y1\ty2\ty3\ty4", four_even},
    {"four-small", "y1\ty2\ty3\ty4", four_small},
    {"four-middle", "y1\ty2\ty3\ty4", four_middle},
    {"four-large", "y1\ty2\ty3\ty4", four_large},
    {"months", "y1\ty2\ty3\ty4\ty5\ty6\ty7\ty8\ty9\ty10\ty11\ty12", months},
};

int main(int argc, char **argv)
{
    for (size_t i = 0; argc == 3 && i < sizeof models / sizeof models[0]; i++) {
        if (strcmp(argv[1], models[i].name) != 0)
            continue;
        printf("id\tdraw\tarm\t%s\n", models[i].columns);
        for (unsigned draw = 1; draw <= strtoul(argv[2], NULL, 10); draw++) {
            person = 0;
            models[i].draw(draw);
        }
        return fflush(stdout) != 0;
    }
    fprintf(stderr, "usage: trials MODEL DRAWS\n");
    return 2;
}
