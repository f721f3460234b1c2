#!/usr/bin/env bats
# Strata too small for a variance of their own: jf-diff --small-strata. tests/oracle/strata.R made the tables.

load helper

# by_r DATA WAY GOT: the row is that of R.
by_r()
{
    local name
    for name in diff se df; do
        near "$(cell $name "$3")" "$(awk -F'\t' -v data="$1" -v way="$2" -v name=$name '
            NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
            $1 == data && $2 == way { print $at[name] }' "$JF_DATA/oracle/strata.tsv")" 1e-12 || return
    done
}

sleep_pairs()
{
    jf-split -a "$JF_DATA/sleep/assign.tsv" "$JF_DATA/sleep/input.tsv"
}

# few: four small strata and a large one.
few()
{
    table <<'END'
id     arm  town  hours  any
pnr01  d    A     1      1
pnr02  k    A     0      0
pnr03  d    B     10     1
pnr04  k    B     5.5    0
pnr05  k    B     7      1
pnr06  d    C     3      0
pnr07  k    C     1      0
pnr08  d    D     2      1
pnr09  d    D     4      1
pnr10  k    D     6      0
pnr11  d    E     1      1
pnr12  d    E     3      0
pnr13  k    E     0      1
pnr14  k    E     1      0
END
}

@test "sleep: pairs give what R's paired test gives, and the arms no standard error" {
    sleep_pairs >in.tsv
    jf-diff --by '' --control 1 -y extra --strata block --small-strata pairs in.tsv >got
    by_r sleep pairs got
    [ "$(columns se_treated,se_control got | tail -n 1)" = $'NA\tNA' ]
    [ "$(columns n_treated,mean_treated,mean_control got | tail -n 1)" = $'10\t2.33\t0.75' ]
    jf-ci got | columns pct_low,pct_high /dev/stdin | sed 1d >limits
    printf 'NA\tNA\n' | same - limits
}

@test "matched sets of two and three, and schools' small and large strata, pooled and dropped as R has them" {
    jf-diff --by '' --control control -y spontaneous --strata set --small-strata pool "$JF_DATA/oracle/infert.tsv" >got
    by_r infert pool got
    jf-diff --by '' --control F -y score --strata block --small-strata pool "$JF_DATA/oracle/exam.tsv" >got
    by_r exam pool got
    [ "$(columns se_treated,se_control got | tail -n 1)" = $'NA\tNA' ]
    jf-diff --by '' --control F -y score --strata block --small-strata drop "$JF_DATA/oracle/exam.tsv" >got
    by_r exam drop got
    [ "$(columns n_strata,n_dropped got | tail -n 1)" = $'55\t4' ]
}

@test "pool: the numbers by hand, correctly rounded" {
    few >in.tsv
    jf-diff --by '' --control k --strata town --small-strata pool in.tsv >got
    # differences 1, 3.75, 2, -3 of 2, 3, 2, 3 persons; E: 1.5, variance 2/2 + 0.5/2
    centre='((2 * 1 + 3 * 3.75 + 2 * 2 + 3 * -3) / 10)'
    weights='(4 / 6 + 9 / 4 + 4 / 6 + 9 / 4)'
    around="(4 / 6 * (1 - $centre)^2 + 9 / 4 * (3.75 - $centre)^2 + 4 / 6 * (2 - $centre)^2 + 9 / 4 * (-3 - $centre)^2)"
    small="((10 / 14)^2 * $around / (10 + $weights))"
    reals <<END
diff $(cell diff got) (2 + 11.25 + 4 - 9 + 4 * 1.5) / 14
se $(cell se got) sqrt($small + (4 / 14)^2 * 1.25)
df $(cell df got) ($small + (4 / 14)^2 * 1.25)^2 / ($small^2 / 3 + (4 / 14)^4 * (1 + 0.0625))
mean_treated $(cell mean_treated got) (2 * 1 + 3 * 10 + 2 * 3 + 3 * 3 + 4 * 2) / 14
END
}

@test "pool of pairs is pairs, and without small strata it is the strata's own variance" {
    sleep_pairs >in.tsv
    jf-diff --by '' --control 1 -y extra --strata block --small-strata pairs in.tsv >want
    jf-diff --by '' --control 1 -y extra --strata block --small-strata pool in.tsv | same want -
    set -- --by '' --control Control --treated Low,High -y weight --strata sex "$JF_DATA/oracle/rats.tsv"
    jf-diff "$@" | columns arm,diff,se,df,mean_treated /dev/stdin >want
    jf-diff --small-strata pool "$@" | columns arm,diff,se,df,mean_treated /dev/stdin | same want -
    jf-diff "$@" >want
    jf-diff --small-strata drop "$@" | columns "$(head -n 1 want | tr '\t' ,)" /dev/stdin | same want -
}

