#include "trial/effect.h"

#include <math.h>
#include <stdlib.h>

#include "base/heap.h"
#include "base/message.h"
#include "base/slice.h"
#include "base/suggest.h"
#include "stream/sink.h"
#include "stream/table.h"
#include "trial/cell.h"

void effects_add(struct effects *effects, const struct effect *effect)
{
    effects->rows =
        heap_grow(effects->rows, &effects->room, effects->count + 1, sizeof *effects->rows);
    effects->rows[effects->count++] = *effect;
}

/* Whether the row is of another control than the one before. */
static bool begins_control(const struct effects *effects, size_t row)
{
    const struct effect *own = &effects->rows[row], *last = own - 1;
    return row == 0 || !slice_equal(own->key, last->key) ||
           !slice_equal(own->outcome, last->outcome);
}

void effects_mask(struct effects *effects, uint64_t k)
{
    struct mask_pair *pairs = heap_take(2 * effects->count, sizeof *pairs);
    size_t count = 0, control = 0;
    for (size_t i = 0; i < effects->count; i++) {
        if (begins_control(effects, i))
            pairs[count++] = effects->rows[i].control_counts;
        pairs[count++] = effects->rows[i].treated_counts;
    }
    mask_pairs(pairs, count, k);
    for (size_t i = 0, at = 0; i < effects->count; i++) {
        if (begins_control(effects, i))
            control = at++;
        effects->rows[i].control_counts = pairs[control];
        effects->rows[i].treated_counts = pairs[at++];
    }
    free(pairs);
}

/* Takes away the numbers that follow from the values of an arm, where these are hidden. */
static void mask_estimate(struct estimate *e, bool treated, bool control)
{
    const struct estimate_arm nothing = {NAN, NAN, NAN};
    if (treated)
        e->treated = nothing;
    if (control)
        e->control = nothing;
    if (!treated && !control)
        return;
    e->diff = e->se = e->df = e->smd = e->cov_control = NAN;
    if (e->means_shared)
        e->treated.mean = e->control.mean = NAN;
    if (e->errors_shared)
        e->treated.se = e->control.se = NAN;
}

static void put_arm(struct sink *sink, const struct mask_pair *counts,
                    const struct estimate_arm *arm, uint64_t k)
{
    cell_put_count(sink, counts->n, counts->n_mask, k);
    cell_put_count(sink, counts->missing, counts->missing_mask, k);
    cell_put_real(sink, arm->mean);
    cell_put_real(sink, arm->sd);
    cell_put_real(sink, arm->se);
}

/* A number of strata or clusters, NA where the values are hidden. */
static void put_number(struct sink *sink, size_t number, bool hidden)
{
    if (hidden)
        sink_text(sink, "NA");
    else
        sink_whole(sink, number);
}

static bool is_hidden(const struct effect *effect)
{
    return effect->treated_counts.hidden || effect->control_counts.hidden;
}

/* The list of covariances; NA alone where nothing is known of the row. */
static void put_covariances(struct sink *sink, const struct effects *effects,
                            const struct effect *effect)
{
    size_t row = effect->family_row;
    bool *hidden = heap_take(row + 1, sizeof *hidden);
    char *list = heap_take(covariance_room(row), 1);
    for (size_t i = 0; i <= row; i++)
        hidden[i] = is_hidden(&effects->rows[effect->family_rows[i]]);
    sink_cell(sink, (struct slice){list, covariance_print(list, effect->covariance, row, hidden)});
    free(hidden);
    free(list);
}

static void write_row(const struct effects *effects, struct effect *effect,
                      const struct design *design, struct sink *sink)
{
    struct estimate *e = &effect->estimate;
    uint64_t k = design->options->min_cell.value;
    bool hidden = is_hidden(effect);
    mask_estimate(e, effect->treated_counts.hidden, effect->control_counts.hidden);
    if (design->key.count > 0)
        sink_cell(sink, effect->key);
    sink_cell(sink, effect->outcome);
    sink_cell(sink, effect->arm);
    sink_cell(sink, effect->control);
    put_arm(sink, &effect->treated_counts, &e->treated, k);
    put_arm(sink, &effect->control_counts, &e->control, k);
    cell_put_real(sink, e->diff);
    cell_put_real(sink, e->se);
    cell_put_real(sink, e->df);
    cell_put_real(sink, e->smd);
    if (effects->dropping) {
        put_number(sink, effect->strata, hidden);
        put_number(sink, effect->dropped, hidden);
    }
    if (effects->clustered) {
        put_number(sink, effect->clusters, hidden);
        cell_put_real(sink, e->cov_control);
    }
    if (effects->joined) {
        sink_cell(sink, effect->family);
        put_covariances(sink, effects, effect);
    }
    if (effects->words != NULL)
        effects->put(effects->context, (size_t)(effect - effects->rows), sink);
    sink_row(sink);
}

