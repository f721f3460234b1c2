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
    jf-hours --long --period month --value degree --keep arm long.tsv >got
    same want got
    for as in '2016-\1' '2016M\1' '2016\1'; do
        sed "s/2016_\(0[1-6]\)/$as/" long.tsv >other.tsv
        jf-hours --long --period month --value degree --keep arm other.tsv >got
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
    jf-hours --long --period month --value degree --full-time 1 --indicator more='>0.3' jobs.tsv >got
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
    refuses 1 'in.tsv:3:*LC_ALL=C sort' jf-hours --long --period month --value degree in.tsv
    table >in.tsv <<'END'
PNR    month    degree
pnr01  2016-01  0.1
pnr02  2016-01  0.2
pnr01  2016-02  0.2
END
    refuses 1 'in.tsv:4:*LC_ALL=C sort' jf-hours --long --period month --value degree in.tsv
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
    refuses 1 '--missing' "${long[@]}" in.tsv
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

@test "of summed rows every missing one is counted, and the first one told" {
    table >in.tsv <<'END'
PNR    month    degree
pnr01  2016-01  0.5
pnr01  2016-01  NA
pnr01  2016-01  0.25
pnr01  2016-01  .
pnr01  2016-03  _
pnr02  2016-04  NA
pnr02  2016-05  0.5
pnr02  2016-05  NA
END
    long=(jf-hours --long --period month --value degree)
    refuses 1 'in.tsv:3: degree: the first of 5 missing degrees;' "${long[@]}" in.tsv
    refuses 1 'in.tsv:3: degree: the first of 2 missing degrees;' "${long[@]}" --to 2016-02 in.tsv
    refuses 1 'in.tsv:6: degree: the first of 3 missing degrees;' "${long[@]}" --from 2016-02 in.tsv
    # with a range the months without a row count too, one each
    refuses 1 'in.tsv:3: degree: the first of 11 missing degrees;' "${long[@]}" --from 2016-01 --to 2016-05 in.tsv
    refuses 1 'in.tsv:6: degree: the first of 4 missing degrees;' "${long[@]}" --from 2016-02 --to 2016-03 in.tsv
    sed '3,6d' in.tsv >late.tsv
    refuses 1 'late.tsv:3: degree: the first of 2 missing degrees;' "${long[@]}" late.tsv
    # and where months make a quarter
    refuses 1 'in.tsv:3: degree: the first of 13 missing degrees;' "${long[@]}" --from 2016-01 --to 2016-06 --per quarter in.tsv
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
    refuses 2 '%' jf-hours --wide 'grad_%Y' wide.tsv
    refuses 2 '%' jf-hours --wide 'grad_%Y_%q' wide.tsv
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
    for degree in 0 1 0.5 0.37 0.375 1.5 0.00001 1e-30; do printf 'pnr01\t%s\t0.25\n' $degree $degree $degree; done >>in.tsv
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
