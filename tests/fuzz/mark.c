/* jf-mark on any options and any bytes; marks are options here. */
#include "program.h"

#define main program_main
#include "../../cmd/jf-mark.c"
#undef main

static const char *const choices[] = {
    "full=hours>=150",
    "few=hours>0<=150",
    "kontrol=arm=kontrol",
    "gone=hours=NA",
    "gain=hours-age",
    "both=hours+arm",
    "id=PNR=1",
    "hours=age>1",
    "far=a-b-c",
    "none=age>5<5",
    "long=PNR>-1e37",
    "--decimal-comma",
    "-z0",
    "-oout.tsv.gz",
    "noop=hours",
    "--columns=full,PNR",
};

FUZZ_PROGRAM(.holds_back = false)
