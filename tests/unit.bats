#!/usr/bin/env bats
# Rooms by themselves, against tables, libraries and plain loops that share no line with them.

export NEEDS='unit/student unit/real unit/scan unit/decimal unit/moments unit/period unit/watch unit/map unit/spectrum unit/tails unit/lot unit/studentised'
load helper

@test "Student's t and the normal meet 50-digit truth over the whole grid" {
    "$JF_BUILD/unit/student" "$JF_DATA/tdist.tsv"
}

@test "F and chi-square meet 400-digit truth over the whole grid, t where they are t" {
    "$JF_BUILD/unit/tails" "$JF_DATA/tails.tsv"
}

@test "a double is printed shortest and read exactly, as the C library has it" {
    "$JF_BUILD/unit/real"
}

@test "a row is cut at the same tabs by every processor's instructions as byte by byte" {
    "$JF_BUILD/unit/scan"
}

@test "a short number is read, printed, added and compared as a long one is" {
    "$JF_BUILD/unit/decimal"
}

@test "sums are exact in any order and any parts, for small values and for large" {
    "$JF_BUILD/unit/moments"
}

@test "of persons who stand twice the watch sees those that its rule picks, in any order and parts" {
    "$JF_BUILD/unit/watch"
}

@test "no keys can be chosen that meet in a map: another run has another seed" {
    "$JF_BUILD/unit/map" >got
    printf 'run short\nseeds differ\n' | same - got
}

@test "a period has the form that it is written in, and periods of one form their order in time" {
    "$JF_BUILD/unit/period"
}

@test "a lot is what another program finds for it, from the lengths and bytes of its fields" {
    "$JF_BUILD/unit/lot" "$JF_DATA/oracle/lots.tsv" >got
    same "$JF_DATA/oracle/lots.tsv" got
}

@test "eigenvalues and vectors give the matrix back, and are those that are known" {
    "$JF_BUILD/unit/spectrum"
}

@test "t in doubles is as near to the exact fraction as its bound says, in cells of every kind" {
    "$JF_BUILD/unit/studentised"
}
