/*
 * months: a person's months, or weeks, quarters, years or waves, one after the other.
 *
 * The wide form (a column a month) and the long form (a row a month, or a job) both come as
 * calls of `take`, a month at a time, ascending within a person.
 *
 * A person may have a lot of his own, and a last month at risk. He then has the months of the
 * calendar that are asked for since his lot; those after the last one at risk are outside.
 *
 * In the long form rows of one id stand together and their months ascend; rows of one id and
 * month are summed, rows outside the range passed over. Where the range is closed at both ends,
 * a month of it without a row is missing; a row without a period stands for a person of whom
 * all are. An id that comes again after another, months out of order, and a kept cell that
 * changes within a month are errors.
 */
#ifndef JF_MONTHS_H
#define JF_MONTHS_H

#include "base/message.h"
#include "base/slice.h"
#include "number/decimal.h"
#include "stream/rows.h"
#include "stream/sink.h"
#include "stream/table.h"
#include "trial/calendar.h"
#include "trial/cell.h"
#include "trial/course.h"
#include "trial/endings.h"
#include "trial/order.h"

/* The id and the kept cells of a row, tabs between them: how output rows begin.
 * A block's bytes lie behind them: see slice_put. */
struct prefix {
    char *bytes;
    size_t length, room;
    size_t id_length;
};

/* Puts bytes behind it. */
void prefix_add(struct prefix *prefix, struct slice bytes);

struct states;

/* What is measured: how a cell is read, and what it counts for. */
struct measure {
    const void *of; /* for the functions */

    /* The cell of that slot as a value; false where it is missing. Whatever is wrong with it is
     * a message and the end. */
    bool (*read)(const void *of, struct numbers *numbers, const struct table *row, size_t slot,
                 struct decimal *value);

    /* The values of a period's rows, added up, are checked once more. NULL: they need not be. */
    void (*check)(const void *of, struct place place, struct decimal value);

    /* What such a value counts for; false where that has too many digits. */
    bool (*count)(const void *of, struct decimal value, struct decimal *counted);

    struct decimal zero;         /* what `read` would say of a missing cell that is zero */
    struct slice name;           /* of the outcome's column */
    const struct states *states; /* values are the numbers of states, whose weeks are counted, a
                                    column a state; NULL: values are amounts */
    bool mean;                   /* the counts as shares of the weeks */
    const char *too_long;        /* the message where digits are too many */
    const char
        *missing; /* and, behind `the first of 5 missing `, where nothing says what that is */
    const char *nothing; /* what a zero is called: `no hours` */
};

struct month {
    int number;              /* see period.h */
    const struct prefix *of; /* whose it is; good during the call */
    bool outside;            /* after the last period at risk */
    bool known;              /* there is a value */
    struct decimal value;    /* where known, as the measure reads it */
    unsigned missing;        /* cells or rows without a value */
    struct place place;      /* of the first that is missing, else of the value */
    struct slice cell;       /* the value's, where the month is one cell; good during the call */
};

/* What columns there are, and which periods are asked for. */
struct months {
    const struct measure *measure;
    struct range range;       /* a wide one is closed */
    size_t id;                /* slot */
    size_t *keep;             /* slots */
    struct slice *keep_names; /* in the output */
    size_t keep_count;
    size_t *wide;      /* slots of the periods first to last; NULL in the long form */
    struct order rows; /* of the long form */
    size_t value;      /* slot in the long form */
    bool comma;        /* see struct numbers */
};

/* Wants the columns of the periods (calendar.h); the range is closed by them. */
struct calendar months_plan_wide(struct months *months, struct table *table, struct slice pattern);

/* Wants the columns of period and value. */
void months_plan_long(struct months *months, struct table *table, struct slice period,
                      struct slice value);

void months_free(struct months *months);

/* Who is told of a person's months, in their order. */
struct months_calls {
    void (*open)(void *context, const struct course *course);
    void (*take)(void *context, const struct month *month);
    void (*close)(void *context, const struct course *course);
};

/* Who reads months: one a thread. */
struct months_reader {
    const struct months *months;
    const struct months_calls *calls;
    void *context; /* of the calls */
    struct numbers numbers;
    struct prefix row;         /* of the row at hand */
    struct prefix last;        /* long: of the month at hand */
    struct course_cells cells; /* long: his lot and his last month at risk */
    struct course course;      /* of the person at hand */
    struct month month;        /* long: the one at hand; its rows so far */
    bool begun, fresh;         /* long: there is a person; his first month is to be taken */
    bool monthless;            /* long: his row says that he has none */
    struct place place;        /* long: of the last row's value */
    uint64_t left_out;         /* values after the last month at risk */
    struct endings *ends;      /* NULL: no row is written by its cells alone */
    uint64_t count;            /* of the weeks at hand, as ends have it; 0: it is not known */
};

/* A reader, with ends (then its own) or without: NULL. */
struct months_reader months_begin(const struct months *months, struct endings *ends,
                                  const struct months_calls *calls, void *context);

/* How the rows of the person at hand begin: id and kept cells. */
struct slice months_prefix(const struct months_reader *reader);

/* Keeps the end of the row that ends with that month, what is written behind the period and its
 * tab, without the line end; and forgets all, so that no row is written by them any more. */
void months_keep_end(struct months_reader *reader, const struct month *month, struct slice end);
void months_forget_ends(struct months_reader *reader);

/* Takes the months of the row at hand, or writes their rows. The owner must meet the first row
 * of a person in the long form (months_meet). */
enum rows_verdict months_take(struct months_reader *reader, const struct table *row,
                              struct sink *out);
void months_meet(struct months *months, const struct table *row);

/* No row comes any more: the months after the last person's last row. */
void months_end(struct months_reader *reader);

void months_free_reader(struct months_reader *reader);

#endif
