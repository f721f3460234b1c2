#!/usr/bin/env bats
# jf-mark: columns made of columns.

load helper

people()
{
    table >in.tsv <<'END'
PNR    age   sex  town    before  after
pnr01  24    F    Odense  0.50    1.25
pnr02  25    M    _       .       1
pnr03  _     F    Vejle   2       0
pnr04  40.0  NA   odense  1e2     -0.25
pnr05  4e1   f    Odense  \N      NA
END
}

# marks MARK...: the cells that they append to the people, a line a person.
marks()
{
    jf-mark "$@" in.tsv | sed 1d | cut -f 7- | tr '\t' ' '
}

@test "the rows pass through as they are, with a column of 0 and 1 for each mark" {
    people
    jf-mark young='age<25' woman='sex=F' gain=after-before in.tsv >got
    table >want <<'END'
PNR    age   sex  town    before  after  young  woman  gain
pnr01  24    F    Odense  0.50    1.25   1      1      0.75
pnr02  25    M    _       .       1      0      0      NA
pnr03  _     F    Vejle   2       0      NA     1      -2
pnr04  40.0  NA   odense  1e2     -0.25  0      NA     -100.25
pnr05  4e1   f    Odense  \N      NA     0      0      NA
END
    same want got
    cut -f 1-6 got | cmp - in.tsv
}

@test "bounds are above, at or above, below, at or below, and two make a range in either order" {
    people
    marks a='age>25' b='age>=25' c='age<25' d='age<=25' e='age>=25<40' f='age>24<=40' g='age<40>24' h='age>=40<=40' >got
    cat >want <<'END'
0 0 1 1 0 0 0 0
0 1 0 1 1 1 1 0
NA NA NA NA NA NA NA NA
1 1 0 0 0 1 0 1
1 1 0 0 0 1 0 1
END
    same want got
}

@test "numbers are compared as they are, to the 38th digit" {
    table >in.tsv <<'END'
id  a
1   0.1
2   0.10000000000000000000000000000000000
3   0.100000000000000000000000000000000001
4   -99999999999999999999999999999999999999
5   1e-1
6   +.1
7   -0
END
    printf '%s\n' 0 0 1 0 0 0 0 >want
    jf-mark x='a>0.1' in.tsv | sed 1d | cut -f 3 | same want -
    printf '%s\n' 1 1 0 0 1 1 0 >want
    jf-mark y='a>=.1<=1.0e-1' in.tsv | sed 1d | cut -f 3 | same want -
    printf '%s\n' 0 0 0 1 0 0 0 >want
    jf-mark x='a<-99999999999999999999999999999999999998' in.tsv | sed 1d | cut -f 3 | same want -
}

@test "a text is compared to the byte and to its end, whatever is in it" {
    printf 'id\tlabel\n1\ta=b\n2\ta\n3\t<25\n4\t25-30\n5\tRes af \345r, med komma\n6\t1.0\n7\tressourceforloeb\n8\tressourceforloebet\n' >in.tsv
    jf-mark a='label=a=b' b='label=<25' c='label=25-30' d=$'label=Res af \345r, med komma' e='LABEL=1.0' \
        f='label=ressourceforloeb' in.tsv | sed 1d | cut -f 3- | tr -d '\t' >got
    printf '%s\n' 100000 000000 010000 001000 000100 000010 000001 000000 | same - got
}

@test "a text that is another only by the blanks around it is an error, not a 0" {
    for cell in 'Odense ' ' Odense' $'Odense\302\240'; do
        printf 'id\ttown\n1\tOdense\n2\t%s\n' "$cell" >in.tsv
        refuses 1 "in.tsv:3: town: *Odense*' differs from the text of mark 'x' only in outer blanks; mend the label" jf-mark x='town=Odense' in.tsv
        printf 'id\ttown\n1\t%s\n' "$cell" | jf-mark x="town=$cell" | cut -f 3 >got
        printf '%s\n' x 1 | same - got
        refuses 1 "in.tsv:2: town: 'Odense' differs from the text of mark 'x' only in outer blanks" jf-mark x="town=$cell" in.tsv
        jf-mark x='town=Vejle' in.tsv 2>/dev/null | cut -f 3 >got
        printf '%s\n' x 0 0 | same - got
    done
    for cell in ' ' 'NA ' ' .'; do
        printf 'id\ttown\n1\tOdense\n2\t%s\n' "$cell" >in.tsv
        for mark in 'town=Odense' 'town=NA'; do
            refuses 1 "in.tsv:3: town: '$cell' is missing but for blanks; mend the cell" jf-mark x="$mark" in.tsv
        done
    done
    printf 'PNR\tb\npnr01 \t1\n' >in.tsv
    refuses 1 "in.tsv:2: PNR: the cell differs from the text of mark 'x' only in outer blanks" jf-mark x='PNR=pnr01' in.tsv
}

