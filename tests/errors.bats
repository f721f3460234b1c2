#!/usr/bin/env bats
# No guessing: what is wrong is an error that names the place, in every program.

load helper

# spoil FAULT FILE: the file with one thing wrong, on stdout.
spoil()
{
    case $1 in
    'a cell too few') sed '3s/\t[^\t]*$//' "$2" ;;
    'a cell too many') sed '3s/$/\t1/' "$2" ;;
    'an empty line') sed '3s/.*//' "$2" ;;
    'a NUL byte') awk 'NR == 3 { sub(/\t/, "\t@") } 1' "$2" | tr '@' '\0' ;;
    'a NUL byte in the header') sed '1s/$/\t@/' "$2" | tr '@' '\0' ;;
    'no line end') head -c -1 "$2" ;;
    'two columns of one name') awk -F'\t' -v OFS='\t' 'NR == 1 { $NF = $1 } 1' "$2" ;;
    'a column without a name') sed '1s/\t/\t\t/; 2,$s/\t/\t1\t/' "$2" ;;
    'nothing') ;;
    'a blank header') sed '1s/.*//' "$2" ;;
    'a PNG') printf '\211PNG\r\n\32\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1' ;;
    'a zip or a workbook') printf 'PK\3\4\24\0\6\0\10\0\0\0!\0[Content_Types].xml \242\4\2\n' ;;
    'a Parquet file') printf 'PAR1\25\4\25\20\25\24L\25\2PAR1\n' ;;
    'zstd') printf '(\265/\375\4XI\0\0a\tb\n1\t2\n' ;;
    'UTF-16') printf '\377\376i\0d\0\t\0a\0\r\0\n\0' ;;
    'CR line ends') tr '\n' '\r' <"$2" ;;
    'semicolons') tr '\t' ';' <"$2" ;;
    esac
}

@test "a broken stream is an error in every program, with file and line, and no table" {
    while IFS='|' read -r fault pattern <&8; do
        for program in $PROGRAMS; do
            sample "$program"
            spoil "$fault" "$program.tsv" >bad.tsv
            echo "$program: $fault"
            # jf-split reads the row of a person nobody asks for only to its id
            [ "$program-$fault" = 'jf-split-an empty line' ] && continue
            refuses '[12]' "bad.tsv$pattern" filter bad.tsv
            refuses '[12]' "stdin$pattern" filter <bad.tsv
        done
    done 8<<'END'
a cell too few|:3: *cells
a cell too many|:3: *cells
an empty line|:3: *cell
a NUL byte|:3: *NUL
a NUL byte in the header|:1: 
no line end|:*line end
two columns of one name|:1: 
a column without a name|:1: 
nothing|: *empty
a blank header|:1: 
a PNG|:
a zip or a workbook|:1: 
a Parquet file|:1: 
zstd|:1: 
UTF-16|:1: 
CR line ends|:
semicolons|:1: 
END
}

@test "a file that cannot be read is an error with its name and the system's reason" {
    mkdir folder
    printf 'x\n' >shut.tsv
    chmod 000 shut.tsv
    for program in $PROGRAMS; do
        sample "$program"
        refuses 1 'none.tsv: *No such file' filter none.tsv
        refuses 1 'folder: *irectory' filter folder
        refuses 1 'folder*: *irectory' filter folder/
        refuses 1 'none.tsv: *No such file' filter "$program.tsv" none.tsv
        refuses 1 "$program.tsv/x: *Not a directory" filter "$program.tsv/x"
        [ "$(id -u)" -eq 0 ] || refuses 1 'shut.tsv: *Permission' filter shut.tsv
    done
    refuses 1 'none.tsv: *No such file' jf-split -a none.tsv jf-split.tsv
    refuses 1 'folder: *irectory' jf-split -a folder jf-split.tsv
}

@test "a closed stdin is an error, not the end of the input, and not the assignment list" {
    for program in $PROGRAMS; do
        sample "$program"
        refuses 1 'stdin' filter <&-
        refuses 1 'stdin' filter - <&-
    done
}

