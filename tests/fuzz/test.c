/* jf-test on any options and any bytes. */
#include "program.h"

#define main program_main
#include "../../cmd/jf-test.c"
#undef main

static const char *const choices[] = {
    "--equal", "--disjoint", "--family=group",   "--family=period,x", "--decimal-comma",
    "-z0",     "-oout.tsv",  "--columns=rows,p", "--digits=3",
};

FUZZ_PROGRAM(.holds_back = true)
