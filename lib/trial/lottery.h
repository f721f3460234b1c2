/*
 * lottery: the people of a list, all drawn at once; complete randomisation within strata.
 *
 * Within a stratum people are ranked by their lots, and those of one lot, whom nobody has seen,
 * by the bytes of their ids. The first of them, as many as it gets (see shares), go to the first
 * arm, the next ones to the second. A person's lot is `order NAME` by the id, draw 0, where NAME
 * is what the arm is called in the list; u is the lot `places NAME` by the stratum's cells, draw
 * 0, modulo S. So nothing depends on the order of the rows.
 *
 * Holds the rows it is given, and 36 bytes a person.
 */
#ifndef JF_LOTTERY_H
#define JF_LOTTERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/message.h"
#include "base/slice.h"
#include "trial/intake.h"
#include "trial/lot.h"
#include "trial/shares.h"

struct drawn;
struct table;

struct lottery {
    struct lot_source order, places;
    size_t id; /* column of the id in the rows that are held */
    struct drawn *drawn;
    size_t *rows;     /* by person: where the row begins in bytes */
    uint32_t *arms;   /* by person, when they are drawn */
    uint64_t *counts; /* by stratum and arm, then: how many people */
    size_t count;
    size_t drawn_room, rows_room, bytes_used, bytes_room;
    char *bytes;
    struct lottery_file *files; /* whose rows these are */
    size_t file_count, files_room;
};

struct lottery lottery_begin(struct slice salt, struct slice name, size_t id);

/* Adds the person of the row at hand, and holds what shall be held of it, of which the id's
 * column is a part. */
void lottery_add(struct lottery *lottery, const struct table *row, struct slice held,
                 struct slice id, size_t stratum);

/* Draws all arms. An id that stands twice is an error at the first row that has one again. */
void lottery_draw(struct lottery *lottery, const struct shares *shares,
                  const struct intake *intake);

/* Of a person by number, from 0: what is held of the row, and its place. */
struct slice lottery_row(const struct lottery *lottery, size_t person);
struct place lottery_place(const struct lottery *lottery, size_t person);

void lottery_free(struct lottery *lottery);

#endif
