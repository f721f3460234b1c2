/* jf-weeks on any options and any bytes. */
#include "program.h"

#define main program_main
#include "../../cmd/jf-weeks.c"
#undef main

static const char *const choices[] = {
    "--missing=zero",
    "--missing=drop",
    "--missing=na",
    "--keep=arm",
    "--from=2015-W53",
    "--to=2016-W03",
    "--from=2016-01",
    "--to=2016-02",
    "--long",
    "--period=week",
    "--value=code",
    "--per=quarter",
    "--per=window",
    "--mean",
    "--total",
    "--since=lot=-1:2",
    "--since=lot",
    "--until=end",
    "--windows=a=2015-W53:2016-W01,b=2016-01:2016-01",
    "--windows=a=0:1",
    "--wide=y_%G_%V",
    "--wide=y_%Y_%m",
    "-oout.tsv",
};

FUZZ_PROGRAM(.first = "--states")
