#include "trial/binned.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "base/message.h"
#include "number/decimal.h"
#include "stream/rows.h"
#include "stream/sink.h"
#include "trial/cell.h"
#include "trial/keys.h"

static const char *const besides[] = {"under", "over", "zero", "missing"}; /* by kind */

/* ---- what the bins are: `width 20 from 0 to 200 keep-zero`, or `breaks 0 10 50` ---- */

struct words {
    char *text;
    size_t length, room;
};

static void add_word(struct words *words, const char *word, size_t length)
{
    words->text = heap_grow(words->text, &words->room, words->length + length + 1, 1);
    if (words->length > 0)
        words->text[words->length++] = ' ';
    memcpy(words->text + words->length, word, length);
    words->length += length;
}

static void add_number(struct words *words, const char *name, struct decimal number)
{
    char text[DECIMAL_ROOM];
    if (name != NULL)
        add_word(words, name, strlen(name));
    add_word(words, text, decimal_print(text, number));
}

static struct words words_of(const struct bins *bins)
{
    struct words words = {0};
    if (bins->breaks != NULL)
        add_word(&words, "breaks", strlen("breaks"));
    for (int64_t i = 0; bins->breaks != NULL && i <= bins->count; i++)
        add_number(&words, NULL, bins->breaks[i]);
    if (bins->breaks == NULL)
        add_number(&words, "width", bins->width);
    if (bins->breaks == NULL && bins->has_from)
        add_number(&words, "from", bins->from);
    if (bins->breaks == NULL && bins->has_to)
        add_number(&words, "to", bins->to);
    if (bins->zero_inside)
        add_word(&words, "keep-zero", strlen("keep-zero"));
    return words;
}

static bool next_number(struct slice *rest, struct decimal *number)
{
    return decimal_parse(slice_cut(rest, ' '), '.', number) == DECIMAL_GOOD;
}

static bool read_breaks(struct slice rest, struct bins *bins)
{
    struct decimal *breaks = NULL, number;
    size_t count = 0, room = 0;
    bool zero_inside = false, good = true;
    while (good && rest.bytes != NULL) {
        zero_inside = slice_equal(rest, slice_of("keep-zero"));
        if (zero_inside)
            break;
        good = next_number(&rest, &number) &&
               (count == 0 || decimal_compare(breaks[count - 1], number) < 0);
        breaks = heap_grow(breaks, &room, count + 1, sizeof *breaks);
        breaks[count++] = number;
    }
    if (good && count > 1)
        *bins = bins_between(breaks, count);
    bins->zero_inside = zero_inside;
    return good && count > 1;
}

static bool read_width(struct slice rest, struct bins *bins)
{
    bool good = next_number(&rest, &bins->width);
    while (good && rest.bytes != NULL) {
        struct slice word = slice_cut(&rest, ' ');
        if (slice_equal(word, slice_of("from")))
            good = bins->has_from = next_number(&rest, &bins->from);
        else if (slice_equal(word, slice_of("to")))
            good = bins->has_to = next_number(&rest, &bins->to);
        else
            good = bins->zero_inside = slice_equal(word, slice_of("keep-zero"));
    }
    return good && bins_plan(bins) == BINS_GOOD;
}

static bool read_bins(struct slice text, struct bins *bins)
{
    struct slice rest = text, kind = slice_cut(&rest, ' ');
    *bins = (struct bins){.count = 0};
    if (slice_equal(kind, slice_of("breaks")))
        return read_breaks(rest, bins);
    return slice_equal(kind, slice_of("width")) && rest.bytes != NULL && read_width(rest, bins);
}

/* ---- writing ---- */

struct writer {
    const struct distribution *counts;
    const struct parts_options *options;
    struct slice outcome;
    struct words bins;
    uint64_t rows;
    struct sink *out;
};

static void write_row(struct writer *w, size_t key, const char *bin, uint64_t n)
{
    if (n == 0)
        return;
    if (w->counts->keys.count > 0)
        sink_cell(w->out, keys_cells(&w->counts->keys, key));
    sink_cell(w->out, w->outcome);
    sink_text(w->out, bin);
    sink_cell(w->out, (struct slice){w->bins.text, w->bins.length});
    sink_whole(w->out, n);
    sink_text(w->out, "NA");
    parts_put_cells(w->options, w->out);
    sink_row(w->out);
    w->rows++;
}

static void write_key(struct writer *w, size_t key)
{
    const struct bins_counts *counts = &w->counts->counts[key];
    for (int kind = 0; kind < BINS_INSIDE; kind++)
        write_row(w, key, besides[kind], counts->beside[kind]);
    for (size_t i = 0; i < counts->count; i++) {
        int64_t bin = counts->first + (int64_t)i;
        const uint64_t *cell = bins_cell(counts, bin);
        char number[24];
        snprintf(number, sizeof number, "%lld", (long long)bin);
        write_row(w, key, number, cell != NULL ? *cell : 0);
    }
}

