#!/usr/bin/env bats
# jf-weeks: codes a week to weeks in states.

load helper

states()
{
    printf 'from\tto\tstate\n-\t\tself\n110\t139\tbenefit\n651\t\tstudy\n700\t712\tbenefit\nX1\t\todd\n998\t999\tgone\n' >states.tsv
}

few()
{
    table >in.tsv <<'END'
id     arm  y_1552  y_1553  y_1601  y_1602  y_1603  y_1604  y_1605
pnr01  a    112     139     _       _       651     X1      705
pnr02  b    _       _       _       998     999     110     _
END
}

@test "weeks are counted in the month of their Thursday, and the states add up to the calendar's weeks" {
    states
    few
    jf-weeks --states states.tsv --keep arm in.tsv >got
    # Thursdays: 24 and 31 December, 7, 14, 21 and 28 January, 4 February
    table >want <<'END'
id     arm  period   weeks  self  benefit  study  odd  gone
pnr01  a    2015-12  2      0     2        0      0    0
pnr01  a    2016-01  4      2     0        1      1    0
pnr01  a    2016-02  1      0     1        0      0    0
pnr02  b    2015-12  2      2     0        0      0    0
pnr02  b    2016-01  4      1     1        0      0    2
pnr02  b    2016-02  1      1     0        0      0    0
END
    same want got
    jf-weeks --states states.tsv --per window --from 2015-W53 --to 2016-01 in.tsv | cut -f 2- | tail -n 1 >got
    printf '2015-W53/2016-W04\t5\t2\t1\t0\t0\t2\n' | same - got
    jf-weeks --states states.tsv --windows 'jan=2016-01:2016-01,two=2015-W53:2016-W01' in.tsv | cut -f 2-5 | sed 1d >got
    printf '2015-W53/2016-W01\ttwo\t2\t1\n2016-W01/2016-W04\tjan\t4\t2\n2015-W53/2016-W01\ttwo\t2\t2\n2016-W01/2016-W04\tjan\t4\t1\n' | same - got
    jf-weeks --states states.tsv --mean --per window in.tsv | cut -f 3- | tail -n 1 >got
    reals <<END
self $(cut -f 2 got) 4/7
benefit $(cut -f 3 got) 1/7
study $(cut -f 4 got) 0
END
}

@test "an empty cell is the code -, a missing one an error, or what --missing says" {
    states
    few
    sed 's/705/NA/; s/998/./' in.tsv >na.tsv
    refuses 1 'na.tsv:2: y_1605: the first of 2 missing codes; say --missing zero if such a week has the empty code, na to write NA, or drop to leave those periods out' \
        jf-weeks --states states.tsv na.tsv
    jf-weeks --states states.tsv --missing na na.tsv | cut -f 2- >got
    table >want <<'END'
period   weeks  self  benefit  study  odd  gone
2015-12  2      0     2        0      0    0
2016-01  4      2     0        1      1    0
2016-02  1      NA    NA       NA     NA   NA
2015-12  2      2     0        0      0    0
2016-01  4      NA    NA       NA     NA   NA
2016-02  1      1     0        0      0    0
END
    same want got
    jf-weeks --states states.tsv --missing drop na.tsv | cut -f 2- >got
    grep -v NA want | same - got
    jf-weeks --states states.tsv --missing zero na.tsv | cut -f 2- >got
    sed '4s/NA.*/1\t0\t0\t0\t0/; 6s/NA.*/2\t1\t0\t0\t1/' want | same - got
    sed '2d' states.tsv >without.tsv
    refuses 1 "--missing zero takes a missing week for the empty code, which no row of 'without.tsv' has; give the code - one" \
        jf-weeks --states without.tsv --missing zero na.tsv
    refuses 1 "in.tsv:2: y_1601: the empty cell, -, is a code that no row of 'without.tsv' has" jf-weeks --states without.tsv in.tsv
}

