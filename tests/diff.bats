#!/usr/bin/env bats
# jf-diff: the arms and their difference.

load helper

HEADER='outcome arm control n_treated missing_treated mean_treated sd_treated se_treated
    n_control missing_control mean_control sd_control se_control diff se df smd'

# A month worked by hand: treated 1 2 3 4 and one unknown, control 2 4 6.
month()
{
    table >in.tsv <<'END'
PNR    arm       period   hours
pnr01  deltager  2016-01  1
pnr02  kontrol   2016-01  2
pnr03  deltager  2016-01  2
pnr04  deltager  2016-01  NA
pnr05  kontrol   2016-01  4
pnr06  deltager  2016-01  3
pnr07  kontrol   2016-01  6
pnr08  deltager  2016-01  4
END
}

# Two outcomes, two periods, 80 persons, any number of arms ($1).
trial()
{
    awk -v arms="$1" 'BEGIN {
        print "id\tarm\tperiod\ttown\thours\tany"; x = 7
        for (i = 1; i <= 80; i++) for (m = 1; m <= 2; m++) {
            x = (x * 16807) % 2147483647; h = x % 16033
            printf "pnr%02d\tarm%d\t2016-0%d\ttown%d\t%d.%02d\t%d\n", \
                i, i % arms, m, int(i / 7) % 4, h / 100, h % 100, (h > 8000)
        } }'
}

@test "a month worked by hand: every column, each number correctly rounded" {
    month
    jf-diff --control kontrol --missing drop in.tsv >got
    head -n 1 got | tr '\t' '\n' >names
    # shellcheck disable=SC2086 # words are meant
    printf '%s\n' period $HEADER | same - names
    columns period,outcome,arm,control,n_treated,missing_treated,mean_treated,n_control,missing_control,mean_control,diff got >part
    table >want <<'END'
period   outcome  arm       control  n_treated  missing_treated  mean_treated  n_control  missing_control  mean_control  diff
2016-01  hours    deltager  kontrol  4          1                2.5           3          0                4             -1.5
END
    same want part
    for name in sd_treated se_treated sd_control se_control se df smd; do
        printf '%s %s ' $name "$(cell $name got)"
        case $name in
        sd_treated) echo 'sqrt(5 / 3)' ;;
        se_treated) echo 'sqrt(5 / 12)' ;;
        sd_control) echo 2 ;;
        se_control) echo '2 / sqrt(3)' ;;
        se) echo 'sqrt(7 / 4)' ;;
        df) echo '1323 / 409' ;;
        smd) echo '-1.5 / sqrt((5 / 3 + 4) / 2)' ;;
        esac
    done | reals
}

@test "a missing outcome is an error unless it is dropped, and then it is counted" {
    month
    refuses 1 'in.tsv:5: hours: *--missing drop' jf-diff --control kontrol in.tsv
    for nothing in '' . NA '\N'; do
        printf 'id\tarm\tperiod\thours\nx1\td\t1\t%s\nx2\tk\t1\t%s\nx3\td\t1\t5\nx4\tk\t1\t3\n' "$nothing" "$nothing" >in2.tsv
        jf-diff --control k --missing drop in2.tsv >got
        [ "$(columns n_treated,missing_treated,n_control,missing_control,diff got | tail -n 1)" = $'1\t1\t1\t1\t2' ]
    done
}

@test "a missing arm is an error always" {
    month
    for nothing in '' . NA '\N'; do
        awk -F'\t' -v OFS='\t' -v nothing="${nothing/\\/\\\\}" 'NR == 4 { $2 = nothing } 1' in.tsv >hole.tsv
        refuses 1 'hole.tsv:4: arm: ' jf-diff --control kontrol --missing drop hole.tsv
    done
}

@test "an arm nobody declared is an error that gives the line and the nearest label" {
    month
    sed 's/^pnr06.deltager/pnr06\tDeltager/' in.tsv >slip.tsv
    refuses 1 'slip.tsv:7: *Deltager*deltager' jf-diff --control kontrol --treated deltager --missing drop slip.tsv
    refuses 1 'slip.tsv:7: *Deltager' jf-diff --control kontrol --missing drop slip.tsv
    refuses 1 'in.tsv:3: *kontrol*Kontrol' jf-diff --control Kontrol --treated deltager --missing drop in.tsv
    refuses 1 'kontrol*kontrl' jf-diff --control kontrl --missing drop in.tsv
    refuses 2 'control' jf-diff in.tsv
    refuses '[12]' 'kontrol' jf-diff --control kontrol --treated kontrol in.tsv
}

