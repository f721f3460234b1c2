#!/usr/bin/env bats
# Persons who come in clusters: jf-diff --cluster. tests/oracle/cluster.R made the table of answers.

load helper


# shellcheck disable=SC2034 # each by its name, in by_r
run_rows()
{
    local check=$1
    sed 1d "$JF_DATA/oracle/cluster.tsv" >rows
    while IFS=$'\t' read -r data y cluster treated control strata way n_clusters diff se df se_treated se_control cov_control; do
        options=(--by '' --control "$control" -y "$y" --cluster "$cluster" --se "$way")
        [ "$strata" = - ] || options+=(--strata "$strata")
        awk -F'\t' -v a="$treated" -v b="$control" 'NR == 1 || $2 == a || $2 == b' "$JF_DATA/oracle/$data.tsv" >in.tsv
        "$check" || { echo "$data $y $strata $way"; return 1; }
    done <rows
    [ "$(wc -l <rows)" -ge 12 ]
}

by_r()
{
    jf-diff "${options[@]}" in.tsv >got 2>err || return
    [ "$(cell n_clusters got)" = "$n_clusters" ] || return
    local name
    for name in diff se df se_treated se_control; do
        near "$(cell $name got)" "${!name}" 1e-11 || { echo "$name"; return 1; }
    done
    # of a covariance that nearly cancels out, as much as R's doubles hold
    awk -v got="$(cell cov_control got)" -v want="$cov_control" -v size="$(cell se got)" 'BEGIN {
        off = got - want; exit !(off * off < (1e-11 * size * size) ^ 2) }'
}

@test "clusters inside arms and across them, without strata and within: what estimatr and clubSandwich give" {
    run_rows by_r
}

alike()
{
    jf-diff "${options[@]}" in.tsv >want 2>err || return
    { head -n 1 in.tsv; sed 1d in.tsv | sort -t $'\t' -k 5,5 -k 3,3r; } | jf-diff "${options[@]}" 2>err | same want - || return
    local part sums=() rest=("${options[@]:4}")
    for part in 0 1 2; do
        awk -v part=$part 'NR == 1 || NR % 3 == part' in.tsv | jf-diff --sums --seal $((part + 1))/3 --by '' "${rest[@]/--control/}" >sums.$part 2>err || return
        sums=("sums.$part" "${sums[@]}")
    done
    jf-diff --from-sums "${options[@]}" "${sums[@]}" 2>err | same want - || return
    awk -F'\t' -v OFS='\t' -v a="$treated" -v b="$control" 'NR > 1 { $2 = $2 == a ? "a" : "z" } 1' in.tsv >named.tsv
    jf-diff --by '' --control z "${rest[@]}" named.tsv 2>err | sed "s/\ta\tz\t/\t$treated\t$control\t/" | same want - || return
    # arms turned about: the same error and degrees
    jf-diff --by '' --control a "${rest[@]}" named.tsv 2>err >turned || return
    near "$(cell se turned)" "$(cell se want)" 1e-14 && near "$(cell df turned)" "$(cell df want)" 1e-12 &&
        [ "$(cell se_control turned)" = "$(cell se_treated want)" ]
}

@test "rows in any order, sealed parts and arms of any name give the same bytes" {
    run_rows alike
}

# towns: four towns, two with both arms.
towns()
{
    table <<'END'
id     arm  town  hours
pnr01  d    A     1
pnr02  d    A     3
pnr03  d    B     4
pnr04  k    B     2
pnr05  k    B     2.5
pnr06  k    C     0
pnr07  k    C     1
pnr08  d    D     7
pnr09  k    D     6
END
}

