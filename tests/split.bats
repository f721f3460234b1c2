#!/usr/bin/env bats
# jf-split: who is in the trial.

load helper

# Five people drawn by lot, pnr09 not in the register; pnr05 and pnr07 are nobody's business.
people()
{
    table >assign.tsv <<'END'
person  arm       group          town
pnr01   deltager  kontanthjaelp  Aarhus
pnr02   kontrol   kontanthjaelp  Odense
pnr03   deltager  ressource      Odense
pnr04   kontrol   ressource      Aarhus
pnr09   deltager  ressource      Vejle
END
    table >dream.tsv <<'END'
PNR    y_1601  grad_2016_01
pnr05  _       0.5
pnr02  112     _
pnr01  _       1
pnr04  113     .
pnr07  113     2
pnr03  _       0.25
END
}

@test "the trial's people are kept in the order of the file, with arm and group attached" {
    people
    jf-split -a assign.tsv --absent drop dream.tsv >got
    table >want <<'END'
PNR    y_1601  grad_2016_01  arm       group          town
pnr02  112     _             kontrol   kontanthjaelp  Odense
pnr01  _       1             deltager  kontanthjaelp  Aarhus
pnr04  113     .             kontrol   ressource      Aarhus
pnr03  _       0.25          deltager  ressource      Odense
END
    same want got
}

@test "--take attaches only the columns it names, in that order" {
    people
    jf-split -a assign.tsv --absent drop --take group,arm dream.tsv >got
    jf-split -a assign.tsv --absent drop dream.tsv >all
    columns PNR,y_1601,grad_2016_01,group,arm all >want
    same want got
}

@test "an id is bytes: case, blanks and leading zeros count" {
    printf 'id\tarm\n0101\ta\nx y\tb\nABC\tc\n\303\246\td\n' >assign.tsv
    printf 'id\tv\n101\t1\n0101\t2\nxy\t3\nx y\t4\nabc\t5\nABC\t6\n\303\206\t7\n\303\246\t8\n0101 \t9\n' >in.tsv
    jf-split -a assign.tsv --absent drop in.tsv >got
    printf 'id\tv\tarm\n0101\t2\ta\nx y\t4\tb\nABC\t6\tc\n\303\246\t8\td\n' >want
    same want got
}

@test "the id may stand in any column, under another name in the assignment" {
    people
    jf-split -a assign.tsv --absent drop dream.tsv | cut -f 2- >want
    columns y_1601,PNR,grad_2016_01 dream.tsv >turned.tsv
    columns arm,group,town,person assign.tsv >turned_assign.tsv
    jf-split -a turned_assign.tsv --absent drop --id PNR=person turned.tsv >wide
    columns y_1601,grad_2016_01,arm,group,town wide >got
    same want got
}

@test "a name is found without regard to ASCII case when only one fits" {
    people
    jf-split -a assign.tsv --absent drop --take GROUP,arm dream.tsv >got
    jf-split -a assign.tsv --absent drop --take group,arm dream.tsv >want
    same want got
    printf 'id\tArm\tARM\npnr01\ta\tb\n' >two.tsv
    refuses '[12]' 'arm' jf-split -a two.tsv --absent drop --take arm dream.tsv
    jf-split -a two.tsv --absent drop --take ARM dream.tsv >got
    [ "$(cell ARM got)" = b ]
}

@test "an unknown column is an error that offers the nearest name" {
    people
    refuses '[12]' 'gruop*group' jf-split -a assign.tsv --absent drop --take gruop dream.tsv
    refuses '[12]' 'PRN*PNR' jf-split -a assign.tsv --absent drop --id PRN=person dream.tsv
    refuses '[12]' 'persn*person' jf-split -a assign.tsv --absent drop --id PNR=persn dream.tsv
    refuses '[12]' 'twon*town' jf-split -a assign.tsv --absent drop --where twon=Odense dream.tsv
    refuses '[12]' 'y_1600*y_1601' jf-split -a assign.tsv --absent drop --where y_1600=112 dream.tsv
}

