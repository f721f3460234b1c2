#!/usr/bin/env bats
# Parts of a file, each read by a machine of its own: every row is in one, no person is cut.

export NEEDS='fault/cuts bench/reads'
load helper

# 300 persons of 1 to 9 rows, every third of them in the list; plain, and in small blocks of BGZF.
setup_file()
{
    cd "$BATS_FILE_TMPDIR" || return
    awk -v OFS='\t' 'BEGIN { print "pnr", "period", "hours", "grad_2016_01", "grad_2016_02"; x = 3
        for (i = 1; i <= 300; i++) for (m = 1; m <= 1 + i * 7 % 9; m++) { x = (x * 16807) % 2147483647
            print "p" i, "2016-0" m, x % 160, x % 7 / 10, (x % 3 ? "" : 1) } }' >long.tsv
    awk -F'\t' 'NR == 1 || $2 == "2016-01"' long.tsv >wide.tsv
    awk -v OFS='\t' 'BEGIN { print "pnr", "arm"; for (i = 1; i <= 300; i += 3) print "p" i, i % 2 ? "d" : "k"
        print "p0", "k" }' >list.tsv
    for form in long wide; do
        { head -c 1000 $form.tsv | blocks; tail -c +1001 $form.tsv | blocks; } >$form.tsv.gz
    done
}

# blocks: stdin as BGZF of blocks of some 700 bytes of text.
blocks()
{
    local text
    while text=$(head -c 700; echo x) && [ "$text" != x ]; do
        printf %s "${text%x}" | jf_block
    done
    printf '\37\213\10\4\0\0\0\0\0\377\6\0BC\2\0\33\0\3\0\0\0\0\0\0\0\0\0'
}

# jf_block: stdin as one block.
jf_block()
{
    gzip -n -9 | tail -c +11 >"$BATS_FILE_TMPDIR/packed"
    local size=$(($(wc -c <"$BATS_FILE_TMPDIR/packed") + 17))
    printf '\37\213\10\4\0\0\0\0\0\377\6\0BC\2\0'
    bytes "$size"
    cat "$BATS_FILE_TMPDIR/packed"
}

# bytes N: as two bytes, the low one first.
bytes()
{
    # shellcheck disable=SC2059 # an octal escape is made
    printf "\\$(printf '%03o' $(($1 % 256)))\\$(printf '%03o' $(($1 / 256)))"
}

# stored FILE: it as one block that is not packed, so that its bytes stand in there as they are.
stored()
{
    local length
    length=$(wc -c <"$1")
    printf '\37\213\10\4\0\0\0\0\0\377\6\0BC\2\0'
    bytes $((length + 30))
    printf '\1'
    bytes "$length"
    bytes $((65535 - length))
    cat "$1"
    gzip -n <"$1" | tail -c 8
}

# head_of N: the head of a block of N bytes.
head_of()
{
    printf '\37\213\10\4\1\1\1\1\1\1\6\0BC\2\0'
    bytes $(($1 - 1))
}

setup()
{
    cd "$BATS_TEST_TMPDIR" || return
    quick
    dir=$BATS_FILE_TMPDIR
    split=(jf-split -a "$dir/list.tsv" --take '')
}

# parts N COMMAND...: what the parts write behind each other, under one header.
parts()
{
    local n=$1 i
    shift
    for ((i = 1; i <= n; i++)); do
        "$@" --part "$i/$n" >part$i || return
        [ "$i" -eq 1 ] && cat part$i || tail -n +2 part$i
    done
}

@test "parts of random tables have each row once, and cut no person" { # make cuts tries 10,000
    run -0 "$JF_BUILD/fault/cuts" 1 60 "$(command -v jf-split)"
    [[ ${lines[-1]} == 60\ cases*each\ its\ rows ]]
}

@test "parts put behind each other are the whole, of every reader, for any number of threads" {
    for n in 1 2 7 31; do
        for form in .tsv .tsv.gz; do
            for threads in 1 3; do
                parts $n "${split[@]}" --all -j $threads "$dir/long$form" | same "$dir/long.tsv" -
                parts $n jf-hours --missing na -j $threads "$dir/wide$form" >got
                jf-hours --missing na "$dir/wide.tsv" | same - got
                parts $n jf-amounts --wide grad_%Y_%m --missing zero -j $threads "$dir/wide$form" >got
                jf-amounts --wide grad_%Y_%m --missing zero "$dir/wide.tsv" | same - got
                long=(--long --period period --value hours --missing zero --from 2016-01 --to 2016-09)
                parts $n jf-amounts "${long[@]}" -j $threads "$dir/long$form" >got
                jf-amounts "${long[@]}" "$dir/long.tsv" | same - got
            done
        done
    done
}

@test "weeks of parts are those of the whole" {
    table >codes.tsv <<'END'
id y_1601 y_1602 y_1603
a 111 _ 730
b 730 730 730
c _ _ 111
d 111 111 111
END
    table >states.tsv <<'END'
from to state
111 111 work
730 730 leave
- - none
END
    jf-weeks --states states.tsv codes.tsv >want
    for n in 2 3 9; do
        parts $n jf-weeks --states states.tsv codes.tsv | same want -
    done
}

