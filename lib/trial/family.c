#include "trial/family.h"

#include <stdlib.h>

#include "base/heap.h"
#include "base/message.h"
#include "base/slice.h"
#include "stream/table.h"
#include "trial/cell.h"

void families_plan(struct families *f, struct table *t, bool comma)
{
    size_t cov = table_exact(t, slice_of("cov")), family = table_exact(t, slice_of("family"));
    *f = (struct families){.known = cov != TABLE_NONE};
    if (!f->known)
        return;
    if (comma)
        fail_at(table_header(t), "a column cov, whose lists have commas, with --decimal-comma; "
                                 "leave it out with --columns, or write decimal points");
    f->cov = table_want(t, cov);
    f->se = table_want_name(t, slice_of("se"));
    f->slot = table_want(t, family);
    f->keys = keys_begin(t, &f->slot, family == TABLE_NONE ? 0 : 1);
    f->diff = table_want(t, table_exact(t, slice_of("diff")));
    f->treated = table_want(t, table_exact(t, slice_of("mean_treated")));
    f->control = table_want(t, table_exact(t, slice_of("mean_control")));
}

/* The covariances are those of the rows' own diffs, the difference of their means: not of running
 * sums of them, nor of others that came to stand there. */
static void check_diff(const struct families *f, const struct table *row)
{
    if (f->diff == TABLE_NONE || f->treated == TABLE_NONE || f->control == TABLE_NONE)
        return;
    if (!covariance_of_means(cell_number(row, f->diff, false), cell_number(row, f->treated, false),
                             cell_number(row, f->control, false)))
        fail_at(table_place(row, f->diff),
                "it is not mean_treated - mean_control, of which cov is; hand on what jf-joint "
                "wrote, and sum up before it (jf-cumsum)");
}

_Noreturn static void refuse(const struct families *f, const struct table *row,
                             enum covariance_verdict verdict, struct family_place at,
                             size_t entries)
{
    struct place place = table_place(row, f->cov);
    switch (verdict) {
    case COVARIANCE_LENGTH:
        fail_at(place,
                "%zu entries in row %zu of its family, which has one for each row up to itself; "
                "was a row cut out? hand on all rows, in their order",
                entries, at.row + 1);
    case COVARIANCE_TEXT:
        fail_at(place, "an entry is not a number; hand on what jf-joint wrote");
    case COVARIANCE_VARIANCE:
        fail_at(place, "the last entry is not se^2; rows that were rounded cannot be used: leave "
                       "an earlier --digits out");
    default:
        fail_at(place, "an entry beyond the product of the rows' errors; hand on what jf-joint "
                       "wrote");
    }
}

struct family_place families_take(struct families *f, const struct table *row)
{
    struct family_place at = {0};
    size_t entries;
    keys_of_row(&f->keys, row, &at.family);
    size_t before = f->room;
    f->all = heap_grow(f->all, &f->room, at.family + 1, sizeof *f->all);
    for (size_t i = before; i < f->room; i++)
        f->all[i] = (struct covariance){0};
    struct covariance *own = &f->all[at.family];
    at.row = own->rows;
    enum covariance_verdict verdict =
        covariance_add(own, table_cell(row, f->cov), table_cell(row, f->se), &entries);
    if (verdict != COVARIANCE_GOOD)
        refuse(f, row, verdict, at, entries);
    check_diff(f, row);
    return at;
}

void families_free(struct families *f)
{
    for (size_t i = 0; i < f->room; i++)
        covariance_free(&f->all[i]);
    free(f->all);
    if (f->known)
        keys_free(&f->keys);
}
