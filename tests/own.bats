#!/usr/bin/env bats
# examples/own/Makefile: a trial of one's own, by its variables alone.

load helper

# own VARIABLE=VALUE...: make in the test's directory, with results in out.
own()
{
    make -s -f "$JF_ROOT/examples/own/Makefile" JF="$(dirname "$(command -v jf-split)")" "$@"
}

nsw=(EXTRACT="$JF_DATA/nsw/input.tsv" ASSIGN="$JF_DATA/nsw/assign.tsv")

# three: a trial of 90 persons in three arms, three months, as a Danish spreadsheet saves it: Windows-1252,
# semicolons, decimal commas, CR LF.
three()
{
    awk 'BEGIN { x = 11; ORS = "\r\n"
        printf "CPR;K\370n;Besk\346ftigelse_2016_03;Besk\346ftigelse_2016_04;Besk\346ftigelse_2016_05;Alder\r\n" >"udtr\346k.csv"
        print "Person;Indsats" >"lodtr\346kning.csv"
        split("Kontrol R\345dgivning L\370ntilskud", arm, " ")
        for (i = 1; i <= 90; i++) {
            printf "pnr%03d;%s\r\n", i, arm[i % 3 + 1] >"lodtr\346kning.csv"
            printf "pnr%03d;%s", i, (i % 2 ? "Kvinde" : "Mand") >"udtr\346k.csv"
            for (m = 1; m <= 3; m++) {
                x = (x * 16807) % 2147483647
                degree = sprintf("%.2f", x % 4 ? x % 100 / 100 : 0)
                sub(/\./, ",", degree)
                printf ";%s", degree >"udtr\346k.csv"
            }
            printf ";%d,5\r\n", 20 + i % 40 >"udtr\346k.csv"
        } }'
}

@test "as it stands it is the NSW trial: 1794 dollars, its groups and its balance" {
    own "${nsw[@]}" >said
    printf '%s\n' 're78, 1 (185) against 0 (260): 1794.34, from 474.011 to 3114.68, p 0.0079' 'The tables and figures: out' | same - said
    (cd out && ls) | tr '\n' ' ' >got
    echo -n 'balance.tsv choices effect.tsv flow.tsv group-black.tsv group-nodegr.tsv trial.tsv.gz ' | same - got
    jf-split -a "$JF_DATA/nsw/assign.tsv" --take arm "$JF_DATA/nsw/input.tsv" >trial.tsv
    jf-diff --control 0 -y re78 --by '' trial.tsv | jf-ci | same out/effect.tsv -
    jf-diff --control 0 -y re78 --by black trial.tsv | jf-ci | same out/group-black.tsv -
    # the mark's share, by another road
    awk -F'\t' 'NR == FNR { arm[$1] = $2; next } FNR > 1 { n[arm[$1]]++; young[arm[$1]] += $5 < 25 }
        END { printf "young\t%.10g\t%.10g\n", young[1] / n[1], young[0] / n[0] }' "$JF_DATA/nsw/assign.tsv" "$JF_DATA/nsw/input.tsv" >want
    columns outcome,mean_treated,mean_control out/balance.tsv | awk -F'\t' '$1 == "young" { printf "%s\t%.10g\t%.10g\n", $1, $2, $3 }' | same want -
}

@test "earnings by years, by jf-amounts: 1794 dollars again, and both years before" {
    own "${nsw[@]}" READER='jf-amounts --wide re%y' OUTCOME=amount FROM=1978 TO=1978 GROUPS= | head -n 1 >said
    echo 'amount, 1 (185) against 0 (260): 1794.34, from 474.011 to 3114.68, p 0.0079' | same - said
    own "${nsw[@]}" READER='jf-amounts --wide re%y' OUTCOME=amount FROM=1974 TO=1975 GROUPS= >said
    columns period,diff out/periods.tsv | sed 1d >got
    columns outcome,diff out/balance.tsv | sed -n 's/^re\(7[45]\)/19\1/p' | same - got
}

@test "sleep, whose arms are called otherwise, needs a few variables more" {
    own EXTRACT="$JF_DATA/sleep/input.tsv" ASSIGN="$JF_DATA/sleep/assign.tsv" SPLIT= CONTROL=1 OUTCOME=extra \
        GROUPS= BALANCE= MARKS= | head -n 1 >said
    echo 'extra, 2 (10) against 1 (10): 1.58, from -0.205483 to 3.36548, p 0.0794' | same - said
}

