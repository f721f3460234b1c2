#!/usr/bin/env bats
# jf-hours: employment degree to hours.

load helper

# The first half of 2016, as DREAM has it: weekly and monthly columns, months in any order.
register()
{
    table >wide.tsv <<'END'
PNR    arm       y_1601  grad_2016_02  grad_2016_01  grad_2016_03  grad_2016_04  grad_2016_05  grad_2016_06  town
pnr01  deltager  112     0.5           1             0             0.1           0.2           0.3           Odense
pnr02  kontrol   _       0.25          0.25          0.25          1.5           0.333         0             Vejle
END
}

# long.tsv: the same as a row a person and month.
lengthen()
{
    awk -F'\t' -v OFS='\t' '
        NR == 1 { for (i = 4; i < NF; i++) month[i] = substr($i, 6); print "PNR", "arm", "month", "degree"; next }
        { n = split("5 4 6 7 8 9", at, " "); for (i = 1; i <= n; i++) print $1, $2, month[at[i]], $at[i] }
    ' wide.tsv >long.tsv
}

@test "a row a person becomes a row a month: degree times 160.33, to the last digit" {
    register
    jf-hours --keep arm wide.tsv >got
    table >want <<'END'
PNR    arm       period   hours
pnr01  deltager  2016-01  160.33
pnr01  deltager  2016-02  80.165
pnr01  deltager  2016-03  0
pnr01  deltager  2016-04  16.033
pnr01  deltager  2016-05  32.066
pnr01  deltager  2016-06  48.099
pnr02  kontrol   2016-01  40.0825
pnr02  kontrol   2016-02  40.0825
pnr02  kontrol   2016-03  40.0825
pnr02  kontrol   2016-04  240.495
pnr02  kontrol   2016-05  53.38989
pnr02  kontrol   2016-06  0
END
    same want got
}

