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
        { for (i = 2; i <= NF; i++) for (j = 0; j < $i; j++) print "x\t" $1 "\t" value[i - 1] }' "$1"
}

# twins K GROUPS PRINTED: of every masked count that is small there is a group with as many rows that
# was printed the same, share by share, and has another count there; what is shown is true, and never
# small. The number of rows of a group with fewer than K is not known. Says how many were masked.
twins()
{
    awk -v k="$1" '
        FILENAME == ARGV[1] { for (i = 2; i <= NF; i++) { count[$1, i - 1] = $i; total[$1] += $i }; next }
        FNR == 1 { next }
        {
            row = ++rows[$1]
            true = count[$1, row]
            if ($4 == "<" k ? true == 0 || true >= k : $4 != "NA" && $4 != true || true > 0 && true < k && $4 == true) {
                print "wrong: " $0 ", it is " true
                bad = 1
            }
            shown[$1, row] = $4
            printed[$1] = printed[$1] " " $4 " " $5
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
                print "x\t" (random(2) ? "deltager" : "kontrol") "\tt" random(towns) "\t" hours
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
