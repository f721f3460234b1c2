#!/usr/bin/env bats
# examples/cluster: the figures from parts, by the engines that run them.

load helper

setup_file()
{
    cd "$BATS_FILE_TMPDIR" || return
    "$JF_BUILD/bin/jobfirst-register" -n 3000 -a assign.tsv -o register.tsv.gz
    make -s -C "$JF_ROOT/examples/jobfirst" JF="$(dirname "$(command -v jf-split)")" PERSONS=3000 OUT="$PWD/one" \
        "$PWD"/one/{figure1,annex1,figure2,flow}.tsv
}

setup()
{
    cd "$BATS_TEST_TMPDIR" || return
    extract=$BATS_FILE_TMPDIR/one/register.tsv.gz
}

# engine NAME [ARGUMENT]...
engine()
{
    env -u MAKEFLAGS -u MFLAGS make --no-print-directory -C "$JF_ROOT/examples/cluster" JF="$(dirname "$(command -v jf-split)")" \
        EXTRACT="$extract" ASSIGN="$BATS_FILE_TMPDIR/one/assign.tsv" OUT="$PWD/out" "$@"
}

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
    engine make N=5 | grep -q 'Nothing to be done'
    rm out/annex1.tsv out/parts5/2/annex1
    engine make N=5 >log
    whole
    [ "$(grep -c jf-cumsum log)" -eq 1 ]
    ! grep -e --part= -e '--part ' log
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
    page "$JF_ROOT/doc/cluster.md" 5
    # and the two passes are the one
    jf-split -a assign.tsv --once dream.tsv | same - trial.tsv
}

@test "GNU parallel: the same" {
    command -v parallel >/dev/null && parallel --version | grep -q 'GNU parallel' || skip 'no GNU parallel'
    engine parallel -s N=4
    whole
}
