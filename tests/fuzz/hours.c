/* jf-hours on any options and any bytes. */
#include "program.h"

#define main program_main
#include "../../cmd/jf-hours.c"
#undef main

static const char *const choices[] = {
    "--missing=zero",
    "--missing=drop",
    "--missing=na",
    "--keep=arm",
    "--keep=arm,period",
    "--from=2016-01",
    "--to=2016-03",
    "--long",
    "--period=period",
    "--value=grad",
    "--per=quarter",
    "--per=year",
    "--per=window",
    "--total",
    "--percent",
    "--cap=1",
    "--max=99",
    "--indicator=any=>0",
    "--indicator=full=>=150",
    "--full-time=37",
    "--wide=grad_%y%m",
    "--id=arm",
    "--decimal-comma",
    "-z1",
    "-oout.tsv",
    "--to=2016-12",
    "--full-time=0.000000000000000000000000000001",
    "--indicator=long=>99999999999999999999999999999999999999",
    "--since=lot",
    "--since=lot=-1:2",
    "--until=end",
    "--windows=a=2016-01:2016-02,b=2016-02:2016-03",
    "--windows=a=0:1",
    "--wide=grad_%Y",
    "--wide=grad_%y%V",
    "--wide=grad_%n",
    "--per=month",
    "--indicator=few=>0<150",
    "--from=2015-W53",
    "--to=2016-W03",
};

FUZZ_PROGRAM(.holds_back = false)
