#!/usr/bin/env bats
# Several threads read one stream: each takes shares of its rows, and nobody can tell.

load helper

setup_file()
{
    cd "$BATS_FILE_TMPDIR" || return
    awk 'BEGIN { print "id\tarm\tsite\tperiod\thours\tdays"
        for (i = 1; i <= 60000; i++)
            printf "p%05d\t%s\tsite %d\t2016-%02d\t%s\t%d\n", i, i % 7 < 4 ? "t" : "c", i % 5, 1 + i % 12,
                i % 13 ? i % 100 / 4 : i % 11 ? "-" i / 1000 : i "123456789.0001", i % 31 }' >long.tsv
}

# alike COMMAND...: exit code, output and message are those of one thread, for others too.
alike()
{
    local threads code=0 other
    "$@" -j 1 >out.1 2>err.1 || code=$?
    for threads in 2 3 8; do
        other=0
        "$@" -j $threads >out 2>err || other=$?
        [ "$code" -eq "$other" ] && same err.1 err && cmp out.1 out || return 1
    done
    got=$code
}

@test "sums and differences are the same for any number of threads" {
    table=$BATS_FILE_TMPDIR/long.tsv
    for options in '--sums' '--sums --by id --units rows' '--sums --by period,site -y hours,days' '--control c' \
        '--control c --strata site -y days,hours' '--control c --by site --variance pooled' '--control c --by period --min-cell 9'; do
        echo "$options"
        # shellcheck disable=SC2086 # several options
        alike jf-diff $options "$table"
        [ "$got" -eq 0 ]
    done
    # a second way to the sums
    jf-diff --sums --by '' -y days -j 3 "$table" >sums
    awk -F '\t' 'NR > 1 { n[$2]++; s[$2] += $6; q[$2] += $6 * $6 }
        END { for (a in n) print "days", a, n[a], 0, s[a], q[a] }' OFS='\t' "$table" | LC_ALL=C sort >want
    tail -n +2 sums | LC_ALL=C sort | cmp want -
}

@test "the same from several files, and from a pipe that gives a little at a time" {
    table=$BATS_FILE_TMPDIR/long.tsv
    jf-diff --control c -j 1 "$table" >want
    head -n 20001 "$table" >one
    { head -n 1 "$table"; tail -n +20002 "$table" | head -n 1; } >two
    { head -n 1 "$table"; tail -n +20003 "$table"; } | gzip -n >three
    for name in none more last; do head -n 1 "$table" >$name; done
    for threads in 1 2 3 8; do
        jf-diff --control c -j $threads none one two more three last >got
        cmp want got
        dd if="$table" obs=4093 status=none | jf-diff --control c -j $threads >got
        cmp want got
    done
}

# faulty KIND LINE: turns that line of bad.tsv into a fault of that kind.
faulty()
{
    case $1 in
    number) sed -i "$2s/\t[^\t]*\$/\tx/" bad.tsv ;;
    missing) sed -i "$2s/\t[^\t]*\$/\tNA/" bad.tsv ;;
    short) sed -i "$2s/\t[^\t]*\$//" bad.tsv ;;
    long) sed -i "$2s/\$/\t1/" bad.tsv ;;
    arm) sed -i "$2s/\t[tc]\t/\tT\t/" bad.tsv ;;
    noarm) sed -i "$2s/\t[tc]\t/\t\t/" bad.tsv ;;
    upstream) sed -i "$2s/.*/#jf-error\tjf-cumsum: disk full/" bad.tsv ;;
    esac
}

@test "of several faults the first one is told, for any number of threads" {
    kinds=(number missing short long arm noarm upstream)
    x=20161001
    for ((i = 0; i < 24; i++)); do
        x=$(((x * 1103515245 + 12345) & 0x7fffffff))
        one=$((4 + x % 59990)) other=$((4 + x / 7 % 59990))
        first=${kinds[i % 7]} second=${kinds[x / 11 % 7]}
        [ $one -ne $other ] || continue
        cp "$BATS_FILE_TMPDIR/long.tsv" bad.tsv
        faulty "$first" $one
        faulty "$second" $other
        echo "$first $one, $second $other"
        alike jf-diff --control c -y hours,days bad.tsv
        [ "$got" -eq 1 ]
        [ $one -lt $other ] && line=$one kind=$first || line=$other kind=$second
        [ "$kind" = upstream ] && grep -q 'an earlier stage failed' err.1 || grep -q "^jf-diff: bad.tsv:$line: " err.1
    done
}