@test "a code that no row has is named, and a row * takes the rest" {
    states
    few
    sed 's/705/713/' in.tsv >other.tsv
    refuses 1 "other.tsv:2: y_1605: '713' is a code that no row of 'states.tsv' has; give it one, or a row * to the rest" jf-weeks --states states.tsv other.tsv
    printf '*\t\trest\n' | cat states.tsv - >rest.tsv
    jf-weeks --states rest.tsv other.tsv | cut -f 4- | sed -n 4p >got
    printf '0\t0\t0\t0\t0\t1\n' | same - got
}

@test "a table of states that contradicts itself is refused with its line" {
    few
    while IFS='|' read -r row says; do
        { printf 'from\tto\tstate\n-\t\tself\n110\t139\tbenefit\n*\t\trest\n'; printf '%b\n' "$row"; } >bad.tsv
        refuses 1 "bad.tsv:5: $says" jf-weeks --states bad.tsv in.tsv
    done <<'END'
139\t145\tx|from: its codes overlap with those of line 3; a code has one state
100\t500\tx|from: its codes overlap with those of line 3
120\t\tx|from: its codes overlap with those of line 3
145\t140\tx|from: from '145' to '140': the first code is after the last
X1\tX9\tx|from: from 'X1' to 'X9': a range is of codes that are whole numbers
*\t5\tx|from: from '\*' to '5': a range is of codes
-\t\tx|from: the code - again
*\t\tx|from: the code \* again
\t\tx|from: no code; the empty code is written -
150\t\t|state: '' is no name for a column
END
    printf 'from\tstate\n1\tx\n' >bad.tsv
    refuses 1 "bad.tsv:1: no column 'to'" jf-weeks --states bad.tsv in.tsv
    printf 'from\tto\tstate\n' >bad.tsv
    refuses 1 'bad.tsv: no state in the table, only a header' jf-weeks --states bad.tsv in.tsv
    refuses 1 'none.tsv: *No such file' jf-weeks --states none.tsv in.tsv
    refuses 2 '--states FILE is needed' jf-weeks in.tsv
    states
    refuses 2 "--wide: 'y_%y_%m' has no weeks; the number of a week is %V, as in y_%y%V" jf-weeks --states states.tsv --wide y_%y_%m in.tsv
    refuses 2 '--mean and --total exclude each other' jf-weeks --states states.tsv --mean --total in.tsv
    refuses 1 "in.tsv:1: no column 'y_1551' for 2015-W51, a week of the range" jf-weeks --states states.tsv --from 2015-W51 in.tsv
    printf 'from\tto\tstate\n*\t\tweeks\n' >named.tsv
    refuses 1 'weeks' jf-weeks --states named.tsv in.tsv
}

@test "rows a week give the same; two of one person and week are an error" {
    states
    few
    awk -F'\t' -v OFS='\t' 'NR == 1 { for (i = 3; i <= NF; i++) week[i] = "20" substr($i, 3, 2) "-W" substr($i, 5); print "id", "arm", "week", "code"; next }
        { for (i = 3; i <= NF; i++) if ($i != "") print $1, $2, week[i], $i }' in.tsv >long.tsv
    jf-weeks --states states.tsv --keep arm in.tsv >want
    long=(jf-weeks --states states.tsv --keep arm --long --period week --value code --missing zero --from 2015-W52 --to 2016-W05)
    "${long[@]}" long.tsv | same want -
    sed '3p' long.tsv >twice.tsv
    refuses 1 'twice.tsv:4: a second row of one person and week, who has one code; leave one out' "${long[@]}" twice.tsv
    sed '3s/2015-W53/2015-12/' long.tsv >bad.tsv
    refuses 1 "bad.tsv:3: week: '2015-12' is a month, and a week such as 2016-W07 was expected" "${long[@]}" bad.tsv
}

