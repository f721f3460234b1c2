#!/usr/bin/env bats
# An error travels: no broken input becomes a plausible table, in plain sh, without pipefail.

load helper

# extract: the trial and a register extract of 60 persons and 3 months, packed.
extract()
{
    awk 'BEGIN { print "person\tarm"; for (i = 1; i <= 60; i++) printf "pnr%02d\t%s\n", i, i % 2 ? "deltager" : "kontrol" }' >assign.tsv
    awk 'BEGIN {
        print "PNR\ty_1601\tgrad_2016_01\tgrad_2016_02\tgrad_2016_03"
        for (i = 1; i <= 60; i++) printf "pnr%02d\t\t0.%d\t%s\t%.2f\n", i, i, i % 9 ? "0.5" : "", i / 60
    }' >dream.tsv
    gzip -n -c dream.tsv >dream.tsv.gz
}

# evaluation FILE: the pipeline of figure 1 in sh, which has no pipefail.
evaluation()
{
    FILE=$1 sh -c 'jf-split -a assign.tsv "$FILE" |
        jf-hours --keep arm --missing zero | jf-diff --control kontrol | jf-ci' >out 2>err
}

# broken PATTERN: the last evaluation failed with 1, wrote no table but the one line that tells,
# and that line fits the pattern and names no person.
broken()
{
    cat out err
    [ "$status" -eq 1 ]
    [ "$(wc -l <out)" -eq 1 ]
    # shellcheck disable=SC2053 # a pattern is meant
    [[ $(cat out) == $'#jf-error\t'$1* ]]
    run ! grep -q 'pnr[0-9]' err out
}

@test "a sound extract gives a table, and no word on stderr" {
    extract
    evaluation dream.tsv.gz
    [ "$(wc -l <out)" -eq 4 ]
    [ ! -s err ]
}

@test "a fault three stages upstream: exit 1, the message at the end, no table" {
    extract
    # shellcheck disable=SC2034 # the faults below use it
    size=$(wc -c <dream.tsv.gz)
    while IFS='|' read -r pattern fault; do
        cp dream.tsv bad.tsv
        eval "$fault"
        run evaluation bad.tsv
        broken "$pattern"
        # each stage says it once, the first one what it is and the others that it was earlier
        grep -q "^$pattern" err
        [ "$(grep -c '' err)" -eq 4 ]
        [ "$(grep -c '^jf-[a-z]*: .*earlier stage' err)" -eq 3 ]
    done <<'END'
jf-split: bad.tsv:41: |sed -i '41s/$/\t1/' bad.tsv
jf-split: bad.tsv:61: |sed -i '61s/\t[^\t]*$//' bad.tsv
jf-split: bad.tsv|head -c -1 dream.tsv >bad.tsv
jf-split: bad.tsv|head -c $((size / 2)) dream.tsv.gz >bad.tsv
jf-split: bad.tsv|head -c $((size - 1)) dream.tsv.gz >bad.tsv
jf-split: bad.tsv|{ head -c $((size - 8)) dream.tsv.gz; tail -c 8 dream.tsv.gz | tr '\0-\377' '\1-\377\0'; } >bad.tsv
jf-split: bad.tsv|rm bad.tsv
jf-split: bad.tsv|: >bad.tsv
jf-split: bad.tsv|rm bad.tsv; mkdir -p bad.tsv
END
}

@test "the line that tells is the message itself, after a tab" {
    extract
    printf 'pnr01\t1\n' >>dream.tsv
    run -1 sh -c 'jf-split -a assign.tsv dream.tsv >first 2>said'
    [ "$(tail -n 1 first)" = "#jf-error	$(cat said)" ]
    tail -n 1 first >line
    for program in $PROGRAMS; do
        sample "$program"
        { head -n 2 "$program.tsv"; cat line; } >behind
        { cat line "$program.tsv"; } >before
        { head -n 1 "$program.tsv"; cat line; tail -n +2 "$program.tsv"; } >within
        gzip -c behind >packed
        for stream in behind before within line packed; do
            echo "$program $stream"
            refuses 1 "$stream: *earlier stage*dream.tsv:62: " filter $stream
            tail -n 1 refused.out | same line -
        done
        # in the place of a further file's header, and behind it
        { head -n 1 "$program.tsv"; cat line; } >headed
        gzip -c before >packed
        for stream in line before headed packed; do
            refuses 1 "$stream: *earlier stage*dream.tsv:62: " filter "$program.tsv" $stream
            tail -n 1 refused.out | same line -
        done
    done
}

