#!/usr/bin/env bats
# Whatever signal ends a program, its reader learns of it and nothing is left behind.

export NEEDS='fault/shim.so'
load helper

setup_file()
{
    ending=$("$JF_ROOT/tests/fault/ending" | tr '\n' ' ')
    export ending
}

# rows N: a stream of N rows for jf-cumsum.
rows()
{
    awk -v n="$1" 'BEGIN { print "id\tperiod\thours"; for (i = 1; i <= n; i++) print i "\t1\t0.5" }'
}

# begin COMMAND...: starts it in the background, with no signal ignored; its input is the FIFO feed,
# open as 7, its output out. Its id is in pid.
begin()
{
    rm -f feed
    mkfifo feed
    env --default-signal "$@" <feed >out 2>err 3>&- &
    pid=$!
    exec 7>feed
}

# end: no more input; waits for the status.
end()
{
    exec 7>&-
    status=0
    wait "$pid" 2>/dev/null || status=$?
}

# ended_by NUMBER FILE: it died of it, and said nothing but to its reader.
ended_by()
{
    local name
    name=SIG$(kill -l "$1")
    [ "$1" -lt 32 ] || name="signal $1"
    [ "$status" -eq $((128 + $1)) ]
    [ "$(tail -n 1 "$2")" = "#jf-error	jf-cumsum: ended by $name" ]
    [ ! -s err ]
}

# shimmed VARIABLE=VALUE... COMMAND...: becomes the command, with a fault (tests/fault/shim.c).
shimmed()
{
    exec env --default-signal LD_PRELOAD="$JF_BUILD/fault/shim.so" ASAN_OPTIONS="verify_asan_link_order=0:${ASAN_OPTIONS:-}" "$@"
}

@test "every signal that ends a process is told by its name, behind the last whole row" {
    rows 20000 >sound
    for number in $ending; do
        begin jf-cumsum
        cat sound >&7
        kill -"$number" "$pid"
        end
        ended_by "$number" out
        # a write that the signal cut short may have torn the last row, which then gets a line end
        head -n -1 out | head -c -1 >got
        cmp -n "$(wc -c <got)" got sound
    done
}

@test "in gzip it is told by a block of its own, behind the rows, at any level" {
    rows 90000 >sound
    for number in $ending; do
        begin jf-cumsum -z$((number % 2)) -j 2
        cat sound >&7
        kill -"$number" "$pid"
        end
        gzip -dc <out >text
        ended_by "$number" text
        head -n -1 text | tail -n 1 >last
        [ ! -s last ] || grep -q '^[0-9]*' last
    done
}

@test "no signal leaves anything beside -o, and the old file is as it was" {
    echo old >old.tsv
    for number in $ending; do
        cp old.tsv o.tsv
        begin jf-cumsum -o o.tsv
        rows 2 >&7
        until compgen -G '.jf-*' >/dev/null; do sleep 0.01; done
        kill -"$number" "$pid"
        end
        [ "$status" -eq $((128 + number)) ]
        same old.tsv o.tsv
        rm o.tsv
        run ! compgen -G '*o.tsv*'
        run ! compgen -G '.jf-*'
    done
}

@test "a signal that the parent ignores or blocks stays so, but a fault does not" {
    [ -z "${JF_SANITIZED:-}" ] || skip "a sanitizer handles faults itself"
    rows 20000 >sound
    for way in ignore block; do
        for number in 1 10 13 15 30 40; do
            begin --$way-signal="$number" jf-cumsum
            cat sound >&7
            kill -"$number" "$pid"
            end
            [ "$status" -eq 0 ]
            [ "$(wc -l <out)" -eq 20001 ]
        done
        for number in 4 5 6 7 8 11 31; do
            begin --$way-signal="$number" jf-cumsum
            cat sound >&7
            kill -"$number" "$pid"
            end
            ended_by "$number" out
        done
    done
}

@test "a fault in a thread, and a stack that is full, are told by whoever writes" {
    [ -z "${JF_SANITIZED:-}" ] || skip "a sanitizer handles faults itself"
    rows 200000 >sound
    for kind in wild overflow SIG6 SIG7; do
        for at in 2 3 4 5 6; do
            rm -f report
            status=0
            (shimmed FAULT_CLASS=pread FAULT_KIND=$kind FAULT_AT=$at FAULT_REPORT=report \
                jf-cumsum -j 3 sound >out 2>err) 2>/dev/null || status=$?
            [ -s report ]
            case $kind in SIG*) ended_by "${kind#SIG}" out ;; *) ended_by 11 out ;; esac
        done
    done
}

@test "two signals at once, and a reader that is slow: one line, and no early end" {
    rows 200000 >sound
    for pair in '15 15' '15 1' '1 14' '10 34' '24 24'; do
        mkfifo slow
        (sleep 0.2; cat) <slow >out 3>&- &
        reader=$!
        env --default-signal jf-cumsum sound >slow 2>err 3>&- &
        pid=$!
        sleep 0.1
        for number in $pair; do kill -"$number" "$pid"; done
        status=0
        wait "$pid" 2>/dev/null || status=$?
        wait "$reader"
        [[ " $pair " == *" $((status - 128)) "* ]]
        ended_by $((status - 128)) out
        [ "$(grep -c '^#jf-error' out)" -eq 1 ]
        rm slow
    done
}

