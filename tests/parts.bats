#!/usr/bin/env bats
# Sums that are made apart: all parts, each once and whole, or no table.

load helper

# 400 persons, three months, two towns; the ids end in the part of 20 that they are of.
setup_file()
{
    awk -v OFS='\t' 'BEGIN { print "id", "arm", "town", "period", "hours"; x = 3
        for (i = 1; i <= 400; i++) for (m = 1; m <= 3; m++) { x = (x * 16807) % 2147483647
            print "pnr" i, i % 3 ? "d" : "k", i % 7 < 3 ? "A" : "B", "2016-0" m, x % 160 } }' >"$BATS_FILE_TMPDIR/all.tsv"
}

setup()
{
    cd "$BATS_TEST_TMPDIR" || return
    quick
    table=$BATS_FILE_TMPDIR/all.tsv
    how=(--by "town,period")
    all=(jf-diff --control k "${how[@]}" --from-sums)
}

# part I N RUN [FILE]: the sealed sums of a part.
part()
{
    awk -F'\t' -v i="$1" -v n="$2" 'NR == 1 || (substr($1, 4) - 1) % n == i - 1' "${4:-$table}" |
        jf-diff --sums "${how[@]}" --seal "$1/$2" --run "$3"
}

# parts N: s1 ... sN.
parts()
{
    rm -f s*
    for ((i = 1; i <= $1; i++)); do part $i "$1" jan >s$i; done
}

@test "sealed parts add up to the bytes of one machine, in any order, and behind each other" {
    jf-diff --control k "${how[@]}" "$table" >want
    for n in 1 2 7 20; do
        parts $n
        "${all[@]}" s* >got
        same want got
        # shellcheck disable=SC2046 # words are wanted
        "${all[@]}" --parts $n $(printf '%s\n' s* | sort -r) | same want -
        cat s* | "${all[@]}" | same want -
        for file in s*; do gzip -n -c "$file"; done | "${all[@]}" | same want -
        refuses 1 "$n part* came, and --parts says 21" "${all[@]}" --parts 21 s*
    done
}

@test "a part carries its number and its run, and a seal that counts its rows and what was read" {
    part 3 20 jan >got
    head -n 1 got | tr '\t' ' ' >names
    echo 'town period outcome arm n missing sum sumsq part run' | same - names
    [ "$(tail -n 1 got)" = $'NA\tNA\t#part\tNA\t'"$(($(wc -l <got) - 2))"$'\tNA\t60\tNA\t3/20\tjan' ]
    [ "$(sed '1d;$d' got | cut -f 9,10 | sort -u)" = $'3/20\tjan' ]
    # without a run there is no such column; without a row there is a seal
    head -n 1 "$table" | jf-diff --sums "${how[@]}" --seal 1/1 | tail -n 1 >got
    printf 'NA\tNA\t#part\tNA\t0\tNA\t0\tNA\t1/1\n' | same - got
    for threads in 1 4; do
        jf-diff -j $threads --sums --by period --seal 1/1 "$table" | tail -n 1 | cut -f 4,6 >got
        printf '6\t1200\n' | same - got
    done
}

@test "a part that is missing, doubled, cut, of another run or another cut is refused, and named" {
    for n in 2 7 20; do
        parts $n
        for ((i = 1; i <= n; i++)); do
            mv s$i kept
            refuses 1 "1 of $n parts is missing: $i; run them again" "${all[@]}" s*
            cp kept s$i; cp kept s.again
            refuses 1 "1 of $n parts came twice: $i; run them again" "${all[@]}" s*
            rm s.again
            for line in 2 '$'; do
                sed "${line}d" kept >s$i
                refuses 1 "1 of $n parts is cut or has other rows: $i; run them again" "${all[@]}" s*
            done
            sed '2p' kept >s$i
            refuses 1 "1 of $n parts is cut or has other rows: $i; run them again" "${all[@]}" s*
            [ $n -gt 2 ] || { mv kept s$i; continue; }
            part $i $n feb >s$i
            refuses 1 "1 of $n parts is of another run: $i; run them again" "${all[@]}" s*
            part $i $((n + 1)) jan >s$i
            refuses 1 "1 of $n parts is of another cut: $i" "${all[@]}" s*
            mv kept s$i
        done
    done
    # the same part under another number
    sed 's,\t2/20\t,\t02/20\t,' s2 >s.again
    refuses 1 "s.again:2: part: '02/20' is no part I/N" "${all[@]}" s*
    rm s.again
    rm s3 s17 s5
    sed '$d' s7 >less && mv less s7
    refuses 1 '3 of 20 parts are missing: 3,5,17, 1 of 20 parts is cut or has other rows: 7; run them again' "${all[@]}" s*
    head -n 1 s1 >empty
    refuses 1 'empty: no part has come, not even its seal' "${all[@]}" empty
}

