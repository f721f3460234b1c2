#!/usr/bin/env bats
# Ids stay in: whatever is wrong, and wherever an id stands, no message, no error line and no
# temporary name shows it. The faults are those of the catalogue (bad.bats) and of roles: each
# column that an option takes holds ids. JF_IDS=all puts each form of an id into each place in each
# way; else they take turns.

load helper

forms=(0 1 2 3 4)
tried=0

# put FORM COLUMN MODE [ROW]: the table on stdin with an id in each cell of the column (0: of each):
# `whole`, for the cell; `beside`, behind what it holds; `header`, for its name; `all` for both.
put()
{
    awk -F'\t' -v OFS='\t' -v form="$1" -v column="$2" -v mode="$3" '
        function id(n,  day, number) {
            day = sprintf("%02d0253", 1 + n % 28); number = sprintf("%04d", 1000 + n)
            if (form == 0) return day number
            if (form == 1) return day "-" number
            if (form == 2) return day " " number
            if (form == 3) return "\"" day "-" number "\""
            return day "\302\240" number
        }
        {
            for (i = 1; i <= NF; i++) if (column == 0 || i == column) {
                if (NR == 1 ? mode == "header" || mode == "all" : mode == "whole" || mode == "all") {
                    if (!(($i, i) in known)) known[$i, i] = ++met
                    $i = id(known[$i, i])
                } else if (NR > 1 && mode == "beside") $i = $i id(NR)
            }
            print
        }'
}

# try LABEL COMMAND...: what it says goes to `said`, the lines of its stdout to `written`.
try()
{
    local label=$1
    shift
    tried=$((tried + 1))
    echo "## $label: $*" >>said
    echo "## $label: $*" >>written
    "$@" >>written 2>>said </dev/null || true
}

# clean: neither holds six digits in a row but in months; else they are shown.
clean()
{
    grep -a '^## \|^#jf-error' written | cat said - | sed -E 's/more than 100000 bins|over 99999999\b//; s/(^|[^0-9])((19|20)[0-9]{2}-(0[1-9]|1[0-2]))/\1/g' >all
    if grep -aE -B1 $'[0-9](([- ]|\302\240)*[0-9]){5}' all; then
        return 1
    fi
    grep -qa '####' all
}

# turn N CHOICE...: those that are tried in a place.
turn()
{
    local number=$1
    shift
    if [ "${JF_IDS:-}" = all ]; then
        turn=("$@")
    else
        turn=("${@:$((1 + number % $#)):1}")
    fi
}

@test "an id in any column, cell or name of a file of the catalogue is not shown by any of its faults" {
    eval "$(sed -n '/^faults()/,/^}$/p' "$JF_ROOT/tests/bad.bats")"
    cp -r "$JF_DATA/bad/." .
    mkdir good
    faulty=0
    while IFS='|' read -r _ command _ <&8; do
        read -ra words <<<"$command"
        faulty=$((faulty + 1))
        for file in "${words[@]}"; do
            [ -f "$file" ] || continue
            mv "$file" good/
            columns=$(head -n 1 "good/$file" | tr -cd '\t' | wc -c)
            for ((column = 0; column <= columns + 1; column++)); do
                turn $((tried / 2)) beside header all
                for mode in whole "${turn[@]}"; do
                    turn $((tried / 3)) "${forms[@]}"
                    for form in "${turn[@]}"; do
                        put "$form" "$column" "$mode" <"good/$file" >"$file"
                        try "$file, column $column, $mode" "${words[@]}"
                    done
                done
            done
            rm "$file"
            mv "good/$file" .
        done
    done 8< <(faults)
    clean
    echo "# $faulty faults, $tried places" >&3
}

# spoils: sed's commands, each a fault in the table of `roles`.
spoils()
{
    cat <<'END'

3s/\t[^\t]*$//
3s/$/\t1/
4s/[^\t]*/&&/
4s/^[^\t]*/p1/
4s/\t[^\t]*/\t/
4s/\t[^\t]*/&x/
4s/\(\t[^\t]*\)\(\t[^\t]*\)/\1\2 /
4s/[^\t]*$/x/
5s/[^\t]*$/1,5/
4s/[^\t]*$//
1s/\t[^\t]*/\t/
1s/\(\t[^\t]*\)/\1\1/
3s/.*/#jf-error\tjf-split: 010253-1234 and 0102531234/
2,4d
END
}

