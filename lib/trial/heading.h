/*
 * heading: what a figure of differences and its axes are called, where the user does not say it.
 */
#ifndef JF_HEADING_H
#define JF_HEADING_H

#include <stdbool.h>

#include "base/slice.h"
#include "trial/figure.h"

/* "hours: deltager and kontrol". */
struct slice heading_of_figure(struct figure *figure);

/* "hours, mean of each arm", or what --ylabel says. */
struct slice heading_of_means(struct figure *figure);

/* "difference, deltager - kontrol, with 95% confidence interval"; the arms where they are to be
 * named. */
struct slice heading_of_differences(struct figure *figure, bool arms);

#endif
