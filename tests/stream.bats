#!/usr/bin/env bats
# The stream: one table in every form it may come in.

load helper

# byte N: the byte of that value.
byte()
{
    # shellcheck disable=SC2059 # an octal escape is made
    printf "\\$(printf '%03o' "$1")"
}

# bgzf FILE...: each file as one BGZF member.
bgzf()
{
    local file packed=$BATS_TEST_TMPDIR/bgzf.part size
    for file; do
        gzip -n -c "$file" | tail -c +11 >"$packed"
        size=$(($(wc -c <"$packed") + 17))
        printf '\37\213\10\4\0\0\0\0\0\377\6\0BC\2\0'
        byte $((size % 256))
        byte $((size / 256))
        cat "$packed"
    done
}

# The empty member that closes a BGZF file.
bgzf_end()
{
    printf '\37\213\10\4\0\0\0\0\0\377\6\0BC\2\0\33\0\3\0\0\0\0\0\0\0\0\0'
}

# forms FILE: the same table in forms/*.
forms()
{
    local half=$(($(wc -c <"$1") / 2)) nothing=$BATS_TEST_TMPDIR/nothing
    rm -rf forms
    mkdir forms
    : >"$nothing"
    head -c $half "$1" >"$BATS_TEST_TMPDIR/front"
    tail -c +$((half + 1)) "$1" >"$BATS_TEST_TMPDIR/back"
    set -- "$1" "$BATS_TEST_TMPDIR/front" "$BATS_TEST_TMPDIR/back"
    cp "$1" forms/plain.gz
    gzip -c "$1" >forms/gzip.tsv
    gzip -1 -c <"$1" >forms/nameless
    { gzip -c "$2"; gzip -c "$3"; } >forms/cut-line
    { gzip -c "$nothing"; gzip -c "$2"; gzip -c "$nothing"; gzip -c "$nothing"; gzip -c "$3"; gzip -c "$nothing"; } >forms/empty-members
    { bgzf "$2" "$3"; bgzf_end; } >forms/bgzf
    { bgzf "$2"; bgzf_end; bgzf "$3"; bgzf_end; } >forms/bgzf-joined
    { gzip -c "$1"; head -c 700 /dev/zero; } >forms/zero-padded
    { printf '\357\273\277'; cat "$1"; } >forms/bom
    { printf '\357\273\277'; cat "$1"; } | gzip >forms/bom-gzip
    sed 's/$/\r/' "$1" >forms/crlf
    { printf '\357\273\277'; sed 's/$/\r/' "$1"; } | gzip -9 >forms/windows-gzip
    # a member a byte
    if [ $half -lt 120 ]; then
        od -An -v -tu1 -w1 "$1" | while read -r value; do byte "$value" | gzip -1 -c; done >forms/member-a-byte
    fi
}

# halves FILE: one.tsv and two.tsv, each with the header, that are the table together.
halves()
{
    local rows=$(($(wc -l <"$1") / 2))
    head -n $rows "$1" >one.tsv
    { head -n 1 "$1"; tail -n +$((rows + 1)) "$1"; } >two.tsv
}

