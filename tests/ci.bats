#!/usr/bin/env bats
# jf-ci: what the difference is worth.

load helper

PI=3.14159265358979323846264338327950288419716939937510582097494459230781640628620899

# effects ROWS: a stream of `diff se df`.
effects()
{
    printf 'diff\tse\tdf\n'
    printf '%s\t%s\t%s\n' "$@"
}

@test "the columns that were there stay as they were, and nine are added" {
    printf 'note\tdiff\tperiod\tse\tdf\n 00.5 "x"\t1e0\t2016-01\t0.50\t9\n' >in.tsv
    jf-ci in.tsv >got
    head -n 1 got | tr '\t' ' ' >names
    echo 'note diff period se df t p ci_low ci_high sig pct pct_low pct_high level' | same - names
    [ "$(cut -f 1-6 got | tail -n 1)" = $' 00.5 "x"\t1e0\t2016-01\t0.50\t9\t2' ]
    jf-ci --adjust holm in.tsv | head -n 1 | tr '\t' ' ' >names
    echo 'note diff period se df t p ci_low ci_high sig pct pct_low pct_high level p_adj' | same - names
    refuses '[12]' 't' jf-ci got
}

@test "one and two degrees of freedom have closed forms, and they are met to 1e-12" {
    # df 1: the tail is 1/2 - atan(t)/pi; df 2: 1 - t/sqrt(t^2 + 2) both sides together
    for t in 0.5 1 2 12.7 1000; do
        effects $t 1 1 -$t 1 2 | jf-ci >got
        near "$(cell p got 1)" "$(echo "scale = 60; 2 * a(1 / $t) / $PI" | bc -l)" 1e-12
        near "$(cell p got 2)" "$(echo "scale = 60; 2 / (($t^2 + 2) * (1 + $t / sqrt($t^2 + 2)))" | bc -l)" 1e-12
    done
    for level in 0.5 0.9 0.95 0.999; do
        effects 0 1 1 0 1 2 | jf-ci --level $level >got
        near "$(cell ci_high got 1)" "$(echo "scale = 60; s($level * $PI / 2) / c($level * $PI / 2)" | bc -l)" 1e-12
        near "$(cell ci_high got 2)" "$(echo "scale = 60; $level * sqrt(2 / (1 - $level^2))" | bc -l)" 1e-12
        [ "$(cell ci_low got 2)" = "-$(cell ci_high got 2)" ]
    done
}

@test "p values meet the 50-digit table, into the far tail" {
    awk -F'\t' -v OFS='\t' 'BEGIN { print "diff", "se", "df", "true" }
        $1 == "pt" && $2 == "upper" && $3 >= 1 && $4 >= 0 { print $4, 1, $3, $5 }' "$JF_DATA/tdist.tsv" >in.tsv
    [ "$(wc -l <in.tsv)" -gt 100 ]
    jf-ci in.tsv | columns df,t,true,p /dev/stdin >got
    awk -F'\t' 'NR > 1 { off = $4 / 2 - $3; if (off < 0) off = -off
        if (off > ($3 >= 1e-30 ? 1e-12 : 1e-9) * $3 && $3 >= 1e-300) { print; bad = 1 } } END { exit bad }' got
}

@test "--normal takes the normal distribution, whatever df says" {
    effects 1.959963984540054 1 1 -3 2 NA | jf-ci --normal >got
    near "$(cell p got 1)" 0.05 1e-12
    near "$(cell p got 2)" 0.1336144025377162 1e-12
    near "$(cell ci_high got 2)" 0.919927969080108 1e-12
    near "$(cell ci_low got 1)" 0 1e-9 || [[ $(cell ci_low got 1) == *e-1[5-9] ]]
}

@test "sig is 1 exactly when the interval leaves out 0 and p < 1 - level" {
    for level in 0.9 0.95 0.99; do
        awk -v OFS='\t' 'BEGIN { print "diff", "se", "df"; n = split("1 2 7.5 30 1e6", df, " ")
            for (i = 1; i <= n; i++) for (t = -13; t <= 13; t += 0.05) printf "%.2f\t1\t%s\n", t, df[i] }' >in.tsv
        jf-ci --level $level in.tsv >got
        awk -F'\t' -v level=$level 'NR > 1 { out = $6 > 0 || $7 < 0; small = $5 < 1 - level
            if (out != small || $8 != out) { print; bad = 1 } n += $8 } END { exit bad || n < 100 }' got
    done
    # the boundary itself: p is 0.5 for t = 1 with one degree of freedom
    effects 1 1 1 -1 1 1 0.99999999999999 1 1 1.00000000000001 1 1 | jf-ci --level 0.5 | columns sig /dev/stdin >got
    [ "$(sed -n '4p;5p' got | tr '\n' ' ')" = '0 1 ' ]
}

