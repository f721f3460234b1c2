#!/usr/bin/env bats
# jf-draw: lots that anybody can draw again.

export NEEDS=unit/lot
load helper

ARMS='deltager:1,kontrol:1'

# people N [TOWNS]: a list.
people()
{
    awk -v n="$1" -v towns="${2:-3}" 'BEGIN { print "PNR\ttown\tage"
        for (i = 1; i <= n; i++) printf "pnr%05d\ttown%d\t%d\n", i, i * i % towns, 20 + i % 40 }'
}

# mixed: the rows of stdin in another order.
mixed()
{
    IFS= read -r header; printf '%s\n' "$header"; shuf --random-source=<(yes "${1:-1}")
}

# by_id: the rows of stdin in the order of ids.
by_id()
{
    IFS= read -r header; printf '%s\n' "$header"; LC_ALL=C sort
}

# says MESSAGE COMMAND...: the command ends well and says that alone.
says()
{
    local message=$1
    shift
    "$@" >said.out 2>said.err || return
    [ ! -s said.out ] && [[ $(cat said.err) == "jf-draw: "$message ]] || { cat said.out said.err; return 1; }
}

@test "a draw is what another program draws by the page, with any shares, strata and blocks" {
    number=0
    while IFS=$'\t' read -r salt name arms within blocks <&8; do
        number=$((number + 1))
        options=(--salt "$salt" --as "$name" --arms "$arms")
        [ "$within" = - ] || options+=(--within "$within")
        [ "$blocks" = - ] || options+=(--blocks "$blocks")
        jf-draw "${options[@]}" "$JF_DATA/oracle/draw.tsv" >list.tsv 2>err
        awk -F'\t' '{ print $NF }' list.tsv >got
        cut -f $number "$JF_DATA/oracle/draw-want.tsv" | same - got || { echo "${options[@]}"; return 1; }
        cut -f 1-4 list.tsv | same "$JF_DATA/oracle/draw.tsv" -
        says '180 rows have the arm that is drawn' jf-draw "${options[@]}" --check list.tsv
    done 8< <(tail -n +2 "$JF_DATA/oracle/draw-calls.tsv")
    [ "$number" -eq 6 ]
}

@test "the page's lots are those that are drawn" {
    awk '/^salt\twhat/ { on = 1 } /^\.Ed/ { on = 0 } on' "$JF_ROOT/doc/jf-draw.1" >shown
    [ "$(wc -l <shown)" -eq 8 ]
    sed '1s/who/id/; s/$/\t/' shown >in
    "$JF_BUILD/unit/lot" in | cut -f 1-5 | sed '1s/id/who/' | same shown -
}

@test "each arm has its share of a stratum, to within one, and each person's chance is the share" {
    # over all u, of which each is as likely: 5 persons at 2:1 have 10/3 places on average
    "$JF_BUILD/unit/lot" places
    people 301 7 >people.tsv
    jf-draw --arms a:3,b:1,c:2 --salt 1 --within town --flow flow.tsv people.tsv >list.tsv
    printf 'town\ta\tb\tc\n' | same - <(head -n 1 flow.tsv)
    tail -n +2 flow.tsv | awk '{ n = $2 + $3 + $4; all += n
        for (i = 2; i <= 4; i++) { want = n * (i == 2 ? 3 : i - 2) / 6; off = $i - want
            if (off <= -1 || off >= 1) { print; exit 1 } } } END { exit all != 301 }'
    # the flow counts the rows
    tail -n +2 list.tsv | awk -F'\t' '{ n[$2 "\t" $4]++ } END { for (k in n) print k "\t" n[k] }' | LC_ALL=C sort >want
    awk -F'\t' 'NR == 1 { split($0, name, "\t") } NR > 1 { for (i = 2; i <= NF; i++) print $1 "\t" name[i] "\t" $i }' flow.tsv |
        LC_ALL=C sort | same want -
}

@test "every outcome is as likely as it should be, and so is every person and pair" {
    # tests/simulate/draw by itself: 100,000 draws of ten salts
    DRAWS=20000 SALTS=1 bash "$JF_ROOT/tests/simulate/draw" >got || { cat got; return 1; }
    [ "$(wc -l <got)" -eq 6 ]
}

@test "lots of neighbouring ids, salts and draws have nothing in common" {
    "$JF_BUILD/unit/lot" neighbours
}