@test "a column that both sides have is an error that points to --take" {
    people
    sed '1s/town/y_1601/' assign.tsv >both.tsv
    refuses '[12]' 'y_1601*--take' jf-split -a both.tsv --absent drop dream.tsv
    jf-split -a both.tsv --absent drop --take arm dream.tsv >got
    [ "$(wc -l <got)" -eq 5 ]
}

@test "--where keeps what it names, on columns of either side, taken or not, and all must hold" {
    people
    jf-split -a assign.tsv --absent drop dream.tsv >all
    awk -F'\t' 'NR == 1 || $5 == "ressource"' all >want
    jf-split -a assign.tsv --absent drop --where group=ressource dream.tsv >got
    same want got
    awk -F'\t' 'NR == 1 || $5 == "ressource" && $2 == 113' all >want
    jf-split -a assign.tsv --absent drop --where group=ressource --where y_1601=113 dream.tsv >got
    same want got
    awk -F'\t' 'NR == 1 || $2 == 112 || $2 == 113' all >want
    jf-split -a assign.tsv --absent drop --where y_1601=112,113 dream.tsv >got
    same want got
    jf-split -a assign.tsv --absent drop --take arm --where town=Odense dream.tsv >got
    awk -F'\t' 'NR == 1 || $6 == "Odense"' all | cut -f 1-4 >want
    same want got
    refuses 2 'where' jf-split -a assign.tsv --absent drop --where town dream.tsv
}

@test "--where compares bytes: 1 is not 1.0" {
    printf 'id\tarm\tv\npnr01\ta\t1\npnr02\tb\t1.0\npnr03\tb\t01\n' >assign.tsv
    printf 'id\npnr01\npnr02\npnr03\n' >in.tsv
    jf-split -a assign.tsv --absent drop --where v=1 in.tsv >got
    printf 'id\tarm\tv\npnr01\ta\t1\n' >want
    same want got
}

@test "--all keeps the others too, with NA where nothing is known of them" {
    people
    jf-split -a assign.tsv --absent drop --all --take arm dream.tsv >got
    table >want <<'END'
PNR    y_1601  grad_2016_01  arm
pnr05  _       0.5           NA
pnr02  112     _             kontrol
pnr01  _       1             deltager
pnr04  113     .             kontrol
pnr07  113     2             NA
pnr03  _       0.25          deltager
END
    same want got
}

@test "a person who is listed twice is an error that gives both lines and not the id" {
    people
    printf 'pnr03\tkontrol\tressource\tOdense\n' >>assign.tsv
    refuses 1 'assign.tsv:7:*4' jf-split -a assign.tsv --absent drop dream.tsv
}

@test "a person who comes twice in the extract is an error only with --once" {
    people
    printf 'pnr01\t112\t0.1\n' >>dream.tsv
    jf-split -a assign.tsv --absent drop dream.tsv >got
    [ "$(grep -c '^pnr01' got)" -eq 2 ]
    refuses 1 'dream.tsv:8:' jf-split -a assign.tsv --absent drop --once dream.tsv
    printf 'pnr05\t112\t0.1\n' >more.tsv # not in the trial, so nobody asks
    sed '$d' dream.tsv | cat - more.tsv >others.tsv
    jf-split -a assign.tsv --absent drop --once others.tsv >got
    [ "$(wc -l <got)" -eq 5 ]
}

@test "with --all --once a person of nobody's list is not to come twice either" {
    people
    jf-split -a assign.tsv --absent drop --all --once dream.tsv | cut -f 1-3 | same dream.tsv -
    printf 'pnr07\t113\t2\n' >>dream.tsv
    refuses 1 'dream.tsv:8: an id that stood before' jf-split -a assign.tsv --absent drop --all --once dream.tsv
    jf-split -a assign.tsv --absent drop --once dream.tsv >got
    [ "$(wc -l <got)" -eq 5 ]
    jf-split -a assign.tsv --absent drop --all dream.tsv | cut -f 1-3 | same dream.tsv -
    # whatever --where says of the rows
    refuses 1 'dream.tsv:8: an id that stood before' jf-split -a assign.tsv --absent drop --all --once --where y_1601=112 dream.tsv
}

