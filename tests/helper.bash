# shellcheck shell=bash
# What every test file loads: the programs first on PATH, tables out of readable
# here-documents, and assertions about files.
#
# Hand-made ids look like pnr07. Ids are personal data, so `refuses` fails when one of them
# turns up in a message. Tables are written with blanks for tabs and _ for an empty cell.

bats_require_minimum_version 1.5.0

JF_ROOT=${JF_ROOT:-$(cd "$BATS_TEST_DIRNAME/.." && pwd)}
JF_DATA=$JF_ROOT/tests/data

# `make check` has built all, and says where. A file that is run by itself (bats tests/threads.bats)
# builds the programs, once, and what it NEEDS besides.
if [ -z "${JF_BUILD:-}" ]; then
    read -ra needs <<<"${NEEDS:-}"
    (unset MAKEFLAGS MFLAGS; make -s -C "$JF_ROOT" all "${needs[@]/#/build/}") >&2 || exit
    JF_BUILD=$JF_ROOT/build
    export JF_ALONE=1
fi
PATH=$(cd "${JF_BIN:-$JF_BUILD/bin}" && pwd):$PATH
LC_ALL=C
BC_LINE_LENGTH=0
FILTERS='jf-draw jf-split jf-hours jf-weeks jf-amounts jf-mark jf-cumsum jf-diff jf-permute jf-joint jf-contrast jf-test jf-ci jf-hist'
PROGRAMS="$FILTERS jf-plot"
export JF_ROOT JF_DATA JF_BUILD PATH LC_ALL BC_LINE_LENGTH FILTERS PROGRAMS
unset JF_GZIP JF_THREADS

# Every test works in a directory of its own.
setup()
{
    cd "$BATS_TEST_TMPDIR" || return
    quick
}

# quick: bats notes the place of each command before it runs, so that it can name the one that fails. That takes a
# third of the tests' time, and a bash of our days still knows the place when a command has failed. What fails is the
# same (tests/make.bats); another bats than those that have these two functions goes on as it does.
quick()
{
    [ "${BASH_VERSINFO[0]}" -ge 5 ] && declare -F bats_check_status_from_trap bats_capture_stack_trace >/dev/null || return 0
    trap quick_failed ERR
    trap - DEBUG
}

quick_failed()
{
    bats_check_status_from_trap
    [ -n "$BATS_DEBUG_LAST_STACK_TRACE_IS_VALID" ] || bats_capture_stack_trace
    BATS_DEBUG_LAST_STACK_TRACE_IS_VALID=1
}

# table <<END: blanks become tabs, a lone _ an empty cell.
table()
{
    awk -v OFS='\t' '{ for (i = 1; i <= NF; i++) if ($i == "_") $i = ""; $1 = $1; print }'
}

# same WANT GOT: two files, byte by byte.
same()
{
    diff -u "$1" "$2"
}

# columns NAMES FILE: these columns, by name, in this order.
columns()
{
    awk -F'\t' -v OFS='\t' -v names="$1" '
        NR == 1 {
            n = split(names, name, ",")
            for (i = 1; i <= NF; i++) at[$i] = i
            for (j = 1; j <= n; j++) if (!(name[j] in at)) { print "no column " name[j]; exit 1 }
        }
        { line = ""; for (j = 1; j <= n; j++) line = line (j > 1 ? OFS : "") $at[name[j]]; print line }
    ' "$2"
}

# session: what a page shows of a terminal goes in (`$ command`, its further lines behind `> `, what it prints); the
# commands are run, and what it shows then comes out.
session()
{
    local line command=
    while IFS= read -r line || [ -n "$command" ]; do
        if [ -n "$command" ] && [[ $line != '> '* ]]; then
            sh -c "$command" </dev/null 2>&1 || :
            command=
        fi
        case $line in
        '$ '*) command=${line:2} ;;
        '> '*) [ -n "$command" ] || continue; command+=$'\n'${line:2} ;;
        *) continue ;;
        esac
        printf '%s\n' "$line"
    done
}

# cell NAME FILE [ROW]: one cell of a data row (the first unless said).
cell()
{
    columns "$1" "$2" | sed -n "$((${3:-1} + 1))p"
}

# near GOT WANT REL: two numbers within a relative tolerance.
near()
{
    awk -v got="$1" -v want="$2" -v rel="$3" 'BEGIN {
        off = got - want; if (off < 0) off = -off
        size = want + 0; if (size < 0) size = -size
        if (got == want || (got ~ /^-?[0-9]/ && off <= rel * size)) exit 0
        print "got " got ", want " want " within " rel; exit 1
    }'
}

