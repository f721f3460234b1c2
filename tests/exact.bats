#!/usr/bin/env bats
# Exact numbers: one answer to the last byte, whatever the order, the cut and the machine.

load helper

# trial: 400 persons in three arms, four months, two towns; outcomes of two decimals, of 18
# digits and of 24 decimals, some of them missing.
trial()
{
    awk 'function next_one() { x = (x * 16807) % 2147483647; return x }
        BEGIN {
            print "id\tarm\ttown\tperiod\thours\tlarge\tsmall"; x = 2016
            for (i = 1; i <= 400; i++) for (m = 1; m <= 4; m++) {
                h = next_one() % 16033
                printf "pnr%03d\tarm%d\ttown%d\t2016-0%d\t%s\t%s%09d%09d\t%s0.%08d%08d%08d\n", i, i % 3, int(i / 5) % 2, m, \
                    (next_one() % 20 ? sprintf("%d.%02d", h / 100, h % 100) : "NA"), (next_one() % 2 ? "-" : ""), \
                    next_one() % 900000000 + 100000000, next_one() % 1000000000, (next_one() % 2 ? "-" : ""), \
                    next_one() % 100000000, next_one() % 100000000, next_one() % 100000000
            }
        }'
}

# evaluate FILE...: every kind of row that jf-diff has.
evaluate()
{
    jf-diff "${state[@]}" --control arm0 --treated arm2,arm1 -y hours,large,small --by period --missing drop "$@"
}

# rows FILE SEED: the table with its rows in another order.
permute()
{
    head -n 1 "$1"
    tail -n +2 "$1" | shuf --random-source=<(yes "$2")
}

@test "any order of the rows gives the same bytes" {
    trial >in.tsv
    evaluate in.tsv >want
    [ "$(wc -l <want)" -eq 25 ]
    jf-ci want >want.ci
    jf-hist --units rows --width 7 in.tsv >want.hist
    for seed in 1 2 3 4 5; do
        permute in.tsv $seed >other.tsv
        run ! cmp -s in.tsv other.tsv
        evaluate other.tsv >got
        same want got
        jf-ci got | same want.ci -
        jf-hist --units rows --width 7 other.tsv | same want.hist -
    done
    { head -n 1 in.tsv; tail -n +2 in.tsv | tac; } | evaluate | same want -
}

