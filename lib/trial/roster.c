#include "trial/roster.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "base/option.h"
#include "base/suggest.h"
#include "number/mask.h"
#include "stream/rows.h"
#include "trial/cell.h"
#include "trial/twins.h"

/* All columns are wanted in their order, so that a slot is a column. */
static void add_person(void *context, const struct table *table)
{
    struct roster *roster = context;
    struct slice id = table_cell(table, roster->id);
    struct place place = table_place(table, roster->id);
    if (id.length == 0)
        fail_at(place, "an empty id; every person of the list needs one");
    cell_check_header(table, roster->id);
    size_t number;
    if (!map_add(&roster->ids, id, &number))
        fail_at(place, "the id of line %llu again; a person stands once in the list",
                (unsigned long long)roster->persons[number].line);
    struct slice *cells = arena_take(&roster->bytes, table->columns * sizeof *cells);
    for (size_t i = 0; i < table->columns; i++)
        cells[i] = arena_keep(&roster->bytes, table_cell(table, i));
    roster->persons =
        heap_grow(roster->persons, &roster->room, number + 1, sizeof *roster->persons);
    roster->persons[number] = (struct person){.line = place.line, .cells = cells};
}

void roster_open(struct roster *roster, const char *path, struct slice id,
                 const struct common *common)
{
    *roster = (struct roster){.files = {(char *)path}};
    struct table *table = &roster->table;
    const struct common quiet = {.no_progress = true, .threads = common->threads};
    table_open(table, roster->files, 1, &quiet);
    roster->id = table_ids(table, id);
    for (size_t i = 0; i < table->columns; i++)
        table_want(table, i);
}

void roster_read(struct roster *roster)
{
    const char *path = roster->files[0];
    rows_each(&roster->table, add_person, roster);
    if (roster->ids.count == 0)
        fail("%s: no person in the list, only a header; is this the list?", path);
    twins_check_map(&roster->ids, path);
}

struct person *roster_find(const struct roster *roster, struct slice id)
{
    size_t number = map_find(&roster->ids, id);
    return number == MAP_NONE ? NULL : &roster->persons[number];
}

void roster_fail_header(const char *file, const char *other)
{
    fail_at((struct place){file, 1, {0}},
            "a person of %s stands in the header's place; put a header line before the rows",
            other);
}

struct slice roster_check_headers(const struct roster *roster, const struct table *extract,
                                  size_t id)
{
    const struct table *list = &roster->table;
    struct slice name = extract->names[id], list_id = list->names[roster->id];
    if (roster_find(roster, name) != NULL)
        roster_fail_header(extract->name, list->name);
    if (slice_equal(list_id, name))
        return (struct slice){0};
    return list_id;
}

/* Whether the group's label is another's, or missing, but for blanks. `first` is its first
 * person, and `others` has the labels before it. */
static void check_blanks(const struct roster *roster, size_t column, const struct person *first,
                         struct map *others)
{
    struct slice label = first->cells[column], trimmed = slice_trim(label);
    struct place place = {roster->table.name, first->line, roster->table.names[column]};
    size_t other;
    if (cell_missing(trimmed))
        fail_at(place, "%s is missing but for its blanks; mend the label", quoted(label));
    if (!map_add(others, trimmed, &other))
        fail_at(place, "%s differs from a label before it only in blanks at its ends; mend it",
                quoted(label));
}

/* Numbers the labels in the order of the list. */
static void number_labels(const struct roster *roster, size_t column, struct map *labels,
                          size_t *of)
{
    struct map trimmed = {0};
    for (size_t i = 0; i < roster->ids.count; i++) {
        const struct person *person = &roster->persons[i];
        of[i] = MAP_NONE;
        if (cell_missing(person->cells[column]))
            continue;
        if (map_add(labels, person->cells[column], &of[i]) && column != roster->id)
            check_blanks(roster, column, person, &trimmed);
    }
    map_free(&trimmed);
}