@test "a missing cell makes the mark NA, but where NA is asked for" {
    for nothing in '' . NA '\N'; do
        printf 'id\ta\tb\n1\t%s\t1\n2\t1\t%s\n3\t0\t0\n' "$nothing" "$nothing" >in.tsv
        jf-mark p='a>0' q='a=0' r='a=NA' s=a-b t=a+b u='b=NA' in.tsv | sed 1d | cut -f 4- | tr '\t' ' ' >got
        printf '%s\n' 'NA NA 1 NA NA 0' '1 0 0 NA NA 1' '0 1 0 0 0 0' | same - got
    done
}

@test "differences and sums are exact decimals" {
    table >in.tsv <<'END'
id  a                                        b
1   0.3                                      0.1
2   1e30                                     0.0000001
3   99999999999999999999999999999999999999   99999999999999999999999999999999999999
4   -5                                       5.00
END
    table >want <<'END'
minus                                  plus
0.2                                    0.4
999999999999999999999999999999.9999999 1000000000000000000000000000000.0000001
0                                      NA
-10                                    0
END
    sed 4d in.tsv | jf-mark minus=a-b plus=a+b | cut -f 4-5 >got
    sed '4s/.*/0\tNA/;4d' want | same - got
    jf-mark minus=a-b in.tsv | cut -f 4 | sed -n 4p | grep -x 0
    printf 'id\ta\tb\n1\t1\t2\n2\tNA\tx\n' | refuses 1 "stdin:3: b: 'x' is not a number" jf-mark d=a-b
    refuses 1 "in.tsv:4: a: mark 'plus' has more than 38 digits here; round the values" jf-mark plus=a+b in.tsv
}

@test "a difference of names with signs in them is cut where both sides are columns" {
    printf 'id\tgrad-2016-01\tgrad-2016-02\tc+d\te\n1\t0.5\t0.25\t1\t2\n' >in.tsv
    jf-mark x=grad-2016-02-grad-2016-01 y=c+d+e z=e-c+d w='GRAD-2016-01>0' in.tsv | sed 1d | cut -f 6- >got
    printf -- '-0.25\t3\t1\t1\n' | same - got
    printf 'id\ta\tb-c\ta-b\tc\n1\t1\t2\t3\t4\n' >ways.tsv
    refuses 1 "ways.tsv:1: it may be 'a' - 'b-c' or 'a-b' - 'c'; give a column another name" jf-mark x=a-b-c ways.tsv
}

@test "marks are found among FILEs, and a FILE that looks like one is written with ./" {
    people
    cp in.tsv a=b-c.tsv
    cp in.tsv plain=.tsv
    jf-mark young='age<25' in.tsv >want
    jf-mark in.tsv young='age<25' | same want -
    jf-mark young='age<25' -- - <in.tsv | same want -
    jf-mark ./a=b-c.tsv young='age<25' | same want -
    jf-mark young='age<25' plain=.tsv | same want -
    mkdir d=1-2
    mv in.tsv d=1-2/
    jf-mark young='age<25' ./d=1-2/in.tsv | same want -
    refuses 2 "'a=b-c.tsv' may be a mark or a FILE; write the FILE as ./FILE" jf-mark young='age<25' a=b-c.tsv
    refuses 2 "'young=age' is no FILE, and no mark as it has no operator; quote marks for the shell: NAME='COL>=V'" jf-mark young=age
    refuses 2 "no mark; say one such as NAME='COL>=V'" jf-mark ./a=b-c.tsv
    refuses 2 'no mark; say one such as' jf-mark
}

