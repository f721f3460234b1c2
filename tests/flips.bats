#!/usr/bin/env bats
# Every cut, every flip of a gzip stream is an error, or harmless. `make flips` tries all.

export NEEDS=fault/flips
load helper

@test "a cut or a turned bit of a gzip stream gives the same table or none" {
    run -0 bash "$JF_ROOT/tests/fault/flips" --short
    [[ ${lines[-1]} == 859\ cuts:*\ 0\ silent\ differences ]]
}
