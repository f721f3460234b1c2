#include "trial/indicator.h"

#include "base/message.h"

struct indicator indicator_parse(struct slice text)
{
    struct slice number, rest = text;
    struct indicator indicator = {.name = slice_cut(&rest, '=')};
    enum bounds_verdict verdict = bounds_parse(rest, &indicator.bounds, &number);
    if (indicator.name.length > 0 && verdict == BOUNDS_NO_NUMBER && number.length > 0)
        misuse("--indicator: %s is not a number such as 160.33", quoted_given(number));
    if (indicator.name.length > 0 && verdict == BOUNDS_EMPTY)
        misuse("--indicator: no value lies in %s", quoted_given(text));
    if (indicator.name.length == 0 || verdict != BOUNDS_GOOD)
        misuse("--indicator: NAME='>H' or NAME='>=H' was expected, or a range NAME='>A<B', not %s",
               quoted_given(text));
    return indicator;
}

bool indicator_holds(const struct indicator *indicator, const struct hours_period *period,
                     bool total)
{
    bool doubt, holds = hours_within(period, total, &indicator->bounds, &doubt);
    if (doubt)
        fail("--indicator: a bound of too many digits");
    return holds;
}
