/*
 * absence: the persons of the list of whom no row was written, and ids that came to damage.
 *
 * A register of jobs has no row of who never had one, and a shard none of most; an extract that
 * was cut, or a list that lost the zeros before its ids in a spreadsheet, looks the same. So
 * who is missing is counted, and somebody must say what that means.
 */
#ifndef JF_ABSENCE_H
#define JF_ABSENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/map.h"
#include "base/slice.h"
#include "trial/roster.h"

struct conditions;
struct absence_likes;

enum absence_choice { ABSENCE_KEEP, ABSENCE_DROP, ABSENCE_REFUSED };
#define ABSENCE_WORDS "keep|drop"

struct absence {
    struct roster *list;
    enum absence_choice choice;
    const struct roster_groups *arms; /* to count by, where there are any */
    bool veiled;                      /* no message tells a number of persons */
    bool part; /* of the extract is all that is read: who is absent is known elsewhere */

    /* Damaged ids: what is left of them without leading zeros, blanks and quotes at their
     * ends, and dashes, is the same. */
    uint64_t lengths;            /* of the list's ids; see absence_length */
    struct map bare;             /* what is left of the list's */
    struct absence_likes *likes; /* by number in it: who they are */
    size_t *next;                /* by person: the next who is like him, or MAP_NONE */

    size_t chosen, rowless, left_out, resembled; /* persons; absence_settle counts */
};

/* The list must be read, and stay. */
void absence_plan(struct absence *absence, struct roster *list, const struct roster_groups *arms);

/* A set of lengths: the bit of an id's length; 63 and above have one. */
static inline uint64_t absence_length(struct slice id)
{
    return (uint64_t)1 << (id.length < 63 ? id.length : 63);
}

/* Whether all ids have one length, and there are some. */
bool absence_one_length(uint64_t lengths);

/* Whether an id that is not in the list resembles one there, of another length. Any thread may
 * ask. Where the list's ids have one length, those of that length are not looked at. */
bool absence_resembles(const struct absence *absence, struct slice id);
static inline bool absence_suspects(const struct absence *absence, struct slice id)
{
    return absence->lengths != absence_length(id) && absence_resembles(absence, id);
}

/* Marks the persons whom the id resembles. */
void absence_meet(struct absence *absence, struct slice id);

/* When all rows are read: where ids are damaged beyond doubt, as all of one side have one
 * length, it is an error, and so is an extract (but not a part of it) with rows none of which is a
 * person's. `lengths` are those of all ids in the extract, which stand in `column` of `file`. */
void absence_check_ids(const struct absence *absence, uint64_t lengths, const char *file,
                       size_t column);

/* Marks the absent, of those whom the conditions choose; of a part nobody is. Where there are some
 * and nobody has said what to do, it is an error. */
void absence_settle(struct absence *absence, const struct conditions *conditions);

/* Says in a line how many there were, and in another how many ids may be damaged; nothing
 * where there are none. */
void absence_tell(const struct absence *absence);

void absence_free(struct absence *absence);

#endif
