#!/usr/bin/env bats
# Threads change no byte: not of a table, of gzip, of a message.
#
# The tables of a few MB are made once. Each comes plain and as gzip of one member, of long
# and of short members, as BGZF deflated and stored, the last two written by the toolkit.

export NEEDS=unit/relay
load helper

PACKINGS='gzip long short bgzf stored'

# table_of PROGRAM: what the program reads.
table_of()
{
    case $1 in
    jf-draw | jf-hours | jf-weeks | jf-amounts) echo wide.tsv ;;
    jf-ci) echo diffs.tsv ;;
    jf-contrast | jf-test) echo effects.tsv ;;
    *) echo long.tsv ;;
    esac
}

# calls PROGRAM: `filter` becomes a command of the program.
calls()
{
    case $1 in
    jf-draw) sample=(jf-draw --arms 't:2,c:1' --salt 1 --as drawn) ;;
    jf-split) sample=(jf-split -a "$BATS_FILE_TMPDIR/assign.tsv") ;;
    jf-hours) sample=(jf-hours --keep arm) ;;
    jf-weeks)
        printf 'from\tto\tstate\n-\t\tnone\n0\t\tzero\n*\t\tmore\n' >"$BATS_FILE_TMPDIR/states.tsv"
        sample=(jf-weeks --states "$BATS_FILE_TMPDIR/states.tsv" --wide 'grad_%Y_%V' --keep arm)
        ;;
    jf-amounts) sample=(jf-amounts --wide 'grad_%Y_%m' --keep arm --scale -100) ;;
    jf-mark) sample=(jf-mark any='hours>0') ;;
    jf-cumsum) sample=(jf-cumsum --within id) ;;
    jf-diff) sample=(jf-diff --control c) ;;
    jf-joint) sample=(jf-joint --control c) ;;
    jf-permute) sample=(jf-permute -a "$BATS_FILE_TMPDIR/arms.tsv" --control c --draws 3 --salt x) ;;
    jf-contrast) sample=(jf-contrast --over group --pairs --disjoint) ;;
    jf-test) sample=(jf-test --equal --disjoint) ;;
    jf-ci) sample=(jf-ci) ;;
    jf-hist) sample=(jf-hist --units rows --width 10) ;;
    esac
}

# members ROWS FILE: the file as a gzip member for so many rows.
members()
{
    rm -f member.*
    split -a 4 -l "$1" "$2" member.
    for member in member.*; do gzip -n -c "$member"; done
}

# pass OPTION... FILE: the table as it is, with one column more.
pass()
{
    printf 'id\tlast\n%s\t-\n' "$(sed -n '2s/\t.*//p' "${*: -1}")" >list
    jf-split --all -a list "$@"
}

# pack TABLE: raw.TABLE becomes TABLE, TABLE.gzip and the other packings.
pack()
{
    pass -j 1 "raw.$1" >"$1"
    cp "$1" "$1.plain"
    pass -j 1 -z "raw.$1" >"$1.bgzf"
    pass -j 1 -z0 "raw.$1" >"$1.stored"
    gzip -n -c "$1" >"$1.gzip"
    members 40000 "$1" >"$1.long"
    members 700 "$1" >"$1.short"
}

