/*
 * audit: a list that has arms, held to lots that were drawn again.
 */
#ifndef JF_AUDIT_H
#define JF_AUDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/message.h"
#include "base/slice.h"
#include "trial/shares.h"

struct table;

enum { AUDIT_LINES = 10 };

/* A zeroed struct has seen no row. */
struct audit {
    uint64_t rows, wrong;             /* wrong: they have another arm than was drawn */
    struct place places[AUDIT_LINES]; /* of the first of those */
};

/* The arm in that slot of the row at hand, by number; one that no share is for is an error. */
size_t audit_arm(const struct table *row, size_t slot, const struct shares *shares);

/* Meets a row. */
void audit_row(struct audit *audit, bool right, struct place place);

/* Where a row was wrong: an error that counts them and names lines, not ids. `column` has the
 * arms; `others` says what else may be other than it was at the draw. */
void audit_check(const struct audit *audit, struct slice column, const char *others);

/* Says that all is well, on stderr; `earlier` is a file whose rows were met too, or NULL. */
void audit_tell(const struct audit *audit, const char *earlier);

#endif
