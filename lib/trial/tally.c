#include "trial/tally.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "base/message.h"
#include "base/slice.h"
#include "number/decimal.h"
#include "number/hours.h"
#include "stream/sink.h"
#include "trial/cell.h"
#include "trial/months.h"
#include "trial/states.h"

void tally_keep(struct tally *tally, const struct month *month)
{
    struct prefix *begun = &tally->begun;
    struct slice now = {month->of->bytes, month->of->length};
    if (tally_empty(tally))
        prefix_add(begun, now);
    else if (!slice_equal(now, (struct slice){begun->bytes, begun->length}))
        fail_at((struct place){month->place.file, month->place.line, {0}},
                "a kept column (--keep) changes within a period of one person; leave it out");
}

void tally_add(struct tally *tally, const struct measure *measure, const struct month *month,
               bool zero)
{
    struct decimal counted;
    if (month->outside) {
        tally->outside++;
    } else if ((month->known || zero) && measure->states != NULL) {
        tally->counts[(month->known ? month->value : measure->zero).units]++;
        tally->period.months++;
    } else if (month->known || zero) {
        if (!measure->count(measure->of, month->known ? month->value : measure->zero, &counted) ||
            !hours_add(&tally->period, counted))
            fail_at(month->place, "%s", measure->too_long);
    } else {
        tally->period.absent++;
    }
}

bool tally_whole(const struct tally *tally)
{
    return tally->period.absent == 0 && tally->outside == 0 && !tally->uncovered;
}

bool tally_remains(const struct tally *tally, bool total)
{
    return tally->period.months > 0 && !(total && !tally_whole(tally));
}

void tally_put_names(const struct measure *measure, struct sink *out)
{
    const struct states *states = measure->states;
    if (states == NULL) {
        sink_name(out, measure->name);
        return;
    }
    sink_words(out, "weeks");
    sink_names(out, states->names.keys, states->names.count);
}

/* The mean, where months count; as a decimal if it is one. */
static void put_mean(const struct hours_period *period, bool total, struct sink *out)
{
    struct decimal exact;
    if (hours_exact(period, total, &exact))
        cell_put_decimal(out, exact);
    else
        cell_put_real(out, hours_mean(period));
}

static void put_counts(const struct tally *tally, const struct measure *measure, bool whole,
                       struct sink *out)
{
    const struct hours_period *period = &tally->period;
    sink_whole(out, period->months + period->absent + tally->outside);
    for (size_t i = 0; i < measure->states->names.count; i++) {
        struct hours_period share = {.months = period->months};
        if (whole) {
            share.sum.units = tally->counts[i];
            put_mean(&share, !measure->mean, out);
        } else {
            sink_text(out, "NA");
        }
    }
}

void tally_put(const struct tally *tally, const struct measure *measure, bool whole, bool total,
               struct sink *out)
{
    if (measure->states != NULL)
        put_counts(tally, measure, whole, out);
    else if (whole)
        put_mean(&tally->period, total, out);
    else
        sink_text(out, "NA");
}

void tally_begin(struct tally *tally, const struct measure *measure)
{
    if (measure->states != NULL)
        tally->counts = heap_apart(measure->states->names.count, sizeof *tally->counts);
}

void tally_free(struct tally *tally)
{
    free(tally->counts);
    free(tally->begun.bytes);
}

void tally_clear(struct tally *tally, const struct measure *measure)
{
    tally->period = (struct hours_period){0};
    tally->outside = 0;
    tally->uncovered = false;
    tally->begun.length = 0;
    if (measure->states != NULL)
        memset(tally->counts, 0, measure->states->names.count * sizeof *tally->counts);
}

bool tally_empty(const struct tally *tally)
{
    return tally->period.months + tally->period.absent + tally->outside == 0;
}