setup_file()
{
    cd "$BATS_FILE_TMPDIR" || return
    awk 'BEGIN { print "id\tarm\tperiod\thours"
        for (i = 1; i <= 8000; i++) for (m = 1; m <= 12; m++)
            printf "pnr%05d\t%s\t2016-%02d\t%.2f\n", i, i % 3 ? "t" : "c", m, i * m * 7919 % 24000 / 100 }' >raw.long.tsv
    awk 'BEGIN { print "id\tarm"; for (i = 1; i <= 8000; i++) printf "pnr%05d\t%s\n", i, i % 3 ? "t" : "c" }' >arms.tsv
    awk 'BEGIN { printf "id\tarm"; for (m = 1; m <= 12; m++) printf "\tgrad_2016_%02d", m; print ""
        for (i = 1; i <= 12000; i++) { printf "pnr%05d\t%s", i, i % 3 ? "t" : "c"
            for (m = 1; m <= 12; m++) printf "\t%.2f", i * m * 7919 % 137 / 100; print "" } }' >raw.wide.tsv
    awk 'BEGIN { print "period\tnote\tmean_control\tse_control\tdiff\tse\tdf"
        for (i = 1; i <= 1200; i++) { printf "%d\t", i
            for (j = 0; j < 200; j++) printf "%d,", i * j * 7919 % 1009
            printf "\t%.2f\t1.25\t%.2f\t%.3f\t%d\n", i % 160, i % 9 - 4, 1 + i % 89 / 40, 20 + i } }' >raw.diffs.tsv
    awk 'BEGIN { print "id\tgroup"; for (i = 1; i <= 8000; i += 2) printf "pnr%05d\tg%02d\n", i, i % 40 }' >assign.tsv
    awk 'BEGIN { print "run\tgroup\tperiod\tdiff\tse\tdf"; for (i = 0; i < 6000; i++)
        printf "x\tg%d\t%d\t%.2f\t%.3f\t%d\n", i % 3, i / 3, i * 7919 % 1009 / 8, 1 + i % 89 / 40, 20 + i }' >raw.effects.tsv
    for table in long.tsv wide.tsv diffs.tsv effects.tsv; do pack $table || return; done
    # the last tenth or so, for what is tried a hundred times
    { head -n 1 raw.long.tsv; tail -n 15000 raw.long.tsv; } >raw.some.tsv
    pack some.tsv
}

# byte N: the byte of that value.
byte()
{
    # shellcheck disable=SC2059 # an octal escape is made
    printf "\\$(printf '%03o' "$1")"
}

# turn FILE AT BIT: the file with one bit turned, in `turned`.
turn()
{
    local value
    cp "$1" turned
    value=$(od -An -tu1 -j "$2" -N 1 "$1")
    byte $((value ^ (1 << $3))) | dd of=turned bs=1 seek="$2" conv=notrunc status=none
}

# places COUNT SIZE: so many offsets below the size, the same ones in every run.
places()
{
    local x=20161001 i
    for ((i = 0; i < $1; i++)); do
        x=$(((x * 1103515245 + 12345) & 0x7fffffff))
        echo $((x % $2))
    done
}

# runs FILE: the filter with one thread, then with eight: the same exit code, in `got`, output,
# in out.1, and message, in err.1.
runs()
{
    local threads other
    for threads in 1 8; do
        other=0
        filter -j $threads "$1" >out.$threads 2>err.$threads || other=$?
        [ $threads -gt 1 ] || got=$other
    done
    [ "$got" -eq "$other" ] && same err.1 err.8 && cmp out.1 out.8
}

@test "every table is the same for any number of threads, from every kind of gzip" {
    for program in $PROGRAMS; do
        table=$BATS_FILE_TMPDIR/$(table_of "$program")
        calls "$program"
        filter -j 1 "$table" >want
        [ "$(wc -l <want)" -gt 12 ]
        for packing in plain $PACKINGS; do
            for threads in 1 2 8; do
                echo "$program $packing -j $threads"
                filter -j $threads "$table.$packing" >got
                cmp want got
            done
            JF_THREADS=5 filter "$table.$packing" >got
            cmp want got
            # shellcheck disable=SC2002 # a pipe is meant
            cat "$table.$packing" | filter -j 3 >got
            cmp want got
        done
    done
}

@test "gzip is written with the same bytes for any number of threads, and any gunzip reads it" {
    for program in $PROGRAMS; do
        table=$BATS_FILE_TMPDIR/$(table_of "$program")
        calls "$program"
        filter "$table" >want
        levels='0 6'
        [ "$program" != jf-hours ] || levels='0 1 6 9'
        for level in $levels; do
            filter -z$level -j 1 "$table" >want.gz
            gzip -t <want.gz
            gzip -dc <want.gz | cmp want -
            for threads in 2 8; do
                echo "$program -z$level -j $threads"
                filter -z$level -j $threads "$table.bgzf" >got.gz
                cmp want.gz got.gz
            done
            JF_THREADS=3 JF_GZIP=$level filter "$table" | cmp want.gz -
        done
        filter -j 8 -o got.gz "$table"
        filter -z6 -j 1 "$table" | cmp - got.gz
        done
}

