#!/usr/bin/env bats
# Persons, not rows: who stands twice in a key is seen, or may be missed with a chance that the
# page states; nobody is accused who stands there once.

load helper

ADVICE='a person is counted once: say --by period where a row is a month (or jf-hours --per window before this), --id COL where column 1 holds no ids, --units rows where rows are the units'

# people PERSONS MONTHS [DOUBLES]: a row a person and month, by person; of DOUBLES, an expression of
# the person i and the month m, two.
people()
{
    awk -v persons="$1" -v months="$2" 'BEGIN { print "id\tarm\tperiod\thours"
        for (i = 1; i <= persons; i++) for (m = 1; m <= months; m++) {
            row = sprintf("pnr%06d\t%s\t%d\t%d", i, i % 2 ? "t" : "c", m, i * m % 97)
            print row; if ('"${3:-0}"') print row } }'
}

# by_month, mixed: the rows of stdin in another order.
by_month()
{
    IFS= read -r header; printf '%s\n' "$header"; sort -t "$(printf '\t')" -s -k 3,3n
}
mixed()
{
    IFS= read -r header; printf '%s\n' "$header"; shuf --random-source=<(yes "${1:-1}")
}

# alike COMMAND...: exit code, output and message are those of one thread, for others too.
alike()
{
    local threads code=0 other
    "$@" -j 1 >out.1 2>err.1 || code=$?
    for threads in 2 3 8; do
        other=0
        "$@" -j $threads >out 2>err || other=$?
        [ "$code" -eq "$other" ] && same err.1 err && cmp out.1 out || return 1
    done
    got=$code
}

@test "months of persons do not pass for persons: an error, with the keys and how many, and no id" {
    people 20 3 >in.tsv
    refuses 1 "jf-diff: at least 20 persons stand twice; $ADVICE" jf-diff --control c --by '' in.tsv
    refuses 1 "jf-diff: 'c' and 1 other key: at least 20 persons stand twice; $ADVICE" jf-diff --control c --by group=arm in.tsv
    refuses 1 "jf-hist: 'c' and 1 other key: at least 20 persons stand twice; $ADVICE" jf-hist --width 10 in.tsv
    refuses 1 "jf-diff: at least 20 persons stand twice" jf-diff --sums --by '' in.tsv
    jf-diff --control c in.tsv >got
    [ "$(columns n_treated,n_control got | sort -u | head -n 1)" = $'10\t10' ]
    jf-hist --width 10 --by arm,period in.tsv >got
    people 20 12 'i == 7 && m % 2 == 1' >in.tsv
    refuses 1 "jf-diff: '1' and 5 other keys: at least 1 person stands twice; $ADVICE" jf-diff --control c in.tsv
    people 20 12 'i == 7 && m == 11' | mixed >in.tsv
    refuses 1 "jf-diff: '11': at least 1 person stands twice; $ADVICE" jf-diff --control c in.tsv
    refuses 1 "jf-diff: 't 11': at least 1 person stands twice; $ADVICE" jf-diff --control c --by group=arm,period in.tsv
}

@test "a person twice in a key is one in whatever arm, stratum or outcome" {
    for second in 'd\tA\t1' 'k\tA\t1' 'd\tB\t1' 'd\tA\tNA'; do
        printf 'id\tarm\ttown\thours\npnr1\td\tA\t1\npnr2\td\tA\t2\npnr3\tk\tA\t3\npnr4\tk\tA\t4\npnr1\t%b\n' "$second" >in.tsv
        for options in '' '--strata town'; do
            # shellcheck disable=SC2086 # words are meant
            refuses 1 'at least 1 person stands twice' jf-diff --control k --by '' --missing drop $options in.tsv
        done
        refuses 1 'at least 1 person stands twice' jf-hist --by '' --width 1 in.tsv
    done
}

