#!/usr/bin/env bats
# jf-contrast: effects against each other.

load helper

groups=$JF_DATA/oracle/contrast-groups.tsv
chicks=$JF_DATA/oracle/contrast-chicks.tsv

# meets WANT NAMES: got has the rows of WANT in the columns NAMES: numbers to 1e-10, words as they are.
meets()
{
    columns "$2" "$1" | sed 1d | sort >want
    columns "$2" got | sed 1d | sort >have
    paste want have | awk -F'\t' '
        { for (i = 1; i <= NF / 2; i++) {
            a = $i; b = $(i + NF / 2); off = a - b; if (off < 0) off = -off; size = a < 0 ? -a : a
            if (a != b && (a ~ /[^-+0-9.e]/ || a !~ /^-?[0-9]/ || a ~ /[0-9]-/ && a !~ /e-/ || off > 1e-10 * size)) { print; bad = 1 } } }
        END { exit bad || NR < 3 }'
}

@test "groups of different people: the interaction of lm_robust HC2, with Satterthwaite's df" {
    jf-contrast --over tension --pairs --disjoint "$groups" >got
    meets "$JF_DATA/oracle/contrast-groups-want.tsv" tension,n_treated,n_control,diff,se,df
    head -n 1 "$groups" | same - <(head -n 1 got)
    # against one of them: the same numbers, and the sign turned where it is the later one
    jf-contrast --over tension --base L --disjoint "$groups" >base
    [ "$(columns tension base | tr '\n' ' ')" = 'tension H-L M-L ' ]
    same <(columns tension,diff,se,df got | grep M-L) <(columns tension,diff,se,df base | grep M-L)
    [ "-$(columns tension,diff got | sed -n 's/^L-H.//p')" = "$(cell diff base 1)" ]
}

@test "the same people at other times: Welch's test of their own changes, families that interleave" {
    jf-contrast --over time --pairs "$chicks" >got
    meets "$JF_DATA/oracle/contrast-chicks-want.tsv" time,arm,n_treated,diff,se,df
    [ "$(wc -l <got)" -eq 133 ]
    head -n 1 got | tr '\t' ' ' >names
    echo 'time outcome arm control n_treated n_control diff se df' | same - names
    jf-contrast --over time --pairs "$JF_DATA/oracle/contrast-nsw.tsv" >got
    meets "$JF_DATA/oracle/contrast-nsw-want.tsv" time,arm,n_treated,diff,se,df
    # the rows of another family may stand anywhere; a tail may be cut
    { sed 1q "$chicks"; grep diet4 "$chicks"; grep diet3 "$chicks"; } >apart.tsv
    jf-contrast --over time --pairs "$chicks" | same - <(jf-contrast --over time --pairs apart.tsv)
    head -n 7 "$chicks" | jf-contrast --over time --base 0 >got
    [ "$(columns time got | tr '\n' ' ')" = 'time 2-0 4-0 2-0 4-0 ' ]
}

@test "means, deviations and smd are NA, and what else estimators write is left out" {
    table >in.tsv <<'END'
group period outcome arm control n_treated missing_treated mean_treated sd_treated se_treated n_control missing_control mean_control sd_control se_control diff se df smd cov_control n_clusters
b 1 y t k 10 1 5 2 1 20 0 4 2 1 1 3 18 0.5 -1 5
a 1 y t k 30 2 5 2 1 40 3 3 2 1 2 4 18 0.5 -1 5
END
    table >want <<'END'
group period outcome arm control n_treated missing_treated mean_treated sd_treated se_treated n_control missing_control mean_control sd_control se_control diff se df smd
b-a 1 y t k 40 3 NA NA NA 60 3 NA NA NA -1 5 33.38278931750742 NA
END
    jf-contrast --over group --pairs --disjoint in.tsv | same want -
    # and jf-ci reads it
    jf-contrast --over group --pairs --disjoint in.tsv | jf-ci | columns t,pct,pct_low /dev/stdin >got
    printf 't\tpct\tpct_low\n-0.2\tNA\tNA\n' | same - got
}

@test "rows in any order, and a key beside it, give the same bytes in the order of keys" {
    awk 'BEGIN { print "group\tperiod\toutcome\tdiff\tse\tdf"; for (g = 12; g > 7; g--) for (p = 11; p > 8; p--) for (y = 1; y < 3; y++)
        printf "%d\t%d\ty%d\t%d\t%d\t%d\n", g, p, y, g * p + y, 1 + g % 3, 10 + p }' >in.tsv
    jf-contrast --over group --pairs --disjoint in.tsv >want
    [ "$(wc -l <want)" -eq 61 ]
    columns group,period want | sed -n '2p;$p' | tr '\n' ' ' >ends
    [ "$(cat ends)" = $'9-8\t9 12-11\t11 ' ]
    for seed in 1 2 3; do
        { sed 1q in.tsv; sed 1d in.tsv | awk -v seed=$seed 'BEGIN { srand(seed) } { print rand() "\t" $0 }' | sort -g | cut -f 2-; } |
            jf-contrast --over group --pairs --disjoint | same want -
    done
}

