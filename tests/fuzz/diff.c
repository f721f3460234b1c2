/* jf-diff on any options and any bytes. */
#include "program.h"

#define main program_main
#include "../../cmd/jf-diff.c"
#undef main

static const char *const choices[] = {
    "--control=kontrol",
    "--treated=deltager",
    "--by=",
    "--by=arm,period",
    "-yhours,age",
    "--strata=stratum",
    "--missing=drop",
    "--variance=pooled",
    "--sums",
    "--from-sums",
    "--min-cell=3",
    "--decimal-comma",
    "--arm=period",
    "-z1",
    "-oout.tsv",
    "-oout.tsv.gz",
    "--by=stratum",
    "-yPNR",
    "--treated=a,b,c",
    "--by=PNR",
    "--arm=PNR",
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct fuzz_program diff = {.main = program_main,
                                             .opt = &opt,
                                             .opt_size = sizeof opt,
                                             .table = &program,
                                             .choices = choices,
                                             .choice_count = sizeof choices / sizeof choices[0],
                                             .holds_back = true};
    return fuzz_program(&diff, data, size);
}
