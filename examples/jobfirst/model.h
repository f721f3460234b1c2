/*
 * model: who a made person is, and how the months went.
 *
 * A person is a pure function of the seed and a number: of the roster place for
 * the 2,407 people of the trial, of the count of outsiders for everyone else.
 * So an extract of any size holds the same trial. Integers only, so that every
 * machine makes the same bytes.
 */
#ifndef JOBFIRST_MODEL_H
#define JOBFIRST_MODEL_H

#include <stdbool.h>
#include <stdint.h>

enum { FIRST_YEAR = 2008, MONTHS = 14 * 12 + 8, LOTTERY = 8 * 12 + 2 }; /* 2022-08, 2016-03 */
enum { TRIAL = 2407, PERSONS_MAX = 80000000 }; /* more would run out of PNR */
enum { CALIBRATED_SEED = 24134 };              /* see model.c */
enum { LOTS_MONTHS = 6 };                      /* in which lots were drawn, from LOTTERY on */
enum { NO_BENEFIT = 0, NO_TRADE = 0, DEGREE_MAX = 150 };

enum arm { DELTAGER, KONTROL, ARMS };
enum group { KONTANTHJAELP, RESSOURCEFORLOEB, GROUPS };

struct person {
    uint64_t pnr; /* ten digits: day, month + 80, year, serial; so never a real one */
    enum arm arm;
    enum group group;
    const char *municipality;
    unsigned age, education;    /* years */
    unsigned months_on_benefit; /* before the lottery */
    int lot;                    /* the month of the own lot, from 2008-01 */
    bool female;
    unsigned rank,
        ranks; /* among the people of the same arm and group, from 0; how many they are */
};

/* A cell a month from 2008-01; the weeks take the benefit of their month. */
struct life {
    uint16_t benefit[MONTHS]; /* a code of three digits or NO_BENEFIT */
    uint8_t degree[MONTHS];   /* hundredths of full time; 0: no wage */
    uint8_t trade[MONTHS];    /* an index into trades[], or NO_TRADE */
};

/* The trades of branche_*, DB07 of six digits; trades[NO_TRADE] is empty. */
enum { TRADES = 16 };
extern const char *const trades[TRADES];

/* The people in the 2,407 places, in the order of the extract, before lots are drawn. */
void roster_people(struct person roster[TRIAL], uint64_t seed);

/* What follows from the arms, which are set. */
void roster_fill(struct person roster[TRIAL], uint64_t seed);

/* How far into its share of the extract the person at `place` stands, of 2^16. */
uint64_t roster_jitter(uint64_t seed, unsigned place);

void life_of_trial(struct life *life, const struct person *person, unsigned place, uint64_t seed);

/* The outsider with this number from 0; returns the PNR. */
uint64_t life_of_outsider(struct life *life, uint64_t number, uint64_t seed);

#endif
