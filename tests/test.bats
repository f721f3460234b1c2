#!/usr/bin/env bats
# jf-test: many effects at once.

load helper

oracle=$JF_DATA/oracle
nsw=$oracle/test-nsw.tsv

# meets WANT [REL]: each cell of WANT, by row and name, is that of got within REL (1e-11).
meets()
{
    awk -F'\t' -v rel="${2:-1e-11}" '
        FNR == 1 { if (NR == 1) for (i = 1; i <= NF; i++) name[i] = $i; else for (i = 1; i <= NF; i++) at[$i] = i; next }
        NR == FNR { for (i = 1; i <= NF; i++) want[FNR, i] = $i; wants = NF; rows = FNR; next }
        { for (i = 1; i <= wants; i++) {
            a = want[FNR, i]; b = $at[name[i]]; off = a - b; if (off < 0) off = -off
            if (!(name[i] in at) || a != b && (a !~ /^[0-9]/ || b !~ /^[0-9]/ || off > rel * a)) { print FNR, name[i], a, b; bad = 1 } } }
        END { exit bad || FNR != rows || rows < 2 }' "$1" got
}

@test "a balance table: the F of lm, Hansen and Bowers d2, and what Wald has with a variance an arm" {
    jf-test "$nsw" >got
    meets "$oracle/test-nsw-want.tsv"
    jf-test --columns chi2,f,d2 "$nsw" >got
    [[ $(cell chi2 got) = 20.4656* && $(cell f got) = 2.004984* && $(cell d2 got) = 19.60606* && $(cell chi2 got 2) = 20.60191* ]]
}

@test "rows that are sums and means of others change nothing but their number" {
    jf-test "$oracle/test-sums.tsv" >got
    meets "$oracle/test-sums-want.tsv"
    [ "$(cell rows got) $(cell rank got)" = '12 10' ]
    # nearly so is not so: the threshold lies between
    printf 'y\tdiff\tse\tdf\tcov\na\t1\t1\t9\t1\nb\t1\t1\t9\t0.9999999999,1\n' | jf-test >got
    [ "$(cell rank got)" = 1 ]
    printf 'y\tdiff\tse\tdf\tcov\na\t1\t1\t9\t1\nb\t1\t1\t9\t0.999999999,1\n' | jf-test >got
    [ "$(cell rank got)" = 2 ]
}

@test "all the same, by contrasts with the first row as R makes them; of two rows it is jf-contrast" {
    jf-test --equal "$oracle/contrast-chicks.tsv" >got
    meets "$oracle/test-equal-want.tsv"
    [ "$(cell rows got) $(cell rank got) $(cell time got)" = '12 11 *' ]
    awk 'NR <= 5' "$oracle/contrast-chicks.tsv" >two.tsv
    jf-test --equal two.tsv >got
    jf-contrast --over time --pairs two.tsv | jf-ci >want
    for row in 1 2; do
        near "$(cell p got $row)" "$(cell p want $row)" 1e-12
        near "$(cell f got $row)" "$(echo "$(cell t want $row)^2" | bc -l)" 1e-12
        near "$(cell df2 got $row)" "$(cell df want $row)" 1e-12
    done
}

@test "different people: Cochran's Q, and F as oneway.test has it; of two rows it is jf-contrast" {
    jf-test --equal --disjoint "$oracle/test-sprays.tsv" >got
    meets "$oracle/test-sprays-want.tsv"
    awk 'NR <= 3' "$oracle/contrast-groups.tsv" >two.tsv
    jf-test --equal --disjoint two.tsv >got
    jf-contrast --over tension --pairs --disjoint two.tsv | jf-ci >want
    near "$(cell p got)" "$(cell p want)" 1e-12
    near "$(cell df2 got)" "$(cell df want)" 1e-12
    # with known variances it is chi-square
    printf 'town\tdiff\tse\tdf\na\t1\t1\tInf\nb\t3\t2\tInf\nc\t0\t1\tInf\n' | jf-test --equal --disjoint >got
    [ "$(cell df2 got)" = Inf ]
    near "$(cell p got)" "$(cell p_chi2 got)" 1e-13
    near "$(cell f got)" "$(echo "$(cell chi2 got) / 2" | bc -l)" 1e-13
}

