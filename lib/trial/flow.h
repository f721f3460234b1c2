/*
 * flow: the CONSORT counts of jf-split, against the persons that sums hold.
 */
#ifndef JF_FLOW_H
#define JF_FLOW_H

#include "trial/design.h"
#include "trial/groups.h"

/* Reads the flow in the file, a column an arm: of each arm kept + absent_kept persons must stand
 * in the sorted groups, with a value or without one, for each outcome and each value of the key's
 * columns period and window; strata and other keys are added up. Another number is an error. */
void flow_compare(const char *path, struct groups *groups, const struct design *design);

#endif
