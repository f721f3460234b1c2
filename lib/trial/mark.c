#include "trial/mark.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "base/message.h"
#include "number/decimal.h"
#include "stream/rows.h"
#include "stream/sink.h"
#include "trial/cell.h"

/* ---- the command line ---- */

/* Where the first of these bytes stands, or the text's length. */
static size_t find_any(struct slice text, const char *bytes, size_t count)
{
    size_t at = 0;
    while (at < text.length && memchr(bytes, text.bytes[at], count) == NULL)
        at++;
    return at;
}

enum mark_form mark_form(struct slice text)
{
    struct slice expression = text, name = slice_cut(&expression, '=');
    if (expression.bytes == NULL || find_any(name, "/", 1) < name.length)
        return MARK_FORMLESS;
    bool is_whole = find_any(expression, "<>=+-", 5) < expression.length;
    return is_whole ? MARK_FORM : MARK_NO_OPERATOR;
}

static void read_bounds(struct mark *mark, struct slice text, struct slice bounds)
{
    struct slice number;
    switch (bounds_parse(bounds, &mark->bounds, &number)) {
    case BOUNDS_GOOD:
        return;
    case BOUNDS_NO_SIGN:
        misuse("%s: COL>V, COL>=V, COL<V, COL<=V or COL>=V<W was expected", quoted_given(text));
    case BOUNDS_NO_NUMBER:
        misuse("%s: %s is not a number such as 160.33", quoted_given(text), quoted_given(number));
    case BOUNDS_EMPTY:
        misuse("%s: no number lies there", quoted_given(text));
    }
}

static void read_text(struct mark *mark, struct slice text, struct slice value)
{
    mark->kind = slice_equal(value, slice_of("NA")) ? MARK_MISSING : MARK_TEXT;
    mark->text = value;
    if (value.length == 0)
        misuse("%s: no text behind '='; is a variable of the shell not set? COL=NA is what is "
               "missing",
               quoted_given(text));
    if (mark->kind == MARK_TEXT && cell_missing(value))
        misuse("%s: %s is missing; COL=NA asks for that", quoted_given(text), quoted_given(value));
    if (value.bytes[0] == '=')
        misuse("%s: one '=' compares texts: COL=TEXT", quoted_given(text));
}

static struct mark read_mark(struct slice text)
{
    struct slice rest = text;
    struct mark mark = {.name = slice_cut(&rest, '='), .kind = MARK_SUM, .expression = rest};
    size_t at = find_any(rest, "<>=", 3);
    if (mark.name.length == 0)
        misuse("%s: a name was expected before the first '='", quoted_given(text));
    if (at == 0)
        misuse("%s: a column was expected behind the first '=', as in NAME='COL>0'",
               quoted_given(text));
    if (at == rest.length)
        return mark;
    mark.expression.length = at;
    if (rest.bytes[at] == '=') {
        read_text(&mark, text, (struct slice){rest.bytes + at + 1, rest.length - at - 1});
    } else {
        mark.kind = MARK_BOUNDS;
        read_bounds(&mark, text, (struct slice){rest.bytes + at, rest.length - at});
    }
    return mark;
}

void marks_add(struct marks *marks, struct slice text)
{
    struct mark mark = read_mark(text);
    for (size_t i = 0; i < marks->count; i++)
        if (slice_equal(marks->items[i].name, mark.name))
            misuse("two marks are called %s", quoted_given(mark.name));
    marks->items[marks->count++] = mark;
}

/* ---- columns ---- */

static size_t want(const struct marks *marks, struct table *table, struct slice name)
{
    for (size_t i = 0; table_find(table, name) == TABLE_NONE && i < marks->count; i++)
        if (slice_equal(marks->items[i].name, name))
            fail_at(table_header(table),
                    "no column %s: it is a mark, and marks are made of columns; pass them on to "
                    "another jf-mark",
                    quoted_given(name));
    return table_want_name(table, name);
}

/* The two sides of a sign. */
struct sides {
    struct slice left, right;
    bool minus;
};

/* The sides of the next sign of a sum from `*at` on; false where there is none. */
static bool next_sides(struct slice sum, size_t *at, struct sides *sides)
{
    struct slice rest = {sum.bytes + *at, sum.length - *at};
    size_t sign = *at + find_any(rest, "+-", 2);
    if (sign == sum.length)
        return false;
    *sides = (struct sides){.left = {sum.bytes, sign},
                            .right = {sum.bytes + sign + 1, sum.length - sign - 1},
                            .minus = sum.bytes[sign] == '-'};
    *at = sign + 1;
    return true;
}