@test "an extract in which nobody of the trial occurs is an error" {
    people
    sed 's/^pnr/PNR0/' dream.tsv >other.tsv
    refuses 1 'none' jf-split -a assign.tsv --absent drop other.tsv
    head -n 1 assign.tsv >nobody.tsv
    refuses 1 '' jf-split -a nobody.tsv --absent drop dream.tsv
}

@test "an empty id in the assignment is an error that gives its line" {
    people
    printf '\tkontrol\tressource\tOdense\n' >>assign.tsv
    refuses 1 'assign.tsv:7:' jf-split -a assign.tsv --absent drop dream.tsv
}

@test "--flow counts persons, not rows, from the lot to the table" {
    people
    printf 'pnr01\t112\t0.1\n' >>dream.tsv
    jf-split -a assign.tsv --absent drop --flow flow.tsv dream.tsv >/dev/null
    table >want <<'END'
stage      deltager  kontrol
assigned   3         2
found      2         2
not_found  1         0
kept       2         2
absent_kept  0       0
END
    same want flow.tsv
    jf-split -a assign.tsv --absent drop --where group=kontanthjaelp --flow flow.tsv dream.tsv >/dev/null
    table >want <<'END'
stage      deltager  kontrol
assigned   3         2
found      2         2
not_found  1         0
kept       1         1
absent_kept  0       0
END
    same want flow.tsv
    sed '1s/arm/lot/' assign.tsv >lots.tsv
    jf-split -a lots.tsv --absent drop --arm lot --where group=kontanthjaelp --flow flow.tsv dream.tsv >/dev/null
    same want flow.tsv
}

@test "--into writes a whole file for each value, and nothing on stdout" {
    people
    mkdir out
    jf-split -a assign.tsv --absent drop dream.tsv >all
    jf-split -a assign.tsv --absent drop --into 'out/{group}-{arm}.tsv.gz' dream.tsv >got
    [ ! -s got ]
    for group in kontanthjaelp ressource; do
        for arm in deltager kontrol; do
            awk -F'\t' -v g=$group -v a=$arm 'NR == 1 || ($5 == g && $4 == a)' all >want
            gzip -dc out/$group-$arm.tsv.gz >got
            same want got
        done
    done
    [ "$(find out -type f | wc -l)" -eq 4 ]
}

@test "{shard} puts a person into one shard, the same one in any order and any run" {
    {
        printf 'id\tarm\n'
        awk 'BEGIN { for (i = 1; i <= 300; i++) printf "pnr%03d\t%s\n", i, i % 2 ? "a" : "b" }'
    } >assign.tsv
    awk 'BEGIN { print "id\tv"; for (j = 1; j <= 3; j++) for (i = 300; i; i--) printf "pnr%03d\t%d\n", i, j }' >in.tsv
    mkdir one two
    jf-split -a assign.tsv --absent drop --into 'one/{shard}.tsv' --shards 7 in.tsv
    { head -n 1 in.tsv; tail -n +2 in.tsv | sort; } |
        jf-split -a assign.tsv --absent drop --into 'two/{shard}.tsv' --shards 7
    printf 'one/%s.tsv\n' 1 2 3 4 5 6 7 | same - <(find one -type f | sort)
    tail -qn +2 one/* | sort >got
    jf-split -a assign.tsv --absent drop in.tsv | tail -n +2 | sort >want
    same want got
    for s in one/*; do
        tail -n +2 "$s" | sort >first
        tail -n +2 "two/${s#*/}" | sort >second
        same first second
        [ "$(cut -f 1 first | uniq -c | awk '$1 != 3' | wc -l)" -eq 0 ]
    done
}

@test "a value that cannot be part of a file name is an error, not a path" {
    people
    mkdir out
    for bad in '../up' '/etc' '..' '.' '' 'a/b'; do
        awk -F'\t' -v OFS='\t' -v bad="$bad" 'NR == 4 { $4 = bad } 1' assign.tsv >bad.tsv
        refuses 1 'town' jf-split -a bad.tsv --absent drop --into 'out/{town}' dream.tsv
        [ -z "$(ls -A out)" ]
    done
    refuses 2 'shards' jf-split -a assign.tsv --absent drop --into 'out/{shard}' dream.tsv
    refuses '[12]' 'twon*town' jf-split -a assign.tsv --absent drop --into 'out/{twon}' dream.tsv
    refuses 1 'nowhere' jf-split -a assign.tsv --absent drop --into 'nowhere/{town}' dream.tsv
}

