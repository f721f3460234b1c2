#include "trial/twins.h"

#include <stdlib.h>

#include "base/heap.h"
#include "base/map.h"
#include "base/message.h"

static struct slice without_quotes(struct slice id)
{
    if (id.length > 0 && (id.bytes[0] == '"' || id.bytes[0] == '\''))
        id = (struct slice){id.bytes + 1, id.length - 1};
    if (id.length > 0 && (id.bytes[id.length - 1] == '"' || id.bytes[id.length - 1] == '\''))
        id.length--;
    return id;
}

struct slice twins_trim(struct slice id)
{
    size_t before;
    do {
        before = id.length;
        id = without_quotes(slice_trim(id));
    } while (id.length < before);
    return id;
}

static struct slice without_dashes(struct slice id, char *room)
{
    struct slice rest = {room, 0};
    if (id.length > TWINS_MOST)
        return rest;
    id = twins_trim(id);
    for (size_t i = 0; i < id.length;) {
        size_t dash = slice_dash((struct slice){id.bytes + i, id.length - i});
        if (dash == 0)
            room[rest.length++] = id.bytes[i];
        i += dash > 0 ? dash : 1;
    }
    return rest;
}

struct slice twins_bare(struct slice id, char *room)
{
    struct slice bare = without_dashes(id, room);
    while (bare.length > 1 && *bare.bytes == '0')
        bare = (struct slice){bare.bytes + 1, bare.length - 1};
    return bare;
}

struct twins_pair {
    bool found;
    size_t first, second;
};

/* Keeps the pair whose second one is the earliest. */
static void note(struct twins_pair *pair, size_t one, size_t other)
{
    size_t first = one < other ? one : other, second = one < other ? other : one;
    if (!pair->found || second < pair->second)
        *pair = (struct twins_pair){true, first, second};
}

static struct slice trimmed(struct slice id, char *room)
{
    (void)room;
    return twins_trim(id);
}

/* Holds what is left of ids of which something goes, and looks for ids that stand there so; or
 * `both`: for others of which the same is left, too. */
static struct twins_pair search(const struct twins_list *list,
                                struct slice (*strip)(struct slice, char *), bool both)
{
    struct twins_pair pair = {0};
    struct map held = {0};
    size_t *persons = NULL, room = 0, number;
    char bytes[TWINS_MOST];
    for (size_t i = 0; i < list->count; i++) {
        struct slice id = list->id(list->of, i), rest = strip(id, bytes);
        if (rest.length == 0 || rest.length == id.length)
            continue;
        if (map_add(&held, rest, &number)) {
            persons = heap_grow(persons, &room, number + 1, sizeof *persons);
            persons[number] = i;
        } else if (both && persons != NULL)
            note(&pair, persons[number], i);
    }
    for (size_t i = 0; persons != NULL && i < list->count; i++)
        if ((number = map_find(&held, list->id(list->of, i))) != MAP_NONE)
            note(&pair, persons[number], i);
    map_free(&held);
    free(persons);
    return pair;
}

/* ` of FILE`, where the place is of another file than `at`. */
static struct message_part name_file(struct place place, struct place at)
{
    struct message_part words = {0};
    if (place.file != at.file)
        message_add(&words, " of %s", place.file);
    return words;
}

/* Ids of one length are no twins. */
static bool of_one_length(const struct twins_list *list)
{
    for (size_t i = 1; i < list->count; i++)
        if (list->id(list->of, i).length != list->id(list->of, 0).length)
            return false;
    return true;
}

void twins_check(const struct twins_list *list)
{
    if (of_one_length(list))
        return;
    struct twins_pair pair = search(list, trimmed, true);
    if (!pair.found)
        return;
    struct place before = list->place(list->of, pair.first);
    struct place at = list->place(list->of, pair.second);
    fail_at(at,
            "the id of line %llu%s again, but for outer blanks or quotes; a person stands once in "
            "the list",
            (unsigned long long)before.line, name_file(before, at).text);
}

void twins_tell(const struct twins_list *list)
{
    if (of_one_length(list))
        return;
    struct twins_pair pair = search(list, without_dashes, false);
    if (!pair.found)
        pair = search(list, twins_bare, false);
    if (!pair.found)
        return;
    struct place before = list->place(list->of, pair.first);
    struct place at = list->place(list->of, pair.second);
    warn("%s:%llu: the id of line %llu%s, but for dashes or leading zeros, the first of such; see "
         "whether they are two people",
         at.file, (unsigned long long)at.line, (unsigned long long)before.line,
         name_file(before, at).text);
}

/* A list in one file. */
struct listed {
    const struct map *ids;
    const char *file;
};

static struct slice listed_id(const void *list, size_t person)
{
    return ((const struct listed *)list)->ids->keys[person];
}

static struct place listed_place(const void *list, size_t person)
{
    return (struct place){((const struct listed *)list)->file, person + 2, {0}};
}

void twins_check_map(const struct map *ids, const char *file)
{
    const struct listed listed = {ids, file};
    const struct twins_list list = {&listed, ids->count, listed_id, listed_place};
    twins_check(&list);
}
