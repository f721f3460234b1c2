#!/usr/bin/env bats
# The worked example: doc/jobfirst.md prints what its commands print, and the made
# data are what the evaluation published.

export NEEDS=bin/jobfirst-register
load helper

@test "doc/jobfirst.md shows what its commands print" {
    cp "$JF_ROOT/examples/jobfirst/states.tsv" .
    page "$JF_ROOT/doc/jobfirst.md" 30
}

@test "the demo's figures come out as published, whatever the number of outsiders" {
    for persons in 3000 6000; do
        jobfirst-register --persons $persons --assign assign.tsv -o dream$persons.tsv.gz
        jf-split -a assign.tsv --once dream$persons.tsv.gz >trial$persons.tsv
    done
    LC_ALL=C sort trial3000.tsv >want
    LC_ALL=C sort trial6000.tsv >got
    same want got
    jf-hours --keep arm --missing zero --from 2016-03 trial3000.tsv >hours.tsv
    jf-cumsum hours.tsv | jf-diff --control kontrol | jf-ci | sed -n '1p;$p' >annex1.tsv
    near "$(cell diff annex1.tsv)" 133 0.02
    near "$(cell mean_control annex1.tsv)" 950 0.01
    near "$(cell pct annex1.tsv)" 14 0.02
    [ "$(cell sig annex1.tsv)" = 1 ]
    jf-hours --keep arm,group --missing zero --from 2016-03 --to 2017-12 --per window \
        --indicator any='>0' trial3000.tsv |
        jf-diff --control kontrol -y any --by group | jf-ci >shares.tsv
    near "$(cell mean_treated shares.tsv)" 0.19 0.03
    near "$(cell mean_control shares.tsv)" 0.12 0.04
    [ "$(cut -f 4 assign.tsv | sed 1d | sort -u | wc -l)" -eq 15 ]
    [ "$(grep -c kontanthjaelp assign.tsv)" -eq 1847 ]
    [ "$(grep -c ressourceforloeb assign.tsv)" -eq 560 ]
}
