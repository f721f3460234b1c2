#!/usr/bin/env bats
# Intervals cover and tests keep their size: the short form of `make simulate`.

export NEEDS='simulate/trials'
load helper

@test "of a few hundred made trials so many intervals hold the truth as they say, and tests reject" {
    effects=$JF_ROOT/tests/simulate/effects
    DRAWS=400 TESTS=400 run -0 bash "$effects" welch skew strata pool clusters rare towns test_20_60
    [ "${#lines[@]}" -eq 9 ]
    TESTS=40 run -0 bash "$effects" band permute_even permute_uneven permute_clusters
    [ "${#lines[@]}" -eq 5 ]
}

@test "a share that is off is told: an interval of 90 per cent for one of 95" {
    sed 's/jf-ci |/jf-ci --level .9 |/' "$JF_ROOT/tests/simulate/effects" >effects
    sed -i "s|^cd .*|cd '$JF_ROOT'|" effects
    DRAWS=2000 run -1 bash effects welch
    [[ $output == *'welch: not as it is said to be'* ]]
}
