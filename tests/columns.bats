#!/usr/bin/env bats
# Columns: doc/columns.md lists those of every output, and --columns writes some of them.

export NEEDS=bin/jobfirst-register
load helper

# ---- the page ----

# The commands of the page, `Of `COMMAND`:`, and the names of the columns listed behind each.
page_commands()
{
    sed -n 's/^Of `\(.*\)`:$/\1/p' "$JF_ROOT/doc/columns.md"
}

page_names()
{
    awk -v number="$1" '
        /^Of `/ { command++ }
        command == number && /^\| `/ { name = $2; gsub(/`/, "", name); print name }' "$JF_ROOT/doc/columns.md"
}

# The inputs that the page speaks of.
page_inputs()
{
    for program in jf-draw jf-split jf-hours jf-weeks jf-amounts jf-ci jf-contrast jf-test jf-permute; do sample $program; done
    mv jf-draw.tsv people.tsv
    mv jf-split.tsv dream.tsv
    mv jf-hours.tsv wide.tsv
    mv jf-weeks.tsv codes.tsv
    mv jf-amounts.tsv pay.tsv
    mv jf-ci.tsv diffs.tsv
    mv jf-contrast.tsv groups.tsv
    mv jf-test.tsv families.tsv
    table >hours.tsv <<'END'
PNR    arm       period   sex  before  hours
pnr01  deltager  2016-01  F    1       160.33
pnr02  kontrol   2016-01  F    0       80
pnr03  deltager  2016-01  M    2.5     40
pnr04  kontrol   2016-01  M    1       0
END
    table >joint.tsv <<'END'
period   diff  se   df  family  cov
2016-01  1     0.5  20  hours   0.25
2016-02  2     0.5  20  hours   0.1,0.25
END
    table >months.tsv <<'END'
PNR    arm       period   hours
pnr01  deltager  2016-01  160.33
pnr01  deltager  2016-02  80
pnr02  kontrol   2016-01  80
pnr02  kontrol   2016-02  0
pnr03  deltager  2016-01  40
pnr03  deltager  2016-02  40
pnr04  kontrol   2016-01  0
pnr04  kontrol   2016-02  20
END
    table >towns.tsv <<'END'
PNR    arm       town  period   hours
pnr01  deltager  A     2016-01  160.33
pnr02  kontrol   A     2016-01  80
pnr03  deltager  B     2016-01  40
pnr04  kontrol   B     2016-01  0
pnr05  kontrol   C     2016-01  20
END
}

@test "doc/columns.md lists the columns of every output, in their order, with meaning and unit" {
    page_inputs
    number=0
    while IFS= read -r command; do
        number=$((number + 1))
        page_names $number >want
        sh -c "$command" >out 2>err </dev/null
        head -n 1 out | tr '\t' '\n' | same want - || { echo "$command"; return 1; }
    done < <(page_commands)
    [ "$number" -ge 13 ]
    for program in $FILTERS; do
        page_commands | grep -q "^$program " || { echo "$program"; return 1; }
        grep -qx "## $program" "$JF_ROOT/doc/columns.md"
    done
    # a row without meaning and unit is one of those that the row above is about
    ! grep '^| `' "$JF_ROOT/doc/columns.md" | grep -vE '^\| `[A-Za-z0-9_]+` \| ([^ |][^|]* \| [^ |][^|]*|\|) \|$'
}

@test "no page and no example picks columns by number" {
    cd "$JF_ROOT"
    ! grep -nE 'cut( -[a-z]+)* -f ?[0-9]' README.md doc/*.md doc/*.[17] examples/*/*
}

# ---- --columns ----

# names OUT: the names of a table's columns from the last to the first, with commas between them.
names_backwards()
{
    head -n 1 "$1" | tr '\t' '\n' | sed 's/[\\,]/\\&/g' | tac | paste -s -d ,
}

# plenty PROGRAM: the sample of the program, with so many rows that threads share them.
plenty()
{
    sample "$1"
    awk -F'\t' -v OFS='\t' -v program="$1" '
        NR == 1 { print; next }
        { row[NR] = $0 }
        END {
            for (copy = 0; copy < (program ~ /^jf-(ci|contrast|test|permute)$/ ? 1 : 10000); copy++)
                for (i = 2; i <= NR; i++) {
                    $0 = row[i]
                    if (program != "jf-ci" && program != "jf-permute" && program != "jf-split") $1 = $1 "-" copy
                    print
                }
        }' "$1.tsv" >plenty.tsv
}

@test "--columns is a cut by name of the whole output, for every program, with any threads, plain and gzip" {
    for program in $FILTERS; do
        plenty "$program"
        [ "$program" != jf-split ] || sample+=(--all)
        filter plenty.tsv >whole.tsv
        backwards=$(names_backwards whole.tsv)
        first=$(head -n 1 whole.tsv | cut -f 1)
        gzip -c plenty.tsv >plenty.tsv.gz
        for list in "$backwards" "${backwards%%,*}" "$first"; do
            columns "$list" whole.tsv >want
            for input in plenty.tsv plenty.tsv.gz; do
                for threads in 1 2 3 8; do
                    filter -j $threads --columns "$list" $input | cmp want - ||
                        { echo "$program -j $threads --columns $list $input"; return 1; }
                done
            done
            filter --columns "$list" -z plenty.tsv | gzip -dc | cmp want -
            filter --columns "$list" -o out.tsv.gz plenty.tsv
            gzip -dc out.tsv.gz | cmp want -
        done
    done
}

@test "--columns finds a column by its name, else by case, and gives it another by NEW=OLD" {
    table >in.tsv <<'END'
PNR    arm  period  hours  a=arm  x,y
pnr01  d    1       2.5    q      z
END
    jf-cumsum --columns HOURS,pnr in.tsv >got
    printf 'hours\tPNR\n2.5\tpnr01\n' | same - got
    # a column whose whole name it is comes first
    jf-cumsum --columns 'a=arm,b=ARM,x\,y,t=hours' in.tsv >got
    printf 'a=arm\tb\tx,y\tt\nq\td\tz\t2.5\n' | same - got
    printf 'PNR\tArm\tarm\tperiod\thours\npnr01\td\te\t1\t2\n' >in.tsv
    jf-cumsum --columns arm,Arm in.tsv >got
    printf 'arm\tArm\ne\td\n' | same - got
    refuses 1 "jf-cumsum: --columns: 'ARM' may be 'Arm' or 'arm' of the output; give the exact name" jf-cumsum --columns ARM in.tsv
}

@test "--columns with a column that is none, twice, or of a taken name is refused before a row is read" {
    for program in $FILTERS; do
        sample $program
        printf 'ragged\n' >>$program.tsv
        case $program in jf-diff | jf-joint | jf-permute | jf-ci) first=period ;; jf-contrast | jf-test) first=group ;; jf-hist) first=arm ;; *) first=PNR ;; esac
        refuses 1 "$program: --columns: no column '${first}x' among * of the output; did you mean '$first'?" \
            filter --columns "${first}x" $program.tsv
        refuses 1 "$program: --columns: no column 'zzzzzz' among * of the output; see the header's names without --columns" \
            filter --columns "$first,zzzzzz" $program.tsv
        refuses 2 "$program: --columns: '$first' twice; name a column once" filter --columns "$first,b=$first" $program.tsv
        refuses 2 "$program: --columns: an empty list; is a variable of the shell not set?" filter --columns '' $program.tsv
        refuses 2 "$program: --columns: an empty name between commas" filter --columns "$first," $program.tsv
    done
    sample jf-cumsum
    refuses 1 "the output would have two columns called 'hours'; give one another name" filter --columns hours,hours=arm jf-cumsum.tsv
    refuses 1 "the output would have a column called ''; give it a name without control bytes" filter --columns =arm jf-cumsum.tsv
    refuses 1 "the output would have a column called 'a\\\\x09b'" filter --columns $'a\tb=arm' jf-cumsum.tsv
}

