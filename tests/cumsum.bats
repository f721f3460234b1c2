#!/usr/bin/env bats
# jf-cumsum: the running sum.

load helper

months()
{
    table >in.tsv <<'END'
PNR    arm  period   hours  any
pnr02  d    2016-01  10     1
pnr02  d    2016-02  5.5    0
pnr02  d    2016-03  0.05   1
pnr01  k    2016-01  0      0
pnr01  k    2016-02  -1     1
pnr01  k    2016-03  0.1    1
END
}

@test "hours run up over each person's months, in place" {
    months
    jf-cumsum in.tsv >got
    table >want <<'END'
PNR    arm  period   hours  any
pnr02  d    2016-01  10     1
pnr02  d    2016-02  15.5   0
pnr02  d    2016-03  15.55  1
pnr01  k    2016-01  0      0
pnr01  k    2016-02  -1     1
pnr01  k    2016-03  -0.9   1
END
    same want got
}

@test "--as appends the sum and leaves the column" {
    months
    jf-cumsum -y hours,any --as total,months in.tsv >got
    table >want <<'END'
PNR    arm  period   hours  any  total  months
pnr02  d    2016-01  10     1    10     1
pnr02  d    2016-02  5.5    0    15.5   1
pnr02  d    2016-03  0.05   1    15.55  2
pnr01  k    2016-01  0      0    0      0
pnr01  k    2016-02  -1     1    -1     1
pnr01  k    2016-03  0.1    1    -0.9   2
END
    same want got
    refuses 2 'as' jf-cumsum -y hours,any --as total in.tsv
    refuses '[12]' 'any' jf-cumsum --as any in.tsv
}

@test "a missing month makes the sum missing from there on, for that person only" {
    for nothing in '' . NA '\N'; do
        months
        awk -F'\t' -v OFS='\t' -v nothing="${nothing/\\/\\\\}" 'NR == 3 { $4 = nothing } 1' in.tsv >hole.tsv
        jf-cumsum hole.tsv | columns PNR,hours /dev/stdin >got
        printf 'PNR\thours\npnr02\t10\npnr02\tNA\npnr02\tNA\npnr01\t0\npnr01\t-1\npnr01\t-0.9\n' >want
        same want got
    done
}

@test "sums are exact: ten times 0.1 is 1, and 24 decimals stay 24" {
    {
        printf 'id\tperiod\thours\n'
        for i in 01 02 03 04 05 06 07 08 09 10; do printf 'a\t%s\t0.1\n' $i; done
        printf 'b\t01\t999999999999.000000000000000000000001\n'
        printf 'b\t02\t0.000000000000000000000001\nb\t03\t-1e11\nb\t04\t-1.5e-3\n'
        for i in 05 06 07 08 09 10; do printf 'b\t%s\t0\n' $i; done
    } >in.tsv
    jf-cumsum in.tsv | cut -f 3 | sed '1d' >got
    printf '%s\n' 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1 999999999999.000000000000000000000001 \
        999999999999.000000000000000000000002 899999999999.000000000000000000000002 \
        899999999998.998500000000000000000002{,,,,,,} >want
    same want got
}

@test "the last month's running sum is the total of the window" {
    awk 'BEGIN {
        printf "id"; for (m = 1; m <= 12; m++) printf "\tgrad_2016_%02d", m; print ""
        x = 42
        for (i = 1; i <= 50; i++) {
            printf "pnr%02d", i
            for (m = 1; m <= 12; m++) { x = (x * 16807) % 2147483647; printf "\t0.%d", x % 1000 }
            print ""
        } }' >wide.tsv
    jf-hours wide.tsv | jf-cumsum | awk -F'\t' -v OFS='\t' 'NR > 1 && $2 == "2016-12" { print $1, $3 }' >got
    jf-hours --per window --total wide.tsv | awk -F'\t' -v OFS='\t' 'NR > 1 { print $1, $3 }' >want
    [ "$(wc -l <got)" -eq 50 ]
    same want got
}