@test "a level is a share between 0 and 1" {
    effects 1 1 1 >in.tsv
    for level in 95 0 1 -0.5 x '' 0,95 nan; do
        refuses 2 'level' jf-ci --level "$level" in.tsv
    done
    refuses 2 '0.95' jf-ci --level 95 in.tsv
}

@test "pct is in percent of the control mean, with Fieller's interval" {
    printf 'mean_control\tse_control\tdiff\tse\tdf\n10\t1\t3\t2\tNA\n-10\t1\t-3\t2\tNA\n' >in.tsv
    jf-ci --normal in.tsv >got
    [ "$(cell pct got)" = 30 ]
    c=1.959963984540054235524594
    quadratic="scale = 60; c = $c; k = 100 - c^2; b = 30 + c^2; r = sqrt(b^2 - k * (9 - 4 * c^2)); 100 *"
    near "$(cell pct_low got)" "$(echo "$quadratic (b - r) / k" | bc -l)" 1e-12
    near "$(cell pct_high got)" "$(echo "$quadratic (b + r) / k" | bc -l)" 1e-12
    # of a mean below 0 (amounts) there is no percentage
    [ "$(columns pct,pct_low,pct_high got | sed -n 3p)" = $'NA\tNA\tNA' ]
}

@test "an interval in percent without bounds is -Inf and Inf, and pct without a control mean is NA" {
    printf 'mean_control\tse_control\tdiff\tse\tdf\n1\t1\t3\t2\t30\n0\t1\t3\t2\t30\nNA\tNA\t3\t2\t30\n10\t0\t3\t2\t30\n' >in.tsv
    jf-ci in.tsv | columns pct,pct_low,pct_high /dev/stdin >got
    [ "$(sed -n 2p got)" = $'300\t-Inf\tInf' ]
    [ "$(sed -n 3p got)" = $'NA\tNA\tNA' ]
    [ "$(sed -n 4p got)" = $'NA\tNA\tNA' ]
    jf-ci in.tsv | columns ci_low,ci_high /dev/stdin | sed -n 5p >ci
    sed -n 5p got | awk '{ print $2 / 10, $3 / 10 }' >pct
    near "$(cut -d ' ' -f 1 pct)" "$(cut -f 1 ci)" 1e-5
    effects 3 2 30 | jf-ci | columns pct,pct_low,pct_high /dev/stdin >got
    [ "$(sed -n 2p got)" = $'NA\tNA\tNA' ]
}

# limits MEAN DIFF V V0 Q: the roots of Fieller's quadratic for 1.959963984540054, by bc.
limits()
{
    bc -l <<END
scale = 60; c = 1.959963984540054235524594; m = $1; d = $2; v = $3; w = $4; q = $5
a = m^2 - c^2 * w; b = m * d - c^2 * q; k = d^2 - c^2 * v; r = sqrt(b^2 - a * k)
100 * (b - r) / a
100 * (b + r) / a
END
}

@test "Fieller's interval takes the covariance with the control mean that a column gives" {
    for q in -1 -0.5 0 0.75 1.9; do
        printf 'mean_control\tse_control\tdiff\tse\tdf\tcov_control\n10\t1\t3\t2\tInf\t%s\n' $q >in.tsv
        jf-ci in.tsv >got
        limits 10 3 4 1 $q >want
        near "$(cell pct_low got)" "$(sed -n 1p want)" 1e-12
        near "$(cell pct_high got)" "$(sed -n 2p want)" 1e-12
    done
    # that of independent arms is what no column says
    cut -f 1-5 in.tsv | jf-ci | columns pct_low,pct_high /dev/stdin >want
    sed 's/1\.9$/-1/' in.tsv | jf-ci | columns pct_low,pct_high /dev/stdin | same want -
    sed 's/1\.9$/2.1/' in.tsv >bad.tsv
    refuses 1 'bad.tsv:2: cov_control: a covariance beyond se x se_control' jf-ci bad.tsv
    # arms that are independent cannot give a difference a smaller error than the control's
    printf 'mean_control\tse_control\tdiff\tse\tdf\n10\t3\t3\t2\tInf\n' | jf-ci | columns pct,pct_low,pct_high /dev/stdin >got
    [ "$(sed -n 2p got)" = $'30\tNA\tNA' ]
}

