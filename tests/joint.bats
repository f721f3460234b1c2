#!/usr/bin/env bats
# jf-joint: the arms, and how their differences hang together.

load helper

oracle=$JF_DATA/oracle

# meets WANT NAMES: got has the rows of WANT in the columns NAMES: numbers, in lists too, to 1e-10, words as they are.
meets()
{
    paste <(columns "$2" "$1") <(columns "$2" got) | awk -F'\t' '
        function size(x) { return x < 0 ? -x : x }
        NR == 1 { next }
        { for (i = 1; i <= NF / 2; i++) {
            n = split($i, a, ","); m = split($(i + NF / 2), b, ",")
            if (n != m) { print n " and " m ": " $0; bad = 1 }
            for (k = 1; k <= n; k++)
                if (a[k] != b[k] && (a[k] !~ /^-?[0-9]/ || b[k] !~ /^-?[0-9]/ || size(a[k] - b[k]) > 1e-10 * size(a[k]) + 1e-14)) {
                    print a[k] " and " b[k]; bad = 1 } } }
        END { exit bad || NR < 3 }'
}

# 40 persons of two arms and two towns, 6 months; most hours are 0, some below 0 and of many decimals.
months()
{
    awk -v OFS='\t' 'BEGIN { print "id", "arm", "town", "period", "hours", "pay"; x = 7
        for (i = 1; i <= 40; i++) for (m = 1; m <= 6; m++) { x = (x * 16807) % 2147483647
            print "pnr" i, i % 2 ? "d" : "k", i % 5 < 2 ? "A" : "B", "2016-0" m, x % 3 ? 0 : x % 160 - 40 "." x % 97 + 10, x % 1000 / 8 } }'
}

