/*
 * mark: columns made of columns, as jf-mark appends them.
 *
 *     NAME='COL>=V<W'   1 where the number lies there, else 0
 *     NAME='COL=TEXT'   1 where the cell is this text, to the byte, else 0
 *     NAME='COL=NA'     1 where the cell is missing, else 0
 *     NAME='A-B'        the difference, or with + the sum, exactly
 *
 * A missing cell makes the mark NA, but for the third. Marks are made of the columns of the
 * table, not of each other.
 */
#ifndef JF_MARK_H
#define JF_MARK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"
#include "number/bounds.h"
#include "stream/table.h"

struct sink;

enum mark_kind { MARK_BOUNDS, MARK_TEXT, MARK_MISSING, MARK_SUM };

struct mark {
    struct slice name;
    enum mark_kind kind;
    struct slice expression; /* of a sum; the others' column */
    struct bounds bounds;
    struct slice text;
    size_t slot, other; /* the columns; a sum has two */
    bool minus;         /* a sum: the other one is taken off */
    bool met;           /* a text: a row has it */
};

struct marks {
    struct mark *items;
    size_t count;
    bool comma; /* see struct numbers */
};

/* Whether a text of the command line is NAME=EXPRESSION with an operator in the expression:
 * < > = + or -. A name has no slash, so `./a=b-c` is a file. */
enum mark_form { MARK_FORM, MARK_FORMLESS, MARK_NO_OPERATOR };
enum mark_form mark_form(struct slice text);

/* Takes a text of that form apart, and adds the mark; there must be room for it. What is wrong
 * with it is misuse. */
void marks_add(struct marks *marks, struct slice text);

/* Finds the columns, and wants them. A column that is none is a message and the end, and so is a
 * mark that is called like one. */
void marks_plan(struct marks *marks, struct table *table);

/* Has all rows of the table written with their marks, behind the header. Whatever is wrong with
 * one is a message and the end. */
void marks_rows(struct marks *marks, struct table *table, struct sink *out);

/* After that: says of how many texts no row was. */
void marks_tell(const struct marks *marks, const struct table *table);

#endif