@test "where the control mean may be 0 the set has no bounds, and --nonnegative gives what it can" {
    # m0 is not clear of 0; m1 = 6 is (se 2), in the first row: outside of two numbers
    printf 'mean_control\tse_control\tdiff\tse\tdf\n1\t1\t5\t2\tInf\n1\t1\t1\t2\tInf\n10\t1\t-10\t2\tInf\n' >in.tsv
    jf-ci in.tsv | columns pct_low,pct_high /dev/stdin | sed -n '2p;3p' >got
    printf -- '-Inf\tInf\n-Inf\tInf\n' | same - got
    jf-ci --nonnegative in.tsv | columns pct_low,pct_high /dev/stdin >got
    limits 1 5 4 1 -1 | sort -g >want
    near "$(cell pct_low got)" "$(sed -n 2p want)" 1e-12
    [ "$(cell pct_high got)" = Inf ]
    [ "$(sed -n 3p got)" = $'-100\tInf' ]
    [ "$(cell pct_low got 3)" = -100 ]
    near "$(cell pct_high got 3)" "$(limits 10 -10 4 1 -1 | sed -n 2p)" 1e-12
}

@test "pct may leave out 0 where the interval of the difference holds it, and the reverse" {
    # so the sentence that the one does exactly when the other does would be wrong
    printf 'mean_control\tse_control\tdiff\tse\tdf\n1\t1\t5\t2\tInf\n' | jf-ci >got
    [ "$(columns sig,pct_low got | sed -n 2p)" = $'1\t-Inf' ]
    ! grep -i 'exactly when that of' "$JF_ROOT/doc/jf-ci.1"
}

@test "df Inf is the normal distribution, and level is what was asked" {
    effects 3 2 Inf | jf-ci >got
    effects 3 2 5 | jf-ci --normal | cut -f 4- >want
    cut -f 4- got | same want -
    [ "$(cell level got)" = 0.95 ]
    effects 3 2 5 | jf-ci --level 0.90 >got
    [ "$(cell level got)" = 0.9 ]
}

@test "what has no se or df has no t, no p and no interval" {
    effects 1 0 5 1 NA 5 1 1 NA NA 1 5 0 0 5 | jf-ci | columns t,p,ci_low,ci_high,sig /dev/stdin >got
    sed -n '2p;3p;5p;6p' got >part
    for _ in 1 2 3 4; do printf 'NA\tNA\tNA\tNA\tNA\n'; done | same - part
    [ "$(cut -f 2- got | sed -n 4p)" = $'NA\tNA\tNA\tNA' ]
    effects 1 -1 5 >bad.tsv
    refuses 1 'bad.tsv:2: se: ' jf-ci bad.tsv
    effects 1 1 -5 >bad.tsv
    refuses 1 'bad.tsv:2: df: ' jf-ci bad.tsv
}

@test "p values adjusted for their number are those of Bonferroni, Holm, Hochberg, Benjamini-Hochberg" {
    awk 'BEGIN { print "diff\tse\tdf"; x = 3; for (i = 0; i < 40; i++) { x = (x * 16807) % 2147483647
        printf "%.2f\t1\t%s\n", x % 400 / 100, i % 7 ? 25 : "NA" } }' >in.tsv
    for method in bonferroni holm hochberg bh; do
        jf-ci --adjust $method in.tsv | columns p,p_adj /dev/stdin | sed 1d >got
        [ "$(grep -c $'^NA\tNA$' got)" -eq 6 ]
        grep -v NA got | sort -g | awk -v method=$method '
            { p[NR] = $1; adj[NR] = $2 }
            function min(a, b) { return a < b ? a : b }
            function max(a, b) { return a > b ? a : b }
            END {
                m = NR; run = method == "holm" ? 0 : 1
                if (method == "bonferroni") for (i = 1; i <= m; i++) want[i] = min(1, m * p[i])
                if (method == "holm") for (i = 1; i <= m; i++) want[i] = run = max(run, min(1, (m - i + 1) * p[i]))
                if (method == "hochberg") for (i = m; i; i--) want[i] = run = min(run, (m - i + 1) * p[i])
                if (method == "bh") for (i = m; i; i--) want[i] = run = min(run, m / i * p[i])
                for (i = 1; i <= m; i++) if ((off = adj[i] - want[i]) > 1e-14 || off < -1e-14) { print i, p[i], adj[i], want[i]; bad = 1 }
                exit bad || m != 34
            }'
    done
    refuses 2 'hochberg' jf-ci --adjust hochburg in.tsv
}