@test "rows of different people in any order give the same bytes" {
    awk 'BEGIN { print "town\tperiod\tdiff\tse\tdf"; for (p = 11; p > 8; p--) for (g = 12; g > 4; g--)
        printf "%d\t%d\t%.3f\t%.3f\t%d\n", g, p, g * p % 7 / 3, 1 + g % 5 / 7, 10 + p }' >in.tsv
    jf-test --equal --disjoint in.tsv >want
    [ "$(columns town,period,rows want | tr '\t\n' '  ')" = 'town period rows * 9 8 * 10 8 * 11 8 ' ]
    for seed in 1 2 3; do
        { sed 1q in.tsv; sed 1d in.tsv | awk -v seed=$seed 'BEGIN { srand(seed) } { print rand() "\t" $0 }' | sort -g | cut -f 2-; } |
            jf-test --equal --disjoint | same want -
    done
    # a column that tells no people apart
    sed '1s/period/wave/' in.tsv >waves.tsv
    jf-test --equal --disjoint --family wave waves.tsv | sed '1s/wave/period/' | same want -
    jf-test --equal --disjoint waves.tsv >got
    [ "$(cell rows got)" = 24 ]
}

@test "families that interleave, and one alone, are the same; a tail may be cut" {
    jf-test "$oracle/contrast-chicks.tsv" >want
    { sed 1q "$oracle/contrast-chicks.tsv"; grep diet4 "$oracle/contrast-chicks.tsv"; grep diet3 "$oracle/contrast-chicks.tsv"; } >apart.tsv
    jf-test apart.tsv | same want -
    grep -v diet3 "$oracle/contrast-chicks.tsv" | jf-test | sed 1d | same - <(grep diet4 want)
    head -n 9 "$oracle/contrast-chicks.tsv" | jf-test >got
    [ "$(columns family,rows got | tr '\t\n' '  ')" = 'family rows diet3 4 diet4 4 ' ]
}

@test "one row is its own t: F is the square, p is that of jf-ci, and the key stays readable" {
    printf 'period\toutcome\tarm\tcontrol\tdiff\tse\tdf\tcov\n2016-03\thours\tt\tk\t3\t1.5\t17.5\t2.25\n' >in.tsv
    jf-test in.tsv >got
    jf-ci in.tsv >want
    near "$(cell p got)" "$(cell p want)" 1e-13
    near "$(cell f got)" 4 1e-15
    [ "$(columns period,outcome,arm,control,rows,df2 got | sed 1d)" = $'2016-03\thours\tt\tk\t1\t17.5' ]
    sed 's/17.5/Inf/' in.tsv | jf-test >got
    [ "$(cell df2 got)" = Inf ]
    near "$(cell p got)" "$(cell p_chi2 got)" 1e-15
}

@test "a row without a variance is left out, and counted on stderr" {
    table >in.tsv <<'END'
y  diff  se  df   cov
a  1     1   9    1
b  0     0   NA   0,0
c  2     2   9.5  0.5,0,4
END
    jf-test in.tsv >got 2>said
    sed '/^b/d; s/0.5,0,4/0.5,4/' in.tsv | jf-test | same - got
    echo 'jf-test: 1 of 3 rows have an se of 0 and are left out of the tests; see whether their outcomes vary' | same - said
    printf 'town\tdiff\tse\tdf\na\t1\t1\t9\nb\t5\t0\tNA\nc\t2\t2\t9\n' | jf-test --equal --disjoint 2>said | sed 1d >got
    printf 'town\tdiff\tse\tdf\na\t1\t1\t9\nc\t2\t2\t9\n' | jf-test --equal --disjoint | sed 1d | same - got
    [ -s said ]
    # none is left
    printf 'y\tdiff\tse\tdf\tcov\na\t0\t0\tNA\t0\n' | jf-test 2>said >got
    [ "$(sed 1d got)" = $'a\t0\tNA\tNA\tNA\tNA\tNA\tNA\tNA\tNA\tNA' ]
}