@test "a cell that is no number is an error with line and column" {
    for bad in x 1,5 0x10 nan inf 1e 1e+ e5 . .. - + -- 1.2.3 '1 ' ' 1' 1_000 '1 000' 1e999999999999 '"1"' $'\302\2401' 1d5 TRUE '<5' '#N/A'; do
        [ "$bad" = . ] && continue # that is a missing cell
        printf 'id\tarm\tperiod\thours\tgrad_2016_01\tdiff\tse\tdf\npnr01\ta\t1\t1\t1\t1\t1\t1\npnr02\tb\t1\t%s\t%s\t%s\t1\t1\n' \
            "$bad" "$bad" "$bad" >in.tsv
        refuses 1 'in.tsv:3: grad_2016_01: ' jf-hours in.tsv
        refuses 1 'in.tsv:3: hours: ' jf-cumsum in.tsv
        refuses 1 'in.tsv:3: hours: ' jf-diff --control b in.tsv
        refuses 1 'in.tsv:3: diff: ' jf-ci in.tsv
        refuses 1 'in.tsv:3: hours: ' jf-hist --width 1 in.tsv
    done
}

@test "a month that is none is an error with line and column" {
    for bad in 2016-13 2016-00 2016-1 16-01 2016 2016-01-01 201613 x '' 2016-Q1 NA; do
        printf 'id\tmonth\tdegree\npnr01\t2016-01\t1\npnr02\t%s\t1\n' "$bad" >in.tsv
        refuses 1 'in.tsv:3: month: ' jf-hours --long --period month --value degree in.tsv
    done
}

@test "wrong usage is told from bad data, and says where to read on" {
    for program in $PROGRAMS; do
        sample "$program"
        refuses 2 '' filter -o
        for wrong in --no-such-option -% -z10 -zx --gzip=11 --help=5; do
            refuses 2 "$program --help" filter $wrong "$program.tsv"
        done
    done
}

@test "wrong usage that shows late leaves the file as it was, and none beside it" {
    for program in jf-split jf-diff; do sample $program; done
    for file in out.tsv part-deltager.tsv; do echo old >$file; done
    refuses 2 'COL=VALUE' jf-split -a assign.tsv --where x -o out.tsv jf-split.tsv
    refuses 2 '' jf-split -a assign.tsv --where x --flow flow.tsv jf-split.tsv
    refuses 2 '{ without' jf-split -a assign.tsv --flow flow.tsv --into 'part-{arm.tsv' jf-split.tsv
    refuses 2 'twice' jf-diff --control kontrol -y hours,hours -o out.tsv jf-diff.tsv
    refuses 2 'twice' jf-diff --control kontrol -y hours,hours -o new.tsv.gz jf-diff.tsv
    [ "$(cat out.tsv)" = old ]
    [ "$(cat part-deltager.tsv)" = old ]
    run ! compgen -G '*.jf-*'
    run ! compgen -G 'new*'
}

@test "a misspelt option is an error that offers the nearest" {
    while read -r wrong right command <&8; do
        # shellcheck disable=SC2086 # words are meant
        refuses 2 "$wrong*${right#--}" $command $wrong x
    done 8<<'END'
--asign --assign jf-split
--wehre --where jf-split -a x
--misssing --missing jf-hours
--indcator --indicator jf-hours
--witin --within jf-cumsum
--contol --control jf-diff
--tretaed --treated jf-diff
--levle --level jf-ci
--adjsut --adjust jf-ci
--widht --width jf-hist
--braeks --breaks jf-hist
END
}

