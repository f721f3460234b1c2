/*
 * look: the colours and dashes of a figure, as gnuplot takes them.
 *
 * The control has one colour in every figure, treated arms follow; in a terminal each has a
 * character. A look is a text of its own, to be put into a command.
 */
#ifndef JF_LOOK_H
#define JF_LOOK_H

#include <stdbool.h>
#include <stddef.h>

/* Colours: of the control, of the treated arms by number, of what is neither, of states. */
enum { LOOK_CONTROL = 0, LOOK_FIRST = 1, LOOK_GREY = 100, LOOK_STATES = 200 };

/* The colour of a treated arm by its number, from 0 on. */
int look_of_arm(size_t arm);

struct look {
    char text[96];
};

/* Of a line; of a bar or a state; of points; of an interval; of a band, which is outside of it, and
 * of a bar that is. `plain`: in a terminal. */
struct look look_line(bool plain, int colour);
struct look look_area(bool plain, int colour);
struct look look_dots(bool plain, int colour);
struct look look_interval(bool plain, int colour);
struct look look_band(bool plain, int colour);
struct look look_edge(bool plain, int colour);

/* The character that stands for a colour in a terminal. */
char look_character(int colour);

#endif