@test "a family with a masked row has no test, and the others have theirs" {
    table >in.tsv <<'END'
period  n_treated  n_control  diff  se   df  family  cov
1       10         10         1     0.5  18  a       0.25
2       <5         10         NA    NA   NA  a       NA
3       10         10         2     0.5  18  a       0.1,NA,0.25
1       10         10         1     0.5  18  b       0.25
END
    table >want <<'END'
period  family  rows  rank  chi2  p_chi2                f   df1  df2  p  d2  p_d2
*       a       3     NA    NA    NA                    NA  NA   NA   NA NA  NA
END
    jf-test in.tsv >got
    head -n 2 got | same want -
    [ "$(cell chi2 got 2) $(cell rank got 2)" = '4 1' ]
    jf-test --equal in.tsv | sed -n 2p | same <(sed -n 2p want) -
    # an unknown covariance alone does as much
    printf 'y\tdiff\tse\tdf\tcov\na\t1\t1\t9\t1\nb\t1\t1\t9\tNA,1\n' | jf-test >got
    [ "$(cell chi2 got)$(cell p got)" = NANA ]
    printf 'town\tdiff\tse\tdf\na\t1\t1\t9\nb\tNA\tNA\tNA\nc\t1\t1\t9\n' | jf-test --equal --disjoint >got
    [ "$(sed 1d got)" = $'*\t3\tNA\tNA\tNA\tNA\tNA\tNA\tNA\tNA\tNA' ]
}

@test "more rows than degrees of freedom: chi-square alone" {
    { printf 'y\tdiff\tse\tdf\tcov\n'; printf 'a\t1\t1\t2.5\t1\nb\t2\t1\t9\t0.5,1\nc\t1\t1\t9\t0.5,0.5,1\n'; } >in.tsv
    jf-test in.tsv >got
    [ "$(columns rank,f,df1,df2,p got | sed 1d | tr '\t' ' ')" = '3 NA NA NA NA' ]
    near "$(cell chi2 got)" 4 1e-14
    sed 's/2\.5/3/' in.tsv | jf-test >got
    near "$(cell f got)" "$(echo '4 / 9' | bc -l)" 1e-14
    [ "$(cell df2 got)" = 1 ]
}

@test "a df that is not there leaves p unknown, whichever row it is, and what cannot be read off p is told" {
    for row in a b; do
        printf 'y\tdiff\tse\tdf\tcov\na\t1\t1\t9\t1\nb\t2\t1\t9\t0.5,1\n' | sed "/^$row/s/\t9\t/\tNA\t/" | jf-test >got 2>said
        [ "$(columns rank,chi2,f,df2,p got | sed 1d | tr '\t' ' ')" = '2 4 NA NA NA' ]
        [[ $(cat said) == 'jf-test: p of 1 family is NA, as there are more rows than df, or no df; p_chi2, where'* ]]
    done
    printf 'town\tperiod\tdiff\tse\tdf\nA\t1\t1\t1\t9\nB\t2\t2\t1\t9\n' | jf-test --equal --disjoint 2>&1 >got | grep -q 'jf-test: 2 families are of one row, which is equal to nothing'
}

@test "covariances and differences that no effects can have are refused" {
    table >in.tsv <<'END'
period  diff  se  df  cov
1       1     1   10  1
2       0     1   10  0.9,1
3       0     1   10  -0.9,0.9,1
END
    refuses 1 "in.tsv:2: the covariances of this row's family are those of no effects" jf-test in.tsv
    printf 'y\tdiff\tse\tdf\tcov\na\t1\t1\t10\t1\nb\t2\t1\t10\t1,1\n' >one.tsv
    refuses 1 "one.tsv:2: a row of this one's family follows from others, without an error, and has another diff" jf-test one.tsv
    refuses 1 "one.tsv:2: a row of this one's family follows from others" jf-test --equal one.tsv
    sed 's/^b\t2/b\t1/' one.tsv | jf-test >got
    [ "$(cell rank got)" = 1 ]
}

