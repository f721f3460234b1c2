#!/usr/bin/env bats
# Two real trials against R and 40-digit arithmetic: the National Supported Work trial and
# Student's sleep data. tests/data/ORIGIN.md says who computed what.

load helper

# facts MIDDLE METHOD [CI]: a jf-ci stream on stdin as lines `key quantity value`, named as in
# expected.tsv. MIDDLE goes behind y=outcome, @ in it stands for the first cell, the year; METHOD is welch,
# pooled or z; CI is ci, ci90 or ci99. The arms' own numbers come with welch and ci.
facts()
{
    awk -F'\t' -v OFS='\t' -v middle="$1" -v method="$2" -v ci="${3:-ci}" '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        function get(name) { return $at[name] }
        function arm(label, side) {
            key = base ";arm=" label
            print key, "n", get("n_" side); print key, "n_missing", get("missing_" side)
            print key, "mean", get("mean_" side); print key, "sd", get("sd_" side); print key, "se_mean", get("se_" side)
        }
        {
            base = "y=" get("outcome") middle
            sub(/@/, $1, base)
            key = base ";contrast=" get("arm") "-" get("control") ";m=" method
            print key, ci "_lo", get("ci_low"); print key, ci "_hi", get("ci_high")
            if (ci != "ci") next
            print key, "diff", get("diff"); print key, "se", get("se"); print key, method == "z" ? "z" : "t", get("t"); print key, "p", get("p")
            if (method != "z") print key, "df", get("df")
            if (method != "welch") next
            print key, "n1", get("n_treated"); print key, "n0", get("n_control")
            arm(get("arm"), "treated"); arm(get("control"), "control")
        }'
}

# meets TRIAL NUMBER: facts on stdin against expected.tsv, NUMBER of them; the column `exact`
# where it is filled. Tolerances: 1e-11 relative; differences and limits 1e-11 of the se, in
# percent 1e-11 of its delta se; p 1e-9.
meets()
{
    awk -F'\t' -v number="$2" '
        FNR == NR { if ($1 != "key") want[$1, $2] = $5 != "" ? $5 : $3; next }
        function size(x) { return x < 0 ? -x : x }
        !(($1, $2) in want) { print "nobody expects " $1 " " $2; bad = 1; next }
        {
            goal = want[$1, $2]; within = 1e-11 * size(goal); found++
            if ($2 == "diff" || $2 ~ /^ci/) within = 1e-11 * want[$1, "se"]
            if ($2 ~ /^pct/) within = 1e-11 * want[$1, "pct_se_delta"]
            if ($2 == "p") within = 1e-9 * goal
            if (goal == "NA" && $2 ~ /fieller/ && $3 ~ /Inf$/) next # R has no word for unbounded
            if (!($3 ~ /^-?[0-9]/ && size($3 - goal) <= within)) { print $1, $2 ": " $3 ", expected " goal; bad = 1 }
        }
        END { if (found != number) { print found " numbers, expected " number; bad = 1 } exit bad }
    ' "$JF_DATA/$1/expected.tsv" -
}

# nsw [WHERE]: the National Supported Work trial, arm attached.
nsw()
{
    jf-split -a "$JF_DATA/nsw/assign.tsv" --take arm,block ${1:+--absent drop --where "$1"} "$JF_DATA/nsw/input.tsv"
}

# years: the same as a row a person and year.
years()
{
    { printf 'id\tyear\tearn\n'; tail -n +2 "$JF_DATA/nsw/long.tsv" | sort -k 1,1 -k 2,2n; } |
        jf-split -a "$JF_DATA/nsw/assign.tsv" --take arm
}

# intervals MIDDLE FILE: the facts of a jf-diff table with intervals of 95, 90 and 99 percent.
intervals()
{
    jf-ci "$2" | facts "$1" welch
    jf-ci --level 0.90 "$2" | facts "$1" welch ci90
    jf-ci --level 0.99 "$2" | facts "$1" welch ci99
}

@test "nsw: the effect on 1978 earnings is 1,794 dollars, as published" {
    nsw | jf-diff --by '' --control 0 -y re78 >got
    [ "$(printf '%.0f %.2f' "$(cell diff got)" "$(cell se got)")" = '1794 671.00' ]
    nsw | jf-diff --by '' --control 0 -y re78 --variance pooled >got
    [ "$(printf '%.0f %.2f' "$(cell diff got)" "$(cell se got)")" = '1794 632.85' ]
}

