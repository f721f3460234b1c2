#include "number/hours.h"

enum degree_verdict degree_check(const struct degree_rule *rule, struct decimal degree,
                                 struct decimal *share)
{
    static const struct decimal hundredth = {1, 2};
    *share = degree;
    if (rule->percent && !decimal_multiply(degree, hundredth, share))
        return DEGREE_TOO_LONG;
    if (share->units < 0)
        return DEGREE_BELOW;
    return decimal_compare(*share, rule->max) > 0 ? DEGREE_ABOVE : DEGREE_GOOD;
}

enum degree_verdict degree_hours(const struct degree_rule *rule, struct decimal share,
                                 struct decimal *hours)
{
    if (rule->capped && decimal_compare(share, rule->cap) > 0)
        share = rule->cap;
    return decimal_multiply(share, rule->full_time, hours) ? DEGREE_GOOD : DEGREE_TOO_LONG;
}
