/*
 * caption: what the names of a table are called in a figure: as they are, or as --label says.
 */
#ifndef JF_CAPTION_H
#define JF_CAPTION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/heap.h"
#include "base/map.h"
#include "base/option.h"
#include "base/slice.h"

/* The labels, NAME=TEXT, and all names that they may be of. */
struct captions {
    const struct list *labels;
    bool *used; /* by label */
    struct map met;
    struct arena *bytes; /* of the texts */
};

/* Both must outlive the captions. */
struct captions caption_begin(const struct list *labels, struct arena *bytes);

/* What a name of the table is called. */
struct slice caption_of(struct captions *captions, struct slice raw);

/* It is an error if a label was of no name: the nearest is named. */
void caption_check(const struct captions *captions);

void caption_free(struct captions *captions);

/* Names in the order in which they came, as the file has them and as they are shown. A zeroed
 * struct has none. */
struct names {
    struct map raw;
    struct slice *shown;
    size_t room;
};

/* The number of a name, which is added if it is new: called `shown`, or where that has no bytes as
 * its caption says. */
size_t caption_add(struct captions *captions, struct names *names, struct slice raw,
                   struct slice shown);

void names_free(struct names *names);

#endif