@test "50:50 is 1:1, and the salt, the name and the order of the arms are part of the draw" {
    people 60 >people.tsv
    arms() { jf-draw "$@" people.tsv | awk -F'\t' 'NR > 1 { print $NF }'; }
    arms --arms a:1,b:1 --salt x >want
    arms --arms a:50,b:50 --salt x | same want -
    for options in '--arms a:1,b:1 --salt y' '--arms a:1,b:1 --salt x --as second' '--arms b:1,a:1 --salt x'; do
        # shellcheck disable=SC2086 # words are meant
        arms $options >got
        run -1 cmp -s want got
    done
    # two factors know nothing of each other: no two of the four cells are empty
    arms --arms a:1,b:1 --salt x --as second | paste want - | sort | uniq -c | awk '$1 < 5 { exit 1 } END { exit NR != 4 }'
    arms --arms 'x\,y:2,a:b:2' --salt x | sort -u | same <(printf 'a:b\nx,y\n') -
}

@test "an arm depends on the id alone: not on the rows' order, files, threads, gzip or the locale" {
    people 3001 >people.tsv
    draw() { jf-draw --arms "$ARMS" --salt 1 --within town "$@"; }
    draw people.tsv >want
    for order in 1 2; do
        mixed $order <people.tsv >mixed.tsv
        draw mixed.tsv | by_id | same <(by_id <want) -
    done
    { head -n 1 people.tsv; tail -n +1000 people.tsv; } >second.tsv
    head -n 999 people.tsv >first.tsv
    gzip -c first.tsv >first.tsv.gz
    draw first.tsv.gz second.tsv | same want -
    draw <people.tsv | same want -
    LC_ALL=da_DK.UTF-8 draw -j 8 people.tsv | same want -
    draw -z people.tsv | gzip -dc | same want -
    draw -o out.tsv.gz people.tsv
    gzip -dc out.tsv.gz | same want -
    # columns that nobody named do not count either, nor where the id stands
    awk -F'\t' -v OFS='\t' '{ print $3, $2, $1 }' people.tsv | draw --id PNR | columns PNR,arm | same <(columns PNR,arm want) -
}

columns()
{
    awk -F'\t' -v names="$1" '
        NR == 1 { n = split(names, want, ","); for (i = 1; i <= NF; i++) at[$i] = i }
        { line = $at[want[1]]; for (i = 2; i <= n; i++) line = line "\t" $at[want[i]]; print line }' "${2:--}"
}

@test "--check finds one exchanged pair of 2,407, and names the two lines" {
    people 2407 15 >people.tsv
    jf-draw --arms "$ARMS" --salt lots --within town people.tsv >list.tsv
    says '2407 rows have the arm that is drawn' jf-draw --arms "$ARMS" --salt lots --within town --check list.tsv
    # the first two of one town and two arms, behind line 1,000
    awk -F'\t' -v OFS='\t' 'NR == FNR { if (FNR > 1000 && $2 == "town4" && !($4 in at)) at[$4] = FNR; next }
        FNR == at["deltager"] { $4 = "kontrol" } FNR == at["kontrol"] && !done++ { $4 = "deltager" } 1' list.tsv list.tsv >bad.tsv
    pair=$(diff list.tsv bad.tsv | awk -F'[c,]' '/^[0-9]/ { print $1; if ($2 != $1) print $NF }' | sort -n | paste -s -d , | sed 's/,/, /')
    run -1 --separate-stderr jf-draw --arms "$ARMS" --salt lots --within town --check bad.tsv
    # shellcheck disable=SC2154 # run sets it
    [[ $stderr == "jf-draw: bad.tsv: arm: 2 of 2407 rows have not the arm that is drawn, on lines $pair; "* ]]
    [ "$output" = '' ]
    # in any order of the rows
    mixed <bad.tsv | run -1 jf-draw --arms "$ARMS" --salt lots --within town --check
    # who is taken out is found by those whose places move
    awk -F'\t' '$4 != "kontrol" || NR % 20' list.tsv >bad.tsv
    run -1 --separate-stderr jf-draw --arms "$ARMS" --salt lots --within town --check bad.tsv
    # and another salt by half of all
    run -1 --separate-stderr jf-draw --arms "$ARMS" --salt Lots --within town --check list.tsv
    [[ $stderr =~ ' 1'[12][0-9][0-9]' of 2407 rows' && $stderr == *', ...; were'* ]]
}