@test "hours are exact decimals, however many digits the degree has" {
    for degree in 0.123456789012345678 1.000000000000000001 0.000000000000000000000001 .5 1. 1.5e-3 +1 00.10; do
        printf 'id\tgrad_2016_01\npnr01\t%s\n' "$degree" >in.tsv
        jf-hours in.tsv >got
        plain=${degree#+}
        [ "$degree" = 1.5e-3 ] && plain=0.0015
        want=$(echo "scale = 40; $plain * 160.33" | bc | sed 's/^\./0./; s/\(\.[0-9]*[1-9]\)0*$/\1/; s/\.0*$//')
        echo "$degree: $(cell hours got), by bc $want"
        [ "$(cell hours got)" = "$want" ]
    done
}

@test "rows as long as a month give the same as columns" {
    register
    lengthen
    jf-hours --keep arm wide.tsv >want
    jf-hours --long --period month --value degree --missing drop --keep arm long.tsv >got
    same want got
    for as in '2016-\1' '2016M\1' '2016\1'; do
        sed "s/2016_\(0[1-6]\)/$as/" long.tsv >other.tsv
        jf-hours --long --period month --value degree --missing drop --keep arm other.tsv >got
        same want got
    done
}

@test "a row a job: rows of one person and month that stand together are summed" {
    table >jobs.tsv <<'END'
PNR    month    degree
pnr01  2016-01  0.1
pnr01  2016-01  0.2
pnr01  2016-02  0.5
pnr02  2016-01  1
END
    jf-hours --long --period month --value degree --missing drop --full-time 1 --indicator more='>0.3' jobs.tsv >got
    table >want <<'END'
PNR    period   hours  more
pnr01  2016-01  0.3    0
pnr01  2016-02  0.5    1
pnr02  2016-01  1      1
END
    same want got
}

@test "long rows that do not stand together are an error that gives the sort" {
    table >in.tsv <<'END'
PNR    month    degree
pnr01  2016-02  0.1
pnr01  2016-01  0.2
END
    refuses 1 'in.tsv:3:*LC_ALL=C sort' jf-hours --long --period month --value degree --missing drop in.tsv
    table >in.tsv <<'END'
PNR    month    degree
pnr01  2016-01  0.1
pnr02  2016-01  0.2
pnr01  2016-02  0.2
END
    refuses 1 'in.tsv:4:*LC_ALL=C sort' jf-hours --long --period month --value degree --missing drop in.tsv
}

@test "in long rows a month of the range without a row is missing" {
    table >in.tsv <<'END'
PNR    month    degree
pnr01  2015-12  x
pnr01  2016-01  1
pnr01  2016-03  0.5
pnr02  2016-02  0.1
pnr02  2016-04  x
END
    long=(jf-hours --long --period month --value degree --full-time 100 --from 2016-01 --to 2016-03)
    "${long[@]}" --missing zero in.tsv >got
    table >want <<'END'
PNR    period   hours
pnr01  2016-01  100
pnr01  2016-02  0
pnr01  2016-03  50
pnr02  2016-01  0
pnr02  2016-02  10
pnr02  2016-03  0
END
    same want got
    "${long[@]}" --missing drop in.tsv >got
    awk '$3 != 0' want >kept
    same kept got
    refuses 2 '--missing' "${long[@]}" in.tsv
}

@test "the months after a person's last row are missing, whoever comes behind" {
    table >in.tsv <<'END'
PNR    month    degree
pnr01  2016-01  1
pnr02  2015-12  0.7
pnr03  2016-05  0.7
pnr04  2016-02  0.5
END
    long=(jf-hours --long --period month --value degree --full-time 100 --from 2016-01 --to 2016-03 --missing zero)
    table >want <<'END'
PNR    period   hours
pnr01  2016-01  100
pnr01  2016-02  0
pnr01  2016-03  0
pnr02  2016-01  0
pnr02  2016-02  0
pnr02  2016-03  0
pnr03  2016-01  0
pnr03  2016-02  0
pnr03  2016-03  0
pnr04  2016-01  0
pnr04  2016-02  50
pnr04  2016-03  0
END
    "${long[@]}" in.tsv | same want -
    # each of them as the last one, and all alone
    for person in 1 2 3 4; do
        { sed "/^pnr0$person/d" in.tsv; grep "^pnr0$person" in.tsv; } | "${long[@]}" >got
        { sed "/^pnr0$person/d" want; grep "^pnr0$person" want; } | same - got
        grep -e PNR -e "^pnr0$person" in.tsv | "${long[@]}" >got
        grep -e PNR -e "^pnr0$person" want | same - got
    done
    "${long[@]}" --per window --total in.tsv | cut -f 3 >got
    printf '%s\n' hours 100 0 0 50 | same - got
}

@test "rows do not tell which months are to be, so --long wants that said" {
    table >in.tsv <<'END'
PNR    arm  month    degree
pnr01  d    2016-01  0.5
pnr01  d    2016-01  NA
pnr01  d    2016-03  _
pnr02  k    2016-04  NA
END
    long=(jf-hours --long --period month --value degree)
    refuses 2 '--long needs --missing: zero, a month without a row is no hours; na, it is missing; drop, it has no row' "${long[@]}" in.tsv
    for how in zero na; do
        for range in '' '--from 2016-01' '--to 2016-04'; do
            # shellcheck disable=SC2086 # words are meant
            refuses 2 '--long with --missing zero or na needs --from and --to' "${long[@]}" --missing $how $range in.tsv
        done
    done
    "${long[@]}" --missing drop --full-time 100 in.tsv >got
    printf 'PNR\tperiod\thours\npnr01\t2016-01\t50\n' | same - got
    "${long[@]}" --missing na --full-time 100 --from 2016-01 --to 2016-04 --indicator any='>0' in.tsv >got
    table >want <<'END'
PNR    period   hours  any
pnr01  2016-01  50     1
pnr01  2016-02  NA     NA
pnr01  2016-03  NA     NA
pnr01  2016-04  NA     NA
pnr02  2016-01  NA     NA
pnr02  2016-02  NA     NA
pnr02  2016-03  NA     NA
pnr02  2016-04  NA     NA
END
    same want got
}

@test "--missing na: a missing month is NA, and so is a period or a sum that lacks one" {
    table >in.tsv <<'END'
PNR    grad_2016_01  grad_2016_02  grad_2016_03  grad_2016_04  grad_2016_05  grad_2016_06
pnr01  1             _             1             1             0             1
pnr02  NA            .             \N            0             0             0
END
    jf-hours --missing na --full-time 100 --indicator any='>0' in.tsv >got
    awk -F'\t' '{ print $3, $4 }' got >cells
    printf '%s\n' 'hours any' '100 1' 'NA NA' '100 1' '100 1' '0 0' '100 1' 'NA NA' 'NA NA' 'NA NA' '0 0' '0 0' '0 0' | same - cells
    for total in '' --total; do
        # shellcheck disable=SC2086 # a word or none
        jf-hours --missing na --full-time 99 --per quarter $total --indicator any='>0' in.tsv | cut -f 2- >got
        mean=$([ -n "$total" ] && echo 198 || echo 66)
        printf 'period\thours\tany\n2016-Q1\tNA\tNA\n2016-Q2\t%s\t1\n2016-Q1\tNA\tNA\n2016-Q2\t0\t0\n' $mean | same - got
    done
    # and jf-cumsum carries the hole on
    jf-hours --missing na --full-time 100 in.tsv | jf-cumsum | cut -f 3 | paste -s -d ' ' - >got
    echo 'hours 100 NA NA NA NA NA NA NA NA NA NA NA' | same - got
}

@test "a row without a period stands for a person without months" {
    table >in.tsv <<'END'
PNR    arm  month    degree
pnr01  d    2016-02  0.5
pnr02  k    NA       _
pnr03  d    _        NA
pnr04  k    2016-01  1
END
    long=(jf-hours --long --period month --value degree --keep arm --full-time 100)
    for threads in 1 4; do
        "${long[@]}" -j $threads --missing zero --from 2016-01 --to 2016-02 in.tsv >got
        table >want <<'END'
PNR    arm  period   hours
pnr01  d    2016-01  0
pnr01  d    2016-02  50
pnr02  k    2016-01  0
pnr02  k    2016-02  0
pnr03  d    2016-01  0
pnr03  d    2016-02  0
pnr04  k    2016-01  100
pnr04  k    2016-02  0
END
        same want got
        "${long[@]}" -j $threads --missing na --from 2016-01 --to 2016-02 in.tsv | cut -f 4 | paste -s -d ' ' - >got
        echo 'hours NA 50 NA NA NA NA 100 NA' | same - got
        "${long[@]}" -j $threads --missing drop in.tsv >got
        printf 'PNR\tarm\tperiod\thours\npnr01\td\t2016-02\t50\npnr04\tk\t2016-01\t100\n' | same - got
        "${long[@]}" -j $threads --missing zero --from 2016-01 --to 2016-06 --per half in.tsv | cut -f 4 | paste -s -d ' ' - >got
        echo 'hours 8.333333333333334 0 0 16.666666666666668' | same - got
    done
    sed '3s/\t$/\t0/' in.tsv >valued.tsv
    refuses 1 'valued.tsv:3: degree: a value in a row without a period, which stands for a person without months; mend the row' \
        "${long[@]}" --missing drop valued.tsv
    for rows in 'pnr05 d 2016-01 1|pnr05 d NA NA' 'pnr05 d NA NA|pnr05 d 2016-01 1' 'pnr05 d NA NA|pnr05 d NA NA'; do
        { cat in.tsv; echo "$rows" | tr '| ' '\n\t'; } >twice.tsv
        for how in drop 'zero --from 2016-01 --to 2016-03'; do
            # shellcheck disable=SC2086 # words are meant
            refuses 1 'twice.tsv:7: *a person who has other rows' "${long[@]}" --missing $how twice.tsv
        done
    done
}

@test "a register of jobs with the persons without any gives what the wide form gives" {
    awk -v OFS='\t' 'BEGIN { print "PNR", "arm" >"list.tsv"; print "PNR", "month", "degree" >"jobs.tsv"
        printf "PNR" >"wide.tsv"; for (m = 1; m <= 6; m++) printf "\tgrad_2016_%02d", m >"wide.tsv"; print "" >"wide.tsv"; x = 7
        for (i = 101; i <= 160; i++) {
            id = "pnr" i; print id, i % 2 ? "d" : "k" >"list.tsv"; printf "%s", id >"wide.tsv"
            for (m = 1; m <= 6; m++) {
                x = (x * 16807) % 2147483647; degree = i % 3 && x % 4 == 0 ? x % 97 / 100 : 0
                printf "\t%s", degree ? degree : "" >"wide.tsv"
                if (degree) print id, "2016-0" m, degree >"jobs.tsv" }
            print "" >"wide.tsv" } }'
    # who has no job has no row there; an outer join, as jf-split --absent keep makes it
    awk -F'\t' -v OFS='\t' 'FILENAME == "list.tsv" { arm[$1] = $2; if (FNR > 1) all[++n] = $1; next }
        { print $0, arm[$1]; had[$1] } END { for (i = 1; i <= n; i++) if (!(all[i] in had)) print all[i], "NA", "NA", arm[all[i]] }' list.tsv jobs.tsv >joined.tsv
    [ "$(grep -c NA joined.tsv)" -gt 15 ]
    jf-split -a list.tsv wide.tsv >trial.tsv
    for options in '' '--per half --total' "--indicator any=>0"; do
        # shellcheck disable=SC2086 # words are meant
        jf-hours --missing zero --keep arm $options trial.tsv | LC_ALL=C sort >want
        # shellcheck disable=SC2086 # words are meant
        jf-hours --long --period month --value degree --missing zero --from 2016-01 --to 2016-06 --keep arm $options joined.tsv | LC_ALL=C sort >got
        same want got
    done
}