@test "drop: a row is made without its thin strata, whose persons count as missing; NA where none is left" {
    { few | awk -v OFS='\t' 'NR == 1 { print $0, "period"; next } { print $0, 1 }'
      few | awk -F'\t' -v OFS='\t' 'NR > 1 && $3 != "E" { print $0, 2 }'; } >in.tsv
    jf-diff --control k --strata town --small-strata drop in.tsv >got
    columns period,n_treated,missing_treated,mean_treated,n_control,missing_control,diff,df,n_strata,n_dropped got >part
    table >want <<'END'
period  n_treated  missing_treated  mean_treated  n_control  missing_control  diff  df                  n_strata  n_dropped
1       2          5                2             2          5                1.5   1.4705882352941178  1         4
2       0          5                NA            0          5                NA    NA                  0         4
END
    same want part
    few | awk -F'\t' 'NR == 1 || $3 == "E"' | jf-diff --by '' --control k --strata town | columns diff,se,df,smd /dev/stdin | sed 1d >want
    columns diff,se,df,smd got | sed -n 2p | same want -
    jf-diff --control k --strata town --small-strata drop --df n-2j in.tsv >other
    [ "$(cell df other)" = 2 ]
}

@test "every order of the rows, every cut into parts and every name of the arms gives the same bytes" {
    for way in 'control control spontaneous set pool infert' 'F F score block pool exam' 'F F score block drop exam'; do
        read -r control name y strata small data <<<"$way"
        set -- --by '' --control "$control" -y "$y" --strata "$strata" --small-strata "$small"
        in=$JF_DATA/oracle/$data.tsv
        jf-diff "$@" "$in" >want
        { head -n 1 "$in"; sed 1d "$in" | sort -t $'\t' -k 6,6 -k 5,5 -k 4,4r; } | jf-diff "$@" | same want -
        for part in 0 1 2; do
            awk -v part=$part 'NR == 1 || NR % 3 == part' "$in" | jf-diff --sums --by '' -y "$y" --strata "$strata" >sums.$part
        done
        jf-diff --from-sums "$@" sums.2 sums.0 sums.1 | same want -
        awk -F'\t' -v OFS='\t' -v name="$name" 'NR > 1 && $2 == name { $2 = "zzz" } 1' "$in" >named.tsv
        jf-diff "${@:1:3}" zzz "${@:5}" named.tsv | sed "s/\tzzz\t/\t$name\t/" | same want -
    done
}

@test "a person's outcome that is missing makes a pair a stratum without an arm" {
    sleep_pairs | awk -F'\t' -v OFS='\t' 'NR == 3 { $2 = "NA" } 1' >in.tsv
    refuses 1 'strata that are no pairs, with one value in each arm: ' \
        jf-diff --by '' --control 1 -y extra --missing drop --strata block --small-strata pairs in.tsv
    jf-diff --by '' --control 1 -y extra --missing drop --strata block --small-strata drop in.tsv >got
    [ "$(columns n_treated,missing_treated,n_control,missing_control,diff,n_strata,n_dropped got | tail -n 1)" = \
        $'0\t10\t0\t10\tNA\t0\t10' ]
}

@test "--min-cell: the persons of dropped strata are counted, so a count of one month does not tell another's" {
    few | awk -v OFS='\t' 'NR == 1 { print $0, "period" } $3 == "E" || $3 == "D" {
        $4 += $2 == "k" ? 0.5 : 0
        for (i = 0; i < 6; i++) { $1 = $1 "x"; if (i < 3) print $0, 1; else if ($1 !~ /pnr10xxxx[x]/) print $0, 2 } }' >in.tsv
    jf-diff --control k --strata town --small-strata drop --min-cell 5 in.tsv >got
    columns period,n_treated,missing_treated,n_control,missing_control,n_strata,n_dropped got >part
    table >want <<'END'
period  n_treated  missing_treated  n_control  missing_control  n_strata  n_dropped
1       12         0                9          0                2         0
2       6          6                6          <5               1         1
END
    same want part
    [ "$(cell diff got 2)" = 1 ]
    jf-diff --control k --strata town --small-strata drop --min-cell 7 in.tsv >got
    [ "$(columns diff,se,n_strata,n_dropped got | tail -n 1)" = $'NA\tNA\tNA\tNA' ]
    jf-diff --sums --strata town in.tsv | jf-diff --from-sums --control k --strata town --small-strata drop --min-cell 7 | same got -
}

@test "wrong usage of --small-strata" {
    few >in.tsv
    refuses 2 '--small-strata goes with --strata' jf-diff --control k --small-strata pool in.tsv
    refuses 2 'leave out --df n-2j' jf-diff --control k --strata town --small-strata pool --df n-2j in.tsv
    refuses 2 'leave out --df n-2j' jf-diff --control k --strata town --small-strata pairs --df n-2j in.tsv
    refuses 2 'drop' jf-diff --control k --strata town --small-strata drp in.tsv
}
