/*
 * jobfirst-register - a made register extract of the trial, and its assignment list.
 *
 * Writes a table as wide as DREAM, a row a person and over 1,100 columns: the PNR, the benefit of
 * each week (y_0801 to y_2234), the trade and the degree of employment of each month (branche_* and
 * grad_*, 2008-01 to 2022-08). A cell is empty where there is no benefit or no wage. Nearly all
 * rows are of people outside the trial; the 2,407 of the trial lie spread among them. --people
 * writes who they are, --assign who was drawn for which arm, by the lots of jf-draw. All are made:
 * see model.c for how, and after what figures.
 *
 * A row depends on the seed and the person alone, and whole cells are copied from tables of cells
 * ready to print, so a row costs a few microseconds.
 *
 *     jobfirst-register --persons 1000000 --assign assign.tsv -o dream.tsv.gz
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/leave.h"
#include "base/message.h"
#include "base/option.h"
#include "model.h"
#include "stream/sink.h"
#include "trial/lot.h"

static struct {
    struct common common;
    const char *assign, *people, *salt;
    struct whole persons, seed;
} opt = {.salt = "JobFirst 2016", .persons.value = 20000, .seed.value = CALIBRATED_SEED};

static const struct option_row rows[] = {
    OPTION_WHOLE('n', "persons", "N", TRIAL, PERSONS_MAX, &opt.persons,
                 "rows, the 2407 of the trial among them (default 20000)"),
    OPTION_WHOLE('s', "seed", "S", 0, UINT64_MAX, &opt.seed,
                 "another draw; the default one is calibrated"),
    OPTION_TEXT(0, "salt", "TEXT", &opt.salt, "of the lottery; see jf-draw(1)"),
    OPTION_TEXT(0, "people", "FILE", &opt.people, "write the list before the lottery to FILE"),
    OPTION_TEXT('a', "assign", "FILE", &opt.assign, "write the assignment list to FILE"),
    OPTION_END,
};

static const struct option_program program = {
    .usage = "[OPTION]...",
    .purpose = "Make a register extract as wide as DREAM, and the list of who is in the trial.",
    .rows = rows,
    .common = &opt.common,
};

/* A whole row, its tabs included, its line end not. */
static void write_row(struct sink *sink, const char *row, size_t size)
{
    sink_cell(sink, (struct slice){row, size});
    sink_row(sink);
}

/* ---- the lottery ---- */

static const char *const arms[ARMS] = {"deltager", "kontrol"};
static const char *const groups[GROUPS] = {"kontanthjaelp", "ressourceforloeb"};

static bool same_stratum(const struct person *a, const struct person *b)
{
    return a->municipality == b->municipality && a->group == b->group;
}

/* The lots that jf-draw --arms deltager:1,kontrol:1 --within municipality,group draws, as its page
 * says it: the lower half of a stratum are participants, and an odd one of them where u is 0. */
static void draw_lots(struct person roster[TRIAL])
{
    struct lot_source order = lot_begin(slice_of(opt.salt), slice_of("order arm"));
    struct lot_source places = lot_begin(slice_of(opt.salt), slice_of("places arm"));
    struct lot lots[TRIAL];
    char text[64];

    for (unsigned n = 0; n < TRIAL; n++) {
        snprintf(text, sizeof text, "%010" PRIu64, roster[n].pnr);
        lots[n] = lot_of(&order, 0, slice_of(text));
    }
    for (unsigned n = 0; n < TRIAL; n++) {
        unsigned people = 0, before = 0;
        for (unsigned other = 0; other < TRIAL; other++) {
            bool same = same_stratum(&roster[n], &roster[other]);
            people += same;
            before += same && lot_compare(lots[other], lots[n]) < 0;
        }
        snprintf(text, sizeof text, "%s\t%s", roster[n].municipality, groups[roster[n].group]);
        unsigned odd = lot_below(lot_of(&places, 0, slice_of(text)), 2) == 0;
        roster[n].arm = before < (people + odd) / 2 ? DELTAGER : KONTROL;
    }
    lot_end(&order);
    lot_end(&places);
}

/* The list, before the lottery or after it. */
static void write_list(const char *path, const struct person roster[TRIAL], bool drawn)
{
    const struct common by_name = {.threads = opt.common.threads};
    struct sink sink;
    char text[24];

    sink_open(&sink, path, &by_name);
    sink_words(&sink, drawn ? "PNR arm" : "PNR");
    sink_words(&sink, "group municipality age female education months_on_benefit lot");
    sink_header(&sink);
    for (unsigned place = 0; place < TRIAL; place++) {
        const struct person *person = &roster[place];
        snprintf(text, sizeof text, "%010" PRIu64, person->pnr);
        sink_text(&sink, text);
        if (drawn)
            sink_text(&sink, arms[person->arm]);
        sink_text(&sink, groups[person->group]);
        sink_text(&sink, person->municipality);
        sink_whole(&sink, person->age);
        sink_whole(&sink, person->female);
        sink_whole(&sink, person->education);
        sink_whole(&sink, person->months_on_benefit);
        snprintf(text, sizeof text, "%d-%02d", FIRST_YEAR + person->lot / 12, person->lot % 12 + 1);
        sink_text(&sink, text);
        sink_row(&sink);
    }
    sink_close(&sink);
}

/* ---- the extract ---- */

enum { PNR_DIGITS = 10, WEEKS_MAX = 53 * 15, BENEFITS = 1000, CELL_MAX = 20 };
enum { COLUMNS_MAX = WEEKS_MAX + 2 * MONTHS, ROW_MAX = PNR_DIGITS + COLUMNS_MAX * CELL_MAX };

