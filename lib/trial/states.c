#include "trial/states.h"

#include <stdlib.h>

#include "base/heap.h"
#include "base/message.h"
#include "base/option.h"
#include "stream/rows.h"
#include "stream/sink.h"
#include "stream/table.h"

/* The columns of the table, which are its slots. */
enum { FROM, TO, STATE };

static void put_once(size_t *of, size_t state, struct place place, const char *code)
{
    if (*of != STATES_NONE)
        fail_at(place, "the code %s again; a code has one state: leave one row out", code);
    *of = state;
}

static void add_text(struct states *s, struct slice code, size_t state, struct place place)
{
    size_t number;
    if (!map_add(&s->texts, code, &number))
        fail_at(place, "the code %s again; a code has one state: leave one row out", quoted(code));
    s->of_texts = heap_grow(s->of_texts, &s->texts_room, number + 1, sizeof *s->of_texts);
    s->of_texts[number] = state;
}

/* Puts a range behind those that begin before it. */
static void add_range(struct states *s, struct states_range range, struct place place)
{
    s->ranges = heap_grow(s->ranges, &s->room, s->count + 1, sizeof *s->ranges);
    size_t at = s->count++;
    for (size_t i = 0; i < at; i++)
        if (range.first <= s->ranges[i].last && range.last >= s->ranges[i].first)
            fail_at(place, "its codes overlap with those of line %llu; a code has one state",
                    (unsigned long long)s->ranges[i].line);
    for (; at > 0 && s->ranges[at - 1].first > range.first; at--)
        s->ranges[at] = s->ranges[at - 1];
    s->ranges[at] = range;
}

static size_t state_of(struct states *s, const struct table *row)
{
    struct slice name = table_cell(row, STATE);
    size_t state;
    if (!sink_nameable(name))
        fail_at(table_place(row, STATE), "%s is no name for a column; give the state one",
                quoted(name));
    map_add(&s->names, name, &state);
    return state;
}

static void add_row(void *context, const struct table *row)
{
    struct states *s = context;
    struct slice from = table_cell(row, FROM), to = table_cell(row, TO);
    struct place place = table_place(row, FROM);
    struct states_range range = {.state = state_of(s, row), .line = place.line};
    bool number = slice_whole(from, &range.first), one = to.length == 0 || slice_equal(from, to);
    range.last = range.first;
    if (from.length == 0)
        fail_at(place, "no code; the empty code is written -");
    if (!one && (!number || !slice_whole(to, &range.last)))
        fail_at(place,
                "from %s to %s: a range is of codes that are whole numbers; give each other "
                "code a row",
                quoted(from), quoted(to));
    if (range.first > range.last)
        fail_at(place, "from %s to %s: the first code is after the last; turn them", quoted(from),
                quoted(to));
    if (slice_equal(from, slice_of("-")))
        put_once(&s->empty, range.state, place, "-");
    else if (slice_equal(from, slice_of("*")))
        put_once(&s->rest, range.state, place, "*");
    else if (number)
        add_range(s, range, place);
    else
        add_text(s, from, range.state, place);
}

/* The header is `from to state`, in any order and among others, which stand for the reader. */
void states_read(struct states *s, const char *path, const struct common *options)
{
    const struct slice names[] = {slice_of("from"), slice_of("to"), slice_of("state")};
    char *files[] = {(char *)path};
    const struct common common = {.no_progress = true, .threads = options->threads};
    struct table table;
    size_t slots[3];
    *s = (struct states){.path = path, .empty = STATES_NONE, .rest = STATES_NONE};
    table_open(&table, files, 1, &common);
    table.id = TABLE_NONE; /* no column is of ids */
    table_want_names(&table, names, 3, slots);
    rows_each(&table, add_row, s);
    table_close(&table);
    if (s->names.count == 0)
        fail("%s: no state in the table, only a header; is this the table of states?", path);
}

static size_t find_range(const struct states *s, uint64_t code)
{
    size_t low = 0, high = s->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (s->ranges[middle].last < code)
            low = middle + 1;
        else
            high = middle;
    }
    return low < s->count && s->ranges[low].first <= code ? s->ranges[low].state : STATES_NONE;
}

size_t states_find(const struct states *s, struct slice code)
{
    uint64_t number;
    size_t state = STATES_NONE, text;
    if (code.length == 0)
        state = s->empty;
    else if (slice_whole(code, &number))
        state = find_range(s, number);
    else if ((text = map_find(&s->texts, code)) != MAP_NONE)
        state = s->of_texts[text];
    return state != STATES_NONE ? state : s->rest;
}

void states_free(struct states *s)
{
    map_free(&s->names);
    map_free(&s->texts);
    free(s->of_texts);
    free(s->ranges);
}
