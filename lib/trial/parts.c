#include "trial/parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/message.h"
#include "stream/share.h"
#include "stream/sink.h"
#include "trial/cell.h"
#include "trial/keys.h"

enum { PARTS_LOOKED_AT = 1000, FEW_PERSONS = 20 };

const struct parts_options parts_model = {0};

#define AT(field) ((void *)&parts_model.field)
const struct option_row parts_options[] = {
    OPTION_FLAG(0, "sums", AT(sums), "write the exact sums instead"),
    OPTION_TEXT(0, "seal", "I/N", AT(seal), "with --sums: mark them as part I of N"),
    OPTION_TEXT(0, "run", "LABEL", AT(run), "with --seal: and as of this run"),
    OPTION_FLAG(0, "from-sums", AT(from_sums), "read such sums, and add them up"),
    OPTION_WHOLE(0, "parts", "N", 1, SHARE_MOST, AT(parts), "with --from-sums: of so many parts"),
    OPTION_END,
};
#undef AT

void parts_check(const struct parts_options *o, const struct common *common)
{
    struct share seal;
    if (o->sums && o->from_sums)
        misuse("--sums and --from-sums exclude each other");
    if (o->sums && common->columns.given)
        misuse("--columns: --from-sums needs all columns of --sums; leave one out");
    if (o->seal != NULL && !o->sums)
        misuse("--seal goes with --sums");
    if (o->run != NULL && o->seal == NULL)
        misuse("--run goes with --seal");
    if (o->parts.given && !o->from_sums)
        misuse("--parts goes with --from-sums");
    if (o->seal != NULL && !share_parse(slice_of(o->seal), &seal))
        misuse("--seal: I/N was expected, as 3/20, I from 1 to N, no zero in front, not %s",
               quoted_text(o->seal));
    if (o->run != NULL && !sink_nameable(slice_of(o->run)))
        misuse("--run: a label without tabs and line ends was expected");
}

/* ---- writing ---- */

void parts_put_names(const struct parts_options *options, struct sink *out)
{
    if (options->seal != NULL)
        sink_words(out, options->run != NULL ? "part run" : "part");
}

void parts_put_cells(const struct parts_options *options, struct sink *out)
{
    if (options->seal != NULL)
        sink_text(out, options->seal);
    if (options->run != NULL)
        sink_text(out, options->run);
}

/* ---- reading ---- */

void parts_plan(struct parts *p, const struct parts_options *options, struct table *table,
                const struct slice *key, size_t key_count)
{
    *p = (struct parts){.options = options,
                        .table = table,
                        .streams = table->file_count,
                        .key = key,
                        .key_count = key_count};
    p->outcome = table_want_name(table, slice_of("outcome"));
    p->n = table_want_name(table, slice_of("n"));
    p->sum = table_want_name(table, slice_of("sum"));
    p->part = table_want(table, table_find(table, slice_of("part")));
    p->cells[p->cells_used] = p->part;
    p->cells_used += p->part != TABLE_NONE;
    p->cells[p->cells_used] =
        p->part != TABLE_NONE ? table_want(table, table_find(table, slice_of("run"))) : TABLE_NONE;
    p->cells_used += p->cells[p->cells_used] != TABLE_NONE;
    for (size_t i = 0; i < table->columns; i++)
        if (!table_wants(table, i))
            fail_at(table_header(table),
                    "column %s is no key, no stratum, no cluster and no sum; give --by, --strata "
                    "and --cluster as they were given to --sums",
                    quoted(table->names[i]));
}

static struct part_seen *part_of_row(struct parts *p, const struct table *row)
{
    struct share seal;
    struct slice part = table_cell(row, p->part), rest = part;
    if (!share_parse(part, &seal))
        fail_at(table_place(row, p->part), "%s is no part I/N, as 3/20; make these sums again",
                quoted(part));
    struct slice name = keys_name(row, p->cells, p->cells_used, &p->name, &p->name_room);
    if (map_add(&p->names, name, &p->at)) {
        struct slice run = p->cells_used > 1 ? table_cell(row, p->cells[1]) : (struct slice){0};
        p->seen = heap_grow(p->seen, &p->room, p->at + 1, sizeof *p->seen);
        slice_cut(&rest, '/');
        p->seen[p->at] = (struct part_seen){.number = seal.number,
                                            .of = arena_keep(&p->bytes, rest),
                                            .run = arena_keep(&p->bytes, run)};
    }
    return &p->seen[p->at];
}

/* The row but for the seal's columns, which stand behind the others; else the whole row, which is
 * like no other part's. */
static struct slice sums_of_row(const struct parts *p, const struct table *row)
{
    struct slice part = table_cell(row, p->part);
    size_t behind = table_column(row, p->part) + p->cells_used;
    if (behind != row->columns)
        return row->line;
    return (struct slice){row->line.bytes, (size_t)(part.bytes - row->line.bytes)};
}

bool parts_take(struct parts *p, const struct table *row)
{
    struct slice outcome = table_cell(row, p->outcome);
    if (slice_equal(outcome, slice_of("outcome")) && table_is_header(row)) {
        p->streams++;
        return false;
    }
    if (p->part == TABLE_NONE)
        return true;
    struct part_seen *seen = part_of_row(p, row);
    bool seal = slice_equal(outcome, slice_of(PARTS_SEAL));
    if (seal) {
        seen->seals++;
        seen->said += cell_count(row, p->n);
        seen->read += cell_count(row, p->sum);
        return false;
    }
    seen->rows++;
    seen->digest += map_hash(sums_of_row(p, row));
    return true;
}