@test "files that each have a header are shared out as one" {
    head -n 400 "$dir/long.tsv" >one.tsv
    { head -n 1 "$dir/long.tsv"; tail -n +401 "$dir/long.tsv" | head -n 3; } >two.tsv
    head -n 1 "$dir/long.tsv" >none.tsv
    { head -n 1 "$dir/long.tsv"; tail -n +404 "$dir/long.tsv"; } | blocks >three.tsv.gz
    for n in 1 3 20; do
        parts $n "${split[@]}" --all one.tsv two.tsv none.tsv three.tsv.gz | same "$dir/long.tsv" -
    done
    sed '1s/hours/weeks/' two.tsv >other.tsv
    run -1 parts 3 "${split[@]}" --all one.tsv other.tsv three.tsv.gz
    [[ $output == *"other.tsv:1: "* ]]
}

@test "a small jf-split over the parts says what one over the whole says" {
    for i in 1 2 3 4 5; do
        "${split[@]}" --part $i/5 "$dir/long.tsv.gz" >part$i
    done
    for how in '--absent keep' '--absent keep --min-cell 3' '--absent drop --where period=2016-02,2016-03' \
        '--absent drop --where arm=d' '--absent drop --where hours=1,none'; do
        read -ra options <<<"$how"
        jf-split -a "$dir/list.tsv" "${options[@]}" --flow want.flow "$dir/long.tsv" >want 2>want.said
        jf-split -a "$dir/list.tsv" "${options[@]}" --flow got.flow part[1-5] >got 2>got.said
        same want got
        same want.flow got.flow
        sed 's/long.tsv/part5/; s/^jf-split: [^ ]*part5/part5/' want.said >want
        sed 's/^jf-split: [^ ]*part5/part5/' got.said | same want -
    done
    refuses 1 'an id that stood before' jf-split -a "$dir/list.tsv" --absent drop --once part[1-5]
    refuses 1 'none' jf-split -a "$dir/list.tsv" --absent drop --where hours=none part[1-5]
    refuses 1 '1 of 101 persons has no row' jf-split -a "$dir/list.tsv" part[1-5]
    # --where in a part leaves rows out there, and what no row of the part has is no error of its
    "${split[@]}" --where hours=none --part 2/5 "$dir/long.tsv" >got
    head -n 1 "$dir/long.tsv" | same - got
    refuses 2 'say them to the jf-split that reads these' "${split[@]}" --once --part 2/5 "$dir/long.tsv"
    refuses 2 'say them to the jf-split that reads these' "${split[@]}" --absent keep --part 2/5 "$dir/long.tsv"
    refuses 2 'mask their sum' "${split[@]}" --flow flow --min-cell 3 --part 2/5 "$dir/long.tsv"
}

@test "damaged ids are an error of the part that sees them, and of no other" {
    awk -F'\t' -v OFS='\t' '{ $1 = NR == 1 ? $1 : sprintf("%04d", substr($1, 2)) } 1' "$dir/long.tsv" >four.tsv
    awk -F'\t' -v OFS='\t' '$1 ~ /^0/ && NR > 1400 { sub(/^0*/, "", $1) } 1' four.tsv >bad.tsv
    awk -F'\t' -v OFS='\t' '{ $1 = NR == 1 ? $1 : sprintf("%04d", substr($1, 2)) } 1' "$dir/list.tsv" >list.tsv
    jf-split -a list.tsv --take '' --part 1/9 bad.tsv >/dev/null
    refuses 1 'that the extract has only with other leading zeros' jf-split -a list.tsv --take '' --part 9/9 bad.tsv
}

@test "the flows of parts add up" {
    jf-split -a "$dir/list.tsv" --absent keep --flow whole "$dir/long.tsv" >/dev/null
    for i in 1 2 3 4 5 6; do
        "${split[@]}" --part $i/6 --flow flow$i "$dir/long.tsv.gz" >/dev/null
        [ "$(cut -f 1 flow$i | tr '\n' ' ')" = 'stage found kept ' ]
    done
    cat flow[1-6] | awk -F'\t' -v OFS='\t' '$1 == "stage" { head = $0; next } { for (i = 2; i <= NF; i++) n[$1, i] += $i }
        END { print head; print "found", n["found", 2], n["found", 3]; print "kept", n["kept", 2], n["kept", 3] }' >got
    grep -E '^(stage|found|kept)' whole | same - got
}

@test "a part may hold nobody, and one person may be larger than a part" {
    awk 'BEGIN { print "pnr\tx"; for (i = 0; i < 3000; i++) print "p4\t" i; print "p7\t1" }' >one.tsv
    parts 9 "${split[@]}" one.tsv | same one.tsv -
    [ "$(wc -l part[1-9] | awk '$1 > 1' | wc -l)" -le 3 ]
    head -n 1 one.tsv >none.tsv
    parts 3 "${split[@]}" none.tsv | same none.tsv -
    parts 3 jf-amounts --wide x%n none.tsv 2>said | same - <(jf-amounts --wide x%n none.tsv 2>/dev/null) || true
}

