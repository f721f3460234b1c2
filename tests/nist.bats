#!/usr/bin/env bats
# NIST's StRD univariate sets: nine data sets with certified mean and standard deviation.

load helper

# both FILE: each set as two arms, x as it is and y turned about; so x and y must agree.
both()
{
    awk -F'\t' -v OFS='\t' 'NR == 1 { print "id", "arm", "set", "y"; next } { print $1, "x", $2, $3; line[NR] = $1 OFS "y" OFS $2 OFS $3 }
        END { for (i = NR; i > 1; i--) print line[i] }' "$JF_DATA/nist/input.tsv"
}

# certain QUANTITY COLUMN: lines `set value` of a column of expected.tsv.
certain()
{
    awk -F'\t' -v quantity="$1" -v column="$2" 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        $2 == quantity { print substr($1, 5), $at[column] }' "$JF_DATA/nist/expected.tsv" | sort
}

@test "mean and sd of all nine sets are the correctly rounded values of the decimal data" {
    both | jf-diff --units rows --control y --by set -y y >got
    for arm in treated control; do
        columns set,mean_$arm got | sed 1d | tr '\t' ' ' | sort >means
        columns set,sd_$arm got | sed 1d | tr '\t' ' ' | sort >sds
        [ "$(wc -l <means)" -eq 9 ]
        certain mean exact | join means - | reals
        certain sd exact | join sds - | reals
    done
    columns n_treated,missing_treated,diff,smd got | sed 1d | awk '$1 < 3 || $2 || $3 || $4 { exit 1 }'
}

@test "all certified digits are met, where doubles cannot: NumAcc3 and NumAcc4 have sd 0.1" {
    both | jf-diff --units rows --control y --by set -y y >got
    for quantity in mean sd; do
        columns set,${quantity}_treated got | sed 1d | tr '\t' ' ' | sort >numbers
        certain $quantity value | join numbers - |
            awk '{ if (sprintf("%.15g", $2) + 0 != $3 + 0) { print; bad = 1 } } END { exit bad || NR != 9 }'
    done
    for set in NumAcc2 NumAcc3 NumAcc4; do
        [ "$(awk -F'\t' -v set=$set '$1 == set { print $8 }' got)" = 0.1 ]
    done
}

@test "the exact variance comes out of the sums" {
    both | jf-diff --sums --units rows --by set -y y >sums
    awk -F'\t' '$3 == "x" { print $1, $4, $6, $7 }' sums | sort >state
    certain var exact | join state - | awk '{ print $1, $5, "(" $4 " - (" $3 ")^2 / " $2 ") / (" $2 " - 1)" }' | reals
}

@test "two sets as two arms give the difference bc gives" {
    both | awk -F'\t' -v OFS='\t' 'NR == 1 || $2 == "x" { if (NR > 1) $2 = $3; print }' >in.tsv
    jf-diff --sums --units rows --by '' --arm arm -y y in.tsv | awk -F'\t' 'NR > 1 { print $2, $3, $5, $6 }' >state
    jf-diff --units rows --control NumAcc4 --treated NumAcc3,Lew,Mavro,PiDigits --by '' -y y \
        <(awk -F'\t' '$2 ~ /^(arm|NumAcc[34]|Lew|Mavro|PiDigits)$/' in.tsv) >got
    read -r _ n0 s0 q0 <<<"$(grep '^NumAcc4' state)"
    v0="(($q0 - ($s0)^2 / $n0) / ($n0 - 1))"
    row=1
    for set in NumAcc3 Lew Mavro PiDigits; do
        read -r _ n1 s1 q1 <<<"$(grep "^$set" state)"
        v1="(($q1 - ($s1)^2 / $n1) / ($n1 - 1))"
        echo "diff $(cell diff got $row) ($s1) / $n1 - ($s0) / $n0"
        echo "se $(cell se got $row) sqrt($v1 / $n1 + $v0 / $n0)"
        row=$((row + 1))
    done | reals
}