_Noreturn static void fail_sides(const struct table *table, struct sides one, struct sides other)
{
    fail_at(table_header(table), "it may be %s %c %s or %s %c %s; give a column another name",
            quoted_given(one.left), one.minus ? '-' : '+', quoted_given(one.right),
            quoted_given(other.left), other.minus ? '-' : '+', quoted_given(other.right));
}

/* Names may have signs in them, so it is the one that has a column on either side; or the only
 * one, so that a message tells which column is none. */
static struct sides find_sides(const struct mark *mark, const struct table *table)
{
    struct sides found = {0}, next;
    size_t signs = 0, fits = 0, at = 0;
    while (next_sides(mark->expression, &at, &next)) {
        bool fit = table_find(table, next.left) != TABLE_NONE &&
                   table_find(table, next.right) != TABLE_NONE;
        if (fit && fits > 0)
            fail_sides(table, found, next);
        if (fit || signs == 0)
            found = next;
        fits += fit;
        signs++;
    }
    if (fits == 0 && (signs > 1 || found.left.length == 0 || found.right.length == 0))
        fail_at(table_header(table),
                "%s has no + or - with a column on either side; see the header's names with head "
                "-n 1, and write a FILE as ./FILE",
                quoted_given(mark->expression));
    return found;
}

static void check_name(struct slice name, const struct table *table)
{
    if (table_exact(table, name) != TABLE_NONE)
        fail_at(table_header(table), "mark %s is called like a column; give it another name",
                quoted_given(name));
}

void marks_plan(struct marks *marks, struct table *table)
{
    for (size_t i = 0; i < marks->count; i++) {
        struct mark *mark = &marks->items[i];
        check_name(mark->name, table);
        if (mark->kind != MARK_SUM) {
            mark->slot = want(marks, table, mark->expression);
            continue;
        }
        struct sides sides = find_sides(mark, table);
        mark->minus = sides.minus;
        mark->slot = want(marks, table, sides.left);
        mark->other = want(marks, table, sides.right);
    }
}

/* ---- rows ---- */

/* What a cell is marked by. */
enum answer { ANSWER_NO, ANSWER_YES, ANSWER_MISSING };

/* A thread's own of a mark; a register holds few different short cells. */
enum { KNOWN = 512 };
struct part_mark {
    const struct mark *mark;
    bool is_sum;
    size_t slot;
    uint64_t words[KNOWN];
    unsigned char known[KNOWN]; /* what short cells are marked by: see cell_known */
    bool met;
};

struct part {
    size_t count;
    size_t room; /* for the marks and the end of a row */
    struct part_mark *marks;
    struct numbers numbers;
};

static void begin(void *context, const void *marks)
{
    const struct marks *plan = marks;
    struct part *part = context;
    part->count = plan->count;
    part->room = plan->count * (DECIMAL_ROOM + 1) + SLICE_BLOCK + 1;
    part->numbers.comma = plan->comma;
    part->marks = heap_apart(plan->count, sizeof *part->marks);
    for (size_t i = 0; i < plan->count; i++) {
        const struct mark *mark = &plan->items[i];
        part->marks[i].mark = mark;
        part->marks[i].is_sum = mark->kind == MARK_SUM;
        part->marks[i].slot = mark->slot;
    }
}

/* A text that is another only by the blanks around it would be counted out in silence. */
static void check_blanks(const struct mark *mark, const struct table *row)
{
    struct slice cell = table_cell(row, mark->slot), trimmed = slice_trim(cell);
    if (cell_missing(trimmed) && !cell_missing(cell))
        fail_at(table_place(row, mark->slot), "%s is missing but for blanks; mend the cell",
                table_quoted(row, mark->slot));
    if (mark->kind == MARK_TEXT && slice_equal(trimmed, slice_trim(mark->text)))
        fail_at(table_place(row, mark->slot),
                "%s differs from the text of mark %s only in outer blanks; mend the label",
                table_quoted(row, mark->slot), quoted_given(mark->name));
}

