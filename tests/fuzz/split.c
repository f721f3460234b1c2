/* jf-split on any options and any bytes. */
#include "program.h"

#define main program_main
#include "../../cmd/jf-split.c"
#undef main

static const char *const choices[] = {
    "--take=arm",
    "--take=",
    "--id=PNR",
    "--id=PNR=person",
    "--where=arm=deltager",
    "--where=kom=101,147",
    "--all",
    "--once",
    "--flow=flow.tsv",
    "--arm=stratum",
    "--into=part-{arm}.tsv",
    "--into=part-{shard}.tsv.gz",
    "--shards=3",
    "-z0",
    "-oout.tsv",
    "--take=stratum,arm",
    "--into=part-{kom}-{stratum}.tsv",
    "--absent=keep",
    "--absent=drop",
    "--min-cell=3",
    "--manifest=list.tsv",
    "--into=part-{shard}of{shards}-{kom}.tsv",
    "--where=kom=101\\,147",
    "--columns=arm,PNR",
};

FUZZ_PROGRAM(.listed = true)
