/*
 * suggest: the names that a slip of the finger may have meant.
 */
#ifndef JF_SUGGEST_H
#define JF_SUGGEST_H

#include "base/slice.h"

/* Collects the (at most three) nearest of the names offered to it. */
struct suggest {
    struct slice meant; /* what was typed */
    const char *before; /* what the text puts before each name, such as "--" */
    size_t distance[3]; /* edits from it, ascending */
    struct slice name[3];
    size_t count;
    char text[800]; /* what suggest_text gives */
};

struct suggest suggest_begin(struct slice meant);

/* Offers a name, once or more; far ones (more edits than a third of the letters, or one)
 * are passed over. The bytes must outlive the suggestion. */
void suggest_offer(struct suggest *suggest, struct slice name);

/* "; did you mean 'a' or 'b'?" or "" where nothing is near: made to be the tail
 * of a message. Good as long as the struct. */
const char *suggest_text(struct suggest *suggest);

#endif
