/* jf-amounts on any options and any bytes. */
#include "program.h"

#define main program_main
#include "../../cmd/jf-amounts.c"
#undef main

static const char *const choices[] = {
    "--wide=pay_%Y",
    "--wide=pay_%Y_%m",
    "--wide=pay_%Y%q",
    "--wide=pay_%n",
    "--missing=zero",
    "--missing=drop",
    "--missing=na",
    "--keep=arm",
    "--from=2016",
    "--to=2018",
    "--from=1",
    "--to=3",
    "--from=2016-01",
    "--to=2016-12",
    "--long",
    "--period=period",
    "--value=pay",
    "--per=year",
    "--per=half",
    "--per=window",
    "--total",
    "--as=pay",
    "--scale=-0.001",
    "--scale=0.000000000000000000000000000001",
    "--min=0",
    "--max=1000",
    "--since=lot=-1:2",
    "--until=end",
    "--windows=a=1:2,b=2:3",
    "--decimal-comma",
    "-oout.tsv",
};

FUZZ_PROGRAM(.holds_back = false)