@test "CR1S by hand, correctly rounded, and CR2 as close as doubles are" {
    towns >in.tsv
    jf-diff --by '' --control k --cluster town --se CR1S in.tsv >got 2>err
    # d: mean 15/4, 4 persons: A 4 - 7.5, B 4 - 3.75, D 7 - 3.75; k: mean 11.5/5 = 2.3: B 4.5 - 4.6, C 1 - 4.6, D 6 - 2.3
    a='(-3.5 / 4)' b='(0.25 / 4)' d='(3.25 / 4)' kb='(-0.1 / 5)' kc='(-3.6 / 5)' kd='(3.7 / 5)' factor='4 / 3 * 8 / 7'
    reals <<END
diff $(cell diff got) 15 / 4 - 2.3
se $(cell se got) sqrt($factor * ($a^2 + ($b - $kb)^2 + $kc^2 + ($d - $kd)^2))
se_treated $(cell se_treated got) sqrt($factor * ($a^2 + $b^2 + $d^2))
se_control $(cell se_control got) sqrt($factor * ($kb^2 + $kc^2 + $kd^2))
cov_control $(cell cov_control got) $factor * (($b - $kb) * $kb - $kc^2 + ($d - $kd) * $kd)
END
    [ "$(columns df,n_clusters got | tail -n 1)" = $'3\t4' ]
    jf-diff --by '' --control k --cluster town in.tsv >got
    near "$(cell se got)" "$(echo "scale = 40; sqrt(($a)^2 / (2/4) + ($b / sqrt(3/4) - $kb / sqrt(3/5))^2 + ($kc)^2 / (3/5) + ($d / sqrt(3/4) - $kd / sqrt(4/5))^2)" | bc -l)" 1e-15
}

@test "a person a cluster: CR2 is Welch's standard error, and sums of the persons are those of clusters" {
    awk -v OFS='\t' 'BEGIN { print "id", "arm", "hours"; for (i = 1; i <= 60; i++) print i, (i % 3 ? "d" : "k"), i * i % 37 / 4 }' >in.tsv
    jf-diff --by '' --units rows --control k --cluster id in.tsv >got
    jf-diff --by '' --control k in.tsv >want
    near "$(cell se got)" "$(cell se want)" 1e-15
    near "$(cell se_control got)" "$(cell se_control want)" 1e-15
    near "$(cell cov_control got)" "$(awk -v se="$(cell se_control want)" 'BEGIN { printf "%.17g", -se * se }')" 1e-14
}

@test "--sums carries the cluster under its own name, in any number of parts, and fits the flow" {
    towns >in.tsv
    jf-diff --sums --by '' --cluster town in.tsv >got
    table >want <<'END'
town  outcome  arm  n  missing  sum  sumsq
A     hours    d    2  0        4    10
B     hours    d    1  0        4    16
D     hours    d    1  0        7    49
B     hours    k    2  0        4.5  10.25
C     hours    k    2  0        1    1
D     hours    k    1  0        6    36
END
    same want got
    printf 'stage\td\tk\nkept\t4\t5\nabsent_kept\t0\t0\n' >flow.tsv
    jf-diff --from-sums --by '' --cluster town --control k --flow flow.tsv got >other
    jf-diff --by '' --cluster town --control k in.tsv | same - other
    refuses 1 "column 'town' is no key, no stratum, no cluster and no sum" jf-diff --from-sums --by '' --control k got
    refuses 1 "no column 'village'" jf-diff --from-sums --by '' --cluster village --control k got
}

# months: persons with a row a month, in towns.
months()
{
    awk -v OFS='\t' 'BEGIN { print "id", "arm", "town", "period", "hours"
        for (i = 1; i <= 9000; i++) for (m = 1; m <= 12; m++)
            print "p" i, (i % 2 ? "d" : "k"), "t" i * i % 40, sprintf("2016-%02d", m), (i * 7919 + m * 31) % 16000 / 100 }'
}

@test "any number of threads, compressed or not, gives the same bytes" {
    months >in.tsv
    gzip -c in.tsv >in.gz
    jf-diff -j 1 --control k --cluster town in.tsv >want
    [ "$(wc -l <want)" -eq 13 ]
    for threads in 2 3 8; do
        jf-diff -j $threads --control k --cluster town in.tsv | same want -
    done
    jf-diff --control k --cluster town in.gz | same want -
    jf-diff --control k --cluster town - <in.tsv | same want -
}