@test "what is read ahead and fails is told after a fault in the rows before it" {
    cp "$BATS_FILE_TMPDIR/long.tsv" bad.tsv
    faulty number 60001
    gzip -n -c "$BATS_FILE_TMPDIR/long.tsv" | head -c 20000 >cut.gz
    head -c -1 "$BATS_FILE_TMPDIR/long.tsv" >unended
    printf 'id\tarm\n' >other
    for next in cut.gz unended other nowhere; do
        alike jf-diff --control c -y days bad.tsv "$next"
        [ "$got" -eq 1 ]
        grep -q '^jf-diff: bad.tsv:60001: days: ' err.1
        alike jf-diff --control c -y days "$BATS_FILE_TMPDIR/long.tsv" "$next"
        [ "$got" -eq 1 ]
        grep -q "$next" err.1
    done
    grep -q '^jf-diff: unended:60001: the last line has no line end' <(jf-diff --control c -j 3 unended 2>&1)
}

# reads PROGRAM: `filter` becomes a call of it that takes rows on several threads, and $table what it reads:
# id, arm, period, hours or degrees, the last column a number.
reads()
{
    # shellcheck disable=SC2034 # `filter` runs it
    case $1 in
    jf-split) sample=(jf-split --all --id n=id -a list.tsv) ;;
    jf-hours) sample=(jf-hours) ;;
    jf-hours--long) sample=(jf-hours --long --period period --value n --missing zero --from 2016-01 --to 2016-12) ;;
    jf-mark) sample=(jf-mark any='n>0') ;;
    jf-cumsum) sample=(jf-cumsum -y n) ;;
    jf-diff) sample=(jf-diff --control c -y n) ;;
    jf-hist) sample=(jf-hist --units rows --width 1 -y n) ;;
    esac
    printf 'id\tgroup\n0\ta\n' >list.tsv
    awk -v wide="$([ "$1" != jf-hours ] || echo 1)" 'BEGIN { print "id\tarm\tperiod\t" (wide ? "grad_2016_01" : "n")
        for (i = 1; i <= 40000; i++) printf "p%05d\t%s\t2016-%02d\t%s\n", (i - 1) / 12, (i - 1) % 24 < 12 ? "t" : "c", 1 + (i - 1) % 12, i % 10 / 10 }' >good.tsv
}

@test "in every program a failure to read is told after a bad row before it, and only then" {
    for program in jf-split jf-hours jf-hours--long jf-mark jf-cumsum jf-diff jf-hist; do
        reads $program
        head -n 13 good.tsv | sed 's/^p/q/' >few.tsv
        for line in 4 39990; do
            sed "${line}s/\t[^\t]*\$//" good.tsv >bad.tsv
            head -c -1 bad.tsv >unended
            { gzip -n -c bad.tsv; printf '\037\213\b'; } >torn
            for files in unended 'few.tsv unended' 'few.tsv torn'; do
                echo "$program $line of $files"
                # shellcheck disable=SC2086 # words are meant
                alike filter $files
                [ "$got" -eq 1 ]
                grep -q "^jf-[a-z]*: ${files##* }:$line: 3 cells where" err.1
            done
        done
        head -c -1 good.tsv >unended
        { gzip -n -c good.tsv; printf '\037\213\b'; } >torn
        alike filter unended
        grep -q '^jf-[a-z]*: unended:40001: the last line has no line end' err.1
        alike filter few.tsv torn
        grep -q '^jf-[a-z]*: torn: .*cut at byte' err.1
    done
}

@test "a third arm is told with the line of the second, whichever thread met it" {
    awk -F '\t' 'NR == 1 || $2 == "c"' "$BATS_FILE_TMPDIR/long.tsv" >bad.tsv
    sed -i '15000s/\tc\t/\tt\t/; 19000s/\tc\t/\tu\t/' bad.tsv
    alike jf-diff --control c bad.tsv
    grep -q "^jf-diff: bad.tsv:19000: arm: arm 'u' beside 't' (line 15000)" err.1
}

# numbered FIRST COUNT LENGTH: a table of lines of LENGTH bytes, but for the first of FIRST.
numbered()
{
    awk -v first="$1" -v count="$2" -v length_="$3" 'BEGIN { printf "id\t%0*d\n", first - 4, 0
        for (i = 1; i <= count; i++) printf "%d\t%0*d\n", i, length_ - 2 - length(i), i }'
}

