#!/usr/bin/env bats
# jf-hist: the distribution.

load helper

persons()
{
    table >in.tsv <<'END'
PNR    arm       town  hours
pnr01  deltager  A     0
pnr02  deltager  A     10
pnr03  deltager  B     49.999999999999999999999
pnr04  deltager  B     50
pnr05  deltager  A     149.5
pnr06  kontrol   A     0
pnr07  kontrol   B     0
pnr08  kontrol   B     NA
pnr09  kontrol   A     100
pnr10  kontrol   B     50
END
}

@test "a row for each bin and arm, bins closed on the left, zeros and missing apart" {
    persons
    jf-hist --width 50 in.tsv >got
    table >want <<'END'
arm       low   high  n  share  share_shown
deltager  -Inf  0     0  0  0
deltager  0     50    2  0.4  0.4
deltager  50    100   1  0.2  0.2
deltager  100   150   1  0.2  0.2
deltager  150   Inf   0  0  0
deltager  0     0     1  0.2  0.2
deltager  NA    NA    0  NA  NA
kontrol   -Inf  0     0  0  0
kontrol   0     50    0  0  0
kontrol   50    100   1  0.25  0.25
kontrol   100   150   1  0.25  0.25
kontrol   150   Inf   0  0  0
kontrol   0     0     2  0.5  0.5
kontrol   NA    NA    1  NA  NA
END
    same want got
}

@test "--drop-zero: the zeros are in no row, and in the share of all but not of those shown" {
    persons
    jf-hist --width 50 --drop-zero in.tsv >got
    table >want <<'END'
arm       low   high  n  share  share_shown
deltager  -Inf  0     0  0      0
deltager  0     50    2  0.4    0.5
deltager  50    100   1  0.2    0.25
deltager  100   150   1  0.2    0.25
deltager  150   Inf   0  0      0
deltager  NA    NA    0  NA     NA
kontrol   -Inf  0     0  0      0
kontrol   0     50    0  0      0
kontrol   50    100   1  0.25   0.5
kontrol   100   150   1  0.25   0.5
kontrol   150   Inf   0  0      0
kontrol   NA    NA    1  NA     NA
END
    same want got
}

@test "--keep-zero: a zero is in its bin, or under or over" {
    persons
    jf-hist --width 50 --keep-zero in.tsv | columns arm,low,high,n,share,share_shown /dev/stdin >got
    table >want <<'END'
arm       low   high  n  share  share_shown
deltager  -Inf  0     0  0      0
deltager  0     50    3  0.6    0.6
deltager  50    100   1  0.2    0.2
deltager  100   150   1  0.2    0.2
deltager  150   Inf   0  0      0
deltager  NA    NA    0  NA     NA
kontrol   -Inf  0     0  0      0
kontrol   0     50    2  0.5    0.5
kontrol   50    100   1  0.25   0.25
kontrol   100   150   1  0.25   0.25
kontrol   150   Inf   0  0      0
kontrol   NA    NA    1  NA     NA
END
    same want got
    jf-hist --width 50 --from 50 --keep-zero in.tsv | columns low,high,n /dev/stdin | sed -n 2p >got
    printf -- '-Inf\t50\t3\n' | same - got
    refuses 2 '--drop-zero and --keep-zero exclude each other' jf-hist --width 50 --drop-zero --keep-zero in.tsv
}

@test "memory is by the bins in use: many groups of few values far apart are a table or an error" {
    awk 'BEGIN { print "id\tg\thours"; for (g = 0; g < 100; g++) for (i = 0; i < 3; i++) printf "%d\tg%d\t%d\n", ++n, g, 1 + (g * 7919 + i * 33331) % 50000 }' >in.tsv
    # a sanitizer takes more addresses than that by itself
    ([ -n "${JF_SANITIZED:-}" ] || ulimit -v 200000; jf-hist -j 1 --by g --width 1 in.tsv >got)
    awk -F'\t' 'NR > 1 { n += $4; rows++; if ($4 != "" && $4 > 0) used++ } END { exit !(n == 300 && used == 300 && rows % 100 == 0) }' got
    awk -F'\t' -v OFS='\t' 'NR > 1 { $2 = "g" NR; print $1 + 1000, $2 "x", $3 } 1' in.tsv >mixed.tsv
    { sed -n 1p in.tsv; grep -v hours mixed.tsv; } >many.tsv
    refuses 1 'groups of *; choose a larger --width' jf-hist -j 1 --by g --width 1 many.tsv
}