@test "cells that cannot be made smaller pass through gzip on all threads" {
    LC_ALL=C awk 'BEGIN { print "id\tnoise"; srand(1)
        for (i = 1; i <= 300; i++) { printf "%d\t", i
            for (j = 0; j < 3000; j++) printf "%c", 14 + int(rand() * 242); print "" } }' >noise.tsv
    pass noise.tsv >want
    for level in 0 1 9; do
        for threads in 1 2 8; do
            pass -z$level -j $threads noise.tsv >got.$threads
            gzip -dc <got.$threads | cmp want -
            cmp got.1 got.$threads
        done
    done
}

@test "many files of gzip, written at a time, are the same for any number of threads" {
    for threads in 1 2 8; do
        mkdir into.$threads
        jf-split -a "$BATS_FILE_TMPDIR/assign.tsv" --into "into.$threads/{group}-{shard}.tsv.gz" --shards 5 \
            -j $threads "$BATS_FILE_TMPDIR/long.tsv.bgzf"
        diff -r into.1 into.$threads
    done
    [ "$(find into.1 -type f | wc -l)" -eq 100 ]
    jf-split -a "$BATS_FILE_TMPDIR/assign.tsv" "$BATS_FILE_TMPDIR/long.tsv" | tail -n +2 | LC_ALL=C sort >want
    for file in into.8/*; do gzip -dc "$file" | tail -n +2; done | LC_ALL=C sort | cmp want -
}

@test "a cut file is told by the same message, at the same byte, for any number of threads" {
    calls jf-diff
    for packing in $PACKINGS; do
        whole=$BATS_FILE_TMPDIR/some.tsv.$packing
        for at in $(places 12 "$(wc -c <"$whole")"); do
            head -c $((at + 2)) "$whole" >part
            echo "$packing cut at $((at + 2))"
            refuses 1 "part: *cut at byte $((at + 2))" filter -j 8 part
            runs part
            same err.1 refused.err
        done
    done
}

@test "a turned bit is told by the same message for any number of threads, or changes nothing" {
    calls jf-diff
    filter "$BATS_FILE_TMPDIR/some.tsv" >want
    for packing in $PACKINGS; do
        whole=$BATS_FILE_TMPDIR/some.tsv.$packing
        for at in $(places 15 "$(wc -c <"$whole")"); do
            turn "$whole" "$at" $((at % 8))
            echo "$packing turned at $at"
            runs turned
            if [ "$got" -eq 0 ]; then
                same want out.1
            else
                [ "$got" -eq 1 ]
                no_table out.1
                grep -q '^jf-diff: turned' err.1
            fi
        done
    done
}

@test "a digit turned into another is found by the checksum alone, and where, in every kind of member" {
    calls jf-hist
    { head -n 1 "$BATS_FILE_TMPDIR/some.tsv"; tail -n 200 "$BATS_FILE_TMPDIR/some.tsv"; } >few.tsv
    sed '100s/\(\t2016-[0-9]*\)\t/\1\t9/' few.tsv >other.tsv
    run ! cmp -s few.tsv other.tsv
    gzip -n -c few.tsv >few
    gzip -n -c other.tsv | head -c -8 >other
    tail -c 8 few | cat other - >turned
    runs turned
    grep -q 'corrupt at byte .*incorrect data check' err.1
    # between sound members
    { head -n 1 few.tsv | gzip -n; tail -n +2 few.tsv | gzip -n; cat turned; tail -n +2 few.tsv | gzip -n; } >between
    runs between
    grep -q 'corrupt at byte .*incorrect data check' err.1
    # stored, where the bytes stand as they are
    cut -f 1-4 few.tsv >raw
    pass -z0 raw >stored
    at=$(grep -abo 2016-07 stored | sed -n '5s/:.*//p')
    turn stored $((at + 6)) 0
    runs turned
    grep -q 'corrupt at byte 0 (incorrect data check)' err.1
    # in the third block, which begins behind two full ones of 65,280 bytes of text
    turn "$BATS_FILE_TMPDIR/some.tsv.stored" $((2 * 65311 + 1000)) 0
    runs turned
    grep -q 'corrupt at byte 130622 (incorrect data check)' err.1
    # and in the second of several blocks that are inflated together
    whole=$BATS_FILE_TMPDIR/some.tsv.bgzf
    at=$(($(od -An -tu2 -j 16 -N 2 "$whole") + 1))
    turn "$whole" $((at + 3000)) 0
    runs turned
    grep -q "corrupt at byte $at (" err.1
    # a byte too many between the text of a block and its tail
    size=$(($(od -An -tu2 -j 16 -N 2 stored) + 1))
    { head -c 16 stored; byte $((size % 256)); byte $((size / 256)); tail -c +19 stored | head -c $((size - 26))
        byte 0; tail -c +$((size - 7)) stored; } >turned
    runs turned
    grep -q 'corrupt at byte 0 (a block that is not as long as it says)' err.1
    # and the other half of a tail: the length
    size=$(wc -c <few)
    turn few $((size - 3)) 0
    runs turned
    grep -q "corrupt at byte $size (incorrect length check)" err.1
}