void effects_header(const struct effects *effects, const struct design *design, struct sink *sink)
{
    struct slice *names = design_names(design);
    sink_names(sink, names, design->key.count);
    sink_words(sink, "outcome arm control "
                     "n_treated missing_treated mean_treated sd_treated se_treated "
                     "n_control missing_control mean_control sd_control se_control "
                     "diff se df smd");
    if (effects->dropping)
        sink_words(sink, "n_strata n_dropped");
    if (effects->clustered)
        sink_words(sink, "n_clusters cov_control");
    if (effects->joined)
        sink_words(sink, "family cov");
    if (effects->words != NULL)
        sink_words(sink, effects->words);
    sink_header(sink);
    free(names);
}

void effects_write(struct effects *effects, const struct design *design, struct sink *sink)
{
    effects_mask(effects, design->options->min_cell.value);
    for (size_t i = 0; i < effects->count; i++)
        write_row(effects, &effects->rows[i], design, sink);
}

void effects_free(struct effects *effects)
{
    free(effects->rows);
}

static bool is_named(struct slice name, struct slice column, struct suggest *near)
{
    if (near != NULL)
        suggest_offer(near, column);
    return slice_equal(name, column);
}

bool effect_cell(const struct effect *effect, const struct design *design, struct slice name,
                 struct slice *cell, struct suggest *near)
{
    struct slice cells = effect->key;
    for (size_t i = 0; i < design->key.count; i++) {
        *cell = slice_cut(&cells, '\t');
        if (is_named(name, design->key_names[i], near))
            return true;
    }
    *cell = effect->outcome;
    if (is_named(name, slice_of("outcome"), near))
        return true;
    *cell = effect->arm;
    return is_named(name, slice_of("arm"), near);
}

enum effect_column effect_column(struct slice name)
{
    static const struct {
        enum effect_column column;
        const char *names; /* blanks between them */
    } known[] = {
        {EFFECT_COUNT, "n_treated missing_treated n_control missing_control"},
        {EFFECT_ARM, "mean_treated sd_treated se_treated mean_control sd_control se_control smd"},
        {EFFECT_DIFF, "diff"},
        {EFFECT_SE, "se"},
        {EFFECT_DF, "df"},
        {EFFECT_EXTRA,
         "cov_control family cov n_clusters n_strata n_dropped t_obs p_perm mc_error draws "
         "p_perm_max"},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        for (struct slice rest = slice_of(known[i].names); rest.bytes != NULL;)
            if (slice_equal(slice_cut(&rest, ' '), name))
                return known[i].column;
    return EFFECT_KEY;
}

/* ---- reading ---- */

struct effect_percent effect_percent_plan(struct table *t, bool comma)
{
    return (struct effect_percent){.mean = table_want(t, table_find(t, slice_of("mean_control"))),
                                   .se = table_want(t, table_find(t, slice_of("se_control"))),
                                   .covariance =
                                       table_want(t, table_find(t, slice_of("cov_control"))),
                                   .comma = comma};
}

/* The covariance of diff = m1 - m0 with m0 is, of independent arms, -v0, v0 = se_control^2, and
 * then v0 is a part of se^2. A row whose se is below se_control is of no such arms; without a
 * column that tells it its covariance is unknown. */
struct interval_percent effect_percent(const struct effect_percent *p, const struct table *row,
                                       struct interval_ratio ratio)
{
    ratio.control_mean = p->mean == TABLE_NONE ? NAN : cell_number(row, p->mean, p->comma);
    ratio.control_se = p->se == TABLE_NONE ? NAN : cell_number(row, p->se, p->comma);
    if (ratio.control_se < 0)
        fail_at(table_place(row, p->se), "a standard error below 0; mend the cell");
    if (p->covariance != TABLE_NONE)
        ratio.covariance = cell_number(row, p->covariance, p->comma);
    else if (ratio.se < ratio.control_se)
        ratio.covariance = NAN;
    else
        ratio.covariance = -ratio.control_se * ratio.control_se;
    if (!interval_possible(&ratio))
        fail_at(table_place(row, p->covariance),
                "a covariance beyond se x se_control; mend the row");
    return interval_percent(&ratio);
}