@test "--within names the group, and '' takes all rows as one" {
    table >in.tsv <<'END'
period  arm  outcome  diff
1       a    x        1
2       a    x        2.5
10      a    x        3
1       b    x        4
2       b    x        5
10      b    x        6
1       b    y        7
2       b    y        8
10      b    y        9
END
    printf '%s\n' diff 1 3.5 6.5 4 9 15 7 15 24 >want
    for threads in 1 2; do
        jf-cumsum -j $threads -y diff --within arm,outcome in.tsv | cut -f 4 >got
        same want got
    done
    head -n 4 in.tsv | jf-cumsum -y diff --within '' | cut -f 4 >got
    head -n 4 want | same - got
    refuses 1 'in.tsv:5: period: a period before*LC_ALL=C sort*g; }' jf-cumsum -y diff --within '' in.tsv
}

@test "--period names the column of the periods, numbers ascend as numbers" {
    table >in.tsv <<'END'
id  t   hours
a   9   1
a   10  1
a   11  1
END
    jf-cumsum --period t in.tsv | cut -f 3 >got
    printf '%s\n' hours 1 2 3 >want
    same want got
    refuses '[12]' 'period' jf-cumsum in.tsv
}

@test "periods that do not ascend are an error that gives the line and the sort to run" {
    months
    { sed -n '1p;2p;4p' in.tsv; sed -n '3p' in.tsv; } >down.tsv
    refuses 1 'down.tsv:4:*LC_ALL=C sort' jf-cumsum down.tsv
    sed -n '1p;2{p;p;}' in.tsv >twice.tsv
    refuses 1 'twice.tsv:3:' jf-cumsum twice.tsv
}

@test "periods of one form ascend in time, numbers as numbers" {
    while read -r before after verdict; do
        printf 'id\tperiod\thours\na\t%s\t1\na\t%s\t1\n' "$before" "$after" >in.tsv
        case $verdict in
        ascend) jf-cumsum in.tsv >/dev/null || { echo "$before $after"; return 1; } ;;
        alike) refuses 1 'in.tsv:3: period: a period twice' jf-cumsum in.tsv ;;
        descend) refuses 1 'in.tsv:3: period: a period before' jf-cumsum in.tsv ;;
        other) refuses 1 "in.tsv:3: period: '$after' is of another form than the first period (line 2); *" jf-cumsum in.tsv ;;
        esac
    done <<'END'
2016-09  2016-10  ascend
2016-10  2016-09  descend
2016-10  2016-11  ascend
2016-11  2016-11  alike
2016-12  2017-01  ascend
2016-Q4  2017-Q1  ascend
2016-Q2  2016-Q1  descend
2016-H1  2016-H2  ascend
2017-H1  2016-H2  descend
2016-W09  2016-W10  ascend
2015-W53  2016-W01  ascend
2016-W01  2015-W53  descend
2016-03/2016-05  2016-06/2016-08  ascend
2016-03/2016-05  2016-03/2016-06  ascend
2016-03/2016-05  2016-03/2016-05  alike
2016-03/2016-06  2016-03/2016-05  descend
-12/-1   0/11     ascend
0/11     9/20     ascend
9/20     10/11    ascend
10/11    9/20     descend
2016-W01/2016-W02  2016-W03/2016-W04  ascend
2018     2019     ascend
201612   201701   ascend
2016-03  2016-Q2  other
2016-Q3  2016-H2  other
2016-03  2016     other
2016     2016-03  other
-1       2016-W01  other
2016-03  2016-03/2016-04  other
-1       0        ascend
0        9        ascend
9        10       ascend
10       9        descend
9        09       alike
-9       -8       ascend
-8       -9       descend
-8       8        ascend
+8       +9       ascend
+9       +8       descend
1e5      2e4      descend
2e4      1e5      ascend
1E5      2E4      descend
2E4      1E5      ascend
1e-5     1e-4     ascend
1e-4     1e-5     descend
1.5      1.25     descend
1.5      1.50     alike
9.5      10.5     ascend
.9       1.1      ascend
9.       8.       descend
10.5     9.75     descend
9.75     10.5     ascend
250      9e1      descend
0000.001   0000.002e-000009  descend
99999999   100000000  ascend
100000000  99999999   descend
END
}

