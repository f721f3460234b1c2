#include "stream/selection.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "base/message.h"
#include "base/option.h"
#include "base/suggest.h"

/* ---- which columns ---- */

static size_t find(const struct header *whole, struct slice name)
{
    size_t other, found = header_find(whole, name, &other);
    if (other != HEADER_NONE)
        fail("--columns: %s may be %s or %s of the output; give the exact name", quoted_given(name),
             quoted(whole->names[found]), quoted(whole->names[other]));
    return found;
}

_Noreturn static void fail_unknown(const struct header *whole, struct slice name)
{
    struct suggest near = suggest_begin(name);
    for (size_t i = 0; i < whole->columns; i++)
        suggest_offer(&near, whole->names[i]);
    const char *hint = suggest_text(&near);
    if (hint[0] == '\0')
        hint = "; see the header's names without --columns";
    fail("--columns: no column %s among %zu of the output%s", quoted_given(name), whole->columns,
         hint);
}

/* The column of an item, NEW=OLD unless a column's whole name is that. */
static size_t get(const struct header *whole, struct slice item, struct slice *name)
{
    struct slice old = item, new = slice_cut(&old, '=');
    bool renamed = old.bytes != NULL && find(whole, item) == HEADER_NONE;
    size_t place = find(whole, renamed ? old : item);
    if (place == HEADER_NONE)
        fail_unknown(whole, renamed ? old : item);
    *name = renamed ? new : whole->names[place];
    return place;
}

/* Until there is a row, marks say which columns are taken. */
void selection_plan(struct selection *s, const struct header *whole)
{
    const struct list *asked = s->asked;
    s->places = heap_take(asked->count, sizeof *s->places);
    s->names = heap_take(asked->count, sizeof *s->names);
    s->marks = heap_take(whole->columns + 1, sizeof *s->marks);
    s->plan = (struct scan_plan){.columns = whole->columns};
    s->scan = scan_best();
    for (size_t i = 0; i < asked->count; i++) {
        size_t place = s->places[i] = get(whole, asked->items[i], &s->names[i]);
        if (s->marks[place] != NULL)
            misuse("--columns: %s twice; name a column once", quoted(whole->names[place]));
        s->marks[place] = whole->names[place].bytes;
    }
}

void selection_begin(struct selection *s)
{
    s->count = s->asked != NULL ? s->asked->count : 0;
    free(s->names);
    s->names = NULL;
}

struct selection selection_again(const struct selection *selection)
{
    struct selection again = *selection;
    if (again.count == 0)
        return again;
    again.places = heap_take(again.count, sizeof *again.places);
    memcpy(again.places, selection->places, again.count * sizeof *again.places);
    again.marks = heap_apart(again.plan.columns + 1, sizeof *again.marks);
    return again;
}

/* ---- rows ---- */

/* The cells are put behind the row and then take its place: they are no longer than it, as none
 * is there twice. */
size_t selection_row(const struct selection *s, char *row, size_t length)
{
    char *begin = row + length, *at = begin;
    memset(begin, '\n', SCAN_PAD);
    s->marks[0] = row - 1;
    const char *line_end = s->scan(row, &s->plan, s->marks + 1);
    assert(line_end == begin - 1); /* whoever writes rows has looked at their cells */
    (void)line_end;
    for (size_t i = 0; i < s->count; i++) {
        const char *const *mark = s->marks + s->places[i];
        size_t cell = (size_t)(mark[1] - mark[0] - 1);
        memcpy(at, mark[0] + 1, cell);
        at += cell;
        *at++ = '\t';
    }
    at[-1] = '\n';
    memmove(row, begin, (size_t)(at - begin));
    return (size_t)(at - begin);
}

void selection_free(struct selection *selection)
{
    free(selection->places);
    free(selection->names);
    free(selection->marks);
    selection->places = NULL;
    selection->names = NULL;
    selection->marks = NULL;
}
