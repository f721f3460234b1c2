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
    # four digits before the comma: no thousands are kept apart
    printf 'id\thours\tperiod\na\t1234,567\t1\n' >in.tsv
    refuses 1 "'1234,567' has a decimal comma; say --decimal-comma" jf-cumsum in.tsv
}

@test "a month that is none is an error with line and column" {
    for bad in 2016-13 2016-00 2016-1 16-01 2016 2016-01-01 201613 x 2016-Q1 NaN; do
        printf 'id\tmonth\tdegree\npnr01\t2016-01\t1\npnr02\t%s\t1\n' "$bad" >in.tsv
        refuses 1 'in.tsv:3: month: ' jf-hours --long --period month --value degree --missing drop in.tsv
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
    run ! compgen -G '.jf-*'
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

@test "an option without its argument, with one too many or known by no name is misuse" {
    refuses 2 'jf-diff: --control needs an argument: LABEL' jf-diff --control
    refuses 2 'jf-diff: --outcome needs an argument: COLS' jf-diff --control k -y
    refuses 2 'jf-split: --all takes no argument' jf-split -a x --all=yes
    refuses 2 "jf-hours: ambiguous option '--f'" jf-hours --f x
    refuses 2 "jf-hours: unknown option '-%'" jf-hours -%
}

@test "a value that an option does not take is an error that says what it takes" {
    while IFS='|' read -r pattern command <&8; do
        # shellcheck disable=SC2086 # words are meant
        refuses 2 "$pattern" $command /dev/null
    done 8<<'END'
zero*na*drop|jf-hours --missing nul
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

@test "options that do not go together, or leave one out, are misuse that says which" {
    sample jf-split
    sample jf-hist
    while IFS='|' read -r message command <&8; do
        # shellcheck disable=SC2086 # words are meant
        refuses 2 "$message (try" $command
    done 8<<'END'
--into and --output exclude each other|jf-split -a assign.tsv --into {arm} -o out jf-split.tsv
--shards goes with --into 'NAME{shard}'|jf-split -a assign.tsv --shards 3 jf-split.tsv
--shards: 'out{arm}' names no {shard}|jf-split -a assign.tsv --into out{arm} --shards 3 jf-split.tsv
--into: {shards} needs --shards N|jf-split -a assign.tsv --into out{arm}of{shards} jf-split.tsv
--into: 'out{shards}' names no {COL} or {shard}; use -o for one file|jf-split -a assign.tsv --into out{shards} --shards 3 jf-split.tsv
--manifest goes with --into|jf-split -a assign.tsv --manifest list jf-split.tsv
--min-cell goes with --flow|jf-split -a assign.tsv --min-cell 5 jf-split.tsv
--part: I/N was expected, as 3/20, I from 1 to N, no zero in front, not '3'|jf-split -a assign.tsv --part 3 jf-split.tsv
--part: I/N was expected, as 3/20, I from 1 to N, no zero in front, not '03/20'|jf-hours --part 03/20 jf-split.tsv
--once and --absent are of all parts; say them to the jf-split that reads these|jf-split -a assign.tsv --part 1/2 --once jf-split.tsv
--min-cell: masked counts of parts (--part) do not add up; mask their sum|jf-split -a assign.tsv --part 1/2 --flow f --min-cell 5 jf-split.tsv
--where: no value behind 'arm='; is a variable of the shell not set?|jf-split -a assign.tsv --where arm= jf-split.tsv
--into: {shard} needs --shards N|jf-split -a assign.tsv --into out{shard} jf-split.tsv
--into: 'out' names no {COL} or {shard}; use -o for one file|jf-split -a assign.tsv --into out jf-split.tsv
--into: a { without its } in 'out{arm'|jf-split -a assign.tsv --into out{arm jf-split.tsv
--period and --value go with --long|jf-hours --period month /dev/null
--period and --value go with --long|jf-hours --value degree /dev/null
--long needs --period COL and --value COL|jf-hours --long --value degree /dev/null
--long with --per needs --from and --to, the months that are to be|jf-hours --long --period m --value d --missing drop --per half --from 2016-01 /dev/null
--long with --per needs --from and --to, the months that are to be|jf-hours --long --period m --value d --missing drop --per window --to 2016-01 /dev/null
-y: 'hours' twice; say --as NAMES for a column each|jf-cumsum -y hours,arm,hours jf-hist.tsv
--from and --to go with --width|jf-hist --breaks 1,2 --from 1 jf-hist.tsv
--from and --to go with --width|jf-hist --breaks 1,2 --to 1 jf-hist.tsv
--to 5 is not a whole number of widths away|jf-hist --width 2 --from 0 --to 5 jf-hist.tsv
--to 5 is not above --from 5|jf-hist --width 2 --from 5 --to 5 jf-hist.tsv
more than 100000 bins; choose a larger --width|jf-hist --width 0.01 --from 0 --to 1000.01 jf-hist.tsv
--within is given twice, and the first list would go unused; make one of them, with commas|jf-draw --arms a:1,b:1 --salt 1 --within town --within age /dev/null
--outcome is given twice, and the first list would go unused; make one of them, with commas|jf-diff --control a -y few -y full /dev/null
--family goes with --adjust, or with --band|jf-ci --family arm /dev/null
--shares and --band exclude each other: a band is made of se, Newcombe's interval is not|jf-ci --shares --band /dev/null
more than 100000 bins; choose a larger --width|jf-hist --width 1e-30 --from 0 --to 1 jf-hist.tsv
--level: '0.123456789012345678901234567890123457' has too many digits|jf-ci --level 0.123456789012345678901234567890123457 /dev/null
END
    [ -z "$(compgen -G 'out*')" ]
    jf-hist --width 0.01 --from 0 --to 1000 jf-hist.tsv >/dev/null
    for level in 10 x -1 1.5 ' 1'; do
        refuses 2 "JF_GZIP='$level': a level from 0 to 9 was expected" env "JF_GZIP=$level" jf-hist --width 1 jf-hist.tsv
    done
}

@test "numbers that cannot be held, or are too many, are told with their place" {
    printf 'id\tarm\thours\tgrad_2016_01\tperiod\n' >names
    # given CELL...: in.tsv, the head and these cells behind it
    given() { { cat names; printf '%s\t%s\t%s\t%s\t%s\n' "$@"; } >in.tsv; }
    given pnr01 a 1e37 1 2016-01
    refuses 1 'in.tsv:2: hours: a value too far from 0 for bins of this width; see --from and --to' jf-hist --width 1e-10 in.tsv
    given pnr01 a 1 1 2016-01 pnr02 b 100001 1 2016-01
    refuses 1 'more than 100000 bins; choose a larger --width, or bound the bins by --from and --to' jf-hist --width 1 in.tsv
    jf-hist --width 1 --from 2 in.tsv >/dev/null
    jf-hist --width 1 --to 100001 in.tsv >/dev/null
    given pnr01 a 999 1 2016-01
    refuses 1 "a bin's bound has more than 38 digits; choose a rounder --width" jf-hist --width 1e-36 --from 999 in.tsv
    given pnr01 a 1 1 2016-01 pnr02 b 1 0.123456789012345678901234567890123456 2016-01
    refuses 1 'in.tsv:3: grad_2016_01: hours of more than 38 digits; round the degrees' jf-hours in.tsv
    refuses 1 'in.tsv:3: grad_2016_01: hours of more than 38 digits; round the degrees' jf-hours --percent --full-time 1 in.tsv
    [ "$(jf-hours --full-time 1 in.tsv | cell hours /dev/stdin 2)" = 0.123456789012345678901234567890123456 ]
    given pnr01 a 1 50.000000000000000000000000000000000001 2016-01 pnr01 a 1 50 2016-01
    refuses 1 'in.tsv:3: grad_2016_01: hours of more than 38 digits; round the degrees' \
        jf-hours --long --period period --value grad_2016_01 --missing drop --max 60 --full-time 1 in.tsv
}

@test "what rows of one person may not do is told with the line" {
    table >in.tsv <<'END'
PNR    arm  town  month    degree
pnr01  d    A     2016-01  0.75
pnr01  d    A     2016-01  0.75
pnr01  d    B     2016-02  0.75
pnr01  d    B     2016-02  0.75
pnr01  d    B     2016-03  0.75
END
    monthly=(jf-hours --long --period month --value degree --missing drop)
    refuses 1 "in.tsv:3: degree: the degrees of this month's rows add up to more than 1.4 (--max); raise --max if that is right, and say --cap 1 to count no more than 1" \
        "${monthly[@]}" --max 1.4 in.tsv
    [ "$("${monthly[@]}" --keep arm,town in.tsv | wc -l)" -eq 4 ]
    refuses 1 'in.tsv:5: a kept column (--keep) changes within a period of one person; leave it out' \
        "${monthly[@]}" --keep arm,town --per quarter --from 2016-01 --to 2016-03 in.tsv
    "${monthly[@]}" --keep arm --per quarter --from 2016-01 --to 2016-03 in.tsv >/dev/null
    sed '5s/B/C/' in.tsv >within.tsv
    refuses 1 'within.tsv:5: a kept column (--keep) differs within a month of one person; leave it out' \
        "${monthly[@]}" --keep arm,town within.tsv
}

@test "an output that cannot be written to is named, with the system's reason" {
    sample jf-split
    sample jf-hist
    mkdir folder
    refuses 1 'folder: cannot open for writing: Is a directory' jf-hist --width 1 -o folder jf-hist.tsv
    refuses 1 "--into: a file's name of more than 4096 bytes" \
        jf-split -a assign.tsv --into "$(printf '%04100d' 0){arm}" jf-split.tsv
    sed '1s/$/\tmore/; 2,$s/$/\t1/' jf-hist.tsv >more.tsv
    refuses 1 'more.tsv:1: more columns than in jf-hist.tsv; all files need the same header line' \
        jf-hist --width 1 jf-hist.tsv more.tsv
    [ -c /dev/full ] || skip 'no /dev/full here'
    for program in $PROGRAMS; do
        for option in --help --version; do
            run -1 --separate-stderr bash -c "$program $option >/dev/full"
            # shellcheck disable=SC2154 # bats sets it
            [ "$stderr" = "$program: stdout: cannot write: No space left on device" ]
        done
    done
}

@test "gzip is not written to a terminal" {
    [ -c /dev/ptmx ] && (: <>/dev/ptmx) || skip 'no terminals here'
    sample jf-hist
    run -2 --separate-stderr bash -c 'jf-hist --width 1 -z jf-hist.tsv >/dev/ptmx'
    # shellcheck disable=SC2154 # bats sets it
    [ "$stderr" = "jf-hist: no gzip to a terminal: use -o FILE or a pipe (try 'jf-hist --help')" ]
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

@test "-h and -V are --help and --version, in every program" {
    for program in $PROGRAMS; do
        $program --help | same - <($program -h)
        $program --version | same - <($program -V)
    done
}

@test "an option with a slip is offered as it is to be typed" {
    refuses 2 "unknown option '--asign'; did you mean '--assign'? (" jf-split --asign=x
    refuses 2 "unknown option '--mising'; did you mean '--missing'? (" jf-hours --mising zero
    refuses 2 "ambiguous option '--fro'" jf-hist --fro
    for program in $PROGRAMS; do
        refuses 2 "unknown option '--outptu'; did you mean '--output'? (" "$program" --outptu x
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

@test "every control byte, C1 too, is shown by its number, and no other byte is changed" {
    for ((byte = 1; byte < 256; byte++)); do
        printf -v octal '%03o' $byte
        # shellcheck disable=SC2059 # an octal escape is made
        printf -v cell "a\\$octal"b
        printf -v shown 'a\\x%02xb' $byte
        [ $byte -lt 32 ] || { [ $byte -ge 127 ] && [ $byte -lt 160 ]; } || shown=$cell
        case $byte in 9 | 10) continue ;; esac
        printf 'id\tarm\tperiod\thours\npnr01\ta\t1\t%s\n' "$cell" >in.tsv
        jf-diff --control a in.tsv >out 2>err || true
        [[ $(cat err) == "jf-diff: in.tsv:2: hours: '$shown' "* ]] || { cat -v err; return 1; }
    done
    printf 'id\tarm\ta\177b\npnr01\ta\tx\n' >in.tsv
    refuses 1 'in.tsv:2: a?x7fb: ' jf-hist --width 1 -y "$(printf 'a\177b')" in.tsv
    # in UTF-8 a control of C1 is two bytes, an end of a line or a turn of direction three; letters stay
    while read -r cell shown; do
        printf 'id\tarm\tperiod\thours\npnr01\ta\t1\t%b\n' "$cell" >in.tsv
        jf-diff --control a in.tsv >out 2>err || true
        [[ $(cat err) == "jf-diff: in.tsv:2: hours: '$(printf '%b' "$shown")' "* ]] || { cat -v err; return 1; }
    done <<'END'
a\0302\0233b a\\xc2\\x9bb
a\0342\0200\0250b a\\xe2\\x80\\xa8b
a\0342\0200\0256b a\\xe2\\x80\\xaeb
a\0342\0201\0247b a\\xe2\\x81\\xa7b
a\0330\0234b a\\xd8\\x9cb
a\0303\0237b a\0303\0237b
a\0342\0202\0254b a\0342\0202\0254b
a\0360\0237\0231\0202b a\0360\0237\0231\0202b
a\0303\0233b a\0303\0233b
a\0340\0200\0233b a\0340\\x80\\x9bb
END
    # what an earlier stage says is quoted again, here and where it is handed on
    printf 'id\tarm\thours\n#jf-error\tjf-split: a\177\033[31m\001b\n' >in.tsv
    refuses 1 "in.tsv: an earlier stage failed: jf-split: a?x7f?x1b[[]31m?x01b" jf-hist --width 1 in.tsv
    printf '#jf-error\tjf-split: a\\x7f\\x1b[31m\\x01b\n' | same refused.out -
}

@test "six digits in a row are shown by their shape, whatever dashes and blanks are between them, but for months" {
    while IFS='|' read -r cell shown; do
        printf 'id\tarm\tperiod\thours\npnr01\ta\t1\tx%b\n' "$cell" >in.tsv
        jf-diff --control a in.tsv >out 2>err || true
        [[ $(cat err) == "jf-diff: in.tsv:2: hours: 'x$(printf '%b' "${shown:-$cell}")' "* ]] || { cat -v err; return 1; }
    done <<'END'
0102031234|##########
010203-1234|######-####
010203 1234|###### ####
"010203-1234"|"######-####"
01-02-03 - 1234|##-##-## - ####
010203\0302\02401234|######\0302\0240####
010203\02401234|######\0240####
010203\0342\0200\0221234|######\0342\0200\0221###
0102\0342\0200\02231234|####\0342\0200\0223####
0102\0342\0210\02221234|####\0342\0210\0222####
01\0342\0200\021302031234|##\0342\0200\0213########
12 345 of 010203|## ### of ######
12345|
12 345 of 1234|
1,234,567|
190013|######
201600|######
209912|
190001|
201603|
2016-03|
2016-03/2022-08|
2016-03-1|####-##-#
2016 03|#### ##
210001|######
189912|######
12016-03|#####-##
2016-W07/2016-W52|
END
    # the shape is of the whole, also where only its beginning is shown
    printf 'id\tarm\tperiod\thours\npnr01\ta\t1\t1%060dx123456\n' 0 | tr 0 x >in.tsv
    refuses 1 "in.tsv:2: hours: '#$(printf '%059d' 0 | tr 0 x)...'" jf-diff --control a in.tsv
}

@test "a key of several cells is shown cell by cell" {
    printf 'id\tarm\tperiod\ttown\thours\na\tt\t2016-03\t123\t1\na\tt\t2016-03\t123\t1\nb\tt\t2016-03\t010203-1234\t2\nb\tt\t2016-03\t010203-1234\t2\n' >in.tsv
    refuses 1 "jf-diff: '2016-03 123' and 1 other key: " jf-diff --control c --by period,town in.tsv
    sed 2,3d in.tsv >other.tsv
    refuses 1 "jf-diff: '2016-03 ######-####': " jf-diff --control c --by period,town other.tsv
}

@test "what the user typed is shown as it was given, and a file's name in one line" {
    table >in.tsv <<'END'
PNR    arm  period   hours
pnr01  a    2016-01  1
END
    refuses 1 "no row has the treated arm '0102031234'; see --treated" jf-diff --control a --treated 0102031234 in.tsv
    refuses 1 "in.tsv:1: no column '010203-1234' among 4" jf-diff --control a -y 010203-1234 in.tsv
    refuses 1 "010203-1234.tsv: cannot open: " jf-diff --control a 010203-1234.tsv
    name=$(printf 'a\nb\033[31m\302\233c.tsv')
    refuses 1 'a?x0ab?x1b[[]31m?xc2?x9bc.tsv: cannot open: No such file' jf-diff --control a "$name"
    cp in.tsv "$name"
    refuses 1 "a?x0ab?x1b[[]31m?xc2?x9bc.tsv:1: no column 'x' among 4" jf-diff --control a -y x "$name"
    grep -q 'a.x0ab.x1b.31m.xc2.x9bc' refused.out
    refuses 2 "'a?x0ab?x1b[[]31m?xc2?x9bc.tsv' are one file" jf-diff --control a "$name" "$name"
    refuses 1 'x?x0ay/out.tsv: cannot ' jf-diff --control a -o "$(printf 'x\ny/out.tsv')" in.tsv
    long=$(printf '%04000d' 0 | tr 0 x)
    refuses 1 "$long: cannot open: File name too long" jf-diff --control a "$long"
}

@test "of what an earlier stage says no id is shown or handed on, but lines and bytes are" {
    while IFS='|' read -r said shown; do
        printf 'id\tarm\thours\n#jf-error\t%s\n' "$said" >in.tsv
        refuses 1 "in.tsv: an earlier stage failed: $shown" jf-hist --width 1 in.tsv
        printf '#jf-error\t%s\n' "$shown" | same refused.out -
    done <<'END'
jf-x: 0102031234 has no row|jf-x: ########## has no row
jf-x: in.tsv:1234567: arm: 010203-1234|jf-x: in.tsv:1234567: arm: ######-####
jf-x: the gzip stream is cut at byte 1234567|jf-x: the gzip stream is cut at byte 1234567
jf-x: 2016-03 and 2016-13|jf-x: 2016-03 and ####-##
END
    { printf 'id\tarm\thours\n#jf-error\tjf-x: '; head -c 100000 /dev/zero | tr '\0' x; echo; } >in.tsv
    refuses 1 'in.tsv: an earlier stage failed: jf-x: xxx' jf-hist --width 1 in.tsv
    [ "$(wc -c <refused.err)" -lt 2000 ]
    [ "$(wc -c <refused.out)" -lt 2000 ]
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
    refuses 1 'in.tsv:2: PNR: the cell is not a number' jf-hist --units rows --width 1 -y PNR in.tsv
    refuses 1 'in.tsv:2: column 1: the cell is not a number' jf-hours --long --period period --value PNR --missing drop in.tsv
    refuses 1 'in.tsv:2: column 1: the cell is not a month' jf-hours --long --period PNR --value hours --missing drop in.tsv
    refuses 1 'in.tsv:3: PNR: an arm too many' jf-diff --units rows --control b --arm PNR in.tsv
    refuses 1 'in.tsv:2: PNR: an arm too many' jf-diff --units rows --control b --treated c --arm PNR in.tsv
    refuses 1 'one.tsv: PNR: no row has the control arm' jf-diff --units rows --control nobody --arm PNR one.tsv
    refuses 1 "in an arm: (an id) of key '2016-01' (arm 'a')" jf-diff --units rows --control b --strata PNR in.tsv
    refuses 1 'of key (an id) ' jf-diff --units rows --control b --by PNR --strata period in.tsv
    refuses 1 "headless.tsv:1: column 1 is not called 'PNR' as in in.tsv" jf-cumsum in.tsv headless.tsv
    refuses 1 "headless.tsv:1: a person of list.tsv stands in the header's place" jf-split -a list.tsv headless.tsv
    refuses 1 "headless.tsv:1: a person of in.tsv stands in the header's place" jf-split -a headless.tsv in.tsv
    { head -n 1 list.tsv; echo; printf 'x\ty\n'; } | sed 2d >nobody.tsv
    refuses 1 'headless.tsv: none of the 1 ids of nobody.tsv stands in column 1' jf-split -a nobody.tsv headless.tsv
    refuses 1 'none/{PNR}' jf-split -a list.tsv --into 'none/{PNR}' in.tsv
}