@test "a period of no form that is known has no order, and no sort is advised" {
    while read -r period; do
        printf 'id\tperiod\thours\na\t%s\t1\n' "$period" >in.tsv
        # six digits that are no month are shown by their shape
        case $period in 2016-13 | 2016-00 | 2016-01-09 | 0999-12) period=${period//[0-9]/#} ;; esac
        refuses 1 "in.tsv:2: period: '$period' has no order that is known here; write periods as 2016-03, *" jf-cumsum in.tsv
        [[ $(jf-cumsum in.tsv 2>&1 >/dev/null) != *sort* ]]
    done <<'END'
2016m1
2016M03
2016_03
2016-3
2016-13
2016-00
0999-12
2016-Q5
2016-Q0
2016-q1
2016Q4
Q4-2016
2016-H3
2016-W00
2016-W54
2016-W7
2016-01-09
mar2016
2016-03/
/2016-03
2016-05/2016-03
2016-03/2016-Q2
11/0
1/2/3
0x9
9a
a
END
    # Stata's months, in their order and sorted by bytes
    for order in '1 2 3 4 5 6 7 8 9 10 11 12' '1 10 11 12 2 3 4 5 6 7 8 9'; do
        { printf 'id\tperiod\thours\n'; for m in $order; do printf '1\t2016m%d\t1\n' $m; done; } >in.tsv
        refuses 1 "in.tsv:2: period: '2016m1' has no order" jf-cumsum in.tsv
    done
}

@test "a missing period is an error" {
    for nothing in '' . NA '\N'; do
        printf 'id\tperiod\thours\na\t1\t1\na\t%s\t1\n' "$nothing" >in.tsv
        refuses 1 'in.tsv:3: period: the period is missing; give the row one, or leave the row out' jf-cumsum in.tsv
    done
}

# misses LINE TEXT OPTIONS...: in.tsv is refused with that text at that line, whatever it is read through.
misses()
{
    local line=$1 text=$2
    shift 2
    gzip -n -c in.tsv >in.tsv.gz
    for threads in 1 2 4 8; do
        refuses 1 "in.tsv:$line: period: $text" jf-cumsum -j $threads "$@" in.tsv
        refuses 1 "stdin:$line: period: $text" jf-cumsum -j $threads "$@" <in.tsv
        refuses 1 "in.tsv.gz:$line: period: $text" jf-cumsum -j $threads "$@" in.tsv.gz
    done
}

# persons [COUNT]: of twelve months each, in whole.tsv; some 25 bytes a row.
persons()
{
    awk -v count="${1:-3}" 'BEGIN { OFS = "\t"; print "id", "site", "period", "hours"
        for (i = 1; i <= count; i++) for (m = 1; m <= 12; m++)
            printf "pnr%05d\ts%d\t2016-%02d\t%d\n", i, i % 2, m, i % 7 }' >whole.tsv
}

@test "every person has the months of the first one: a hole is an error where it is" {
    persons
    how="write such months with jf-hours --missing zero|na; or if a group's rows stand apart, sort the rows: gzip *"
    sed 14d whole.tsv >in.tsv
    misses 14 "this group has no 2016-01, as the first one (line 2) has; $how"
    sed 20d whole.tsv >in.tsv
    misses 20 "this group has no 2016-07, as the first one (line 2) has; $how"
    sed 14,19d whole.tsv >in.tsv # a late beginning
    misses 14 "this group has no 2016-01, as the first one (line 2) has; $how"
    sed 25d whole.tsv >in.tsv # told at the person's last row
    misses 24 "this group has no 2016-12, as the first one (line 2) has; $how"
    sed 37d whole.tsv >in.tsv # the last person's, who ends with the rows
    misses 36 "this group has no 2016-12, as the first one (line 2) has; $how"
    sed '15,$d' whole.tsv >in.tsv
    misses 14 "this group has no 2016-02, as the first one (line 2) has; $how"
    sed 26d whole.tsv >in.tsv
    misses 26 'this group has no 2016-01, as*' --within id,site
    # the first one lacks what others have
    sed 2d whole.tsv >in.tsv
    misses 13 "the first group (line 2) has no 2016-01, as this one has; $how"
    sed 5d whole.tsv >in.tsv
    misses 16 "the first group (line 2) has no 2016-04, as this one has; $how"
    sed 13d whole.tsv >in.tsv
    misses 24 "the first group (line 2) has no 2016-12, as this one has; $how"
    # ends and windows
    sed 's/2016-\(..\)\t/2016-\1\/2016-12\t/' whole.tsv | sed 20d >in.tsv
    misses 20 'this group has no 2016-07/2016-12, as the first one*'
    awk -F'\t' -v OFS='\t' 'NR > 1 { $3 = substr($3, 6) - 3 } 1' whole.tsv | sed 26d >in.tsv
    misses 26 'this group has no -2, as the first one*; say jf-hours --since COL=A:B, so that all have the same, or --missing zero|na; or if*'
}

