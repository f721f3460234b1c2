#!/usr/bin/env bats
# The benchmark runs, and the programs it compares give the same numbers. No time is asserted.

export NEEDS='bench/clock bench/digest bench/limit bin/jobfirst-register'
load helper

bench()
{
    env DIR="$BATS_FILE_TMPDIR/data" N=2500 RUNS=1 TASKS='*' \
        PEERS='*' PATIENCE=60 GROWTH='' COMMANDS='' "$@" bash "$JF_ROOT/tests/bench/bench" >got 2>err ||
        { cat got err; return 1; }
}

@test "each task has its row, with a time of jf and of a peer that gives the same numbers" {
    bench PEERS='mawk awk gzip'
    for task in select figure1 long weeks amounts mark group hist cumulate select-gz figure1-gz long-gz select-bgzf \
        figure1-bgzf write-gz-1 write-gz-6; do
        grep -E "^\| $task \| .[a-z -]+. \| [0-9.]+ \| [0-9.]+ \| [0-9.]+ \| (m?awk|gzip) [0-9.]+ \| [0-9.]+ \|" got ||
            { cat got err; return 1; }
    done
    grep '^| jf-hist | the long rows | [0-9.]* |$' got
}

@test "a peer that is not installed is named, and a subset of the tasks can be asked for" {
    bench NODE_PATH=/nowhere TASKS='sel*t group' PEERS='mawk awk duckdb polars'
    grep 'Not installed: duckdb, polars' got
    [ "$(grep -c '^| [a-z0-9-]* | `' got)" -eq 2 ]
}

@test "a peer whose numbers differ gets no time, and the run fails" {
    mkdir liars
    printf '#!/bin/sh\necho datamash 1.0\n' >liars/datamash
    chmod +x liars/datamash
    run bench PATH="$PWD/liars:$PATH" TASKS=group PEERS=datamash
    [ "$status" -eq 1 ]
    grep 'the numbers are not the same: datamash in group (differs)' got
    run ! grep '^| group .*datamash' got
}
