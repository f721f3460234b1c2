#include "trial/indicator.h"

#include "base/message.h"
#include "number/decimal.h"
#include "trial/cell.h"

/* Cuts `>=H` off a text. */
static bool cut_bound(struct slice *text, struct hours_bound *bound)
{
    if (text->length < 2 || (text->bytes[0] != '>' && text->bytes[0] != '<'))
        return false;
    bound->above = text->bytes[0] == '>';
    bound->equal = text->bytes[1] == '=';
    size_t sign = bound->equal ? 2 : 1, end = sign;
    while (end < text->length && text->bytes[end] != '>' && text->bytes[end] != '<')
        end++;
    bound->bound = cell_option("indicator", (struct slice){text->bytes + sign, end - sign});
    *text = (struct slice){text->bytes + end, text->length - end};
    return true;
}

/* Whether no value lies between the two. */
static bool excludes(const struct hours_bound *a, const struct hours_bound *b)
{
    const struct hours_bound *low = a->above ? a : b, *high = a->above ? b : a;
    int order = decimal_compare(low->bound, high->bound);
    return order > 0 || (order == 0 && !(low->equal && high->equal));
}

struct indicator indicator_parse(struct slice text)
{
    struct slice rest = text;
    struct indicator indicator = {.name = slice_cut(&rest, '=')};
    struct hours_bound *bounds = indicator.bounds;
    bool good = indicator.name.length > 0 && cut_bound(&rest, &bounds[indicator.count++]);
    if (good && rest.length > 0)
        good = cut_bound(&rest, &bounds[indicator.count++]) && bounds[0].above != bounds[1].above;
    if (!good || rest.length > 0)
        misuse("--indicator: NAME='>H' or NAME='>=H' was expected, or a range NAME='>A<B', not %s",
               quoted_given(text));
    if (indicator.count == 2 && excludes(&bounds[0], &bounds[1]))
        misuse("--indicator: no value lies in %s", quoted_given(text));
    return indicator;
}

bool indicator_holds(const struct indicator *indicator, const struct hours_period *period,
                     bool total)
{
    bool holds = true, doubt = false;
    for (size_t i = 0; i < indicator->count && !doubt; i++)
        holds = hours_beyond(period, total, &indicator->bounds[i], &doubt) && holds;
    if (doubt)
        fail("--indicator: a bound of too many digits");
    return holds;
}