@test "--from and --to set the range, and what lies outside is counted under and over" {
    persons
    jf-hist --width 20 --from 20 --to 60 --by '' in.tsv >got
    table >want <<'END'
low   high  n  share  share_shown
-Inf  20    1  0.1111111111111111  0.1111111111111111
20    40    0  0  0
40    60    3  0.3333333333333333  0.3333333333333333
60    Inf   2  0.2222222222222222  0.2222222222222222
0     0     3  0.3333333333333333  0.3333333333333333
NA    NA    1  NA  NA
END
    same want got
    refuses 2 'width' jf-hist --width 30 --from 0 --to 100 in.tsv
    refuses 2 '' jf-hist --width 10 --from 100 --to 0 in.tsv
}

@test "a range may be open above or below, and then ends at the last bin that holds a value" {
    printf 'id\tarm\tv\nx\ta\t-7.5\nx\ta\t4.9\nx\ta\t5\nx\ta\t26\nx\ta\t0\nx\tb\t41\n' >in.tsv
    jf-hist --units rows -y v --width 10 --from 5 in.tsv | columns arm,low,high,n /dev/stdin >got
    table >want <<'END'
arm  low   high  n
a    -Inf  5     2
a    5     15    1
a    15    25    0
a    25    35    1
a    35    45    0
a    45    Inf   0
a    0     0     1
a    NA    NA    0
b    -Inf  5     0
b    5     15    0
b    15    25    0
b    25    35    0
b    35    45    1
b    45    Inf   0
b    0     0     0
b    NA    NA    0
END
    same want got
    jf-hist --units rows -y v --width 10 --to 20 --by '' in.tsv | columns low,high,n /dev/stdin >got
    table >want <<'END'
low   high  n
-Inf  -10   0
-10   0     1
0     10    2
10    20    0
20    Inf   2
0     0     1
NA    NA    0
END
    same want got
    # no value lies inside
    for bound in '--from 100:-Inf 100 5|100 Inf 0' '--to -100:-Inf -100 0|-100 Inf 5'; do
        # shellcheck disable=SC2086 # words are meant
        jf-hist --units rows -y v --width 10 ${bound%%:*} --by '' in.tsv | columns low,high,n /dev/stdin | sed -n 2,3p >got
        echo "${bound#*:}" | tr ' |' '\t\n' | same - got
    done
}

@test "--breaks takes bins of any width" {
    persons
    jf-hist --breaks 0,10,49.999999999999999999999,100.5 --by town in.tsv | columns town,low,high,n /dev/stdin >got
    table >want <<'END'
town  low                        high                       n
A     -Inf                       0                          0
A     0                          10                         0
A     10                         49.999999999999999999999   1
A     49.999999999999999999999   100.5                      1
A     100.5                      Inf                        1
A     0                          0                          2
A     NA                         NA                         0
B     -Inf                       0                          0
B     0                          10                         0
B     10                         49.999999999999999999999   0
B     49.999999999999999999999   100.5                      3
B     100.5                      Inf                        0
B     0                          0                          1
B     NA                         NA                         1
END
    same want got
    for bad in 10,5 5,5 '' x 1,,2 5; do
        refuses 2 'breaks' jf-hist --breaks "$bad" in.tsv
    done
}

@test "bins are decimal: 0.3 falls into 0.3 to 0.4, at any distance from zero" {
    printf 'id\tarm\thours\n' >in.tsv
    for i in 1 2 3 4 5 6 7 8 9; do printf 'x\ta\t0.%d\nx\ta\t-0.%d\nx\tb\t1000000000000000.%d\n' $i $i $i; done >>in.tsv
    jf-hist --units rows --width 0.1 --from -1 --to 1 in.tsv | awk -F'\t' '$1 == "a" && $3 != 0 || NR == 1' >got
    awk -F'\t' 'NR > 1 && $2 ~ /^-?0/ && $4 != ($2 != "0" && $2 != "-1") { print; bad = 1 } END { exit bad || NR != 23 }' got
    jf-hist --units rows --width 0.1 --from 1000000000000000 --to 1000000000000001 in.tsv >got
    awk -F'\t' '$1 == "b" && $2 ~ /^1/ && $3 != "Inf" && $4 != 1 && $2 != "1000000000000000" { bad = 1 } END { exit bad }' got
}