@test "a value that an option does not take is an error that says what it takes" {
    while IFS='|' read -r pattern command <&8; do
        # shellcheck disable=SC2086 # words are meant
        refuses 2 "$pattern" $command /dev/null
    done 8<<'END'
zero*drop|jf-hours --missing nul
quarter|jf-hours --per week
full-time|jf-hours --full-time -5
full-time|jf-hours --full-time x
cap|jf-hours --cap x
2016|jf-hours --from 2016/01
value|jf-hours --long --period m
drop|jf-diff --control k --missing zero
pooled|jf-diff --control k --variance equal
min-cell|jf-diff --control k --min-cell x
min-cell|jf-diff --control k --min-cell -3
holm|jf-ci --adjust fdr
digits|jf-ci --digits x
shards|jf-split -a x --into {shard} --shards 0
END
}

@test "--help and --version answer on stdout, whatever else stands there" {
    for program in $PROGRAMS; do
        $program --help >help 2>err
        grep -q "^usage: $program\|^Usage: $program\|$program " help
        for option in --output --gzip --decimal-comma --progress --help --version; do grep -q -e "$option" help; done
        $program --version >version 2>>err
        grep -q "$program.*[0-9]\.[0-9]" version
        [ "$(wc -l <version)" -eq 1 ]
        $program --help --no-such-option >/dev/null 2>&1 || [ $? -eq 2 ]
        [ ! -s err ]
    done
}

@test "a message quotes what it found so that it cannot act on a terminal" {
    printf 'id\tarm\tperiod\thours\npnr01\ta\t1\t1\npnr02\tb\t1\t\033[31mred\007\n' >in.tsv
    refuses 1 'in.tsv:3: hours: ' jf-diff --control b in.tsv
    run ! grep -q "$(printf '[\033\007]')" refused.err
    long=$(printf '%05000d' 0)x
    printf 'id\tarm\tperiod\thours\npnr01\ta\t1\t%s\n' "$long" >in.tsv
    refuses 1 'in.tsv:2: hours: ' jf-diff --control b in.tsv
    [ "$(wc -c <refused.err)" -lt 1000 ]
}

@test "no message shows an id, whatever column ids are taken for, and where a header is missing" {
    table >in.tsv <<'END'
PNR    arm  period   hours
pnr01  a    2016-01  1
pnr02  b    2016-01  2
END
    sed 1d in.tsv >headless.tsv
    sed 3d in.tsv >one.tsv
    cut -f 1,2 in.tsv | sed '1s/.*/person\tgroup/' >list.tsv
    refuses 1 'in.tsv:2: PNR: the cell is not a number' jf-cumsum -y PNR in.tsv
    refuses 1 'in.tsv:2: PNR: the cell is not a number' jf-hist --width 1 -y PNR in.tsv
    refuses 1 'in.tsv:2: column 1: the cell is not a number' jf-hours --long --period period --value PNR in.tsv
    refuses 1 'in.tsv:2: column 1: the cell is not a month' jf-hours --long --period PNR --value hours in.tsv
    refuses 1 'in.tsv:3: PNR: an arm too many' jf-diff --control b --arm PNR in.tsv
    refuses 1 'in.tsv:2: PNR: an arm too many' jf-diff --control b --treated c --arm PNR in.tsv
    refuses 1 'one.tsv: PNR: no row has the control arm' jf-diff --control nobody --arm PNR one.tsv
    refuses 1 "stratum (an id) of key '2016-01'" jf-diff --control b --strata PNR in.tsv
    refuses 1 'key (an id)' jf-diff --control b --by PNR --strata period in.tsv
    refuses 1 "headless.tsv:1: column 1 is not called 'PNR' as in in.tsv" jf-cumsum in.tsv headless.tsv
    refuses 1 "headless.tsv:1: a person of list.tsv stands in the header's place" jf-split -a list.tsv headless.tsv
    refuses 1 "headless.tsv:1: a person of in.tsv stands in the header's place" jf-split -a headless.tsv in.tsv
    { head -n 1 list.tsv; echo; printf 'x\ty\n'; } | sed 2d >nobody.tsv
    refuses 1 'headless.tsv: none of the 1 ids of nobody.tsv stands in column 1' jf-split -a nobody.tsv headless.tsv
    refuses 1 'none/{PNR}' jf-split -a list.tsv --into 'none/{PNR}' in.tsv
}
