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

@test "the list is what jf-draw draws, with any salt, and make audit holds it to its lots" {
    for salt in 'JobFirst 2016' other; do
        jobfirst-register --persons 2407 --salt "$salt" --people people.tsv --assign assign.tsv -o dream.tsv.gz
        jf-draw --arms deltager:1,kontrol:1 --salt "$salt" --within municipality,group \
            --columns PNR,arm,group,municipality,age,female,education,months_on_benefit,lot people.tsv | same assign.tsv -
    done
    build() { make -s -f "$JF_ROOT/examples/jobfirst/Makefile" JF="$(dirname "$(command -v jf-draw)")" PERSONS=2407 "$@"; }
    build audit 2>err
    [ "$(cat err)" = 'jf-draw: 2407 rows have the arm that is drawn' ]
    sed '2s/kontrol$/deltager/; 3s/deltager$/kontrol/' out/assign.tsv >changed.tsv
    run ! build ASSIGN=changed.tsv audit
    [[ $output == *'changed.tsv: arm: 2 of 2407 rows have not the arm that is drawn, on lines 2, 3; '* ]]
}