# all_near FILE GOT WANT: in each row the two columns agree to 1e-12, or have the same word.
all_near()
{
    columns "$2,$3" "$1" | awk -F'\t' 'NR > 1 && $1 != $2 { off = $1 - $2; if (off < 0) off = -off
        if ($1 ~ /[A-Z]/ || off > 1e-12 * ($2 < 0 ? -$2 : $2)) { print; bad = 1 } } END { exit bad || NR < 2 }' ||
        { echo "$2 $3"; return 1; }
}

@test "p values adjusted among all rows, and within families, are R's" {
    for method in bonferroni holm hochberg bh by; do
        jf-ci --adjust $method "$JF_DATA/oracle/adjust.tsv" --columns "p,p_one,got=p_adj,want=all_$method" >got
        all_near got p p_one
        all_near got got want
        jf-ci --adjust $method --family pair "$JF_DATA/oracle/adjust.tsv" \
            --columns "got=p_adj,want=family_$method,family_size" >got
        all_near got got want
        [ "$(columns family_size got | sort | uniq -c | tr -s ' ')" = $' 36 12\n 1 family_size' ]
    done
}

@test "a family is the rows alike in all columns of --family, in any order; those without p do not count" {
    table >in.tsv <<'END'
a  b  diff  se  df
1  x  1     1   5
1  y  3     1   5
1  x  2     1   5
2  x  3     1   5
1  x  NA    NA  NA
END
    jf-ci --adjust holm --family a,b in.tsv >got
    head -n 1 got | tr '\t' ' ' >names
    echo 'a b diff se df t p ci_low ci_high sig pct pct_low pct_high level p_adj family_size' | same - names
    columns family_size got | tr '\n' ' ' >sizes
    [ "$(cat sizes)" = 'family_size 2 1 2 1 2 ' ]
    near "$(cell p_adj got 3)" "$(cell p got 3 | awk '{ printf "%.17g", 2 * $1 }')" 1e-15
    [ "$(cell p_adj got 2)" = "$(cell p got 2)" ]
    [ "$(cell p_adj got 5)" = NA ]
    { sed 1q in.tsv; sed 1d in.tsv | tac; } >back.tsv
    { sed 1q got; sed 1d got | tac; } >want
    jf-ci --adjust holm --family b,a back.tsv | same want -
    refuses 2 '--family goes with --adjust' jf-ci --family a in.tsv
    sed '4s/x/x /' in.tsv >blank.tsv
    refuses 1 "blank.tsv:4: b: 'x ' and 'x' (line 2) differ only in outer blanks; mend the label" jf-ci --adjust by --family b blank.tsv
}

@test "--mde is the effect found with a power, and R's, of t and of the normal" {
    mde() { jf-ci "$@" "$JF_DATA/oracle/mde.tsv" >got; all_near got mde "$name"; }
    name=mde_95_80 && mde --mde && mde --mde=0.80
    name=mde_90_80 && mde --level 0.9 --mde
    name=mde_95_95 && mde --mde=0.95
    name=mde_99_30 && mde --level 0.99 --mde=0.3
    name=normal_95_80 && mde --normal --mde
}

@test "--mde stands last, NA where there is no interval, and a power is above alpha and below 1" {
    effects 1 2 10 1 0 10 1 NA 10 NA 2 10 1 2 NA >in.tsv
    jf-ci --mde --adjust bh in.tsv | columns p_adj,mde /dev/stdin >got
    [ "$(jf-ci --mde --adjust bh in.tsv | head -n 1 | tr '\t' '\n' | tail -n 1)" = mde ]
    # what the difference was found to be does not matter
    near "$(cell mde got 1)" "$(cell mde got 4)" 1e-15
    [ "$(columns mde got | sed -n '3p;4p;6p' | tr '\n' ' ')" = 'NA NA NA ' ]
    for power in 80 0 1 -0.5 x '' 0,8; do refuses 2 '--mde: ' jf-ci --mde="$power" in.tsv; done
    refuses 2 '80 percent is 0.8' jf-ci --mde=80 in.tsv
    refuses 2 'not above 1 - level' jf-ci --mde=0.05 in.tsv
    # only with the sign: a FILE is never eaten
    cp in.tsv 0.9
    jf-ci --mde 0.9 | same <(jf-ci --mde=0.8 in.tsv) -
}

