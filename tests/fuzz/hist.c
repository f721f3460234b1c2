/* jf-hist on any options and any bytes. */
#include "program.h"

#define main program_main
#include "../../cmd/jf-hist.c"
#undef main

static const char *const choices[] = {
    "--width=50",      "--width=0.25",
    "--from=0",        "--to=200",
    "--from=-100",     "--breaks=0,0.5,37,160.33",
    "--drop-zero",     "--min-cell=3",
    "--digits=2",      "--by=",
    "--by=arm,period", "-yPNR",
    "--decimal-comma", "-z6",
    "-oout.tsv",       "--width=1e-30",
    "--by=PNR",        "--by=period",
    "--sums",          "--from-sums",
    "--seal=1/2",      "--units=rows",
    "--id=arm",        "--id=period",
    "--columns=n,arm",
};

FUZZ_PROGRAM(.holds_back = true)