@test "a fault in the second, third or last stage shows too" {
    extract
    sed '41s/0\.40/9.40/' dream.tsv >bad.tsv
    run evaluation bad.tsv
    broken 'jf-hours: stdin:41: grad_2016_01: '
    sed -i 's/^\(pnr07.\)deltager/\1Deltager/' assign.tsv
    run evaluation dream.tsv
    broken 'jf-diff: stdin:*Deltager*deltager'
    sed -i 's/Deltager/deltager/' assign.tsv
    run -1 sh -c 'jf-split -a assign.tsv dream.tsv | jf-hours --keep arm --missing zero |
        jf-diff --control kontrol | sed 1s/df/fd/ | jf-ci >out'
    [ "$(wc -l <out)" -eq 1 ]
}

@test "wrong usage upstream leaves nothing, and nothing is an error too" {
    extract
    run -1 sh -c 'jf-split --asign assign.tsv dream.tsv 2>/dev/null | jf-hours --keep arm --missing zero 2>/dev/null |
        jf-diff --control kontrol 2>err >out'
    [ "$(wc -l <out)" -eq 1 ]
    run -1 sh -c 'no-such-program 2>/dev/null | jf-diff --control kontrol 2>err >out'
    grep -q '^jf-diff: stdin.*empty' err
}

# full_disk KIB COMMAND...: stdout is the file `out`, in which there is room for so much and no more.
full_disk()
{
    (ulimit -f "$1"; shift; exec "$@" >out 2>err)
}

@test "a disk that is full leaves whole rows and the line that tells, or of a result only that line" {
    awk 'BEGIN { print "id\tarm\tperiod\thours"
        for (i = 0; i < 4; i++) for (m = 0; m < 5000; m++)
            printf "%d\t%s\t%06d\t%d.5\n", i, (i + m) % 2 ? "deltager" : "kontrol", m, m % 160 }' >long.tsv
    jf-cumsum long.tsv >want
    run -1 full_disk 300 jf-cumsum long.tsv
    [ "$(tail -n 1 out)" = "#jf-error	$(cat err)" ]
    head -n -1 out >rows
    [ "$(wc -l <rows)" -gt 5000 ]
    head -n "$(wc -l <rows)" want | same - rows
    run -1 full_disk 300 jf-diff --control kontrol long.tsv
    printf '#jf-error\t%s\n' "$(cat err)" | same - out
    run -1 full_disk 100 jf-cumsum -z1 long.tsv
    run ! gzip -t out
}

@test "a disk that is full hurts nobody who wrote to the file before" {
    awk 'BEGIN { print "id\tperiod\thours"; for (i = 0; i < 20000; i++) printf "%d\t1\t%d.5\n", i, i % 160 }' >long.tsv
    seq 100000 >before
    cat before >out
    (ulimit -f 590; exec jf-hist --by '' --width 0.1 long.tsv >>out 2>err) || true
    head -n -1 out | same before -
    tail -n 1 out | grep -q '^#jf-error'
}

@test "make does not get a file out of a broken pipeline" {
    command -v make || skip "no make here"
    extract
    printf 'figure1.tsv: dream.tsv\n\tjf-split -a assign.tsv $< | jf-hours --keep arm --missing zero | jf-diff --control kontrol | jf-ci -o $@\n' >Makefile
    make -s figure1.tsv
    cp figure1.tsv old.tsv
    printf 'pnr01\t1\n' >>dream.tsv
    run ! make -s figure1.tsv
    same old.tsv figure1.tsv
    rm figure1.tsv
    run ! make -s figure1.tsv
    [ ! -e figure1.tsv ]
}

# killed VARIABLE...: jf-hours, in the middle of its rows, killed (by $signal) between two filters;
# what jf-diff and jf-ci make of it in out and err. (A test may itself run under nohup, with signals ignored.)
killed()
{
    rm -f feed pid
    mkfifo feed
    (env --default-signal "$@" sh -c 'echo $$ >pid; exec jf-hours --keep arm --missing zero' <feed |
        jf-diff --control kontrol | jf-ci >out 2>err) 3>&- 2>/dev/null &
    exec 7>feed
    awk 'BEGIN { print "id\tarm\tgrad_2016_01\tgrad_2016_02"
        for (i = 0; i < 100000; i++) printf "%06d\t%s\t0.5\t0.25\n", i, i % 2 ? "deltager" : "kontrol" }' >&7
    kill -"${signal:-9}" "$(cat pid)"
    exec 7>&-
    status=0
    wait $! || status=$?
}

@test "kill -9 of jf-hours with JF_GZIP=0: no table" {
    killed JF_GZIP=0
    cat err
    [ "$status" -eq 1 ]
    no_table out
    [ -s out ]
    grep -q 'cut' out
}

@test "jf-hours ended by a signal it can catch: no table, without JF_GZIP too" {
    for signal in TERM HUP XCPU; do
        killed JF_THREADS=2
        cat err
        [ "$status" -eq 1 ]
        no_table out
        grep -q '^#jf-error.jf-' out
        rm out
    done
}