@test "--shares is Newcombe's interval and the pooled z test, as R has them" {
    jf-ci --shares "$JF_DATA/oracle/shares.tsv" >got
    near "$(cell ci_low got 1)" 0.0524 1e-3
    near "$(cell ci_high got 1)" 0.3339 1e-3
    for level in 95 90; do
        jf-ci --shares --level 0.$level "$JF_DATA/oracle/shares.tsv" >got
        columns "ci_low,low_$level,ci_high,high_$level,p,p_r" got | awk -F'\t' '
            function off(a, b) { return a > b ? a - b : b - a }
            NR > 1 && (off($1, $2) > 1e-14 || off($3, $4) > 1e-14 || ($5 == "NA") != ($6 == "NA") ||
                ($5 != "NA" && off($5, $6) > 1e-12 * $6)) { print; bad = 1 }
            END { exit bad || NR < 20 }'
        # both must say so
        columns ci_low,ci_high,p,sig got | awk -F'\t' -v alpha="$(echo "1 - 0.$level" | bc)" '
            NR > 1 { want = ($1 > 0 || $2 < 0) && $3 != "NA" && $3 < alpha; n += want; if ($4 != want) { print; bad = 1 } }
            END { exit bad || n < 5 || n > NR - 5 }'
        # t is z, and its p the normal's
        columns name,t,p got | awk -F'\t' 'NR > 1 && $2 != "NA" { print $2 "\t1\tInf" }' >z
        { printf 'diff\tse\tdf\n'; cat z; } | jf-ci | columns p /dev/stdin >want
        columns p got | grep -v NA | same want -
    done
}

@test "--shares takes df away, leaves pct as it is, and is what jf-diff's outcome of 0 and 1 has" {
    awk 'BEGIN { print "id\tarm\tany"; for (i = 0; i < 150; i++) print i "\t" (i < 70 ? "t\t" (i < 56) : "k\t" (i < 118)) }' |
        jf-diff --control k --by '' -y any >diff.tsv
    jf-ci diff.tsv >welch
    jf-ci --shares diff.tsv >got
    columns pct,pct_low,pct_high,se,diff,level welch | same - <(columns pct,pct_low,pct_high,se,diff,level got)
    [ "$(cell df got)" = NA ]
    near "$(cell ci_low got)" "$(jf-ci --shares "$JF_DATA/oracle/shares.tsv" | cell ci_low /dev/stdin)" 1e-14
    jf-ci --shares --digits 4 diff.tsv | columns df,ci_low,ci_high,p /dev/stdin >got
    printf 'df\tci_low\tci_high\tp\nNA\t0.0524\t0.3339\t0.008045\n' | same - got
    # a column df is not asked for; other columns may stand in any order
    cols=diff,se,sd_control,n_control,mean_control,n_treated,mean_treated,sd_treated
    columns $cols diff.tsv | jf-ci --shares | columns ci_low,ci_high,p,sig /dev/stdin |
        same <(jf-ci --shares diff.tsv | columns ci_low,ci_high,p,sig /dev/stdin) -
    jf-ci --shares --mde diff.tsv >got
    near "$(cell mde got)" "$(jf-ci --normal --mde diff.tsv | cell mde /dev/stdin)" 1e-15
}

@test "--shares: an arm of one person, a masked one, and no outcome of 0 and 1" {
    printf 'id\tarm\tany\n1\tt\t1\n2\tk\t0\n3\tk\t1\n' | jf-diff --control k --by '' -y any >one.tsv
    jf-ci --shares one.tsv >got
    [[ $(cell ci_low got) == -0.* && $(cell sig got) == 0 && $(cell se got) == NA ]]
    awk 'BEGIN { print "id\tarm\tany"; for (i = 0; i < 60; i++) print i "\t" (i % 2 ? "t" : "k") "\t" (i < 5) }' |
        jf-diff --control k --by '' -y any --min-cell 5 >masked.tsv
    [ "$(cell mean_treated masked.tsv)" = NA ]
    jf-ci --shares --mde masked.tsv | columns t,p,ci_low,ci_high,sig,pct,mde /dev/stdin | tail -n 1 >got
    [ "$(tr '\t' ' ' <got)" = 'NA NA NA NA NA NA NA' ]
    sample jf-diff
    jf-diff --control kontrol jf-diff.tsv >hours.tsv
    refuses 1 'hours.tsv:2: sd_treated: --shares: mean, n and sd are not those of an outcome of 0 and 1' jf-ci --shares hours.tsv
    # weighted, rounded, or moved
    shares=$JF_DATA/oracle/shares.tsv
    awk -F'\t' -v OFS='\t' 'NR == 2 { $3 = "0.8000001" } 1' "$shares" >bad.tsv
    refuses 1 'bad.tsv:2: sd_treated: ' jf-ci --shares bad.tsv
    awk -F'\t' -v OFS='\t' 'NR == 2 { $7 = sprintf("%.4f", $7) } 1' "$shares" >bad.tsv
    refuses 1 'bad.tsv:2: sd_control: ' jf-ci --shares bad.tsv
    awk -F'\t' -v OFS='\t' 'NR == 2 { $8 = "0.20000001" } 1' "$shares" >bad.tsv
    refuses 1 'bad.tsv:2: diff: ' jf-ci --shares bad.tsv
    awk -F'\t' -v OFS='\t' 'NR == 2 { $2 = "<90" } 1' "$shares" >bad.tsv
    refuses 1 "bad.tsv:2: n_treated: '<90' is not a count" jf-ci --shares bad.tsv
    sed '1s/$/\tn_clusters/; 2,$s/$/\t9/' "$shares" >bad.tsv
    refuses 1 'bad.tsv:1: --shares: persons of one cluster hang together' jf-ci --shares bad.tsv
    refuses 1 "no column 'n_treated'" jf-ci --shares <<<$'diff\tse\tdf\n1\t1\t1'
}

