#!/usr/bin/env bats
# --min-cell: what is masked cannot be worked out from what is shown.
#
# The solvers here know the tables that are printed and what a reader may know besides: how many
# rows a group has, who is followed over all months, and what the manual says. They share no line
# with the programs and do not know how these choose what to mask.

load helper

# groups CELLS MOST: every way to put up to MOST rows into so many cells, as `g<number> counts...`.
groups()
{
    awk -v cells="$1" -v most="$2" '
        function put(cell, left, line,  n) {
            if (cell > cells) { print "g" ++number line; return }
            for (n = 0; n <= left; n++) put(cell + 1, left - n, line " " n)
        }
        BEGIN { put(1, most, "") }'
}

# rows GROUPS VALUES: the rows of such groups, a value for each cell: under, bins, over, zero, missing.
rows()
{
    awk -v values="$2" 'BEGIN { print "id\tg\thours"; split(values, value, " ") }
        { for (i = 2; i <= NF; i++) for (j = 0; j < $i; j++) print "x" ++n "\t" $1 "\t" value[i - 1] }' "$1"
}

# twins K GROUPS PRINTED: of every masked count that is small there is a group with as many rows that
# was printed the same, share by share, and has another count there; what is shown is true, and never
# small. The number of rows of a group with fewer than K is not known. Cell DROPPED is not printed.
# Says how many were masked.
twins()
{
    awk -v k="$1" -v dropped="${4:-99}" '
        FILENAME == ARGV[1] { for (i = 2; i <= NF; i++) { count[$1, i - 1] = $i; total[$1] += $i }; next }
        FNR == 1 { next }
        {
            row = ++rows[$1]
            if (row == dropped) row = ++rows[$1]
            true = count[$1, row]
            if ($4 == "<" k ? true == 0 || true >= k : $4 != "NA" && $4 != true || true > 0 && true < k && $4 == true) {
                print "wrong: " $0 ", it is " true
                bad = 1
            }
            shown[$1, row] = $4
            printed[$1] = printed[$1] " " $4 " " $5 " " $6
        }
        END {
            for (g in printed) {
                print_of[g] = (total[g] < k ? "few" : total[g]) printed[g]
                for (i = 1; i <= rows[g]; i++) {
                    at = print_of[g] SUBSEP i
                    if (!(at in least) || count[g, i] < least[at]) least[at] = count[g, i]
                    if (!(at in most) || count[g, i] > most[at]) most[at] = count[g, i]
                }
            }
            for (g in printed)
                for (i = 1; i <= rows[g]; i++) {
                    if (count[g, i] == 0 || count[g, i] >= k) continue
                    masked++
                    if (least[print_of[g], i] < most[print_of[g], i]) continue
                    print "told: cell " i " is " count[g, i] " of" printed[g]
                    bad = 1
                }
            print masked " masked"
            exit bad || !masked
        }' "$2" "$3"
}

@test "jf-hist: each masked count has a twin, over all groups up to a size" {
    while read -r k most cells breaks values; do
        groups "$cells" "$most" >groups.txt
        rows groups.txt "$values" >in.tsv
        jf-hist --by g --breaks "$breaks" --min-cell "$k" in.tsv >got
        twins "$k" groups.txt got
    done <<'END'
3 10 6 1,10,20 -5 5 15 25 0 NA
4 10 6 1,10,20 -5 5 15 25 0 NA
5 11 6 1,10,20 -5 5 15 25 0 NA
3 12 5 1,10 -5 5 25 0 NA
END
}

@test "jf-hist: with --drop-zero neither do the zeros follow, from the two shares" {
    while read -r k most cells breaks values; do
        groups "$cells" "$most" >groups.txt
        rows groups.txt "$values" >in.tsv
        jf-hist --by g --breaks "$breaks" --drop-zero --min-cell "$k" in.tsv >got
        twins "$k" groups.txt got $((cells - 1))
        # there are shares of all to be worked with
        [ "$(awk -F'\t' 'NR > 1 && $6 != "NA" && $6 > $5' got | wc -l)" -gt 20 ]
    done <<'END'
3 12 5 1,10 -5 5 25 0 NA
4 12 5 1,10 -5 5 25 0 NA
END
}