@test "more arms: a row for each that --treated names, in that order" {
    trial 3 >in.tsv
    refuses 1 '--treated' jf-diff --control arm0 in.tsv
    jf-diff --control arm0 --treated arm2,arm1 -y any,hours in.tsv >got
    columns period,outcome,arm got >part
    table >want <<'END'
period   outcome  arm
2016-01  any      arm2
2016-01  any      arm1
2016-01  hours    arm2
2016-01  hours    arm1
2016-02  any      arm2
2016-02  any      arm1
2016-02  hours    arm2
2016-02  hours    arm1
END
    same want part
    awk -F'\t' '$2 != "arm1"' in.tsv | jf-diff --control arm0 -y hours >want
    awk -F'\t' 'NR == 1 || ($2 == "hours" && $3 == "arm2")' got | same want -
}

@test "a row a key: numbers by value, then texts bytewise; '' for one row in all" {
    printf 'id\tarm\tk\tj\thours\n' >in.tsv
    i=0
    for k in b a 1e1 B 10 9 -1 0.5 NaN 2016-03 $'\303\246' 10.0; do
        printf 'p%da\ta\t%s\t2\t1\np%db\ta\t%s\t1\t2\np%dc\tb\t%s\t2\t1\np%dd\tb\t%s\t1\t1\n' \
            $i "$k" $i "$k" $i "$k" $i "$k" >>in.tsv
        i=$((i + 1))
    done
    jf-diff --control b --by k,j in.tsv | columns k,j /dev/stdin | sed 1d >got
    for k in -1 0.5 9 10 10.0 1e1 2016-03 B NaN a b $'\303\246'; do printf '%s\t1\n%s\t2\n' "$k" "$k"; done >want
    same want got
    jf-diff --sums --by j,k in.tsv | columns j,k,arm /dev/stdin | sed 1d | awk -F'\t' '$3 == "b"' | cut -f 1,2 >got
    for j in 1 2; do awk -F'\t' -v j=$j '$2 == j { print j "\t" $1 }' want; done | same - got
    jf-diff --control b --by '' in.tsv >got
    [ "$(columns outcome,n_treated,diff got | tail -n 1)" = $'hours\t24\t0.5' ]
    [ "$(head -n 1 got | cut -f 1)" = outcome ]
    refuses '[12]' 'kk' jf-diff --control b --by kk in.tsv
}

@test "arms can be renamed, and turned about: diff and smd change sign, se and df do not" {
    trial 2 >in.tsv
    jf-diff --control arm0 in.tsv >got
    sed 's/arm0/placebo/; s/arm1/pill/' in.tsv | jf-diff --control placebo | sed 's/pill/arm1/; s/placebo/arm0/' >want
    same want got
    jf-diff --control arm1 in.tsv | columns diff,smd,se,df,n_treated,sd_treated,mean_control /dev/stdin >turned
    columns diff,smd,se,df,n_control,sd_control,mean_treated got |
        sed '1d; s/^/-/; s/\t/\t-/; s/--//g' | same <(sed 1d turned) -
    sed '1s/arm/lot/' in.tsv | jf-diff --arm lot --control arm0 >want
    same want got
}

@test "a constant added to every outcome moves the means and nothing else" {
    trial 2 >in.tsv
    jf-diff --control arm0 in.tsv | columns sd_treated,se_control,diff,se,df,smd /dev/stdin >want
    for constant in 1 -1000 1000000000000000 1000000000000000000; do
        awk -F'\t' -v OFS='\t' -v c=$constant 'NR > 1 {
            # the sum as text, for a double cannot hold it
            split($5, part, "."); whole = c < 0 ? part[1] + c : substr(c, 1, length(c) - length(part[1])) part[1]
            $5 = c < 0 ? sprintf("%.2f", $5 + c) : (c == 1 ? part[1] + 1 : whole) "." part[2] } 1' in.tsv >moved.tsv
        jf-diff --control arm0 moved.tsv | columns sd_treated,se_control,diff,se,df,smd /dev/stdin >got
        same want got
    done
}

@test "outcomes in other units: df and smd are the same to the last byte" {
    trial 2 >in.tsv
    jf-diff --control arm0 in.tsv >want
    for unit in e3 e-20 e12; do
        awk -F'\t' -v OFS='\t' -v unit=$unit 'NR > 1 { $5 = $5 unit } 1' in.tsv | jf-diff --control arm0 >got
        same <(columns df,smd want) <(columns df,smd got)
        near "$(cell se got)" "$(cell se want)$unit" 3e-16
        near "$(cell diff got)" "$(cell diff want)$unit" 3e-16
    done
}