@test "a signal is told by its name, behind the last whole row" {
    mkfifo feed
    awk 'BEGIN { print "id\tperiod\thours"; for (i = 0; i < 200000; i++) print i "\t1\t0.5" }' >sound
    for signal in HUP INT TERM XCPU; do
        (env --default-signal sh -c 'echo $$ >pid; exec jf-cumsum' <feed >out) 3>&- 2>/dev/null &
        exec 7>feed
        cat sound >&7
        kill -$signal "$(cat pid)"
        exec 7>&-
        status=0
        wait $! || status=$?
        [ "$status" -eq $((128 + $(kill -l $signal))) ]
        [ "$(tail -n 1 out)" = "#jf-error	jf-cumsum: ended by SIG$signal" ]
        head -n -1 out >rows
        [ -s rows ]
        head -n "$(wc -l <rows)" sound | cmp - rows
        rm pid
    done
}

@test "whoever is ended in the middle of a row is believed, and the row not blamed" {
    { printf 'id\tperiod\thours\n'; seq 100000 | sed 's/$/\t1\t1/'; printf '1\t2\n'; } >torn.tsv
    cp torn.tsv ragged.tsv
    printf '#jf-error\tx: ended by SIGTERM\n' >>torn.tsv
    printf '1\t1\t1\n' >>ragged.tsv
    for j in 1 3; do
        for command in "jf-hist --units rows --by period --width 1 -j $j" "jf-cumsum -j $j"; do
            ! $command torn.tsv >out 2>err
            [ "$(cut -d ' ' -f 2- err)" = 'torn.tsv: an earlier stage failed: x: ended by SIGTERM' ]
            [ "$(tail -n 1 out)" = '#jf-error	x: ended by SIGTERM' ]
            ! $command ragged.tsv >out 2>err
            grep -q 'ragged.tsv:100002: 2 cells where the header has 3' err
        done
    done
}

@test "a signal that was ignored at the start, as by nohup, ends nothing" {
    for signal in HUP INT TERM XCPU; do
        rm -f feed pid
        mkfifo feed
        (trap '' $signal; exec sh -c 'echo $$ >pid; exec jf-hist --width 1 -o out.tsv' <feed) 3>&- 2>err &
        exec 7>feed
        printf 'id\tarm\thours\nx\ta\t5\n' >&7
        until compgen -G '.jf-*' >temporary; do sleep 0.01; done
        kill -$signal "$(cat pid)"
        printf 'y\ta\t5\n' >&7
        exec 7>&-
        wait $!
        [ ! -s err ]
        [ "$(cell n out.tsv 2)" = 2 ]
        rm out.tsv
    done
}

@test "kill -9 before the first row: no table, compressed or not" {
    mkfifo feed
    for level in 0 6 ''; do
        (env ${level:+JF_GZIP=$level} sh -c 'echo $$ >pid; exec jf-hours --keep arm --missing zero' <feed |
            jf-diff --control kontrol >out 2>err) 3>&- 2>/dev/null &
        exec 7>feed
        printf 'id\tarm\tgrad_2016_01\n' >&7
        until [ -s pid ]; do sleep 0.01; done
        kill -9 "$(cat pid)"
        exec 7>&-
        status=0
        wait $! || status=$?
        [ "$status" -eq 1 ]
        no_table out
        [ -s out ]
        rm pid
    done
}

@test "with JF_GZIP=0 a sound pipeline gives the same table, and an error still travels" {
    extract
    evaluation dream.tsv
    mv out want
    for level in 0 1 9; do
        JF_GZIP=$level evaluation dream.tsv
        same want out
    done
    export JF_GZIP=0
    printf 'pnr01\t1\n' >>dream.tsv
    run evaluation dream.tsv
    broken 'jf-split: dream.tsv:62: '
}

@test "no row is written that its reader would take for the line that tells of a fault" {
    table >in.tsv <<'END'
PNR    period     arm        hours
pnr01  #jf-error  #jf-error  1
pnr02  #jf-error  kontrol    1
END
    refuses 1 "begin with '#jf-error'" jf-hist --width 5 in.tsv
    refuses 1 "begin with '#jf-error'" jf-diff --control kontrol in.tsv
    table >wide.tsv <<'END'
PNR    arm        grad_2016_01
pnr01  a          1
pnr02  #jf-error  1
END
    refuses 1 "begin with '#jf-error'" jf-hours --id arm wide.tsv
    jf-hist --width 5 --units rows --by PNR,arm in.tsv >got
    grep -q $'^pnr01\t#jf-error\t' got
}

@test "a name that no reader would take for one is refused before a row is written" {
    sample jf-cumsum
    refuses 1 "called 'a?x09b'" filter --as $'a\tb' jf-cumsum.tsv
    refuses 1 "called 'a?x0db'" filter --as $'a\rb' jf-cumsum.tsv
}