@test "jf-hist: the solver of twins finds what plain masking tells" {
    groups 6 6 >groups.txt
    rows groups.txt '-5 5 15 25 0 NA' >in.tsv
    jf-hist --by g --breaks 1,10,20 in.tsv |
        awk -F'\t' -v OFS='\t' 'NR > 1 && $4 > 0 && $4 < 3 { $4 = "<3"; $5 = "NA" } 1' >plain
    run -1 twins 3 groups.txt plain
    [[ $output == *told* ]]
    [[ $output != *wrong* ]]
}

# histograms SEED: a random table of persons by arm and town, and an option for its bins.
histograms()
{
    awk -v seed="$1" '
        function random(n) { x = (x * 16807) % 2147483647; return x % n }
        BEGIN {
            x = seed * 7919 + 1; random(2)
            print "id\tarm\ttown\thours"
            towns = 1 + random(3); size = 5 + random(60); spread = 20 + random(160); gaps = random(3)
            for (i = 0; i < size * towns; i++) {
                hours = random(5) == 0 ? 0 : random(spread) * (random(4) == 0 ? 1 : 0.5)
                if (gaps && random(30) == 0) hours = "NA"
                print "x" i "\t" (random(2) ? "deltager" : "kontrol") "\tt" random(towns) "\t" hours
            } }'
}

# bounds K INPUT PRINTED: no masked small count of a jf-hist by arm and town is pinned by the bounds
# that the sums set: that of the rows, which is known, and that of the values, where a share gives it.
bounds()
{
    awk -F'\t' -v k="$1" '
        function max(a, b) { return a > b ? a : b }
        function min(a, b) { return a < b ? a : b }
        function solve(from, to, sum,  i, low, high, l, h) {
            for (i = from; i <= to; i++) { low += lo[i]; high += hi[i] }
            for (i = from; i <= to; i++) {
                l = max(lo[i], sum - (high - hi[i])); h = min(hi[i], sum - (low - lo[i]))
                if (small[i]) { masked++; if (l >= h) { print g ": cell " i " is " l; bad = 1 } }
            }
        }
        function close_group(  i, values, beside) {
            if (!n) return
            values = -1; beside = 0
            for (i = 1; i < n; i++) if (share[i] > 0) values = int(lo[i] / share[i] + 0.5)
            if (values >= 0) { solve(1, n - 1, values); solve(n, n, total[g] - values) }
            else if (total[g] >= k) solve(1, n, total[g])
            n = 0
        }
        FILENAME == ARGV[1] { total[$2 "\t" $3]++; next }
        FNR == 1 { next }
        $1 "\t" $2 != g { close_group(); g = $1 "\t" $2 }
        {
            n++
            share[n] = $6 == "NA" ? 0 : $6
            small[n] = $5 == "<" k
            lo[n] = small[n] ? 1 : $5 == "NA" ? 0 : $5
            hi[n] = small[n] ? k - 1 : $5 == "NA" ? 1000000 : $5
        }
        END { close_group(); print masked + 0; exit bad }' "$2" "$3"
}

@test "jf-hist: no masked count follows from the sums of 300 random tables" {
    masked=0
    for ((seed = 1; seed <= 300; seed++)); do
        k=$((3 + seed % 6))
        histograms $seed >in.tsv
        jf-hist --by arm,town --width $((10 + seed % 31)) --min-cell $k in.tsv >got
        bounds $k in.tsv got >count || { cat count; echo "seed $seed"; return 1; }
        masked=$((masked + $(cat count)))
    done
    echo "$masked masked"
    [ $masked -gt 1000 ]
}

@test "jf-hist: a few missing beside shares do not follow from how many persons an arm has" {
    { printf 'id\tarm\thours\n'; for i in 1 2 3 4 5 6 7 8; do printf 'pnr%02d\ta\t5\n' $i; done
        printf 'pnr09\ta\tNA\npnr10\ta\t\n'; } >in.tsv
    jf-hist --width 10 --min-cell 3 in.tsv | columns n,share /dev/stdin | sed 1d >got
    printf '0\tNA\nNA\tNA\n0\tNA\n0\tNA\n<3\tNA\n' >want
    same want got
    # and where only a few have a value
    sed 's/\t5$/\tNA/; s/\tNA$/\tNA/; s/^\(pnr09.*\)NA/\115/' in.tsv >few.tsv
    jf-hist --width 10 --min-cell 3 few.tsv | columns n,share /dev/stdin | sed 1d >got
    printf '0\tNA\n<3\tNA\n0\tNA\n0\tNA\nNA\tNA\n' >want
    same want got
}