void parts_count(struct parts *p, struct slice key, size_t outcome, uint64_t persons)
{
    if (p->part == TABLE_NONE)
        return;
    struct slice time = keys_time(p->key, p->key_count, key, &p->time, &p->time_room);
    struct part_seen *seen = &p->seen[p->at];
    if (!seen->counted) {
        seen->counted = true;
        seen->time = arena_keep(&p->bytes, time);
        seen->outcome = outcome;
    }
    if (outcome == seen->outcome && slice_equal(time, seen->time))
        seen->persons += persons;
}

/* ---- what has come ---- */

/* What most of the parts say of themselves. */
struct usual {
    struct slice of, run;
    uint64_t count; /* N */
};

static bool is_usual(const struct part_seen *seen, const struct usual *usual)
{
    return slice_equal(seen->of, usual->of) && slice_equal(seen->run, usual->run);
}

static struct usual find_usual(const struct parts *p)
{
    struct usual best = {0};
    size_t most = 0;
    for (size_t i = 0; i < p->names.count; i++) {
        struct usual usual = {p->seen[i].of, p->seen[i].run, 0};
        size_t like = 0;
        for (size_t j = 0; j < p->names.count && j < PARTS_LOOKED_AT; j++)
            like += is_usual(&p->seen[j], &usual);
        if (like > most) {
            best = usual;
            most = like;
        }
        if (2 * most > p->names.count)
            break;
    }
    slice_whole(best.of, &best.count);
    return best;
}

/* Numbers of parts with one fault, as `3,7,17`. */
struct list_of_parts {
    char text[300];
    size_t at, count;
};

static void list_part(struct list_of_parts *list, uint64_t number)
{
    enum { LONGEST = 24 };
    list->count++;
    if (list->at + LONGEST < sizeof list->text)
        list->at += (size_t)snprintf(list->text + list->at, sizeof list->text - list->at, "%s%llu",
                                     list->count > 1 ? "," : "", (unsigned long long)number);
    else if (list->at + 4 < sizeof list->text && list->text[list->at - 1] != '.')
        list->at += (size_t)snprintf(list->text + list->at, sizeof list->text - list->at, ",...");
}

enum { MISSING, TWICE, CUT, OTHER_RUN, OTHER_CUT, FAULTS };

static int fault_of(const struct part_seen *seen, const struct usual *usual)
{
    if (!slice_equal(seen->of, usual->of))
        return OTHER_CUT;
    if (!slice_equal(seen->run, usual->run))
        return OTHER_RUN;
    if (seen->seals > 1)
        return TWICE;
    return seen->seals == 0 || seen->rows != seen->said ? CUT : FAULTS;
}

static void list_faults(const struct parts *p, const struct usual *usual,
                        struct list_of_parts *lists)
{
    bool *there = heap_take((size_t)usual->count + 1, sizeof *there);
    for (size_t i = 0; i < p->names.count; i++) {
        const struct part_seen *seen = &p->seen[i];
        int fault = fault_of(seen, usual);
        if (fault != FAULTS)
            list_part(&lists[fault], seen->number);
        if (fault != OTHER_CUT)
            there[seen->number] = true;
    }
    for (uint64_t number = 1; number <= usual->count; number++)
        if (!there[number])
            list_part(&lists[MISSING], number);
    free(there);
}

/* The faults, and what is to be run again. */
static void fail_faults(const struct usual *usual, const struct list_of_parts *lists)
{
    static const char *const one[] = {"is missing", "came twice", "is cut or has other rows",
                                      "is of another run", "is of another cut"};
    static const char *const many[] = {"are missing", "came twice", "are cut or have other rows",
                                       "are of another run", "are of another cut"};
    char text[1800] = "";
    size_t at = 0;
    for (int i = 0; i < FAULTS; i++)
        if (lists[i].count > 0)
            at += (size_t)snprintf(text + at, sizeof text - at, "%s%zu of %llu parts %s: %s",
                                   at > 0 ? ", " : "", lists[i].count,
                                   (unsigned long long)usual->count,
                                   (lists[i].count == 1 ? one : many)[i], lists[i].text);
    if (at > 0)
        fail("%s; run them again, and give each once", text);
}

/* Parts with persons that all have the same sums were made of the same persons. */
static void check_unlike(const struct parts *p)
{
    size_t with_persons = 0;
    const struct part_seen *first = NULL;
    for (size_t i = 0; i < p->names.count; i++) {
        const struct part_seen *seen = &p->seen[i];
        if (seen->persons == 0)
            continue;
        with_persons++;
        first = first == NULL ? seen : first;
        if (seen->persons < FEW_PERSONS || seen->digest != first->digest ||
            seen->read != first->read)
            return;
    }
    if (with_persons > 1)
        fail("all %zu parts have the same sums: was the extract cut? make them anew, each of its "
             "own part",
             with_persons);
}

static void check_number(const struct parts *p, uint64_t count, const char *what)
{
    const struct whole *parts = &p->options->parts;
    if (parts->given && parts->value != count)
        fail("%llu %s, and --parts says %llu; give each once, or mend --parts",
             (unsigned long long)count, what, (unsigned long long)parts->value);
}

void parts_settle(const struct parts *p)
{
    struct list_of_parts lists[FAULTS] = {0};
    if (p->part == TABLE_NONE) {
        check_number(p, p->streams,
                     p->streams == 1 ? "stream of sums came" : "streams of sums came");
        return;
    }
    if (p->names.count == 0)
        fail("%s: no part has come, not even its seal; run them again", p->table->name);
    struct usual usual = find_usual(p);
    list_faults(p, &usual, lists);
    fail_faults(&usual, lists);
    check_number(p, usual.count, usual.count == 1 ? "part came" : "parts came");
    check_unlike(p);
}

void parts_free(struct parts *p)
{
    map_free(&p->names);
    free(p->seen);
    free(p->name);
    free(p->time);
    arena_free(&p->bytes);
}
