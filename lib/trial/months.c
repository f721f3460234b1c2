#include "trial/months.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "number/period.h"
#include "stream/sink.h"
#include "stream/table.h"
#include "trial/calendar.h"

void prefix_add(struct prefix *prefix, struct slice bytes)
{
    prefix->bytes =
        heap_grow(prefix->bytes, &prefix->room, prefix->length + bytes.length + SLICE_BLOCK, 1);
    if (bytes.length > 0)
        memcpy(prefix->bytes + prefix->length, bytes.bytes, bytes.length);
    prefix->length += bytes.length;
}

static void prefix_set(struct prefix *prefix, const struct months *months, const struct table *row)
{
    prefix->length = 0;
    prefix_add(prefix, table_cell(row, months->id));
    prefix->id_length = prefix->length;
    for (size_t i = 0; i < months->keep_count; i++) {
        prefix_add(prefix, slice_of("\t"));
        prefix_add(prefix, table_cell(row, months->keep[i]));
    }
}

static bool same_prefix(const struct prefix *a, const struct prefix *b)
{
    return slice_equal((struct slice){a->bytes, a->length}, (struct slice){b->bytes, b->length});
}

static bool same_id(const struct prefix *a, const struct prefix *b)
{
    return slice_equal((struct slice){a->bytes, a->id_length},
                       (struct slice){b->bytes, b->id_length});
}

void months_fail(const struct months *months, struct place place, enum hours_verdict verdict)
{
    if (verdict == HOURS_BELOW)
        fail_at(place, "a degree below 0; mend the file");
    if (verdict == HOURS_TOO_LONG)
        fail_at(place, "hours of more than %d digits; round the degrees", DECIMAL_DIGITS);
    if (months->rule->percent)
        fail_at(place, "a degree above %s (--max), as a share of 1; raise --max if it is right",
                months->max);
    fail_at(place,
            "a degree above %s (--max); is the file in percent (--percent)? raise --max if it is "
            "right",
            months->max);
}

/* The share in that slot of the row at hand; false if it is missing. */
static bool read_share(struct months_reader *r, const struct table *row, size_t slot,
                       struct decimal *share)
{
    struct decimal degree;
    if (!cell_decimal(&r->numbers, row, slot, &degree))
        return false;
    enum hours_verdict verdict = hours_share(r->months->rule, degree, share);
    if (verdict != HOURS_GOOD)
        months_fail(r->months, table_place(row, slot), verdict);
    return true;
}

/* ---- a column a month ---- */

void months_plan_wide(struct months *months, struct table *table, struct slice pattern)
{
    struct calendar calendar = calendar_plan(table, pattern, months->first, months->last);
    months->first = calendar.first;
    months->last = calendar.last;
    months->wide = calendar.slots;
}

static void take_cell(struct months_reader *r, const struct table *row, int number, size_t slot)
{
    struct month month = {.number = number, .of = &r->row};
    month.cell = table_cell(row, slot);
    month.place = table_place(row, slot);
    month.known = read_share(r, row, slot, &month.share);
    month.missing = !month.known;
    r->take(r->context, &month);
}

/* Writes the row of the range's month `number`, if the end for its cell is kept; false where it
 * is not. */
static inline bool write_known(const struct months_ends *ends, struct slice prefix, size_t number,
                               struct slice cell, struct sink *out)
{
    size_t place;
    if (!cell_known(ends->words, MONTHS_ENDS, cell, &place))
        return false;
    const struct months_end *end = &ends->ends[place];
    char *at = sink_room(out, prefix.length + SLICE_BLOCK + MONTHS_LABEL + MONTHS_END);
    at = slice_put(at, prefix.bytes, prefix.length);
    memcpy(at, ends->labels[number], MONTHS_LABEL);
    at += ends->label_length;
    memcpy(at, end->bytes, MONTHS_END);
    sink_end(out, at + end->length);
    return true;
}

static void take_wide(struct months_reader *r, const struct table *row, struct sink *out)
{
    const struct months *months = r->months;
    const struct months_ends *ends = r->ends;
    const size_t *slots = months->wide;
    size_t count = (size_t)(months->last - months->first) + 1;
    prefix_set(&r->row, months, row);
    const struct slice prefix = {r->row.bytes, r->row.length};
    for (size_t i = 0; i < count; i++)
        if (ends == NULL || !write_known(ends, prefix, i, table_cell(row, slots[i]), out))
            take_cell(r, row, months->first + (int)i, slots[i]);
}

void months_keep_end(struct months_reader *r, const struct month *month, struct slice end)
{
    size_t at;
    struct months_ends *ends = r->ends;
    if (ends == NULL || end.length >= MONTHS_END || month->cell.bytes == NULL ||
        cell_known(ends->words, MONTHS_ENDS, month->cell, &at) || at == CELL_LONG)
        return;
    ends->words[at] = cell_word(month->cell);
    ends->ends[at].length = end.length + 1;
    memcpy(ends->ends[at].bytes, end.bytes, end.length);
    ends->ends[at].bytes[end.length] = '\n';
}

void months_forget_ends(struct months_reader *r)
{
    if (r->ends != NULL)
        memset(r->ends->words, 0, sizeof r->ends->words);
}

static struct months_ends *begin_ends(const struct months *months)
{
    struct months_ends *ends = heap_apart(1, sizeof *ends);
    ends->labels = heap_take((size_t)(months->last - months->first) + 1, sizeof *ends->labels);
    for (int month = months->first; month <= months->last; month++) {
        char *label = ends->labels[month - months->first];
        char text[PERIOD_ROOM];
        struct slice period = period_print(text, PERIOD_MONTH, month, month);
        label[0] = '\t';
        memcpy(label + 1, period.bytes, period.length);
        label[period.length + 1] = '\t';
        ends->label_length = period.length + 2;
    }
    return ends;
}

