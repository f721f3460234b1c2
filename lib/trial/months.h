/*
 * months: a person's months, one after the other.
 *
 * The wide form (a column a month) and the long form (a row a month, or a job) both come as
 * calls of `take`, a month at a time, ascending within a person.
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
#include "number/hours.h"
#include "stream/rows.h"
#include "stream/sink.h"
#include "stream/table.h"
#include "trial/cell.h"
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

struct month {
    int number;              /* see period.h */
    const struct prefix *of; /* whose it is; good during the call */
    bool known;              /* there is a degree */
    struct decimal share;    /* the degree as a share of 1, where known */
    unsigned missing;        /* cells or rows without a degree */
    struct place place;      /* of the first that is missing, else of the degree */
    struct slice cell;       /* the degree's, where the month is one cell; good during the call */
};

/* What columns there are, and which months are asked for. */
struct months {
    size_t id;                /* slot */
    size_t *keep;             /* slots */
    struct slice *keep_names; /* in the output */
    size_t keep_count;
    int first, last;   /* the range; PERIOD_NONE: open */
    size_t *wide;      /* slots of the months first to last; NULL in the long form */
    struct order rows; /* of the long form */
    size_t value;      /* slot in the long form */
    const struct hours_rule *rule;
    const char *max; /* rule->max as the user wrote it */
    bool comma;      /* see struct numbers */
};

/* Wants the columns of the months (calendar.h); the range is closed by them. */
void months_plan_wide(struct months *months, struct table *table, struct slice pattern);

/* Wants the columns of period and value. */
void months_plan_long(struct months *months, struct table *table, struct slice period,
                      struct slice value);

void months_free(struct months *months);

/*
 * Ends of output rows that need no arithmetic. Degrees are hundredths, so a register of any
 * size holds some hundred different ones. The row of a month is the person's prefix, the
 * period, and an end: the hours and what follows them. It depends on the degree's cell alone;
 * it is worked out once, the exact way, and known here by that cell.
 */
enum { MONTHS_ENDS = 1024, MONTHS_LABEL = 16, MONTHS_END = 48 };
struct months_ends {
    char (*labels)[MONTHS_LABEL]; /* by month of the range: the period between its tabs */
    size_t label_length;          /* the same for all */
    uint64_t words[MONTHS_ENDS];  /* the degree's cell: see cell_known */
    struct months_end {
        size_t length;
        char bytes[MONTHS_END]; /* with the line end */
    } ends[MONTHS_ENDS];
};

/* Who reads months: one a thread. */
struct months_reader {
    const struct months *months;
    struct numbers numbers;
    struct prefix row;        /* of the row at hand */
    struct prefix last;       /* long: of the month at hand */
    struct month month;       /* long: the one at hand; its rows so far */
    bool begun, fresh;        /* long: there is a person; his first month is to be taken */
    bool monthless;           /* long: his row says that he has none */
    struct place place;       /* long: of the last row's value */
    struct months_ends *ends; /* NULL: no row is written by its cell alone */
    void (*take)(void *context, const struct month *month);
    void *context;
};

/* A reader, with or without ends. */
struct months_reader months_begin(const struct months *months, bool ends,
                                  void (*take)(void *context, const struct month *month),
                                  void *context);

/* Keeps the end of a month's row, what is written behind the period and its tab, without the
 * line end, where it is short and the month is one short cell; and forgets all ends, so that
 * no row is written by them any more. */
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

/* What is wrong with a degree, at its place. */
_Noreturn void months_fail(const struct months *months, struct place place,
                           enum hours_verdict verdict);

#endif