@test "nsw: means, Welch's difference, p and intervals of every outcome and covariate" {
    nsw | jf-diff --by '' --control 0 -y age,educ,black,hisp,married,nodegr,re74,re75,re78,u74,u75 >table
    intervals '' table | meets nsw 253
}

@test "nsw: the pooled difference, and the normal one" {
    nsw | jf-diff --by '' --control 0 -y age,educ,black,hisp,married,nodegr,re74,re75,re78,u74,u75 --variance pooled >table
    jf-ci table | facts '' pooled | meets nsw 77
    nsw | jf-diff --by '' --control 0 -y re74,re75,re78 | jf-ci --normal | facts '' z | meets nsw 18
}

@test "nsw: part of the persons with --where" {
    for part in black=0 black=1 hisp=1 nodegr=0 nodegr=1; do
        nsw $part | jf-diff --by '' --control 0 -y re78 >table
        intervals ";sub=${part/=/:}" table | meets nsw 23
        nsw $part | jf-diff --by '' --control 0 -y re78 --variance pooled | jf-ci | facts ";sub=${part/=/:}" pooled | meets nsw 7
    done
}

@test "nsw: by year, and the running sum over the years with an interval of its own" {
    years | jf-diff --by year --control 0 -y earn >table
    intervals ';t=@' table | meets nsw 69
    years | jf-cumsum -y earn --period year | jf-diff --by year --control 0 -y earn >table
    intervals ';cum=1974..@' table | meets nsw 69
}

@test "nsw: any earnings and 10,000 dollars, as indicators of jf-hours" {
    nsw | awk -F'\t' -v OFS='\t' 'NR == 1 { print "id", "arm", "month", "re78" } NR > 1 { print $1, $(NF - 1), "1978-12", $4 }' |
        jf-hours --long --period month --value re78 --missing drop --keep arm --full-time 1 --max 1000000 \
            --indicator any='>0' --indicator much='>=10000' >marks
    for mark in 'any ind=gt:0' 'much ind=ge:10000'; do
        jf-diff --by '' --control 0 -y "${mark% *}" marks | sed "2s/^${mark% *}/re78/" >table
        intervals ";${mark#* }" table | meets nsw 23
        jf-ci --normal table | facts ";${mark#* }" z | meets nsw 6
    done
}

@test "nsw: blocks weighted by size" {
    nsw | jf-diff --by '' --control 0 -y re78 --strata block --df n-2j | jf-ci |
        columns diff,se,df,p,ci_low,ci_high /dev/stdin | sed 1d |
        awk -F'\t' -v OFS='\t' '{ n = split("diff se df p ci_lo ci_hi", name, " ")
            for (i = 1; i <= n; i++) print "y=re78;contrast=1-0;m=blocked;block=block", name[i], $i }' | meets nsw 6
    for block in b0n0 b0n1 b1n0 b1n1; do
        nsw block=$block | jf-diff --by '' --control 0 -y re78 | columns n_treated,n_control,diff,se /dev/stdin | sed 1d |
            awk -F'\t' -v OFS='\t' -v b=$block '{ n = split("n1 n0 diff se", name, " ")
                for (i = 1; i <= n; i++) print "y=re78;contrast=1-0;m=inblock;block=block;bval=" b, name[i], $i }' | meets nsw 4
    done
}

@test "nsw: the effect in percent with Fieller's limits, by t and by the normal" {
    percent()
    {
        columns outcome,arm,control,pct,pct_low,pct_high /dev/stdin | tail -n +2 | awk -F'\t' -v OFS='\t' -v middle="$1" -v c="$2" '{
            key = "y=" $1 middle ";contrast=" $2 "-" $3 ";m=relative"
            print key, "pct", $4; print key, "pct_fieller_lo_" c, $5; print key, "pct_fieller_hi_" c, $6 }'
    }
    nsw | jf-diff --by '' --control 0 -y re74,re78 >table
    jf-ci table | percent '' t | meets nsw 6
    jf-ci --normal table | percent '' z | meets nsw 6
    years | jf-cumsum -y earn --period year | jf-diff --by year --control 0 -y earn | sed '2d;3d' >table
    jf-ci table | percent ';cum=1974..1978' t | meets nsw 3
    jf-diff --by '' --control 1 --arm arm -y extra <(jf-split -a "$JF_DATA/sleep/assign.tsv" "$JF_DATA/sleep/input.tsv") >table
    jf-ci table | percent '' t | meets sleep 3
    jf-ci --normal table | percent '' z | meets sleep 3
}