@test "a part reads its share of the bytes, and some 400 KB" {
    [ -r /proc/self/io ] || skip 'no /proc/PID/io'
    awk 'BEGIN { x = 1; print "pnr\tv"; for (i = 0; i < 400000; i++) { x = (x * 16807) % 2147483647; print "p" int(i / 3) "\t" x } }' >many.tsv
    jf-split -a "$dir/list.tsv" --take '' --all -z -o many.tsv.gz many.tsv
    for file in many.tsv many.tsv.gz; do
        share=$(($(wc -c <$file) / 8))
        : >bytes
        for i in 1 4 8; do
            "$JF_BUILD/bench/reads" bytes "${split[@]}" -j 4 --part $i/8 $file >/dev/null
        done
        awk -v share=$share '$1 > share + 400000 { print $1, share; bad = 1 } END { exit bad }' bytes
    done
}

@test "what looks like a block within another is not believed, or an error, and never other rows" {
    printf 'pnr\tnote\np1\ta\np2\tb\np4\tc\n' >before
    printf 'p7\td\np8\te\np10\tf\n' >after
    # a head alone, two behind each other, and three: the last are as good as true ones
    for heads in 1 2 3; do
        { printf 'q1\t'; for ((i = 0; i < heads; i++)); do head_of 40; printf '%22s' x; done
            printf '\np1\tg\nq2\th\n'; } >middle
        { stored before; stored middle; stored after; : | blocks; } >fake.gz
        cat before middle after >plain.tsv
        "${split[@]}" --absent drop fake.gz >want 2>said
        "${split[@]}" --absent drop plain.tsv 2>said | same want -
        failed=0
        for ((n = 1; n < 60; n += 4)); do
            if parts $n "${split[@]}" fake.gz >got 2>said; then
                same want got
            else
                grep -q 'fake.gz: the gzip stream is corrupt at byte [0-9]* (a block that is not as long as it says)' said
                failed=$((failed + 1))
            fi
        done
        [ $heads -eq 3 ] && [ $failed -gt 0 ] || [ $failed -eq 0 ]
    done
}

@test "a row that is amiss is counted as if the part were a file of its own" {
    awk -F'\t' -v OFS='\t' 'NR == 200 { $4 = "x" } 1' "$dir/wide.tsv" >bad.tsv
    for i in 1 2 3 4; do
        jf-hours --missing na --part $i/4 bad.tsv >out 2>said || break
    done
    [ $i -gt 1 ]
    line=$(sed -n "s/^jf-hours: bad.tsv (part $i.4):\([0-9]*\): grad_2016_01: .*/\1/p" said)
    "${split[@]}" --all --part $i/4 bad.tsv | sed -n "${line}p" | same - <(sed -n 200p bad.tsv)
    # in the first part, and where a file begins in a part, lines are those of the file
    awk -F'\t' -v OFS='\t' 'NR == 5 { $4 = "x" } 1' "$dir/wide.tsv" >early.tsv
    refuses 1 'early.tsv:5: grad_2016_01: ' jf-hours --missing na --part 1/4 early.tsv
    cp "$dir/wide.tsv" before.tsv
    sed '2,$s/^p/q/' early.tsv >then.tsv
    refuses 1 'then.tsv:5: grad_2016_01: ' jf-hours --missing na --part 2/3 -j 3 before.tsv then.tsv "$dir/wide.tsv"
}

@test "a part does not take the place of the file that the other parts read" {
    cp "$dir/long.tsv" in
    printf 'from\tto\tstate\n*\t\tany\n' >states
    refuses 2 "-o and 'in' are the same file" "${split[@]}" --part 2/3 -o in in
    for reader in jf-hours 'jf-amounts --wide a%Y' 'jf-weeks --states states'; do
        # shellcheck disable=SC2086 # a program and its options
        refuses 2 "-o and 'in' are the same file" $reader --part 2/3 -o in in
    done
    same "$dir/long.tsv" in
}

@test "what cannot be read in parts is refused, with the way to make it so" {
    gzip -n <"$dir/long.tsv" >one.gz
    refuses 1 'this is not BGZF; make it so: gzip -dc FILE | bgzip >NEW.gz' "${split[@]}" --part 1/2 one.gz
    refuses 1 'this is not BGZF' "${split[@]}" --part 1/2 "$dir/long.tsv" one.gz
    refuses 1 'stdin: --part reads its share' "${split[@]}" --part 1/2 <"$dir/long.tsv"
    refuses 1 'stdin: --part reads its share' "${split[@]}" --part 1/2 - <"$dir/long.tsv"
    refuses 1 'this is no file; put it into a plain one, or BGZF' "${split[@]}" --part 1/2 <(cat "$dir/long.tsv")
    for part in 0/2 3/2 1/0 01/2 1/02 1 1/ /2 a/b '' 1/100001; do
        refuses 2 '--part: I/N was expected, as 3/20' "${split[@]}" --part "$part" "$dir/long.tsv"
    done
}
