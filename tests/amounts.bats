#!/usr/bin/env bats
# jf-amounts: any amount a period.

load helper

@test "amounts of any sign stay exact, by month, quarter, year or wave" {
    table >in.tsv <<'END'
id     arm  pay_2016_01  pay_2016_02  pay_2016_03  q16_1  q16_2  re74  w-1  w0  w1
pnr01  a    100.10       -40.05       0            1      2      -7    1    2   3
pnr02  b    -0           1e3          0.000000000000000000000000000001  3  4  8  4  5  6
END
    jf-amounts --wide 'pay_%Y_%m' --keep arm in.tsv >got
    table >want <<'END'
id     arm  period   amount
pnr01  a    2016-01  100.1
pnr01  a    2016-02  -40.05
pnr01  a    2016-03  0
pnr02  b    2016-01  0
pnr02  b    2016-02  1000
pnr02  b    2016-03  0.000000000000000000000000000001
END
    same want got
    jf-amounts --wide 'pay_%Y_%m' --per quarter --total in.tsv | cut -f 2- | paste -s -d ' ' - | tr '\t' : >got
    echo 'period:amount 2016-Q1:60.05 2016-Q1:1000.000000000000000000000000000001' | same - got
    jf-amounts --wide 'q%y_%q' --as kr in.tsv | cut -f 2- | paste -s -d ' ' - | tr '\t' : >got
    echo 'period:kr 2016-Q1:1 2016-Q2:2 2016-Q1:3 2016-Q2:4' | same - got
    jf-amounts --wide 'q%y_%q' --per half in.tsv | cut -f 2- | paste -s -d ' ' - | tr '\t' : >got
    echo 'period:amount 2016-H1:1.5 2016-H1:3.5' | same - got
    jf-amounts --wide 're%y' in.tsv | cut -f 2- | paste -s -d ' ' - | tr '\t' : >got
    echo 'period:amount 1974:-7 1974:8' | same - got
    jf-amounts --wide 'w%n' in.tsv | cut -f 2- | paste -s -d ' ' - | tr '\t' : >got
    echo 'period:amount -1:1 0:2 1:3 -1:4 0:5 1:6' | same - got
    jf-amounts --wide 'w%n' --per window --total in.tsv | cut -f 2- | paste -s -d ' ' - | tr '\t' : >got
    echo 'period:amount -1/1:6 -1/1:15' | same - got
}

@test "--scale multiplies exactly, --min and --max bound the amount as it comes" {
    printf 'id\tp1\tp2\npnr01\t1234.5\t-10\n' >in.tsv
    jf-amounts --wide 'p%n' --scale 0.001 in.tsv | cut -f 3 | paste -s -d ' ' - >got
    echo 'amount 1.2345 -0.01' | same - got
    jf-amounts --wide 'p%n' --scale -2 --min -10 --max 1234.5 in.tsv | cut -f 3 | paste -s -d ' ' - >got
    echo 'amount -2469 20' | same - got
    refuses 1 'in.tsv:2: p2: an amount below 0 (--min); lower --min if it is right' jf-amounts --wide 'p%n' --min 0 in.tsv
    refuses 1 'in.tsv:2: p1: an amount above 1000 (--max); raise --max if it is right' jf-amounts --wide 'p%n' --max 1000 in.tsv
    refuses 2 '--min 5 is above --max 4' jf-amounts --wide 'p%n' --min 5 --max 4 in.tsv
    for bad in 0 x ''; do refuses 2 '--scale' jf-amounts --wide 'p%n' --scale "$bad" in.tsv; done
    # in rows the amount is the sum of a period's
    printf 'id\tt\tkr\npnr01\t1\t5\npnr01\t1\t-3\npnr01\t2\t-4\npnr01\t2\t3.5\n' >rows.tsv
    long=(jf-amounts --long --period t --value kr --missing zero --from 1 --to 3)
    "${long[@]}" --min -0.5 rows.tsv | cut -f 2- | paste -s -d ' ' - | tr '\t' : >got
    echo 't:amount 1:2 2:-0.5 3:0' | sed s/t/period/ | same - got
    refuses 1 'rows.tsv:5: kr: an amount below 0' "${long[@]}" --min 0 rows.tsv
}