@test "an error of 0 adds nothing, Inf is the normal, and NA stays NA" {
    table >in.tsv <<'END'
g  k  diff  se  df
a  1  1     0   NA
b  1  3     2   7
a  2  1     1   Inf
b  2  3     2   Inf
a  3  NA    NA  NA
b  3  3     2   7
a  4  1     0   NA
b  4  3     0   NA
a  5  1     NA  NA
b  5  3     2   7
a  6  1     2   7
b  6  3     0   NA
END
    table >want <<'END'
g    k  diff  se                df
b-a  1  2     2                 7
b-a  2  2     2.23606797749979  Inf
b-a  3  NA    NA                NA
b-a  4  2     0                 NA
b-a  5  2     NA                NA
b-a  6  2     2                 7
END
    jf-contrast --over g --pairs --disjoint in.tsv | same want -
    # the same people: unknown covariances, and two rows that are one, but for rounding
    table >in.tsv <<'END'
t  diff  se    df  cov
1  2     0.3   9   0.09
2  NA    NA    NA  NA
3  5     0.3   8   0.09,NA,0.09000000000000007
END
    table >want <<'END'
t    diff  se  df
2-1  NA    NA  NA
3-1  3     0   8
3-2  NA    NA  NA
END
    jf-contrast --over t --pairs in.tsv | same want -
}

@test "counts that are masked stay masked, and cannot be told by subtraction" {
    table >in.tsv <<'END'
g  n_treated  missing_treated  n_control  diff  se  df
a  <5         0                10         NA    NA  NA
b  20         1                30         1     1   9
c  7          NA               8          2     1   9
END
    table >want <<'END'
g    n_treated  missing_treated  n_control  diff  se                  df
b-a  NA         1                40         NA    NA                  NA
c-a  NA         NA               18         NA    NA                  NA
c-b  27         NA               38         1     1.4142135623730951  18
END
    jf-contrast --over g --pairs --disjoint in.tsv | same want -
    # the same people are counted once
    table >in.tsv <<'END'
t  n_treated  n_control  missing_control  diff  se  df  cov
1  <5         10         1                NA    NA  NA  NA
2  <5         10         2                NA    NA  NA  NA,NA
END
    table >want <<'END'
t    n_treated  n_control  missing_control  diff  se  df
2-1  <5         10         NA               NA    NA  NA
END
    jf-contrast --over t --pairs in.tsv | same want -
}

@test "what jf-diff masks gets out of no contrast" {
    awk 'BEGIN { print "id\tarm\tg\ty"; for (i = 0; i < 63; i++) print i "\t" (i % 2 ? "t" : "k") "\t" (i < 60 ? i % 2 + i % 3 : 3) "\t" i * i % 17 }' >in.tsv
    jf-diff --control k --by g --min-cell 4 in.tsv -y y >masked.tsv
    grep -q '<4' masked.tsv
    jf-contrast --over g --pairs --disjoint masked.tsv >got
    for g in 0 1 2 3; do
        [ "$(awk -F'\t' -v g=$g '$1 == g { print $16 }' masked.tsv)" = NA ] || continue
        hidden=1
        awk -F'\t' -v g=$g 'NR > 1 && ("-" $1 "-") ~ ("-" g "-") && $13 $14 $15 ~ /[0-9]/ { bad = 1 } END { exit bad }' got
    done
    [ -n "$hidden" ]
}

@test "every group of jf-diff's groups: as two runs of it, by hand" {
    awk 'BEGIN { print "id\tarm\tg\ty"; for (i = 0; i < 300; i++) print i "\t" (i % 7 < 3 ? "t" : "k") "\t" (i % 2 ? "a" : "b") "\t" i * i % 101 / 4 }' >in.tsv
    jf-diff --control k --by g -y y in.tsv >diff.tsv
    jf-contrast --over g --pairs --disjoint diff.tsv >got
    near "$(cell diff got)" "$(echo "$(cell diff diff.tsv 2) - $(cell diff diff.tsv 1)" | bc -l)" 1e-12
    near "$(cell se got)" "$(echo "scale = 40; sqrt($(cell se diff.tsv 1)^2 + $(cell se diff.tsv 2)^2)" | bc -l)" 1e-12
    [ "$(cell n_treated got)" -eq "$(($(cell n_treated diff.tsv 1) + $(cell n_treated diff.tsv 2)))" ]
}

