#!/usr/bin/env bats
# Nothing is lost and nothing wrong gets out, whatever fails. Short forms of what `make torture`
# does at length.

load helper

JF_BUILD=${JF_BUILD:-$JF_ROOT/build}
export JF_BUILD

@test "whatever call fails: exit 1, one message, no part of a table, and the old file as it was" {
    TORTURE=short run -0 bash "$JF_ROOT/tests/fault/torture"
    [[ ${lines[-1]} == 'faults injected: '*', wrong: 0' ]]
}

@test "whichever stage is killed, whenever: no wrong table, in plain sh" {
    TORTURE=short run -0 bash "$JF_ROOT/tests/fault/kills"
    [[ ${lines[-1]} == 'kills: '*', wrong: 0' ]]
}