static struct roster_groups group_by(const struct roster *roster, size_t column)
{
    struct roster_groups groups = {.of = heap_take(roster->ids.count, sizeof *groups.of),
                                   .of_ids = column == roster->id};
    struct map labels = {0};
    number_labels(roster, column, &labels, groups.of);
    size_t *order = map_order(&labels), *rank = heap_take(labels.count, sizeof *rank);
    groups.labels = heap_take(labels.count + 1, sizeof *groups.labels);
    for (; groups.count < labels.count; groups.count++) {
        rank[order[groups.count]] = groups.count;
        groups.labels[groups.count] = arena_keep(&groups.bytes, labels.keys[order[groups.count]]);
    }
    bool missing = false;
    for (size_t i = 0; i < roster->ids.count; i++) {
        missing |= groups.of[i] == MAP_NONE;
        groups.of[i] = groups.of[i] == MAP_NONE ? labels.count : rank[groups.of[i]];
    }
    if (missing)
        groups.labels[groups.count++] = slice_of("NA");
    free(order);
    free(rank);
    map_free(&labels);
    return groups;
}

struct roster_groups roster_arms(const struct roster *roster, const char *name, bool for_flow)
{
    const struct table *table = &roster->table;
    struct slice column = slice_of(name != NULL ? name : "arm");
    size_t fits = 0;
    for (size_t i = 0; i < table->columns; i++)
        fits += slice_equal_nocase(table->names[i], column);
    if (name == NULL && !for_flow && fits != 1)
        return (struct roster_groups){0};
    size_t at = table_get(table, column);
    for (size_t i = 0; for_flow && i < roster->ids.count; i++) {
        const struct person *person = &roster->persons[i];
        if (!cell_missing(person->cells[at]) && !sink_nameable(person->cells[at]))
            fail_at((struct place){table->name, person->line, table->names[at]},
                    "an arm with a control byte; mend the list, as --flow has a column for each "
                    "arm");
    }
    return group_by(roster, at);
}

void roster_groups_free(struct roster_groups *groups)
{
    free(groups->labels);
    free(groups->of);
    arena_free(&groups->bytes);
}

struct roster_column roster_listed(const struct roster *roster, size_t column)
{
    return (struct roster_column){roster->table.name, column, roster->table.names[column]};
}

static void check_name(const struct roster *roster, const struct table *extract, struct slice name)
{
    if (table_exact(extract, name) != TABLE_NONE)
        fail("%s and %s both have a column %s; choose the list's columns with --take",
             roster->table.name, extract->name, quoted(name));
}

struct roster_tail roster_join(const struct roster *roster, const struct list *take,
                               const struct table *extract)
{
    const struct table *list = &roster->table;
    struct roster_tail tail = {.columns = extract->columns};
    tail.taken = heap_take(list->columns + take->count, sizeof *tail.taken);
    for (size_t i = 0; i < take->count; i++) {
        struct slice name;
        size_t column = table_get_as(list, take->items[i], &name);
        tail.taken[tail.count] = roster_listed(roster, column);
        tail.taken[tail.count++].name = name;
    }
    for (size_t i = 0; !take->given && i < list->columns; i++)
        if (i != roster->id)
            tail.taken[tail.count++] = roster_listed(roster, i);
    tail.names = heap_take(extract->columns + tail.count, sizeof *tail.names);
    memcpy(tail.names, extract->names, extract->columns * sizeof *tail.names);
    for (size_t i = 0; i < tail.count; i++) {
        check_name(roster, extract, tail.taken[i].name);
        tail.names[tail.columns++] = tail.taken[i].name;
    }
    return tail;
}

void roster_put(const struct roster_tail *tail, const struct person *person, struct sink *out)
{
    for (size_t i = 0; i < tail->count; i++)
        sink_cell(out, roster_cell(NULL, person, &tail->taken[i]));
}

void roster_tail_free(struct roster_tail *tail)
{
    free(tail->taken);
    free(tail->names);
}

_Noreturn static void fail_column(const struct roster *roster, const struct table *extract,
                                  struct slice name)
{
    struct suggest near = suggest_begin(name);
    table_offer(extract, &near);
    table_offer(&roster->table, &near);
    const char *hint = suggest_text(&near);
    fail("no column %s in %s or %s%s", quoted_given(name), extract->name, roster->files[0],
         hint[0] != '\0' ? hint : "; see their headers' names with head -n 1");
}

struct roster_column roster_column(const struct roster *roster, struct table *extract,
                                   struct slice name)
{
    size_t found = table_find(extract, name);
    if (found != TABLE_NONE)
        return (struct roster_column){NULL, table_want(extract, found), name};
    found = table_find(&roster->table, name);
    if (found == TABLE_NONE)
        fail_column(roster, extract, name);
    return roster_listed(roster, found);
}

struct slice roster_cell(const struct table *extract, const struct person *person,
                         const struct roster_column *column)
{
    if (column->list == NULL)
        return extract != NULL ? table_cell(extract, column->at) : slice_of("NA");
    return person != NULL ? person->cells[column->at] : slice_of("NA");
}