@test "a month's column that fits but for case, padding or blanks is an error, and no month is gone" {
    head='PNR\tgrad_2016_08\tgrad_2016_09\t%s\n1\t0.1\t0.2\t0.3\n'
    for name in GRAD_2016_10 Grad_2016_10 ' grad_2016_10' 'grad_2016_10 ' $'grad_2016_10\302\240' grad_2016_010 grad_2016_7 GRAD_2016_7; do
        # shellcheck disable=SC2059 # it is a format
        printf "$head" "$name" >in.tsv
        refuses 1 "in.tsv:1: column *$name* fits 'grad_%Y_%m' but for case, padding or blanks; rename it, or mend --wide" jf-hours in.tsv
    done
    # what lies outside of the range that was asked for is passed over
    # shellcheck disable=SC2059 # it is a format
    printf "$head" GRAD_2016_10 >in.tsv
    [ "$(jf-hours --to 2016-09 in.tsv | wc -l)" -eq 3 ]
    refuses 1 'GRAD_2016_10' jf-hours --to 2016-10 in.tsv
    refuses 1 'GRAD_2016_10' jf-hours --from 2016-08 in.tsv
    # all in another case are taken, and what is no month is no slip
    # shellcheck disable=SC2059 # it is a format
    printf "$head" grad_2016_10 | sed '1s/.*/\U&/' | jf-hours | cut -f 3 | paste -s -d ' ' - >got
    echo 'hours 16.033 32.066 48.099' | same - got
    for name in grad_2016 grad_2016_x grad_2016_13x grade grad_16_10 branche_2016_10; do
        # shellcheck disable=SC2059 # it is a format
        printf "$head" "$name" >in.tsv
        [ "$(jf-hours in.tsv | wc -l)" -eq 3 ]
    done
}

@test "in wide form a person who stands twice is an error, beside or far from each other, on any threads" {
    # wide enough that a thread has a few rows at a time
    persons() { awk -v n="$1" -v pad="$(printf '%02000d' 0)" 'BEGIN { print "PNR\tnote\tgrad_2016_01"
        for (i = 1; i <= n; i++) printf "pnr%06d\t%s\t0.5\n", i, pad }'; }
    persons 3000 >good.tsv
    said='jf-hours: at least 1 person stands twice; in wide form a row is a person: leave the other rows out (jf-split --once tells their lines), or say --long for a row a month'
    for threads in 1 2 4; do
        jf-hours -j $threads good.tsv >got
        [ "$(wc -l <got)" -eq 3001 ]
        for line in 2 131 132 133 1500 3001; do
            sed "${line}p" good.tsv >beside.tsv
            { cat good.tsv; sed -n "${line}p" good.tsv; } >far.tsv
            for file in beside far; do
                run -1 --separate-stderr jf-hours -j $threads $file.tsv
                # shellcheck disable=SC2154 # bats sets it
                [ "$stderr" = "$said" ]
            done
        done
    done
    { cat good.tsv; sed -n '7p;9p;9p' good.tsv; } | gzip -n >twice.gz
    refuses 1 'at least 2 persons stand twice' jf-hours twice.gz
    # nobody is taken for somebody else
    awk 'BEGIN { print "PNR\tgrad_2016_01"; for (i = 1; i <= 200000; i++) print i "\t1" }' | jf-hours >got
    [ "$(wc -l <got)" -eq 200001 ]
}

