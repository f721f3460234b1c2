/* jf-draw on any options and any bytes. */
#include "program.h"

#define main program_main
#include "../../cmd/jf-draw.c"
#undef main

static const char *const choices[] = {
    "--arms=a:1,b:1",     "--arms=a:2,b:1,c:3",
    "--salt=1",           "--salt=x",
    "--within=town",      "--within=town,x",
    "--blocks=2,4",       "--blocks=6",
    "--after=earlier",    "--as=drawn",
    "--id=PNR",           "--check",
    "--flow=flow",        "-z1",
    "-oout.tsv",          "--columns=arm",
    "--arms=x:y:50,b:50", "--within=",
    "--after=0.tsv",
};

FUZZ_PROGRAM()
