#!/usr/bin/env bats
# What must hold for any bytes: the harnesses of tests/fuzz on their seeds, on what fuzzing has
# found, and on simple mutations, always the same. `make fuzz` goes on from there.

export NEEDS='fuzz/source_table fuzz/decimal fuzz/period fuzz/option fuzz/moments fuzz/draw fuzz/split fuzz/hours fuzz/weeks fuzz/amounts fuzz/mark fuzz/cumsum fuzz/diff fuzz/ci fuzz/hist fuzz/plot'
load helper

# replay MUTATIONS HARNESS...
replay()
{
    local mutations=$1 harness
    shift
    for harness in "$@"; do
        TMPDIR=$BATS_TEST_TMPDIR "$JF_BUILD/fuzz/$harness" "$mutations" \
            "$JF_ROOT/tests/fuzz/corpus/$harness"/* || { echo "harness $harness"; return 1; }
    done
}

@test "a table is the same cells or the same message, however its bytes come and are scanned" {
    replay 300 source_table
}

@test "decimals and their sums are those of arithmetic on paper" {
    replay 5000 decimal
    replay 500 moments
}

@test "months, their names and command lines are taken as they are written, or refused" {
    replay 3000 period option
}

@test "a program on any bytes gives a table or one message, and tells its reader which" {
    replay 500 draw split hours weeks amounts mark cumsum diff ci hist plot
}
