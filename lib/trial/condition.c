#include "trial/condition.h"

#include <stdlib.h>

#include "base/heap.h"
#include "base/message.h"
#include "base/option.h"
#include "base/suggest.h"

enum { SEEN_MOST = 64, FEW = 4 };

static void offer(const struct condition *c, struct suggest *near, struct slice cell)
{
    if (!c->of_ids)
        suggest_offer(near, cell);
}

/* What the user typed for a value, unless that may be an id. */
static const char *shown(const struct condition *c, struct slice value)
{
    return c->of_ids ? "that id" : quoted_given(value);
}

/* Its number among the values, or MAP_NONE. A few are compared sooner than hashed. */
static size_t value_of(const struct condition *c, struct slice cell)
{
    if (c->values.count > FEW)
        return map_find(&c->values, cell);
    for (size_t i = 0; i < c->values.count; i++)
        if (slice_equal(cell, c->values.keys[i]))
            return i;
    return MAP_NONE;
}

static struct condition read_condition(struct slice given)
{
    struct condition c = {.given = given};
    struct slice rest = given;
    c.column.name = slice_cut(&rest, '=');
    if (rest.bytes == NULL || c.column.name.length == 0)
        misuse("--where: COL=VALUE was expected, not %s", quoted_given(given));
    if (rest.length == 0)
        misuse("--where: no value behind %s; is a variable of the shell not set?",
               quoted_given(given));
    char *bytes = heap_take(rest.length, 1), *room = bytes;
    size_t number;
    do
        map_add(&c.values, slice_cut_item(&rest, &room), &number);
    while (rest.bytes != NULL);
    free(bytes);
    c.met = heap_take(c.values.count, sizeof *c.met);
    return c;
}

static void mark(struct condition *c, struct slice cell)
{
    size_t i = value_of(c, cell);
    if (i != MAP_NONE)
        c->met[i] = c->any = true;
}

/* A value that holds a comma was cut. */
_Noreturn static void refuse(const struct condition *c, const struct roster *list, size_t value)
{
    struct place place = {list->table.name, 0, c->column.name};
    struct slice whole = c->given;
    struct slice asked = c->values.keys[value];
    struct suggest near = suggest_begin(asked);
    slice_cut(&whole, '=');
    for (size_t i = 0; i < list->ids.count; i++) {
        struct slice cell = list->persons[i].cells[c->column.at];
        if (c->values.count > 1 && !c->of_ids && slice_equal(cell, whole))
            fail_at(place, "no person has %s (--where), but some have %s: write its comma as \\,",
                    shown(c, asked), quoted_given(whole));
        offer(c, &near, cell);
    }
    const char *hint = suggest_text(&near);
    fail_at(place, "no person of the list has %s (--where)%s", shown(c, asked),
            hint[0] != '\0' ? hint : "; see what the column holds");
}

static void check_list(struct condition *c, const struct roster *list, bool all)
{
    if (all)
        mark(c, slice_of("NA"));
    for (size_t i = 0; i < list->ids.count; i++)
        mark(c, list->persons[i].cells[c->column.at]);
    for (size_t i = 0; i < c->values.count; i++)
        if (!c->met[i])
            refuse(c, list, i);
}

void conditions_plan(struct conditions *conditions, const struct list *texts,
                     const struct roster *list, struct table *extract, bool all)
{
    *conditions = (struct conditions){.count = texts->count};
    conditions->items = heap_take(texts->count, sizeof *conditions->items);
    for (size_t i = 0; i < texts->count; i++)
        conditions->items[i] = read_condition(texts->items[i]);
    for (size_t i = 0; i < texts->count; i++) {
        struct condition *c = &conditions->items[i];
        c->column = roster_column(list, extract, c->column.name);
        c->of_ids = c->column.list != NULL ? c->column.at == list->id
                                           : table_column(extract, c->column.at) == extract->id;
        if (c->column.list != NULL)
            check_list(c, list, all);
    }
}

/* What is there instead is remembered, to be offered; a few, and as long as it may be asked. */
static void see(struct condition *c, struct slice cell, size_t value)
{
    size_t number;
    if (value != MAP_NONE)
        c->met[value] = c->any = true;
    else if (!c->any && c->seen.count < SEEN_MOST)
        map_add(&c->seen, cell, &number);
}

bool conditions_hold(struct conditions *conditions, const struct table *row,
                     const struct person *person)
{
    bool hold = true;
    conditions->read = true;
    for (size_t i = 0; i < conditions->count; i++) {
        struct condition *c = &conditions->items[i];
        struct slice cell = roster_cell(row, person, &c->column);
        size_t value = value_of(c, cell);
        if (c->column.list == NULL)
            see(c, cell, value);
        hold = hold && value != MAP_NONE;
    }
    return hold;
}

bool conditions_choose(const struct conditions *conditions, const struct person *person)
{
    for (size_t i = 0; i < conditions->count; i++) {
        const struct condition *c = &conditions->items[i];
        if (c->column.list != NULL && value_of(c, person->cells[c->column.at]) == MAP_NONE)
            return false;
    }
    return true;
}

void conditions_check(const struct conditions *conditions, const char *file)
{
    for (size_t i = 0; conditions->read && i < conditions->count; i++) {
        const struct condition *c = &conditions->items[i];
        if (c->any)
            continue;
        struct slice first = c->values.keys[0];
        struct suggest near = suggest_begin(first);
        for (size_t j = 0; j < c->seen.count; j++)
            offer(c, &near, c->seen.keys[j]);
        const char *hint = suggest_text(&near);
        fail_at((struct place){file, 0, c->column.name},
                "no row that was read has %s%s (--where)%s", shown(c, first),
                c->values.count > 1 ? " or another of the values" : "",
                hint[0] != '\0' ? hint : "; see what the column holds");
    }
}

void conditions_tell(const struct conditions *conditions)
{
    size_t unmet = 0, values = 0;
    const struct condition *first = NULL;
    struct slice value = {0};
    for (size_t i = 0; conditions->read && i < conditions->count; i++) {
        const struct condition *c = &conditions->items[i];
        values += c->values.count;
        for (size_t j = 0; j < c->values.count; j++) {
            if (c->met[j])
                continue;
            if (unmet++ == 0) {
                first = c;
                value = c->values.keys[j];
            }
        }
    }
    if (unmet > 0)
        warn("%zu of %zu values of --where %s in no row; the first is %s of %s", unmet, values,
             unmet == 1 ? "is" : "are", shown(first, value), quoted(first->column.name));
}

void conditions_free(struct conditions *conditions)
{
    for (size_t i = 0; i < conditions->count; i++) {
        struct condition *c = &conditions->items[i];
        map_free(&c->seen);
        map_free(&c->values);
        free(c->met);
    }
    free(conditions->items);
}
