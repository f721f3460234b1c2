/* jf-hist on any options and any bytes. */
#include "program.h"

#define main program_main
#include "../../cmd/jf-hist.c"
#undef main

static const char *const choices[] = {
    "--width=50",      "--width=0.25",
    "--from=0",        "--to=200",
    "--from=-100",     "--breaks=0,0.5,37,160.33",
    "--drop-zero",     "--min-cell=3",
    "--digits=2",      "--by=",
    "--by=arm,period", "-yPNR",
    "--decimal-comma", "-z6",
    "-oout.tsv",       "--width=1e-30",
    "--by=PNR",        "--by=period",
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct fuzz_program hist = {.main = program_main,
                                             .opt = &opt,
                                             .opt_size = sizeof opt,
                                             .table = &program,
                                             .choices = choices,
                                             .choice_count = sizeof choices / sizeof choices[0],
                                             .holds_back = true};
    return fuzz_program(&hist, data, size);
}