@test "an empty degree is zero hours only when asked for" {
    table >in.tsv <<'END'
PNR    grad_2016_01  grad_2016_02
pnr01  _             1
pnr02  NA            .
pnr03  0.1           \N
END
    refuses 1 'in.tsv:2: grad_2016_01: *4*--missing' jf-hours in.tsv
    jf-hours --missing zero --full-time 10 in.tsv >got
    table >want <<'END'
PNR    period   hours
pnr01  2016-01  0
pnr01  2016-02  10
pnr02  2016-01  0
pnr02  2016-02  0
pnr03  2016-01  1
pnr03  2016-02  0
END
    same want got
    jf-hours --missing drop --full-time 10 in.tsv >got
    table >want <<'END'
PNR    period   hours
pnr01  2016-02  10
pnr03  2016-01  1
END
    same want got
}

@test "a degree that cannot be one is an error that gives line and column" {
    for bad in -0.1 1.51 50 -1e-30; do
        printf 'id\tgrad_2016_01\tgrad_2016_02\npnr01\t0\t1\npnr02\t0\t%s\n' "$bad" >in.tsv
        refuses 1 'in.tsv:3: grad_2016_02: ' jf-hours in.tsv
    done
    printf 'id\tgrad_2016_01\npnr01\t1.5\n' >in.tsv
    [ "$(jf-hours in.tsv | tail -n 1)" = $'pnr01\t2016-01\t240.495' ]
    refuses 1 'in.tsv:2: grad_2016_01: ' jf-hours --max 1.49 in.tsv
    printf 'id\tgrad_2016_01\npnr01\t2\n' >in.tsv
    [ "$(jf-hours --max 2 in.tsv | tail -n 1)" = $'pnr01\t2016-01\t320.66' ]
}

@test "--cap cuts higher degrees and leaves the others" {
    register
    jf-hours --cap 1 wide.tsv >got
    jf-hours wide.tsv | sed 's/240\.495/160.33/' >want
    same want got
}

@test "--percent reads 50 as a half, --full-time says what a whole month is" {
    register
    jf-hours wide.tsv >want
    awk -F'\t' -v OFS='\t' 'NR > 1 { for (i = 4; i < NF; i++) $i = $i * 100 } 1' wide.tsv >percent.tsv
    jf-hours --percent percent.tsv >got
    same want got
    refuses 1 'percent.tsv:2: grad_2016_0*--percent' jf-hours percent.tsv
    jf-hours --full-time 320.66 wide.tsv | awk -F'\t' -v OFS='\t' 'NR > 1 { $3 = sprintf("%.12g", $3 / 2) } 1' >got
    same want got
}

@test "a month of the range without a column is an error, wherever the gap is" {
    register
    columns PNR,grad_2016_01,grad_2016_02,grad_2016_04 wide.tsv >gap.tsv
    refuses 1 '2016*03' jf-hours gap.tsv
    refuses 1 '2016*03' jf-hours --from 2016-02 --to 2016-03 gap.tsv
    refuses 1 '2015*12' jf-hours --from 2015-12 --to 2016-02 gap.tsv
    refuses 1 'degree_' jf-hours --wide 'degree_%Y_%m' gap.tsv
    jf-hours --from 2016-01 --to 2016-02 gap.tsv >got
    jf-hours wide.tsv | awk -F'\t' 'NR == 1 || $2 <= "2016-02"' >want
    same want got
    refuses 2 '2016-0' jf-hours --from 2016-03 --to 2016-02 gap.tsv
    refuses 2 '2016-13' jf-hours --from 2016-13 gap.tsv
}

@test "--wide says how the month columns are called" {
    register
    jf-hours wide.tsv >want
    for pattern in 'loen%m.%Y' 'g%y%m' '100%%%Y-%m' '%m/%y h'; do
        name=$(echo "$pattern" | sed 's/%%/%/; s/%Y/\\1/; s/%y/16/; s/%m/\\2/; s|/|\\/|')
        sed "1s/grad_\(2016\)_\(0[1-6]\)/$name/g" wide.tsv >other.tsv
        jf-hours --wide "$pattern" other.tsv >got
        same want got
    done
    for pattern in 'grad_%m' 'grad' 'grad_%Y_%y' 'grad_%Y_%x' 'grad_%Y_%m_%q' 'grad_%G' 'grad_%G_%m' 'grad_%n_%m' 'grad_%Y%'; do
        refuses 2 "--wide: '$pattern' needs a year" jf-hours --wide "$pattern" wide.tsv
    done
}