/* A cell behind its tab; copied as a fixed number of bytes, of which `size` count. */
struct cell {
    char text[8];
    size_t size;
};

/* Every cell there can be, and the month of each week. */
struct plan {
    struct cell benefits[BENEFITS], trades[TRADES], degrees[DEGREE_MAX + 1];
    unsigned weeks, month_of_week[WEEKS_MAX];
};

static struct cell cell_of(const char *text)
{
    struct cell cell = {.size = 0};
    int size = snprintf(cell.text, sizeof cell.text, "\t%s", text);
    cell.size = (size_t)size;
    return cell;
}

static void plan_cells(struct plan *plan)
{
    char text[CELL_MAX];

    for (unsigned code = 0; code < BENEFITS; code++) {
        snprintf(text, sizeof text, "%03u", code);
        plan->benefits[code] = cell_of(code == NO_BENEFIT ? "" : text);
    }
    for (unsigned trade = 0; trade < TRADES; trade++)
        plan->trades[trade] = cell_of(trades[trade]);
    for (unsigned degree = 0; degree <= DEGREE_MAX; degree++) {
        snprintf(text, sizeof text, "%u.%02u", degree / 100, degree % 100);
        plan->degrees[degree] = cell_of(degree == 0 ? "" : text);
    }
}

/* An ISO week is of the year and the month of its Thursday, so Thursdays are walked: the first one
 * of 2008 was 3 January. */
static void plan_weeks(struct plan *plan, char **at)
{
    static const unsigned days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    unsigned day = 3, week = 1;

    plan->weeks = 0;
    for (unsigned month = 0; month < MONTHS;) {
        unsigned year = FIRST_YEAR + month / 12;
        unsigned length = days[month % 12] + (month % 12 == 1 && year % 4 == 0);
        if (day > length) {
            day -= length;
            month++;
            week = month % 12 == 0 ? 1 : week;
            continue;
        }
        *at += snprintf(*at, CELL_MAX, "\ty_%02u%02u", year % 100, week++);
        plan->month_of_week[plan->weeks++] = month;
        day += 7;
    }
}

/* Fills the plan and writes the header. */
static void plan_columns(struct plan *plan, struct sink *sink)
{
    char header[ROW_MAX] = "PNR", *at = header + 3;

    plan_cells(plan);
    plan_weeks(plan, &at);
    for (unsigned m = 0; m < MONTHS; m++)
        at += snprintf(at, CELL_MAX, "\tbranche_%u_%02u", FIRST_YEAR + m / 12, m % 12 + 1);
    for (unsigned m = 0; m < MONTHS; m++)
        at += snprintf(at, CELL_MAX, "\tgrad_%u_%02u", FIRST_YEAR + m / 12, m % 12 + 1);
    sink_cell(sink, (struct slice){header, (size_t)(at - header)});
    sink_header(sink);
}

static char *cell_put(char *at, const struct cell *cell)
{
    memcpy(at, cell->text, sizeof cell->text);
    return at + cell->size;
}

static void write_person(struct sink *sink, const struct plan *plan, uint64_t pnr,
                         const struct life *life)
{
    char row[ROW_MAX], *at = row + PNR_DIGITS;

    for (char *digit = at; digit > row; pnr /= 10)
        *--digit = (char)('0' + pnr % 10);
    for (unsigned w = 0; w < plan->weeks; w++)
        at = cell_put(at, &plan->benefits[life->benefit[plan->month_of_week[w]]]);
    for (unsigned m = 0; m < MONTHS; m++)
        at = cell_put(at, &plan->trades[life->trade[m]]);
    for (unsigned m = 0; m < MONTHS; m++)
        at = cell_put(at, &plan->degrees[life->degree[m]]);
    write_row(sink, row, (size_t)(at - row));
}

/* The row of the trial's next person: somewhere in the share of the extract that is his. Shares are
 * a row or wider, so one pushed on by the one before still ends within its own. */
static uint64_t row_of(unsigned place, uint64_t earliest)
{
    uint64_t share = ((uint64_t)place << 16) + roster_jitter(opt.seed.value, place);
    uint64_t row = share * opt.persons.value / ((uint64_t)TRIAL << 16);
    return row < earliest ? earliest : row;
}

static void write_extract(const struct person roster[TRIAL])
{
    struct sink sink;
    struct plan plan;
    struct life life;
    unsigned place = 0;

    sink_open(&sink, opt.common.output, &opt.common);
    plan_columns(&plan, &sink);
    uint64_t next = row_of(0, 0);
    for (uint64_t row = 0; row < opt.persons.value; row++) {
        if (place < TRIAL && row == next) {
            life_of_trial(&life, &roster[place], place, opt.seed.value);
            write_person(&sink, &plan, roster[place].pnr, &life);
            if (++place < TRIAL)
                next = row_of(place, row + 1);
        } else {
            uint64_t pnr = life_of_outsider(&life, row - place, opt.seed.value);
            write_person(&sink, &plan, pnr, &life);
        }
    }
    sink_close(&sink);
}

int main(int argc, char **argv)
{
    struct person roster[TRIAL];
    leave_begin("jobfirst-register");
    if (option_parse(&program, argc, argv) < argc)
        misuse("no FILE is taken");
    roster_people(roster, opt.seed.value);
    draw_lots(roster);
    roster_fill(roster, opt.seed.value);
    if (opt.people != NULL)
        write_list(opt.people, roster, false);
    if (opt.assign != NULL)
        write_list(opt.assign, roster, true);
    write_extract(roster);
    return leave_end();
}