@test "parts that were all made of the whole extract are refused" {
    for n in 2 5; do
        rm -f s*
        for ((i = 1; i <= n; i++)); do jf-diff --sums "${how[@]}" --seal $i/$n "$table" >s$i; done
        refuses 1 "all $n parts have the same sums: was the extract cut?" "${all[@]}" s*
    done
    # of many keys with few persons each, and read with another outcome than the first
    awk -F'\t' -v OFS='\t' '{ $3 = NR == 1 ? "town" : "t" substr($1, 4) % 40; $6 = NR == 1 ? "any" : 1 } 1' "$table" >towns
    for ((i = 1; i <= 3; i++)); do jf-diff --sums --by period,town -y hours,any --seal $i/3 towns >t$i; done
    for outcomes in hours any hours,any; do
        refuses 1 'all 3 parts have the same sums' jf-diff --control k --by period,town --from-sums -y $outcomes t1 t2 t3
    done
    # few persons may have the same sums, and parts without any have
    awk -F'\t' 'NR == 1 || $1 == "pnr1"' "$table" >few
    rm -f s*
    for i in 1 2 3; do jf-diff --sums "${how[@]}" --seal $i/4 few >s$i; done
    awk -F'\t' 'NR == 1 || $1 == "pnr3"' "$table" | jf-diff --sums "${how[@]}" --seal 4/4 >s4
    "${all[@]}" s* >got
    [ -s got ]
}

@test "without seals streams can be counted, and what is half sealed is refused" {
    for i in 1 2 3; do part $i 3 jan | cut -f 1-8 | grep -v '#part' >s$i; done
    jf-diff --control k "${how[@]}" "$table" >want
    "${all[@]}" --parts 3 s1 s2 s3 | same want -
    cat s1 s2 s3 | "${all[@]}" --parts 3 | same want -
    refuses 1 '2 streams of sums came, and --parts says 3' "${all[@]}" --parts 3 s1 s2
    part 1 3 jan >sealed
    { cat sealed; sed '1d; s/$/\t\t/' s2; } >half
    refuses 1 "half:*part: '' is no part I/N" "${all[@]}" half
}

@test "sums that were made with other keys or strata are refused" {
    jf-diff --sums --by period --strata town "$table" >sums
    refuses 1 "column 'town' is no key, no stratum, no cluster and no sum; give --by, --strata and --cluster as they were given to --sums" \
        jf-diff --control k --by period --from-sums sums
    jf-diff --control k --by period --strata town --from-sums sums >got
    jf-diff --control k --by period --strata town "$table" | same got -
    jf-diff --sums --by period "$table" >sums
    refuses 1 "no column 'town'" jf-diff --control k --by period --strata town --from-sums sums
}

@test "--flow holds the persons of the sums against those who were kept" {
    printf 'stage\td\tk\nassigned\t267\t133\nfound\t267\t133\nnot_found\t0\t0\nkept\t260\t133\nabsent_kept\t7\t0\n' >flow
    parts 7
    "${all[@]}" s* >want
    "${all[@]}" --flow flow s* | same want -
    sed 's/^kept\t260/kept\t261/' flow >larger
    refuses 1 "'2016-01', 'hours' of arm 'd': the sums hold 267 persons, the flow in larger kept 268" "${all[@]}" --flow larger s*
    # of a month some are gone, in every part
    awk -F'\t' '$1 != "pnr4" || $4 != "2016-02"' "$table" | jf-diff --sums "${how[@]}" >gone
    refuses 1 "'2016-02', 'hours' of arm 'd': the sums hold 266 persons, the flow in flow kept 267" "${all[@]}" --flow flow gone
    sed 's/^absent_kept.*/absent_kept\t<5\t0/' flow >masked
    refuses 1 "masked:6: d: '<5' is no count; give the flow that was written without --min-cell" "${all[@]}" --flow masked s*
    sed '$d' flow >old
    refuses 1 'old: no row kept or absent_kept; write the flow anew' "${all[@]}" --flow old s*
    sed '1s/k/other/' flow >arms
    refuses 1 "no arm 'k' in the flow" "${all[@]}" --flow arms s*
}