@test "--per is the mean over the months of a period, --total their sum" {
    register
    jf-hours --per quarter wide.tsv >got
    table >want <<'END'
PNR    period   hours
pnr01  2016-Q1  80.165
pnr01  2016-Q2  32.066
pnr02  2016-Q1  40.0825
END
    head -n 4 got | same want -
    reals <<<"mean $(cell hours got 4) (240.495 + 53.38989) / 3"
    # means that no decimal is
    printf 'id\tgrad_2016_01\tgrad_2016_02\tgrad_2016_03\np\t0.1\t0.3\t0\nq\t1\t0.5\t0.5\n' >third.tsv
    jf-hours --per quarter --full-time 1 third.tsv >got
    reals <<END
mean $(cell hours got 1) 0.4 / 3
mean $(cell hours got 2) 2 / 3
END
    jf-hours --per half --total wide.tsv >got
    table >want <<'END'
PNR    period   hours
pnr01  2016-H1  336.693
pnr02  2016-H1  414.13239
END
    same want got
    jf-hours --per window --from 2016-02 --to 2016-05 --total wide.tsv >got
    table >want <<'END'
PNR    period           hours
pnr01  2016-02/2016-05  128.264
pnr02  2016-02/2016-05  374.04989
END
    same want got
    refuses '[12]' '2016' jf-hours --per quarter --from 2016-02 wide.tsv
    refuses '[12]' '2016' jf-hours --per year wide.tsv
    jf-hours --per month --total wide.tsv >got
    jf-hours wide.tsv >want
    same want got
}

@test "a missing month leaves a mean over the others, but never a sum of fewer months" {
    table >in.tsv <<'END'
PNR    grad_2016_01  grad_2016_02  grad_2016_03
pnr01  0.1           _             0.3
pnr02  _             _             _
pnr03  1             1             1
END
    jf-hours --missing drop --per quarter --full-time 10 in.tsv >got
    printf 'PNR\tperiod\thours\npnr01\t2016-Q1\t2\npnr03\t2016-Q1\t10\n' >want
    same want got
    jf-hours --missing drop --per quarter --total --full-time 10 in.tsv >got
    printf 'PNR\tperiod\thours\npnr03\t2016-Q1\t30\n' >want
    same want got
}

@test "an indicator judges the exact value of the period" {
    printf 'id\tgrad_2016_01\tgrad_2016_02\tgrad_2016_03\npnr01\t0.1\t0.2\t0\npnr02\t0\t0\t0\n' >in.tsv
    jf-hours --full-time 1 --per quarter --total --indicator any='>0' --indicator ge='>=0.3' \
        --indicator gt='>0.3' --indicator lt='<0.3' --indicator le='<=0.3' in.tsv >got
    table >want <<'END'
id     period   hours  any  ge  gt  lt  le
pnr01  2016-Q1  0.3    1    1   0   0   1
pnr02  2016-Q1  0      0    0   0   1   1
END
    same want got
    jf-hours --full-time 1 --per quarter --indicator third='>=0.1' in.tsv >got
    [ "$(cell third got)" = 1 ]
    refuses 2 'any' jf-hours --indicator any=5 in.tsv
    refuses 2 '' jf-hours --indicator '>0' in.tsv
}

@test "a degree that comes again gives the same hours and indicators, however long a row is" {
    printf 'id\tgrad_2016_01\tgrad_2016_02\n' >in.tsv
    for degree in 0 1 0.5 0.37 0.375 1.5 0.00001 1e-30; do printf 'pnr01\t%s\t0.25\n' $degree $degree $degree; done |
        awk -F'\t' -v OFS='\t' '{ $1 = $1 NR } 1' >>in.tsv
    # more than the eight bytes that are remembered
    awk -F'\t' -v OFS='\t' 'NR > 1 { for (i = 2; i <= NF; i++) $i = "+000000000" $i } 1' in.tsv >long.tsv
    indicators=()
    for ((i = 0; i < 40; i++)); do
        jf-hours --max 2 "${indicators[@]}" in.tsv >got
        jf-hours --max 2 "${indicators[@]}" long.tsv | cmp - got
        indicators+=(--indicator "i$i=>$((4 * i)).5")
    done
    awk -F'\t' 'NR > 1 { for (i = 0; i < 39; i++) if ($(4 + i) != ($3 > 4 * i + 0.5)) { print; exit 1 } }' got
}

@test "a bound of too many digits, which only the rows show, is told to the reader" {
    printf 'id\tgrad_2016_01\tgrad_2016_02\tgrad_2016_03\npnr01\t1\t\t\npnr02\t1\t1\t1\n' >in.tsv
    hours=(jf-hours --missing drop --per quarter --indicator "big=>99999999999999999999999999999999999999")
    refuses 1 'indicator: a bound of too many digits' "${hours[@]}" in.tsv
    [ "$(wc -l <refused.out)" -eq 3 ]
}

@test "kept columns stand between id and period, and no two columns have one name" {
    register
    jf-hours --keep town,arm --from 2016-01 --to 2016-01 wide.tsv >got
    table >want <<'END'
PNR    town    arm       period   hours
pnr01  Odense  deltager  2016-01  160.33
pnr02  Vejle   kontrol   2016-01  40.0825
END
    same want got
    refuses '[12]' 'amr*arm' jf-hours --keep amr wide.tsv
    sed '1s/town/hours/' wide.tsv >named.tsv
    refuses '[12]' 'hours' jf-hours --keep hours named.tsv
    refuses '[12]' 'hours' jf-hours --indicator hours='>0' wide.tsv
    refuses '[12]' 'arm' jf-hours --keep arm,arm wide.tsv
}

@test "the id may stand in any column, and comes out first" {
    register
    jf-hours --keep arm wide.tsv >want
    columns arm,PNR,town,grad_2016_06,grad_2016_05,grad_2016_04,grad_2016_03,grad_2016_02,grad_2016_01 wide.tsv >turned.tsv
    jf-hours --id PNR --keep arm turned.tsv >got
    same want got
}

