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
    jf-split -a assign.tsv dream.tsv >got
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
    jf-split -a assign.tsv --take group,arm dream.tsv >got
    jf-split -a assign.tsv dream.tsv >all
    columns PNR,y_1601,grad_2016_01,group,arm all >want
    same want got
}

@test "an id is bytes: case, blanks and leading zeros count" {
    printf 'id\tarm\n0101\ta\nx y\tb\nABC\tc\n\303\246\td\n' >assign.tsv
    printf 'id\tv\n101\t1\n0101\t2\nxy\t3\nx y\t4\nabc\t5\nABC\t6\n\303\206\t7\n\303\246\t8\n0101 \t9\n' >in.tsv
    jf-split -a assign.tsv in.tsv >got
    printf 'id\tv\tarm\n0101\t2\ta\nx y\t4\tb\nABC\t6\tc\n\303\246\t8\td\n' >want
    same want got
}

@test "the id may stand in any column, under another name in the assignment" {
    people
    jf-split -a assign.tsv dream.tsv | cut -f 2- >want
    columns y_1601,PNR,grad_2016_01 dream.tsv >turned.tsv
    columns arm,group,town,person assign.tsv >turned_assign.tsv
    jf-split -a turned_assign.tsv --id PNR=person turned.tsv >wide
    columns y_1601,grad_2016_01,arm,group,town wide >got
    same want got
}

@test "a name is found without regard to ASCII case when only one fits" {
    people
    jf-split -a assign.tsv --take GROUP,arm dream.tsv >got
    jf-split -a assign.tsv --take group,arm dream.tsv >want
    same want got
    printf 'id\tArm\tARM\npnr01\ta\tb\n' >two.tsv
    refuses '[12]' 'arm' jf-split -a two.tsv --take arm dream.tsv
    jf-split -a two.tsv --take ARM dream.tsv >got
    [ "$(cell ARM got)" = b ]
}

@test "an unknown column is an error that offers the nearest name" {
    people
    refuses '[12]' 'gruop*group' jf-split -a assign.tsv --take gruop dream.tsv
    refuses '[12]' 'PRN*PNR' jf-split -a assign.tsv --id PRN=person dream.tsv
    refuses '[12]' 'persn*person' jf-split -a assign.tsv --id PNR=persn dream.tsv
    refuses '[12]' 'twon*town' jf-split -a assign.tsv --where twon=Odense dream.tsv
    refuses '[12]' 'y_1600*y_1601' jf-split -a assign.tsv --where y_1600=112 dream.tsv
}

@test "a column that both sides have is an error that points to --take" {
    people
    sed '1s/town/y_1601/' assign.tsv >both.tsv
    refuses '[12]' 'y_1601*--take' jf-split -a both.tsv dream.tsv
    jf-split -a both.tsv --take arm dream.tsv >got
    [ "$(wc -l <got)" -eq 5 ]
}

@test "--where keeps what it names, on columns of either side, taken or not, and all must hold" {
    people
    jf-split -a assign.tsv dream.tsv >all
    awk -F'\t' 'NR == 1 || $5 == "ressource"' all >want
    jf-split -a assign.tsv --where group=ressource dream.tsv >got
    same want got
    awk -F'\t' 'NR == 1 || $5 == "ressource" && $2 == 113' all >want
    jf-split -a assign.tsv --where group=ressource --where y_1601=113 dream.tsv >got
    same want got
    awk -F'\t' 'NR == 1 || $2 == 112 || $2 == 113' all >want
    jf-split -a assign.tsv --where y_1601=112,113 dream.tsv >got
    same want got
    jf-split -a assign.tsv --take arm --where town=Odense dream.tsv >got
    awk -F'\t' 'NR == 1 || $6 == "Odense"' all | cut -f 1-4 >want
    same want got
    refuses 2 'where' jf-split -a assign.tsv --where town dream.tsv
}

@test "--where compares bytes: 1 is not 1.0" {
    printf 'id\tarm\tv\npnr01\ta\t1\npnr02\tb\t1.0\npnr03\tb\t01\n' >assign.tsv
    printf 'id\npnr01\npnr02\npnr03\n' >in.tsv
    jf-split -a assign.tsv --where v=1 in.tsv >got
    printf 'id\tarm\tv\npnr01\ta\t1\n' >want
    same want got
}

@test "--all keeps the others too, with NA where nothing is known of them" {
    people
    jf-split -a assign.tsv --all --take arm dream.tsv >got
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
    refuses 1 'assign.tsv:7:*4' jf-split -a assign.tsv dream.tsv
}

@test "a person who comes twice in the extract is an error only with --once" {
    people
    printf 'pnr01\t112\t0.1\n' >>dream.tsv
    jf-split -a assign.tsv dream.tsv >got
    [ "$(grep -c '^pnr01' got)" -eq 2 ]
    refuses 1 'dream.tsv:8:' jf-split -a assign.tsv --once dream.tsv
    printf 'pnr05\t112\t0.1\n' >more.tsv # not in the trial, so nobody asks
    sed '$d' dream.tsv | cat - more.tsv >others.tsv
    jf-split -a assign.tsv --once others.tsv >got
    [ "$(wc -l <got)" -eq 5 ]
}