@test "several FILEs are one stream, gzip or not, and a result goes where it is told" {
    people
    { sed -n '1p;4,6p' in.tsv | gzip -n; } >two.gz
    sed 4,6d in.tsv >one.tsv
    jf-mark young='age<25' in.tsv >want
    jf-mark young='age<25' one.tsv two.gz | same want -
    jf-mark -o out.tsv.gz young='age<25' one.tsv two.gz
    gzip -dc out.tsv.gz | same want -
}

@test "a mark that cannot be one is wrong usage, and says what was expected" {
    people
    while IFS='|' read -r mark message <&8; do
        echo "$mark"
        refuses 2 "$message" jf-mark "$mark" in.tsv
    done 8<<'END'
=age>5|'=age>5': a name was expected before the first '='
few=>0<150|'few=>0<150': a column was expected behind the first '=', as in NAME='COL>0'
x==F|'x==F': a column was expected behind the first '='
x=sex=|'x=sex=': no text behind '='; is a variable of the shell not set? COL=NA is what is missing
x=sex==F|'x=sex==F': one '=' compares texts: COL=TEXT
x=sex=.|'x=sex=.': '.' is missing; COL=NA asks for that
x=age>|'x=age>': '' is not a number such as 160.33
x=age>=|'x=age>=': '' is not a number such as 160.33
x=age>0,5|'x=age>0,5': '0,5' is not a number such as 160.33
x=25<age<40|'x=25<age<40': 'age' is not a number such as 160.33
x=age>25>30|'x=age>25>30': COL>V, COL>=V, COL<V, COL<=V or COL>=V<W was expected
x=age<25<30|'x=age<25<30': COL>V, COL>=V, COL<V, COL<=V or COL>=V<W was expected
x=age>40<25|'x=age>40<25': no number lies there
x=age>=40<40|'x=age>=40<40': no number lies there
x=age>40<40|'x=age>40<40': no number lies there
END
    refuses 2 "two marks are called 'x'" jf-mark x='age>5' x='age<3' in.tsv
}

@test "a mark of a mark is made by another jf-mark, and the message says so" {
    people
    refuses 1 "in.tsv:1: no column 'gain': it is a mark, and marks are made of columns; pass them on to another jf-mark" \
        jf-mark gain=after-before up='gain>0' in.tsv
    jf-mark gain=after-before in.tsv | jf-mark up='gain>0' | cut -f 8 >got
    printf '%s\n' up 1 NA 0 0 NA | same - got
}

@test "texts that no row has are counted in one line, wherever the rows are read" {
    people
    jf-mark a='sex=K' b='town=Odense' c='town=Aarhus' d='sex=NA' in.tsv >got 2>err
    printf '%s\n' "jf-mark: 2 of 3 texts are in no row; the first is 'K' of 'sex'" | same - err
    [ "$(cut -f 7 got | tr '\n' ' ')" = 'a 0 0 0 NA 0 ' ]
    jf-mark b='town=Odense' in.tsv 2>&1 >got | same /dev/null -
    jf-mark p='PNR=1010701234' in.tsv 2>err >got
    printf '%s\n' "jf-mark: 1 of 1 texts is in no row; the first is that id of 'PNR'" | same - err
    # the only row that has it is the first or the last of many
    awk 'BEGIN { print "id\ttown"; for (i = 1; i <= 200000; i++) print i "\tA"; print "0\tB" }' >many.tsv
    { sed -n '1p;$p' many.tsv; sed '1d;$d' many.tsv; } >first.tsv
    for threads in 1 2 5; do
        jf-mark -j $threads b='town=B' a='town=A' many.tsv 2>&1 >got.$threads | same /dev/null -
        cmp got.1 got.$threads
        jf-mark -j $threads b='town=B' a='town=A' first.tsv 2>&1 >got | same /dev/null -
        jf-mark -j $threads b='town=Bb' many.tsv 2>&1 >got | grep -q 'texts is in no row'
    done
    awk -F'\t' 'NR > 1 && $3 + $4 != 1 { exit 1 }' got.1
}