@test "rows may be years, quarters, halves, weeks or waves, as --from and --to are, and months else" {
    while read -r first second third; do
        printf 'id\tt\tkr\npnr01\t%s\t5\npnr01\t%s\t-3\n' "$first" "$third" >in.tsv
        jf-amounts --long --period t --value kr --missing zero --from "$first" --to "$third" in.tsv | cut -f 2- | paste -s -d ' ' - >got
        printf 'period\tamount %s\t5 %s\t0 %s\t-3\n' "$first" "$second" "$third" | same - got
    done <<'END'
2016-12 2017-01 2017-02
2016 2017 2018
2016-Q4 2017-Q1 2017-Q2
2016-H2 2017-H1 2017-H2
2015-W53 2016-W01 2016-W02
2020-W53 2021-W01 2021-W02
2014-W52 2015-W01 2015-W02
9 10 11
-1 0 1
END
    printf 'id\tt\tkr\npnr01\t2016\t5\n' >in.tsv
    refuses 1 "in.tsv:2: t: '2016' is a year, and a month such as 2016-03 was expected; say --from and --to in the form of the column" \
        jf-amounts --long --period t --value kr --missing drop in.tsv
    jf-amounts --long --period t --value kr --missing drop --from 2000 in.tsv | tail -n 1 | cut -f 2- >got
    printf '2016\t5\n' | same - got
    printf 'id\tt\tkr\npnr01\t2016-W54\t5\n' >in.tsv
    refuses 1 "in.tsv:2: t: '2016-W54' is not a week such as 2016-W07" jf-amounts --long --period t --value kr --missing drop --from 2000-W01 in.tsv
    printf 'id\tt\tkr\npnr01\t2016-W53\t5\n' >in.tsv
    refuses 1 "in.tsv:2: t: '2016-W53' is not a week" jf-amounts --long --period t --value kr --missing drop --from 2000-W01 in.tsv
}

@test "without a pattern and without --long it says how to say it" {
    printf 'id\tp1\npnr01\t1\n' >in.tsv
    refuses 2 "say where the periods are: --wide PATTERN, such as 'pay_%Y_%m' or 're%y', for a column a period; --long --period COL --value COL for a row a period" jf-amounts in.tsv
    printf 'id\tp1\npnr01\t\n' >in.tsv
    refuses 1 'in.tsv:2: p1: the first of 1 missing amounts; say --missing zero if that means nothing' jf-amounts --wide 'p%n' in.tsv
    printf 'id\tp1\npnr01\tmuch\n' >in.tsv
    refuses 1 "in.tsv:2: p1: 'much' is not a number" jf-amounts --wide 'p%n' in.tsv
}

@test "nsw: earnings by years, and the effect of 1,794 dollars, as jf-diff of the column has it" {
    jf-split -a "$JF_DATA/nsw/assign.tsv" --take arm "$JF_DATA/nsw/input.tsv" >trial.tsv
    jf-diff --control 0 -y re78 --by '' trial.tsv | columns n_treated,n_control,diff,se,df /dev/stdin >want
    jf-amounts --wide 're%y' --from 1978 --keep arm trial.tsv | jf-diff --control 0 -y amount >got.tsv
    columns n_treated,n_control,diff,se,df got.tsv | same want -
    near "$(cell diff got.tsv)" 1794.3430848752597 1e-12
    # both years before by windows, beside awk
    jf-amounts --wide 're%y' --windows 'before=1974:1975,after=1978:1978' --total --keep arm trial.tsv >got
    awk -F'\t' -v OFS='\t' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; print "id", "arm", "period", "window", "amount"; next }
        { print $at["id"], $at["arm"], "1974/1975", "before", $at["re74"] + $at["re75"]
          print $at["id"], $at["arm"], "1978/1978", "after", $at["re78"] }' OFMT=%.10g CONVFMT=%.10g trial.tsv | same - got
    # and all years in rows: a sum over what a person has, in any order of the rows' amounts
    { printf 'id\tt\tkr\n'; tail -n +2 "$JF_DATA/nsw/long.tsv" | LC_ALL=C sort -k 1,2; } >long.tsv
    jf-amounts --long --period t --value kr --missing drop --from 1974 --to 1978 --as earn long.tsv | sed 1d >got
    sed 1d long.tsv | same - got
}

