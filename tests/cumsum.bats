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
        printf 'PNR\thours\npnr02\t10\npnr02\tNA\npnr02\tNA\npnr01\t-1\npnr01\t-0.9\n' >want
        same want got
    done
}

@test "sums are exact: ten times 0.1 is 1, and 24 decimals stay 24" {
    {
        printf 'id\tperiod\thours\n'
        for i in 01 02 03 04 05 06 07 08 09 10; do printf 'a\t%s\t0.1\n' $i; done
        printf 'b\t01\t999999999999.000000000000000000000001\n'
        printf 'b\t02\t0.000000000000000000000001\nb\t03\t-1e11\nb\t04\t-1.5e-3\n'
    } >in.tsv
    jf-cumsum in.tsv | cut -f 3 | sed '1d' >got
    printf '%s\n' 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1 999999999999.000000000000000000000001 \
        999999999999.000000000000000000000002 899999999999.000000000000000000000002 \
        899999999998.998500000000000000000002 >want
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
3       b    x        5
4       b    y        6
5       b    y        7
6       c    y        8
END
    printf '%s\n' diff 1 3.5 6.5 4 9 6 13 8 >want
    for threads in 1 2; do
        jf-cumsum -j $threads -y diff --within arm,outcome in.tsv | cut -f 4 >got
        same want got
    done
    head -n 4 in.tsv | jf-cumsum -y diff --within '' | cut -f 4 >got
    head -n 4 want | same - got
    refuses 1 'in.tsv:5:*LC_ALL=C sort' jf-cumsum -y diff --within '' in.tsv
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

@test "two numbers are compared as numbers, other periods byte by byte" {
    while read -r before after verdict; do
        printf 'id\tperiod\thours\na\t%s\t1\na\t%s\t1\n' "$before" "$after" >in.tsv
        case $verdict in
        ascend) jf-cumsum in.tsv >/dev/null || { echo "$before $after"; return 1; } ;;
        alike) refuses 1 'in.tsv:3: period: a period twice' jf-cumsum in.tsv ;;
        descend) refuses 1 'in.tsv:3: period: a period before' jf-cumsum in.tsv ;;
        esac
    done <<'END'
2016-09  2016-10  ascend
2016-10  2016-09  descend
2016-9   2016-10  descend
2016-10  2016-11  ascend
2016-11  2016-11  alike
2016Q4   2017Q1   ascend
Q4-2016  Q1-2017  descend
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
0x9      0x8      descend
10.5     9.75     descend
9.75     10.5     ascend
250      9e1      descend
0000.001   0000.002e-000009  descend
99999999   100000000  ascend
100000000  99999999   descend
2016-01-09  2016-01-10  ascend
2016-01-10  2016-01-09  descend
9a       9b       ascend
9        9b       ascend
9b       9        descend
a        B        descend
END
}

@test "a person who comes again later is an error, and the sort it gives puts that right" {
    months
    { sed -n '1p;2p;5p' in.tsv; sed -n '3p' in.tsv; } >torn.tsv
    refuses 1 'torn.tsv:4:*LC_ALL=C sort' jf-cumsum torn.tsv
    { sed 1q in.tsv; sed 1d in.tsv | LC_ALL=C sort -t "$(printf '\t')" -k 1,1 -k 3,3; } | jf-cumsum >/dev/null
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
    jf-diff --control k in.tsv | jf-cumsum -y diff --within '' | columns period,diff /dev/stdin >got
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
b   1       18000000000000000000000000000000000000
b   2       -9999999999999999999999999999999999999.5
c   1       0.000000000000000000000000000000000001
c   2       -0.000000000000000000000000000000000001
c   3       10000000000000000000000000000000000000
END
    table >want <<'END'
id  period  hours
a   1       9999999999999999999999999999999999999.5
a   2       10000000000000000000000000000000000000
b   1       18000000000000000000000000000000000000
b   2       8000000000000000000000000000000000000.5
c   1       0.000000000000000000000000000000000001
c   2       0
c   3       10000000000000000000000000000000000000
END
    jf-cumsum in.tsv | same want -
}