@test "jf-hist: no more is masked than the rules say" {
    cat >cases.txt <<'END'
4 0 2 0 0 0 0   0 <4 0 0 0 0
4 0 1 1 0 0 0   0 <4 <4 0 0 0
4 0 1 0 0 0 2   0 <4 0 0 0 <4
4 1 1 1 0 0 0   NA NA NA NA NA NA
4 0 3 2 0 0 0   NA NA NA NA NA NA
4 0 9 0 0 9 0   0 9 0 0 9 0
4 0 9 2 9 0 0   0 NA <4 9 0 0
4 5 0 2 9 0 0   NA 0 <4 9 0 0
4 4 0 2 9 0 0   NA 0 <4 NA 0 0
4 0 0 2 9 9 0   0 0 <4 NA 9 0
4 2 0 0 0 9 9   <4 0 0 0 NA 9
4 5 4 1 9 0 0   NA NA <4 9 0 0
4 0 5 1 9 0 0   0 NA <4 NA 0 0
4 0 6 1 9 0 0   0 NA <4 9 0 0
4 0 0 1 4 9 9   0 0 <4 NA NA 9
4 4 4 1 0 0 0   NA NA NA NA NA NA
4 4 4 1 9 0 9   NA NA NA NA NA NA
4 2 9 2 9 2 0   <4 NA <4 9 <4 0
4 3 3 3 3 3 3   <4 NA <4 <4 <4 <4
4 3 3 3 3 3 2   NA NA NA NA NA NA
4 9 9 0 0 0 2   9 NA 0 0 0 <4
4 0 1 0 0 0 9   0 <4 0 0 0 NA
4 9 2 0 0 0 4   NA <4 0 0 0 4
2 0 1 1 5 0 1   0 <2 <2 5 0 <2
2 0 1 0 0 0 0   0 <2 0 0 0 0
END
    while read -r k a b c d e f want; do
        echo "g $a $b $c $d $e $f" >group.txt
        rows group.txt '-5 5 15 25 0 NA' >in.tsv
        jf-hist --by g --breaks 1,10,20 --min-cell "$k" in.tsv | columns n /dev/stdin | sed 1d | paste -s -d ' ' - >got
        echo "$want" | diff - got || { echo "min-cell $k: $a $b $c $d $e $f"; return 1; }
    done <cases.txt
    # a share is masked with its count only, and with no more than that
    echo 'g 0 9 2 9 0 0' >group.txt
    rows group.txt '-5 5 15 25 0 NA' >in.tsv
    jf-hist --by g --breaks 1,10,20 --min-cell 4 in.tsv | columns share /dev/stdin | paste -s -d ' ' - >got
    echo 'share 0 NA NA 0.45 0 NA' | same - got
}

# outcomes ROWS N...: an arm t of so many rows, of which N have the outcome oN; 30 rows of the control.
outcomes()
{
    awk -v rows="$1" -v given="${*:2}" 'BEGIN {
        count = split(given, n, " ")
        printf "id\tarm"; for (o = 1; o <= count; o++) printf "\to%d", n[o]; print ""
        for (i = 1; i <= rows + 30; i++) {
            printf "x%d\t%s", i, i <= rows ? "t" : "k"
            for (o = 1; o <= count; o++) printf "\t%s", (i <= rows && i > n[o]) ? "" : i
            print ""
        } }'
}

@test "jf-diff: no more is masked than the rules say" {
    while IFS='|' read -r rows list want; do
        # shellcheck disable=SC2086 # words are meant
        outcomes "$rows" $list >in.tsv
        jf-diff --control k --by '' --missing drop -y "$(head -n 1 in.tsv | cut -f 3- | tr '\t' ,)" --min-cell 4 in.tsv |
            columns n_treated,missing_treated,n_control,missing_control /dev/stdin >got
        [ "$(sed 1d got | cut -f 3,4 | sort -u)" = $'30\t0' ]
        sed 1d got | cut -f 1,2 | tr '\t' ' ' | paste -s -d ',' - >printed
        echo "$want" | diff - printed || { echo "$rows: $list"; return 1; }
    done <<'END'
10|10 9 7 6 4 3 1 0|10 0,NA <4,NA <4,6 4,4 6,<4 NA,<4 NA,0 10
10|10|10 0
10|9|9 <4
10|2|<4 8
5|5 4 1 0|5 0,NA NA,NA NA,0 5
5|4|4 <4
6|6 5 3 2|6 0,NA NA,NA NA,NA NA
7|7 6 4 3|7 0,NA <4,NA <4,<4 NA
4|4 2 0|4 0,<4 <4,0 4
3|3 0|<4 0,0 <4
3|3 2 0|NA NA,NA NA,NA NA
3|2|<4 <4
END
}