@test "with --all --once a person of nobody's list is not to come twice either" {
    people
    jf-split -a assign.tsv --all --once dream.tsv | cut -f 1-3 | same dream.tsv -
    printf 'pnr07\t113\t2\n' >>dream.tsv
    refuses 1 'dream.tsv:8: an id that stood before' jf-split -a assign.tsv --all --once dream.tsv
    jf-split -a assign.tsv --once dream.tsv >got
    [ "$(wc -l <got)" -eq 5 ]
    jf-split -a assign.tsv --all dream.tsv | cut -f 1-3 | same dream.tsv -
    # whatever --where says of the rows
    refuses 1 'dream.tsv:8: an id that stood before' jf-split -a assign.tsv --all --once --where y_1601=112 dream.tsv
}

@test "an extract in which nobody of the trial occurs is an error" {
    people
    sed 's/^pnr/PNR0/' dream.tsv >other.tsv
    refuses 1 'none' jf-split -a assign.tsv other.tsv
    head -n 1 assign.tsv >nobody.tsv
    refuses 1 '' jf-split -a nobody.tsv dream.tsv
}

@test "an empty id in the assignment is an error that gives its line" {
    people
    printf '\tkontrol\tressource\tOdense\n' >>assign.tsv
    refuses 1 'assign.tsv:7:' jf-split -a assign.tsv dream.tsv
}

@test "--flow counts persons, not rows, from the lot to the table" {
    people
    printf 'pnr01\t112\t0.1\n' >>dream.tsv
    jf-split -a assign.tsv --flow flow.tsv dream.tsv >/dev/null
    table >want <<'END'
stage      deltager  kontrol
assigned   3         2
found      2         2
not_found  1         0
kept       2         2
END
    same want flow.tsv
    jf-split -a assign.tsv --where group=kontanthjaelp --flow flow.tsv dream.tsv >/dev/null
    table >want <<'END'
stage      deltager  kontrol
assigned   3         2
found      2         2
not_found  1         0
kept       1         1
END
    same want flow.tsv
    sed '1s/arm/lot/' assign.tsv >lots.tsv
    jf-split -a lots.tsv --arm lot --where group=kontanthjaelp --flow flow.tsv dream.tsv >/dev/null
    same want flow.tsv
}

@test "--into writes a whole file for each value, and nothing on stdout" {
    people
    mkdir out
    jf-split -a assign.tsv dream.tsv >all
    jf-split -a assign.tsv --into 'out/{group}-{arm}.tsv.gz' dream.tsv >got
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
    jf-split -a assign.tsv --into 'one/{shard}.tsv' --shards 7 in.tsv
    { head -n 1 in.tsv; tail -n +2 in.tsv | sort; } |
        jf-split -a assign.tsv --into 'two/{shard}.tsv' --shards 7
    [ "$(find one -type f | wc -l)" -eq 7 ]
    tail -qn +2 one/* | sort >got
    jf-split -a assign.tsv in.tsv | tail -n +2 | sort >want
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
        refuses 1 'town' jf-split -a bad.tsv --into 'out/{town}' dream.tsv
        [ -z "$(ls -A out)" ]
    done
    refuses 2 'shards' jf-split -a assign.tsv --into 'out/{shard}' dream.tsv
    refuses '[12]' 'twon*town' jf-split -a assign.tsv --into 'out/{twon}' dream.tsv
    refuses 1 'nowhere' jf-split -a assign.tsv --into 'nowhere/{town}' dream.tsv
}

@test "a row that is used is checked whole, a row that is passed over only to its id" {
    people
    printf 'pnr08\nlots\tof\tcells\tin\ta\trow\n' >>dream.tsv
    jf-split -a assign.tsv dream.tsv >got
    [ "$(wc -l <got)" -eq 5 ]
    sed 's/^\(pnr04.*\)$/\1\t1/' dream.tsv >long.tsv
    refuses 1 'long.tsv:5: 4 cells*3' jf-split -a assign.tsv long.tsv
    printf 'pnr03\tkontrol\n' >>assign.tsv
    refuses 1 'assign.tsv:7: 2 cells*4' jf-split -a assign.tsv dream.tsv
}

@test "the assignment may be compressed, without a name that says so, or come from stdin" {
    people
    jf-split -a assign.tsv dream.tsv >want
    gzip -c assign.tsv >packed
    jf-split -a packed dream.tsv >got
    same want got
    jf-split -a - dream.tsv <packed >got
    same want got
    refuses 2 'stdin' jf-split -a - <assign.tsv
    refuses 2 'assign' jf-split dream.tsv
}

@test "a list of ids alone keeps their rows and attaches nothing" {
    people
    cut -f 1 assign.tsv >ids.tsv
    jf-split -a ids.tsv dream.tsv >got
    jf-split -a assign.tsv dream.tsv | cut -f 1-3 >want
    same want got
}

@test "--flow refuses an arm that cannot be a column before any file has its name" {
    people
    sed 's/kontrol/stage/' assign.tsv >stage.tsv
    refuses 1 "two columns called 'stage'" jf-split -a stage.tsv --flow flow.tsv --into 'part-{arm}.tsv' dream.tsv
    sed $'s/kontrol/kon\x14trol/' assign.tsv >control.tsv
    refuses 1 'control.tsv:3: arm: an arm with a control byte' jf-split -a control.tsv --flow flow.tsv dream.tsv
    run ! compgen -G '*flow*'
    run ! compgen -G 'part*'
}