@test "with --decimal-comma a comma is the sign and a point is an error" {
    register
    jf-hours wide.tsv >want
    sed '1!s/\([0-9]\)\.\([0-9]\)/\1,\2/g' wide.tsv >comma.tsv
    jf-hours --decimal-comma comma.tsv >got
    same want got
    refuses 1 'wide.tsv:2: grad_2016_0*' jf-hours --decimal-comma wide.tsv
    refuses 1 'comma.tsv:2: grad_2016_0*--decimal-comma' jf-hours comma.tsv
}

# Six persons: a late entrant, one in the middle, one who dies, one whose lot was before the
# register, one who enters in its last month, one who emigrates in the month of the lot.
rolling()
{
    table >rolling.tsv <<'END'
PNR    arm  lot         end         grad_2016_01  grad_2016_02  grad_2016_03  grad_2016_04  grad_2016_05  grad_2016_06
pnr01  d    2016-05-15  NA          1             0.9           0.8           0.7           0.5           0.1
pnr02  k    2016-02     _           0.1           0.2           0.3           0.4           0.5           0.6
pnr03  d    2016-03     2016-04-30  0.1           0.1           0.3           0.4           0.7           0
pnr04  k    2015-12     NA          0.2           0.3           0.4           0.5           0.6           0.7
pnr05  d    2016-06     NA          0             0             0             0             0             1
pnr06  k    2016-01     2016-01     0.6           0.5           _             _             _             _
END
}

# The same as a row a person and month.
roll_out()
{
    awk -F'\t' -v OFS='\t' 'NR == 1 { print "PNR", "arm", "lot", "end", "month", "degree"; next }
        { for (i = 5; i <= NF; i++) if ($i != "") print $1, $2, $3, $4, "2016-0" (i - 4), $i }' rolling.tsv >rolled.tsv
}

@test "months since each person's own lot: late entrants have fewer, and none is 0 for that" {
    rolling
    table >want <<'END'
PNR    period  hours
pnr01  -1      70
pnr01  0       50
pnr01  1       10
pnr01  2       NA
pnr02  -1      10
pnr02  0       20
pnr02  1       30
pnr02  2       40
pnr03  -1      10
pnr03  0       30
pnr03  1       40
pnr03  2       70
pnr04  -1      NA
pnr04  0       NA
pnr04  1       20
pnr04  2       30
pnr05  -1      0
pnr05  0       100
pnr05  1       NA
pnr05  2       NA
pnr06  -1      NA
pnr06  0       60
pnr06  1       50
pnr06  2       0
END
    for threads in 1 3; do
        jf-hours -j $threads --full-time 100 --missing zero --since lot=-1:2 rolling.tsv | same want -
        # a month that nobody can have is no missing cell; an empty cell is one
        sed 's/\tpnr06.*//; /^pnr06/d' rolling.tsv | jf-hours -j $threads --full-time 100 --since lot=-1:2 >got
        grep -v pnr06 want | same - got
        refuses 1 'rolling.tsv:7: grad_2016_03: the first of 1 missing degrees' jf-hours -j $threads --since lot=-1:2 rolling.tsv
        # dropped, there are no rows of them
        jf-hours -j $threads --full-time 100 --missing drop --since lot=-1:2 rolling.tsv >got
        sed '/NA$/d; $d' want | same - got
        # and so in rows
        roll_out
        jf-hours -j $threads --full-time 100 --missing zero --since lot=-1:2 --long --period month --value degree \
            --from 2016-01 --to 2016-06 rolled.tsv | same want -
    done
    # without A:B all that there is
    jf-hours --full-time 100 --missing zero --since lot rolling.tsv | grep pnr04 | cut -f 2- | paste -s -d ' ' - | tr '\t' : >got
    echo '1:20 2:30 3:40 4:50 5:60 6:70' | same - got
}

@test "after a person's last month at risk months are NA, never 0; values there are told of" {
    rolling
    table >want <<'END'
PNR    period  hours
pnr03  0       30
pnr03  1       40
pnr03  2       NA
pnr06  0       60
pnr06  1       NA
pnr06  2       NA
END
    told="jf-hours: 2 values after the month of 'end' (--until) left out"
    roll_out
    for threads in 1 3; do
        jf-hours -j $threads --full-time 100 --missing zero --since lot=0:2 --until end rolling.tsv 2>err | grep -E 'PNR|pnr0[36]' | same want -
        [ "$(cat err)" = "$told" ]
        jf-hours -j $threads --full-time 100 --missing zero --since lot=0:2 --until end --long --period month --value degree \
            --from 2016-01 --to 2016-06 rolled.tsv 2>err | grep -E 'PNR|pnr0[36]' | same want -
        [ "$(cat err)" = "$told" ]
    done
    # by the calendar; without --missing the empty cells after the end are no missing ones
    jf-hours --full-time 100 --until end rolling.tsv 2>err | grep 'pnr0[36]' | cut -f 3 | paste -s -d ' ' - >got
    echo '10 10 30 40 NA NA 60 NA NA NA NA NA' | same - got
    grep -q '3 values' err
    # a period of which one month is nobody's is nobody's; dropped, it is of the others, and no sum
    jf-hours --full-time 100 --missing zero --until end --per quarter rolling.tsv 2>err | grep pnr03 | cut -f 3 | paste -s -d ' ' - >got
    echo '16.666666666666668 NA' | same - got
    jf-hours --full-time 100 --missing drop --until end --per quarter rolling.tsv 2>err | grep pnr03 | cut -f 3 | paste -s -d ' ' - >got
    echo '16.666666666666668 40' | same - got
    jf-hours --full-time 100 --missing drop --until end --per quarter --total rolling.tsv 2>err | grep pnr03 | cut -f 3 | paste -s -d ' ' - >got
    echo '50' | same - got
    # an end before the range: all is NA
    jf-hours --full-time 100 --until lot --from 2016-02 --to 2016-03 rolling.tsv 2>err | grep pnr04 | cut -f 3 | paste -s -d ' ' - >got
    echo 'NA NA' | same - got
}