static enum answer judge_text(struct part_mark *own, const struct table *row)
{
    const struct mark *mark = own->mark;
    struct slice cell = table_cell(row, mark->slot);
    if (cell_missing(cell))
        return mark->kind == MARK_MISSING ? ANSWER_YES : ANSWER_MISSING;
    if (mark->kind == MARK_TEXT && slice_equal(cell, mark->text)) {
        own->met = true;
        return ANSWER_YES;
    }
    check_blanks(mark, row);
    return ANSWER_NO;
}

static enum answer judge(struct part_mark *own, struct numbers *numbers, const struct table *row)
{
    const struct mark *mark = own->mark;
    struct decimal value;
    if (mark->kind != MARK_BOUNDS)
        return judge_text(own, row);
    if (!cell_decimal(numbers, row, mark->slot, &value))
        return ANSWER_MISSING;
    return bounds_hold(&mark->bounds, value) ? ANSWER_YES : ANSWER_NO;
}

/* The same, from memory where the cell is short. */
static inline enum answer recall(struct part_mark *own, struct numbers *numbers,
                                 const struct table *row)
{
    size_t at;
    if (cell_known(own->words, KNOWN, table_cell(row, own->slot), &at))
        return own->known[at];
    enum answer answer = judge(own, numbers, row);
    if (at != CELL_LONG) {
        own->words[at] = cell_word(table_cell(row, own->slot));
        own->known[at] = (unsigned char)answer;
    }
    return answer;
}

static char *write_answer(char *at, enum answer answer)
{
    static const char texts[][4] = {"\t0", "\t1", "\tNA"};
    memcpy(at, texts[answer], sizeof texts[answer]);
    return at + (answer == ANSWER_MISSING ? 3 : 2);
}

static char *write_sum(char *at, const struct mark *mark, struct numbers *numbers,
                       const struct table *row)
{
    struct decimal value, other, sum;
    bool present = cell_decimal(numbers, row, mark->slot, &value);
    if (!cell_decimal(numbers, row, mark->other, &other) || !present)
        return write_answer(at, ANSWER_MISSING);
    if (!decimal_add(value, mark->minus ? decimal_negate(other) : other, &sum))
        fail_at(table_place(row, mark->slot),
                "mark %s has more than %d digits here; round the values", quoted_given(mark->name),
                DECIMAL_DIGITS);
    *at++ = '\t';
    return at + decimal_print(at, sum);
}

static enum rows_verdict take(void *context, const struct table *row, struct sink *out)
{
    struct part *part = context;
    const struct slice line = row->line;
    char *at = sink_room(out, line.length + part->room);
    at = slice_put(at, line.bytes, line.length);
    for (size_t i = 0; i < part->count; i++) {
        struct part_mark *own = &part->marks[i];
        if (own->is_sum)
            at = write_sum(at, own->mark, &part->numbers, row);
        else
            at = write_answer(at, recall(own, &part->numbers, row));
    }
    *at++ = '\n';
    sink_end(out, at);
    return ROWS_TAKEN;
}

static void merge(void *context, void *part)
{
    struct marks *marks = context;
    for (size_t i = 0; i < marks->count; i++)
        marks->items[i].met |= ((struct part *)part)->marks[i].met;
}

static void free_part(void *part)
{
    free(((struct part *)part)->marks);
}

void marks_rows(struct marks *marks, struct table *table, struct sink *out)
{
    rows_read(table, &(struct rows_work){.context = marks,
                                         .part_size = sizeof(struct part),
                                         .begin = begin,
                                         .take = take,
                                         .merge = merge,
                                         .free = free_part,
                                         .out = out});
}

void marks_tell(const struct marks *marks, const struct table *table)
{
    size_t unmet = 0, texts = 0;
    const struct mark *first = NULL;
    for (size_t i = 0; i < marks->count; i++) {
        const struct mark *mark = &marks->items[i];
        texts += mark->kind == MARK_TEXT;
        if (mark->kind != MARK_TEXT || mark->met)
            continue;
        if (unmet++ == 0)
            first = mark;
    }
    if (unmet == 0)
        return;
    bool is_id = table_column(table, first->slot) == table->id;
    warn("%zu of %zu texts %s in no row; the first is %s of %s", unmet, texts,
         unmet == 1 ? "is" : "are", is_id ? "that id" : quoted_given(first->text),
         quoted(table_name(table, first->slot)));
}