@test "decimal commas are read where that is said, points written, other columns left alone" {
    printf 'id\ta\tb\n1\t1,5\t0,25\n2\t2\t1,0\n' >in.tsv
    jf-mark --decimal-comma x='a>=1.5' d=a-b in.tsv >got
    printf 'id\ta\tb\tx\td\n1\t1,5\t0,25\t1\t1.25\n2\t2\t1,0\t1\t1\n' | same - got
    refuses 1 "in.tsv:2: a: '1,5' has a decimal comma; say --decimal-comma" jf-mark x='a>=1.5' in.tsv
}

@test "the bytes, and the first fault, are the same for any number of threads" {
    awk -v OFS='\t' 'BEGIN { print "id\tarm\ta\tb"; x = 5
        for (i = 1; i <= 60000; i++) { x = (x * 16807) % 2147483647
            print i, x % 2 ? "t" : "c", x % 7 ? x % 3000 / 8 : "NA", x % 5 ? -(x % 977) : "" } }' >in.tsv
    awk -F'\t' -v OFS='\t' -v OFMT=%.10g 'NR == 1 { print $0, "x", "t", "m", "d"; next }
        { print $0, ($3 == "NA" ? "NA" : ($3 > 100 && $3 <= 200)), ($2 == "t"), ($4 == ""),
            ($3 == "NA" || $4 == "" ? "NA" : $3 - $4) }' in.tsv >want
    for threads in 1 2 3 8; do
        jf-mark -j $threads x='a>100<=200' t='arm=t' m='b=NA' d=a-b in.tsv | cmp want -
    done
    sed '30000s/\t[tc]\t/&x/;45000s/$/\t/' in.tsv >bad.tsv
    for threads in 1 2 3 8; do
        refuses 1 'bad.tsv:30000: a: ' jf-mark -j $threads x='a>100<=200' d=a-b bad.tsv
    done
}

@test "before jf-diff, sustained work has a difference and an interval: six months in a row" {
    awk 'BEGIN { printf "id\tarm"; for (m = 1; m <= 12; m++) printf "\tgrad_2016_%02d", m; print ""; x = 3
        for (i = 1; i <= 40; i++) {
            printf "pnr%02d\t%s", i, i % 2 ? "d" : "k"
            for (m = 1; m <= 12; m++) { x = (x * 16807) % 2147483647; printf "\t%s", x % 10 < (i % 2 ? 8 : 7) ? "0.4" : "0" }
            print ""
        } }' >wide.tsv
    jf-hours --keep arm --indicator any='>0' wide.tsv | jf-cumsum -y any --how run --as run |
        jf-mark six='run>=6' | jf-cumsum -y six --how max | jf-diff --control k -y six | jf-ci |
        columns period,mean_treated,mean_control,diff /dev/stdin >got
    awk -F'\t' 'NR > 1 {
        run = ever = 0; n[$2]++
        for (m = 1; m <= 12; m++) { run = $(m + 2) > 0 ? run + 1 : 0; if (run >= 6) ever = 1; sum[m, $2] += ever }
    } END {
        print "period\tmean_treated\tmean_control\tdiff"
        for (m = 1; m <= 12; m++) printf "2016-%02d\t%.10g\t%.10g\t%.10g\n", m, sum[m, "d"] / n["d"], sum[m, "k"] / n["k"],
            sum[m, "d"] / n["d"] - sum[m, "k"] / n["k"] }' wide.tsv >want
    [ "$(cut -f 4 want | sort -u | wc -l)" -gt 3 ]
    same want got
}

@test "shares of a sex or a town are rows of a balance table, as counted by hand" {
    table >in.tsv <<'END'
id  arm  sex  town
1   d    F    Odense
2   d    M    _
3   d    F    Vejle
4   k    F    Odense
5   k    M    Odense
6   k    M    Vejle
7   k    M    _
END
    jf-mark woman='sex=F' odense='town=Odense' notown='town=NA' in.tsv |
        jf-diff --control k --by '' -y woman,odense,notown --missing drop |
        columns outcome,n_treated,mean_treated,n_control,mean_control /dev/stdin >got
    table >want <<'END'
outcome  n_treated  mean_treated        n_control  mean_control
woman    3          0.6666666666666666  4          0.25
odense   2          0.5                 3          0.6666666666666666
notown   3          0.3333333333333333  4          0.25
END
    same want got
}
