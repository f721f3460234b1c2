#!/usr/bin/env bats
# Whatever a path leads to, nothing that was there is lost (jf.7, "No half files, no eaten files").

load helper

setup()
{
    cd "$BATS_TEST_TMPDIR" || return
    quick
    sample jf-split
    jf-split -a assign.tsv --flow want-flow jf-split.tsv >want
    for file in want want-flow assign.tsv jf-split.tsv; do cp $file safe-$file; done
}

teardown()
{
    for file in want want-flow assign.tsv jf-split.tsv; do cmp $file safe-$file; done
    run ! compgen -G '.jf-*'
}

# A process that changes an input once the reader has read from it, or has ended.
reads_first()
{
    [ -e /proc/self/fdinfo/0 ] || skip 'no /proc here'
    local _ at fd
    while kill -0 "$1" 2>/dev/null; do
        for fd in 0 3 4 5; do
            [ "/proc/$1/fd/$fd" -ef "$2" ] && read -r _ at <"/proc/$1/fdinfo/$fd" && [ "$at" -gt 0 ] || continue
            kill -STOP "$1"
            return
        done
    done 2>/dev/null
}

@test "an output to a descriptor's name is written where the descriptor is, behind what was there" {
    for name in - /dev/stdout /dev/fd/1 /proc/self/fd/1 /dev//stdout; do
        [ "$name" = - ] || [ -e "$name" ] || continue
        (echo first; jf-split -a assign.tsv -o $name jf-split.tsv; echo last) >log
        { echo first; cat want; echo last; } | same - log
        (echo first; jf-split -a assign.tsv -o $name jf-split.tsv; echo last) >>log
        [ "$(grep -c first log)" -eq 2 ]
        jf-split -a assign.tsv --flow $name jf-split.tsv >both
        cat want want-flow | same - both
        jf-split -a assign.tsv --flow $name jf-split.tsv | cat >both
        cat want want-flow | same - both
        JF_GZIP=1 jf-split -a assign.tsv --flow $name jf-split.tsv | gzip -dc >both
        cat want want-flow | same - both
        jf-split -z -a assign.tsv --flow $name jf-split.tsv | gzip -dc >both
        cat want want-flow | same - both
    done
    ln -s /dev/stdout out
    (echo first; jf-split -a assign.tsv -o out jf-split.tsv) >log
    { echo first; cat want; } | same - log
    [ -L out ]
    jf-split -a assign.tsv -o /dev/stdout --flow /dev/stderr jf-split.tsv >rows 2>flow
    same want rows
    same want-flow flow
    echo old >seven
    jf-split -a assign.tsv -o /dev/fd/7 --flow /dev/fd/7 jf-split.tsv 7>>seven
    { echo old; cat want want-flow; } | same - seven
}

@test "an input by a descriptor's name is read from where the descriptor is" {
    { echo a line for another; cat jf-split.tsv; } >in
    for name in - /dev/stdin /dev/fd/0 /proc/self/fd/0; do
        (read -r _; jf-split -a assign.tsv $name) <in | same want -
    done
    (read -r _ <&7; jf-split -j3 -a assign.tsv /dev/fd/7) 7<in | same want -
    jf-split -a <(cat assign.tsv) <(cat jf-split.tsv) | same want -
}

@test "a descriptor that is closed, or open for the other thing, is an error that says so" {
    refuses 2 "'/dev/fd/7': descriptor 7 is not open" jf-split -a assign.tsv -o /dev/fd/7 jf-split.tsv
    # a file that the program itself opens would get that number
    refuses 2 "'/dev/fd/3': descriptor 3 is not open" sh -c 'exec jf-split -a assign.tsv -o new --flow /dev/fd/3 jf-split.tsv 3>&-'
    refuses 2 "'/dev/fd/3': descriptor 3 is not open" sh -c 'exec jf-split -a assign.tsv jf-split.tsv /dev/fd/3 3>&-'
    refuses 2 "'/dev/stdin': descriptor 0 is not open for writing" sh -c 'jf-split -a assign.tsv -o /dev/stdin jf-split.tsv </dev/null'
    refuses 2 "'/dev/fd/7': descriptor 7 is not open for reading" sh -c 'jf-split -a assign.tsv /dev/fd/7 7>/dev/null'
    refuses 1 "an open descriptor are the same file" jf-split -a assign.tsv --absent drop --take arm --into '/dev/fd/{y_1601}' \
        <(sed 's/112/1/;s/113/2/' jf-split.tsv)
    [ ! -e new ]
}

