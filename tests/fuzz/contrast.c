/* jf-contrast on any options and any bytes. */
#include "program.h"

#define main program_main
#include "../../cmd/jf-contrast.c"
#undef main

static const char *const choices[] = {
    "--over=group", "--over=period", "--over=outcome",       "--pairs",
    "--base=a",     "--base=1",      "--disjoint",           "--decimal-comma",
    "-z0",          "-oout.tsv",     "--columns=diff,se,df",
};

FUZZ_PROGRAM(.holds_back = true, .no_ids = true)