@test "a person cut in two is an error wherever the halves lie" {
    persons 4
    { sed 20,25d whole.tsv; sed -n 20,25p whole.tsv; } >in.tsv
    misses 19 'this group has no 2016-07, as the first one (line 2) has*'
    { sed -n '1p;20,25p' whole.tsv; sed '1d;20,25d' whole.tsv; } >in.tsv
    misses 8 'the first group (line 2) has no 2016-01, as this one has*'
    { sed -n 1,13p whole.tsv; sed -n 20,25p whole.tsv; sed -n 26,49p whole.tsv; sed -n 14,19p whole.tsv; } >in.tsv
    misses 14 'this group has no 2016-01, as the first one (line 2) has*'
    # the first one, cut into halves of which each is a first group
    { sed -n 1,7p whole.tsv; sed -n 14,49p whole.tsv; sed -n 8,13p whole.tsv; } >in.tsv
    misses 14 'the first group (line 2) has no 2016-07, as this one has*'
}

@test "a hole far down a large table is told alike by any number of threads" {
    persons 40000
    jf-cumsum -j 1 whole.tsv >want
    for threads in 2 3 8; do jf-cumsum -j $threads whole.tsv | cmp want -; done
    for line in 14 10000 200007 300012 480001; do
        sed ${line}d whole.tsv >in.tsv
        jf-cumsum -j 1 in.tsv >want 2>err || true
        grep -q "^jf-cumsum: in.tsv:\($line\|$((line - 1))\): period: this group has no 2016-" err
        for threads in 2 3 8; do
            run -1 --separate-stderr jf-cumsum -j $threads in.tsv
            # shellcheck disable=SC2154 # bats sets it
            echo "$stderr" | cmp err -
            jf-cumsum -j $threads in.tsv 2>/dev/null | cmp want -
        done
    done
    # all but the first person have other months
    awk -F'\t' -v OFS='\t' 'NR > 13 { sub(/2016/, "2017", $3) } 1' whole.tsv >in.tsv
    misses 14 'this group has no 2016-01, as the first one (line 2) has*'
    # the first person has more rows than what one thread takes at once
    awk 'BEGIN { OFS = "\t"; print "id", "period", "hours"
        for (i = 1; i <= 3; i++) for (m = 1; m <= 60000; m++) if (i < 3 || m != 50000) print "pnr0" i, m, 1 }' >in.tsv
    misses 170001 'this group has no 50000, as the first one (line 2) has*'
}

@test "a person goes on in the next FILE, and a hole there is told with its place" {
    persons 3
    sed 18q whole.tsv >one.tsv
    sed '2,18d' whole.tsv >two.tsv
    jf-cumsum whole.tsv >want
    for threads in 1 2 8; do jf-cumsum -j $threads one.tsv two.tsv | cmp want -; done
    gzip -n -c two.tsv >two.tsv.gz
    jf-cumsum one.tsv two.tsv.gz | cmp want -
    sed 8d two.tsv >hole.tsv
    sed 20d two.tsv >late.tsv
    sed 1q one.tsv >none.tsv
    for threads in 1 2 4 8; do
        refuses 1 'hole.tsv:7: period: this group has no 2016-12' jf-cumsum -j $threads none.tsv one.tsv hole.tsv
        refuses 1 'late.tsv:19: period: this group has no 2016-12' jf-cumsum -j $threads one.tsv none.tsv late.tsv
        refuses 1 'one.tsv:18: period: this group has no 2016-06' jf-cumsum -j $threads one.tsv
        sed 2,8d two.tsv | refuses 1 'one.tsv:18: period: this group has no 2016-06' jf-cumsum -j $threads one.tsv -
    done
}

