#include "trial/absence.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "base/message.h"
#include "trial/condition.h"
#include "trial/twins.h"

enum { ARMS_SHOWN = 6 };

/* ---- damaged ids ---- */

/* Those of whose ids the same is left. */
struct absence_likes {
    size_t first;   /* person */
    bool mixed;     /* their ids have several lengths */
    size_t met;     /* ids that resemble them have come: the first one's length, plus one */
    bool met_mixed; /* and of another length too: all are marked */
};

void absence_plan(struct absence *a, struct roster *list, const struct roster_groups *arms)
{
    a->list = list;
    a->arms = arms;
    a->likes = heap_take(list->ids.count, sizeof *a->likes);
    a->next = heap_take(list->ids.count, sizeof *a->next);
    for (size_t i = 0; i < list->ids.count; i++) {
        char room[TWINS_MOST];
        size_t number;
        a->lengths |= absence_length(list->ids.keys[i]);
        bool fresh = map_add(&a->bare, twins_bare(list->ids.keys[i], room), &number);
        struct absence_likes *likes = &a->likes[number];
        a->next[i] = fresh ? MAP_NONE : likes->first;
        likes->mixed |= !fresh && list->ids.keys[i].length != list->ids.keys[likes->first].length;
        likes->first = i;
    }
}

bool absence_one_length(uint64_t lengths)
{
    return lengths != 0 && (lengths & (lengths - 1)) == 0 && lengths >> 63 == 0;
}

/* The persons who have the same left, or NULL. */
static struct absence_likes *find_likes(const struct absence *a, struct slice id)
{
    char room[TWINS_MOST];
    struct slice bare = twins_bare(id, room);
    size_t number = bare.length == 0 ? MAP_NONE : map_find(&a->bare, bare);
    return number == MAP_NONE ? NULL : &a->likes[number];
}

bool absence_resembles(const struct absence *a, struct slice id)
{
    const struct absence_likes *likes = find_likes(a, id);
    return likes != NULL && (likes->mixed || a->list->ids.keys[likes->first].length != id.length);
}

/* The persons are gone through twice at most: ids of two lengths mark all. */
void absence_meet(struct absence *a, struct slice id)
{
    struct absence_likes *likes = find_likes(a, id);
    if (likes == NULL || likes->met_mixed || likes->met == id.length + 1)
        return;
    likes->met_mixed = likes->met > 0;
    likes->met = id.length + 1;
    for (size_t i = likes->first; i != MAP_NONE; i = a->next[i])
        if (a->list->ids.keys[i].length != id.length)
            a->list->persons[i].resembled = true;
}

/* ---- what is said ---- */

/* ` (deltager 5, kontrol 7)`: the absent by arm, those who have a row or those who have none. */
static void add_arms(const struct absence *a, bool found, struct message_part *words)
{
    if (a->arms->count == 0 || a->arms->of_ids)
        return;
    size_t *counts = heap_take(a->arms->count, sizeof *counts);
    for (size_t i = 0; i < a->list->ids.count; i++) {
        const struct person *person = &a->list->persons[i];
        counts[a->arms->of[i]] += person->absent && person->found == found;
    }
    for (size_t i = 0; i < a->arms->count && i < ARMS_SHOWN; i++)
        message_add(words, "%s%s %zu", i == 0 ? " (" : ", ", quoted(a->arms->labels[i]), counts[i]);
    message_add(words, a->arms->count > ARMS_SHOWN ? ", ...)" : ")");
    free(counts);
}

static const char *have(size_t count)
{
    return count == 1 ? "has" : "have";
}

/* How many there are of both kinds. */
static struct message_part count_absent(const struct absence *a)
{
    struct message_part words = {.length = 0};
    if (a->veiled) {
        message_add(&words, "persons of the list have no row that is kept");
        return words;
    }
    if (a->rowless > 0) {
        message_add(&words, "%zu of %zu persons %s no row in the extract", a->rowless, a->chosen,
                    have(a->rowless));
        add_arms(a, false, &words);
    }
    if (a->rowless > 0 && a->left_out > 0)
        message_add(&words, ", and %zu %s", a->left_out, have(a->left_out));
    else if (a->left_out > 0)
        message_add(&words, "%zu of %zu persons %s", a->left_out, a->chosen, have(a->left_out));
    if (a->left_out > 0) {
        message_add(&words, " only rows that --where leaves out");
        add_arms(a, true, &words);
    }
    return words;
}