struct place roster_place(const struct table *extract, const struct person *person,
                          const struct roster_column *column)
{
    struct place place = table_row(extract);
    if (column->list != NULL && person != NULL)
        place = (struct place){column->list, person->line, {0}};
    place.column = column->name;
    return place;
}

/* ---- the flow ---- */

/* The last stage is not written, but can be worked out from two that are. */
enum { ASSIGNED, FOUND, NOT_FOUND, KEPT, ABSENT_KEPT, LEFT_OUT, STAGES };

/* Counts and their masks, by stage and arm. */
struct flow {
    size_t arms;
    uint64_t *counts[STAGES];
    enum mask *masks[STAGES];
};

static void count_flow(struct flow *flow, const struct roster *roster,
                       const struct roster_groups *arms, bool keep)
{
    for (size_t i = 0; i < roster->ids.count; i++) {
        const struct person *p = &roster->persons[i];
        const bool counts[] = {true,    p->found,          !p->found,
                               p->kept, keep && p->absent, p->found && !p->kept};
        for (unsigned stage = 0; stage < STAGES; stage++)
            flow->counts[stage][arms->of[i]] += counts[stage];
    }
}

/* Masks an arm's stages, as each is a part of another, or adds up to it with a third. Only of
 * those who are missing is shown that they are few; and not even that where the sum is so small
 * that it tells how few. */
static void mask_arm(struct flow *flow, size_t arm, bool keep, uint64_t k)
{
    uint64_t assigned = flow->counts[ASSIGNED][arm];
    uint64_t left = flow->counts[KEPT][arm] + flow->counts[ABSENT_KEPT][arm];
    enum mask *not_found = &flow->masks[NOT_FOUND][arm], *absent = &flow->masks[ABSENT_KEPT][arm];
    flow->masks[FOUND][arm] = flow->masks[KEPT][arm] = MASK_OTHER;
    if (*not_found == MASK_NONE || assigned < 3 * k)
        *not_found = MASK_OTHER;
    if (keep && (*absent == MASK_NONE || left < 3 * k))
        *absent = MASK_OTHER;
}

/* The sum of a stage over the arms is taken to be known, and how many were assigned; so where
 * one count is small, all arms are masked. */
static void mask_flow(struct flow *flow, bool keep, uint64_t k)
{
    bool masked = false;
    for (unsigned stage = 0; stage < STAGES; stage++) {
        mask_counts(flow->masks[stage], flow->counts[stage], flow->arms, k);
        for (size_t arm = 0; arm < flow->arms; arm++)
            masked |= flow->masks[stage][arm] != MASK_NONE;
    }
    for (size_t arm = 0; masked && arm < flow->arms; arm++)
        mask_arm(flow, arm, keep, k);
}

void roster_flow(const struct roster *roster, const struct roster_groups *arms,
                 enum roster_stages stages, uint64_t k, struct sink *sink)
{
    bool keep = stages == ROSTER_KEEP;
    static const char *const names[] = {"assigned", "found", "not_found", "kept", "absent_kept"};
    struct flow flow = {.arms = arms->count};
    for (unsigned stage = 0; stage < STAGES; stage++) {
        flow.counts[stage] = heap_take(arms->count, sizeof *flow.counts[stage]);
        flow.masks[stage] = heap_take(arms->count, sizeof *flow.masks[stage]);
    }
    count_flow(&flow, roster, arms, keep);
    mask_flow(&flow, keep, k);
    sink_words(sink, "stage");
    for (size_t i = 0; i < arms->count; i++)
        sink_name(sink, arms->labels[i]);
    sink_header(sink);
    for (unsigned stage = 0; stage < LEFT_OUT; stage++) {
        if (stages == ROSTER_PART && stage != FOUND && stage != KEPT)
            continue;
        sink_text(sink, names[stage]);
        for (size_t i = 0; i < arms->count; i++)
            cell_put_count(sink, flow.counts[stage][i], flow.masks[stage][i], k);
        sink_row(sink);
    }
    for (unsigned stage = 0; stage < STAGES; stage++) {
        free(flow.counts[stage]);
        free(flow.masks[stage]);
    }
}

void roster_free(struct roster *roster)
{
    table_close(&roster->table);
    map_free(&roster->ids);
    free(roster->persons);
    arena_free(&roster->bytes);
}