@test "numbers that are equal are one period, however they are written" {
    printf 'id\tperiod\thours\na\t1\t1\na\t2.0\t1\nb\t01\t1\nb\t2\t1\n' >in.tsv
    for threads in 1 2; do
        jf-cumsum -j $threads in.tsv | cut -f 3 >got
        printf '%s\n' hours 1 2 1 2 | same - got
    done
}

@test "no message shows a period that may be an id" {
    printf 'id\tperiod\thours\na\t1234567\t1\na\t2345678\t1\nb\t2345678\t1\n' >in.tsv
    misses 4 'this group has no #######, as the first one (line 2) has*'
    printf 'id\tperiod\thours\na\t201603\t1\na\t201604\t1\nb\t201604\t1\n' >in.tsv
    misses 4 'this group has no 201603, as the first one (line 2) has*'
    printf 'period\tg\thours\n1\ta\t1\n2\ta\t1\n2\tb\t1\n' >in.tsv
    refuses 1 'in.tsv:4: *: this group has no such period, as the first one (line 2) has*' jf-cumsum --within g in.tsv
}

# sorts WANT COMMAND...: what the message of the command tells to type, typed as it is, makes the rows of
# WANT, header first. Its stdin is the command's.
sorts()
{
    local want=$1
    shift
    cat >stdin
    run -1 --separate-stderr "$@" <stdin
    [[ $stderr = *'sort the rows: '* ]]
    sh -c "${stderr#*sort the rows: }" <stdin >sorted 2>said
    [ ! -s said ]
    tr -d '\r' <sorted | same "$want" -
}

@test "a sort that the message gives puts the rows right" {
    printf 'id\tperiod\thours\na\t2016-01\t1\na\t2016-02\t2\nb\t2016-01\t1\nb\t2016-02\t2\n' >months
    { sed 1q months; sed 1d months | LC_ALL=C sort -r; } >down
    { sed 1q months; sed 1d months | LC_ALL=C sort -k 2,2; } >"by month's.tsv" # groups that stand apart
    { sed 1q months; sed 1d months | LC_ALL=C sort -t "$(printf '\t')" -k 1,1r -k 2,2; } >apart
    sorts months jf-cumsum down </dev/null
    sorts months jf-cumsum "by month's.tsv" </dev/null
    sorts months jf-cumsum <down
    sorts months jf-cumsum - <down
    gzip -n <down >packed
    sorts months jf-cumsum packed </dev/null
    sorts months jf-cumsum <packed
    # several files, one of them gzip, one with CRLF and a byte order mark
    cp down -- '-v $(x) "q"'
    sorts months jf-cumsum -- '-v $(x) "q"' </dev/null
    for i in 2 4; do sed -n "1p;${i}p;$((i + 1))p" down >part$i; done
    { printf '\357\273\277'; sed 's/$/\r/' part4; } | gzip -n >part.gz
    sorts months jf-cumsum part2 part.gz </dev/null
    sorts months jf-cumsum -j 4 part2 part.gz </dev/null
    run -1 --separate-stderr jf-cumsum part2 - <part4
    cat part2 part4 | sh -c "${stderr#*sort the rows: }" | same months -
    # several columns, and jf-hours
    awk -F'\t' -v OFS='\t' '{ print $3, $2, $1, NR == 1 ? "site" : "s" }' months >turned
    { sed 1q turned; sed 1d turned | LC_ALL=C sort -t "$(printf '\t')" -k 2,2r; } >in.tsv
    sorts turned jf-cumsum --within id,site in.tsv </dev/null
    sorts months jf-hours --long --period period --value hours --max 9 --missing drop down </dev/null
    { cat months; sed -n 2p months; } >torn
    run -1 --separate-stderr jf-hours --long --period period --value hours --max 9 --missing drop torn
    sh -c "${stderr#*sort the rows: }" | jf-hours --long --period period --value hours --max 9 --missing drop >got
    [ "$(wc -l <got)" -eq 5 ]
}

