/*
 * gnuplot: the program that draws.
 *
 * It runs as a child: the script goes to its stdin, the picture comes from its stdout, and what it
 * says of faults from its stderr, all through pipes, so that there is no file. It reads no settings
 * of the user's (-d), and of the environment nothing that changes what it draws: its locale is C,
 * its zone UTC.
 */
#ifndef JF_GNUPLOT_H
#define JF_GNUPLOT_H

#include "base/slice.h"
#include "stream/script.h"

/* Has the script drawn; adds what it wrote to `picture`. No gnuplot, or one that fails or draws
 * nothing, is a message and the end. */
void gnuplot_run(struct slice script, struct script *picture);

#endif