@test "a row that is used is checked whole, a row that is passed over only to its id" {
    people
    printf 'pnr08\nlots\tof\tcells\tin\ta\trow\n' >>dream.tsv
    jf-split -a assign.tsv --absent drop dream.tsv >got
    [ "$(wc -l <got)" -eq 5 ]
    sed 's/^\(pnr04.*\)$/\1\t1/' dream.tsv >long.tsv
    refuses 1 'long.tsv:5: 4 cells*3' jf-split -a assign.tsv --absent drop long.tsv
    printf 'pnr03\tkontrol\n' >>assign.tsv
    refuses 1 'assign.tsv:7: 2 cells*4' jf-split -a assign.tsv --absent drop dream.tsv
}

@test "the assignment may be compressed, without a name that says so, or come from stdin" {
    people
    jf-split -a assign.tsv --absent drop dream.tsv >want
    gzip -c assign.tsv >packed
    jf-split -a packed --absent drop dream.tsv >got
    same want got
    jf-split -a - --absent drop dream.tsv <packed >got
    same want got
    refuses 2 'stdin' jf-split -a - --absent drop <assign.tsv
    refuses 2 'assign' jf-split dream.tsv
}

@test "a list of ids alone keeps their rows and attaches nothing" {
    people
    cut -f 1 assign.tsv >ids.tsv
    jf-split -a ids.tsv --absent drop dream.tsv >got
    jf-split -a assign.tsv --absent drop dream.tsv | cut -f 1-3 >want
    same want got
}

@test "--flow refuses an arm that cannot be a column before any file has its name" {
    people
    sed 's/kontrol/stage/' assign.tsv >stage.tsv
    refuses 1 "two columns called 'stage'" jf-split -a stage.tsv --absent drop --flow flow.tsv --into 'part-{arm}.tsv' dream.tsv
    sed $'s/kontrol/kon\x14trol/' assign.tsv >control.tsv
    refuses 1 'control.tsv:3: arm: an arm with a control byte' jf-split -a control.tsv --absent drop --flow flow.tsv dream.tsv
    run ! compgen -G '*flow*'
    run ! compgen -G 'part*'
}

@test "--flow counts persons whose arm is missing in a column of their own, the last" {
    people
    printf 'pnr06\t\tressource\tVejle\npnr07\tNA\tressource\tVejle\n' >>assign.tsv
    jf-split -a assign.tsv --absent keep --flow flow.tsv dream.tsv >/dev/null
    table >want <<'END'
stage        deltager  kontrol  NA
assigned     3         2        2
found        2         2        1
not_found    1         0        1
kept         2         2        1
absent_kept  1         0        1
END
    same want flow.tsv
    # who has only rows that are left out is absent, too
    jf-split -a assign.tsv --absent keep --where y_1601=113 --flow flow.tsv dream.tsv >/dev/null
    table >want <<'END'
stage        deltager  kontrol  NA
assigned     3         2        2
found        2         2        1
not_found    1         0        1
kept         0         1        1
absent_kept  3         1        1
END
    same want flow.tsv
}

@test "labels of arms that differ only in blanks at their ends are an error" {
    people
    for blank in ' ' $'\302\240' $'\342\200\213' $'\357\273\277'; do
        for arm in "kontrol$blank" "${blank}kontrol"; do
            sed "4s/deltager/$arm/" assign.tsv >blank.tsv
            refuses 1 "blank.tsv:4: arm: '*' differs from a label before it only in blanks at its ends; mend it" \
                jf-split -a blank.tsv dream.tsv
        done
        sed "4s/deltager/$blank/" assign.tsv >blank.tsv
        refuses 1 "blank.tsv:4: arm: '*' is missing but for its blanks; mend the label" jf-split -a blank.tsv dream.tsv
    done
    # another column is not asked for
    sed '4s/Odense/Odense /' assign.tsv >blank.tsv
    jf-split -a blank.tsv --absent drop dream.tsv >got
    refuses 1 "blank.tsv:4: town: 'Odense ' differs" jf-split -a blank.tsv --arm town dream.tsv
}