@test "the sort that the message gives knows periods that are numbers" {
    printf 'id\tperiod\thours\na\t-1\t1\na\t0.5\t1\na\t+9\t1\na\t1e1\t1\na\t100\t1\n' >numbers
    { sed 1q numbers; sed 1d numbers | LC_ALL=C sort -r; } >down
    sorts numbers jf-cumsum down </dev/null
    sorts numbers jf-cumsum --within '' down </dev/null
    # of ranges of numbers no command is known that sorts them
    printf 'id\tperiod\thours\na\t0/12\t1\na\t0/3\t1\n' >down
    refuses 1 'a period before that of the last row; sort the rows: by group and period' jf-cumsum down
    # nor one that a name with a line end fits into; a terminal is not sent what it would act on
    printf 'id\tperiod\thours\na\t2\t1\na\t1\t1\n' >"$(printf 'a\nb\033[2J.tsv')"
    run -1 --separate-stderr jf-cumsum "$(printf 'a\nb\033[2J.tsv')"
    [[ $stderr = *'sort the rows: gzip -cdf | { IFS='* ]]
    # two rows of one period no sort tells apart
    printf 'id\tperiod\thours\na\t2\t1\na\t2\t1\n' >in.tsv
    run -1 --separate-stderr jf-cumsum in.tsv
    [[ $stderr != *sort* ]]
}

@test "after jf-diff it is the plain running sum of the differences" {
    table >in.tsv <<'END'
PNR    arm  period   hours
pnr01  d    2016-01  3
pnr02  k    2016-01  1
pnr01  d    2016-02  5
pnr02  k    2016-02  4.5
pnr01  d    2016-03  0
pnr02  k    2016-03  1.25
END
    jf-diff --control k in.tsv | jf-cumsum -y diff --within '' 2>said | columns period,diff /dev/stdin >got
    [[ $(cat said) == 'jf-cumsum: diff is a running sum now, and se, df and what follows are of the single row'* ]]
    jf-diff --control k in.tsv | jf-cumsum -y diff --as total --within '' 2>&1 >sums | same /dev/null -
    printf 'period\tdiff\n2016-01\t2\n2016-02\t2.5\n2016-03\t1.25\n' >want
    same want got
}

@test "columns that are not summed pass through untouched, and a bad number has its place" {
    printf 'id\tperiod\thours\tnote\npnr01\t1\t1\t 00.50 "q" \303\246\npnr01\t2\t1e1\t-0\n' >in.tsv
    jf-cumsum in.tsv >got
    printf 'id\tperiod\thours\tnote\npnr01\t1\t1\t 00.50 "q" \303\246\npnr01\t2\t11\t-0\n' >want
    same want got
    printf 'id\tperiod\thours\tnote\npnr01\t1\t1\t\npnr01\t2\t1,5\t\n' >bad.tsv
    refuses 1 'bad.tsv:3: hours: ' jf-cumsum bad.tsv
    refuses '[12]' 'huors*hours' jf-cumsum -y huors in.tsv
}

@test "a sum of 38 digits is given, whatever digits it lost on the way" {
    table >in.tsv <<'END'
id  period  hours
a   1       9999999999999999999999999999999999999.5
a   2       0.5
a   3       0
b   1       18000000000000000000000000000000000000
b   2       -9999999999999999999999999999999999999.5
b   3       0
c   1       0.000000000000000000000000000000000001
c   2       -0.000000000000000000000000000000000001
c   3       10000000000000000000000000000000000000
END
    table >want <<'END'
id  period  hours
a   1       9999999999999999999999999999999999999.5
a   2       10000000000000000000000000000000000000
a   3       10000000000000000000000000000000000000
b   1       18000000000000000000000000000000000000
b   2       8000000000000000000000000000000000000.5
b   3       8000000000000000000000000000000000000.5
c   1       0.000000000000000000000000000000000001
c   2       0
c   3       10000000000000000000000000000000000000
END
    jf-cumsum in.tsv | same want -
}

