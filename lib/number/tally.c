#include "number/tally.h"

#include "number/real.h"

bool tally_add(struct tally *tally, struct decimal hours)
{
    tally->months++;
    return decimal_add(tally->sum, hours, &tally->sum);
}

bool tally_exact(const struct tally *tally, bool total, struct decimal *value)
{
    *value = tally->sum;
    return total || tally->months == 1 || decimal_divide(tally->sum, tally->months, value);
}

double tally_mean(const struct tally *tally)
{
    return real_of_quotient(tally->sum, tally->months);
}

bool tally_judge(const struct tally *tally, bool total, const struct tally_bound *bound,
                 bool *doubt)
{
    /* sum / months against the bound is sum against months x bound, exactly. */
    struct decimal months = {total ? 1 : (int128)tally->months, 0}, times;
    *doubt = !decimal_multiply(bound->bound, months, &times);
    if (*doubt)
        return false;
    int order = decimal_compare(tally->sum, times);
    return (order == 0 && bound->equal) || (bound->above ? order > 0 : order < 0);
}