# trials SEED: arms a, b, c and the control k over some months, outcomes x, y and z with gaps. With
# an even seed everybody has a row in every month.
trials()
{
    awk -v seed="$1" '
        function random(n) { x = (x * 16807) % 2147483647; return x % n }
        BEGIN {
            x = seed * 104729 + 1; random(2)
            split("k a b c", arm, " ")
            months = 1 + random(4); gap = 2 + random(25); small = random(3)
            print "id\tperiod\tarm\ttown\tx\ty\tz"
            for (a = 1; a <= 4; a++) {
                size = random(3) <= small ? 2 + random(8) : 8 + random(30)
                for (i = 0; i < size; i++)
                    for (m = 1; m <= months; m++) {
                        if (seed % 2 && random(12) == 0 && i > 1) continue
                        printf "p%d.%d\t%d\t%s\t%d", a, i, m, arm[a], i % 2
                        for (o = 1; o <= 3; o++)
                            printf "\t%s", random(gap) < (o == 2 ? 0 : 1 + random(2)) ? "NA" : random(100) / 10
                        print ""
                    }
            } }'
}

# pairs K BALANCED INPUT PRINTED: for the masked counts of jf-diff every number of rows that an arm
# may have is tried; the outcomes of an arm and month have one, and all months where they are BALANCED.
pairs()
{
    awk -F'\t' -v k="$1" -v balanced="$2" '
        # whether a printed count may be c
        function may(printed, c) { return printed == "NA" || (printed == "<" k ? c > 0 && c < k : printed == c) }
        function note(unit, n, m) {
            if (shown[unit] != "" && shown[unit] != n "\t" m) { print "the control differs: " unit; bad = 1 }
            if (shown[unit] == "") { shown[unit] = n "\t" m; units[class = balanced ? arm : month "\t" arm] = units[class] "\n" unit }
        }
        # the numbers of an arm whose n is hidden, or of a row that rests on it
        function hidden(from, to,  i) { for (i = from; i <= to; i++) if ($i != "NA") { print "shown: " $0; bad = 1 } }
        function solve(class,  list, count, i, t, n, part, fits, all) {
            count = split(substr(units[class], 2), list, "\n")
            for (i = 1; i <= count; i++) { delete seen_n; delete seen_m; values_n[i] = values_m[i] = 0; last_n[i] = last_m[i] = -1 }
            for (t = 0; t <= 60; t++) {
                all = 1
                for (i = 1; i <= count && all; i++) {
                    split(shown[list[i]], part, "\t")
                    fits = 0
                    for (n = 0; n <= t && !fits; n++) fits = may(part[1], n) && may(part[2], t - n)
                    all = fits
                }
                if (!all) continue
                for (i = 1; i <= count; i++) {
                    split(shown[list[i]], part, "\t")
                    for (n = 0; n <= t; n++)
                        if (may(part[1], n) && may(part[2], t - n)) {
                            if (last_n[i] != n) { values_n[i] += last_n[i] != n; last_n[i] = n }
                            if (last_m[i] != t - n) { values_m[i]++; last_m[i] = t - n }
                        }
                }
            }
            for (i = 1; i <= count; i++) {
                split(shown[list[i]], part, "\t")
                if (!values_n[i]) { print "wrong: " list[i] ": " shown[list[i]]; bad = 1 }
                if (part[1] == "<" k) { masked++; if (values_n[i] < 2) { print "told: n of " list[i]; bad = 1 } }
                if (part[2] == "<" k) { masked++; if (values_m[i] < 2) { print "told: missing of " list[i]; bad = 1 } }
            }
        }
        FILENAME == ARGV[1] {
            if (FNR == 1) { next }
            split("x y z", name, " ")
            for (o = 1; o <= 3; o++) if ($(o + 4) == "NA") m[$2, name[o], $3]++; else n[$2, name[o], $3]++
            next
        }
        FNR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        {
            month = $1; outcome = $2
            for (side = 0; side < 2; side++) {
                arm = side ? $4 : $3
                from = side ? at["n_control"] : at["n_treated"]
                tn = n[month, outcome, arm] + 0; tm = m[month, outcome, arm] + 0
                if (!may($from, tn) || !may($(from + 1), tm) || $from == tn && tn > 0 && tn < k || $(from + 1) == tm && tm > 0 && tm < k) {
                    print "wrong: " $0 " of " tn " and " tm; bad = 1
                }
                if ($from !~ /^[0-9]+$/) { hidden(from + 2, from + 4); hidden(at["diff"], at["smd"]) }
                note(month "\t" outcome "\t" arm, $from, $(from + 1))
            }
        }
        END { for (class in units) solve(class); print masked + 0; exit bad }' "$3" "$4"
}