@test "--how max is the largest value so far, --how run how many rows in a row are not 0" {
    table >in.tsv <<'END'
id  period  hours  a
a   1       0      -3
a   2       5.50   -4
a   3       2      -2.50
a   4       0      -2.5
a   5       1e1    0
b   1       -9     -0
b   2       -1     0.0
b   3       7      -1
b   4       7.00   1
b   5       0e9    1
END
    jf-cumsum -y hours,a --how max --as m,n in.tsv | jf-cumsum -y hours,a --how run >got
    table >want <<'END'
id  period  hours  a  m    n
a   1       0      1  0    -3
a   2       1      2  5.5  -3
a   3       2      3  5.5  -2.5
a   4       0      4  5.5  -2.5
a   5       1      0  10   0
b   1       1      0  -9   0
b   2       2      0  -1   0
b   3       3      1  7    0
b   4       4      2  7    1
b   5       0      3  7    1
END
    same want got
    jf-cumsum -y hours,a --how sum in.tsv | cmp - <(jf-cumsum -y hours,a in.tsv)
    refuses 2 "--how: 'min' is not one of sum|max|run" jf-cumsum --how min in.tsv
}

@test "a missing month makes the maximum and the run missing from there on, for that person only" {
    for nothing in '' . NA '\N'; do
        months
        awk -F'\t' -v OFS='\t' -v nothing="${nothing/\\/\\\\}" 'NR == 3 { $4 = nothing } 1' in.tsv >hole.tsv
        jf-cumsum --how max --as m hole.tsv | jf-cumsum --how run | columns m,hours /dev/stdin >got
        printf 'm\thours\n10\t1\nNA\tNA\nNA\tNA\n0\t0\n0\t1\n0.1\t2\n' | same - got
    done
}

@test "maxima of 38 digits are told from their neighbours" {
    table >in.tsv <<'END'
id  period  hours
a   1       -99999999999999999999999999999999999999
a   2       -99999999999999999999999999999999999998
a   3       0.000000000000000000000000000000000001
a   4       0
a   5       99999999999999999999999999999999999998
a   6       99999999999999999999999999999999999999
a   7       99999999999999999999999999999999999997
END
    jf-cumsum --how max in.tsv | cut -f 3 >got
    printf '%s\n' hours -99999999999999999999999999999999999999 -99999999999999999999999999999999999998 \
        0.000000000000000000000000000000000001 0.000000000000000000000000000000000001 \
        99999999999999999999999999999999999998 99999999999999999999999999999999999999 \
        99999999999999999999999999999999999999 | same - got
}

# Two arms of 23 and 19 persons, 24 months: in which month each has hours first (0: in none), and the last month
# alive (24: all). After the first month with hours there are others without.
lives()
{
    awk -v deaths="${1:+1}" 'BEGIN { OFS = "\t"; x = 7
        print "id", "arm", "first", "last" >"lives.tsv"
        printf "id\tarm"; for (m = 1; m <= 24; m++) printf "\tgrad_%d_%02d", 2016 + int((m - 1) / 12), (m - 1) % 12 + 1
        print ""
        for (i = 1; i <= 42; i++) {
            arm = i <= 23 ? "d" : "k"
            x = (x * 16807) % 2147483647; first = x % (arm == "d" ? 30 : 40) + 1; if (first > 24) first = 0
            x = (x * 16807) % 2147483647; last = deaths && x % 3 == 0 ? x % 24 + 1 : 24
            if (first > last) first = 0
            print "pnr" i, arm, first, last >"lives.tsv"
            printf "pnr%02d\t%s", i, arm
            for (m = 1; m <= 24; m++) printf "\t%s", (m > last ? "" : m == first || (first && m > first && (m - first) % 3 == 1) ? "0.5" : "0")
            print ""
        } }' >wide.tsv
}

