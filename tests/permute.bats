#!/usr/bin/env bats
# jf-permute: the test that rests on nothing but the lottery.

load helper

oracle=$JF_DATA/oracle

# made CASE: a case of the oracle's made data, into list.tsv and rows.tsv.
made()
{
    awk -F'\t' -v OFS='\t' -v made="$1" 'NR == 1 || $1 == made { print $2, $3, $4, $5 }' "$oracle/permute-lots.tsv" >list.tsv
    awk -F'\t' -v OFS='\t' -v made="$1" 'NR == 1 || $1 == made { print $2, $3, $4 }' "$oracle/permute-small.tsv" >rows.tsv
}

# held CASE OPTION...: jf-permute on list.tsv and rows.tsv, in the design of the case.
held()
{
    local options=(--missing drop)
    case $1 in
    strata | missing) options+=(--strata stratum) ;;
    pairs | pool) options+=(--strata stratum --small-strata "$1") ;;
    cluster) options+=(--strata stratum --cluster cluster) ;;
    clustermissing) options+=(--cluster cluster) ;;
    esac
    jf-permute -a list.tsv --control 0 -y y --salt s "${options[@]}" "${@:2}" rows.tsv
}

redraw()
{
    made "$1" && held "$@"
}

@test "every way to draw: counts of R, which goes through all lots, in every design and direction, ties among them" {
    for case in welch strata missing pairs pool cluster clustermissing; do
        for side in two-sided greater less; do
            redraw $case --alternative $side >got 2>/dev/null
            awk -F'\t' -v OFS='\t' -v made=$case -v side=$side '$1 == made && $3 == side {
                print $4, sprintf("%.12g", $5), $6, $7, $8 }' "$oracle/permute.tsv" >want
            columns period,t_obs,draws,p_perm,p_perm_max got | awk -F'\t' -v OFS='\t' 'NR > 1 {
                print $1, sprintf("%.12g", $2), $3, $4 * $3, $5 * $3 }' >have
            same want have || { echo "$case $side"; return 1; }
            [ "$(columns mc_error got | sort -u | tr '\n' ' ')" = '0 mc_error ' ]
        done
    done
}

@test "sleep: 15,048 of 184,756 lots, and within its ten pairs 4 of 1,024" {
    sleep=(-a "$JF_DATA/sleep/assign.tsv" --control 1 -y extra --by '' --salt s "$JF_DATA/sleep/input.tsv")
    jf-permute "${sleep[@]}" >got
    [ "$(cell draws got) $(cell mc_error got)" = '184756 0' ]
    near "$(cell p_perm got)" "$(bc -l <<<'15048 / 184756')" 1e-15
    jf-permute --strata block --small-strata pairs "${sleep[@]}" >got
    [ "$(cell draws got) $(cell p_perm got)" = '1024 0.00390625' ]
    # all of them whatever is asked for, and from any salt
    same got <(jf-permute --strata block --small-strata pairs --draws 50 "${sleep[@]/#s/t}")
}

@test "nsw: p of 1,999 draws is within three Monte Carlo errors of R's 200,000" {
    for strata in none block; do
        options=()
        [ $strata = none ] || options=(--strata block)
        jf-permute -a "$JF_DATA/nsw/assign.tsv" --control 0 -y earn --by t --salt nsw "${options[@]}" "$JF_DATA/nsw/long.tsv" >got
        columns t,t_obs,p_perm,mc_error,draws,p_perm_max got | sed 1d | sort >have
        awk -F'\t' -v OFS='\t' -v s=$strata '$1 == s { print $2, $3, $4, $5, $6, $7 }' "$oracle/permute-nsw.tsv" | sort >want
        [ "$(wc -l <want)" -eq 3 ]
        paste have want | awk -F'\t' '
            function far(a, b, e) { return (a - b) ^ 2 > 9 * (e * e + b * (1 - b) / 1999) }
            function size(x) { return x < 0 ? -x : x }
            $1 != $7 || size(size($2) - $8) > 1e-9 || $5 != 1999 || far($3, $9, $10) || far($6, $11, $12) { print; bad = 1 }
            size($4 - sqrt($3 * (1 - $3) / $5)) > 1e-12 { print; bad = 1 }
            END { exit bad }'
    done
}

# nsw OPTION...: jf-permute on the long file of nsw; few draws, for what any number shows.
nsw()
{
    jf-permute -a "${LIST:-$JF_DATA/nsw/assign.tsv}" --control 0 -y "${Y:-earn}" --by "${BY:-t}" --salt s --draws "${DRAWS:-50}" "$@"
}