@test "every line is of one span, wherever the file is cut" {
    printf 'id\tgroup\n1\ta\n' >list.tsv
    # a span ends every 262144 bytes: in a line, at its end, behind it
    for first in 63 64 65 66 262143 262144 262145 300001; do
        numbered $first 12300 64 >lines.tsv
        alike jf-split --all -a list.tsv lines.tsv
        [ "$got" -eq 0 ]
        cut -f 1,2 out.1 | cmp - lines.tsv
        sed 's/$/\r/' lines.tsv >crlf.tsv
        jf-split --all -a list.tsv -j 3 crlf.tsv | cmp - out.1
    done
    numbered 64 12300 64 >lines.tsv
    for size in 262143 262144 262145 262207 262208 262209 524287 524288 524289 524352; do
        head -c $size lines.tsv >cut.tsv
        alike jf-split --all -a list.tsv cut.tsv
        [ "$got" -eq $((size % 64 > 0)) ]
        [ "$got" -eq 0 ] || grep -q "^jf-split: cut.tsv:$((size / 64 + 1)): the last line has no line end" err.1
    done
    # a fault behind short lines, where long ones are cut
    awk 'BEGIN { print "arm\tx\thours"; for (i = 1; i < 40000; i++) printf "t\t%0*d\t1\n", i % 50 ? 1 : 5000, i
        print "t\tx"; print "t\tx\t1" }' >bad.tsv
    alike jf-diff --sums --units rows --by '' bad.tsv
    grep -q '^jf-diff: bad.tsv:40001: 2 cells where' err.1
    # several files, and one that comes after gzip
    numbered 64 9000 64 | gzip -n >first.gz
    cp lines.tsv third.tsv
    alike jf-split --all -a list.tsv lines.tsv first.gz third.tsv
    [ "$(wc -l <out.1)" -eq 33601 ]
    alike jf-split --all -a list.tsv first.gz lines.tsv
    [ "$(wc -l <out.1)" -eq 21301 ]
}

@test "people are found, and the first fault told, by any number of threads" {
    table=$BATS_FILE_TMPDIR/long.tsv
    awk 'BEGIN { print "id\tgroup"; for (i = 7; i < 60000; i += 97) printf "p%05d\t%s\n", i, i % 2 ? "a" : "b" }' >list.tsv
    printf 'id\n3\n7\n' >days.tsv
    awk -F '\t' 'NR == FNR { g[$1] = $2; next } $1 in g { print $0, g[$1] }' OFS='\t' list.tsv "$table" >want
    alike jf-split -a list.tsv "$table"
    cmp want out.1
    alike jf-split --all --once --absent keep --where 'arm=c' -a list.tsv "$table"
    [ "$got" -eq 0 ]
    for line in 9 20002 20003 59999; do
        for kind in short upstream; do
            cp "$table" bad.tsv
            faulty $kind $line
            alike jf-split --all -a list.tsv bad.tsv
            [ "$got" -eq 1 ]
            # a thread fails here, as it does not come to the id
            alike jf-split --all --id days=id -a days.tsv bad.tsv
            [ "$got" -eq 1 ]
        done
        sed "${line}s/^[^\t]*/p00104/" "$table" >bad.tsv
        alike jf-split --once -a list.tsv bad.tsv
        [ "$got" -eq 1 ]
        grep -q "^jf-split: bad.tsv:$((line > 105 ? line : 105)): " err.1
    done
}

@test "running sums are the same for any number of threads" {
    # people of 20000 rows, then people of 31, some with missing cells
    for rows in 20000 31; do
        awk -v rows=$rows 'BEGIN { print "id\tsite\tperiod\thours\tdays"
            for (i = 1; i <= 75000 / rows; i++) for (m = 1; m <= rows; m++)
                printf "p%d\ts%d\t%d\t%s\t%s\n", i, i % 3, 3 * m, m % 7 ? m % 5 / 4 : 0,
                    i % 50 || m < 9 ? i % 11 : "NA" }' >people.tsv
        alike jf-cumsum people.tsv
        [ "$got" -eq 0 ]
    done
    awk -F '\t' -v OFS='\t' 'NR > 1 { if ($1 != last) s = 0; last = $1; $4 = s += $4 } 1' people.tsv | cmp - out.1
    for options in '-y hours,days' '-y days,hours --as d,h' '--within id,site' '--within site,id -y hours' '-y days -z1' \
        '-y days,hours --how max' '-y days --how run' '--how run --as run'; do
        # shellcheck disable=SC2086 # several options
        alike jf-cumsum $options people.tsv
        [ "$got" -eq 0 ]
    done
    jf-cumsum -j 3 people.tsv >want
    jf-cumsum -j 3 <people.tsv | cmp want -
    { echo hours; seq 50000; } >one.tsv
    alike jf-cumsum --within '' --period hours --as sum one.tsv
    awk 'NR > 1 { s += $1 } { print $1, (NR > 1 ? s : "sum") }' OFS='\t' one.tsv | cmp - out.1
    # a person who is cut by the end of a file goes on in the next
    head -n 30001 people.tsv >one.tsv
    { head -n 1 people.tsv; tail -n +30002 people.tsv; } >two.tsv
    alike jf-cumsum one.tsv two.tsv
    cmp want out.1
}

