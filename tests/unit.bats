#!/usr/bin/env bats
# The number wing by itself, against tables and libraries that share no line with it.

load helper

@test "Student's t and the normal meet 50-digit truth over the whole grid" {
    "${JF_BUILD:-$JF_ROOT/build}/unit/student" "$JF_DATA/tdist.tsv"
}

@test "a double is printed shortest and read exactly, as the C library has it" {
    "${JF_BUILD:-$JF_ROOT/build}/unit/real"
}
