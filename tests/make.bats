#!/usr/bin/env bats
# In make: a build that failed, was interrupted or is repeated never takes a broken target for
# done. The Makefile is examples/jobfirst/Makefile.

export NEEDS=bin/jobfirst-register
load helper

targets=(out/trial.tsv.gz out/flow.tsv out/figure1.tsv out/annex1.tsv)
timeout=()
inputs=(EXTRACT=dream.tsv.gz ASSIGN=lots.tsv)

# build ARGUMENT...: make in the test's directory; inside `timeout` where that is set.
build()
{
    "${timeout[@]}" make -s -f "$JF_ROOT/examples/jobfirst/Makefile" JF="$(dirname "$(command -v jf-split)")" "$@"
}

# A register and its list, and the targets as they are right.
setup_file()
{
    cd "$BATS_FILE_TMPDIR" || return
    jobfirst-register --persons=2407 --assign=lots.tsv --output=dream.tsv.gz
    build "${inputs[@]}" "${targets[@]}"
    mv out right
}

setup()
{
    cd "$BATS_TEST_TMPDIR" || return
    quick
    cp -R "$BATS_FILE_TMPDIR"/* .
}

# All targets are there and right.
all_right()
{
    for target in "${targets[@]}"; do same "right/${target#out/}" "$target" || return; done
}

# cleared: what the programs write beside their output is gone; a program may end some moments after make.
cleared()
{
    for _ in {1..200}; do
        compgen -G 'out/.jf-*' || return 0
        sleep 0.01
    done
    return 1
}

# What there is of the targets is right; what is not there, or was not made to its end, make makes.
nothing_wrong()
{
    for target in "${targets[@]}"; do
        [ ! -e "$target" ] || cmp "$target" "right/${target#out/}" || return
        [ -e "$target" ] || ! build "${inputs[@]}" -q "$target" || return
    done
}

@test "a build that is repeated does nothing, and gives the same bytes when all is made anew" {
    build "${inputs[@]}" "${targets[@]}"
    all_right
    stat -c '%n %i %y' "${targets[@]}" >before
    build "${inputs[@]}" "${targets[@]}"
    stat -c '%n %i %y' "${targets[@]}" | same before -
    build "${inputs[@]}" -q "${targets[@]}"
}

@test "a build from a cut extract fails, and goes on failing until the extract is whole" {
    head -c 100000 dream.tsv.gz >cut.tsv.gz
    for _ in 1 2; do
        run ! build EXTRACT=cut.tsv.gz ASSIGN=lots.tsv out/figure1.tsv
        [ -z "$(ls out)" ]
    done
    cp dream.tsv.gz cut.tsv.gz
    build EXTRACT=cut.tsv.gz ASSIGN=lots.tsv out/figure1.tsv
    same right/figure1.tsv out/figure1.tsv
}

@test "a build that fails over an older one leaves the old file, and make does not take it for new" {
    build "${inputs[@]}" out/figure1.tsv
    gzip -dc dream.tsv.gz >dream.tsv
    echo 'a row of one cell' >>dream.tsv
    cut -f 1 lots.tsv | sed -n 2p >>dream.tsv
    for _ in 1 2; do
        run ! build EXTRACT=dream.tsv ASSIGN=lots.tsv out/figure1.tsv
        same right/figure1.tsv out/figure1.tsv
        run ! build EXTRACT=dream.tsv ASSIGN=lots.tsv -q out/figure1.tsv
    done
    # the last rule of the chain fails: the first results are new, the last one is old and known to be
    gzip -dc dream.tsv.gz >dream.tsv
    run ! build EXTRACT=dream.tsv ASSIGN=lots.tsv CONTROL=kontorl out/figure1.tsv
    same right/figure1.tsv out/figure1.tsv
    run ! build EXTRACT=dream.tsv ASSIGN=lots.tsv -q out/figure1.tsv
    build EXTRACT=dream.tsv ASSIGN=lots.tsv out/figure1.tsv
    same right/figure1.tsv out/figure1.tsv
}

@test "a stage that is killed inside a recipe fails the build" {
    cat >Makefile <<'END'
export JF_GZIP = 0
figure1.tsv: right/trial.tsv.gz
	jf-hours --keep arm --missing zero --from 2015-01 $< | sh -c 'head -c $(CUT); kill -9 $$$$' | jf-diff --control kontrol | jf-ci -o $@
END
    jf-hours --keep arm --missing zero --from 2015-01 -z0 right/trial.tsv.gz >hours.gz
    size=$(wc -c <hours.gz)
    for cut in 0 1 100 65536 100000 $((size / 2)) $((size - 28)) $((size - 1)); do
        run ! make -s CUT=$cut
        [ ! -e figure1.tsv ]
        run ! make -q CUT=$cut
    done
    run ! compgen -G '.jf-*'
    make -s CUT="$size"
    same right/figure1.tsv figure1.tsv
}

@test "a build that is interrupted at any moment leaves nothing that make takes for done" {
    for moment in 0.02 0.06 0.1 0.15 0.2 0.3; do
        for signal in INT TERM KILL; do
            echo "$signal after $moment s"
            rm -rf out
            timeout=(timeout -s "$signal" "$moment")
            build -j2 "${inputs[@]}" "${targets[@]}" >log 2>&1 || true
            timeout=()
            [ "$signal" = KILL ] || cleared
            nothing_wrong
        done
    done
    build "${inputs[@]}" "${targets[@]}"
    all_right
}

@test "a test fails where a command of it does, wherever that stands" {
    mkdir tests
    sed 's/^a test /@test /' >tests/failing.bats <<END
load '$JF_ROOT/tests/helper'
stop() { true; [ 1 = 2 ]; true; }
a test "in the middle" { true; false; true; }
a test "in a function" { stop; true; }
a test "in a loop" { for i in 1 2; do [ \$i = 1 ]; done; true; }
a test "in a shell of its own" { (true; false; true); true; }
a test "at the end of a pipe" { true | false; true; }
a test "a code that was not expected" { run -1 true; true; }
a test "a pattern" { [[ a == b ]]; true; }
a test "nothing" { true; }
END
    run -1 env JF_ROOT="$JF_ROOT" bats --tap tests/failing.bats
    [ "$(grep -c '^not ok' <<<"$output")" -eq 7 ]
    [ "$(grep '^ok' <<<"$output")" = 'ok 8 nothing' ]
    grep -q "from function .stop' in file tests/failing.bats, line 2," <<<"$output"
}