@test "of a running sum the first fault is told, and the rows before it written" {
    awk 'BEGIN { print "id\tperiod\thours\tdays"
        for (i = 1; i <= 3000; i++) for (m = 1; m <= 24; m++) printf "p%04d\t%d\t%d\t1\n", i, m, m % 5 }' >good.tsv
    for line in 3 26 30001 30002 50113 72001; do
        for edit in 's/\t[0-9]*\t1$/\tx\t1/' 's/1$/y/' 's/1$/1\t1/' 's/^p\([0-9]*\)/p0001/' 's/\t\([0-9]*\)\t/\t0\t/' \
            's/\t1$/\t1e37/' 's/.*/#jf-error\tjf-hours: no/' 's/\t1$//'; do
            sed "$line$edit" good.tsv >bad.tsv
            echo "$line $edit"
            alike jf-cumsum -y hours,days bad.tsv
            [ "$(grep -vc '^#jf-error' out.1)" -ge $((line - 1)) ]
        done
    done
    sed '50000s/\t1$/\t99999999999999999999999999999999999999/' good.tsv >bad.tsv
    alike jf-cumsum -y hours,days bad.tsv
    grep -q '^jf-cumsum: bad.tsv:5000[01]: days: the running sum has more' err.1
    sed '40000s/1$/y/' good.tsv >bad.tsv
    alike jf-cumsum -y hours,days bad.tsv
    [ "$(wc -l <out.1)" -eq 40000 ] && grep -q '^jf-cumsum: bad.tsv:40000: days: ' err.1
}

@test "lines longer than what is read at once are whole, from a file, a pipe and gzip" {
    awk 'BEGIN { print "id\tnote\tarm\tperiod\thours"
        for (i = 1; i <= 60; i++) printf "p%02d\t%*d\t%s\t1\t%d\n", i, i % 3 ? i : i * i * 250, i, i % 2 ? "t" : "c", i }' >long.tsv
    [ "$(wc -L <long.tsv)" -gt 600000 ]
    gzip -n -c long.tsv >long.tsv.gz
    printf 'id\tgroup\n' >none.tsv
    seq -f 'p%02g' 60 | sed 's/$/\ta/' >>none.tsv
    alike jf-diff --sums long.tsv
    [ "$(sed -n 's/.*hours\tt\t//p' out.1)" = $'30\t0\t900\t35990' ]
    alike jf-diff --sums long.tsv.gz
    cmp out out.1 && jf-diff --sums -j 3 <long.tsv | cmp out -
    for threads in 1 3; do
        jf-split -a none.tsv -j $threads long.tsv.gz | cut -f 1-5 | cmp - long.tsv
    done
}

@test "of two faults in one chunk the first is told, at each distance, by any number of threads" {
    for distance in 1 2 3 5 8 13 21 34; do
        awk -v second=$((4 + distance)) 'BEGIN { OFS = "\t"; print "id", "arm", "period", "hours"
            for (i = 1; i <= 60; i++)
                print "p" i, i + 1 == 4 ? "X" : i % 2 ? "T" : "C", "2016-01", i + 1 == second ? "bad" : i }' >two.tsv
        gzip -n -c two.tsv >two.tsv.gz
        for file in two.tsv two.tsv.gz; do
            for threads in 1 2 4; do
                for _ in 1 2 3; do
                    refuses 1 "jf-diff: $file:4: arm: arm 'X' is neither" \
                        jf-diff --control C --treated T -j $threads $file
                done
            done
        done
    done
    # and where the first is of the kind that only the owner knows
    for threads in 1 2 4; do
        table >twice.tsv <<'END'
id     period   hours
pnr01  2016-01  1
pnr02  2016-01  1
pnr01  2016-02  1
pnr03  2016-01  bad
END
        refuses 1 'jf-cumsum: twice.tsv:4: period: this group has no 2016-01' jf-cumsum -j $threads twice.tsv
        awk 'BEGIN { OFS = "\t"; print "id", "arm", "hours"; print "p1", "a", 1; print "p2", "a", 5e6
            print "p3", "a", "bad" }' >far.tsv
        refuses 1 'jf-hist: far.tsv:3: hours: more than 100000 bins' jf-hist --width 10 -j $threads far.tsv
        printf 'id\tgrad_2016_01\np1\t0.5\np2\t\np3\t\np4\t9\n' >late.tsv
        refuses 1 'jf-hours: late.tsv:5: grad_2016_01: a degree above' jf-hours -j $threads late.tsv
        head -n 4 late.tsv >missing.tsv
        refuses 1 'jf-hours: missing.tsv:3: grad_2016_01: the first of 2 missing' jf-hours -j $threads missing.tsv
    done
}