@test "a choice that changes makes all anew, and nothing of the old one stays" {
    own "${nsw[@]}" >/dev/null
    stat -c '%n %i %y' out/* >before
    own "${nsw[@]}" >/dev/null
    stat -c '%n %i %y' out/* | same before -
    own "${nsw[@]}" OUTCOME=re75 GROUPS=black >said
    grep -q '^re75, 1 (185)' said
    [ "$(cell outcome out/group-black.tsv)" = re75 ]
    [ ! -e out/group-nodegr.tsv ]
    grep -qx 'OUTCOME = re75' out/choices
}

@test "three arms, Latin-1 labels and decimal commas, months by a reader" {
    three
    for name in udtr lodtr; do tr ';' '\t' <"$(echo $name*.csv)" >$name.tsv; done
    arms=$'R\345dgivning,L\370ntilskud'
    own EXTRACT=udtr.tsv ASSIGN=lodtr.tsv SPLIT=--once ARM=Indsats CONTROL=Kontrol TREATED="$arms" \
        READER=$'jf-hours --wide Besk\346ftigelse_%Y_%m' OUTCOME=hours FROM=2016-04 TO=2016-05 COMMA=yes \
        GROUPS=$'K\370n' BALANCE=Alder,kvinde MARKS=$'kvinde=K\370n=Kvinde' >said
    [ "$(grep -c ' against Kontrol (30): ' said)" -eq 2 ]
    for figure in periods cumulative ever; do grep -q '</svg>' out/$figure.svg; done
    # what another road makes of the same file
    tr ',' '.' <udtr.tsv | tr -d '\r' | awk -F'\t' 'NR == FNR { arm[$1] = $2; next }
        FNR > 1 { a = arm[$1]; n[a]++; s[a, 1] += $4; s[a, 2] += $4 + $5; e[a, 1] += $4 > 0; e[a, 2] += $4 + $5 > 0
            g[a, $2] += ($4 + $5) / 2; m[a, $2]++; age[a] += $6; w[a] += $2 == "Kvinde" }
        END {
            for (a in n) if (a != "Kontrol") for (t = 1; t <= 2; t++) {
                printf "cumulative\t2016-0%d\t%s\t%.8g\n", t + 3, a, 160.33 * (s[a, t] / n[a] - s["Kontrol", t] / n["Kontrol"])
                printf "ever\t2016-0%d\t%s\t%.8g\n", t + 3, a, e[a, t] / n[a] - e["Kontrol", t] / n["Kontrol"]
            }
            for (a in n) if (a != "Kontrol") for (k = 0; k < 2; k++) {
                x = k ? "Kvinde" : "Mand"
                printf "group\t%s\t%s\t%.8g\n", x, a, 160.33 * (g[a, x] / m[a, x] - g["Kontrol", x] / m["Kontrol", x])
            }
            for (a in n) if (a != "Kontrol") printf "balance\tAlder\t%s\t%.8g\nbalance\tkvinde\t%s\t%.8g\n",
                a, age[a] / n[a] - age["Kontrol"] / n["Kontrol"], a, w[a] / n[a] - w["Kontrol"] / n["Kontrol"]
        }' <(tr -d '\r' <lodtr.tsv) - | sort >want
    {
        for table in cumulative ever; do columns period,arm,diff out/$table.tsv | sed "1d;s/^/$table\t/"; done
        columns $'K\370n',arm,diff $'out/group-K\370n.tsv' | sed '1d;s/^/group\t/'
        columns outcome,arm,diff out/balance.tsv | sed '1d;s/^/balance\t/'
    } | awk -F'\t' '{ printf "%s\t%s\t%s\t%.8g\n", $1, $2, $3, $4 }' | sort | same want -
    [ "$(wc -l <want)" -eq 16 ]
}

@test "Danish names, from a spreadsheet's CSV by the recipe of the manual" {
    three
    recipe="iconv -f latin1 -t utf-8 trial.csv | mlr --icsv --ifs ';' --otsv cat >trial.tsv"
    grep -qxF ".Dl $recipe" "$JF_ROOT/doc/jf.7"
    for name in udtr lodtr; do
        mv "$(echo $name*.csv)" trial.csv
        if command -v mlr; then eval "$recipe"; else iconv -f latin1 -t utf-8 trial.csv | tr ';' '\t' >trial.tsv; fi
        mv trial.tsv $name.tsv
    done
    cat >Makefile <<'END'
EXTRACT = udtr.tsv
ASSIGN = lodtr.tsv
SPLIT = --once
ARM = Indsats
CONTROL = Kontrol
TREATED = Rådgivning,Løntilskud
READER = jf-hours --wide Beskæftigelse_%Y_%m
OUTCOME = hours
COMMA = yes
GROUPS = Køn
BALANCE = Alder,kvinde
MARKS = kvinde='Køn=Kvinde'
END
    # a copy of one's own: the top is said anew
    sed '1,/^# ---- nothing below/d' "$JF_ROOT/examples/own/Makefile" >>Makefile
    make -s JF="$(dirname "$(command -v jf-split)")" OUT=out >said
    grep -q '^hours, Løntilskud (30) against Kontrol (30): ' said
    grep -q '^hours, Rådgivning (30) against Kontrol (30): ' said
    [ -s out/group-Køn.tsv ]
    # a label with a slip is an error, and leaves no table
    run make -s JF="$(dirname "$(command -v jf-split)")" OUT=slip CONTROL=kontrol
    [ "$status" -eq 2 ]
    [[ $output == *"arm 'Kontrol' is neither --control nor --treated"* ]]
    [ ! -e slip/effect.tsv ]
}

@test "an extract without some of the list stops, and SPLIT says what they are" {
    sed 2,4d "$JF_DATA/nsw/input.tsv" >fewer.tsv
    run own "${nsw[@]}" EXTRACT=fewer.tsv
    [ "$status" -eq 2 ]
    [[ $output == *'3 of 445 persons have no row in the extract'*'say --absent keep'* ]]
    own "${nsw[@]}" EXTRACT=fewer.tsv SPLIT='--once --take arm,block --absent drop' GROUPS= 2>/dev/null | head -n 1 >said
    grep -q '^re78, 1 (182) against 0 (260)' said
}