@test "--columns cuts the files of --into, and neither a flow nor a manifest" {
    sample jf-split
    jf-split -a assign.tsv --flow flow.want jf-split.tsv >whole.tsv
    jf-split -a assign.tsv --into '{arm}.whole' --manifest parts.want jf-split.tsv
    jf-split -a assign.tsv --into '{arm}.cut' --manifest parts.got --flow flow.got --columns group,PNR jf-split.tsv
    for arm in deltager kontrol; do columns group,PNR $arm.whole | same - $arm.cut; done
    same flow.want flow.got
    sed 's/whole/cut/' parts.want | same - parts.got
    # a flow on stdout stands behind the rows, whole
    jf-split -a assign.tsv --flow - --columns arm jf-split.tsv >got
    { columns arm whole.tsv; cat flow.want; } | same - got
    rm -f ./*.cut
    # before a row is read, which this one cannot be
    printf '%s\npnr01\n' "$(head -n 1 jf-split.tsv)" >ragged.tsv
    refuses 1 "jf-split: --columns: no column 'gruop' among 6 of the output; did you mean 'group'?" \
        jf-split -a assign.tsv --into '{arm}.cut' --columns gruop ragged.tsv
    run ! ls ./*.cut
    # who has no row is cut like the others
    printf 'person\tarm\npnr01\td\npnr99\tk\n' >few.tsv
    jf-split -a few.tsv --absent keep --columns arm,grad_2016_01,id=PNR jf-split.tsv >got 2>err
    table <<'END' | same - got
arm  grad_2016_01  id
d    1             pnr01
k    NA            pnr99
END
}

@test "sums are whole or not at all: --columns and --sums exclude each other" {
    sample jf-diff
    refuses 2 'jf-diff: --columns: --from-sums needs all columns of --sums; leave one out' jf-diff --sums --columns arm jf-diff.tsv
    sample jf-hist
    refuses 2 'jf-hist: --columns: --from-sums needs all columns of --sums; leave one out' \
        jf-hist --width 1 --sums --columns arm jf-hist.tsv
    jf-diff --sums jf-diff.tsv | jf-diff --control kontrol --from-sums --columns diff,se >got
    jf-diff --control kontrol --columns diff,se jf-diff.tsv | same - got
}

@test "an error still travels past --columns, behind the rows that came before it" {
    table >in.tsv <<'END'
PNR    period   hours
pnr01  2016-01  1
pnr02  2016-01  x
END
    refuses 1 "in.tsv:3: hours: 'x' is not a number" jf-cumsum --columns hours,PNR in.tsv
    printf 'hours\tPNR\n1\tpnr01\n' | same - <(head -n 2 refused.out)
    [[ $(tail -n 1 refused.out) == $'#jf-error\tjf-cumsum: in.tsv:3: hours: '* ]]
    printf 'PNR\tperiod\thours\npnr01\t1\t1\n#jf-error\tjf-x: it broke\n' >in.tsv
    run -1 --separate-stderr jf-cumsum --columns hours in.tsv
    [ "${lines[0]}" = hours ] && [ "${lines[1]}" = 1 ]
    [ "${lines[2]}" = $'#jf-error\tjf-x: it broke' ]
}

@test "a selected row that a reader would take for the error line is refused, another is not" {
    printf 'PNR\tlabel\tperiod\thours\npnr01\t#jf-error\t1\t1\n' >in.tsv
    jf-cumsum in.tsv | same in.tsv -
    refuses 1 "stdout: a row would begin with '#jf-error'" jf-cumsum --columns label,hours in.tsv
    jf-cumsum --columns hours,label in.tsv >got
    printf 'hours\tlabel\n1\t#jf-error\n' | same - got
}

@test "--columns of a thousand columns, backwards, and of a row longer than any buffer" {
    awk 'BEGIN { OFS = "\t"; for (r = 0; r < 300; r++) { printf r ? "pnr" r : "PNR"
        for (i = 1; i <= 1000; i++) printf "\t%s", r ? r * i : "c" i; print "" } }' >wide.tsv
    printf 'PNR\n' >list.tsv
    sed 1d wide.tsv | cut -f 1 >>list.tsv
    list=$(names_backwards wide.tsv)
    columns "$list" wide.tsv >want
    jf-split -a list.tsv --columns "$list" wide.tsv | cmp want -
    { printf 'PNR\tnote\thours\n'; for i in 1 2 3; do
        printf 'pnr%d\t' $i; head -c 3000000 /dev/zero | tr '\0' "$i"; printf '\t%d\n' $i; done; } >long.tsv
    printf 'PNR\npnr1\npnr3\n' >list.tsv
    columns hours,note,PNR long.tsv | sed 3d >want
    jf-split -a list.tsv --columns hours,note,PNR long.tsv | cmp want -
    printf 'hours\n1\n3\n' | same - <(jf-split -a list.tsv --columns hours long.tsv)
}

@test "the made extract of the example takes --columns too" {
    jobfirst-register --persons 2407 --columns grad_2016_03,PNR >got
    jobfirst-register --persons 2407 | columns grad_2016_03,PNR /dev/stdin | same - got
}