@test "windows have names, may overlap, and stand in the order of time" {
    rolling
    table >want <<'END'
PNR    arm  period           window  hours  any
pnr02  k    2016-01/2016-02  before  15     1
pnr02  k    2016-02/2016-03  over    25     1
pnr02  k    2016-03/2016-06  after   45     1
pnr05  d    2016-01/2016-02  before  0      0
pnr05  d    2016-02/2016-03  over    0      0
pnr05  d    2016-03/2016-06  after   25     1
END
    windows=(jf-hours --full-time 100 --missing zero --keep arm --windows 'after=2016-03:2016-06,before=2016-01:2016-02,over=2016-02:2016-03' --indicator any='>0')
    "${windows[@]}" rolling.tsv | grep -E 'PNR|pnr0[25]' | same want -
    roll_out
    "${windows[@]}" --long --period month --value degree --from 2016-01 --to 2016-06 rolled.tsv | grep -E 'PNR|pnr0[25]' | same want -
    # the months between two windows are not read, nor need they be there
    columns PNR,grad_2016_01,grad_2016_03,lot rolling.tsv >gap.tsv
    jf-hours --full-time 100 --missing drop --windows a=2016-01:2016-01,b=2016-03:2016-03 gap.tsv | grep pnr02 >got
    printf 'pnr02\t2016-01/2016-01\ta\t10\npnr02\t2016-03/2016-03\tb\t30\n' | same - got
    refuses 1 "no column 'grad_2016_02' for 2016-02" jf-hours --missing drop --windows a=2016-01:2016-02,b=2016-03:2016-03 gap.tsv
    # since the lot they are whole numbers
    jf-hours --full-time 100 --missing zero --since lot --windows 'now=0:0,next=1:2' --total rolling.tsv | cut -f 2- | sed 1d | paste -s -d ' ' - | tr '\t' : >got
    echo '0/0:now:50 1/2:next:NA 0/0:now:20 1/2:next:70 0/0:now:30 1/2:next:110 0/0:now:NA 1/2:next:50 0/0:now:100 1/2:next:NA 0/0:now:60 1/2:next:50' | same - got
    jf-hours --full-time 100 --missing zero --since lot=0:1 --per window rolling.tsv | cut -f 2- | sed 1d | paste -s -d ' ' - | tr '\t' : >got
    echo '0/1:30 0/1:25 0/1:35 0/1:NA 0/1:NA 0/1:55' | same - got
}

@test "windows, lots and ends that cannot be are refused, each with its remedy" {
    rolling
    for bad in "a=2016-01:2016-02,a=2016-03:2016-04|two windows are called 'a'" "a=2016-01|NAME=FROM:TO was expected, not 'a=2016-01'" \
        "a=2016-02:2016-01|in 'a=2016-02:2016-01' the first month is after the last" "=2016-01:2016-02|NAME=FROM:TO" "NA=2016-01:2016-02|'NA' is no name" \
        "a=0:3|'0' is not a month such as 2016-03"; do
        refuses 2 "${bad#*|}" jf-hours --windows "${bad%%|*}" rolling.tsv
    done
    refuses 2 "'a', 2015-12/2016-02, leaves the range; see --from and --to" jf-hours --from 2016-01 --windows a=2015-12:2016-02 rolling.tsv
    refuses 1 "no column 'grad_2015_12' for 2015-12" jf-hours --windows a=2015-12:2016-02 rolling.tsv
    refuses 2 "'a', 0/3, leaves the range; see --since" jf-hours --since lot=0:2 --windows a=0:3 rolling.tsv
    refuses 2 '--per and --windows exclude each other' jf-hours --per window --windows a=2016-01:2016-02 rolling.tsv
    refuses 2 '--long with --windows needs --from and --to' jf-hours --long --period m --value v --missing drop --windows a=2016-01:2016-02 rolling.tsv
    for per in quarter half year; do
        refuses 2 "--per $per is of the calendar, and does not go with --since; --per window and --windows do" jf-hours --since lot=0:2 --per $per rolling.tsv
    done
    refuses 2 '--per window with --since needs the months of the window: --since lot=0:12' jf-hours --since lot --per window rolling.tsv
    refuses 2 '--since lot=3:2: the first month is after the last' jf-hours --since lot=3:2 rolling.tsv
    refuses 2 '--long with --since needs --from and --to' jf-hours --long --period m --value v --missing drop --since lot rolling.tsv
    refuses 1 'rolling.tsv:6: lot: a lot after 2016-05, the last month that there is; take a register of later months, or leave the person out' \
        jf-hours --missing zero --to 2016-05 --since lot=0:2 rolling.tsv
    refuses 1 'rolling.tsv:2: end: the lot is missing (--since), and every person has one; fill it in, or leave the person out' \
        jf-hours --missing zero --since end=0:2 rolling.tsv
    sed 's/2016-02/2016-13/' rolling.tsv >bad.tsv
    refuses 1 "bad.tsv:3: lot: '####-##' is no month, such as 2016-03, and no day, such as 2016-03-31; mend it" jf-hours --missing zero --since lot=0:2 bad.tsv
    sed 's/2016-04-30/2016-04-31/' rolling.tsv >bad.tsv
    refuses 1 "bad.tsv:4: end: *is no month, such as 2016-03" jf-hours --missing zero --until end bad.tsv
    # in rows a person has one of each
    roll_out
    long=(jf-hours --missing zero --long --period month --value degree --from 2016-01 --to 2016-06)
    sed '10s/2016-02/2016-03/' rolled.tsv >bad.tsv
    for threads in 1 3; do
        refuses 1 "bad.tsv:10: lot: it is not what the person's rows before have; a person has one: mend the rows" "${long[@]}" -j $threads --since lot=0:2 bad.tsv
    done
    sed '15s/2016-04-30/2016-05-30/' rolled.tsv >bad.tsv
    refuses 1 "bad.tsv:15: end: it is not what" "${long[@]}" --until end bad.tsv
}

