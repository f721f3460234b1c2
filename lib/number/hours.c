#include "number/hours.h"

#include "number/integer.h"
#include "number/real.h"

enum hours_verdict hours_share(const struct hours_rule *rule, struct decimal degree,
                               struct decimal *share)
{
    static const struct decimal hundredth = {1, 2};
    *share = degree;
    if (rule->percent && !decimal_multiply(degree, hundredth, share))
        return HOURS_TOO_LONG;
    if (share->units < 0)
        return HOURS_BELOW;
    return decimal_compare(*share, rule->max) > 0 ? HOURS_ABOVE : HOURS_GOOD;
}

enum hours_verdict hours_of_share(const struct hours_rule *rule, struct decimal share,
                                  struct decimal *hours)
{
    if (rule->capped && decimal_compare(share, rule->cap) > 0)
        share = rule->cap;
    return decimal_multiply(share, rule->full_time, hours) ? HOURS_GOOD : HOURS_TOO_LONG;
}

bool hours_add(struct hours_period *period, struct decimal hours)
{
    period->months++;
    return decimal_add(period->sum, hours, &period->sum);
}

bool hours_exact(const struct hours_period *period, bool total, struct decimal *value)
{
    *value = period->sum;
    return total || period->months == 1 || decimal_divide(period->sum, period->months, value);
}

double hours_mean(const struct hours_period *period)
{
    return real_of_quotient(period->sum, period->months);
}

/* sum / months against a bound is sum against months x bound, exactly. */
bool hours_within(const struct hours_period *period, bool total, const struct bounds *bounds,
                  bool *doubt)
{
    struct decimal months = {total ? 1 : (int128)period->months, 0};
    struct bounds times = *bounds;
    *doubt = !decimal_multiply(bounds->low.at, months, &times.low.at) ||
             !decimal_multiply(bounds->high.at, months, &times.high.at);
    return !*doubt && bounds_hold(&times, period->sum);
}
