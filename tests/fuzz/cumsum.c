/* jf-cumsum on any options and any bytes. */
#include "program.h"

#define main program_main
#include "../../cmd/jf-cumsum.c"
#undef main

static const char *const choices[] = {
    "-yhours,age",
    "-yPNR",
    "--within=",
    "--within=arm,PNR",
    "--period=hours",
    "--as=total",
    "--as=total,age2",
    "--decimal-comma",
    "-z0",
    "-oout.tsv.gz",
    "--within=arm",
    "--how=max",
    "--how=run",
    "--columns=hours,PNR",
};

FUZZ_PROGRAM(.holds_back = false)
