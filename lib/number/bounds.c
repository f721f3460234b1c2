#include "number/bounds.h"

/* The side that the text begins with: a sign, perhaps with =, and a number, to the next sign, as
 * no number has one in it. `text` becomes what follows it. */
static enum bounds_verdict parse_side(struct slice *text, struct bounds *bounds,
                                      struct slice *number)
{
    bool above = text->length > 0 && text->bytes[0] == '>';
    if (!above && (text->length == 0 || text->bytes[0] != '<'))
        return BOUNDS_NO_SIGN;
    struct bounds_side *side = above ? &bounds->low : &bounds->high;
    if (side->given)
        return BOUNDS_NO_SIGN;
    side->given = true;
    side->equal = text->length > 1 && text->bytes[1] == '=';
    size_t start = side->equal ? 2 : 1, end = start;
    while (end < text->length && text->bytes[end] != '>' && text->bytes[end] != '<')
        end++;
    *number = (struct slice){text->bytes + start, end - start};
    *text = (struct slice){text->bytes + end, text->length - end};
    bool good = decimal_parse(*number, '.', &side->at) == DECIMAL_GOOD;
    return good ? BOUNDS_GOOD : BOUNDS_NO_NUMBER;
}

/* One number may lie between two sides that meet, where both have it: `>=5<=5`. */
static bool are_empty(const struct bounds *bounds)
{
    if (!bounds->low.given || !bounds->high.given)
        return false;
    int order = decimal_compare(bounds->low.at, bounds->high.at);
    return order > 0 || (order == 0 && !(bounds->low.equal && bounds->high.equal));
}

/* To the end of the text: a third side is of a kind that there was already. */
enum bounds_verdict bounds_parse(struct slice text, struct bounds *bounds, struct slice *number)
{
    *bounds = (struct bounds){0};
    *number = text;
    do {
        enum bounds_verdict verdict = parse_side(&text, bounds, number);
        if (verdict != BOUNDS_GOOD)
            return verdict;
    } while (text.length > 0);
    return are_empty(bounds) ? BOUNDS_EMPTY : BOUNDS_GOOD;
}

/* What lies beyond a side or at it: `order` is 1 or 0; it is -1 where the value lies before it, on
 * the side where it must not be. */
static bool side_holds(const struct bounds_side *side, int order)
{
    return order > 0 || (order == 0 && side->equal);
}

bool bounds_hold(const struct bounds *bounds, struct decimal value)
{
    const struct bounds_side *low = &bounds->low, *high = &bounds->high;
    if (low->given && !side_holds(low, decimal_compare(value, low->at)))
        return false;
    return !high->given || side_holds(high, decimal_compare(high->at, value));
}