@test "neither the order of rows and of the list, nor files, nor threads change a byte" {
    nsw --strata block "$JF_DATA/nsw/long.tsv" >want
    { sed 1q "$JF_DATA/nsw/long.tsv"; sed 1d "$JF_DATA/nsw/long.tsv" | sort -t "$(printf '\t')" -k3,3 -k1,1r; } >other.tsv
    { sed 1q "$JF_DATA/nsw/assign.tsv"; sed 1d "$JF_DATA/nsw/assign.tsv" | sort -r; } >list.tsv
    { sed 1q other.tsv; sed 701,1400p -n other.tsv; } >part2.tsv
    head -n 700 other.tsv | gzip >part1.tsv.gz
    for threads in 1 2 3 5; do
        LIST=list.tsv nsw --strata block -j $threads part2.tsv part1.tsv.gz | same want -
    done
    # a draw goes by salt, number and id, and by nothing else: the first draws of many are those of few
    jf-permute -a list.tsv --control 0 -y earn --by t --salt t --draws 50 --strata block other.tsv >salt
    run ! cmp -s want salt
    same <(cut -f1-19 want) <(cut -f1-19 salt)
}

@test "the columns before t_obs are jf-diff's with the same options, and t_obs is jf-ci's t" {
    for options in '' '--strata block' '--strata black --min-cell 60'; do
        # shellcheck disable=SC2086 # words
        BY=year=t nsw $options "$JF_DATA/nsw/long.tsv" >got
        # shellcheck disable=SC2086 # words
        jf-split -a "$JF_DATA/nsw/assign.tsv" "$JF_DATA/nsw/long.tsv" | jf-diff --control 0 -y earn --by year=t $options >want
        cut -f1-18 got | same want -
        jf-ci want | columns t /dev/stdin | sed 1d >t
        columns t_obs got | sed 1d | same t -
    done
    redraw cluster >got
    jf-split -a list.tsv rows.tsv | jf-diff --control 0 -y y --strata stratum --cluster cluster --se CR1S 2>/dev/null >want
    cut -f1-20 got | same want -
}

@test "p does not hang on the unit or the zero of the outcome, to the last tie, however many digits that takes" {
    for case in welch missing pairs pool cluster; do
        redraw $case >want
        for change in '$3 * 3 "e-16"' '1000000000 + $3' '1.00000000001 + $3 / 4' '-700000000000000 + 35 * $3'; do
            made $case
            awk -F'\t' -v OFS='\t' -v CONVFMT=%.15g "NR > 1 && \$3 != \"NA\" { \$3 = ($change) \"\" } 1" rows.tsv >changed.tsv
            cp changed.tsv rows.tsv
            held $case >got
            same <(columns period,p_perm,draws,p_perm_max want) <(columns period,p_perm,draws,p_perm_max got) || { echo "$case $change"; return 1; }
        done
    done
}

@test "p_perm_max is over the rows of an outcome, or of the family that is said; alone it is p_perm" {
    awk -F'\t' -v OFS='\t' '{ print $0, NR == 1 ? "zero" : $3 * 7 % 101 }' "$JF_DATA/nsw/long.tsv" >two.tsv
    Y=earn,zero nsw two.tsv >outcome
    nsw two.tsv >alone
    same <(grep earn outcome) <(sed 1d alone)
    Y=earn,zero nsw --family t,outcome two.tsv >each
    same <(columns p_perm each | sed 1d) <(columns p_perm_max each | sed 1d)
    refuses 1 "--family: no column 'outcom' tells the rows apart; did you mean 'outcome'?" nsw --family outcom two.tsv
    Y=earn,zero nsw --family arm two.tsv >all
    paste <(columns p_perm_max outcome) <(columns p_perm_max all) | awk -F'\t' 'NR > 1 && $2 < $1 { exit 1 }'
}

@test "a masked row has neither t nor p, and is in no maximum" {
    { cat "$JF_DATA/nsw/long.tsv"; sed 1d "$JF_DATA/nsw/long.tsv" | awk -F'\t' -v OFS='\t' '$2 == 1978 && $3 > 20000 { $2 = 1979; print }'; } >more.tsv
    nsw --min-cell 20 more.tsv >got
    [ "$(columns t_obs,p_perm,mc_error,draws,p_perm_max got | tail -n 1 | tr '\t' ' ')" = 'NA NA NA NA NA' ]
    nsw "$JF_DATA/nsw/long.tsv" >without
    same <(columns t,p_perm,p_perm_max without) <(columns t,p_perm,p_perm_max got | sed '$d')
}