# Ten years of weeks: 2,000 persons in spells, some dead, some with missing weeks.
register()
{
    awk 'BEGIN { srand(5); split("110 139 651 700 712 X1 998", code, " "); print "id\tarm\tlot\tend" weeks()
        for (i = 1; i <= 2000; i++) { printf "pnr%05d\t%s\t201%d-0%d\t%s", i, i % 2 ? "a" : "b", 6 + int(rand() * 3), 1 + int(rand() * 9),
                rand() < 0.2 ? "2017-0" (1 + int(rand() * 9)) : ""
            c = ""; for (w = 1; w <= n; w++) { if (rand() < 0.15) c = rand() < 0.4 ? "" : code[1 + int(rand() * 7)]
                printf "\t%s", i % 50 == 0 && rand() < 0.05 ? "NA" : c } print "" } }
        function weeks(  y, w, text) { for (y = 14; y <= 21; y++) for (w = 1; w <= (y == 15 || y == 20 ? 53 : 52); w++) { text = text sprintf("\ty_%02d%02d", y, w); n++ }; return text }' >in.tsv
}

@test "weeks by month are what awk counts by the dates of Thursdays, on any threads, with any states" {
    states
    register
    # the month of each week, by date(1) from the first Thursday of 2014, 2 January
    for ((i = 0; i < 418; i++)); do echo $((1388620800 + 604800 * i)); done | awk '{ print "@" $1 }' | date -u -f - +%Y-%m >months
    awk -F'\t' -v OFS='\t' 'FILENAME == "months" { month[++n] = $1; next } FNR == 1 { print "id", "period", "weeks", "self", "benefit", "study", "odd", "gone"; next }
        function put(m) { print $1, m, w, c["self"] + 0, c["benefit"] + 0, c["study"] + 0, c["odd"] + 0, c["gone"] + 0; w = 0; split("", c) }
        { for (i = 1; i <= n; i++) { if (i > 1 && month[i] != month[i - 1]) put(month[i - 1]); w++; v = $(4 + i)
            s = v == "" || v == "NA" ? "self" : v == "651" ? "study" : v == "X1" ? "odd" : v == "998" ? "gone" : "benefit"; c[s]++ } put(month[n]) }' months in.tsv >want
    for threads in 1 2 5; do
        jf-weeks -j $threads --states states.tsv --missing zero in.tsv >got
        cmp want got
    done
    awk -F'\t' 'NR > 1 && $3 != $4 + $5 + $6 + $7 + $8 { exit 1 }' got
    # the years' weeks, and a mean
    jf-weeks --states states.tsv --missing zero --per year in.tsv | cut -f 3 | sort | uniq -c | awk '{ print $1, $2 }' >got
    printf '12000 52\n4000 53\n1 weeks\n' | same - got
    # many states, each week counted in its own; what is known by its cells is what is worked out
    awk 'BEGIN { print "from\tto\tstate\n-\t\tself\n*\t\trest"; for (i = 100; i < 140; i++) print i "\t\ts" i }' >many.tsv
    jf-weeks --states many.tsv --missing na in.tsv | awk -F'\t' -v OFS='\t' '{ print $1, $2, $3, $4 }' >many
    jf-weeks --states states.tsv --missing na in.tsv | cut -f 1-4 | cmp - many
}

@test "months since the lot, and after the end: weeks by the calendar, states NA, beside awk" {
    states
    register
    for ((i = 0; i < 418; i++)); do echo $((1388620800 + 604800 * i)); done | awk '{ print "@" $1 }' | date -u -f - +%Y-%m >months
    awk -F'\t' -v OFS='\t' 'FILENAME == "months" { split($1, d, "-"); month[++n] = d[1] * 12 + d[2]; next } FNR == 1 { next }
        { split($3, d, "-"); lot = d[1] * 12 + d[2]; end = 1e9; if ($4 != "") { split($4, d, "-"); end = d[1] * 12 + d[2] }
          for (k = -30; k <= 2; k++) { w = s = bad = 0
            for (i = 1; i <= n; i++) if (month[i] == lot + k) { w++; v = $(4 + i); if (month[i] > end) bad = 1; else if (v == "NA") bad = 1; else s += v == "" }
            print $1, k, w, bad || !w ? "NA" : s } }' months <(head -n 120 in.tsv) >want
    head -n 120 in.tsv >some.tsv
    for threads in 1 3; do
        jf-weeks -j $threads --states states.tsv --missing na --since lot=-30:2 --until end some.tsv 2>err | sed 1d | cut -f 1-4 | same want -
    done
    grep -q 'values after the month of .end. (--until) left out' err
}
