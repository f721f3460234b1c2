#include "trial/covariances.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "base/slice.h"
#include "number/covary.h"
#include "trial/effect.h"
#include "trial/joint.h"

/* A row of effects, and where its numbers are. */
struct row {
    const struct effect *effect;
    struct joint_row at;
};

static void add_row(struct covariances *c, struct effect *effect, size_t number, struct slice label)
{
    size_t family, before = c->room;
    map_add(&c->labels, label, &family);
    c->families = heap_grow(c->families, &c->room, family + 1, sizeof *c->families);
    memset(c->families + before, 0, (c->room - before) * sizeof *c->families);
    struct covariances_family *f = &c->families[family];
    f->rows = heap_grow(f->rows, &f->room, f->count + 1, sizeof *f->rows);
    f->rows[f->count] = number;
    effect->family = c->labels.keys[family];
    effect->family_row = f->count++;
}

static struct covary_arm arm_of(struct joint *joint, size_t family, struct slice stratum,
                                struct slice arm)
{
    const struct joint_cell *cell = joint_cell(joint, family, stratum, arm);
    if (cell == NULL)
        return (struct covary_arm){0};
    return (struct covary_arm){cell->n, cell->moments, &cell->products};
}

/* The strata in which somebody is; the caller frees. */
static struct covary_stratum *strata_of(struct joint *joint, const struct row *one,
                                        const struct row *other, size_t *count)
{
    size_t family = one->at.family;
    struct covary_stratum *strata = heap_take(joint->names.count, sizeof *strata);
    struct slice control = slice_of(joint->design->options->control);
    *count = 0;
    for (size_t i = 0; i < joint->names.count; i++) {
        const struct joint_cell *cell = &joint->cells[i];
        if (cell->family != family || !slice_equal(cell->arm, control))
            continue;
        strata[(*count)++] =
            (struct covary_stratum){arm_of(joint, family, cell->stratum, one->effect->arm),
                                    arm_of(joint, family, cell->stratum, other->effect->arm),
                                    arm_of(joint, family, cell->stratum, control)};
    }
    return strata;
}

/* Adds the entry of two rows. */
static void add_entry(struct covariance *covariance, struct arena *arena, struct joint *joint,
                      const struct row *one, const struct row *other, bool is_pooled)
{
    struct covary rows = {.i = one->at.member,
                          .j = other->at.member,
                          .same = slice_equal(one->effect->arm, other->effect->arm),
                          .pooled = is_pooled,
                          .stratified = joint->design->stratum.count > 0};
    struct covary_stratum *strata = strata_of(joint, one, other, &rows.count);
    rows.strata = strata;
    covary_push(covariance, arena, &rows);
    free(strata);
    arena_reset(arena);
}

static struct row row_of(struct joint *joint, const struct effect *effect)
{
    size_t outcome = map_find(&joint->design->outcomes, effect->outcome);
    return (struct row){effect, joint_row(joint, effect->key, outcome)};
}

static void work_out(struct covariances_family *f, struct effects *effects, struct joint *joint,
                     bool is_pooled)
{
    struct arena arena = {0};
    struct row *rows = heap_take(f->count, sizeof *rows);
    for (size_t i = 0; i < f->count; i++) {
        struct effect *effect = &effects->rows[f->rows[i]];
        rows[i] = row_of(joint, effect);
        for (size_t k = 0; k <= i; k++)
            add_entry(&f->covariance, &arena, joint, &rows[i], &rows[k], is_pooled);
        effect->covariance = &f->covariance;
        effect->family_rows = f->rows;
    }
    free(rows);
    arena_free(&arena);
}

void covariances_set(struct covariances *c, struct effects *effects, struct joint *joint,
                     bool pooled)
{
    for (size_t i = 0; i < effects->count; i++) {
        struct effect *effect = &effects->rows[i];
        struct row row = row_of(joint, effect);
        add_row(c, effect, i, joint_label(joint, row.at.family, effect->arm));
    }
    for (size_t i = 0; i < c->labels.count; i++)
        work_out(&c->families[i], effects, joint, pooled);
}

void covariances_free(struct covariances *c)
{
    for (size_t i = 0; i < c->labels.count; i++) {
        covariance_free(&c->families[i].covariance);
        free(c->families[i].rows);
    }
    free(c->families);
    map_free(&c->labels);
}
