#include "trial/arms.h"

#include <stdlib.h>

#include "trial/cell.h"
#include "base/suggest.h"

struct arms arms_begin(struct slice control, const struct slice *treated, size_t count)
{
    return (struct arms){.control = control,
                         .treated = treated,
                         .count = count,
                         .treated_seen = heap_take(count, sizeof(bool))};
}

_Noreturn static void refuse(const struct arms *arms, struct slice label, struct place place)
{
    if (arms->hidden)
        fail_at(place, "an arm too many; see --arm and --treated (it is not shown, as it may be an "
                       "id in the first column)");
    struct suggest near = suggest_begin(label);
    suggest_offer(&near, arms->control);
    for (size_t i = 0; i < arms->count; i++)
        suggest_offer(&near, arms->treated[i]);
    if (arms->count > 0)
        fail_at(place, "arm %s is neither --control nor --treated; mend the label, or name it%s",
                quoted(label), suggest_text(&near));
    suggest_offer(&near, arms->only);
    fail_at(place,
            "arm %s beside %s (line %llu) and control %s; mend the label, or name the arms "
            "with --treated%s",
            quoted(label), quoted(arms->only), (unsigned long long)arms->only_place.line,
            quoted(arms->control), suggest_text(&near));
}

void arms_see(struct arms *arms, struct slice label, struct place place)
{
    if (cell_missing(label))
        fail_at(place, "a missing arm; a person of the trial has one (jf-split --all keeps those "
                       "who are not in it)");
    arms->seen = true;
    if (arms->control.length == 0)
        return;
    if (slice_equal(label, arms->control)) {
        arms->control_seen = true;
        return;
    }
    for (size_t i = 0; i < arms->count; i++) {
        if (slice_equal(label, arms->treated[i])) {
            arms->treated_seen[i] = true;
            return;
        }
    }
    if (arms->count == 0 && arms->only.length == 0) {
        arms->only = arena_keep(&arms->bytes, label);
        arms->only_place = place;
    }
    if (arms->count > 0 || !slice_equal(label, arms->only))
        refuse(arms, label, place);
}

void arms_check(struct arms *arms, const char *file, struct slice column)
{
    struct place place = {file, 0, column};
    struct suggest near = suggest_begin(arms->control);
    if (!arms->hidden)
        suggest_offer(&near, arms->only);
    if (arms->control.length == 0)
        return;
    if (!arms->control_seen && !arms->seen)
        fail_at(place,
                "there is no row, so none of the control arm %s; see what the stage before "
                "leaves out",
                quoted(arms->control));
    if (!arms->control_seen)
        fail_at(place, "no row has the control arm %s; see --control and --arm%s",
                quoted(arms->control), suggest_text(&near));
    for (size_t i = 0; i < arms->count; i++)
        if (!arms->treated_seen[i])
            fail_at(place, "no row has the treated arm %s; see --treated",
                    quoted(arms->treated[i]));
    if (arms->count == 0 && arms->only.length == 0)
        fail_at(place,
                "every row has the control arm %s, so there is nothing to compare; see --arm",
                quoted(arms->control));
    if (arms->count == 0) {
        arms->treated = &arms->only;
        arms->count = 1;
    }
}

void arms_free(struct arms *arms)
{
    free(arms->treated_seen);
    arena_free(&arms->bytes);
}