@test "rows are counted where they are the units, and ids may stand in any column" {
    people 20 3 >in.tsv
    jf-diff --units rows --control c --by '' in.tsv >got
    [ "$(cell n_treated got)" -eq 30 ]
    jf-hist --units rows --width 10 in.tsv | awk -F'\t' 'NR > 1 { n += $4 } END { exit n != 60 }'
    awk -F'\t' -v OFS='\t' '{ print $2, $3, $4, $1 }' in.tsv >last.tsv
    jf-diff --control c in.tsv >want
    jf-diff --control c --id id last.tsv | same want -
    refuses 1 "'c' and 1 other key: at least 20 persons" jf-diff --control c --by group=arm --id id last.tsv
    says='holds no ids; say --id COL, or --units rows where a row is a person'
    refuses 1 "last.tsv:1: column 1, the arm, $says" jf-diff --control c last.tsv
    refuses 1 "last.tsv:1: column 1, a key, $says" jf-hist --width 1 last.tsv
    refuses 1 "in.tsv:1: column 1, a key, $says" jf-diff --control c --by period,id in.tsv
    refuses 1 "in.tsv:1: column 1, a stratum, $says" jf-diff --control c --strata id in.tsv
    refuses 1 "in.tsv:1: column 1, an outcome, $says" jf-diff --control c -y hours,id in.tsv
    refuses 1 "in.tsv:1: column 1, the outcome, $says" jf-hist --width 1 -y id in.tsv
    refuses 1 "in.tsv:1: column 'period' is --id and a key; say another --id" jf-diff --control c --id period in.tsv
    refuses 1 "in.tsv:1: no column 'idd'*did you mean 'id'" jf-diff --control c --id idd in.tsv
    jf-diff --sums in.tsv >sums.tsv
    refuses 2 '--id and --from-sums' jf-diff --from-sums --id id --control c sums.tsv
    refuses 2 '--units and --from-sums' jf-diff --from-sums --units rows --control c sums.tsv
}

@test "in any order, by any number of threads, who stands twice is seen and nobody else" {
    for size in '2000 30' '4000 24'; do # 60,000 pairs, which are all held, and 96,000
        # shellcheck disable=SC2086 # words are meant
        people $size >once.tsv
        # shellcheck disable=SC2086 # words are meant
        people $size 'i % 10 == 3' >tenth.tsv
        for order in cat by_month mixed; do
            $order <once.tsv >in.tsv
            alike jf-diff --control c in.tsv
            [ "$got" -eq 0 ]
            $order <tenth.tsv >in.tsv
            alike jf-diff --control c in.tsv
            [ "$got" -eq 1 ]
            grep -q 'persons stand twice' err.1
        done
    done
    # but for neighbours, the message is that of the set of rows
    { cat once.tsv; sed 1d once.tsv | awk -F'\t' 'NR % 7 == 0'; } >in.tsv
    jf-diff --control c in.tsv 2>want && return 1
    for seed in 1 2 3; do
        mixed $seed <in.tsv | awk -F'\t' '$1 == id && $3 == m { kept = kept $0 "\n"; next } { id = $1; m = $3; print }
            END { printf "%s", kept }' >other.tsv
        alike jf-diff --control c other.tsv
        same want err.1
    done
}

@test "of 65,536 pairs one that stands twice is always seen, of more as often as the page says" {
    people 16384 4 >once.tsv
    for line in 2 30001 65537; do
        { cat once.tsv; sed -n "${line}p" once.tsv; } >in.tsv
        refuses 1 'at least 1 person stands twice' jf-diff --control c in.tsv
    done
    people 20000 8 >once.tsv # 160,000 pairs: a chance of 0.1024
    seen=0
    for ((line = 5; line < 160000; line += 1601)); do
        { cat once.tsv; sed -n "${line}{p;q}" once.tsv; } >in.tsv
        jf-diff --control c in.tsv >got 2>err || { grep -q 'at least 1 person stands twice' err; seen=$((seen + 1)); }
    done
    echo "$seen of 100"
    [ $seen -ge 2 ] && [ $seen -le 22 ]
}

@test "two rows of a person that follow each other are always seen, at the seams of threads too" {
    # lines of 64 bytes: a thread's share ends every 4,096 of them; 100,000 persons, one key
    awk 'BEGIN { printf "id%051d\tarm\thours\n", 0; for (i = 1; i <= 100000; i++) printf "pnr%06d\t%s\t%051d\n", i, i % 2 ? "t" : "c", 1 }' >once.tsv
    [ "$(wc -c <once.tsv)" -eq $((64 * 100001)) ]
    for line in 2 3 4094 4095 4096 4097 4098 4099 8190 8191 8192 8193 20000 99999 100001; do
        sed "${line}p" once.tsv >in.tsv
        alike jf-diff --control c --by '' in.tsv
        [ "$got" -eq 1 ] || { echo "line $line"; return 1; }
    done
    # rows at the seams that are not of shares beside each other do not follow: this one is in no sample
    awk 'NR > 1 { r = NR - 1; k = int((r - 1) / 4096); at = r - 4096 * k
        if (k % 2 == 0 && (at == 1 || at == 4096)) sub(/^pnr[0-9]*/, "pnr000051") } 1' once.tsv >in.tsv
    [ "$(grep -c '^pnr000051' in.tsv)" -gt 20 ]
    alike jf-diff --control c --by '' in.tsv
    [ "$got" -eq 0 ]
    # and from one file to the next
    head -n 1 once.tsv >two.tsv
    { tail -n 1 once.tsv; sed -n 50p once.tsv; } >>two.tsv
    alike jf-diff --control c --by '' once.tsv two.tsv
    [ "$got" -eq 1 ]
    # long ids, too
    sed 's/^pnr/pnr-of-the-register-/' once.tsv | sed 70000p >in.tsv
    alike jf-diff --control c --by '' in.tsv
    [ "$got" -eq 1 ]
    sed 's/^pnr/pnr-of-the-register-/' once.tsv >in.tsv
    alike jf-diff --control c --by '' in.tsv
    [ "$got" -eq 0 ]
}