@test "ever in work by then, without censoring, is 1 - Kaplan-Meier in both arms, at each horizon" {
    lives
    jf-hours --keep arm --indicator any='>0' wide.tsv | jf-cumsum -y any --how max |
        jf-diff --control k -y any | columns period,mean_treated,mean_control,diff,se /dev/stdin >got
    # the product-limit estimate and Greenwood's variance, by the times alone
    awk -F'\t' 'NR > 1 { n[$2]++; d[$2, $3]++ } END {
        for (m = 1; m <= 24; m++) {
            for (arm in n) {
                if (m == 1) { s[arm] = 1; risk[arm] = n[arm] }
                s[arm] *= 1 - d[arm, m] / risk[arm]
                green[arm] += d[arm, m] / risk[arm] / (risk[arm] - d[arm, m])
                risk[arm] -= d[arm, m]
            }
            if (m != 6 && m != 12 && m != 24) continue
            v = s["d"]^2 * green["d"] * n["d"] / (n["d"] - 1) + s["k"]^2 * green["k"] * n["k"] / (n["k"] - 1)
            printf "%d-%02d\t%.6f\t%.6f\t%.6f\t%.6f\n", 2016 + (m > 12), (m - 1) % 12 + 1, 1 - s["d"], 1 - s["k"], s["k"] - s["d"], sqrt(v)
        } }' lives.tsv >want
    [ "$(cut -f 2,3 want | tr '\t' '\n' | sort -u | wc -l)" -eq 6 ]
    awk -F'\t' '$1 ~ /^(2016-06|2016-12|2017-12)$/ { printf "%s\t%.6f\t%.6f\t%.6f\t%.6f\n", $1, $2, $3, $4, $5 }' got | same want -
}

@test "with death kept as 0, ever in work by then is Aalen and Johansen's incidence in both arms" {
    lives deaths
    jf-hours --keep arm --missing zero --indicator any='>0' wide.tsv | jf-cumsum -y any --how max |
        jf-diff --control k -y any | columns period,mean_treated,mean_control /dev/stdin >got
    awk -F'\t' 'NR > 1 { n[$2]++; work[$2, $3]++; if (!$3 && $4 < 24) death[$2, $4]++ } END {
        for (m = 1; m <= 24; m++) {
            for (arm in n) {
                if (m == 1) { s[arm] = km[arm] = 1; risk[arm] = n[arm] }
                cif[arm] += s[arm] * work[arm, m] / risk[arm]
                km[arm] *= 1 - work[arm, m] / risk[arm]
                s[arm] *= 1 - (work[arm, m] + death[arm, m]) / risk[arm]
                risk[arm] -= work[arm, m] + death[arm, m]
            }
            if (m != 6 && m != 12 && m != 24) continue
            printf "%d-%02d\t%.6f\t%.6f\n", 2016 + (m > 12), (m - 1) % 12 + 1, cif["d"], cif["k"]
        }
        # with death as censoring it would be another number
        printf "2017-12\t%.6f\t%.6f\n", 1 - km["d"], 1 - km["k"] >"censored"
    }' lives.tsv >want
    awk -F'\t' '$1 ~ /^(2016-06|2016-12|2017-12)$/ { printf "%s\t%.6f\t%.6f\n", $1, $2, $3 }' got | same want -
    [ "$(tail -n 1 want)" != "$(cat censored)" ]
}

@test "ever in work, before somebody was lost, is not known after" {
    table >wide.tsv <<'END'
id    arm  grad_2016_01  grad_2016_02  grad_2016_03
pnr1  d    1             0             _
pnr2  k    0             0             1
pnr3  k    0             1             0
pnr4  d    0             0             0
END
    jf-hours --keep arm --missing na --indicator any='>0' wide.tsv | jf-cumsum -y any --how max >ever.tsv
    refuses 1 'say --missing drop' jf-diff --control k -y any ever.tsv
    jf-diff --control k -y any --missing drop ever.tsv | columns period,n_treated,missing_treated,mean_treated /dev/stdin >got
    table >want <<'END'
period   n_treated  missing_treated  mean_treated
2016-01  2          0                0.5
2016-02  2          0                0.5
2016-03  1          1                0
END
    same want got
}
