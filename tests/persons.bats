#!/usr/bin/env bats
# jf-split: everyone on the list is counted, once.

load helper

# A list of five, and a register of jobs: pnr04 has none, pnr03 only one that is no wage.
jobs()
{
    table >list.tsv <<'END'
person  arm       town
pnr01   deltager  Aarhus
pnr02   kontrol   Odense
pnr03   deltager  Odense
pnr04   kontrol   Aarhus
pnr05   kontrol   Vejle
END
    table >jobs.tsv <<'END'
PNR    kind   pay
pnr05  wage   1
pnr03  other  2
pnr09  wage   3
pnr01  wage   4
pnr01  other  5
pnr02  wage   6
END
}

# remarks LINES COMMAND...: exit 0, and these lines on stderr, without the program's name.
remarks()
{
    local lines=$1
    shift
    "$@" >got 2>said
    [ "$(sed 's/^jf-split: //' said)" = "$lines" ] || { cat said; return 1; }
    run ! grep -E 'pnr[0-9]|[0-9]{6}' said
}

@test "persons without a row are an error that counts them by arm and asks what they are" {
    jobs
    refuses 1 "jf-split: list.tsv: 1 of 5 persons has no row in the extract ('deltager' 0, 'kontrol' 1); say --absent keep if they are in the trial all the same (a register of jobs), or --absent drop (a shard, a beginning of the extract)" \
        jf-split -a list.tsv jobs.tsv
    refuses 1 "list.tsv: 2 of 5 persons have no row in the extract ('deltager' 1, 'kontrol' 1); say" \
        jf-split -a list.tsv <(grep -v pnr03 jobs.tsv)
    # by another column, or where there is none by none
    refuses 1 "no row in the extract ('Aarhus' 1, 'Odense' 0, 'Vejle' 0); say" jf-split -a list.tsv --arm town jobs.tsv
    refuses 1 '1 of 5 persons has no row in the extract; say' jf-split -a <(cut -f 1,3 list.tsv) jobs.tsv
    refuses 1 '1 of 5 persons has no row in the extract; say' jf-split -a list.tsv --arm person jobs.tsv
    refuses 2 "--absent: 'kepe' is not one of keep|drop; did you mean 'keep'?" jf-split -a list.tsv --absent kepe jobs.tsv
    refuses 1 "'arn'*did you mean 'arm'" jf-split -a list.tsv --arm arn jobs.tsv
}

@test "rows that --where leaves out and rows that are not there are counted apart" {
    jobs
    refuses 1 "list.tsv: 1 of 5 persons has no row in the extract ('deltager' 0, 'kontrol' 1), and 1 has only rows that --where leaves out ('deltager' 1, 'kontrol' 0); say" \
        jf-split -a list.tsv --where kind=wage jobs.tsv
    refuses 1 "list.tsv: 1 of 2 persons has only rows that --where leaves out ('deltager' 1, 'kontrol' 0); say" \
        jf-split -a list.tsv --where kind=wage --where town=Odense jobs.tsv
}

@test "who is not asked for by a column of the list is not absent" {
    jobs
    remarks '' jf-split -a list.tsv --where town=Odense,Vejle jobs.tsv
    remarks '' jf-split -a list.tsv --where town=Odense --all jobs.tsv
    refuses 1 '1 of 2 persons has no row' jf-split -a list.tsv --where town=Aarhus jobs.tsv
    refuses 1 '1 of 5 persons has no row' jf-split -a list.tsv --all jobs.tsv
}

@test "--absent keep writes the absent of both kinds behind the others, in the list's order" {
    jobs
    remarks "list.tsv: 1 of 5 persons has no row in the extract ('deltager' 0, 'kontrol' 1), and 1 has only rows that --where leaves out ('deltager' 1, 'kontrol' 0); each stands at the end, with NA (--absent keep)" \
        jf-split -a list.tsv --absent keep --where kind=wage jobs.tsv
    table >want <<'END'
PNR    kind  pay  arm       town
pnr05  wage  1    kontrol   Vejle
pnr01  wage  4    deltager  Aarhus
pnr02  wage  6    kontrol   Odense
pnr03  NA    NA   deltager  Odense
pnr04  NA    NA   kontrol   Aarhus
END
    same want got
    # the id stands where the extract has it
    columns kind,PNR,pay jobs.tsv >turned.tsv
    jf-split -a list.tsv --id PNR=person --absent keep --take town,arm turned.tsv 2>said | tail -n 1 >got
    printf 'NA\tpnr04\tNA\tAarhus\tkontrol\n' | same - got
}