# shuffled FILE SEED: persons in another order, and each one's rows.
shuffled()
{
    { sed 1q "$1"; sed 1d "$1" | awk -F'\t' -v seed="$2" 'BEGIN { srand(seed) }
        !($1 in at) { at[$1] = rand() } { print at[$1] "\t" rand() "\t" $0 }' | sort -g -k1,1 -k2,2 | cut -f 3-; }
}

@test "covariances are R's: several arms, persons left out, strata, one variance for both arms" {
    jf-joint --control control --treated diet3,diet4 --by period=time -y y --family arm --missing drop \
        "$oracle/joint-chicks.tsv" | sed '1s/^period/time/' >got
    meets "$oracle/contrast-chicks.tsv" time,arm,control,n_treated,n_control,diff,se,df,family,cov
    [ "$(wc -l <got)" -eq 25 ]
    jf-joint --control nonchilled --by period=conc -y uptake --strata type "$oracle/joint-plants.tsv" | sed '1s/^period/conc/' >got
    meets "$oracle/joint-plants-want.tsv" conc,diff,se,cov
    jf-joint --control 0 --by '' -y age,educ,black,hisp,married,nodegr,re74,re75,u74,u75 --variance pooled \
        "$JF_DATA/nsw/assign.tsv" >got
    meets "$oracle/joint-balance-want.tsv" outcome,diff,se,cov
    jf-joint --control 0 --by period=t -y earn <(awk -F'\t' -v OFS='\t' 'NR == FNR { arm[$1] = $2; next }
        { print $0, FNR == 1 ? "arm" : arm[$1] }' "$JF_DATA/nsw/assign.tsv" "$JF_DATA/nsw/long.tsv" | sort -s -k 1,1) | sed '1s/^period/time/' >got
    meets "$oracle/contrast-nsw.tsv" time,n_treated,n_control,diff,se,df,cov
}

@test "an entry is exactly that of the formula, rounded once, with values of any length" {
    table >in.tsv <<'END'
id  arm  period  y
a   t    1       0.1
a   t    2       12345678901234567890123.5
b   t    1       -7
b   t    2       3
c   t    1       0.30000000000000004
c   t    2       0
d   k    1       2
d   k    2       1e-3
e   k    1       5
e   k    2       -4
END
    jf-joint --control k -y y in.tsv >got
    x='(0.1 * 12345678901234567890123.5 - 7 * 3 - (0.1 - 7 + 0.30000000000000004) * (12345678901234567890123.5 + 3) / 3) / 6'
    reals <<END
cov $(cell cov got 2 | cut -d , -f 1) $x + (2 * 0.001 - 5 * 4 - 7 * (0.001 - 4) / 2) / 2
END
}

@test "the columns of jf-diff are jf-diff's, byte for byte, where nobody is left out" {
    months >in.tsv
    for how in '' '--strata town' '--strata town --df n-2j' '--variance pooled' '-y hours,pay' '--by town,period' '--min-cell 25'; do
        # shellcheck disable=SC2086 # words are wanted
        jf-diff --control k $how in.tsv >want
        # shellcheck disable=SC2086
        jf-joint --control k $how in.tsv >got
        columns "$(head -n 1 want | tr '\t' ,)" got | same want -
        head -n 1 got | grep -q "	family	cov$"
    done
}

@test "what reads families takes the rows, and a change is that of the persons' own changes" {
    months >in.tsv
    jf-joint --control k in.tsv | jf-contrast --over period --base 2016-01 | columns diff,se >got
    for m in 2 3 4 5 6; do
        awk -F'\t' -v OFS='\t' -v m="2016-0$m" 'NR == 1 { print "id", "arm", "change" } $4 == "2016-01" { first[$1] = $5 }
            $4 == m { printf "%s\t%s\t%.10f\n", $1, $2, $5 - first[$1] }' in.tsv |
            jf-diff --control k --by '' -y change | columns diff,se | sed 1d
    done >want
    paste <(sed 1d got) want | awk -F'\t' '{ for (i = 1; i < 3; i++) { off = $i - $(i + 2); if (off * off > 1e-18) bad = 1 } } END { exit bad || NR != 5 }'
    jf-joint --control k in.tsv | jf-test >got
    [ "$(cell rank got)" = 6 ]
    jf-joint --control k in.tsv | jf-ci --band >got
    [ "$(wc -l <got)" -eq 7 ]
}

@test "persons in any order, on any number of threads, in any parts: the same bytes" {
    months >in.tsv
    while IFS='|' read -r how outcomes; do
        # shellcheck disable=SC2206 # words are wanted
        how=($how)
        jf-joint --control k "${how[@]}" -y "$outcomes" in.tsv >want
        for seed in 1 2 3; do
            shuffled in.tsv $seed >other.tsv
            jf-joint --control k "${how[@]}" -y "$outcomes" -j $seed other.tsv | same want -
        done
        for n in 1 3 7; do
            rm -f s*
            for ((i = 1; i <= n; i++)); do
                awk -F'\t' -v i=$i -v n=$n 'NR == 1 || substr($1, 4) % n == i - 1' in.tsv |
                    jf-joint --sums "${how[@]}" -y "$outcomes" --seal $i/$n >s$i
            done
            jf-joint --control k "${how[@]}" --from-sums s* | same want -
            # shellcheck disable=SC2046 # words are wanted
            jf-joint --control k "${how[@]}" --from-sums $(printf '%s\n' s* | sort -r) | same want -
            cat s* | jf-joint --control k "${how[@]}" --from-sums | same want -
            [ $n -eq 1 ] || { rm s2; refuses 1 "1 of $n parts is missing: 2" jf-joint --control k "${how[@]}" --from-sums s*; }
        done
    done <<'END'
|hours
--strata town|hours,pay
--by town,period --family outcome|pay,hours
END
    # a stream of many chunks, whose persons are cut by them, and one that is gzip
    awk 'BEGIN { print "id\tarm\tperiod\thours"
        for (i = 1; i <= 3000; i++) for (m = 1; m <= 30; m++) printf "pnr%05d\t%s\t%d\t%.2f\n", i, i % 3 ? "t" : "c", m, i % 5 ? 0 : i * m * 7919 % 24000 / 100 }' >big.tsv
    jf-joint --control c -j 1 big.tsv >want
    for threads in 2 3 8; do jf-joint --control c -j $threads big.tsv | same want -; done
    gzip -c big.tsv | jf-joint --control c | same want -
    cut -f 1-18 want | same - <(jf-diff --control c big.tsv)
}

@test "a person is in all rows of a family or in none, and is counted" {
    months | awk -F'\t' -v OFS='\t' '$1 == "pnr3" && $4 == "2016-02" { $5 = "NA" } $1 == "pnr4" && $4 == "2016-05" { next } 1' >in.tsv
    refuses 1 'in.tsv:*: hours: a missing outcome; say --missing drop' jf-joint --control k in.tsv
    grep -v '	NA	' in.tsv >rows.tsv
    refuses 1 "'2016-02': 1 of 40 persons has no row; a family is of the same people" jf-joint --control k rows.tsv
    refuses 1 "'2016-02': some persons have no row, and --min-cell does not say how many" jf-joint --control k --min-cell 3 rows.tsv
    jf-joint --control k --missing drop in.tsv >got
    grep -v -e '^pnr3	' -e '^pnr4	' in.tsv | jf-joint --control k >want
    columns period,diff,se,df,cov want | same - <(columns period,diff,se,df,cov got)
    [ "$(columns n_treated,missing_treated,n_control,missing_control got | sed 1d | sort -u)" = $'19\t1\t19\t1' ]
    for seed in 1 2 3; do shuffled in.tsv $seed | jf-joint --control k --missing drop | same got -; done
    jf-joint --control k --missing drop rows.tsv | same got -
    # another town's persons do not lack what this one's have
    grep -v -e '	B	2016-06' in.tsv | jf-joint --control k --missing drop --by town,period >got
    [ "$(columns town got | sort | uniq -c | awk '{ print $1 $2 }' | tr '\n' ' ')" = '6A 5B 1town ' ]
}

@test "where all of an arm lack a row they are missing in that row too, and sums of such a part add up" {
    months | awk -F'\t' '!($2 == "d" && $4 == "2016-03")' >in.tsv
    jf-joint --control k --missing drop in.tsv >got
    [ "$(columns n_treated,missing_treated,n_control,missing_control got | sed 1d | sort -u)" = $'0\t20\t20\t0' ]
    # of the first ten persons all who are treated lack a month, of the others nobody
    months | awk -F'\t' '!($2 == "d" && $4 == "2016-03" && substr($1, 4) <= 10)' >in.tsv
    awk -F'\t' 'NR == 1 || substr($1, 4) <= 10' in.tsv | jf-joint --sums --missing drop >s1
    awk -F'\t' 'NR == 1 || substr($1, 4) > 10' in.tsv | jf-joint --sums --missing drop >s2
    jf-joint --control k --missing drop in.tsv >want
    jf-joint --control k --from-sums s1 s2 | same want -
}

@test "rows of a person that stand apart, twice, or of two arms are errors" {
    months >in.tsv
    { sed 1q in.tsv; sed 1d in.tsv | sort -s -t '	' -k 4,4; } >bymonth.tsv
    refuses 1 'rows of at least 40 persons do not stand together; sort the rows by the id' jf-joint --control k bymonth.tsv
    { cat in.tsv; sed -n 2,3p in.tsv; } >again.tsv
    refuses 1 'rows of at least 1 person do not stand together' jf-joint --control k --missing drop again.tsv
    sed 2p in.tsv >twice.tsv
    refuses 1 "'2016-01': a person stands twice; a person has one row in a key" jf-joint --control k twice.tsv
    sed '3s/	d	/	k	/' in.tsv >arms.tsv
    refuses 1 'a person has rows of two arms in one family; attach' jf-joint --control k arms.tsv
    sed '3s/	A	/	B	/;3s/	B	/	A	/' in.tsv >strata.tsv
    refuses 1 'a person has rows of two arms or strata in one family' jf-joint --control k --strata town <(sed '3s/	A	/	B	/' in.tsv)
}

@test "time under another name is no family by itself" {
    months | sed '1s/period/month/' >in.tsv
    refuses 1 'month: a person has rows of two of its values, and so would be of two families; where it is time, say --by period=month' \
        jf-joint --control k --by month in.tsv
    jf-joint --control k --by period=month in.tsv >got
    [ "$(columns family got | sort -u | tr '\n' ' ')" = 'all family ' ]
    jf-joint --control k --by month --family month in.tsv >got
    [ "$(columns cov got | grep -c ,)" -eq 0 ]
}

@test "masked rows stay masked in every list, and in what is made of them" {
    months | awk -F'\t' -v OFS='\t' 'NR > 1 { $5 = $4 == "2016-03" ? ($1 == "pnr1") : ($1 ~ /[1-5]$/) } 1' >in.tsv
    jf-joint --control k --min-cell 3 in.tsv >got
    [ "$(columns period,se,cov got | awk -F'\t' '$2 == "NA"')" = $'2016-03\tNA\tNA' ]
    [ "$(cell cov got 4 | cut -d , -f 3)" = NA ]
    [ "$(cell cov got 6 | tr , '\n' | grep -c NA)" -eq 1 ]
    jf-contrast --over period --base 2016-03 got | columns diff,se | sed 1d | sort -u >out
    printf 'NA\tNA\n' | same - out
    [ "$(jf-test got | columns chi2,p)" = $'chi2\tp\nNA\tNA' ]
}

@test "sums of other rows, cut or damaged sums are refused" {
    months >in.tsv
    grep -v 2016-06 in.tsv | awk -F'\t' 'NR == 1 || substr($1, 4) % 2' | jf-joint --sums >short
    awk -F'\t' 'NR == 1 || substr($1, 4) % 2 == 0' in.tsv | jf-joint --sums >whole
    refuses 1 'the parts have unlike rows' jf-joint --control k --from-sums short whole
    grep -v 2016-01 in.tsv | jf-joint --sums >other
    refuses 1 'number 1 of this family is another row in a part before' jf-joint --control k --from-sums whole other
    jf-joint --sums in.tsv >sums
    sed 9d sums >short_sums
    refuses 1 'the parts have unlike rows' jf-joint --control k --from-sums short_sums
    sed '2s/[^	]*$/-1/' sums >bad
    refuses 1 'values have this sum and sum of squares; the sums are damaged' jf-joint --control k --from-sums bad
    awk -F'\t' -v OFS='\t' '$5 == 1 && $4 == 2 { $9 = "x" } 1' sums >bad
    refuses 1 'a sum of products was expected; the sums are damaged' jf-joint --control k --from-sums bad
    awk -F'\t' -v OFS='\t' 'NR == 4 { $5 = 99 } 1' sums >bad
    refuses 1 'no row before is number 99 of this family' jf-joint --control k --from-sums bad
}

@test "options that do not go together are wrong usage" {
    sample jf-joint
    while IFS='|' read -r message options; do
        # shellcheck disable=SC2086
        refuses 2 "$message" jf-joint $options jf-joint.tsv
    done <<'END'
no control arm; give its label with --control|
use jf-diff --cluster|--control kontrol --cluster town
say --family arm, a family for each|--control kontrol --treated a,b --variance pooled
--family: 'town' is no column of --by, nor outcome or arm|--control kontrol --family town
--family: 'outcom' is no column of --by, nor outcome or arm; did you mean 'outcome'?|--control kontrol --family outcom
leave -y out|--control kontrol --from-sums -y hours
--strata has a variance of its own|--control kontrol --strata town --variance pooled
END
    refuses 1 'more than 1000 rows' jf-joint --control k <(awk 'BEGIN { print "id\tarm\tperiod\thours"
        for (i = 1; i <= 1001; i++) print "pnr01\tk\t" i "\t1" }')
}

@test "a seal tells the rows that were read; families of labels with commas stay apart, and their name can be read" {
    months >rows
    jf-joint -y hours --sums --seal 1/1 rows >joint.sums
    jf-diff -y hours --sums --seal 1/1 rows >diff.sums
    [ "$(columns sum joint.sums | tail -n 1)" -eq 240 ]
    [ "$(columns sum diff.sums | tail -n 1)" -eq 240 ]
    table >two <<'END'
id arm period a b hours
1 d 1 x,y z 1
2 d 1 x,y z 4
3 k 1 x,y z 2
4 k 1 x,y z 3
5 d 1 x y,z 5
6 d 1 x y,z 3
7 k 1 x y,z 1
8 k 1 x y,z 0
9 d 1 \ z 5
10 d 1 \ z 6
11 k 1 \ z 1
12 k 1 \ z 8
END
    jf-joint --control k --by period,a,b two >got
    [ "$(columns family got | tail -n +2 | sort | paste -s -d ' ')" = '\\,z x,y\,z x\,y,z' ]
}