@test "columns may be quarters, years, ISO weeks or waves, and --per gathers what can be gathered" {
    printf 'id\tq2015_4\tq2016_1\tq2016_2\npnr1\t1\t0.5\t0\n' | jf-hours --full-time 1 --wide 'q%Y_%q' >got
    printf 'id\tperiod\thours\npnr1\t2015-Q4\t1\npnr1\t2016-Q1\t0.5\npnr1\t2016-Q2\t0\n' | same - got
    printf 'id\ts74\ts75\npnr1\t1\t0.5\n' | jf-hours --full-time 1 --wide 's%y' >got
    printf 'id\tperiod\thours\npnr1\t1974\t1\npnr1\t1975\t0.5\n' | same - got
    printf 'id\tv9\tv10\tv11\npnr1\t1\t0.5\t0\n' | jf-hours --full-time 1 --wide 'v%n' --from 10 >got
    printf 'id\tperiod\thours\npnr1\t10\t0.5\npnr1\t11\t0\n' | same - got
    printf 'id\tw_1552\tw_1553\tw_1601\tw_1602\tw_1603\tw_1604\tw_1605\npnr1\t0.1\t0.2\t0.3\t0.4\t0.5\t0.6\t0.7\n' >weeks.tsv
    jf-hours --full-time 1 --wide 'w_%y%V' --to 2016-W01 weeks.tsv >got
    printf 'id\tperiod\thours\npnr1\t2015-W52\t0.1\npnr1\t2015-W53\t0.2\npnr1\t2016-W01\t0.3\n' | same - got
    # January 2016 has the Thursdays 7, 14, 21 and 28, of weeks 1 to 4
    jf-hours --full-time 1 --wide 'w_%y%V' --from 2016-01 --to 2016-01 --per month --total weeks.tsv >got
    printf 'id\tperiod\thours\npnr1\t2016-01\t1.8\n' | same - got
    refuses 1 'the range begins at 2015-W52, inside 2015-12' jf-hours --wide 'w_%y%V' --per month weeks.tsv
    refuses 1 "column 'w_1453' fits 'w_%y%V', but there is no such week" jf-hours --wide 'w_%y%V' <(sed 1s/w_1552/w_1453/ weeks.tsv)
    refuses 2 '--per month: a year is no part of a month' jf-hours --wide 's%y' --per month weeks.tsv
    refuses 2 '--per quarter: a wave is no part of a quarter' jf-hours --wide 's%n' --per quarter weeks.tsv
    refuses 2 '--per month: a quarter is no part of a month' jf-hours --wide 's%y%q' --per month weeks.tsv
    refuses 2 '--since counts months, and the periods are years' jf-hours --wide 's%y' --since lot weeks.tsv
    refuses 2 '--until is a month, and the periods are waves' jf-hours --wide 's%n' --until lot weeks.tsv
    refuses 2 "--from: '2016-1' is not a week such as 2016-W07, nor a month" jf-hours --wide 's%y%V' --from 2016-1 weeks.tsv
    # in rows the range tells what they are
    printf 'id\tt\tv\npnr1\t2015-Q4\t1\npnr1\t2016-Q2\t0.5\n' >rows.tsv
    long=(jf-hours --full-time 1 --long --period t --value v)
    "${long[@]}" --from 2015-Q4 --to 2016-Q2 --missing zero rows.tsv >got
    printf 'id\tperiod\thours\npnr1\t2015-Q4\t1\npnr1\t2016-Q1\t0\npnr1\t2016-Q2\t0.5\n' | same - got
    refuses 1 "rows.tsv:2: t: '2015-Q4' is a quarter, and a month such as 2016-03 was expected; say --from and --to in the form of the column" \
        "${long[@]}" --missing drop rows.tsv
}

@test "an indicator may be a range" {
    printf 'id\tgrad_2016_01\tgrad_2016_02\tgrad_2016_03\tgrad_2016_04\npnr1\t0\t0.1\t1.49\t1.5\n' >in.tsv
    jf-hours --full-time 100 --indicator few='>0<150' --indicator some='>=10<=149' --indicator none='<10>=0' in.tsv | cut -f 4- | paste -s -d ' ' - | tr '\t' : >got
    echo 'few:some:none 0:0:1 1:1:0 1:1:0 0:0:0' | same - got
    for bad in '>0<0' '>10<5' '>=5<5'; do refuses 2 "no value lies in 'a=$bad'" jf-hours --indicator "a=$bad" in.tsv; done
    for bad in '>0>5' '>0<5<6' '>0<' '>0 <5x'; do refuses 2 'indicator' jf-hours --indicator "a=$bad" in.tsv; done
}