static bool is_damaged(const struct person *person)
{
    return person->resembled && !person->found;
}

/* `lengths` are of the extract's ids; all of one side have one. */
_Noreturn static void fail_damaged(const struct absence *a, uint64_t lengths, size_t damaged,
                                   struct place first)
{
    bool here = absence_one_length(a->lengths), there = absence_one_length(lengths);
    struct message_part words = {.length = 0};
    message_add(&words, "an id");
    if (!a->veiled)
        message_add(&words, ", the first of %zu (of %zu),", damaged, a->list->ids.count);
    fail_at(first,
            "%s that the extract has only with other leading zeros, blanks, quotes or dashes; "
            "all ids %s have %d bytes, so mend those %s",
            words.text, there ? "there" : "here", __builtin_ctzll(there ? lengths : a->lengths),
            here && there ? "of one of the two files"
            : there       ? "of the list"
                          : "of the extract");
}

void absence_check_ids(const struct absence *a, uint64_t lengths, const char *file, size_t column)
{
    const struct roster *list = a->list;
    struct place first = {list->table.name, 0, {0}};
    size_t damaged = 0, found = 0;
    for (size_t i = 0; i < list->ids.count; i++) {
        const struct person *person = &list->persons[i];
        found += person->found;
        if (is_damaged(person) && damaged++ == 0)
            first.line = person->line;
    }
    if (damaged > 0 && (absence_one_length(lengths) || absence_one_length(a->lengths)))
        fail_damaged(a, lengths, damaged, first);
    if (lengths != 0 && found == 0 && !a->part)
        fail("%s: none of the %zu ids of %s stands in column %zu; check --id, leading zeros and "
             "quotes",
             file, list->ids.count, list->files[0], column + 1);
}

static void count_person(struct absence *a, struct person *person, bool chosen)
{
    person->absent = chosen && !person->kept;
    a->chosen += chosen;
    a->rowless += person->absent && !person->found;
    a->left_out += person->absent && person->found;
    a->resembled += person->absent && is_damaged(person);
}

void absence_settle(struct absence *a, const struct conditions *conditions)
{
    struct roster *list = a->list;
    for (size_t i = 0; i < list->ids.count && !a->part; i++)
        count_person(a, &list->persons[i], conditions_choose(conditions, &list->persons[i]));
    if (a->choice != ABSENCE_REFUSED || a->rowless + a->left_out == 0)
        return;
    struct message_part words = count_absent(a);
    if (a->resembled > 0 && !a->veiled)
        message_add(
            &words,
            "; %zu of them would have one but for leading zeros, blanks, quotes or dashes in "
            "their ids",
            a->resembled);
    fail_at((struct place){list->table.name, 0, {0}},
            "%s; say --absent keep if they are in the trial all the same (a register of jobs), "
            "or --absent drop (a shard, a beginning of the extract)",
            words.text);
}

void absence_tell(const struct absence *a)
{
    if (a->rowless + a->left_out == 0)
        return;
    struct message_part words = count_absent(a);
    warn("%s: %s; %s", a->list->table.name, words.text,
         a->choice == ABSENCE_KEEP ? "each stands at the end, with NA (--absent keep)"
                                   : "they are left out (--absent drop)");
    if (a->resembled > 0 && a->veiled)
        warn("%s: ids without a row resemble others of the extract", a->list->table.name);
    else if (a->resembled > 0)
        warn("%s: %zu of them would have a row but for leading zeros, blanks, quotes or dashes "
             "in their ids; see whether they are the same persons",
             a->list->table.name, a->resembled);
}

void absence_free(struct absence *a)
{
    map_free(&a->bare);
    free(a->likes);
    free(a->next);
}