@test "two outputs that are one file, under whatever names, are an error before the first byte" {
    echo old >o
    ln -s o link
    ln o hard
    mkdir d
    ln -s ../d/new d/new-link
    ln -s . here
    while read -r pair; do
        read -r one other <<<"$pair"
        refuses 2 '--flow and -o are the same file' jf-split -a assign.tsv -o "$one" --flow "$other" jf-split.tsv
    done <<'END_OF_PAIRS'
o o
o ./o
o here/o
o link
hard o
fresh fresh
fresh ./here/fresh
d/new d/new-link
END_OF_PAIRS
    refuses 2 '--flow and stdout are the same file' sh -c 'jf-split -a assign.tsv --flow o jf-split.tsv >>o'
    refuses 2 '-o and stdout are the same file' sh -c 'jf-split -a assign.tsv -o o jf-split.tsv >>o'
    refuses 2 '--flow and -o are the same file' sh -c 'jf-split -a assign.tsv -o o --flow /dev/fd/7 jf-split.tsv 7>>o'
    refuses 2 "--into 'o{arm}' and --flow are the same file" jf-split -a assign.tsv --into 'o{arm}' --flow okontrol jf-split.tsv
    ln -s okontrol through
    refuses 2 "--into 'o{arm}' and --flow are the same file" jf-split -a assign.tsv --into 'o{arm}' --flow through jf-split.tsv
    refuses 2 "--into 'o{shard}' and --manifest are the same file" jf-split -a assign.tsv --into 'o{shard}' --shards 4 --manifest o3 jf-split.tsv
    [ "$(cat o)" = old ]
    run ! compgen -G 'o?*'
    # devices are not compared
    jf-split -a assign.tsv -o /dev/null --flow /dev/null jf-split.tsv
}

@test "a name made of the extract's cells that is another output is an error at its row, and nothing has its name" {
    echo old >o113
    echo old >o112
    awk -F '\t' -v OFS='\t' 'NR > 1 && $2 == "" { $2 = 112 } 1' jf-split.tsv >in
    refuses 1 "in:6: --into 'o{y_1601}' and --flow are the same file here" jf-split -a assign.tsv --into 'o{y_1601}' --flow o113 in
    ln -sf o112 o113
    refuses 1 "in:6: --into 'o{y_1601}' and --into are the same file here" jf-split -a assign.tsv --into 'o{y_1601}' in
    [ "$(cat o112)" = old ]
}

@test "an input is not written while it is read, nor replaced but by -o" {
    for threads in 1 3; do
        refuses 2 "stdout and 'jf-split.tsv' are the same file" sh -c "jf-split -j$threads -a assign.tsv jf-split.tsv >>jf-split.tsv"
        refuses 2 'stdout and stdin are the same file' sh -c "jf-split -j$threads -a assign.tsv <jf-split.tsv >>jf-split.tsv"
    done
    refuses 2 'stdout and -a are the same file' sh -c 'jf-split -a assign.tsv jf-split.tsv >>assign.tsv'
    refuses 2 '-o and -a are the same file' jf-split -a assign.tsv -o assign.tsv jf-split.tsv
    refuses 2 '--flow and -a are the same file' jf-split -a assign.tsv --flow assign.tsv jf-split.tsv
    refuses 2 "--flow and 'jf-split.tsv' are the same file" jf-split -a assign.tsv --flow jf-split.tsv jf-split.tsv
    cp jf-split.tsv pnr-kontrol
    refuses 2 "--into 'pnr-{arm}' and 'pnr-kontrol' are the same file" jf-split -a assign.tsv --into 'pnr-{arm}' pnr-kontrol
    same jf-split.tsv pnr-kontrol
    cp jf-split.tsv in
    ln -s in link
    jf-split -a assign.tsv -o link in
    same want in
    [ -L link ]
    cp jf-split.tsv in
    jf-split -a assign.tsv -o in <in
    same want in
    for program in jf-hours jf-mark jf-cumsum jf-diff jf-ci jf-hist; do
        sample $program
        cp $program.tsv in
        # shellcheck disable=SC2154 # helper.bash sets it
        refuses 2 "stdout and 'in' are the same file" sh -c "\"\$@\" in >>in" sh "${sample[@]}"
        same $program.tsv in
        filter in >table
        filter -o in in
        same table in
    done
    printf 'stage\tdeltager\tkontrol\n' >flow
    refuses 2 '-o and --flow are the same file' jf-diff --control kontrol --from-sums --flow flow -o flow in
}

