#include "trial/tally.h"

#include "base/message.h"
#include "base/slice.h"
#include "number/decimal.h"
#include "number/hours.h"
#include "stream/sink.h"
#include "trial/cell.h"

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
    return tally->period.absent == 0 && tally->outside == 0;
}

bool tally_remains(const struct tally *tally, bool total)
{
    return tally->period.months > 0 && !(total && !tally_whole(tally));
}

void tally_put(const struct tally *tally, bool total, struct sink *out)
{
    struct decimal exact;
    if (hours_exact(&tally->period, total, &exact))
        cell_put_decimal(out, exact);
    else
        cell_put_real(out, hours_mean(&tally->period));
}

void tally_clear(struct tally *tally)
{
    tally->period = (struct hours_period){0};
    tally->outside = 0;
    tally->begun.length = 0;
}

bool tally_empty(const struct tally *tally)
{
    return tally->period.months + tally->period.absent + tally->outside == 0;
}