# reals <<END: lines `what got expression`. Each got must be the double nearest to the
# expression, which bc works out to 120 decimals: not a close number but the correctly rounded
# one. A line that fails is printed.
reals()
{
    {
        cat <<'END'
scale = 120
define size(x) { if (x < 0) return (-x); return (x) }
/* the power of two that takes x to a whole number of units in its last binary place */
define power(x) {
    auto p
    x = size(x); p = 1
    while (x * p < 2^52) p = p * 2
    while (x * p >= 2^53) p = p / 2
    return (p)
}
define whole(x) {
    auto s, y
    s = scale; scale = 0; y = (x + 0.5) / 1
    if (y - x == 0.5 && y % 2 == 1) y = y - 1
    scale = s; return (y)
}
define same(x, y) {
    auto p
    if (y == 0) return (x == 0)
    if (x * y < 0) return (0)
    p = power(y); return (whole(size(x) * p) == whole(size(y) * p))
}
END
        awk '
            function plain(x,  at, e) { # bc knows no exponents
                if ((at = index(x, "e")) == 0) return x
                e = substr(x, at + 1) + 0
                return substr(x, 1, at - 1) (e < 0 ? " / 10^" (-e) : " * 10^" e)
            }
            NF < 3 || $2 !~ /^-?[0-9]/ { print "print \"" $1 " is " $2 "\\n\""; next }
            {
                want = $3; for (i = 4; i <= NF; i++) want = want " " $i
                print "if (!same(" plain($2) ", " want ")) print \"" $1 " is " $2 ", not \", " want ", \"\\n\""
            }'
    } | bc -lq >"$BATS_TEST_TMPDIR/reals.out" 2>&1
    cat "$BATS_TEST_TMPDIR/reals.out"
    [ ! -s "$BATS_TEST_TMPDIR/reals.out" ]
}

# no_table FILE [PROGRAM]: nothing a reader could take for a result. Empty, or a stream that ends
# in the one line #jf-error; the programs that sum up write not a row before it.
no_table()
{
    local plain=$BATS_TEST_TMPDIR/no_table.txt
    if [ "$(head -c 2 "$1" | od -An -tx1)" = ' 1f 8b' ]; then
        gzip -dc <"$1" >"$plain" || return
    else
        cat "$1" >"$plain"
    fi
    [ -s "$plain" ] || return 0
    [[ $(tail -n 1 "$plain") == $'#jf-error\t'jf-*:\ * ]] || return
    [ "$(grep -c '^#jf-error' "$plain")" -eq 1 ] || return
    case ${2:-jf-diff} in
    jf-diff | jf-joint | jf-contrast | jf-test | jf-ci | jf-hist | jf-plot) [ "$(wc -l <"$plain")" -eq 1 ] ;;
    esac
}

# refuses CODE PATTERN COMMAND...: the command exits with CODE ([12]: with 1 or 2) and says one
# line that fits the glob *PATTERN*; the line names no id, and stdout holds no table.
refuses()
{
    local code=$1 pattern=$2 got=0 out=$BATS_TEST_TMPDIR/refused.out err=$BATS_TEST_TMPDIR/refused.err
    local said wrong=
    shift 2
    "$@" >"$out" 2>"$err" || got=$?
    said=$(cat "$err")
    [[ $got =~ ^$code$ ]] || wrong+=" exit $got and not $code;"
    [ "$(wc -l <"$err")" -eq 1 ] && [[ $said =~ ^jf-[a-z]+:\  ]] || wrong+=' not one line of a program;'
    # shellcheck disable=SC2053 # a pattern is meant
    [[ $said == *$pattern* ]] || wrong+=" no *$pattern* in the message;"
    [[ ! $said =~ pnr[0-9] ]] || wrong+=' an id in the message;'
    no_table "$out" "${said%%:*}" || wrong+=" a table: $(head -c 300 "$out");"
    if [ "$got" -eq 2 ]; then
        [ ! -s "$out" ] || wrong+=' something on stdout;'
    elif [[ ! " $* " =~ \ (-o|--into|-c)\  ]]; then
        [ -s "$out" ] || wrong+=' no line #jf-error;'
    fi
    [ -z "$wrong" ] || { printf '%s\n %s\n  %s\n' "$*" "$wrong" "$said"; return 1; }
}

# page FILE LEAST: what the commands of a Markdown page print is what the page shows, behind four blanks, and there
# are so many commands at least.
page()
{
    awk '/^    / { print substr($0, 5) }' "$1" >shown
    [ "$(grep -c '^\$ ' shown)" -ge "$2" ] || return
    session <shown | expand -t 1 >printed
    expand -t 1 shown | same - printed
}

# sample PROGRAM: a small good input, PROGRAM.tsv, and `filter` becomes the command that reads it.
sample()
{
    case $1 in
    jf-draw)
        sample=(jf-draw --arms 'deltager:1,kontrol:1' --salt lots --within town)
        table >jf-draw.tsv <<'END'
PNR    town  age
pnr01  A     40
pnr02  B     51
pnr03  A     38
pnr04  A     29
END
        ;;
    jf-split)
        sample=(jf-split -a assign.tsv)
        table >assign.tsv <<'END'
person  arm       group
pnr01   deltager  kontanthjaelp
pnr02   kontrol   kontanthjaelp
pnr03   deltager  ressource
END
        table >jf-split.tsv <<'END'
PNR    y_1601  grad_2016_01  grad_2016_02
pnr05  _       0.1           0.2
pnr03  112     _             0.25
pnr01  _       1             0.5
pnr04  112     .             0
pnr02  113     0.125         NA
END
        ;;
    jf-hours)
        sample=(jf-hours --keep arm --missing zero)
        table >jf-hours.tsv <<'END'