@test "without --from the bins start at the multiple of the width below the least value" {
    printf 'id\tarm\tv\nx\ta\t-7.5\nx\ta\t12\nx\tb\t25\n' >in.tsv
    jf-hist --units rows -y v --width 10 in.tsv | awk -F'\t' '$1 == "a" { print $2, $3, $4 }' >got
    printf '%s\n' '-Inf -10 0' '-10 0 1' '0 10 0' '10 20 1' '20 30 0' '30 Inf 0' '0 0 0' 'NA NA 0' >want
    same want got
}

@test "the counts add up to the rows read, the shares to one, however it is cut" {
    awk 'BEGIN { print "id\tarm\ttown\thours"; x = 11; for (i = 1; i <= 1000; i++) { x = (x * 16807) % 2147483647
        printf "x\ta%d\tt%d\t%s\n", x % 2, x % 5, int(x / 64) % 10 ? (x % 3 ? x % 20000 / 100 : 0) : "." } }' >in.tsv
    for cut in '--width 7.5' '--width 25 --from 50 --to 100' '--breaks 1,2,3,100'; do
        for by in arm town,arm ''; do
            # shellcheck disable=SC2086 # words are meant
            jf-hist --units rows $cut --by "$by" in.tsv | columns n,share /dev/stdin >got
            awk -F'\t' 'NR > 1 { n += $1; if ($2 != "NA") s += $2 } END { print n, s }' got >sums
            groups=$(awk -F'\t' 'NR > 1 && $2 == "NA"' got | wc -l)
            read -r n share <sums
            [ "$n" -eq 1000 ]
            near "$share" "$groups" 1e-12
        done
    done
    jf-hist --units rows --width 10 in.tsv >want
    { sed 1q in.tsv; sed 1d in.tsv | sort -k 4; } | jf-hist --units rows --width 10 | same want -
}

@test "a small cell is masked with its share, and no cell that is shown is small" {
    awk 'BEGIN { print "id\tarm\thours"; x = 5; for (i = 1; i <= 300; i++) { x = (x * 16807) % 2147483647
        printf "x%d\ta%d\t%.2f\n", i, x % 3, (x % 7919 / 7919) ^ 3 * 500 } }' >in.tsv
    jf-hist --width 50 in.tsv >plain
    for k in 2 5 10; do
        jf-hist --width 50 --min-cell $k in.tsv >got
        paste plain got | awk -F'\t' -v k=$k 'NR > 1 {
            small = $4 > 0 && $4 < k
            if (small) masked++; else if ($10 == $4) shown += $4 > 0
            if ($2 != $8 || small && ($10 != "<" k || $11 != "NA") || !small && $10 != "NA" && $10 != $4 ||
                $10 != $4 && $11 != "NA" || $10 == $4 && $11 != $5 || $12 != $11) { print; bad = 1 }
        } END { exit bad || !masked || !shown }'
    done
}

@test "--digits rounds the shares" {
    persons
    jf-hist --width 100 --digits 2 --by '' in.tsv | columns share /dev/stdin >got
    awk 'NR > 1 && $1 != "NA" && $1 !~ /^[01](\.[0-9][0-9]?)?$/ { print; bad = 1 } END { exit bad }' got
    [ "$(sed -n 3p got)" = 0.44 ]
}

@test "an arm without a single value has no shares" {
    printf 'id\tarm\thours\nx\ta\t5\ny\tb\tNA\nz\tb\t.\n' >in.tsv
    jf-hist --width 10 in.tsv | awk -F'\t' '$1 == "b" { print $4, $5 }' >got
    printf '%s\n' '0 NA' '0 NA' '0 NA' '0 NA' '2 NA' >want
    same want got
}

@test "what is asked must make sense" {
    persons
    refuses 2 'width*breaks' jf-hist in.tsv
    refuses 2 'breaks' jf-hist --width 5 --breaks 1,2 in.tsv
    for width in 0 -5 x ''; do refuses 2 'width' jf-hist --width "$width" in.tsv; done
    refuses '[12]' '100000' jf-hist --width 0.0001 in.tsv
    refuses '[12]' 'huors*hours' jf-hist --width 5 -y huors in.tsv
    refuses '[12]' 'amr*arm' jf-hist --width 5 --by amr in.tsv
}
