/* jf-cumsum on any options and any bytes. */
#include "program.h"

#define main program_main
#include "../../cmd/jf-cumsum.c"
#undef main

static const char *const choices[] = {
    "-yhours,age",      "-yPNR",           "--within=",
    "--within=arm,PNR", "--period=hours",  "--as=total",
    "--as=total,age2",  "--decimal-comma", "-z0",
    "-oout.tsv.gz",     "--within=arm",
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct fuzz_program cumsum = {.main = program_main,
                                               .opt = &opt,
                                               .opt_size = sizeof opt,
                                               .table = &program,
                                               .choices = choices,
                                               .choice_count = sizeof choices / sizeof choices[0]};
    return fuzz_program(&cumsum, data, size);
}