@test "pooled: one variance for both arms, n1 + n0 - 2 degrees of freedom" {
    month
    jf-diff --control kontrol --missing drop --variance pooled in.tsv >got
    [ "$(cell df got)" = 5 ]
    reals <<END
se $(cell se got) sqrt((5 + 8) / 5 * (1 / 4 + 1 / 3))
diff $(cell diff got) -1.5
END
    near "$(awk -v a="$(cell se_treated got)" -v b="$(cell se_control got)" 'BEGIN { printf "%.17g", sqrt(a * a + b * b) }')" \
        "$(cell se got)" 1e-15
    refuses 2 'elch' jf-diff --control kontrol --variance wlch in.tsv
}

@test "strata: their differences weighted by size, with a Neyman variance" {
    table >in.tsv <<'END'
id     arm  town  period  hours
pnr01  d    A     1       1
pnr02  d    A     1       3
pnr03  k    A     1       0
pnr04  k    A     1       2
pnr05  k    A     1       4
pnr06  d    B     1       10
pnr07  d    B     1       12
pnr08  d    B     1       17
pnr09  k    B     1       5
pnr10  k    B     1       7
pnr11  k    B     1       6
END
    # A: 2 - 2 = 0, variance 2/2 + 4/3; B: 13 - 6 = 7, variance 13/3 + 1/3; weights 5/11 and 6/11
    jf-diff --control k --strata town in.tsv >got
    reals <<END
diff $(cell diff got) 42 / 11
se $(cell se got) sqrt((5/11)^2 * (1 + 4/3) + (6/11)^2 * (13/3 + 1/3))
df $(cell df got) ((5/11)^2 * (1 + 4/3) + (6/11)^2 * (13/3 + 1/3))^2 / ((5/11)^4 * (1 + (4/3)^2 / 2) + (6/11)^4 * ((13/3)^2 / 2 + (1/3)^2 / 2))
mean_treated $(cell mean_treated got) (5 * 2 + 6 * 13) / 11
mean_control $(cell mean_control got) (5 * 2 + 6 * 6) / 11
se_treated $(cell se_treated got) sqrt((5/11)^2 * 1 + (6/11)^2 * 13/3)
se_control $(cell se_control got) sqrt((5/11)^2 * 4/3 + (6/11)^2 * 1/3)
END
    [ "$(columns n_treated,n_control got | tail -n 1)" = $'5\t6' ]
    jf-diff --control k --strata town --df n-2j in.tsv >other
    [ "$(cell df other)" = 7 ]
    cut -f 1-16,18 got >want
    cut -f 1-16,18 other | same want -
    refuses 1 "strata with fewer than two values in an arm: 'B' of key '1' (arm 'd'); merge them" \
        jf-diff --control k --strata town <(sed '/pnr0[67]/d' in.tsv)
    refuses 1 "'B' of key '1' (arm 'k')" jf-diff --control k --strata town <(sed '/\tk\tB/d' in.tsv)
    refuses 2 'pooled' jf-diff --control k --strata town --variance pooled in.tsv
    refuses 2 '--df n-2j goes with --strata' jf-diff --control k --df n-2j in.tsv
}

@test "strata that are too small are all named at once, the first ten, and none where counts are masked" {
    table >in.tsv <<'END'
id     arm  town  v  w
pnr01  d    A     1  1
pnr02  d    A     1  3
pnr03  k    A     1  0
pnr04  k    A     1  2
pnr05  d    B     1  1
pnr06  k    C     1  NA
pnr07  k    C     1  1
pnr08  d    D     1  1
pnr09  e    D     1  1
pnr10  e    D     1  2
END
    says='strata with fewer than two values in an arm'
    refuses 1 "$says: 'B' (arm 'd'), 'B' (arm 'k'), 'C' (arm 'd'), 'D' (arm 'd'), 'D' (arm 'k'); merge them, leave them out before, or see --small-strata of jf-diff" \
        jf-diff --control k --by '' --treated d -y v --strata town <(sed '/\te\t/d' in.tsv)
    refuses 1 "$says: 'A' (arm 'e'), 'B' (arm 'd'), 'B' (arm 'k'), 'C' (arm 'd'), 'C' (arm 'e'), 'C' (arm 'k'), 'D' (arm 'd'), 'D' (arm 'k'); " \
        jf-diff --control k --by '' --treated d,e -y v,w --missing drop --strata town in.tsv
    refuses 1 "'t18' (arm 'k') and 9 more; merge them" jf-diff --control k --by '' -y v --strata town \
        <(awk -F'\t' -v OFS='\t' 'BEGIN { print "id", "arm", "town", "v"; for (i = 1; i < 20; i++) { print i "a", "d", "t" i, 1
            print i "b", "d", "t" i, 2; print i "c", "k", "t" i, 1 } }')
    refuses 1 'there are strata with fewer than two values in an arm, and --min-cell names none; merge them, leave them out before, or see --small-strata of jf-diff' \
        jf-diff --control k --by '' --treated d,e -y v --strata town --min-cell 5 in.tsv
}