# roles: commands that take the column x, or `list`, in every role.
roles()
{
    cat <<'END'
jf-diff --control c --arm x in.tsv
jf-diff --control c --treated d --arm x in.tsv
jf-diff --control c --strata x in.tsv
jf-diff --control c --cluster x in.tsv
jf-diff --control c --strata x --small-strata pool in.tsv
jf-diff --control c --strata town,x --by period,x in.tsv
jf-diff --control c --by x in.tsv
jf-diff --control c --by x,period --strata town in.tsv
jf-diff --control c --by town,x --units rows --strata x in.tsv
jf-diff --control c --id x in.tsv
jf-diff --control c --id x --by x in.tsv
jf-diff --control c -y x in.tsv
jf-diff --control c -y x,hours --missing drop in.tsv
jf-diff --sums --by x in.tsv
jf-diff --control c -y z in.tsv
jf-hist --width 1 -y x in.tsv
jf-hist --width 1 --by x in.tsv
jf-hist --width 1 --by town,x --units rows in.tsv
jf-hist --width 1 --id x --by x in.tsv
jf-mark a='x>1' in.tsv
jf-mark a=x-hours in.tsv
jf-mark a='x=1' b=x+hours in.tsv
jf-cumsum --how max -y x in.tsv
jf-cumsum --within x in.tsv
jf-cumsum --within x,town in.tsv
jf-cumsum --period x in.tsv
jf-cumsum --period x --within town in.tsv
jf-cumsum -y x in.tsv
jf-cumsum --as town in.tsv
jf-hours --long --period period --value x --missing drop in.tsv
jf-hours --long --period x --value hours --missing drop in.tsv
jf-hours --long --id x --period period --value hours --missing drop in.tsv
jf-hours --long --keep x --period period --value hours --missing drop in.tsv
jf-hours --keep x --wide m_%y%m in.tsv
jf-ci in.tsv
jf-joint --control c --arm x in.tsv
jf-joint --control c --strata x in.tsv
jf-joint --control c --by x in.tsv
jf-joint --control c --by x,period --family x in.tsv
jf-joint --control c --id x in.tsv
jf-joint --control c -y x in.tsv
jf-joint --control c -y x,hours --missing drop in.tsv
jf-joint --sums --by x in.tsv
jf-joint --control c --units rows --by period in.tsv
jf-ci --band in.tsv
jf-ci --band --family town in.tsv
jf-permute -a list.tsv --control g --treated h --arm group --salt s in.tsv
jf-permute -a list.tsv --control g --arm v --salt s in.tsv
jf-permute -a list.tsv --control g --arm group --strata v --salt s --absent drop in.tsv
jf-permute -a list.tsv --control g --arm group --cluster v --salt s -y x in.tsv
jf-permute -a list.tsv --control g --arm group --by x --salt s in.tsv
jf-permute -a list.tsv --control g --arm group --id x=v --salt s in.tsv
jf-permute -a list.tsv --control g --arm group --family x --salt s in.tsv
jf-permute -a in.tsv --control c --salt s list.tsv
jf-contrast --over x --pairs in.tsv
jf-contrast --over x --pairs --disjoint in.tsv
jf-contrast --over town --base c --disjoint in.tsv
jf-test in.tsv
jf-test --equal in.tsv
jf-test --equal --disjoint in.tsv
jf-test --equal --disjoint --family x in.tsv
jf-draw --arms c:1,d:1 --salt 1 --as drawn in.tsv
jf-draw --arms c:1,d:1 --salt 1 --as drawn --within x,town in.tsv
jf-draw --arms c:1,d:1 --salt 1 --as drawn --id x --within town in.tsv
jf-draw --arms c:1,d:1 --salt 1 --as drawn --blocks 2,4 --within x in.tsv
jf-draw --arms c:1,d:1 --salt 1 --check in.tsv
jf-draw --arms c:1,d:1 --salt 1 --as x --check in.tsv
jf-draw --arms c:1,d:1 --salt 1 --blocks 2 --check --within town in.tsv
jf-draw --arms g:1,h:1 --salt 1 --blocks 2 --as group --after list.tsv in.tsv
jf-split -a list.tsv in.tsv
jf-split -a list.tsv --absent drop in.tsv
jf-split -a list.tsv --absent keep --id =v in.tsv
jf-split -a list.tsv --absent drop --id x=v in.tsv
jf-split -a list.tsv --id x=v --once in.tsv
jf-split -a list.tsv --take v in.tsv
jf-split -a list.tsv --absent drop --take x=v in.tsv
jf-split -a list.tsv --where x=q in.tsv
jf-split -a list.tsv --where x=q,010 in.tsv
jf-split -a list.tsv --where v=q in.tsv
jf-split -a list.tsv --absent drop --where town=A,q in.tsv
jf-split -a list.tsv --part 2/2 in.tsv
jf-split -a list.tsv --part 1/2 --id x=v in.tsv
jf-hours --part 2/2 --wide m_%y%m in.tsv
jf-split -a list.tsv --arm v in.tsv
jf-split -a list.tsv --arm v --flow flow.tsv in.tsv
jf-split -a list.tsv --arm x --flow flow.tsv in.tsv
jf-split -a list.tsv --absent drop --into part-{x}-{group}.tsv in.tsv
jf-split -a list.tsv --absent drop --into part-{v}.tsv/x in.tsv
jf-split -a list.tsv --absent drop --into part{x}{town}.tsv --manifest list in.tsv
jf-split -a in.tsv list.tsv
jf-split -a list.tsv list.tsv
jf-plot -o x.svg in.tsv
END
}