@test "a name of 255 bytes is written, one of 256 is an error; no temporary name holds any of it" {
    name=$(printf '%0255d' 7)
    jf-split -a assign.tsv -o "$name" jf-split.tsv
    same want "$name"
    refuses 1 'File name too long' jf-split -a assign.tsv -o "x$name" jf-split.tsv
    refuses 1 'Is a directory' jf-split -a assign.tsv -o fresh/ jf-split.tsv
}

@test "a file that is cut while it is read is an error, one that grows or is renamed is read as it was" {
    awk 'BEGIN { print "id\tperiod\thours"; for (i = 0; i < 300000; i++) printf "a%06d\t1\t5\n", i }' >large
    jf-cumsum large >table
    for change in 'head -n 1000 large >some; cat some >large' 'head -n 5 table >>large' 'mv large away' ': >large'; do
        for how in '-j1 copy' '-j3 copy' '- <copy'; do
            cp large copy
            eval "exec jf-cumsum $how" >got 2>err &
            reads_first $! copy
            eval "${change//large/copy}"
            kill -CONT $! 2>/dev/null || true
            status=0
            wait $! || status=$?
            case $change in
            *away | *'>>'*) [ "$status" -eq 0 ] ;;
            esac
            if [ "$status" -eq 0 ]; then
                same table got
            else
                grep -q 'is shorter than it was when it was opened, so rows are lost' err
                tail -n 1 got | grep -q '^#jf-error'
            fi
        done
    done
}

@test "stdin and stdout that do not block are waited for" {
    command -v perl >/dev/null || skip 'no perl here'
    awk 'BEGIN { print "id\tperiod\thours"; for (i = 0; i < 200000; i++) printf "a%06d\t1\t5\n", i }' >large
    jf-cumsum large >table
    gzip -c large >large.gz
    for file in large large.gz; do
        # shellcheck disable=SC2016 # the variables are perl's
        (head -c 100; sleep 0.1; cat) <$file |
            perl -MFcntl -e 'for (*STDIN, *STDOUT) { fcntl($_, F_SETFL, fcntl($_, F_GETFL, 0) | O_NONBLOCK) } exec @ARGV' jf-cumsum |
            (sleep 0.2; cat) | same table -
    done
}

@test "with its input's files to open a program does its work, or says what it lacks and leaves nothing" {
    few() { (exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-; ulimit "$1" "$2"; shift 2; exec "$@"); }
    [ -z "${JF_SANITIZED:-}" ] || skip 'sanitizers open files'
    for program in jf-split jf-hours jf-cumsum jf-diff jf-ci jf-hist; do
        sample $program
        filter $program.tsv >all
        most=4
        [ $program != jf-split ] || most=5 # the list, and the extract
        few -n $most "${sample[@]}" $program.tsv | same all -
        refuses 1 'Too many open files' few -n $most "${sample[@]}" -o new $program.tsv
        few -n $((most + 1)) "${sample[@]}" -o got $program.tsv
        same all got
        # the soft limit is raised
        few -Sn $most "${sample[@]}" -o got $program.tsv
        same all got
        [ ! -e new ]
    done
    refuses 1 'flow: more files than may be open at a time (4, the hard limit)' few -n 4 jf-split -a assign.tsv -o new --flow flow jf-split.tsv
    [ ! -e new ]
}
