/* jf-joint on any options and any bytes. */
#include "program.h"

#define main program_main
#include "../../cmd/jf-joint.c"
#undef main

static const char *const choices[] = {
    "--control=kontrol", "--treated=deltager",  "--by=",
    "--by=arm,period",   "-yhours,age",         "--strata=stratum",
    "--missing=drop",    "--variance=pooled",   "--sums",
    "--from-sums",       "--seal=1/2",          "--run=a",
    "--parts=2",         "--min-cell=3",        "--decimal-comma",
    "--family=outcome",  "--family=arm,period", "-z1",
    "-oout.tsv",         "--by=stratum,period", "-yPNR",
    "--treated=a,b,c",   "--units=rows",        "--id=period",
};

FUZZ_PROGRAM(.holds_back = true)