@test "ids of any bytes and length are told apart" {
    awk 'BEGIN { print "id\tarm\thours"; for (i = 0; i < 40; i++) { id = ""; for (j = 0; j < i; j++) id = id "0"
        for (k = 0; k < 3; k++) print "x" id substr("abc", k + 1, 1) "\t" (k % 2 ? "t" : "c") "\t" k } }' >in.tsv
    jf-diff --control c --by '' in.tsv >got
    [ "$(columns n_treated,n_control got | tail -n 1)" = $'40\t80' ]
    printf 'id\tarm\thours\n\tc\t1\n1\tc\t1\n 1\tt\t2\n1 \tt\t3\n' | jf-diff --control c --by '' >got
    [ "$(columns n_treated,n_control got | tail -n 1)" = $'2\t2' ]
}

@test "labels of strata and keys that differ only in outer blanks are told with both and the line" {
    for blank in ' ' '  ' $'\302\240' $'\342\200\213' $'\357\273\277' $'\240'; do
        printf 'id\tarm\ttown\tperiod\thours\nx1\tt\tA\t1\t1\nx2\tc\tA%s\t1\t2\nx3\tc\tA\t1\t3\n' "$blank" >in.tsv
        alike jf-diff --control c --strata town in.tsv
        [ "$(cat err.1)" = "jf-diff: in.tsv:3: town: 'A$blank' and 'A' (line 2) differ only in outer blanks; mend the label" ]
        alike jf-diff --control c --by town in.tsv
        [ "$got" -eq 1 ]
        alike jf-hist --width 1 --by arm,town in.tsv
        [ "$(cat err.1)" = "jf-hist: in.tsv:3: town: 'A$blank' and 'A' (line 2) differ only in outer blanks; mend the label" ]
        sed 's/\tA/\t'"$blank"'A/; 4s/\t'"$blank"'A/\tA/' in.tsv >front.tsv
        [ "$blank" = $'\240' ] || refuses 1 'differ only in outer blanks' jf-diff --control c --strata town front.tsv
        # a label of blanks alone is a missing one
        sed "2s/A/$blank/" in.tsv >none.tsv
        refuses 1 'none.tsv:2: town: a missing stratum; ' jf-diff --control c --strata town none.tsv
    done
    # without a control arms are labels as any other; a blank inside is none of these
    printf 'id\tarm\thours\nx1\tt\t1\nx2\tt \t2\n' >in.tsv
    refuses 1 "in.tsv:3: arm: 't ' and 't' (line 2) differ only in outer blanks" jf-diff --sums --by '' in.tsv
    printf 'id\tarm\tk\thours\nx1\tt\tn y\t1\nx2\tc\tny\t1\nx3\tc\t\303\240\t1\nx4\tc\t\303\t1\n' | jf-diff --control c --by k >got
    [ "$(wc -l <got)" -eq 5 ]
    # of sums as well
    printf 'town\toutcome\tarm\tn\tmissing\tsum\tsumsq\nA\thours\tt\t2\t0\t1\t1\nA \thours\tc\t2\t0\t1\t1\n' >sums.tsv
    refuses 1 "sums.tsv:3: town: 'A ' and 'A' (line 2)" jf-diff --from-sums --by town --control c sums.tsv
}

@test "a missing key or stratum is an error, however it is written" {
    for nothing in '' . NA '\N' ' NA'; do
        printf 'id\tarm\ttown\tperiod\thours\nx1\tt\tA\t1\t1\nx2\tc\t%s\t1\t2\n' "$nothing" >in.tsv
        refuses 1 'in.tsv:3: town: a missing stratum; mend the cell, or leave such rows out before' \
            jf-diff --control c --strata town --missing drop in.tsv
        refuses 1 'in.tsv:3: town: a missing key; mend the cell, or leave such rows out before' jf-diff --control c --by period,town in.tsv
        refuses 1 'in.tsv:3: town: a missing key; ' jf-hist --width 1 --by town in.tsv
    done
}