@test "a fault in a row is told by the same message, behind the same rows, for any number of threads" {
    for program in jf-hours jf-amounts jf-mark jf-cumsum jf-diff; do
        table=$BATS_FILE_TMPDIR/$(table_of "$program")
        at=$(($(wc -l <"$table") / 3))
        calls "$program"
        sed "${at}s/\t[0-9.]*\t/\tx&/" "$table" >bad
        sed -i "${at}s/[0-9]\tNA\$/x\tNA/" bad
        cp bad bad.plain
        gzip -n -c bad >bad.gzip
        members 700 bad >bad.short
        for packing in plain gzip short; do
            runs bad.$packing
            [ "$got" -eq 1 ]
            grep -q "^$program: bad.$packing:$at: " err.1
        done
    done
}

@test "a number of threads that is none is misuse that names it" {
    for program in $PROGRAMS; do
        sample "$program"
        for threads in 0 65 abc -1 1.5 ' 2' 99999999999999999999; do
            refuses 2 "JF_THREADS: '$threads'" env "JF_THREADS=$threads" "${sample[@]}" "$program.tsv"
            refuses 2 "--threads: '$threads'" filter "--threads=$threads" "$program.tsv"
        done
        refuses 2 "--threads: '0'" filter -j 0 "$program.tsv"
        refuses 2 "--threads: '65'" filter -j 65 "$program.tsv"
        filter -j 64 "$program.tsv" >want
        # what an option says is not asked of the environment, and nothing is no number
        JF_THREADS=abc filter -j 2 "$program.tsv" | cmp want -
        JF_THREADS='' filter "$program.tsv" | cmp want -
    done
}

# alone COMMAND...: as a user who may have no thread but the first. (Root may have any number.)
alone()
{
    if [ "$(id -u)" -eq 0 ]; then
        setpriv --reuid 65534 --regid 65534 --clear-groups bash -c 'ulimit -u 1 && exec "$@"' alone "$@"
    else
        bash -c 'ulimit -u 1 && exec "$@"' alone "$@"
    fi
}

@test "threads that the system does not give are done without" {
    [ -z "${JF_SANITIZED:-}" ] || skip 'a sanitizer needs threads of its own'
    program=$(command -v jf-hours)
    alone "$program" --version || skip 'no other user may run the programs here'
    # shellcheck disable=SC2016 # the inner shell expands
    run alone sh -c ': & wait $!'
    [ "$status" -ne 0 ] || skip 'the limit does not bind here'
    table=$BATS_FILE_TMPDIR/wide.tsv
    jf-hours "$table" >want
    alone "$program" -j 8 <"$table.bgzf" >got
    cmp want got
    alone "$program" -j 8 -z <"$table.short" | gzip -dc | cmp want -
}

@test "pieces of work come back in order from any number of threads" {
    "$JF_BUILD/unit/relay"
}