@test "jf-diff: no masked count follows from outcomes, months or arms of 300 random tables" {
    masked=0
    for ((seed = 1; seed <= 300; seed++)); do
        k=$((3 + seed % 5))
        trials $seed >in.tsv
        jf-diff --control k --treated a,b,c -y x,y,z --missing drop --min-cell $k in.tsv >got
        pairs $k $((seed % 2 == 0)) in.tsv got >count || { cat count; echo "seed $seed"; return 1; }
        masked=$((masked + $(cat count)))
    done
    echo "$masked masked"
    [ $masked -gt 1000 ]
}

@test "jf-diff: each masked pair has a twin, over all pairs of a number of rows" {
    for k in 3 4 5 6; do
        for rows in 2 3 4 5 6 7 8 9 10 11 12; do
            # outcome o<n> is there for n of the arm
            awk -v rows=$rows 'BEGIN {
                printf "id\tarm"; for (o = 0; o <= rows; o++) printf "\to%d", o; print ""
                for (i = 1; i <= rows + 20; i++) {
                    printf "x%d\t%s", i, i <= rows ? "t" : "k"
                    for (o = 0; o <= rows; o++) printf "\t%s", (i <= rows && i > o) ? "" : i
                    print ""
                } }' >in.tsv
            jf-diff --control k --by '' --missing drop -y "$(head -n 1 in.tsv | cut -f 3- | tr '\t' ,)" \
                --min-cell $k in.tsv | columns outcome,n_treated,missing_treated /dev/stdin >got
            awk -F'\t' -v k=$k -v rows=$rows 'NR > 1 {
                    n = substr($1, 2); print_of[n] = $2 "\t" $3; seen[$2 "\t" $3]++
                } END {
                    for (n = 0; n <= rows; n++) {
                        small = n > 0 && n < k || rows - n > 0 && rows - n < k
                        if (small == (print_of[n] == n "\t" rows - n) || small && seen[print_of[n]] < 2) {
                            print k, rows, n ": " print_of[n]; bad = 1
                        }
                    }
                    exit bad }' got
        done
    done
}

# A trial in which the treated have few of town B, or few values in all.
unequal()
{
    table <<'END'
id     arm  town  period  hours
pnr01  d    A     1       1
pnr02  d    A     1       3
pnr03  k    A     1       0
pnr04  k    A     1       2
pnr05  k    A     1       4
pnr06  d    B     1       10
pnr07  d    B     1       12
pnr08  k    B     1       5
pnr09  k    B     1       7
pnr10  k    B     1       6
END
}

@test "jf-diff: beside a masked arm the other shows nothing that rests on both" {
    unequal >in.tsv
    jf-diff --control k --min-cell 5 in.tsv >got
    table >want <<'END'
n_treated  mean_treated  n_control  mean_control  diff
<5         NA            6          4             NA
END
    columns n_treated,mean_treated,n_control,mean_control,diff got | same want -
    [ "$(cell se_control got)" != NA ]
    # the control's own deviation may be shown, what is weighted or pooled with the treated may not
    for rest in '--strata town' '--variance pooled'; do
        # shellcheck disable=SC2086 # words are meant
        jf-diff --control k --min-cell 5 $rest in.tsv >got
        columns n_treated,sd_treated,se_treated,n_control,se_control,diff,se,df,smd got | tail -n 1 >row
        printf '<5\tNA\tNA\t6\tNA\tNA\tNA\tNA\tNA\n' | same - row
        [ "$(cell sd_control got)" != NA ]
    done
    jf-diff --control k --min-cell 5 --strata town in.tsv >got
    [ "$(cell mean_control got)" = NA ]
    # and the same from sums
    jf-diff --sums --strata town in.tsv | jf-diff --from-sums --strata town --control k --min-cell 5 | same got -
}