# trial FOUND ABSENT FOUND ABSENT: a list of two arms, and an extract of those found.
trial()
{
    awk -v counts="$*" 'BEGIN {
        split(counts, n, " "); print "id\tarm" >"list.tsv"; print "id\tv" >"in.tsv"
        for (arm = 0; arm < 2; arm++)
            for (i = 1; i <= n[2 * arm + 1] + n[2 * arm + 2]; i++) {
                printf "%d\t%s\n", ++id, arm ? "t" : "c" >"list.tsv"
                if (i <= n[2 * arm + 1]) printf "%d\t1\n", id >"in.tsv"
            } }'
}

@test "--min-cell masks the flow's small counts, and what they can be worked out from" {
    trial 100 10 120 30
    jf-split -a list.tsv --absent keep --flow want.tsv in.tsv >/dev/null 2>said
    jf-split -a list.tsv --absent keep --flow flow.tsv --min-cell 5 in.tsv >/dev/null 2>said
    same want.tsv flow.tsv
    trial 100 10 120 3
    jf-split -a list.tsv --absent keep --flow flow.tsv --min-cell 5 in.tsv >/dev/null 2>said
    table >want <<'END'
stage        c    t
assigned     110  123
found        NA   NA
not_found    NA   <5
kept         NA   NA
absent_kept  NA   <5
END
    same want flow.tsv
    # so few that 14 less them would tell
    trial 100 10 11 3
    jf-split -a list.tsv --absent drop --flow flow.tsv --min-cell 5 in.tsv >/dev/null 2>said
    table >want <<'END'
stage        c    t
assigned     110  14
found        NA   NA
not_found    NA   NA
kept         NA   NA
absent_kept  0    0
END
    same want flow.tsv
    # the same of those who are left to be kept, three of 14
    trial 100 0 120 0
    sed -i '2,$s/1$/2/; 2,101s/2$/1/; 102,112s/2$/1/' in.tsv
    awk -F '\t' -v OFS='\t' 'NR == 1 { print $0, "g" } NR > 1 { print $0, NR < 116 ? "a" : "b" }' list.tsv >groups.tsv
    jf-split -a groups.tsv --absent keep --where g=a --where v=1 --flow flow.tsv --min-cell 5 in.tsv >/dev/null 2>said
    [ "$(sed -n '6p' flow.tsv)" = $'absent_kept\tNA\tNA' ]
    # and three persons who are found but left out are no secret to a reader who subtracts
    trial 100 0 120 0
    sed -i '2,4s/1$/2/' in.tsv
    jf-split -a list.tsv --absent drop --where v=1 --flow flow.tsv --min-cell 5 in.tsv >/dev/null 2>said
    [ "$(grep -c 'NA.NA' flow.tsv)" -eq 3 ]
}

@test "with --min-cell no message tells a number of persons or an arm" {
    trial 100 10 120 3
    refuses 1 'jf-split: list.tsv: persons of the list have no row that is kept; say --absent keep' \
        jf-split -a list.tsv --flow flow.tsv --min-cell 5 in.tsv
    jf-split -a list.tsv --absent drop --flow flow.tsv --min-cell 5 in.tsv 2>said >/dev/null
    echo 'jf-split: list.tsv: persons of the list have no row that is kept; they are left out (--absent drop)' | same - said
}

@test "a value that holds a comma or a backslash is written with a backslash before it" {
    printf 'id\ttown\n1\tAarhus, Nord\n2\tOdense\n3\ta\\b\n4\tc,d\\\n' >list.tsv
    printf 'id\n1\n2\n3\n4\n' >in.tsv
    chosen() { jf-split -a list.tsv --take '' --where "$1" in.tsv | tail -n +2 | tr '\n' ' '; }
    [ "$(chosen 'town=Aarhus\, Nord')" = '1 ' ]
    [ "$(chosen 'town=Odense,Aarhus\, Nord')" = '1 2 ' ]
    [ "$(chosen 'town=a\\b')" = '3 ' ]
    [ "$(chosen 'town=a\b,Odense')" = '2 3 ' ]
    [ "$(chosen 'town=c\,d\\')" = '4 ' ]
    refuses 1 "list.tsv: town: no person has 'Aarhus' (--where), but some have 'Aarhus, Nord': write its comma as \\\\," \
        jf-split -a list.tsv --where 'town=Aarhus, Nord' in.tsv
}