@test "more outcomes than people leave no p, whatever the rank: lm has none either" {
    { printf 'id\tarm'; printf '\ty%d' 1 2 3 4 5 6; echo
      for ((i = 1; i <= 6; i++)); do printf 'pnr%d\t%d' $i $((i % 2)); for ((j = 1; j <= 6; j++)); do printf '\t%d' $((i * i * i * (j + 3) * j * j % 101)); done; echo; done; } >in.tsv
    for ys in y1,y2,y3,y4,y5 y1,y2,y3,y4,y5,y6; do
        jf-joint --control 0 --by '' -y $ys --variance pooled in.tsv | jf-test >got 2>said
        [ "$(columns rank,chi2,p_chi2,f,p,d2 got | sed 1d | tr '\t' ' ')" = '4 NA NA NA NA NA' ]
        grep -q 'more rows than df' said
    done
    jf-joint --control 0 --by '' -y y1,y2,y3,y4 --variance pooled in.tsv | jf-test >got
    [ "$(cell df2 got)" = 1 ]
}

@test "a diff that is not that of its means has another cov: running sums of it, a changed sign" {
    printf 'period\tmean_treated\tmean_control\tdiff\tse\tdf\tcov\n1\t3.5\t1\t2.5\t1\t9\t1\n2\t3\t2\t1\t1\t9\t0.5,1\n' >in.tsv
    jf-test in.tsv >got
    jf-cumsum -y diff --within '' in.tsv >sum.tsv 2>said
    for program in jf-test 'jf-ci --band' 'jf-contrast --over period --pairs'; do
        # shellcheck disable=SC2086 # a program and its options
        refuses 1 'sum.tsv:3: diff: it is not mean_treated - mean_control, of which cov is; hand on what jf-joint wrote' $program sum.tsv
    done
}

@test "d2 is for pooled variances, one arm and the same persons in all rows" {
    table >in.tsv <<'END'
y  arm  n_treated  n_control  diff  se  df  cov
a  t    10         12         1     1   20  1
b  t    10         12         2     1   20  0.5,1
END
    jf-test in.tsv >got
    near "$(cell chi2 got)" 4 1e-14
    near "$(cell d2 got)" "$(echo '21 * 4 / 24' | bc -l)" 1e-14
    for change in '3s/20/19/' '3s/12\t2\t1\t20/13\t2\t1\t21/' '3s/t/u/' '2s/12/<5/' '1s/n_control/n/' '2s/20/Inf/'; do
        sed "$change" in.tsv | jf-test | columns d2,p_d2 /dev/stdin >got
        [ "$(sed 1d got)" = $'NA\tNA' ] || { echo "$change"; return 1; }
    done
}

@test "units, the order of arms and a constant of the outcome change nothing" {
    jf-test --columns chi2,f,df2 "$nsw" >want
    # age in months: diff, se and cov with it; arms the other way about
    awk -F'\t' -v OFS='\t' '
        NR > 1 {
            scale = $1 == "age" ? 12 : 1; $6 = sprintf("%.17g", -$6 * scale); $7 = sprintf("%.17g", $7 * scale)
            n = split($10, v, ","); $10 = ""
            for (i = 1; i <= n; i++) $10 = $10 (i > 1 ? "," : "") sprintf("%.17g", v[i] * scale * (i == 1 ? 12 : 1))
        } 1' "$nsw" >in.tsv
    jf-test --columns chi2,f,df2 in.tsv >got
    meets want 1e-12
    ! cmp -s in.tsv "$nsw"
}

@test "wrong usage: --disjoint or --family without what they go with" {
    refuses 2 '--disjoint goes with --equal' jf-test --disjoint "$nsw"
    refuses 2 '--family goes with --disjoint' jf-test --family outcome "$nsw"
    refuses 1 'another outcome than in line 2, of the same family' jf-test --equal "$nsw"
    # under another name it is no outcome
    sed '1s/outcome/month/' "$nsw" | jf-test --equal >got
    [ "$(cell rank got)" = 9 ]
    # a row rounded, a row cut out
    awk -F'\t' -v OFS='\t' 'NR > 1 { $7 = sprintf("%.5g", $7) } 1' "$nsw" >bad.tsv
    refuses 1 'rows that were rounded cannot be used' jf-test bad.tsv
    sed 4d "$nsw" >bad.tsv
    refuses 1 'was a row cut out?' jf-test bad.tsv
}