@test "a list of cov that is not the row's is an error that says what may have happened" {
    says() { refuses 1 "$1" jf-contrast --over time --pairs bad.tsv; }
    # each row that is cut out in between
    for line in 2 3 4 5 10; do
        sed "${line}d" "$chicks" >bad.tsv
        says 'entries in row * of its family, which has one for each row up to itself; was a row cut out? hand on all rows, in their order'
    done
    { sed -n '1p;4p' "$chicks"; sed -n 2p "$chicks"; } >bad.tsv
    says 'bad.tsv:2: cov: 2 entries in row 1 of its family'
    awk -F'\t' -v OFS='\t' 'NR > 1 { $8 = sprintf("%.6f", $8) } 1' "$chicks" >bad.tsv
    says 'bad.tsv:2: cov: the last entry is not se^2; rows that were rounded cannot be used: leave an earlier --digits out'
    # 1e-12 is the bound
    awk -F'\t' -v OFS='\t' 'NR == 2 { $8 = sprintf("%.17g", $8 * (1 + 1e-11)) } 1' "$chicks" >bad.tsv
    says 'bad.tsv:2: cov: the last entry is not se^2'
    awk -F'\t' -v OFS='\t' 'NR == 2 { $8 = sprintf("%.17g", $8 * (1 + 2e-13)) } 1' "$chicks" >good.tsv
    jf-contrast --over time --pairs good.tsv >got
    sed '4s/[^\t,]*,/x,/' "$chicks" >bad.tsv
    says 'bad.tsv:4: cov: an entry is not a number'
    sed '4s/[^\t,]*,/99,/' "$chicks" >bad.tsv
    says "bad.tsv:4: cov: an entry beyond the product of the rows' errors"
    sed '4s/\t\([^\t,]*\),[^\t]*$/\t\1,NA/' "$chicks" >bad.tsv
    says 'bad.tsv:4: cov: the last entry is not se^2'
    refuses 1 'a column cov, whose lists have commas, with --decimal-comma' jf-contrast --decimal-comma --over time --pairs "$chicks"
}

@test "rows that may be of the same people are refused, and so are those that are said not to be" {
    refuses 1 'nothing says how this row and that of line 4 hang together; say --disjoint if they are of different people, else make them with jf-joint' \
        jf-contrast --over tension --pairs "$groups"
    refuses 1 '--disjoint: this row and that of line 2 are of one family, the same people; leave it out' \
        jf-contrast --over time --pairs --disjoint "$chicks"
    # of two families
    sed 's/\tdiet[34]\tcontrol/\tt\tcontrol/' "$chicks" >arms.tsv
    { sed -n '1s/time/g\ttime/p' arms.tsv; sed 1d arms.tsv | awk -F'\t' -v OFS='\t' '{ print $10, $0 }'; } >groups.tsv
    refuses 1 'groups.tsv:3: g: nothing says how this row and that of line 2 hang together' jf-contrast --over g --pairs groups.tsv
    jf-contrast --over g --pairs --disjoint groups.tsv >got
    [ "$(wc -l <got)" -eq 13 ]
}

@test "wrong usage: arms, no column, no base, and both" {
    for arm in arm control; do
        refuses 2 'arms share their control; run jf-diff with the other arm as --control' jf-contrast --over $arm --pairs "$groups"
    done
    refuses 2 'say --over COL' jf-contrast --pairs "$groups"
    refuses 2 'either --base VALUE, or --pairs' jf-contrast --over tension "$groups"
    refuses 2 'either --base VALUE, or --pairs' jf-contrast --over tension --pairs --base L "$groups"
}

@test "of numbers by hand, the change is the change" {
    # by hand: three persons an arm, months 1 and 2; the change's Welch is the contrast's
    printf 'id\tarm\tone\ttwo\n1\tt\t3\t8\n2\tt\t5\t6\n3\tt\t9\t13\n4\tk\t1\t2\n5\tk\t4\t4\n6\tk\t2\t7\n' >in.tsv
    jf-mark change=two-one in.tsv | jf-diff --control k --by '' -y change >want
    # means 17/3 27/3, 7/3 13/3; variances 28/3 13, 7/3 19/3; covariances 9, 5/6
    printf 't\tdiff\tse\tdf\tcov\n1\t%s\t%s\t2\t%s\n2\t%s\t%s\t2\t%s,%s\n' \
        "$(echo 'scale=20; 10 / 3' | bc)" "$(echo 'scale=20; sqrt(35 / 9)' | bc)" "$(echo 'scale=20; 35 / 9' | bc)" \
        "$(echo 'scale=20; 14 / 3' | bc)" "$(echo 'scale=20; sqrt(58 / 9)' | bc)" "$(echo 'scale=20; (9 + 5 / 6) / 3' | bc)" \
        "$(echo 'scale=20; 58 / 9' | bc)" >rows.tsv
    jf-contrast --over t --pairs rows.tsv >got
    near "$(cell diff got)" "$(cell diff want)" 1e-12
    near "$(cell se got)" "$(cell se want)" 1e-12
    [ "$(cell df got)" = 2 ]
}