@test "a --where value that nobody of the list has is an error before the first row" {
    people
    refuses 1 "jf-split: assign.tsv: town: no person of the list has 'Svenborg' (--where); see what the column holds" \
        jf-split -a assign.tsv --absent drop --where town=Odense,Svenborg dream.tsv
    refuses 1 "no person of the list has 'odense' (--where); did you mean 'Odense'?" \
        jf-split -a assign.tsv --absent drop --where town=odense dream.tsv
    [ "$(wc -l <"$BATS_TEST_TMPDIR/refused.out")" -eq 1 ]
    # NA is what the others have
    jf-split -a assign.tsv --absent drop --all --where town=NA,Odense dream.tsv >got
    [ "$(tail -n +2 got | wc -l)" -eq 4 ]
    refuses 1 "no person of the list has 'NA'" jf-split -a assign.tsv --absent drop --where town=NA dream.tsv
}

@test "values of a column of the extract that no row has are told; none at all is an error" {
    people
    jf-split -a assign.tsv --absent drop --where y_1601=112,114,115 --where grad_2016_01=,1 dream.tsv >got 2>said
    [ "$(wc -l <got)" -eq 2 ]
    echo "jf-split: 2 of 5 values of --where are in no row; the first is '114' of 'y_1601'" | same - <(grep where said | head -n 1)
    refuses 1 "dream.tsv: y_1601: no row that was read has '1133' or another of the values (--where); did you mean '113'" \
        jf-split -a assign.tsv --absent drop --where y_1601=1133,9 dream.tsv
    # a row of a person who is not in the list is not read
    refuses 1 "dream.tsv: grad_2016_01: no row that was read has '2' (--where)" jf-split -a assign.tsv --where grad_2016_01=2 dream.tsv
    # the same twice is one
    jf-split -a assign.tsv --absent drop --where y_1601=112,112 dream.tsv 2>&1 >got | grep -c . | grep -x 1
    # no row, no question
    jf-split -a assign.tsv --absent drop --where y_1601=114 <(head -n 1 dream.tsv) >got
}

@test "what may be an id is not offered for a --where value" {
    printf 'id\tcode\n1\t010190-1234\n2\t9\n' >list.tsv
    printf 'id\tref\n1\t0101901234\n2\t8\n' >in.tsv
    for where in code=010190-1235 ref=0101901235 id=11; do
        refuses 1 'see what the column holds' jf-split -a list.tsv --absent drop --where $where in.tsv
        run ! grep -E '1234|did you' "$BATS_TEST_TMPDIR/refused.err"
    done
    run ! grep 11 "$BATS_TEST_TMPDIR/refused.err"
}