@test "--digits rounds for people: N decimals, and N significant digits of p" {
    printf 'mean_control\tse_control\tdiff\tse\tdf\n1000\t20\t133.456\t45.678\t1000\n' >in.tsv
    jf-ci in.tsv >full
    jf-ci --digits 2 in.tsv >got
    for name in t ci_low ci_high pct pct_low pct_high; do
        near "$(cell $name got)" "$(printf '%.2f' "$(cell $name full)")" 1e-15
    done
    [[ $(cell ci_low got) =~ ^[0-9]+\.[0-9][0-9]?$ ]]
    near "$(cell p got)" "$(printf '%.1e' "$(cell p full)")" 1e-15
    jf-ci --digits 0 in.tsv >whole
    [ "$(columns ci_low,pct whole | tail -n 1)" = "$(printf '%.0f\t%.0f' "$(cell ci_low full)" "$(cell pct full)")" ]
    refuses 2 'digits' jf-ci --digits -1 in.tsv
}

@test "--digits rounds below zero as above, halves to the even digit, and no zero has a sign" {
    while read -r digits value rounded; do
        effects "$value" 1 NA "-$value" 1 NA | jf-ci --normal --digits "$digits" | columns diff,t /dev/stdin | sed 1d >got
        [[ $rounded =~ [1-9] ]] && sign=- || sign=
        printf '%s\t%s\n' "$rounded" "$rounded" "$sign$rounded" "$sign$rounded" | same - got
    done <<'END'
0 0.5 0
0 1.5 2
0 2.5 2
0 0.49 0
0 0 0
1 0.25 0.2
1 0.75 0.8
1 0.04 0.0
1 0.05 0.1
1 0.35 0.3
2 0.125 0.12
2 0.375 0.38
2 1e-30 0.00
2 99.995 100.00
3 0.0005 0.001
3 0.0004 0.000
0 99999999999999999 1e17
END
    # and as the C library does, but for the sign of a zero
    awk 'BEGIN { print "diff\tse\tdf"; x = 7; for (i = 0; i < 2000; i++) { x = (x * 16807) % 2147483647
        print (x % 3 ? "-" : "") x % 100003 / 2 ^ (x % 13) "\t1\tNA" } }' >in.tsv
    for digits in 0 1 2 5; do
        jf-ci --normal --digits $digits in.tsv | cut -f 1 >got
        awk -v digits=$digits 'NR > 1 { $1 = sprintf("%.*f", digits, $1); if ($1 !~ /[1-9]/) sub(/^-/, "", $1) }
            { print $1 }' in.tsv | same - got
    done
}

@test "a masked difference stays masked, and a column that is not there is an error" {
    printf 'n_control\tmean_control\tdiff\tse\tdf\n<5\tNA\tNA\tNA\tNA\n7\t2\t1\t1\t9\n' >in.tsv
    jf-ci in.tsv >got
    [ "$(sed -n 2p got)" = $'<5\tNA\tNA\tNA\tNA\tNA\tNA\tNA\tNA\tNA\tNA\tNA\tNA\t0.95' ]
    cut -f 1-4 in.tsv >nodf.tsv
    refuses '[12]' 'df' jf-ci nodf.tsv
}
