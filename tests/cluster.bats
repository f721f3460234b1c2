#!/usr/bin/env bats
# examples/cluster: the figures from parts, by the engines that run them. Slurm is a real one, of this machine alone
# (tests/slurm); what it is to do is begun before the first test, since its jobs mostly wait.

load helper

export CASES='plain damaged memory requeued cancelled doubled stopped'

slurm_here()
{
    [ "$(id -u)" -eq 0 ] || { echo 'slurmd is for root'; return 1; }
    command -v munged slurmctld slurmd sbatch >/dev/null || { echo 'no Slurm; make deps-cluster'; return 1; }
    sh "$BATS_TEST_DIRNAME/slurm" start "$BATS_FILE_TMPDIR/slurm" 2>&1 3>&-
}

setup_file()
{
    cd "$BATS_FILE_TMPDIR" || return
    "$JF_BUILD/bin/jobfirst-register" -n 3000 -a assign.tsv -o register.tsv.gz
    BIN=$(dirname "$(command -v jf-split)") SLURM_CONF=$PWD/slurm/slurm.conf
    extract=$PWD/one/register.tsv.gz
    export BIN SLURM_CONF extract
    make -s -C "$JF_ROOT/examples/jobfirst" JF="$BIN" PERSONS=3000 OUT="$PWD/one" \
        "$PWD"/one/{figure1,annex1,figure2,flow}.tsv
    slurm_here >slurm.not || return 0
    rm slurm.not
    for case in $CASES; do
        mkdir "$case"
        (set +e; cd "$case" && watched; "case_$case"; : >ended) >"$case/said" 2>&1 3>&- &
    done
}

# Nobody is left waiting for a Slurm that is gone.
teardown_file()
{
    [ -e "$BATS_FILE_TMPDIR/slurm/slurm.conf" ] || return 0
    for case in $CASES; do
        await "$BATS_FILE_TMPDIR/$case/ended" || :
    done
    sh "$BATS_TEST_DIRNAME/slurm" stop "$BATS_FILE_TMPDIR/slurm"
}

# await FILE: until it is there, for a minute.
await()
{
    for _ in {1..600}; do
        [ ! -e "$1" ] || return 0
        sleep .1
    done
    return 1
}

setup()
{
    cd "$BATS_TEST_TMPDIR" || return
    quick
}

# engine NAME [ARGUMENT]...
engine()
{
    env -u MAKEFLAGS -u MFLAGS make --no-print-directory -C "$JF_ROOT/examples/cluster" JF="$BIN" \
        EXTRACT="$extract" ASSIGN="$BATS_FILE_TMPDIR/one/assign.tsv" OUT="$PWD/out" "$@"
}

# ---- what Slurm does meanwhile, each in a folder of its own ----

slurm()
{
    engine slurm N=3 MEM=500 "$@"
    echo $? >>status
}

# Programs of which jf-split, for part 2 of 3, says that it has begun, and then does what `part2` says.
watched()
{
    mkdir bin
    ln -s "$BIN"/jf-* bin
    rm bin/jf-split
    cat >bin/jf-split <<END
#!/bin/sh
case \$* in *'--part 2/3 '*) echo >>'$PWD/begun'; . '$PWD/part2' ;; esac
exec '$BIN/jf-split' "\$@"
END
    chmod +x bin/jf-split
    : >part2
}

# The job of part 2, once it has begun.
second()
{
    await begun
    squeue --noheader --array --format '%i %o' | awk -v job="$(echo "$PWD"/out/parts3-*/job)" '$2 == job && $1 ~ /_2$/ { print $1 }'
}

case_plain()
{
    slurm JF="$PWD/bin"
    slurm JF="$PWD/bin"
    rm out/parts3-*/2/annex1
    slurm JF="$PWD/bin"
}

case_damaged()
{
    extract=$PWD/register.tsv.gz
    "$BIN/jf-split" -a "$BATS_FILE_TMPDIR/one/assign.tsv" --all --take '' -o "$extract" "$BATS_FILE_TMPDIR/one/register.tsv.gz"
    cp "$extract" sound
    printf '\377\377\377\377' | dd of="$extract" bs=1 seek=$(($(wc -c <sound) * 13 / 16)) conv=notrunc status=none
    slurm N=8
    ls out >left
    cp sound "$extract"
    slurm N=8
}

case_memory()
{
    echo "exec awk 'BEGIN { while (length(x) < 2e8) x = x x \"more\"; system(\"sleep 30\") }'" >part2
    slurm JF="$PWD/bin" MEM=20
    ls out >left
    : >part2
    slurm JF="$PWD/bin"
}

case_requeued()
{
    echo '[ "$(wc -l <'"'$PWD/begun'"')" -gt 1 ] || sleep 30' >part2
    slurm JF="$PWD/bin" &
    scontrol requeue "$(second)"
    wait $!
}

