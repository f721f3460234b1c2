#!/usr/bin/env bats
# What a program does not leave to chance: how it is built, and where and how it writes files.

load helper

# elf OPTION PROGRAM PATTERN: what readelf says of a program.
elf()
{
    readelf -W "$1" "$(command -v "$2")" >elf
    grep -q -E "$3" elf || { echo "$2: no $3"; return 1; }
}

@test "the programs are built position-independent, read-only after loading, with checked calls and stacks" {
    command -v readelf >/dev/null || skip 'no readelf here'
    [ -z "${JF_SANITIZED:-}" ] || skip 'sanitized'
    for program in $PROGRAMS; do
        elf -h $program 'Type: +DYN'
        elf -d $program 'FLAGS_1.*PIE'
        elf -d $program 'FLAGS.*NOW'
        elf -l $program GNU_RELRO
        elf -l $program 'GNU_STACK.* RW '
        elf --dyn-syms $program '__stack_chk_fail'
        elf --dyn-syms $program '__v?snprintf_chk'
        run ! elf -d $program TEXTREL
    done
}

# mode FILE: its permissions.
mode()
{
    stat -c %a "$1"
}

@test "a new file gets what umask leaves, in every way there is to write one" {
    sample jf-split
    for mask in 022 027 077 002; do
        want=$(printf '%o' $((0666 & ~mask)))
        rm -rf out
        mkdir out
        (
            umask $mask
            jf-split -a assign.tsv -o out/file jf-split.tsv
            jf-split -a assign.tsv -o out/file.gz --flow out/flow jf-split.tsv
            jf-split -a assign.tsv --into 'out/{arm}' jf-split.tsv
        )
        for file in out/file out/file.gz out/flow out/deltager out/kontrol; do
            [ "$(mode $file)" = "$want" ] || { echo "$file: $(mode $file), umask $mask"; return 1; }
        done
    done
}

@test "a file that is replaced keeps its permissions and its group, and who may not give it the group gives it less" {
    sample jf-hist
    for mode in 600 640 664 440; do
        rm -f out.tsv
        echo old >out.tsv
        chmod $mode out.tsv
        filter -o out.tsv jf-hist.tsv
        [ "$(mode out.tsv)" = $mode ]
        run ! grep -q old out.tsv
    done
    chmod 660 out.tsv
    [ "$(id -u)" -eq 0 ] || skip 'only root can make a file of another group here'
    chgrp 4711 out.tsv
    filter -o out.tsv jf-hist.tsv
    [ "$(stat -c '%a %g' out.tsv)" = '660 4711' ]
    command -v setpriv >/dev/null || skip 'no setpriv here'
    chmod 777 .
    chmod a+rx "$BATS_RUN_TMPDIR" "$BATS_RUN_TMPDIR"/test "$BATS_RUN_TMPDIR"/file 2>/dev/null || true
    setpriv --reuid=65534 --regid=65534 --clear-groups test -w . || skip 'no way to be another user here'
    chmod 666 out.tsv
    setpriv --reuid=65534 --regid=65534 --clear-groups "$(command -v jf-hist)" --width 50 -o out.tsv jf-hist.tsv ||
        skip 'the programs are not for other users here'
    [ "$(stat -c '%a %g' out.tsv)" = '606 65534' ]
}

# waiting OUT: a run that has read its header and waits for more, its temporary file in $temporary.
waiting()
{
    rm -f feed
    mkfifo feed
    jf-hist --width 50 -o "$1" <feed 3>&- &
    exec 7>feed
    head -n 2 jf-hist.tsv >&7
    for ((i = 0; i < 500; i++)); do
        temporary=$(find . -name '.jf-*')
        [ -z "$temporary" ] || return 0
        sleep 0.01
    done
    return 1
}

# finished: the end of that run.
finished()
{
    exec 7>&-
    wait $!
}