@test "all shards have a file, those without a person its header, beside each value that a row has" {
    people
    mkdir one two
    jf-split -a assign.tsv --absent drop --into 'one/{shard}of{shards}.tsv' --shards 9 dream.tsv
    printf 'one/%sof9.tsv\n' 1 2 3 4 5 6 7 8 9 | same - <(find one -type f | sort)
    for s in one/*; do [ "$(wc -l <$s)" -gt 1 ] || head -n 1 one/1of9.tsv | same - $s; done
    jf-split -a assign.tsv --absent drop --into 'two/{arm}-{shard}.tsv' --shards 3 dream.tsv
    printf 'two/%s.tsv\n' deltager-1 deltager-2 deltager-3 kontrol-1 kontrol-2 kontrol-3 | same - <(find two -type f | sort)
    # an extract without a row: the shards are there all the same
    jf-split -a assign.tsv --absent drop --into 'two/none{shard}.tsv' --shards 2 <(head -n 1 dream.tsv)
    cat two/none1.tsv two/none2.tsv | same <(head -n 1 one/1of9.tsv; head -n 1 one/1of9.tsv) -
}

@test "two values that make one file's name are an error, and no file is left" {
    printf 'id\ta\tb\nx\t1\t11\ny\t11\t1\n' >list.tsv
    printf 'id\nx\ny\n' >in.tsv
    mkdir out
    refuses 1 "jf-split: in.tsv:3: other values make the same file's name (--into 'out/{a}{b}.tsv'); put a sign between the names in braces" \
        jf-split -a list.tsv --into 'out/{a}{b}.tsv' in.tsv
    refuses 1 "jf-split: list.tsv:3: other values make" jf-split -a list.tsv --absent keep --into 'out/{a}{b}.tsv' <(head -n 2 in.tsv)
    refuses 1 "other values make the same file's name" jf-split -a list.tsv --into 'out/{a}{shard}.tsv' --shards 20 in.tsv
    [ -z "$(ls out)" ]
    jf-split -a list.tsv --into 'out/{a}-{b}.tsv' in.tsv
    [ "$(find out -type f | wc -l)" -eq 2 ]
}

@test "--manifest says what is in which file, and is there when they are" {
    people
    printf 'pnr01\t112\t0.5\npnr05\t112\t0.5\npnr05\t112\t0.5\n' >>dream.tsv
    mkdir out
    jf-split -a assign.tsv --absent drop --into 'out/{arm}.tsv' --manifest list.tsv dream.tsv
    table >want <<'END'
file              part  rows  persons
out/deltager.tsv  NA    3     2
out/kontrol.tsv   NA    2     2
END
    same want list.tsv
    jf-split -a assign.tsv --all --absent keep --take arm --into 'out/{shard}.tsv.gz' --shards 12 --manifest list.tsv dream.tsv
    [ "$(cut -f 2 list.tsv | tr '\n' ' ')" = 'part 1 2 3 4 5 6 7 8 9 10 11 12 ' ]
    tail -n +2 list.tsv | while IFS=$'\t' read -r file part rows persons; do
        [ "$file" = "out/$part.tsv.gz" ]
        [ "$(gzip -dc "$file" | tail -n +2 | wc -l)" -eq "$rows" ]
        [ "$(gzip -dc "$file" | tail -n +2 | cut -f 1 | sort -u | wc -l)" -eq "$persons" ]
    done
    [ "$(awk -F '\t' '{ n += $3; p += $4 } END { print n, p }' list.tsv)" = '10 7' ]
    rm list.tsv
    refuses 1 '' jf-split -a assign.tsv --into 'out/{arm}.tsv' --manifest list.tsv dream.tsv
    [ ! -e list.tsv ]
    refuses 1 'none' jf-split -a assign.tsv --into 'out/{arm}.tsv' --manifest none/list.tsv dream.tsv
}

@test "more files than the soft limit of open files are written; the hard one is told" {
    { printf 'id\tk\n'; seq 100 | sed 's/.*/&\t&/'; } >list.tsv
    cut -f 1 list.tsv >in.tsv
    mkdir out
    (ulimit -Sn 40; jf-split -a list.tsv --into 'out/{k}' in.tsv)
    [ "$(find out -type f | wc -l)" -eq 100 ]
    limited() { (ulimit -n 40; "$@"); }
    refuses 1 'out/{k}: more files than may be open at a time (40, the hard limit); have it raised (ulimit -Hn), or write fewer at a time' \
        limited jf-split -a list.tsv --into 'out/{k}' in.tsv
    [ "$(find out -type f | wc -l)" -eq 100 ]
}

@test "an extract in the list's place is told by the headers, before its persons fill the memory" {
    printf 'PNR\tgrad_2016_01\n' >dream.tsv
    mkfifo list
    { printf 'PNR\tgrad_2016_01\n' && sleep 10; } >list 3>&- &
    run -1 timeout 5 jf-split -a list dream.tsv
    kill $!
    [[ $output == *"list and dream.tsv both have a column 'grad_2016_01'; choose the list's columns with --take"* ]]
}