@test "people without a row are drawn where that is said, and change who else is treated" {
    redraw welch >all
    grep -v q12 rows.tsv >fewer.tsv
    refuses 1 'list.tsv: 1 of 12 persons have no row; say --absent drop' jf-permute -a list.tsv --control 0 -y y --salt s fewer.tsv
    jf-permute -a list.tsv --control 0 -y y --salt s --absent drop fewer.tsv >got 2>err
    grep -q '^jf-permute: list.tsv: 1 of 12 persons have no row; they are drawn, without values' err
    [ "$(cell draws got) $(cell draws all)" = '792 792' ]
    # as if his cells were missing, but for the count of these
    sed 's/\(q12\t.\t\).*/\1NA/' rows.tsv >missing.tsv
    jf-permute -a list.tsv --control 0 -y y --salt s --missing drop missing.tsv >other
    same <(columns period,n_treated,n_control,p_perm,p_perm_max got) <(columns period,n_treated,n_control,p_perm,p_perm_max other)
}

@test "a list with one person twice, under two writings of the id, or with a header among its rows is refused" {
    printf 'id\tarm\n"pnr1"\tt\npnr2\tk\npnr1\tk\n' >list.tsv
    printf 'id\thours\npnr2\t1\npnr1\t3\n' >hours.tsv
    refuses 1 'list.tsv:4: the id of line 2 again, but for outer blanks or quotes' jf-permute -a list.tsv --control k --salt x --by '' --absent drop hours.tsv
    refuses 1 'list.tsv:4: the id of line 2 again, but for outer blanks or quotes' jf-split -a list.tsv --absent keep hours.tsv
    printf 'id\tarm\npnr1\tt\nid\tarm\npnr2\tk\n' >list.tsv
    refuses 1 'list.tsv:3: the header again, among the rows' jf-permute -a list.tsv --control k --salt x --by '' hours.tsv
    refuses 1 'list.tsv:3: the header again, among the rows' jf-split -a list.tsv hours.tsv
    printf 'from\tto\tstate\n*\t\tany\n' >states.tsv
    printf 'id\ty_1601\npnr1\t730\nid\ty_1601\npnr2\t730\n' >weeks.tsv
    refuses 1 'weeks.tsv:3: the header again, among the rows' jf-weeks --states states.tsv weeks.tsv
}

@test "a month that a person has no row of is an error that counts such persons, unless they are left out" {
    for ((i = 1; i <= 16; i++)); do printf '%s\n' "pnr$i $((i % 4 > 1))"; done | table | sed '1i id\tarm' >list.tsv
    awk 'BEGIN { OFS = "\t"; print "id", "town", "period", "y"; for (i = 1; i <= 16; i++) for (m = 1; m <= 3; m++)
        if (i != 3 || m != 2) print "pnr" i, i % 2 ? "A" : "B", "2016-0" m, i * m % 7 }' >months.tsv
    permute=(jf-permute -a list.tsv --control 0 -y y --salt s)
    refuses 1 "'2016-02': 1 person has no row, but of other periods; say --missing drop" "${permute[@]}" months.tsv
    refuses 1 "'2016-02': some persons have no row, and --min-cell does not say how many" "${permute[@]}" --min-cell 2 months.tsv
    refuses 1 "1 person has no row" "${permute[@]}" --by town,period months.tsv
    "${permute[@]}" --missing drop months.tsv >got
    [ "$(columns period,n_treated,n_control got | tr '\t\n' ',;')" = 'period,n_treated,n_control;2016-01,8,8;2016-02,7,8;2016-03,8,8;' ]
    # a person is in one town, and lacks no row of another
    awk -F'\t' '$3 != "2016-02"' months.tsv | "${permute[@]}" --by town,period >got
    [ "$(wc -l <got)" -eq 5 ]
}

