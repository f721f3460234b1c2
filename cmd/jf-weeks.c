/*
 * jf-weeks - codes a week to weeks in states.
 *
 * A register of benefits has a code for each person and week; a table says which state a code
 * stands for. Counted are the weeks of a period in each state, exactly; with those of all states
 * they add up to the weeks that the calendar has there.
 */
#include "base/leave.h"
#include "base/message.h"
#include "base/option.h"
#include "base/slice.h"
#include "number/decimal.h"
#include "number/period.h"
#include "stream/ends.h"
#include "stream/sink.h"
#include "stream/table.h"
#include "trial/cell.h"
#include "trial/months.h"
#include "trial/outcome.h"
#include "trial/reader.h"
#include "trial/states.h"

static struct {
    struct common common;
    struct reader_options reader;
    const char *states;
    bool mean;
} opt = {.reader = READER_DEFAULTS("y_%y%V")};

static const struct option_row rows[] = {
    OPTION_GROUP(reader_options, &reader_model, &opt.reader),
    OPTION_TEXT(0, "states", "FILE", &opt.states, "the states of codes: from, to, state"),
    OPTION_FLAG(0, "mean", &opt.mean, "shares of the weeks instead of counts"),
    OPTION_END,
};

static const struct option_program program = {
    .usage = "--states FILE [OPTION]... [FILE]...",
    .purpose = "Turn codes a week, by default columns y_%y%V, into weeks in states.",
    .rows = rows,
    .common = &opt.common,
    .columns = table_columns,
};

struct weeks {
    struct table table;
    struct sink out;
    struct states states;
    struct measure measure;
    struct outcome outcome;
};

_Noreturn static void fail_code(const struct table *row, size_t slot)
{
    const struct slice cell = table_cell(row, slot);
    fail_at(table_place(row, slot),
            "%s is a code that no row of %s has; give it one, or a row * to the rest",
            cell.length > 0 ? table_quoted(row, slot) : "the empty cell, -,",
            quoted_text(opt.states));
}

/* The state of a cell; codes that were looked up are remembered as numbers are. */
static bool read_code(const void *of, struct numbers *numbers, const struct table *row, size_t slot,
                      struct decimal *value)
{
    size_t at;
    struct slice cell = table_cell(row, slot);
    if (cell_known(numbers->words, NUMBERS_KNOWN, cell, &at)) {
        *value = (struct decimal){.units = numbers->units[at]};
        return true;
    }
    if (cell.length > 0 && cell_missing(cell))
        return false;
    size_t state = states_find(of, cell);
    if (state == STATES_NONE)
        fail_code(row, slot);
    *value = (struct decimal){.units = (int64_t)state};
    if (at != CELL_LONG) {
        numbers->words[at] = cell_word(cell);
        numbers->units[at] = (int64_t)state;
    }
    return true;
}

static void check_options(void)
{
    if (opt.states == NULL)
        misuse("--states FILE is needed: which state a code stands for, a table with the header "
               "from, to, state");
    if (opt.mean && opt.reader.total)
        misuse("--mean and --total exclude each other");
    if (opt.reader.per == READER_EACH && !opt.reader.windows.given)
        opt.reader.per = PERIOD_MONTH;
}

static void plan_measure(struct weeks *w)
{
    w->measure = (struct measure){.of = &w->states,
                                  .read = read_code,
                                  .states = &w->states,
                                  .mean = opt.mean,
                                  .missing = "codes; say --missing zero if such a week has the "
                                             "empty code, na to write NA, or drop to leave those "
                                             "periods out",
                                  .nothing = "of the empty code"};
    w->outcome.months.measure = &w->measure;
    w->outcome.months.range.kind = PERIOD_WEEK;
}

/* What stands for a missing week where that is zero. */
static void plan_empty(struct weeks *w)
{
    size_t state = states_find(&w->states, (struct slice){0});
    if (opt.reader.missing != OUTCOME_MISSING_ZERO)
        return;
    if (state == STATES_NONE)
        fail("--missing zero takes a missing week for the empty code, which no row of %s has; give "
             "the code - one",
             quoted_text(opt.states));
    w->measure.zero = (struct decimal){.units = (int64_t)state};
}

static void close_all(struct weeks *w)
{
    sink_close(&w->out);
    table_close(&w->table);
    outcome_free(&w->outcome);
    states_free(&w->states);
}

int main(int argc, char **argv)
{
    struct weeks w = {0};
    leave_begin("jf-weeks");
    int first = option_parse(&program, argc, argv);
    check_options();
    plan_measure(&w);
    reader_check(&opt.reader, &w.outcome);
    if (w.outcome.months.range.kind != PERIOD_WEEK)
        misuse("--wide: %s has no weeks; the number of a week is %%V, as in y_%%y%%V",
               quoted_text(opt.reader.pattern));
    ends_check_shared(opt.reader.part != NULL, opt.common.output, argv + first,
                      (size_t)(argc - first), "--states", opt.states);
    sink_open(&w.out, opt.common.output, &opt.common);
    states_read(&w.states, opt.states, &opt.common);
    plan_empty(&w);
    reader_open(&opt.reader, &w.table, argv + first, (size_t)(argc - first), &opt.common);
    reader_plan(&opt.reader, &w.outcome, &w.table);
    outcome_header(&w.outcome, &w.table, &w.out);
    outcome_rows(&w.outcome, &w.table, &w.out);
    close_all(&w);
    return leave_end();
}