@test "any cut into shards gives the same bytes, through sums plain and compressed" {
    trial >in.tsv
    evaluate in.tsv >want
    cut -f 1 in.tsv | uniq >assign.tsv
    for shards in 1 2 7 64; do
        rm -rf parts sums
        mkdir parts sums
        jf-split -a assign.tsv --into 'parts/{shard}.tsv' --shards $shards in.tsv
        [ "$(find parts -name '*.tsv' | wc -l)" -le $shards ]
        for part in parts/*.tsv; do
            jf-diff --sums -y hours,large,small --missing drop -o "sums/${part#parts/}.gz" "$part"
        done
        state=(--from-sums)
        evaluate sums/*.gz >got
        same want got
        gunzip sums/*.gz
        evaluate sums/* >got
        same want got
        # shellcheck disable=SC2046 # file names, in reverse
        evaluate $(printf '%s\n' sums/* | tac) >got
        same want got
        state=()
    done
}

@test "strata through shards give the same bytes as in one go" {
    trial >in.tsv
    jf-diff --control arm0 --treated arm1,arm2 --strata town --missing drop in.tsv >want
    for ((s = 0; s < 3; s++)); do
        awk -v s=$s 'NR == 1 || NR % 3 == s' in.tsv | jf-diff --sums --strata town --missing drop >sums.$s
    done
    jf-diff --from-sums --control arm0 --treated arm1,arm2 --strata town sums.2 sums.0 sums.1 >got
    same want got
}

@test "the bytes are the same in any locale, and compressed or not" {
    trial >in.tsv
    gzip -c in.tsv >in.gz
    evaluate in.tsv | jf-ci >want
    for locale in da_DK.UTF-8 de_DE.ISO-8859-1 C.UTF-8 tr_TR.UTF-8; do
        LC_ALL=$locale LANG=$locale LC_NUMERIC=$locale evaluate in.gz | LC_ALL=$locale JF_GZIP=1 jf-ci >got
        same want got
    done
    JF_GZIP=0 evaluate in.gz | JF_GZIP=9 jf-ci | same want <(gzip -dc)
}

@test "sums and sums of squares of 18 digits and of 24 decimals are bc's, digit for digit" {
    trial >in.tsv
    jf-diff --sums --units rows --by '' -y large,small,hours --missing drop in.tsv | cut -f 1,2,3,5,6 | sort >got
    awk -F'\t' 'NR > 1 { for (i = 5; i <= 7; i++) if ($i != "NA") print i, substr($2, 4), $i }' in.tsv >cells
    {
        echo 'scale = 60'
        awk '{ k = ($1 - 5) * 3 + $2; sub(/^-/, "0-", $3); print "x = " $3 "; n[" k "] += 1; s[" k "] += x; q[" k "] += x * x" }' cells
        for k in 0 1 2 3 4 5 6 7 8; do echo "n[$k]; s[$k]; q[$k]"; done
    } | bc | sed 's/^\(-\{0,1\}\)\./\10./; s/\(\.[0-9]*[1-9]\)0*$/\1/; s/\.0*$//' | paste - - - >numbers
    {
        printf 'outcome\tarm\tn\tsum\tsumsq\n'
        for y in hours large small; do for arm in arm0 arm1 arm2; do printf '%s\t%s\n' $y $arm; done; done | paste - numbers
    } | sort >want
    same want got
}

@test "mean, sd, se, difference, df and smd are the doubles nearest to the exact values" {
    trial >in.tsv
    evaluate in.tsv | awk -F'\t' 'NR == 1 || $3 == "arm2"' >got
    jf-diff --sums -y hours,large,small --missing drop in.tsv >sums
    row=1
    for period in 1 2 3 4; do
        for y in hours large small; do
            awk -F'\t' -v p=2016-0$period -v y=$y '$1 == p && $2 == y { print $3, $4, $6, $7 }' sums >state
            read -r n0 s0 q0 <<<"$(sed -n 's/^arm0 //p' state)"
            read -r n1 s1 q1 <<<"$(sed -n 's/^arm2 //p' state)"
            v0="(($q0 - ($s0)^2 / $n0) / ($n0 - 1))"
            v1="(($q1 - ($s1)^2 / $n1) / ($n1 - 1))"
            diff="(($s1) / $n1 - ($s0) / $n0)"
            for name in mean_treated sd_treated se_treated mean_control sd_control se_control diff se df smd; do
                printf '%s %s ' $y.$name "$(cell $name got $row)"
                case $name in
                mean_treated) echo "($s1) / $n1" ;;
                mean_control) echo "($s0) / $n0" ;;
                sd_treated) echo "sqrt($v1)" ;;
                sd_control) echo "sqrt($v0)" ;;
                se_treated) echo "sqrt($v1 / $n1)" ;;
                se_control) echo "sqrt($v0 / $n0)" ;;
                diff) echo "$diff" ;;
                se) echo "sqrt($v1 / $n1 + $v0 / $n0)" ;;
                df) echo "($v1 / $n1 + $v0 / $n0)^2 / (($v1 / $n1)^2 / ($n1 - 1) + ($v0 / $n0)^2 / ($n0 - 1))" ;;
                smd) echo "$diff / sqrt(($v1 + $v0) / 2)" ;;
                esac
            done
            row=$((row + 1))
        done
    done >lines
    [ "$(wc -l <lines)" -eq 120 ]
    reals <lines
}

@test "a double is written with the fewest digits that read back as the same double" {
    trial >in.tsv
    evaluate in.tsv | columns mean_treated,sd_treated,se_control,diff,se,df,smd /dev/stdin | sed 1d | tr '\t' '\n' >got
    [ "$(wc -l <got)" -eq 168 ]
    awk '{
        digits = $1; sub(/e.*/, "", digits); gsub(/[-.]/, "", digits); sub(/^0+/, "", digits)
        if ($1 !~ /e/ && $1 !~ /\./) sub(/0+$/, "", digits)
        shorter = length(digits) > 1 ? sprintf("%." (length(digits) - 1) "g", $1) : ""
        if (length(digits) > 17 || shorter != "" && shorter + 0 == $1 + 0) { print $1; bad = 1 }
    } END { exit bad }' got
}

@test "a number beyond what is taken is an error, never rounded" {
    for cell in 0.0000000000000000000000000000000000001 1e-40 1e60 \
        123456789012345678901234567890123456789012345 1.0000000000000000000000000000000000000000000001; do
        printf 'id\tarm\tperiod\thours\npnr01\ta\t1\t%s\npnr02\tb\t1\t1\n' "$cell" >in.tsv
        refuses 1 'in.tsv:2: hours: ' jf-diff --control b in.tsv
        refuses 1 'in.tsv:2: hours: ' jf-cumsum in.tsv
        refuses 1 'in.tsv:2: hours: ' jf-hist --width 1 in.tsv
    done
    printf 'id\tarm\tperiod\thours\na\ta\t1\t123456789012.123456789012345678901234\nb\tb\t1\t000000000000000000000000000000000000000000001.500000\n' |
        jf-diff --sums | cut -f 6 >got
    printf '%s\n' sum 123456789012.123456789012345678901234 1.5 | same - got
}

@test "1.5e-3, +.0015, 0.00150 and 15E-4 are one number" {
    for cell in 1.5e-3 +.0015 0.00150 15E-4 0.15e-02 1500e-6 0000.0015; do
        printf 'id\tarm\tperiod\thours\npnr01\ta\t1\t%s\npnr02\tb\t1\t-0.0\n' "$cell" | jf-diff --sums | cut -f 6,7 >got
        printf 'sum\tsumsq\n0.0015\t0.00000225\n0\t0\n' | same - got
    done
}