@test "jf-diff: a missing count does not follow from another outcome or another month" {
    table >in.tsv <<'END'
id     arm  period  age  sick
pnr01  d    1       30   2
pnr02  d    1       31   0
pnr03  d    1       32   _
pnr04  d    1       33   2
pnr05  d    1       34   2
pnr06  d    1       35   0
pnr07  k    1       36   2
pnr08  k    1       37   0
pnr09  k    1       38   2
pnr10  k    1       39   0
END
    jf-diff --control k --missing drop -y sick --min-cell 3 in.tsv >got
    [ "$(columns n_treated,missing_treated got | tail -n 1)" = $'5\t<3' ]
    [ "$(cell mean_treated got)" = 1.2 ]
    jf-diff --control k --missing drop -y age,sick --min-cell 3 in.tsv >got
    table >want <<'END'
outcome  n_treated  missing_treated  mean_treated  n_control  missing_control  mean_control  diff
age      6          0                32.5          4          0                37.5          -5
sick     NA         <3               NA            4          0                1             NA
END
    columns outcome,n_treated,missing_treated,mean_treated,n_control,missing_control,mean_control,diff got | same want -
    { cat in.tsv; sed 1d in.tsv | sed 's/\t1\t\([0-9]*\)\t$/\t1\t\1\t0/; s/\t1\t/\t2\t/'; } >months.tsv
    jf-diff --control k --missing drop -y sick --min-cell 3 months.tsv >got
    [ "$(columns n_treated,missing_treated,mean_treated got | sed -n 2p)" = $'NA\t<3\tNA' ]
    [ "$(columns n_treated,missing_treated got | sed -n 3p)" = $'6\t0' ]
}

@test "jf-diff: of an outcome that is 0 or 1 a few ones or zeros are not told by mean, deviation or difference" {
    for k in 2 3 5; do
        # every number of ones of the arm among n; the control has 20 of 40
        for ((n = k; n <= 2 * k + 3; n++)); do
            for ((ones = 0; ones <= n; ones++)); do
                awk -v n="$n" -v ones="$ones" 'BEGIN { print "id\tarm\tany\thours"
                    for (i = 1; i <= n; i++) print "t" i "\tt\t" (i <= ones) "\t" i / 4
                    for (i = 1; i <= 40; i++) print "c" i "\tc\t" i % 2 "\t" i / 4 }' >in.tsv
                jf-diff --control c --by '' -y any,hours --min-cell $k in.tsv >got
                [ "$(columns n_treated,n_control,mean_control got | sed -n 2p)" = "$n"$'\t40\t0.5' ]
                [ "$(cell diff got 2)" != NA ]
                shown=$(columns mean_treated,sd_treated,se_treated,diff,se,df,smd got | sed -n 2p)
                printf '%s\t%s\t%s\t%s\n' $k "$n" "$ones" "$shown"
            done
        done
    done >all
    # small ones and zeros are hidden whole, others are not; who sees it has two numbers to choose from
    awk -F'\t' '{ k = $1; n = $2; o = $3; z = n - o; small = o > 0 && o < k || z > 0 && z < k
            hidden = $4 == "NA" && $5 == "NA" && $6 == "NA" && $7 == "NA" && $8 == "NA" && $9 == "NA" && $10 == "NA"
            if (small != hidden || !small && $4 == "NA") { print "wrong: " $0; bad = 1 }
            if (small) twins[k " " n]++; if (small && k > 2) masked++ }
        END { for (t in twins) if (twins[t] < 2 && t != "2 2") { print "told: " t; bad = 1 }; exit bad || masked < 50 }' all
    # the control's too, weighted, pooled and from sums
    awk 'BEGIN { print "id\tarm\ttown\tany"; for (i = 1; i <= 80; i++) print i "\t" (i % 2 ? "t" : "c") "\t" i % 3 "\t" (i < 5 || i % 4 == 1) }' >in.tsv
    for options in '' '--strata town' '--variance pooled'; do
        # shellcheck disable=SC2086 # words are meant
        jf-diff --control c --by '' -y any --min-cell 3 $options in.tsv >got
        columns n_control,mean_control,sd_control,se_control,diff,se,df,smd got | sed 1d >row
        printf '40\tNA\tNA\tNA\tNA\tNA\tNA\tNA\n' | same - row
        [ "$(cell sd_treated got)" != NA ]
    done
    jf-diff --sums --by '' -y any in.tsv | jf-diff --from-sums --by '' --control c --min-cell 3 --variance pooled | same got -
    jf-diff --control c --by '' -y any --min-cell 2 in.tsv >got
    [ "$(cell mean_control got)" = 0.05 ]
}