@test "--check names the file of a line where there are several" {
    people 40 >people.tsv
    jf-draw --arms "$ARMS" --salt 1 people.tsv >list.tsv
    head -n 21 list.tsv >a.tsv
    { head -n 1 list.tsv; tail -n +22 list.tsv; } >b.tsv
    says '40 rows have the arm that is drawn' jf-draw --arms "$ARMS" --salt 1 --check a.tsv b.tsv
    sed 's/kontrol/x/; s/deltager/kontrol/; s/x$/deltager/' b.tsv >c.tsv
    sed '3{s/kontrol/x/; s/deltager/kontrol/; s/x$/deltager/}' a.tsv >d.tsv
    run -1 --separate-stderr jf-draw --arms "$ARMS" --salt 1 --check d.tsv c.tsv
    [[ $stderr == 'jf-draw: d.tsv: arm: 21 of 40 rows have not the arm that is drawn, on lines 3, c.tsv:2, 3, 4, 5, 6, 7, 8, 9, 10, ...; '* ]]
}

@test "with --blocks each block has each arm's share, and the sizes are all used" {
    people 3000 2 >people.tsv
    for blocks in 3 6; do
        jf-draw --arms a:2,b:1 --salt 1 --within town --blocks $blocks people.tsv |
            awk -F'\t' -v m=$blocks 'NR > 1 { a[$2] += $4 == "a"; if (++n[$2] % m == 0) { if (a[$2] != m * 2 / 3) exit 1; a[$2] = 0 } }'
    done
    # at any time an arm is at most as far from its share as in the middle of the longest block
    jf-draw --arms a:1,b:1 --salt 1 --blocks 2,4,6 people.tsv >list.tsv
    awk -F'\t' 'NR > 1 { off += $4 == "a" ? 1 : -1; size = off < 0 ? -off : off; if (size > most) most = size }
        END { exit most != 3 || off < -3 || off > 3 }' list.tsv
    jf-draw --arms a:1,b:1 --salt 1 --blocks 6,2,4 people.tsv | same list.tsv -
}

@test "with --blocks a row is out before the next is read, plain and in gzip" {
    mkfifo in out
    for pack in '' -z; do
        jf-draw --arms "$ARMS" --salt 1 --blocks 4 $pack <in >out &
        exec 5>in 6<out
        printf 'id\n' >&5
        for i in 1 2 3 4; do
            # a block of gzip ends where the row does, so that nothing has to be waited for
            case $pack in
            -z) timeout 20 dd bs=65536 count=1 <&6 2>dd.err | gzip -dc 2>gzip.err ;;
            *) IFS= read -r -t 20 line <&6 && echo "$line" ;;
            esac >>"got$pack"
            printf 'p%d\n' $i >&5
        done
        exec 5>&-
        case $pack in
        -z) gzip -dc <&6 ;;
        *) cat <&6 ;;
        esac >>"got$pack"
        exec 6<&-
        wait $!
    done
    printf 'id\np1\np2\np3\np4\n' | jf-draw --arms "$ARMS" --salt 1 --blocks 4 >want
    same want got
    same want got-z
}

@test "--after goes on where the list ends, once it has held it to its lots" {
    people 200 4 >people.tsv
    draw() { jf-draw --arms a:2,b:1 --salt s --within town --blocks 3,6 "$@"; }
    draw people.tsv >want
    for n in 1 2 50 200 201; do
        head -n $n want >earlier.tsv
        { head -n 1 people.tsv; tail -n +$((n + 1)) people.tsv; } >next.tsv
        draw --after earlier.tsv next.tsv | tail -n +2 | same <(tail -n +$((n + 1)) want) -
    done
    # the earlier rows may have other columns, in another order
    awk -F'\t' -v OFS='\t' 'NR <= 50 { print $4, "x" NR, $2, $1 }' want | sed '1s/x1/note/' >earlier.tsv
    { head -n 1 people.tsv; tail -n +51 people.tsv; } >next.tsv
    draw --id PNR --after earlier.tsv --flow flow.tsv next.tsv | tail -n +2 | same <(tail -n +51 want) -
    draw --flow flow.want people.tsv >/dev/null
    same flow.want flow.tsv
    { head -n 1 want; tail -n +51 want; } | says '200 rows have the arm that is drawn, those of earlier.tsv among them' \
        draw --id PNR --after earlier.tsv --check
    sed '20s/^a/z/; 20s/^b/a/; 20s/^z/b/' earlier.tsv >bad.tsv
    refuses 1 'bad.tsv: arm: 1 of 49 rows have not the arm that is drawn, on line 20; were cells changed, or are --salt, --arms, --within, --as or --blocks or the order of rows not' \
        draw --id PNR --after bad.tsv next.tsv
    [ "$(wc -l <"$BATS_TEST_TMPDIR/refused.out")" -eq 1 ]
    refuses 1 'people.tsv:2: PNR: an id that stood before' draw --id PNR --after earlier.tsv people.tsv
    # in the order of arrival only
    mixed <want >mixed.tsv
    run -1 --separate-stderr draw --check mixed.tsv
}