@test "a person whose neighbouring rows are of two clusters is an error, wherever the rows are, without a line" {
    months >in.tsv
    says='town: rows of one person that follow each other are of two clusters; a person has one, as it was when lots were drawn: attach it to the list (jf-split)'
    for line in 3 20001 54321 108001; do
        awk -F'\t' -v OFS='\t' -v line=$line 'NR == line { $3 = "elsewhere" } 1' in.tsv >torn.tsv
        gzip -c torn.tsv >torn.gz
        for input in '-j 1 torn.tsv' '-j 2 torn.tsv' '-j 5 torn.tsv' torn.gz; do
            # shellcheck disable=SC2086 # words are meant
            refuses 1 "jf-diff: $says" jf-diff --control k --cluster town $input
        done
    done
    # every row of the file, first and last of a chunk as well
    awk -F'\t' -v OFS='\t' 'NR > 1 { $3 = "t" NR % 5 } 1' in.tsv | refuses 1 "jf-diff: $says" jf-diff --control k --cluster town
    # at the seams of threads, which are somewhere about every 256 KiB: from a row on a person is elsewhere
    awk '{ bytes += length($0) + 1; if (int(bytes / 262144) > last) { last = int(bytes / 262144); print NR } }' in.tsv | head -n 3 >seams
    while read -r seam; do
        for ((line = seam - 2; line <= seam + 2; line++)); do
            awk -F'\t' -v OFS='\t' -v line=$line 'NR == line - 1 { id = $1 } NR >= line && $1 == id { sub(/t/, "u", $3); torn = 1 } 1
                END { exit !torn }' in.tsv >torn.tsv || continue
            refuses 1 "jf-diff: $says" jf-diff -j 2 --control k --cluster town torn.tsv
            echo $line
        done
    done <seams >tried
    [ "$(wc -l <tried)" -ge 10 ]
    # rows have no neighbours where they are the units
    awk -F'\t' -v OFS='\t' 'NR > 1 { $3 = "t" NR % 5 } 1' in.tsv | jf-diff --units rows --control k --cluster town >got
    [ "$(cell n_clusters got)" = 5 ]
}

@test "a cluster that is a whole arm or cell, and fewer than three, are errors that name them, but for --min-cell" {
    towns >in.tsv
    few='are too few for a standard error, three at least; leave out --cluster'
    one='is one cluster, so that nothing tells how clusters vary; merge strata, or leave out --cluster'
    sed 's/\tk\t[BCD]\t/\tk\tB\t/' in.tsv >one.tsv
    refuses 1 "jf-diff: 'hours': arm 'k' $one" jf-diff --by '' --control k --cluster town one.tsv
    refuses 1 "jf-diff: 'hours': arm 'k' $one" jf-diff --by '' --control k --cluster town --se CR1S one.tsv
    sed 's/\t[CA]\t/\tB\t/' in.tsv >two.tsv
    refuses 1 "jf-diff: 'hours' of arm 'd': 2 clusters $few" jf-diff --by '' --control k --cluster town two.tsv
    awk -F'\t' -v OFS='\t' '{ print $0, NR == 1 ? "region" : $3 < "C" ? "east" : "west" }' in.tsv >strata.tsv
    awk -F'\t' -v OFS='\t' 'NR == 1 { $6 = "period" } NR > 1 { $6 = 7 } 1' strata.tsv >keyed.tsv
    sed '$p' keyed.tsv | sed '$s/pnr09/pnr10/; $s/\tk\t/\td\t/' >more.tsv
    refuses 1 "jf-diff: '7', 'hours': arm 'k' of stratum 'east' $one" jf-diff --control k --cluster town --strata region more.tsv
    for bad in 'one is one cluster' 'two fewer than three clusters'; do
        read -r file says <<<"$bad"
        refuses 1 "$says (--min-cell does not say which)" jf-diff --by '' --control k --cluster town --min-cell 3 $file.tsv
        # no label and no number
        ! grep -E "'|[0-9] cl" "$BATS_TEST_TMPDIR/refused.err"
    done
}

@test "an arm without a value gives NA, and clusters without one do not count" {
    towns | awk -F'\t' -v OFS='\t' 'NR == 1 { print $0, "period"; next } { print $0, 1; if ($2 == "d") $4 = "NA"; print $0, 2
        if ($3 == "C") $4 = "NA"; if ($3 == "A") $4 = 3; else if ($2 == "d") $4 = 1; print $0, 3 }' >in.tsv
    jf-diff --missing drop --control k --cluster town in.tsv >got
    columns period,n_treated,n_control,n_clusters got >part
    table >want <<'END'
period  n_treated  n_control  n_clusters
1       4          5          4
2       0          5          3
3       4          3          3
END
    same want part
    [ "$(columns diff,se,df,cov_control got | sed -n 3p)" = $'NA\tNA\tNA\tNA' ]
}

