/*
 * model - the made trial and the made people around it.
 *
 * Nobody in here exists. The trial is calibrated to what the evaluation of JobFirst published, not
 * drawn from its data, and it is no evidence of anything but the arithmetic of the pipelines.
 *
 * An employability from 0 to 1 stands behind each month of a person, and there are wage hours where
 * it lies below the share of the arm and group that works that month (the curves below). At times,
 * a new job, the employability is drawn again: the person's own, which lasts, or anyone's.
 *
 * Three things are arranged, so that 2,407 people show the published figures and not these give or
 * take a standard error. People's own employabilities are spaced evenly in each arm and group. From
 * the lottery on, the people of one rank in the two arms, twins, draw the same luck, so that only
 * the curves tell them apart. And the default seed was chosen among some thousands, for balance at
 * the lottery, quiet months before it and the figures after it, when lots were drawn otherwise; the
 * salt of jf-draw's, JobFirst 2016, is the first that was tried. The programs know none of this:
 * their standard errors are those of two independent arms, wider than this data would need.
 */
#include <stddef.h>

#include "model.h"

enum { MILLION = 1000000 };

/* ---- the published figures, as curves ---- */

/* Basis points of a group with wage hours in a month; between two knots on the straight line.
 *
 * The control arm's share gives 950 hours a person to 2022-08 and, in kontanthjaelp, 12 per cent
 * with any hours to the end of 2017; ressourceforloeb works far less. In April 2020 the country is
 * closed. What the offer lifts the share by gives 133 hours more and 19 per cent: most in 2018 and
 * 2019; after the closing no more of them work, only more of those full time (FULL_LIFT); in
 * ressourceforloeb late and little. */
static const struct knot {
    int year, month;
    int control[GROUPS], lift[GROUPS];
} knots[] = {
    {2016, 3, {150, 60}, {30, 0}},       {2016, 9, {310, 90}, {180, 0}},
    {2017, 12, {740, 200}, {500, 0}},    {2018, 12, {1700, 400}, {440, 10}},
    {2020, 3, {2550, 650}, {430, 40}},   {2020, 4, {2350, 600}, {-20, 40}},
    {2020, 12, {3100, 700}, {-54, 90}},  {2021, 6, {3580, 800}, {-54, 150}},
    {2021, 12, {4050, 900}, {-54, 160}}, {2022, 8, {4350, 950}, {-54, 180}},
};

/* Before the lottery the arms are one: some worked before they came on benefit, few on it. */
enum { SHARE_BEFORE_BENEFIT = 3500, SHARE_ON_BENEFIT = 170 };

/* How long luck lasts, and what it brings: nearly half of the jobs are of a few hours a week. The
 * offer makes more of them full time while it lasts. */
enum { NEW_JOB_IN = 10, OWN_PERCENT = 62, SMALL_PERCENT = 42, FULL_PERCENT = 22, FULL_LIFT = 4 };
enum { CLOSED = 12 * 12 + 3 }; /* 2020-04 */

/* Codes that stand alone, and how many die or leave before they are old. */
enum {
    STUDIES = 651,
    EMIGRATED = 997,
    OLD_AGE = 998,
    DEAD = 999,
    DEAD_PERCENT = 4,
    AWAY_PERCENT = 1
};

/* 1,847 and 560 people; the names are decoration. */
static const struct {
    const char *name;
    unsigned people[GROUPS];
} municipalities[15] = {
    {"Aalborg", {213, 62}}, {"Aarhus", {245, 71}},   {"Ballerup", {74, 24}}, {"Esbjerg", {141, 43}},
    {"Gladsaxe", {83, 27}}, {"Haderslev", {79, 22}}, {"Herning", {102, 30}}, {"Horsens", {112, 35}},
    {"Kolding", {109, 33}}, {"Odense", {228, 74}},   {"Randers", {126, 38}}, {"Roskilde", {91, 26}},
    {"Slagelse", {97, 31}}, {"Svendborg", {68, 20}}, {"Vejle", {79, 24}},
};

const char *const trades[TRADES] = {
    "",       "011100", "107120", "412000", "471120", "477110", "494100", "551010",
    "561010", "561020", "782000", "812100", "841100", "852010", "873010", "881010",
};

/* ---- chance ---- */

/* splitmix64 (Steele, Lea, Flood 2014): one stream for each purpose and number. */
struct chance {
    uint64_t state;
};

enum purpose { LOTS, PLACES, BEFORE, TWINS, AFTER, OUTSIDE, MONTH_OF_LOT, ENDS };