@test "--absent drop writes none of them, and both say how many" {
    jobs
    remarks "list.tsv: 1 of 5 persons has no row in the extract ('deltager' 0, 'kontrol' 1); they are left out (--absent drop)" \
        jf-split -a list.tsv --absent drop jobs.tsv
    [ "$(wc -l <got)" -eq 6 ]
    # with nobody absent there is nothing to say
    sed '/pnr04/d' list.tsv >all.tsv
    remarks '' jf-split -a all.tsv --absent drop jobs.tsv
    remarks '' jf-split -a all.tsv --absent keep jobs.tsv
    remarks '' jf-split -a all.tsv jobs.tsv
}

@test "what is said of the absent stands on a line of its own beside the progress" {
    jobs
    jf-split -a list.tsv --absent drop --progress jobs.tsv 2>said >/dev/null
    tr '\r' '\n' <said | sed 's/^\x1b\[K//' | grep -cx 'jf-split: list.tsv: 1 of 5 persons.*drop)'
}

@test "a beginning of the extract, a shard, and one without a row are what --absent drop is for" {
    jobs
    head -n 1 jobs.tsv >none.tsv
    refuses 1 '5 of 5 persons have no row in the extract' jf-split -a list.tsv none.tsv
    remarks "list.tsv: 5 of 5 persons have no row in the extract ('deltager' 2, 'kontrol' 3); they are left out (--absent drop)" \
        jf-split -a list.tsv --absent drop none.tsv
    [ "$(wc -l <got)" -eq 1 ]
    remarks "list.tsv: 4 of 5 persons have no row in the extract ('deltager' 2, 'kontrol' 2); they are left out (--absent drop)" \
        jf-split -a list.tsv --absent drop <(head -n 2 jobs.tsv)
    # none of the rows is a person's: that is no shard
    refuses 1 'none of the 5 ids' jf-split -a list.tsv --absent drop <(grep -v 'pnr0[1-5]' jobs.tsv)
}