case_cancelled()
{
    echo 'sleep 30' >part2
    slurm JF="$PWD/bin" &
    scancel "$(second)"
    wait $!
    ls out >left
    : >part2
    slurm JF="$PWD/bin"
}

case_doubled()
{
    slurm JF="$PWD/bin" &
    slurm JF="$PWD/bin"
    wait $!
}

case_stopped()
{
    echo 'sleep 30' >part2
    set -m # with a group of processes of its own, to which a terminal would send ^C
    engine slurm N=3 MEM=500 JF="$PWD/bin" &
    second >job
    kill -INT -- -$!
    wait $!
    echo $? >status
    while squeue --noheader --job "$(cat job)" 2>/dev/null | grep -q .; do
        sleep .1
    done
}

# ended NAME STATUS...: the case has ended; these were the exit codes of its calls.
ended()
{
    [ ! -e "$BATS_FILE_TMPDIR/slurm.not" ] || skip "$(tail -n 1 "$BATS_FILE_TMPDIR/slurm.not")"
    cd "$BATS_FILE_TMPDIR/$1" || return
    shift
    await ended || { cat said && return 1; }
    cat said
    # shellcheck disable=SC2053 # a pattern
    [[ $(paste -s -d ' ' status) == $* ]]
}

# ---- the tests ----

whole()
{
    local name
    for name in figure1 annex1 figure2 flow; do
        same "$BATS_FILE_TMPDIR/one/$name.tsv" out/$name.tsv
    done
}

@test "make: the bytes of one machine; a second call makes only what is lacking" {
    engine make -s -j2 N=5
    whole
    touch out/before
    engine make N=5 | cmp - <(echo "whole: $(printf "$PWD/out/%s.tsv " figure1 annex1 figure2 flow)" | sed 's/ $//')
    [ -z "$(find out -newer out/before -type f)" ]
    rm out/annex1.tsv out/parts5-*/2/annex1
    engine make N=5 >log
    whole
    [ "$(grep -c jf-cumsum log)" -eq 1 ]
    run ! grep -e --part= -e '--part ' log
}

@test "a job makes one part, and those of all machines are merged" {
    for part in 3 1 2; do
        engine -s part-$part N=3
    done
    [ ! -e out/figure1.tsv ]
    engine -s merge N=3
    whole
}

@test "a part that fails leaves no figure, and is made again when the extract is whole" {
    size=$(wc -c <"$extract")
    cp "$extract" cut.gz
    truncate -s $((size - size / 9)) cut.gz
    mv cut.gz register.tsv.gz
    touch -d '2020-01-01' register.tsv.gz
    whole=$extract extract=$PWD/register.tsv.gz
    run -2 engine make -s -k N=5
    [[ $output == *'register.tsv.gz: the gzip stream is cut at byte'* ]]
    [ -z "$(find out -name '*.tsv' -o -name '.jf-*')" ]
    cp "$whole" register.tsv.gz
    engine make -s N=5
    whole
}

@test "doc/cluster.md shows what its commands print" {
    awk -v OFS='\t' 'BEGIN { print "PNR", "grad_2016_01", "grad_2016_02"
        for (i = 1; i <= 40; i++) print "pnr" i, i % 7 / 10, i % 9 / 10 }' >dream.tsv
    awk -v OFS='\t' 'BEGIN { print "PNR", "arm"
        for (i = 1; i <= 36; i += 6) print "pnr" i, i % 4 == 1 ? "deltager" : "kontrol" }' >assign.tsv
    page "$JF_ROOT/doc/cluster.md" 12
    # and the two passes are the one
    jf-split -a assign.tsv --once dream.tsv | same - trial.tsv
}

@test "another extract or another choice is another evaluation, however old the file" {
    engine make -s N=2
    mv out/figure1.tsv first
    "$BIN/jf-split" -a "$BATS_FILE_TMPDIR/one/assign.tsv" --all --take '' -o other.tsv "$extract"
    touch -d 2020-01-01 other.tsv
    extract=$PWD/other.tsv engine make N=2 >log
    [ "$(grep -c -e '--part ' log)" -eq 2 ]
    whole
    extract=$PWD/other.tsv engine make -s N=2 CONTROL=deltager
    run ! cmp first out/figure1.tsv
    engine make -s N=2
    whole
    [ "$(ls -d out/parts2-* | wc -l)" -eq 3 ]
}

@test "a job of what was asked before leaves today's parts alone" {
    engine lacking N=2
    cp out/job old
    engine -s make N=2 FROM=2017-01
    cp out/job out/annex1.tsv .
    sh old -s part-1
    cmp job out/job
    engine -s make N=2 FROM=2017-01
    cmp annex1.tsv out/annex1.tsv
}