@test "nsw: p values of the balance table adjusted as R's p.adjust does" {
    nsw | jf-diff --by '' --control 0 -y age,educ,black,hisp,married,nodegr,re74,re75,u74,u75 >table
    for method in bonferroni holm hochberg bh; do
        jf-ci --adjust $method table | columns outcome,p_adj /dev/stdin | sed 1d |
            awk -F'\t' -v OFS='\t' -v m=$method '{ print "y=" $1 ";contrast=1-0;m=adj_" m ";family=balance;raw=welch", "p", $2 }' |
            meets nsw 10
    done
}

# bins OUTCOME: a jf-hist stream as facts; the zeros go to the bin that begins at 0, for here
# they are a row of their own.
bins()
{
    awk -F'\t' -v OFS='\t' -v y="$1" 'NR > 1 {
        key = "y=" y ";arm=" $1 ";hist=left;bin="
        if ($2 == "0" && $3 == "0") zero[$1] = $4
        else if ($2 == "0") { first[$1] = key "0.." $3; count[$1] = $4 }
        else print key ($2 == "NA" ? "missing" : $2 == "-Inf" ? "below" : $3 == "Inf" ? "above" : $2 ".." $3), "n", $4
    } END { for (arm in first) print first[arm], "n", count[arm] + zero[arm] }'
}

@test "nsw and sleep: histograms count as R's findInterval" {
    nsw | jf-hist -y re78 --breaks 0,1,2500,5000,7500,10000,15000,20000,30000,60000 | bins re78 | meets nsw 24
    jf-split -a "$JF_DATA/sleep/assign.tsv" "$JF_DATA/sleep/input.tsv" |
        jf-hist -y extra --breaks -2,-1,0,1,2,3,4,5.5 | bins extra | meets sleep 20
}

@test "sleep: Student's two soporifics, as two groups" {
    jf-split -a "$JF_DATA/sleep/assign.tsv" "$JF_DATA/sleep/input.tsv" >in.tsv
    jf-diff --by '' --control 1 -y extra in.tsv >table
    intervals '' table | meets sleep 23
    jf-ci --normal table | facts '' z | meets sleep 6
    jf-diff --by '' --control 1 -y extra --variance pooled in.tsv | jf-ci | facts '' pooled | meets sleep 7
    jf-diff --by '' --control 2 -y extra in.tsv >table
    intervals '' table | grep contrast | meets sleep 13
}

@test "sleep: pairs are strata of one in an arm, and refused by name" {
    jf-split -a "$JF_DATA/sleep/assign.tsv" "$JF_DATA/sleep/input.tsv" >in.tsv
    refuses 1 'pair1' jf-diff --by '' --control 1 -y extra --strata block in.tsv
}

@test "sleep: a pair's difference by hand is what R's paired test says" {
    # two roads: the pairs' differences as an outcome, against a control that is nothing
    jf-split -a "$JF_DATA/sleep/assign.tsv" "$JF_DATA/sleep/input.tsv" |
        awk -F'\t' -v OFS='\t' 'NR == 1 { print "id", "arm", "d"; next } { v[$4, $3] = $2; if ($3 == 2) pair[++n] = $4 }
            END { for (i = 1; i <= n; i++) { print i, "pairs", sprintf("%.1f", v[pair[i], 2] - v[pair[i], 1]); print i, "nothing", 0 } }' |
        jf-diff --units rows --by '' --control nothing -y d >got
    want=$(awk -F'\t' '$1 ~ /m=paired/ && $2 == "se" { print $5 != "" ? $5 : $3 }' "$JF_DATA/sleep/expected.tsv")
    near "$(cell se got)" "$want" 1e-14
    [ "$(cell diff got)" = 1.58 ]
    [ "$(cell df got)" = 9 ]
}
