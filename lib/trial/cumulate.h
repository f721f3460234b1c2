/*
 * cumulate: the rows of a stream with their running sums, in order.
 *
 * Groups stand together and their periods ascend; where they do not, the sum would be of
 * something else, so that is an error, and the groups seen are held to know it. Several
 * threads read (see shares.h).
 */
#ifndef JF_CUMULATE_H
#define JF_CUMULATE_H

#include "trial/order.h"
#include "trial/keys.h"
#include "trial/running.h"

struct cumulate {
    struct table *table; /* its wants must stand */
    struct sink *out;    /* where the rows go, behind the header */
    struct running sums; /* planned */
    struct keys groups;  /* the same */
    size_t period;       /* slot */

    /* The rest is the room's own. */
    size_t group;       /* of the last row */
    struct order order; /* of the periods within it */
    unsigned threads;
    struct cumulate_hand **hands;   /* by thread */
    struct cumulate_piece **pieces; /* by slot of the share */
};

/* Reads all rows and writes them. Whatever is wrong with one is a message and the end. */
void cumulate_rows(struct cumulate *cumulate);

void cumulate_free(struct cumulate *cumulate);

#endif
