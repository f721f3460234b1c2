/* jf-ci on any options and any bytes. */
#include "program.h"

#define main program_main
#include "../../cmd/jf-ci.c"
#undef main

static const char *const choices[] = {
    "--level=0.9",
    "--normal",
    "--adjust=bonferroni",
    "--adjust=holm",
    "--adjust=hochberg",
    "--adjust=bh",
    "--digits=0",
    "--digits=3",
    "--digits=15",
    "--decimal-comma",
    "-z0",
    "-oout.tsv",
    "--level=0.000000000000001",
    "--level=0.9999999999",
    "--columns=p,diff",
    "--adjust=by",
    "--family=period",
    "--mde",
    "--mde=0.99",
    "--shares",
    "--band",
};

FUZZ_PROGRAM(.holds_back = true)