@test "one table, one answer: plain, gzip, members, BGZF, BOM, CRLF, from file and from stdin" {
    for program in $PROGRAMS; do
        sample "$program"
        filter "$program.tsv" >want
        [ "$(wc -l <want)" -gt 1 ]
        forms "$program.tsv"
        for form in forms/*; do
            echo "$program $form"
            filter "$form" >got
            same want got
            filter <"$form" >got
            same want got
            # shellcheck disable=SC2002 # a pipe is meant
            cat "$form" | filter - >got
            same want got
        done
    done
}

@test "several files are one stream, each in a form of its own" {
    for program in $PROGRAMS; do
        sample "$program"
        filter "$program.tsv" >want
        halves "$program.tsv"
        gzip -c two.tsv >two.gz
        { printf '\357\273\277'; sed 's/$/\r/' two.tsv; } >two.crlf
        for second in two.tsv two.gz two.crlf; do
            echo "$program $second"
            filter one.tsv $second >got
            same want got
        done
        filter one.tsv - <two.gz >got
        same want got
        filter - two.tsv <one.tsv >got
        same want got
    done
}

@test "files whose headers differ are an error that names the second" {
    for program in $PROGRAMS; do
        sample "$program"
        halves "$program.tsv"
        sed -i '1s/\t/\textra\t/' two.tsv
        refuses 1 'two.tsv' filter one.tsv two.tsv
        awk -F'\t' -v OFS='\t' '{ t = $NF; $NF = $(NF - 1); $(NF - 1) = t } 1' "$program.tsv" >two.tsv
        refuses 1 'two.tsv' filter one.tsv two.tsv
    done
}

# stored FILE: as a gzip member of stored blocks, so that its bytes stand in the stream as they are.
stored()
{
    local block size last
    rm -f block.*
    split -b 60000 "$1" block.
    printf '\37\213\10\0\0\0\0\0\0\377'
    last=$(printf '%s\n' block.* | tail -n 1)
    for block in block.*; do
        size=$(wc -c <"$block")
        if [ "$block" = "$last" ]; then byte 1; else byte 0; fi
        byte $((size % 256)); byte $((size / 256))
        byte $((255 - size % 256)); byte $((255 - size / 256))
        cat "$block"
    done
    gzip -c "$1" | tail -c 8
}

@test "what looks like the end and the header of a gzip member inside the data fools nobody" {
    # it takes NULs to look like it, so it stands in rows that jf-split passes over
    awk 'BEGIN { print "id\tnote"; for (i = 1; i <= 6000; i++)
        printf "%d\t%s\n", i, i % 9 ? "." : "\001\002\003\004\020@@@\037\213\010\003 that was one" }' |
        tr '@' '\0' >in.tsv
    awk 'BEGIN { print "id\tarm"; for (i = 1; i <= 6000; i += 9) printf "%d\tt\n", i }' >assign.tsv
    jf-split -a assign.tsv in.tsv >want
    [ "$(wc -l <want)" -eq 668 ]
    # in one member, in many, behind short ones, and behind what is read before
    stored in.tsv >one.gz
    split -l 100 in.tsv part.
    for part in part.*; do stored "$part"; done >many.gz
    head -n 1 in.tsv | gzip -c >front
    : | gzip -c >nothing
    tail -n +2 in.tsv >rest
    { cat front nothing nothing nothing; stored rest; } >mixed.gz
    for threads in 1 2 5; do
        for form in one.gz many.gz mixed.gz; do
            jf-split -j $threads -a assign.tsv $form >got
            same want got
            # shellcheck disable=SC2002 # a pipe is meant
            cat $form | jf-split -j $threads -a assign.tsv >got
            same want got
            { printf '0123456789'; cat $form; } >shifted
            (dd bs=10 count=1 of=/dev/null 2>/dev/null; jf-split -j $threads -a assign.tsv) <shifted >got
            same want got
        done
    done
}

@test "a fault in one of many short members is found" {
    sample jf-diff
    awk 'NR == 1 { print; next } { row[NR] = $0 } END { for (i = 0; i < 2000; i++) for (r in row) print row[r] }' jf-diff.tsv >in.tsv
    sample+=(--units rows)
    filter in.tsv >want
    split -l 50 in.tsv part.
    for part in part.*; do gzip -n -c "$part"; done >many.gz
    for threads in 1 2 5; do
        filter -j $threads many.gz >got
        same want got
    done
    size=$(wc -c <many.gz)
    for ((at = size / 3; at < size; at += size / 29)); do
        head -c $at many.gz >part
        value=$(tail -c +$((at + 1)) many.gz | head -c 1 | od -An -tu1)
        { head -c $at many.gz; byte $((value ^ 16)); tail -c +$((at + 2)) many.gz; } >turned
        for threads in 1 2 5; do
            refuses 1 "part*cut at byte $at" filter -j $threads part
            # a flip may also fall where it changes nothing
            filter -j $threads turned >got 2>message || refuses 1 'turned*gzip' filter -j $threads turned
            [ -s message ] || same want got
        done
    done
}

@test "the assignment comes in every form too" {
    sample jf-split
    jf-split -a assign.tsv jf-split.tsv >want
    forms assign.tsv
    for form in forms/*; do
        echo "$form"
        jf-split -a "$form" jf-split.tsv >got
        same want got
    done
}

@test "a gzip stream cut at any byte is an error that gives the offset, never a table" {
    sample jf-diff
    gzip -n -c jf-diff.tsv >whole
    size=$(wc -c <whole)
    for ((at = 0; at < size; at++)); do
        head -c $at whole >part
        if [ $at -lt 2 ]; then
            refuses 1 'part' filter part
        else
            refuses 1 "part*cut at byte $at" filter part
        fi
    done
}

@test "a BGZF file cut at any byte is an error, between two blocks too" {
    sample jf-diff
    head -n 3 jf-diff.tsv >front
    tail -n +4 jf-diff.tsv >back
    { bgzf front back; bgzf_end; } >whole
    size=$(wc -c <whole)
    for ((at = 2; at < size; at++)); do
        head -c $at whole | refuses 1 "stdin: *cut" filter
    done
}

@test "a gzip stream cut at any byte in the second member, or with a byte turned, is an error" {
    sample jf-ci
    { head -n 2 jf-ci.tsv | gzip -n; tail -n 1 jf-ci.tsv | gzip -n; } >whole
    size=$(wc -c <whole)
    start=$(head -n 2 jf-ci.tsv | gzip -n | wc -c)
    for ((at = start + 1; at < size; at++)); do
        head -c $at whole >part
        refuses 1 'part*gzip' filter part
    done
    for ((at = start + 10; at < size; at++)); do
        value=$(tail -c +$((at + 1)) whole | head -c 1 | od -An -tu1)
        { head -c $at whole; byte $((value ^ 16)); tail -c +$((at + 2)) whole; } >turned
        refuses 1 'turned*gzip' filter turned
    done
}

# member FLAGS FIELDS [SUM]: stdin as a gzip member with these fields in its header (escapes of printf),
# and behind them, where the flags say so, the header's checksum, or SUM in its place.
member()
{
    # shellcheck disable=SC2059 # escapes are meant
    { printf '\37\213\10'; byte "$1"; printf "\0\0\0\0\0\3$2"; } >"$BATS_TEST_TMPDIR/start"
    cat "$BATS_TEST_TMPDIR/start"
    # shellcheck disable=SC2059 # escapes are meant
    if [ -n "${3:-}" ]; then
        printf "$3"
    elif [ $(($1 & 2)) -ne 0 ]; then
        # the low half of the sum that gzip works out
        gzip -n <"$BATS_TEST_TMPDIR/start" | tail -c 8 | head -c 2
    fi
    gzip -n | tail -c +11
}

# refused_at AT WHY: broken is corrupt at that byte, for any number of threads, from a file and from a pipe.
refused_at()
{
    for threads in 1 2 5; do
        refuses 1 "broken: the gzip stream is corrupt at byte $1 ($2)" filter -j $threads broken
        # shellcheck disable=SC2002 # a pipe is meant
        cat broken | refuses 1 "stdin: the gzip stream is corrupt at byte $1 ($2)" filter -j $threads
    done
}

@test "a gzip header's own checksum is checked where it has one" {
    sample jf-diff
    filter jf-diff.tsv >want
    head -n 3 jf-diff.tsv | gzip -n >front
    tail -n +4 jf-diff.tsv >back
    extra='\5\0xx\1\0y'
    for fields in "2 " "6 $extra" '10 a name\0' "30 ${extra}a name\0a comment\0"; do
        flags=${fields%% *} fields=${fields#* }
        member "$flags" "$fields" <jf-diff.tsv >whole
        gzip -dc whole | cmp - jf-diff.tsv
        filter whole >got
        same want got
        { cat front; member "$flags" "$fields" <back; } >whole
        filter whole >got
        same want got
        # shellcheck disable=SC2059 # escapes are meant
        length=$((10 + $(printf "$fields" | wc -c)))
        sum=$(gzip -n <"$BATS_TEST_TMPDIR/start" | tail -c 8 | od -An -tu1 -N 2)
        read -r low high <<<"$sum"
        for wrong in "$((low ^ 1)) $high" "$low $((high ^ 128))"; do
            read -r one two <<<"$wrong"
            wrong=$(printf '\\%03o\\%03o' "$one" "$two")
            member "$flags" "$fields" "$wrong" <jf-diff.tsv >broken
            refused_at $length 'header crc mismatch'
            { cat front; member "$flags" "$fields" "$wrong" <back; } >broken
            refused_at $(($(wc -c <front) + length)) 'header crc mismatch'
        done
        # a byte that means nothing else
        member "$flags" "$fields" <jf-diff.tsv >whole
        { head -c 4 whole; byte 1; tail -c +6 whole; } >broken
        refused_at $length 'header crc mismatch'
    done
}

@test "a gzip header with flags that are reserved, or of another method, is refused" {
    sample jf-diff
    head -n 3 jf-diff.tsv | gzip -n >front
    size=$(wc -c <front)
    for flag in 32 64 128 160 224; do
        member $flag '' <jf-diff.tsv >broken
        refused_at 4 'unknown header flags set'
        { cat front; tail -n +4 jf-diff.tsv | member $((flag + 2)) ''; } >broken
        refused_at $((size + 4)) 'unknown header flags set'
    done
    for method in 0 7 9 255; do
        gzip -n <jf-diff.tsv >whole
        { head -c 2 whole; byte $method; tail -c +4 whole; } >broken
        refused_at 3 'unknown compression method'
        { cat front broken; } >second
        mv second broken
        refused_at $((size + 3)) 'unknown compression method'
    done
}

# resized BYTES FILE: a BGZF block that says it is so many bytes longer than it is.
resized()
{
    local size
    bgzf "$2" >"$BATS_TEST_TMPDIR/block"
    size=$(($(od -An -tu2 -j 16 -N 2 "$BATS_TEST_TMPDIR/block") + $1))
    head -c 16 "$BATS_TEST_TMPDIR/block"
    byte $((size % 256))
    byte $((size / 256))
    tail -c +19 "$BATS_TEST_TMPDIR/block"
}

@test "a BGZF block longer or shorter than it says is an error, or the table that gunzip makes of it" {
    sample jf-diff
    filter jf-diff.tsv >want
    head -n 3 jf-diff.tsv >front
    sed -n 4,5p jf-diff.tsv >middle
    tail -n +6 jf-diff.tsv >back
    at=$(bgzf front | wc -c)
    length=$(bgzf middle | wc -c)
    refusals=0
    for ((by = -length; by <= 40; by++)); do
        [ $by -ne 0 ] && [ $((length + by)) -gt 0 ] || continue
        { bgzf front; resized $by middle; bgzf back; bgzf_end; } >broken
        if filter -j 1 broken >got 2>message; then
            same want got
            filter -j 2 broken >got
            same want got
        else
            refused_at "$at" '*'
            refusals=$((refusals + 1))
        fi
    done
    [ $refusals -gt 5 ]
    # what stands in the place of the length of its text is possible in these: in the block, and in
    # the four zeros of the next one's header
    for by in -1 8; do
        { bgzf front; resized $by middle; bgzf back; bgzf_end; } >broken
        refused_at "$at" 'a block that is not as long as it says'
    done
    # a text that is longer or shorter than it says
    size=$(wc -c <middle)
    for by in -1 1 -"$size"; do
        { bgzf front; bgzf middle | head -c -4; byte $((size + by)); printf '\0\0\0'; bgzf back; bgzf_end; } >broken
        refused_at "$at" 'a block that is not as long as it says'
    done
}

@test "bytes behind a gzip stream are an error, unless they are zeros" {
    for program in $PROGRAMS; do
        sample "$program"
        { gzip -c "$program.tsv"; printf 'more'; } >trailing
        refuses 1 'trailing*gzip' filter trailing
        { gzip -c "$program.tsv"; printf '\0\0\0\37'; } >trailing
        refuses 1 'trailing*gzip' filter trailing
        { gzip -c "$program.tsv"; printf '\37\213'; } >trailing
        refuses 1 'trailing*gzip' filter trailing
    done
}

@test "a BOM is dropped only at the start of a file, a CR only at the end of a line" {
    printf 'id\tarm\tperiod\thours\n\357\273\277a\tx\t1\t1\n' >in.tsv
    jf-cumsum in.tsv | cmp - in.tsv
    printf 'id\tarm\tperiod\thours\na\tx\ry\t1\t1\r\n' >in.tsv
    jf-cumsum in.tsv >got
    printf 'id\tarm\tperiod\thours\na\tx\ry\t1\t1\n' | cmp - got
    printf 'id\tarm\tperiod\thours\r\r\na\tx\t1\t1\n' >in.tsv
    refuses 1 'in.tsv:1' jf-cumsum in.tsv
}

@test "cells are bytes: quotes, blanks, high bytes and escapes pass through" {
    printf 'id\tarm\tperiod\thours\n" a\tx\\ty\t1\t1\n\377\376\t\302\240\t01\t2\n' >in.tsv
    jf-cumsum in.tsv | cmp - in.tsv
    printf 'id\tarm\tperiod\thours\n' | jf-cumsum >got
    printf 'id\tarm\tperiod\thours\n' | cmp - got
}

@test "a header without rows gives a header without rows" {
    for program in jf-hours jf-cumsum jf-ci jf-hist; do
        sample "$program"
        head -n 1 "$program.tsv" | filter >got
        filter "$program.tsv" | head -n 1 | same - got
    done
}

@test "a file that is given twice is refused before the first byte, under whatever name" {
    table >in.tsv <<'END'
id     arm   period  hours
pnr01  arm1  1       1
pnr02  arm0  1       2
END
    ln -s in.tsv link.tsv
    ln in.tsv hard.tsv
    mkdir folder
    for other in in.tsv ./in.tsv folder/../in.tsv link.tsv hard.tsv; do
        for program in 'jf-cumsum' 'jf-mark any=hours>0' 'jf-hist --width 10' 'jf-diff --control arm0' 'jf-hours' 'jf-ci' 'jf-split -a in.tsv'; do
            # shellcheck disable=SC2086 # words are meant
            refuses 2 "are one file, which would count twice" $program in.tsv "$other"
        done
    done
    refuses 2 "are one file" sh -c 'jf-cumsum in.tsv - <in.tsv'
    # the list may be the extract's file: it is read for itself
    jf-split -a in.tsv --take '' in.tsv | cmp - in.tsv
    # two pipes are two inputs
    jf-diff --control arm0 <(cat in.tsv) <(sed '1!s/^/x/' in.tsv) >got
    [ -s got ]
}

@test "an empty list or output is wrong usage, as of an unset variable, but where it means none" {
    table >in.tsv <<'END'
id     arm   period  hours
pnr01  arm1  1       1
pnr02  arm0  1       2
END
    for command in 'jf-diff --control arm0 -y' 'jf-diff --control arm0 --strata' 'jf-diff --control arm0 --treated' \
        'jf-cumsum -y' 'jf-cumsum --as' 'jf-hours --keep' 'jf-hist --breaks'; do
        # shellcheck disable=SC2086 # words are meant
        refuses 2 'an empty list; is a variable of the shell not set?' $command '' in.tsv
    done
    for program in $PROGRAMS; do
        refuses 2 'output: an empty name; is a variable of the shell not set?' "$program" -o '' in.tsv
    done
    jf-cumsum in.tsv >want
    jf-cumsum -o - in.tsv | same want -
    [ ! -e ./- ]
    jf-split -a in.tsv --take '' in.tsv | same in.tsv -
}

@test "a comma or a backslash in a name is written with a backslash before it" {
    printf 'id\tar,m\tperiod\tho\\urs\n1\td\t1\t2\n2\tk\t1\t3\n' >in.tsv
    jf-diff --control k --arm 'ar,m' -y 'ho\\urs' in.tsv | columns outcome,diff /dev/stdin >got
    printf 'outcome\tdiff\nho\\urs\t-1\n' | same - got
    jf-hist --by 'ar\,m,period' -y 'ho\urs' --width 5 in.tsv | head -n 1 | cut -f 1,2 >got
    printf 'ar,m\tperiod\n' | same - got
}

@test "NEW=OLD gives a column that is written out another name, unless a column is called so" {
    printf 'id\tarm\tt\thours\ta=b\n1\td\t1\t2\tx\n2\tk\t1\t3\tx\n' >in.tsv
    jf-diff --control k --by wave=t in.tsv | jf-ci | columns wave,diff,t /dev/stdin >got
    printf 'wave\tdiff\tt\n1\t-1\tNA\n' | same - got
    jf-diff --control k --by wave=t --sums in.tsv | jf-diff --from-sums --control k --by period=wave | columns period,diff /dev/stdin >got
    printf 'period\tdiff\n1\t-1\n' | same - got
    jf-hist --by g=arm,a=b --width 5 in.tsv | head -n 1 | cut -f 1-3 >got
    printf 'g\ta=b\tlow\n' | same - got
    printf 'id\tlot\tgrad_2016_01\n1\td\t1\n' | jf-hours --keep arm=lot >got
    printf 'id\tarm\tperiod\thours\n1\td\t2016-01\t160.33\n' | same - got
    printf 'id\tlot\n1\td\n2\tk\n' >list.tsv
    jf-split -a list.tsv --take drawn=lot in.tsv | columns arm,drawn /dev/stdin >got
    printf 'arm\tdrawn\nd\td\nk\tk\n' | same - got
    refuses 1 "no column 'old' among 5" jf-hist --by new=old --width 5 in.tsv
    refuses 1 "the output would have two columns called 'arm'" jf-diff --control k --by arm=t in.tsv
}

# on_terminal COLUMNS COMMAND: what a terminal of that width gets, in `seen`; a report a line. The command may call
# ./slow [LAST], whose rows take a second to come. It is a file: `script` runs the user's shell, be it a dash, which
# passes no function on.
on_terminal()
{
    SHELL=/bin/sh script -qec true /dev/null </dev/null >/dev/null 2>&1 || skip 'no pseudo-terminal here'
    cat >slow <<'END'
#!/bin/sh
printf 'id\thours\n'
for i in 1 2 3; do
    sleep 0.3
    printf '%d\t%s\n' $i "${1:-1}"
done
END
    chmod +x slow
    SHELL=/bin/sh script -qec "stty cols $1; $2" typescript </dev/null >/dev/null || true
    sed '/^Script /d' typescript | tr '\r' '\n' | sed 's/\x1b\[K//' | grep . >seen || true
}

@test "the line of progress is never as long as the terminal is wide, and gone at the end" {
    for width in 80 20 9 2; do
        on_terminal $width "./slow | jf-hist --width 1 --by \"\" --progress >/dev/null"
        line='jf-hist: 0 MB, 0 MB/s'
        grep -qxF "${line:0:$((width - 1))}" seen
        [ "$(wc -L <seen)" -lt "$width" ]
        grep -q "$(printf '\r\033\\[K')" typescript # an empty line in its place
    done
    on_terminal 0 "./slow | jf-hist --width 1 --by \"\" --progress >/dev/null" # unknown
    grep -qx 'jf-hist: 0 MB, 0 MB/s' seen
}

@test "a message never stands behind the line of progress" {
    on_terminal 80 "./slow x | jf-hist --width 1 --by \"\" -j 1 --progress >/dev/null"
    grep -q "^jf-hist: stdin:2: hours: 'x' is not a number" seen
    on_terminal 80 "{ ./slow; echo x; } | jf-hist --width 1 --by \"\" -j 1 --progress >/dev/null"
    grep -q '^jf-hist: stdin:5: 1 cell' seen
}