@test "an id in any column that an option takes is not shown, whatever is wrong with the table" {
    table >plain.tsv <<'END'
PNR  arm  town  x   period   hours  m_1601
p1   c    A     r1  2016-01  1      0.5
p2   d    A     r2  2016-01  2      0.25
p3   c    B     r3  2016-02  3      1
p4   d    B     r4  2016-02  4      0
p5   d    B     r4  2016-02  4      0
END
    table >people.tsv <<'END'
id  group  v
p1  g      r1
p2  g      r2
p6  h      r3
END
    spoiled=0
    while IFS= read -r spoil <&9; do
        turn $((spoiled++)) 1 2 3 5 6
        for column in 4 "${turn[@]}"; do
            turn $((spoiled + column)) "${forms[@]}"
            for form in "${turn[@]}"; do
                put "$form" "$column" whole <plain.tsv | sed "$spoil" >in.tsv
                put "$form" $((column == 4 ? 3 : 1)) whole <people.tsv >list.tsv
                while read -ra words <&8; do
                    try "column $column, fault $spoiled" "${words[@]}"
                done 8< <(roles)
            done
        done
    done 9< <(spoils)
    clean
    echo "# $(roles | wc -l) commands, $(spoils | wc -l) faults, $tried places" >&3
}

@test "an id in sums, in a flow or in the second of two files is not shown either" {
    table >in.tsv <<'END'
PNR  arm  town  period   hours
p1   c    A     2016-01  1
p2   d    A     2016-01  2
p3   c    B     2016-02  3
p4   d    B     2016-02  4
END
    table >list.tsv <<'END'
id  arm
p1  c
p2  d
p3  c
p4  d
END
    jf-diff --sums --by period,town --seal 1/2 --run r in.tsv >sums
    jf-diff --sums --by period,town --seal 2/2 --run r in.tsv >other
    jf-hist --sums --by arm --width 1 --seal 1/1 in.tsv >bins
    jf-split -a list.tsv --take '' --flow flow in.tsv >/dev/null
    for kind in sums bins flow in.tsv; do
        columns=$(head -n 1 $kind | tr -cd '\t' | wc -c)
        for ((column = 0; column <= columns + 1; column++)); do
            turn $column whole beside header all
            for mode in whole "${turn[@]}"; do
                turn $tried "${forms[@]}"
                for form in "${turn[@]}"; do
                    put "$form" "$column" "$mode" <$kind >bad
                    label="$kind, column $column, $mode"
                    case $kind in
                    sums)
                        try "$label" jf-diff --from-sums --control c --by period,town bad other
                        try "$label" jf-diff --from-sums --control c --by period,town other bad
                        try "$label" jf-diff --from-sums --control c --by period --strata town bad
                        cut -f 1-7 bad >unsealed
                        try "$label" jf-diff --from-sums --control c --by period,town --flow flow unsealed
                        try "$label" jf-diff --from-sums --control c --by period,town --flow flow bad other
                        ;;
                    bins) try "$label" jf-hist --from-sums --by arm bad ;;
                    flow) try "$label" jf-diff --from-sums --control c --by period,town --flow bad sums other ;;
                    in.tsv)
                        try "$label" jf-diff --control c in.tsv bad
                        try "$label" jf-cumsum in.tsv bad
                        try "$label" jf-hist --width 1 bad in.tsv
                        ;;
                    esac
                done
            done
        done
    done
    clean
    echo "# $tried places" >&3
}

@test "no temporary file is called by an id, also where cells name the files" {
    sample jf-split
    mkfifo in
    jf-split -a assign.tsv --absent drop --take '' --into 'out-{y}.tsv' --flow flow-010253-1234.tsv <in >out 2>err &
    program=$!
    exec 7>in
    { printf 'PNR\ty\n'; for n in 1 2 3; do printf 'pnr0%d\t010253-100%d\n' $n $n; done; yes $'pnr01\t010253-1001' | head -n 40000; } >&7
    for ((i = 0; i < 100; i++)); do
        find . -type f -name '.jf-*' >found
        [ "$(wc -l <found)" -ge 3 ] && break
        sleep 0.05
    done
    kill -9 $program
    exec 7>&-
    wait $program || true
    [ "$(wc -l <found)" -ge 3 ]
    run ! grep -E '[0-9]{6}' found
}
