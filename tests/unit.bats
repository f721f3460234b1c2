#!/usr/bin/env bats
# Rooms by themselves, against tables, libraries and plain loops that share no line with them.

load helper

@test "Student's t and the normal meet 50-digit truth over the whole grid" {
    "${JF_BUILD:-$JF_ROOT/build}/unit/student" "$JF_DATA/tdist.tsv"
}

@test "a double is printed shortest and read exactly, as the C library has it" {
    "${JF_BUILD:-$JF_ROOT/build}/unit/real"
}

@test "a row is cut at the same tabs by every processor's instructions as byte by byte" {
    "${JF_BUILD:-$JF_ROOT/build}/unit/scan"
}

@test "a short number is read, printed, added and compared as a long one is" {
    "${JF_BUILD:-$JF_ROOT/build}/unit/decimal"
}

@test "sums are exact in any order and any parts, for small values and for large" {
    "${JF_BUILD:-$JF_ROOT/build}/unit/moments"
}

@test "one period comes after another as its number or its bytes say, known or not" {
    "${JF_BUILD:-$JF_ROOT/build}/unit/order"
}