static void write_seal(struct writer *w, uint64_t read)
{
    for (size_t i = 0; i < w->counts->keys.count; i++)
        sink_text(w->out, "NA");
    sink_text(w->out, PARTS_SEAL);
    sink_text(w->out, "NA");
    sink_cell(w->out, (struct slice){w->bins.text, w->bins.length});
    sink_whole(w->out, w->rows);
    sink_whole(w->out, read);
    parts_put_cells(w->options, w->out);
    sink_row(w->out);
}

void binned_write(const struct distribution *distribution, const struct slice *names,
                  struct slice outcome, const struct parts_options *options, uint64_t read,
                  struct sink *out)
{
    struct writer w = {.counts = distribution,
                       .options = options,
                       .outcome = outcome,
                       .bins = words_of(distribution->bins),
                       .out = out};
    size_t *order = keys_order(&distribution->keys);
    sink_names(out, names, distribution->keys.count);
    sink_words(out, "outcome bin bins n sum");
    parts_put_names(options, out);
    sink_header(out);
    for (size_t i = 0; i < keys_count(&distribution->keys); i++)
        write_key(&w, order[i]);
    if (options->seal != NULL)
        write_seal(&w, read);
    free(order);
    free(w.bins.text);
}

/* ---- reading ---- */

struct reader {
    struct distribution *counts;
    struct bins *bins;
    struct parts parts;
    size_t outcome, bin, words, n; /* slots */
    struct slice said, what;       /* the bins and the outcome of the first row */
    struct arena bytes;
};

/* All rows are of the same bins and of one outcome. */
static void check_alike(struct reader *r, const struct table *row)
{
    struct slice words = table_cell(row, r->words), outcome = table_cell(row, r->outcome);
    bool seal = slice_equal(outcome, slice_of(PARTS_SEAL));
    if (r->said.bytes == NULL) {
        r->said = arena_keep(&r->bytes, words);
        if (!read_bins(r->said, r->bins))
            fail_at(table_place(row, r->words), "%s are no bins; are these sums of jf-hist?",
                    quoted(words));
    }
    if (!slice_equal(words, r->said))
        fail_at(table_place(row, r->words),
                "the bins are %s, and those of the first row %s; make all sums with the same",
                quoted(words), quoted(r->said));
    if (r->what.bytes == NULL && !seal)
        r->what = arena_keep(&r->bytes, outcome);
    if (!seal && !slice_equal(outcome, r->what))
        fail_at(table_place(row, r->outcome), "outcome %s beside %s; add up those of one outcome",
                quoted(outcome), quoted(r->what));
}

static struct bins_class class_of_row(const struct reader *r, const struct table *row)
{
    struct slice bin = table_cell(row, r->bin);
    struct decimal number;
    for (int kind = 0; kind < BINS_INSIDE; kind++)
        if (slice_equal(bin, slice_of(besides[kind])))
            return (struct bins_class){(enum bins_kind)kind, 0};
    if (decimal_parse(bin, '.', &number) != DECIMAL_GOOD || number.scale != 0 ||
        number.units != (int32_t)number.units)
        fail_at(table_place(row, r->bin), "%s is no bin; are these sums of jf-hist?", quoted(bin));
    return (struct bins_class){BINS_INSIDE, (int64_t)number.units};
}

static void read_row(void *context, const struct table *row)
{
    struct reader *r = context;
    bool counts = parts_take(&r->parts, row);
    if (!table_is_header(row))
        check_alike(r, row);
    if (!counts)
        return;
    struct bins_class class = class_of_row(r, row);
    uint64_t n = cell_count(row, r->n);
    struct slice key = distribution_add(r->counts, row, class, n);
    parts_count(&r->parts, key, 0, n);
}

void binned_read(struct distribution *distribution, struct bins *bins, const struct slice *names,
                 const struct parts_options *options, struct table *table)
{
    struct reader r = {.counts = distribution, .bins = bins};
    r.outcome = table_want_name(table, slice_of("outcome"));
    r.bin = table_want_name(table, slice_of("bin"));
    r.words = table_want_name(table, slice_of("bins"));
    r.n = table_want_name(table, slice_of("n"));
    parts_plan(&r.parts, options, table, names, distribution->keys.count);
    rows_each(table, read_row, &r);
    parts_settle(&r.parts);
    if (r.said.bytes == NULL)
        fail("%s: no row of sums, so nothing says what the bins are", table->name);
    distribution_end(distribution);
    parts_free(&r.parts);
    arena_free(&r.bytes);
}
