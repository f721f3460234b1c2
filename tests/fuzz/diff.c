/* jf-diff on any options and any bytes. */
#include "program.h"

#define main program_main
#include "../../cmd/jf-diff.c"
#undef main

static const char *const choices[] = {
    "--control=kontrol",
    "--treated=deltager",
    "--by=",
    "--by=arm,period",
    "-yhours,age",
    "--strata=stratum",
    "--missing=drop",
    "--variance=pooled",
    "--sums",
    "--from-sums",
    "--seal=1/2",
    "--run=a",
    "--parts=2",
    "--min-cell=3",
    "--decimal-comma",
    "--arm=period",
    "-z1",
    "-oout.tsv",
    "-oout.tsv.gz",
    "--by=stratum",
    "-yPNR",
    "--treated=a,b,c",
    "--by=PNR",
    "--arm=PNR",
    "--units=rows",
    "--id=period",
    "--id=arm",
    "--small-strata=pairs",
    "--small-strata=pool",
    "--small-strata=drop",
    "--cluster=stratum",
    "--cluster=PNR",
    "--se=CR1S",
    "--max-memory=1",
};

FUZZ_PROGRAM(.holds_back = true)