@test "an id twice, a missing id or stratum, a column arm, an arm that nobody named are errors at their place" {
    people 30 >people.tsv
    sed '9s/[0-9]*\t/00002\t/; 20s/[0-9]*\t/00004\t/' people.tsv >twice.tsv
    refuses 1 'twice.tsv:9: the id of line 3 again; a person stands once in the list' jf-draw --arms "$ARMS" --salt 1 --within town twice.tsv
    [ "$(wc -l <"$BATS_TEST_TMPDIR/refused.out")" -eq 1 ] # all are drawn, or nobody
    refuses 1 'twice.tsv:9: column 1: an id that stood before' jf-draw --arms "$ARMS" --salt 1 --blocks 2 twice.tsv
    awk -F'\t' -v OFS='\t' '{ print (NR > 1 ? "x" NR : "note"), $1 }' twice.tsv >second.tsv
    refuses 1 'second.tsv:9: the id of line 3 again' jf-draw --arms "$ARMS" --salt 1 --id PNR second.tsv
    sed '4s/^[^\t]*//' people.tsv >empty.tsv
    refuses 1 'empty.tsv:4: column 1: a missing id' jf-draw --arms "$ARMS" --salt 1 empty.tsv
    sed '5s/town[0-9]/NA/' people.tsv >missing.tsv
    refuses 1 'missing.tsv:5: town: a missing stratum' jf-draw --arms "$ARMS" --salt 1 --within town missing.tsv
    sed '7s/\(town[0-9]\)/\1 /' people.tsv >blank.tsv
    refuses 1 "blank.tsv:7: town: 'town? ' and 'town?' (line ?) differ only in outer blanks" \
        jf-draw --arms "$ARMS" --salt 1 --within town --blocks 2 blank.tsv
    jf-draw --arms "$ARMS" --salt 1 people.tsv >list.tsv
    refuses 1 "list.tsv:1: a column 'arm' already; hold it to its lots with --check, or call the new one otherwise with --as" \
        jf-draw --arms "$ARMS" --salt 1 list.tsv
    run -1 --separate-stderr jf-draw --arms deltager:1,control:1 --salt 1 --check list.tsv
    [[ $stderr == *": arm: 'kontrol' is no arm of --arms; name all arms that were drawn" ]]
    head -n 1 people.tsv >nobody.tsv
    refuses 1 'nobody.tsv: no person in the list, only a header' jf-draw --arms "$ARMS" --salt 1 nobody.tsv
    jf-draw --arms "$ARMS" --salt 1 --blocks 2 nobody.tsv | same - <(printf 'PNR\ttown\tage\tarm\n')
    head -n 1 list.tsv >none.tsv
    run -1 --separate-stderr jf-draw --arms "$ARMS" --salt 1 --blocks 2 --check none.tsv
    [[ $stderr == 'jf-draw: none.tsv: no row to check'* ]]
}

@test "one person under two writings of an id is drawn once, and a header among the rows is nobody" {
    printf 'id\n"p1"\np2\n' >a.tsv
    printf 'id\np3\n p1\n' >b.tsv
    refuses 1 'b.tsv:3: the id of line 2 of a.tsv again, but for outer blanks or quotes; a person stands once' jf-draw --arms "$ARMS" --salt 1 a.tsv b.tsv
    refuses 1 'b.tsv:3: column 1: an id that stood before, or but for outer blanks' jf-draw --arms "$ARMS" --salt 1 --blocks 2 a.tsv b.tsv
    # what may be two people is drawn, and told
    for id in 010203-1001 102031001; do
        printf 'id\n0102031001\n0102031002\n%s\n' $id >like.tsv
        jf-draw --arms "$ARMS" --salt 1 like.tsv 2>err >list.tsv
        [ "$(wc -l <list.tsv)" -eq 4 ]
        same err - <<<'jf-draw: like.tsv:4: the id of line 2, but for dashes or leading zeros, the first of such; see whether they are two people'
    done
    printf 'id\n1-11\n11-1\n2-9\n' | jf-draw --arms "$ARMS" --salt 1 2>err >list.tsv # sites and their people
    same /dev/null err
    cat a.tsv b.tsv >both.tsv
    refuses 1 'both.tsv:4: the header again, among the rows; take the line out' jf-draw --arms "$ARMS" --salt 1 both.tsv
    refuses 1 'both.tsv:4: the header again' jf-draw --arms "$ARMS" --salt 1 --blocks 2 both.tsv
}