@test "--min-cell hides what clusters tell where it hides an arm's values" {
    months >in.tsv
    awk -F'\t' 'NR == 1 || $4 != "2016-02" || $1 ~ /^p[1-7]$/' in.tsv >few.tsv
    jf-diff --control k --cluster town --min-cell 4 few.tsv >got
    [ "$(columns n_treated,n_control,diff,se,df,n_clusters,cov_control got | sed -n 3p)" = $'4\t<4\tNA\tNA\tNA\tNA\tNA' ]
    [ "$(cell n_clusters got 1)" -gt 3 ]
    jf-diff --sums --cluster town few.tsv | jf-diff --from-sums --control k --cluster town --min-cell 4 | same got -
}

@test "jf-ci takes the covariance for the limits of pct" {
    jf-diff --by '' --control F -y score --cluster school "$JF_DATA/oracle/exam.tsv" | awk -F'\t' -v OFS='\t' 'NR == 2 { $6 += 5; $11 += 5 } 1' >got
    jf-ci got | columns pct,pct_low,pct_high /dev/stdin | tail -n 1 >pct
    awk -F'\t' '!($2 < $1 && $1 < $3 && $3 - $2 < 10 && $2 != "NA") { exit 1 }' pct
}

@test "CR1S with fewer than 30 clusters is one warning, CR2 none" {
    run --separate-stderr jf-diff --by '' --control F -y score --cluster school --se CR1S "$JF_DATA/oracle/exam.tsv"
    [ "$status" -eq 0 ]
    # shellcheck disable=SC2154 # bats sets it
    [ "$stderr" = 'jf-diff: fewer than 30 clusters: the standard errors of --se CR1S are too small; leave it out for CR2' ]
    run --separate-stderr jf-diff --by '' --control F -y score --cluster school "$JF_DATA/oracle/exam.tsv"
    [ -z "$stderr" ]
    run --separate-stderr jf-diff --by '' --control control -y age --cluster set --se CR1S "$JF_DATA/oracle/infert.tsv"
    [ -z "$stderr" ]
}

@test "sums of clusters past --max-memory are refused at a row, the same for any number of threads" {
    awk -v OFS='\t' 'BEGIN { print "id", "arm", "town", "period", "hours"
        for (i = 1; i <= 8000; i++) for (m = 1; m <= 6; m++) print i, (i % 2 ? "d" : "k"), "t" i, m, i % 7 }' >in.tsv
    for threads in 1 2 5; do
        refuses 1 'town: the sums of all keys and clusters take more than 2 MiB; say a higher --max-memory, or fewer keys (--by) or outcomes (-y)' \
            jf-diff -j $threads --control k --cluster town --max-memory 2 in.tsv
        cp "$BATS_TEST_TMPDIR/refused.err" err.$threads
    done
    same err.1 err.2
    same err.1 err.5
    grep -qE '^jf-diff: in\.tsv:[0-9]+: town: ' err.1
    jf-diff --control k --cluster town in.tsv >got
    [ "$(cell n_clusters got)" = 8000 ]
    jf-diff --sums --cluster town in.tsv >sums.tsv
    refuses 1 'town: the sums of all keys and clusters take more than 2 MiB' jf-diff --from-sums --control k --cluster town --max-memory 2 sums.tsv
}

@test "wrong usage of --cluster" {
    towns >in.tsv
    refuses 2 '--se goes with --cluster' jf-diff --control k --se CR1S in.tsv
    refuses 2 '--max-memory goes with --cluster' jf-diff --control k --max-memory 9 in.tsv
    refuses 2 '--variance pooled' jf-diff --control k --cluster town --variance pooled in.tsv
    refuses 2 '--df n-2j' jf-diff --control k --cluster town --strata hours --df n-2j in.tsv
    refuses 2 '--cluster and --small-strata' jf-diff --control k --cluster town --strata hours --small-strata pool in.tsv
    refuses 1 'column 1, a cluster, holds no ids' jf-diff --by '' --control k --cluster id in.tsv
    sed '4s/B/NA/' in.tsv >missing.tsv
    refuses 1 'missing.tsv:4: town: a missing cluster; mend the cell' jf-diff --by '' --control k --cluster town missing.tsv
}