@test "options of parts that do not go together are wrong usage" {
    while IFS='|' read -r message options; do
        # shellcheck disable=SC2086 # words are meant
        refuses 2 "$message" jf-diff --control k $options "$table"
    done <<'END'
--seal goes with --sums|--seal 1/2
--run goes with --seal|--sums --run x
--parts goes with --from-sums|--sums --parts 3
--flow goes with --from-sums|--flow x
--sums and --from-sums exclude each other|--sums --from-sums
--seal: I/N was expected|--sums --seal 3
--seal: I/N was expected|--sums --seal 0/3
--seal: I/N was expected|--sums --seal 4/3
--seal: I/N was expected, as 3/20, I from 1 to N, no zero in front|--sums --seal 03/20
--seal: I/N was expected|--sums --seal 1/100001
--min-cell cannot mask|--sums --seal 1/2 --min-cell 5
END
}

# hist I N FILE...: sealed counts of a part.
hist()
{
    awk -F'\t' -v i="$1" -v n="$2" 'NR == 1 || (substr($1, 4) - 1) % n == i - 1' "$table" |
        jf-hist --by "period,arm" --sums --seal "$1/$2" "${@:3}"
}

@test "jf-hist: counts of parts add up to the bytes of one machine, with the bins that come with them" {
    awk -F'\t' -v OFS='\t' 'NR > 1 { if ($5 == 7) $5 = "NA"; else $5 -= 30 } 1' "$table" >shifted.tsv
    table=shifted.tsv
    while read -r -a bins; do
        jf-hist --by "period,arm" "${bins[@]}" "$table" >want
        for n in 1 2 7 20; do
            rm -f s*[0-9]
            for ((i = 1; i <= n; i++)); do hist $i $n "${bins[@]}" >s$i; done
            jf-hist --by "period,arm" --from-sums s*[0-9] | same want -
            cat s*[0-9] | jf-hist --by "period,arm" --from-sums --parts $n | same want -
        done
        jf-hist --by "period,arm" "${bins[@]}" --min-cell 5 "$table" >want
        jf-hist --by "period,arm" --from-sums --min-cell 5 s*[0-9] | same want -
    done <<'END'
--width 20
--width 12.5 --from -10
--width 10 --from -40 --to 100
--width 20 --keep-zero
--breaks -5,0,20.5,100
--breaks -5,0,20.5,100 --keep-zero
END
    jf-hist --by "period,arm" --drop-zero --width 20 "$table" >want
    for i in 1 2; do hist $i 2 --width 20 >s$i; done
    jf-hist --by "period,arm" --drop-zero --from-sums s1 s2 | same want -
}

@test "jf-hist: counts of other bins, another outcome, another key or a part that is gone are refused" {
    for i in 1 2 3; do hist $i 3 --width 20 >s$i; done
    refuses 1 '1 of 3 parts is missing: 2; run them again' jf-hist --by period,arm --from-sums s1 s3
    hist 2 3 --width 25 >s2
    refuses 1 "s2:2: bins: the bins are 'width 25', and those of the first row 'width 20'; make all sums with the same" \
        jf-hist --by period,arm --from-sums s1 s2 s3
    refuses 1 "column 'period' is no key" jf-hist --by arm --from-sums s1
    hist 2 3 --width 20 | sed 's/hours/days/' >s2
    refuses 1 "s2:2: outcome: outcome 'days' beside 'hours'" jf-hist --by period,arm --from-sums s1 s2 s3
    hist 2 3 --width 20 | sed '2s/\t[0-9a-z]*\twidth/\tx\twidth/' >s2
    refuses 1 "'x' is no bin; are these sums of jf-hist?" jf-hist --by period,arm --from-sums s1 s2 s3
    hist 2 3 --width 20 | sed 's/width 20/width x/' >s2
    refuses 1 "'width x' are no bins" jf-hist --by period,arm --from-sums s2
    head -n 1 s1 >none
    refuses 1 'none: no part has come' jf-hist --by period,arm --from-sums none
    cut -f 1-7 none >unsealed
    refuses 1 'nothing says what the bins are' jf-hist --by period,arm --from-sums unsealed
    while IFS='|' read -r message options; do
        # shellcheck disable=SC2086 # words are meant
        refuses 2 "$message" jf-hist $options s1
    done <<'END'
the bins come with the sums|--from-sums --width 20
the bins come with the sums|--from-sums --breaks 0,1
the bins come with the sums|--from-sums --keep-zero
--sums are exact and whole|--sums --width 5 --min-cell 5
--units and --from-sums|--from-sums --units rows
END
}