@test "where nobody reads, a second signal ends the program after a while" {
    rows 200000 >sound
    mkfifo slow
    # shellcheck disable=SC2217 # that it does not read is the point
    sleep 60 <slow 3>&- &
    reader=$!
    env --default-signal jf-cumsum sound >slow 2>err 3>&- &
    pid=$!
    # until it works no more, as the pipe is full
    worked=none
    until [ "$worked" != none ] && [ "$worked" = "$(cut -d ' ' -f 14,15 "/proc/$pid/stat")" ]; do
        worked=none
        ! grep -q '^jf-cumsum$' "/proc/$pid/comm" || worked=$(cut -d ' ' -f 14,15 "/proc/$pid/stat")
        sleep 0.5
    done
    kill -TERM "$pid"
    sleep 0.3
    kill -0 "$pid"
    sleep 1
    kill -HUP "$pid"
    status=0
    wait "$pid" 2>/dev/null || status=$?
    [ "$status" -eq 129 ]
    kill "$reader"
}

@test "a signal waits for a stdout that does not block, also when it is stopped meanwhile" {
    rows 200000 >sound
    mkfifo slow
    (sleep 0.4; cat) <slow >out 3>&- &
    reader=$!
    shimmed FAULT_NONBLOCKING=1 jf-cumsum sound >slow 2>err 3>&- &
    pid=$!
    sleep 0.1
    kill -TERM "$pid"
    kill -STOP "$pid"
    sleep 0.1
    kill -CONT "$pid"
    status=0
    wait "$pid" 2>/dev/null || status=$?
    wait "$reader"
    ended_by 15 out
}

@test "as process 1 of a container a program ends by 128 + n" {
    unshare --pid --fork true 2>/dev/null && [ -e /proc/$$/task/$$/children ] || skip "no namespaces here"
    rows 20000 >sound
    for number in 10 15 34; do
        mkfifo feed
        env --default-signal unshare --pid --fork sh -c 'exec jf-cumsum' <feed >out 2>err 3>&- &
        outer=$!
        exec 7>feed
        cat sound >&7
        pid=''
        for ((tries = 0; tries < 500; tries++)); do
            read -r pid <"/proc/$outer/task/$outer/children" || true
            [ -z "$pid" ] || break
            sleep 0.01
        done
        kill -"$number" "$pid"
        exec 7>&-
        status=0
        wait "$outer" || status=$?
        ended_by "$number" out
        rm feed
    done
}

@test "a reader that goes away ends a filter quietly, also where the parent ignores SIGPIPE" {
    rows 200000 >sound
    for way in default ignore block; do
        for level in '' 0 1; do
            env --$way-signal=PIPE JF_GZIP=$level sh -c 'jf-cumsum sound; echo $? >status' 2>err | head -c 1 >/dev/null
            [ "$(cat status)" -eq 141 ]
            [ ! -s err ]
        done
        # shellcheck disable=SC2216 # that it does not read is the point
        env --$way-signal=PIPE sh -c 'jf-cumsum --help; echo $? >status' 2>err | sleep 0
        [ ! -s err ]
    done
}

@test "where one reader goes away, those of other streams are told, and no file is left" {
    awk 'BEGIN { print "id\tarm"; for (i = 1; i <= 9000; i++) print i "\t" (i % 2 ? "a" : "b") }' >list
    awk 'BEGIN { print "id\tperiod\thours"; for (i = 1; i <= 200000; i++) print i % 9000 + 1 "\t1\t0.5" }' >x
    mkfifo part-a part-b
    head -n 1 <part-a >/dev/null 3>&- &
    cat <part-b >b 3>&- &
    run -141 jf-split -a list --take '' --into 'part-{arm}' x
    wait
    [ "$(tail -n 1 b)" = '#jf-error	jf-split: ended by SIGPIPE' ]
    (jf-split -a list --all --flow flow x || true) | head -n 1 >/dev/null
    run ! compgen -G '*flow*'
    run ! compgen -G '.*flow*'
}

@test "jf-plot: no signal leaves a temporary file or a gnuplot that draws on, and its reader is told" {
    mkdir bin
    # a gnuplot that never ends
    printf '%s\n' '#!/bin/sh' 'echo $$ >drawing; exec sleep 100' >bin/gnuplot
    chmod +x bin/gnuplot
    for number in $ending; do
        for way in chart.svg -; do
            rm -f drawing
            begin env PATH="$PWD/bin:$PATH" jf-plot --format svg -o $way
            printf 'period\tdiff\tci_low\tci_high\n1\t1\t0\t2\n2\t1\t0\t2\n' >&7
            exec 7>&-
            until [ -s drawing ]; do sleep 0.01; done
            kill -"$number" "$pid"
            end
            [ "$status" -eq $((128 + number)) ]
            [ $way != - ] || grep -qx '#jf-error.jf-plot: ended by .*' out
            [ ! -s err ]
            for ((i = 0; i < 100; i++)); do
                kill -0 "$(cat drawing)" 2>/dev/null && ! grep -q '^State:.Z' "/proc/$(cat drawing)/status" || break
                sleep 0.05
            done
            [ "$i" -lt 100 ]
        done
    done
    [ ! -e chart.svg ]
    run ! compgen -G '.jf-*'
}

@test "jf-plot: a reader that goes away ends it quietly, also where the parent ignores SIGPIPE" {
    command -v gnuplot >/dev/null || skip "no gnuplot here"
    printf 'low\thigh\tn\tshare\n0\t1\t5\t0.5\n1\t2\t5\t0.5\n' >hist.tsv
    for way in default ignore; do
        # shellcheck disable=SC2216 # that it does not read is the point
        env --$way-signal=PIPE sh -c 'jf-plot hist.tsv; echo $? >status' 2>err | sleep 0
        [ "$(cat status)" -eq 141 ]
        [ ! -s err ]
    done
}