static uint64_t chance_next(struct chance *chance)
{
    uint64_t z = chance->state += 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

static struct chance chance_for(uint64_t seed, enum purpose purpose, uint64_t number)
{
    struct chance chance = {seed * 8 + purpose};
    chance.state = chance_next(&chance) ^ number * 0xd1342543de82ef95U;
    chance.state = chance_next(&chance);
    return chance;
}

/* 0 to below - 1. */
static unsigned chance_below(struct chance *chance, unsigned below)
{
    return (unsigned)((chance_next(chance) >> 32) * below >> 32);
}

/* ---- people ---- */

/* Numbers become PNR one to one: a step prime to all of them walks through serials of the twentieth
 * century (0 to 4999), 12 months of 28 days and the years of birth 1950 to 1997. */
enum { SERIALS = 5000, DAYS = 28, BIRTH_FIRST = 1950, BIRTHS = 48, AGE_IN = 2015 };

static uint64_t pnr_of(uint64_t number, uint64_t seed)
{
    const uint64_t all = (uint64_t)SERIALS * BIRTHS * 12 * DAYS;
    struct chance start = chance_for(seed, PLACES, UINT64_MAX);
    uint64_t x = (number * 49837483 + chance_next(&start) % all) % all;
    uint64_t year = BIRTH_FIRST % 100 + x % BIRTHS;
    uint64_t day = 1 + x / BIRTHS % DAYS;
    uint64_t month = 81 + x / BIRTHS / DAYS % 12;
    uint64_t serial = x / BIRTHS / DAYS / 12;
    return ((day * 100 + month) * 100 + year) * 10000 + serial;
}

/* The people of each group of each municipality. Who stands where is settled by the shuffle after
 * it. */
static void count_people(struct person roster[TRIAL])
{
    static const struct person nobody;
    unsigned n = 0;

    for (size_t m = 0; m < sizeof municipalities / sizeof *municipalities; m++) {
        for (enum group g = 0; g < GROUPS; g++) {
            for (unsigned i = 0; i < municipalities[m].people[g]; i++, n++) {
                roster[n] = nobody;
                roster[n].municipality = municipalities[m].name;
                roster[n].group = g;
            }
        }
    }
}

void roster_people(struct person roster[TRIAL], uint64_t seed)
{
    static const unsigned education[8] = {7, 9, 9, 9, 10, 10, 12, 14};
    struct chance lots = chance_for(seed, LOTS, 0);

    count_people(roster);
    for (unsigned n = TRIAL; n > 1; n--) {
        unsigned other = chance_below(&lots, n);
        struct person last = roster[n - 1];
        roster[n - 1] = roster[other];
        roster[other] = last;
    }
    for (unsigned n = 0; n < TRIAL; n++) {
        struct person *person = &roster[n];
        person->pnr = pnr_of(n, seed);
        person->age = AGE_IN - 1900 - (unsigned)(person->pnr / 10000 % 100);
        person->female = person->pnr % 2 == 0;
        person->education = education[chance_below(&lots, 8)];
        person->months_on_benefit = 12 + chance_below(&lots, 60) + chance_below(&lots, 60);
    }
}

uint64_t roster_jitter(uint64_t seed, unsigned place)
{
    struct chance chance = chance_for(seed, PLACES, place);
    return chance_next(&chance) >> 48;
}

/* ---- months of the trial ---- */

/* The months from 2008-01 to a knot. */
static int knot_at(const struct knot *knot)
{
    return (knot->year - FIRST_YEAR) * 12 + knot->month - 1;
}

/* The share that works, in parts of a million, at a month from the lottery on. */
static unsigned share_at(int month, enum group group, enum arm arm)
{
    const struct knot *to = knots + 1;

    while (month > knot_at(to))
        to++;
    const struct knot *from = to - 1;
    int low = from->control[group], high = to->control[group];
    if (arm == DELTAGER) {
        low += from->lift[group];
        high += to->lift[group];
    }
    int past = month - knot_at(from), whole = knot_at(to) - knot_at(from);
    return (unsigned)(low * 100 + (high - low) * 100 * past / whole);
}

struct job {
    unsigned place;  /* the employability, in parts of a million */
    unsigned degree; /* hundredths, before the month's own difference */
    unsigned spread; /* of that difference */
    uint8_t trade;
};

static void job_draw(struct job *job, struct chance *chance, unsigned own, unsigned full)
{
    unsigned anyone = chance_below(chance, MILLION);
    job->place = chance_below(chance, 100) < OWN_PERCENT ? own : anyone;
    job->trade = (uint8_t)(1 + chance_below(chance, TRADES - 1));
    unsigned kind = chance_below(chance, 100), size = chance_below(chance, 64);
    if (kind < SMALL_PERCENT) {
        job->degree = 2 + size / 3;
        job->spread = 1 + job->degree / 3;
    } else if (kind < 100 - full) {
        job->degree = 18 + size;
        job->spread = 9;
    } else {
        job->degree = size < 40 ? 100 : 92 + size % 16;
        job->spread = size < 40 ? 1 : 7;
    }
}

/* Walks the months from `month` to before `end`; the draws are the same whatever the share is. */
static void work(struct life *life, const struct person *person, struct chance *chance, int month,
                 int end)
{
    unsigned own = (person->rank * 2 + 1) * (MILLION / 2) / person->ranks;
    bool offer = person->group == KONTANTHJAELP && person->arm == DELTAGER && month >= LOTTERY;
    struct job job;

    job_draw(&job, chance, own, FULL_PERCENT);
    for (; month < end; month++) {
        bool lifted = offer && month < CLOSED;
        if (chance_below(chance, NEW_JOB_IN) == 0)
            job_draw(&job, chance, own, FULL_PERCENT + (lifted ? FULL_LIFT : 0));
        bool before = month + (int)person->months_on_benefit < LOTTERY;
        unsigned share = (before ? SHARE_BEFORE_BENEFIT : SHARE_ON_BENEFIT) * 100;
        if (month >= LOTTERY)
            share = share_at(month, person->group, person->arm);
        unsigned change = chance_below(chance, 2 * job.spread + 1);
        bool works = job.place < share;
        unsigned degree = job.degree + change - job.spread;
        life->degree[month] = (uint8_t)(works ? degree : 0);
        life->trade[month] = works ? job.trade : NO_TRADE;
    }
}

/* The benefit of the group until a job of most of the week; ressourceforloeb is a law of 2013.
 * Before it dagpenge, studies or nothing; in the end foertidspension for some. */
static void draw_benefits(struct life *life, const struct person *person, struct chance *chance)
{
    static const uint16_t before[4] = {111, STUDIES, NO_BENEFIT, NO_BENEFIT};
    const int start = LOTTERY - (int)person->months_on_benefit, law = 5 * 12;
    const int pension = LOTTERY + 12 + (int)chance_below(chance, 300);
    const uint16_t first = before[chance_below(chance, 4)];
    unsigned offer = 0;

    for (int month = 0; month < MONTHS; month++) {
        if (chance_below(chance, 6) == 0)
            offer = chance_below(chance, 9);
        bool early = person->group == KONTANTHJAELP || month < law;
        uint16_t code = (uint16_t)((early ? 730 : 810) + offer);
        if (month < start)
            code = first;
        if (month >= pension)
            code = 783;
        life->benefit[month] = life->degree[month] < 60 ? code : NO_BENEFIT;
    }
}

/* Some grow old, some emigrate, some die: who has no job any more, so that no figure moves. */
static void draw_end(struct life *life, const struct person *person, struct chance *chance)
{
    const int old = (AGE_IN + 65 - (int)person->age - FIRST_YEAR) * 12;
    const int end = LOTTERY + 6 + (int)chance_below(chance, MONTHS - LOTTERY);
    const unsigned fate = chance_below(chance, 100);
    int month = MONTHS;

    for (; month > 0 && life->degree[month - 1] == 0; month--) {
        uint16_t *code = &life->benefit[month - 1];
        if (month > old)
            *code = OLD_AGE;
        if (month > end && fate < DEAD_PERCENT + AWAY_PERCENT)
            *code = fate < DEAD_PERCENT ? DEAD : EMIGRATED;
    }
}

static struct chance luck_of(const struct person *person, unsigned place, uint64_t seed)
{
    bool twins = person->group == KONTANTHJAELP;
    return chance_for(seed, twins ? TWINS : AFTER, twins ? person->rank : place);
}

void life_of_trial(struct life *life, const struct person *person, unsigned place, uint64_t seed)
{
    struct chance before = chance_for(seed, BEFORE, place);
    struct chance after = luck_of(person, place, seed);
    struct chance ends = chance_for(seed, ENDS, place);

    work(life, person, &before, 0, LOTTERY);
    work(life, person, &after, LOTTERY, MONTHS);
    draw_benefits(life, person, &before);
    draw_end(life, person, &ends);
}

/* Lots are drawn over some months, twins' in the same one. The curves lift the participants from
 * LOTTERY on, whatever their own month is: so a pair whom the offer tells apart before its month
 * had its lot that much earlier. */
static int draw_month(const struct person *person, unsigned place, uint64_t seed)
{
    struct chance chance = chance_for(seed, MONTH_OF_LOT, person->rank * GROUPS + person->group);
    const int lot = LOTTERY + (int)chance_below(&chance, LOTS_MONTHS);
    struct life lives[ARMS];
    struct person twin = *person;
    int month = LOTTERY;

    for (twin.arm = 0; twin.arm < ARMS; twin.arm++) {
        struct chance luck = luck_of(person, place, seed);
        work(&lives[twin.arm], &twin, &luck, LOTTERY, lot);
    }
    while (month < lot && lives[DELTAGER].degree[month] == lives[KONTROL].degree[month])
        month++;
    return month;
}

void roster_fill(struct person roster[TRIAL], uint64_t seed)
{
    unsigned ranks[GROUPS][ARMS] = {{0}};

    for (unsigned place = 0; place < TRIAL; place++)
        roster[place].rank = ranks[roster[place].group][roster[place].arm]++;
    for (unsigned place = 0; place < TRIAL; place++)
        roster[place].ranks = ranks[roster[place].group][roster[place].arm];
    for (unsigned place = 0; place < TRIAL; place++)
        roster[place].lot = draw_month(&roster[place], place, seed);
}

/* ---- everyone else ---- */

/* Lives are spells: of a benefit, of a job, of both or of neither. */
struct spell {
    uint16_t benefit;         /* the first code of three, or NO_BENEFIT */
    uint8_t degree;           /* 0: no job */
    uint8_t shortest, spread; /* months */
};

static const struct spell at_work[8] = {
    {0, 100, 24, 90}, {0, 100, 12, 60}, {0, 85, 12, 60}, {111, 0, 2, 12},
    {890, 0, 1, 6},   {0, 100, 24, 90}, {881, 0, 6, 6},  {0, 0, 1, 4},
};

static const struct spell young[8] = {
    {STUDIES, 20, 12, 36}, {STUDIES, 0, 6, 24}, {STUDIES, 28, 6, 24}, {0, 100, 6, 36},
    {0, 60, 3, 12},        {730, 0, 2, 18},     {0, 0, 1, 6},         {111, 0, 2, 8},
};

static const struct spell in_and_out[8] = {
    {111, 0, 3, 18}, {730, 0, 6, 30}, {730, 12, 3, 12}, {0, 70, 3, 18},
    {0, 100, 3, 24}, {890, 0, 2, 12}, {0, 0, 6, 24},    {111, 40, 3, 12},
};

static const struct spell away[8] = {
    {783, 0, 60, 120}, {783, 0, 60, 120}, {621, 0, 24, 60}, {730, 0, 24, 60},
    {771, 40, 24, 60}, {0, 0, 24, 90},    {0, 0, 24, 90},   {810, 0, 12, 48},
};

uint64_t life_of_outsider(struct life *life, uint64_t number, uint64_t seed)
{
    static const struct spell *const kinds[8] = {at_work, at_work,    at_work,    young,
                                                 young,   in_and_out, in_and_out, away};
    struct chance chance = chance_for(seed, OUTSIDE, number);
    const struct spell *kind = kinds[chance_below(&chance, 8)];

    for (unsigned month = 0; month < MONTHS;) {
        uint64_t luck = chance_next(&chance);
        const struct spell *spell = &kind[luck & 7];
        unsigned end = month + spell->shortest + chance_below(&chance, spell->spread);
        bool alone = spell->benefit == 0 || spell->benefit == STUDIES;
        uint16_t benefit = (uint16_t)(spell->benefit + (alone ? 0 : (luck >> 3) % 3));
        uint8_t trade = spell->degree ? (uint8_t)(1 + (luck >> 8) % (TRADES - 1)) : NO_TRADE;
        for (; month < end && month < MONTHS; month++) {
            luck = luck >> 16 ? luck >> 2 : chance_next(&chance);
            life->benefit[month] = benefit;
            life->trade[month] = trade;
            unsigned more = spell->degree && luck % 8 < 4 ? luck % 8 : 0;
            life->degree[month] = (uint8_t)(spell->degree + more);
        }
    }
    return pnr_of(TRIAL + number, seed);
}
