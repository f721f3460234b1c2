/*
 * twins: one person twice in a list, under two writings of one id.
 *
 * A spreadsheet pads an id with blanks or puts quotes around it: two ids that are the same without
 * these are one person's. It takes leading zeros and dashes away, too: then two may be one
 * person's, or may be two people.
 */
#ifndef JF_TWINS_H
#define JF_TWINS_H

#include <stddef.h>

#include "base/map.h"
#include "base/message.h"
#include "base/slice.h"

/* Longer texts are no ids. */
enum { TWINS_MOST = 256 };

/* The id without blanks and quotes at its ends. */
struct slice twins_trim(struct slice id);

/* The same without dashes and leading zeros, in `room`, of TWINS_MOST bytes; nothing of one that is
 * longer. Of a number that is 0 a zero stays. */
struct slice twins_bare(struct slice id, char *room);

/* Persons by number, whose ids differ. */
struct twins_list {
    const void *of;
    size_t count;
    struct slice (*id)(const void *of, size_t person);
    struct place (*place)(const void *of, size_t person);
};

/* It is an error if one stands there twice; of a list in one file, a line a person. Ids that are
 * all of one length are no twins. Holds only ids that change. */
void twins_check(const struct twins_list *list);
void twins_check_map(const struct map *ids, const char *file);

/* Says in a line on stderr, for the first such two, that two may be one. */
void twins_tell(const struct twins_list *list);

#endif