@test "what is not there, or has a blank, is said before anything is made" {
    extract=none.tsv run -2 engine make
    [[ $output == *"no none.tsv as seen from "*"/examples/cluster; say where it is from the root on"* ]]
    extract='two words.tsv' run -2 engine make
    [[ $output == *'EXTRACT has a blank'* ]]
    extract='' run -2 engine make
    [[ $output == *'say EXTRACT: make ENGINE'* ]]
    for n in 0 eight; do
        run -2 engine make N=$n
        [[ $output == *"N is $n; say a number of parts, as N=8"* ]]
    done
    [ ! -e out ]
}

@test "GNU parallel: the same; a second call makes what has failed, is gone or old, whatever parallel's log says" {
    command -v parallel >/dev/null && parallel --version | grep -q 'GNU parallel' || skip 'no GNU parallel'
    watched
    echo 'exit 1' >part2
    run -2 engine parallel -s N=3 JF="$PWD/bin"
    [ ! -e out/figure1.tsv ]
    : >part2
    rm out/parts3-*/1/annex1
    second=$(date +%s.%N)
    engine parallel N=3 JF="$PWD/bin" >log
    whole
    [ "$(wc -l <begun)" -eq 2 ]
    [ "$(grep -c -e '--seal 1/3 -o .*/annex1' log)" -eq 1 ]
    run ! grep -e '--seal 1/3 -o .*/figure1' log
    # by parallel, all three, and not by the merge
    [ "$(awk -F'\t' -v second="$second" 'NR > 1 && ($1 == 3 || $3 > second) { print $1, $7 }' out/parts3-*/log/parallel | sort -u |
        paste -s -d ,)" = '1 0,2 0,3 0' ]
}

@test "GNU parallel --pipe cuts a person in two, unless --groupby is said as the page says it" {
    command -v parallel >/dev/null && parallel --version | grep -q 'GNU parallel' || skip 'no GNU parallel'
    awk -v OFS='\t' 'BEGIN { print "id", "period"; for (i = 1; i <= 40; i++) for (m = 1; m <= 5; m++) print "p" i, m }' >long.tsv
    grep -q -e "--header : --colsep '.t' --groupby 1" "$JF_ROOT/doc/cluster.md"
    in_two() { parallel --pipe --block 300 --header : "$@" 'tail -n +2 | cut -f 1 | uniq' <long.tsv | sort | uniq -d; }
    in_two | grep -q p
    [ -z "$(in_two --colsep '\t' --groupby 1)" ]
}

@test "snakemake: the same; a second call makes only what is lacking" {
    command -v snakemake >/dev/null || skip 'no snakemake'
    engine snakemake N=3
    whole
    rm out/annex1.tsv out/parts3-*/2/annex1
    touch before
    engine snakemake N=3
    whole
    [ -z "$(find out/parts3-*/[13] -newer before -type f)" ]
}

@test "Slurm: the bytes of one machine; a second call submits nothing, a third only what is gone" {
    ended plain 0 0 0
    whole
    [ "$(wc -l <begun)" -eq 1 ]
    [[ $(ls out/parts3-*/log | paste -s -d ' ') =~ ^'1 2 3 merge-'[0-9]+' merge-'[0-9]+$ ]]
    [ "$(grep -c jf- out/parts3-*/log/2)" -eq 2 ]
}

@test "Slurm: an extract damaged in part 7 of 8 ends in its message, and in no figure" {
    ended damaged 2 0
    [ "$(sed 's/-.*//' left | paste -s -d ' ')" = 'job parts8' ]
    grep -q '^slurm: the figures are not whole; ' said
    grep -q 'out/parts8-.*/log/7: jf-split: .*/register.tsv.gz: the gzip stream is corrupt at byte' said
    run ! grep 'log/[1-68]: ' said
    whole
}

@test "Slurm: a job over its memory is ended, and is all that a second call makes" {
    ended memory 2 0
    [ "$(sed 's/-.*//' left | paste -s -d ' ')" = 'job parts3' ]
    grep -q 'out/parts3-.*/log/2: .*memory' said
    [ "$(wc -l <begun)" -eq 2 ]
    whole
}

@test "Slurm: a part that is requeued in the middle begins again, and the merge waits for it" {
    ended requeued 0
    [ "$(wc -l <begun)" -eq 2 ]
    whole
}

@test "Slurm: a part that is cancelled leaves no figure, and is all that a second call makes" {
    ended cancelled 2 0
    [ "$(sed 's/-.*//' left | paste -s -d ' ')" = 'job parts3' ]
    grep -q 'out/parts3-.*/log/2: .*CANCELLED' said
    [ "$(wc -l <begun)" -eq 2 ]
    whole
}

@test "Slurm: two calls at once write the same files, and both say that they are whole" {
    ended doubled 0 0
    whole
}

@test "Slurm: who stops waiting has cancelled what he had submitted" {
    ended stopped '[1-9]*'
    grep -q CANCELLED out/parts3-*/log/2
    [ ! -e out/figure1.tsv ]
}
