/* jf-permute on any options and any bytes. */
#include "program.h"

#define main program_main
#include "../../cmd/jf-permute.c"
#undef main

static const char *const choices[] = {
    "--control=kontrol",   "--salt=x",
    "--draws=20",          "--by=",
    "--by=arm,period",     "-yhours,age",
    "--strata=stratum",    "--small-strata=pairs",
    "--small-strata=pool", "--cluster=stratum",
    "--cluster=town",      "--missing=drop",
    "--absent=drop",       "--alternative=greater",
    "--alternative=less",  "--family=outcome,period",
    "--min-cell=3",        "--treated=a,b",
    "--id=PNR=person",     "--arm=stratum",
    "--decimal-comma",     "-z1",
    "-oout.tsv",
};

FUZZ_PROGRAM(.listed = true, .holds_back = true)