@test "what is told to do can be done: this program has no --units" {
    printf 'id\tarm\npnr1\tt\npnr2\tk\n' >list.tsv
    printf 'id\tperiod\thours\npnr1\t1\t1\npnr2\t1\t3\n' >hours.tsv
    run -1 --separate-stderr jf-permute -a list.tsv --control k --salt x --id period hours.tsv
    # shellcheck disable=SC2154 # run sets it
    [ "$stderr" = "jf-permute: hours.tsv:1: column 'period' is --id and a key; say another --id" ]
    run -1 --separate-stderr jf-permute -a list.tsv --control k --salt x --by id hours.tsv
    [ "$stderr" = 'jf-permute: hours.tsv:1: column 1, a key, holds no ids; say --id COL' ]
}

@test "of several arms each is redrawn with the control, as if the others were not there" {
    awk -F'\t' -v OFS='\t' '{ print $1, NR == 1 ? "arm" : NR % 3 }' "$JF_DATA/nsw/assign.tsv" >list.tsv
    jf-permute -a list.tsv --control 0 --treated 2,1 -y earn --by t --salt s --draws 30 "$JF_DATA/nsw/long.tsv" >got
    for arm in 1 2; do
        other=$((3 - arm))
        awk -F'\t' -v o=$other 'NR == FNR { arm[$1] = $2; next } arm[$1] != o || FNR == 1' list.tsv "$JF_DATA/nsw/long.tsv" >rows.tsv
        awk -F'\t' -v o=$other '$2 != o' list.tsv >two.tsv
        jf-permute -a two.tsv --control 0 -y earn --by t --salt s --draws 30 rows.tsv | same <(awk -F'\t' -v a=$arm 'NR == 1 || $3 == a' got) -
    done
}

@test "a draw without a t counts as extreme, and is told where that is often" {
    table >list.tsv <<'END'
id arm
a  t
b  t
c  t
d  k
e  k
f  k
END
    table >rows.tsv <<'END'
id hours
a  1
b  1
c  0
d  0
e  0
f  0
END
    jf-permute -a list.tsv --control k --by '' --salt s rows.tsv >got
    # 20 ways: 2 of 0 and 1 ones or 1 and 1 make |t| < 2, so 2:0 and 0:2 count, 3 + 3 times
    [ "$(columns p_perm,draws got | tail -n 1 | tr '\t' ' ')" = '0.4 20' ]
    sed 's/^c\t0/c\t1/; s/^f\t0/f\t0.5/' rows.tsv >none.tsv
    jf-permute -a list.tsv --control k --by '' --salt s none.tsv >got 2>err
    [ ! -s err ]
    # nothing varies in two of the 20 ways, of which the trial is none
    sed 's/^\([abf]\)\t.*/\1\t1/; s/^\([cde]\)\t.*/\1\t0/' rows.tsv >none.tsv
    jf-permute -a list.tsv --control k --by '' --salt s none.tsv >got 2>err
    grep -q '^jf-permute: in 1 of 1 rows there is no t in more than 1 per cent of the draws' err
    [ "$(columns p_perm,draws got | tail -n 1 | tr '\t' ' ')" = '1 20' ]
    # and where the trial has none there is no p
    printf 'id\thours\na\t1\nb\t1\nc\t1\nd\t0\ne\t0\nf\t0\n' | jf-permute -a list.tsv --control k --by '' --salt s >got
    [ "$(columns se,t_obs,p_perm,mc_error,draws,p_perm_max got | tail -n 1 | tr '\t' ' ')" = '0 NA NA NA NA NA' ]
}

@test "the draws are those that another program makes by the page, in each direction of the arms and within strata" {
    sed 1d "$oracle/permute-draws.tsv" | while IFS=$'\t' read -r control strata draws reached; do
        options=()
        [ "$strata" = none ] || options=(--strata "$strata")
        grep -E '^id|	1975	' "$JF_DATA/nsw/long.tsv" |
            jf-permute -a "$JF_DATA/nsw/assign.tsv" --control "$control" -y earn --by t --salt page --draws "$draws" "${options[@]}" >got
        near "$(cell p_perm got)" "$(bc -l <<<"(1 + $reached) / (1 + $draws)")" 1e-15
    done
}

@test "p is never 0: the lottery that was held counts among those that were drawn" {
    awk -F'\t' -v OFS='\t' 'NR == FNR { arm[$1] = $2; next } FNR > 1 { $3 += 100000 * arm[$1] } 1' \
        "$JF_DATA/nsw/assign.tsv" "$JF_DATA/nsw/long.tsv" >far.tsv
    DRAWS=19 nsw far.tsv >got
    [ "$(columns p_perm,p_perm_max got | tail -n 1 | tr '\t' ' ')" = '0.05 0.05' ]
}