/* ---- a row a month, or a job ---- */

void months_plan_long(struct months *months, struct table *table, struct slice period,
                      struct slice value)
{
    struct slice id = table_name(table, months->id);
    months->rows = order_plan(table, &id, 1, period);
    months->value = table_want_name(table, value);
}

static bool in_range(const struct months *months, int number)
{
    return number >= months->first && (months->last == PERIOD_NONE || number <= months->last);
}

static void close_month(struct months_reader *r)
{
    const struct months *months = r->months;
    if (!in_range(months, r->month.number))
        return;
    if (r->month.known && decimal_compare(r->month.share, months->rule->max) > 0)
        fail_at(r->month.place,
                "the degrees of this month's rows add up to more than %s (--max); raise --max if "
                "that is right, and say --cap 1 to count no more than 1",
                months->max);
    r->take(r->context, &r->month);
}

/* The months of the range from `first` to the one before `next` have no row. */
static void fill_months(struct months_reader *r, int first, int next)
{
    const struct months *months = r->months;
    if (months->first == PERIOD_NONE || months->last == PERIOD_NONE)
        return;
    int number = first < months->first ? months->first : first;
    for (; number < next && number <= months->last; number++) {
        struct month month = {.number = number, .of = &r->last, .missing = 1, .place = r->place};
        r->take(r->context, &month);
    }
}

/* The row's prefix becomes that of the month. */
static void swap_prefixes(struct months_reader *r)
{
    struct prefix old = r->last;
    r->last = r->row;
    r->row = old;
}

/* The row at hand begins a person; it comes again when it was met. */
static void open_person(struct months_reader *r)
{
    months_end(r);
    swap_prefixes(r);
    r->begun = r->fresh = true;
    r->monthless = false;
}

/* The row at hand is without a period: it stands for a person without months. */
static void take_monthless(struct months_reader *r, const struct table *row)
{
    size_t value = r->months->value;
    if (!r->fresh || r->monthless)
        fail_at(table_row(row), "a row without a period, which stands for a person without months, "
                                "of a person who has other rows; leave it out");
    if (!cell_missing(table_cell(row, value)))
        fail_at(table_place(row, value), "a value in a row without a period, which stands for a "
                                         "person without months; mend the row");
    r->monthless = true;
}

/* The row at hand begins a month of the same person. */
static void open_month(struct months_reader *r, int number)
{
    int before = r->fresh ? r->months->first : r->month.number + 1;
    if (!r->fresh)
        close_month(r);
    fill_months(r, before, number);
    swap_prefixes(r);
    r->fresh = false;
    r->month = (struct month){.number = number, .of = &r->last};
}

static void add_row(struct months_reader *r, const struct table *row)
{
    struct month *month = &r->month;
    struct decimal share;
    if (!in_range(r->months, month->number))
        return;
    if (month->missing == 0)
        month->place = r->place;
    if (!read_share(r, row, r->months->value, &share)) {
        month->missing++;
        return;
    }
    month->known = true;
    if (!decimal_add(month->share, share, &month->share))
        months_fail(r->months, r->place, HOURS_TOO_LONG);
}

static enum rows_verdict take_long(struct months_reader *r, const struct table *row)
{
    const struct order *order = &r->months->rows;
    bool dated = !cell_missing(table_cell(row, order->period));
    int number = dated ? cell_month(row, order->period) : PERIOD_NONE;
    prefix_set(&r->row, r->months, row);
    r->place = table_place(row, r->months->value);
    if (!r->begun || !same_id(&r->row, &r->last)) {
        open_person(r);
        return ROWS_MEET;
    }
    if (!dated || r->monthless) {
        take_monthless(r, row);
        return ROWS_TAKEN;
    }
    if (!r->fresh && number < r->month.number)
        order_fail(order, row, "a period before that of the last row", PERIOD_MONTHS);
    if (!r->fresh && number == r->month.number && !same_prefix(&r->row, &r->last))
        fail_at(table_row(row), "a kept column (--keep) differs within a month of one person; "
                                "leave it out");
    if (r->fresh || number > r->month.number)
        open_month(r, number);
    add_row(r, row);
    return ROWS_TAKEN;
}

void months_meet(struct months *months, const struct table *row)
{
    order_meet(&months->rows, row);
}

struct months_reader months_begin(const struct months *months, bool ends,
                                  void (*take)(void *context, const struct month *month),
                                  void *context)
{
    struct months_reader r = {.months = months, .take = take, .context = context};
    r.numbers.comma = months->comma;
    if (ends)
        r.ends = begin_ends(months);
    return r;
}

enum rows_verdict months_take(struct months_reader *r, const struct table *row, struct sink *out)
{
    if (r->months->wide == NULL)
        return take_long(r, row);
    take_wide(r, row, out);
    return ROWS_TAKEN;
}

void months_end(struct months_reader *r)
{
    if (!r->begun)
        return;
    if (!r->fresh)
        close_month(r);
    fill_months(r, r->fresh ? r->months->first : r->month.number + 1, r->months->last + 1);
    r->begun = false;
}

void months_free(struct months *months)
{
    free(months->keep);
    free(months->keep_names);
    free(months->wide);
    order_free(&months->rows);
}

void months_free_reader(struct months_reader *r)
{
    if (r->ends != NULL)
        free(r->ends->labels);
    free(r->ends);
    free(r->row.bytes);
    free(r->last.bytes);
}