@test "one stratum for all gives the plain difference with Welch's se and df" {
    trial 2 | awk -F'\t' -v OFS='\t' '{ $4 = NR == 1 ? "town" : "x" } 1' >in.tsv
    jf-diff --control arm0 in.tsv >want
    jf-diff --control arm0 --strata town in.tsv | same want -
    jf-diff --control arm0 --strata town --df n-2j in.tsv >got
    [ "$(cell df got)" = 78 ]
}

@test "what does not exist is NA: sd of one, df without variance, a mean of nobody" {
    table >in.tsv <<'END'
id  arm  period  hours
a   d    1       5
b   k    1       3
c   k    1       4
d   d    2       5
e   d    2       5
f   k    2       3
g   k    2       3
h   d    3       1
END
    jf-diff --control k in.tsv >got
    columns period,n_treated,mean_treated,sd_treated,se_treated,n_control,mean_control,diff,df,smd got >part
    table >want <<'END'
period  n_treated  mean_treated  sd_treated  se_treated  n_control  mean_control  diff  df  smd
1       1          5             NA          NA          2          3.5           1.5   NA  NA
2       2          5             0           0           2          3             2     NA  NA
3       1          1             NA          NA          0          NA            NA    NA  NA
END
    same want part
    [ "$(cell se got 1)" = NA ]
    head -n 1 in.tsv >nobody.tsv
    refuses 1 'k' jf-diff --control k nobody.tsv
}

@test "--sums writes the exact state, --from-sums adds up any number of them" {
    month
    jf-diff --sums --missing drop in.tsv >sums.tsv
    table >want <<'END'
period   outcome  arm       n  missing  sum  sumsq
2016-01  hours    deltager  4  1        10   30
2016-01  hours    kontrol   3  0        12   56
END
    same want sums.tsv
    jf-diff --control kontrol --missing drop in.tsv >want
    jf-diff --from-sums --control kontrol sums.tsv >got
    same want got
    sed -n '1p;3p' sums.tsv >one.tsv
    sed -n '1p;2p' sums.tsv >two.tsv
    jf-diff --from-sums --control kontrol one.tsv two.tsv | same want -
    trial 2 >t.tsv
    jf-diff --control arm0 -y hours,any --by period --strata town t.tsv >want
    jf-diff --sums -y hours,any --by period --strata town t.tsv |
        jf-diff --from-sums --by period --strata town --control arm0 -y hours,any | same want -
    refuses 2 'min-cell' jf-diff --sums --min-cell 5 t.tsv
}

@test "a state that cannot be one is an error" {
    for bad in 'x 0 1 1' '-1 0 1 1' '2.5 0 1 1' '0 0 1 1' '2 0 10 -1' '2 0 10 1'; do
        { table <<<'period outcome arm n missing sum sumsq'; table <<<"1 hours d $bad"; table <<<'1 hours k 2 0 2 2'; } >bad.tsv
        refuses 1 'bad.tsv:2' jf-diff --from-sums --control k bad.tsv
    done
}

@test "--min-cell masks small counts and what follows from them" {
    month
    jf-diff --control kontrol --missing drop --min-cell 4 in.tsv >got
    [ "$(columns n_treated,missing_treated,mean_treated got | tail -n 1)" = $'4\t<4\t2.5' ]
    [ "$(columns n_control,missing_control,mean_control,sd_control,se_control,diff,se,df,smd got | tail -n 1)" = \
        $'<4\t0\tNA\tNA\tNA\tNA\tNA\tNA\tNA' ]
    jf-diff --control kontrol --missing drop --min-cell 3 in.tsv >got
    [ "$(columns n_control,mean_control,diff got | tail -n 1)" = $'3\t4\t-1.5' ]
    jf-diff --control kontrol --missing drop --min-cell 4 in.tsv | jf-ci | columns t,p,ci_low,sig,pct /dev/stdin >got
    [ "$(tail -n 1 got)" = $'NA\tNA\tNA\tNA\tNA' ]
}