@test "kept absent persons go to their files too: NA in the extract's columns, their own shard" {
    jobs
    mkdir kind shard
    jf-split -a list.tsv --absent keep --into 'kind/{kind}-{arm}.tsv' jobs.tsv 2>/dev/null
    printf 'PNR\tkind\tpay\tarm\ttown\npnr04\tNA\tNA\tkontrol\tAarhus\n' | same - kind/NA-kontrol.tsv
    jf-split -a list.tsv --absent keep --into 'shard/{shard}.tsv' --shards 3 jobs.tsv 2>/dev/null
    jf-split -a list.tsv --absent keep jobs.tsv 2>/dev/null | tail -n +2 | sort >want
    tail -qn +2 shard/*.tsv | sort | same want -
}

@test "a register without rows for those who have no work gives the same figures, with the absent kept" {
    awk 'BEGIN { print "id\tarm"; for (i = 1; i <= 200; i++) printf "%d\t%s\n", i, i % 2 ? "t" : "c" }' >list.tsv
    awk 'BEGIN { print "id\tgrad_2016_01\tgrad_2016_02"
        for (i = 1; i <= 300; i++) printf "%d\t%s\t%s\n", i, i % 3 ? "" : i % 7 / 8, i % 5 ? "" : i % 11 / 16 }' >all.tsv
    awk -F '\t' 'NR == 1 || $2 != "" || $3 != ""' all.tsv >some.tsv
    figure() { jf-split -a list.tsv "$@" | jf-hours --keep arm --missing zero | jf-diff --control c | jf-ci; }
    figure all.tsv >want
    figure --absent keep some.tsv | same want -
    figure --absent drop some.tsv >got
    run ! cmp -s want got
    refuses 1 'persons have no row in the extract' jf-split -a list.tsv some.tsv
}

@test "threads and the order of rows change nothing that is said of the absent" {
    awk 'BEGIN { print "id\tarm"; for (i = 1; i <= 3000; i++) printf "%06d\t%s\n", i, i % 3 ? "t" : "c" }' >list.tsv
    awk 'BEGIN { print "id\tkind"; for (i = 60000; i; i--) printf "%06d\t%s\n", i * 7 % 60000, i % 5 ? "a" : "b" }' >in.tsv
    sed -i '/^000[0-9]*0\t/d' in.tsv
    for threads in 1 3; do
        jf-split -j $threads -a list.tsv --absent keep --where kind=a,z in.tsv >out.$threads 2>said.$threads
    done
    same out.1 out.3
    same said.1 said.3
    [ "$(wc -l <said.1)" -eq 2 ]
}

# ids LIST EXTRACT: files of these ids.
ids()
{
    { printf 'id\tarm\n'; printf '%s\n' "$1" | tr ',' '\n' | sed 's/$/\tx/'; } >list.tsv
    { printf 'id\tv\n'; printf '%s\n' "$2" | tr ',' '\n' | sed 's/$/\t1/'; } >in.tsv
}

@test "a list that lost the zeros before its ids is an error, whatever --absent says" {
    ids 101,0202,1303,404 0101,0202,1303,0404,9999
    for absent in '' '--absent=keep' '--absent=drop'; do
        refuses 1 'jf-split: list.tsv:2: an id, the first of 2 (of 4), that the extract has only with other leading zeros, blanks, quotes or dashes; all ids there have 4 bytes, so mend those of the list' \
            jf-split -a list.tsv ${absent:+"$absent"} in.tsv
    done
}

@test "so is an extract that did, of a list whose ids all have one length" {
    ids 0101,0202,1303,0404 1303,202,404,999,1
    refuses 1 'jf-split: list.tsv:3: an id, the first of 2 (of 4), that the extract has only with other leading zeros, blanks, quotes or dashes; all ids here have 4 bytes, so mend those of the extract' \
        jf-split -a list.tsv --absent drop in.tsv
}

@test "ids padded by SAS, in quotes, with dashes, or with no-break blanks are known" {
    for form in '0101    ' '"0101"' "'0101" '01-01' '01–01' $'0101\302\240' $'\342\200\2130101' ' "01-01" '; do
        ids 0101,0202 "$form,0202"
        refuses 1 'list.tsv:2: an id, the first of 1 (of 2), that the extract' jf-split -a list.tsv --absent drop in.tsv
        ids "$form,0202" 0101,0202,0303
        refuses 1 'list.tsv:2: an id, the first of 1 (of 2), that the extract' jf-split -a list.tsv --absent drop in.tsv
    done
    # all of them, though none is found
    ids 0101,0202 '0101  ,0202  '
    refuses 1 'list.tsv:2: an id, the first of 2 (of 2), that the extract*so mend those of one of the two files' \
        jf-split -a list.tsv --absent drop in.tsv
    ids 0101,0202,0303 '0101  ,0202  ,0303'
    refuses 1 'the first of 2 (of 3)' jf-split -a list.tsv --absent drop in.tsv
}

@test "where both sides have ids of several lengths, 123 and 0123 may be two people: that is told" {
    ids 123,45,6 0123,45,6,7
    refuses 1 "1 of 3 persons has no row in the extract ('x' 1); 1 of them would have one but for leading zeros, blanks, quotes or dashes in their ids; say --absent keep" \
        jf-split -a list.tsv in.tsv
    # of two who look alike, either; a zero is left of zeros
    ids 123,0123,45 00123,45
    refuses 1 '2 of them would have one but for' jf-split -a list.tsv in.tsv
    ids 0,45 000,45
    refuses 1 '1 of them would have one but for' jf-split -a list.tsv in.tsv
    ids 123,45,6 0123,45,6,7
    remarks "list.tsv: 1 of 3 persons has no row in the extract ('x' 1); they are left out (--absent drop)
list.tsv: 1 of them would have a row but for leading zeros, blanks, quotes or dashes in their ids; see whether they are the same persons" \
        jf-split -a list.tsv --absent drop in.tsv
}

@test "ids that only look alike are nobody's fault" {
    # both in both
    ids 123,0123 0123,123,9
    remarks '' jf-split -a list.tsv in.tsv
    # 0123 is somebody else on the list, and there
    ids 123,0123,45 0123,45
    refuses 1 "list.tsv: 1 of 3 persons has no row in the extract ('x' 1); say" jf-split -a list.tsv in.tsv
    # of one length: 0012 and 1200 are as they are
    ids 0012,0120 0012,1200
    refuses 1 "list.tsv: 1 of 2 persons has no row in the extract ('x' 1); say" jf-split -a list.tsv in.tsv
    # who is found is not damaged, whatever else there is
    ids 123,456 123,0123,456
    remarks '' jf-split -a list.tsv in.tsv
    # of one length, and the same without their dashes
    ids 1-12,9 11-2,9
    refuses 1 "list.tsv: 1 of 2 persons has no row in the extract ('x' 1); say" jf-split -a list.tsv in.tsv
    # nothing is left of them
    ids 12,345 12,---,0000,-
    refuses 1 "list.tsv: 1 of 2 persons has no row in the extract ('x' 1); say" jf-split -a list.tsv in.tsv
    # numbers without zeros, a piece of each
    ids "$(seq -s, 1 120)" "$(seq -s, 50 4000)"
    remarks "list.tsv: 49 of 120 persons have no row in the extract ('x' 49); they are left out (--absent drop)" \
        jf-split -a list.tsv --absent drop in.tsv
}

@test "damage in a part of the extract is counted, by any number of threads" {
    ids "$(seq -s, -f %04g 1 120)" "$(seq -s, -f %04g 1 60),$(seq -s, -f %04g 900 9999),$(seq -s, 61 70)"
    for threads in 1 4; do
        refuses 1 'list.tsv:62: an id, the first of 10 (of 120), that' jf-split -j $threads -a list.tsv in.tsv
        refuses 1 'list.tsv:62: an id, the first of 10 (of 120), that' jf-split -j $threads -a list.tsv --all in.tsv
    done
}
