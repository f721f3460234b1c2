#include "trial/caption.h"

#include <stdlib.h>

#include "base/message.h"
#include "base/suggest.h"
#include "stream/lettering.h"

struct captions caption_begin(const struct list *labels, struct arena *bytes)
{
    bool *used = heap_take(labels->count + 1, sizeof *used);
    return (struct captions){.labels = labels, .used = used, .bytes = bytes};
}

/* A name may have an equals sign in it: the label's is the first one behind which it fits. */
struct slice caption_of(struct captions *captions, struct slice raw)
{
    size_t number;
    map_add(&captions->met, raw, &number);
    for (size_t i = 0; i < captions->labels->count; i++) {
        struct slice label = captions->labels->items[i];
        struct slice name = {label.bytes, raw.length};
        if (label.length <= raw.length || label.bytes[raw.length] != '=' || !slice_equal(name, raw))
            continue;
        captions->used[i] = true;
        size_t begin = raw.length + 1;
        return lettering_label(captions->bytes,
                               (struct slice){label.bytes + begin, label.length - begin});
    }
    return lettering_label(captions->bytes, raw);
}

void caption_check(const struct captions *captions)
{
    for (size_t i = 0; i < captions->labels->count; i++) {
        struct slice text = captions->labels->items[i], name = slice_cut(&text, '=');
        struct suggest near = suggest_begin(name);
        if (captions->used[i])
            continue;
        for (size_t j = 0; j < captions->met.count; j++)
            suggest_offer(&near, captions->met.keys[j]);
        fail("--label: no arm, outcome or key is called %s%s", quoted_given(name),
             suggest_text(&near));
    }
}

void caption_free(struct captions *captions)
{
    map_free(&captions->met);
    free(captions->used);
}

size_t caption_add(struct captions *captions, struct names *names, struct slice raw,
                   struct slice shown)
{
    size_t number;
    if (!map_add(&names->raw, raw, &number))
        return number;
    names->shown = heap_grow(names->shown, &names->room, number + 1, sizeof *names->shown);
    names->shown[number] = shown.bytes != NULL ? shown : caption_of(captions, raw);
    return number;
}

void names_free(struct names *names)
{
    map_free(&names->raw);
    free(names->shown);
}