PNR    arm       grad_2016_01  y_1602  grad_2016_02
pnr03  deltager  _             112     0.25
pnr01  deltager  1             _       0.5
pnr02  kontrol   0.125         113     \N
END
        ;;
    jf-weeks)
        sample=(jf-weeks --states states.tsv --keep arm --missing zero)
        printf 'from\tto\tstate\n-\t\tself\n*\t\tbenefit\n' >states.tsv
        table >jf-weeks.tsv <<'END'
PNR    arm       y_1552  grad_2016_01  y_1553  y_1601
pnr03  deltager  _       0.25          112     651
pnr01  deltager  111     1             _       NA
pnr02  kontrol   139     _             .       112
END
        ;;
    jf-amounts)
        sample=(jf-amounts --wide 'pay_%Y' --keep arm --missing zero)
        table >jf-amounts.tsv <<'END'
PNR    arm       pay_2015  y_1602  pay_2016
pnr03  deltager  _         112     250000.5
pnr01  deltager  -1        _       0.5
pnr02  kontrol   120000    113     \N
END
        ;;
    jf-mark)
        sample=(jf-mark full='hours>=150' kontrol='arm=kontrol' less=before-hours)
        table >jf-mark.tsv <<'END'
PNR    arm       hours   before
pnr03  deltager  40      20.25
pnr01  deltager  160.33  0
pnr02  kontrol   NA      80.165
END
        ;;
    jf-cumsum)
        sample=(jf-cumsum)
        table >jf-cumsum.tsv <<'END'
PNR    arm       period   hours
pnr03  deltager  2016-01  40
pnr03  deltager  2016-02  20.25
pnr01  deltager  2016-01  160.33
pnr01  deltager  2016-02  NA
END
        ;;
    jf-diff)
        sample=(jf-diff --control kontrol)
        table >jf-diff.tsv <<'END'
PNR    period   arm       hours
pnr01  2016-01  deltager  160.33
pnr02  2016-01  kontrol   80
pnr03  2016-01  deltager  40
pnr04  2016-01  kontrol   0
END
        ;;
    jf-joint)
        sample=(jf-joint --control kontrol)
        table >jf-joint.tsv <<'END'
PNR    period   arm       hours
pnr01  2016-01  deltager  160.33
pnr01  2016-02  deltager  0
pnr02  2016-01  kontrol   80
pnr02  2016-02  kontrol   40
pnr03  2016-01  deltager  40
pnr03  2016-02  deltager  80
pnr04  2016-01  kontrol   0
pnr04  2016-02  kontrol   20
END
        ;;
    jf-permute)
        sample=(jf-permute -a arms.tsv --control kontrol --salt x)
        table >arms.tsv <<'END'
PNR    arm
pnr01  deltager
pnr02  kontrol
pnr03  deltager
pnr04  kontrol
END
        table >jf-permute.tsv <<'END'
PNR    period   hours
pnr03  2016-01  40
pnr01  2016-01  160.33
pnr02  2016-01  80
pnr04  2016-01  0
END
        ;;
    jf-contrast)
        sample=(jf-contrast --over group --pairs --disjoint)
        table >jf-contrast.tsv <<'END'
group      period   n_treated  n_control  diff  se  df
kontanth   2016-01  10         11         3     1   20
ressource  2016-01  12         10         0.5   1   20
kontanth   2016-02  10         11         2     1   20
ressource  2016-02  12         10         1.5   1   20
END
        ;;
    jf-test)
        sample=(jf-test)
        table >jf-test.tsv <<'END'
group      period   outcome  arm       control  n_treated  n_control  diff  se   df  family     cov
kontanth   2016-01  hours    deltager  kontrol  10         11         3     1    20  kontanth   1
ressource  2016-01  hours    deltager  kontrol  12         10         0.5   1    20  ressource  1
kontanth   2016-02  hours    deltager  kontrol  10         11         2     0.5  20  kontanth   0.25,0.25
ressource  2016-02  hours    deltager  kontrol  12         10         1.5   1    20  ressource  0.5,1
END
        ;;
    jf-ci)
        sample=(jf-ci)
        table >jf-ci.tsv <<'END'
period   mean_control  se_control  diff  se  df
2016-01  10            1           3     1   20
2016-02  10            1           0.5   1   20
END
        ;;
    jf-hist)
        sample=(jf-hist --width 50)
        table >jf-hist.tsv <<'END'
PNR    arm       hours
pnr01  deltager  160.33
pnr02  kontrol   0
pnr03  deltager  40
pnr04  kontrol   NA
END
        ;;
    jf-plot)
        sample=(jf-plot)
        table >jf-plot.tsv <<'END'
period   arm       control  mean_treated  mean_control  diff  ci_low  ci_high
2016-01  deltager  kontrol  10            8             2     1       3
2016-02  deltager  kontrol  11            7.5           3.5   1.5     5.5
END
        ;;
    esac
}

# filter FILE...: the command of the last sample.
filter()
{
    "${sample[@]}" "$@"
}