@test "strata of one person are counted in a line" {
    printf 'id\ttown\na\tA\nb\tB\nc\tB\nd\tC\n' >people.tsv
    jf-draw --arms "$ARMS" --salt 1 --within town people.tsv >list.tsv 2>err
    [ "$(wc -l <list.tsv)" -eq 5 ]
    [[ $(cat err) == 'jf-draw: 2 of 3 strata are of one person, who has nobody to be compared with there; '* ]]
    jf-draw --arms "$ARMS" --salt 1 --within town --blocks 2 people.tsv 2>&1 >list.tsv | same /dev/null -
}

@test "wrong usage of jf-draw is told, and nothing is written" {
    people 9 >people.tsv
    while IFS='|' read -r pattern options <&8; do
        eval "set -- $options"
        refuses 2 "$pattern" jf-draw "$@" people.tsv || { echo "$options"; return 1; }
    done 8<<'END'
no arms; say --arms LABEL:SHARE|--salt 1
no salt; say --salt TEXT|--arms a:1,b:1
--salt: an empty text|--arms a:1,b:1 --salt ''
--arms 'b': an arm is LABEL:SHARE|--arms a:1,b --salt 1
--arms 'b:0': an arm is LABEL:SHARE|--arms a:1,b:0 --salt 1
--arms 'b:1.5': an arm is LABEL:SHARE|--arms a:1,b:1.5 --salt 1
--arms: 'a' stands there twice|--arms a:1,a:1 --salt 1
--arms: ' b' cannot be an arm's label|--arms 'a:1, b:1' --salt 1
--arms: 'NA' cannot be an arm's label|--arms NA:1,b:1 --salt 1
--arms: a lottery is between two arms or more|--arms a:1 --salt 1
--blocks 4: the shares of --arms add up to 3|--arms a:2,b:1 --salt 1 --blocks 3,4
--blocks '2.5': a block is of a whole number|--arms a:1,b:1 --salt 1 --blocks 2.5
--blocks 2 stands there twice|--arms a:1,b:1 --salt 1 --blocks 2,4,2
--within: 'town' stands there twice|--arms a:1,b:1 --salt 1 --within town,town
--after goes with --blocks|--arms a:1,b:1 --salt 1 --after people.tsv
--check writes no rows|--arms a:1,b:1 --salt 1 --check -o x
--check writes no rows|--arms a:1,b:1 --salt 1 --check --columns arm
--as: that cannot be a column's name|--arms a:1,b:1 --salt 1 --as ''
--output with --blocks and stdin|--arms a:1,b:1 --salt 1 --blocks 2 -o x -
END
    [ ! -e x ]
    refuses 2 '--output with --blocks and stdin' jf-draw --arms a:1,b:1 --salt 1 --blocks 2 -o x <people.tsv
    jf-draw --arms a:1,b:1 --salt 1 --blocks 2 -o - <people.tsv | same - <(jf-draw --arms a:1,b:1 --salt 1 --blocks 2 people.tsv)
    jf-draw --arms a:1,b:1 --salt 1 --blocks 2 -o x people.tsv
    [ "$(wc -l <x)" -eq 10 ]
}

@test "the list of --after is not written to" {
    people 9 >people.tsv
    jf-draw --arms a:1,b:1 --salt 1 --blocks 2 people.tsv >list.tsv
    printf 'PNR\ttown\tage\nlate\tx\t1\n' >next.tsv
    cp list.tsv want
    for command in 'jf-draw --arms a:1,b:1 --salt 1 --blocks 2 --after list.tsv next.tsv >>list.tsv' \
        'jf-draw --arms a:1,b:1 --salt 1 --blocks 2 --after list.tsv -o list.tsv next.tsv'; do
        run -2 sh -c "$command"
        same want list.tsv
    done
}
