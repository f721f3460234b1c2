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

bool hours_beyond(const struct hours_period *period, bool total, const struct hours_bound *bound,
                  bool *doubt)
{
    /* sum / months against the bound is sum against months x bound, exactly. */
    struct decimal months = {total ? 1 : (int128)period->months, 0}, times;
    *doubt = !decimal_multiply(bound->bound, months, &times);
    if (*doubt)
        return false;
    int order = decimal_compare(period->sum, times);
    return (order == 0 && bound->equal) || (bound->above ? order > 0 : order < 0);
}
