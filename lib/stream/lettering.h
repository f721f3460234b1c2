/*
 * lettering: texts of a picture: as UTF-8, how wide they are, and where they break.
 *
 * A text that is drawn is UTF-8 without control bytes. Blanks within a label are LETTERING_GLUE:
 * a line breaks at another blank first.
 */
#ifndef JF_LETTERING_H
#define JF_LETTERING_H

#include "base/heap.h"
#include "base/slice.h"

enum { LETTERING_GLUE = 1, LETTERING_MOST = 400 /* bytes */ };

/* The bytes as such a text, in the arena: what is not UTF-8 is taken for Latin-1, as a whole;
 * control bytes, and what XML does not take, are question marks; of more than LETTERING_MOST
 * bytes the last ones are an ellipsis. A label's blanks are glue. */
struct slice lettering_text(struct arena *arena, struct slice bytes);
struct slice lettering_label(struct arena *arena, struct slice bytes);

/* How many letters it has; and how wide they are in a font like Arial, in hundredths of its size,
 * rather too wide: fonts differ that may stand in for it. */
int lettering_count(struct slice text);
int lettering_width(struct slice text);

/* The first line of the text, not wider than `most`, by the same or by letters: broken at its last
 * blank that fits, else at its last glue, else between letters. `text` becomes the rest, its bytes
 * NULL when nothing is left. */
struct slice lettering_line(struct slice *text, int (*width)(struct slice text), int most);

#endif
