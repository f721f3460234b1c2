/*
 * people: who took part in the lottery that was held: the list's persons by number, with their arm,
 * stratum and cluster.
 */
#ifndef JF_PEOPLE_H
#define JF_PEOPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/map.h"
#include "base/slice.h"
#include "trial/design.h"
#include "trial/keys.h"

struct table;

/* Numbers: of the arm (0 is the control, 1 the design's first treated one), the stratum, the
 * cluster; 0 where there are none. */
struct people_one {
    uint32_t arm, stratum, cluster;
    bool found; /* a row is of him */
};

struct people {
    struct map ids;
    struct people_one *all; /* by number in the map */
    size_t room;
    struct keys strata, clusters;
    struct people_one *drawn; /* by cluster: its arm and stratum */
    uint64_t *lines;          /* by cluster: its first line */
    size_t drawn_room, lines_room;
};

/* Reads the list, whose columns the design has planned; `id` is the slot of the ids. An empty id
 * and one that stands twice are errors, and so is a cluster whose persons are of two strata or
 * arms, as clusters are what is drawn. */
void people_read(struct people *people, struct design *design, struct table *list, size_t id);

/* Of a person's stratum or cluster the cells, tabs between them; empty where there are none. */
struct slice people_stratum(const struct people *people, size_t stratum);
struct slice people_cluster(const struct people *people, size_t cluster);

/* The label of an arm by number. */
struct slice people_arm(const struct design *design, size_t arm);

/* It is an error if the list has persons of whom no row was, unless `drop`; then they are counted
 * in one line on stderr. The number is not told where the design masks counts. */
void people_check_absent(const struct people *people, const struct design *design,
                         const struct table *list, bool drop);

void people_free(struct people *people);

#endif