@test "a temporary file stands beside its target, is nobody else's to read, and has another name each time" {
    sample jf-hist
    mkdir out
    for i in 1 2 3 4; do
        waiting out/file
        [[ $temporary =~ ^\./out/\.jf-[A-Za-z0-9]{6}$ ]]
        echo "$temporary" >>names
        [ "$(stat -c '%h %F' "$temporary")" = '1 regular empty file' ]
        finished
        [ ! -e "$temporary" ]
        [ -s out/file ]
    done
    [ "$(sort -u names | wc -l)" -eq 4 ]
    # it takes the file's mode when it is there, and is 600 before
    command -v strace >/dev/null || skip 'no strace here'
    [ -z "${JF_SANITIZED:-}" ] || skip 'sanitized'
    strace -o trace -e trace=openat,open,creat jf-hist --width 50 -o out/file jf-hist.tsv || skip 'no tracing here'
    grep O_CREAT trace >made
    [ "$(wc -l <made)" -eq 1 ]
    grep -q 'out/\.jf-.*O_EXCL.*, 0600' made
}

@test "no file is made but by mkstemp, and none in a folder that others write in" {
    cat "$JF_ROOT"/lib/*/*.[ch] "$JF_ROOT"/cmd/*.c >all
    run ! grep -nwE '(O_CREAT|creat|fopen|freopen|tmpfile|tmpnam|mktemp|tempnam)' all
    [ "$(grep -cw mkstemp all)" -ge 1 ]
    run ! grep -nE '"/(tmp|var)/' all
}

@test "a link planted at the temporary name is not written through, one at the target is, as by >" {
    sample jf-hist
    echo precious >victim
    # at the temporary name itself, as soon as it is known
    mkdir out
    waiting out/file
    ln -sf ../victim "$temporary"
    finished
    [ "$(cat victim)" = precious ]
    # at the target, leading nowhere: the file comes to be there, through as many links as there are
    rm -f out/file
    ln -s ../next out/file
    ln -s nothing next
    filter -o out/file jf-hist.tsv
    [ -L out/file ]
    [ -L next ]
    [ ! -L nothing ]
    filter jf-hist.tsv | same - nothing
    # in a circle it leads to no file
    rm nothing
    ln -s next nothing
    refuses 1 'out/file: cannot be resolved: ' filter -o out/file jf-hist.tsv
    rm nothing
    # a link to a file is followed, by name: the link stays and the file is replaced as a whole
    echo old >real
    ln real other
    ln -sf ../real out/file
    filter -o out/file jf-hist.tsv
    [ -L out/file ]
    [ "$(cat other)" = old ]
    filter jf-hist.tsv | same - real
}

@test "a cell that is no name for a file is an error that says why, and nothing is written anywhere" {
    sample jf-split
    mkdir -p in/out
    cp jf-split.tsv in/
    cd in
    while IFS='|' read -r fault cell; do
        CELL=$(printf %b "$cell") awk -F'\t' -v OFS='\t' 'NR == 3 { $3 = ENVIRON["CELL"] } 1' ../assign.tsv >bad.tsv
        find .. -type f | grep -v 'refused\|no_table' | sort >../refused.files
        for template in 'out/{group}' '{group}' 'out/{arm}-{group}.tsv.gz' '.{group}'; do
            refuses 1 "jf-split: bad.tsv:3: group: the cell $fault, and cannot be part of a file's name (--into); mend it" \
                jf-split -a bad.tsv --into "$template" jf-split.tsv
        done
        find .. -type f | grep -v 'refused\|no_table' | sort | same ../refused.files -
    done <<END
has a slash|../up
has a slash|/etc/passwd
has a slash|/
has a slash|a/../../b
is a directory's name|..
is a directory's name|.
is empty|
has more than 200 bytes|$(printf '%0300d' 0)
has more than 200 bytes|$(printf '%0201d' 0)
has a control byte|a\\033[31m
has a control byte|a\\177
END
    # the extract's own cells too, with their place there
    sed '3s/112/../' jf-split.tsv >up.tsv
    refuses 1 "jf-split: up.tsv:3: y_1601: the cell is a directory's name, and cannot be part of a file's name (--into); mend it" \
        jf-split -a ../assign.tsv --into 'out/{y_1601}' up.tsv
    # and the longest that goes
    long=$(printf '%0200d' 0)
    sed "3s/kontanthjaelp/$long/" ../assign.tsv >long.tsv
    jf-split -a long.tsv --into 'out/{group}' jf-split.tsv
    [ -s "out/$long" ]
}

@test "a file that cannot be written for a person is called by its template, not by the id" {
    sample jf-split
    refuses 1 'jf-split: none/{PNR}: cannot write beside it: No such file or directory' \
        jf-split -a assign.tsv --into 'none/{PNR}' jf-split.tsv
}