@test "amounts are counted the same by awk, over windows, with a lot and an end, on any threads" {
    awk 'BEGIN { srand(7); printf "id\tarm\tlot\tend"; for (m = 1; m <= 24; m++) printf "\tb%d_%02d", 2016 + int((m - 1) / 12), (m - 1) % 12 + 1
        print ""; for (i = 1; i <= 3000; i++) { lot = int(rand() * 20); end = rand() < 0.2 ? lot + int(rand() * 8) : 99
            printf "pnr%05d\t%s\t%d-%02d\t", i, i % 2 ? "a" : "b", 2016 + int(lot / 12), lot % 12 + 1
            if (end < 24) printf "%d-%02d", 2016 + int(end / 12), end % 12 + 1
            for (m = 0; m < 24; m++) printf "\t%s", rand() < 0.3 ? "" : int((rand() - 0.3) * 1000); print "" } }' >in.tsv
    awk -F'\t' -v OFS='\t' 'NR == 1 { print "id", "arm", "period", "window", "amount"; next }
        function put(a, b, name,  k, m, sum, bad) {
            for (k = a; k <= b; k++) { m = lot + k; if (m < 0 || m > 23 || m > end) bad = 1; else sum += $(5 + m) }
            print $1, $2, a "/" b, name, bad ? "NA" : sum + 0 }
        { split($3, l, "-"); lot = (l[1] - 2016) * 12 + l[2] - 1; end = 99
          if ($4 != "") { split($4, l, "-"); end = (l[1] - 2016) * 12 + l[2] - 1 }
          put(-3, -1, "before"); put(0, 5, "half"); put(0, 11, "year") }' in.tsv >want
    for threads in 1 2 5; do
        jf-amounts -j $threads --wide 'b%Y_%m' --keep arm --missing zero --since lot --until end --total \
            --windows 'year=0:11,half=0:5,before=-3:-1' in.tsv >got 2>err
        same want got
        awk -F'\t' 'NR > 1 { split($3, l, "-"); lot = (l[1] - 2016) * 12 + l[2] - 1; end = 99
            if ($4 != "") { split($4, l, "-"); end = (l[1] - 2016) * 12 + l[2] - 1 }
            for (m = end + 1; m <= 23; m++) if (m >= lot - 3 && m <= lot + 11 && $(5 + m) != "") n++ }
            END { print "jf-amounts: " n " values after the month of '\''end'\'' (--until) left out" }' in.tsv | same - err
    done
}

@test "ISO weeks are those of date(1), week 53 too, from 1990 to 2060" {
    # Thursdays, from 4 January 1990 on
    for ((i = 0; i < 3700; i++)); do echo $((631411200 + 604800 * i)); done | awk '{ print "@" $1 }' | date -u -f - '+%G-W%V %Y-%m' >weeks
    awk -v OFS='\t' 'BEGIN { print "id", "t", "kr" } { print "pnr1", $1, NR }' weeks >in.tsv
    long=(jf-amounts --long --period t --value kr --missing zero --from 1990-W01 --to "$(tail -n 1 weeks | cut -d ' ' -f 1)")
    "${long[@]}" in.tsv | sed 1d >got
    sed 1d in.tsv | same - got
    awk '{ sum[$2] += NR } END { for (m in sum) print m "\t" sum[m] }' weeks | sort >want
    to=$(tail -n 2 want | head -n 1 | cut -f 1)
    "${long[@]}" --per month --total --to "$to" in.tsv | sed 1d | cut -f 2- >got
    sed '$d' want | same - got
}
