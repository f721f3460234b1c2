#!/usr/bin/env bats
# jf-plot - to look at. What a picture looks like, people judge; that it is drawn,
# whole, the same each time, and never of a broken stream, is tested.

load helper

months()
{
    table <<'END'
period  outcome arm      control mean_treated mean_control diff ci_low ci_high
2016-03 hours   deltager kontrol 2            1            1    -0.5   2.5
2016-04 hours   deltager kontrol 3            1            2    0.5    3.5
2016-05 hours   deltager kontrol NA           NA           NA   NA     NA
2016-06 hours   deltager kontrol 4            1.5          2.5  1      4
END
}

bins()
{
    table <<'END'
arm      low  high n share
deltager -Inf 0    0 0
deltager 0    50   3 0.6
deltager 50   100  2 0.4
deltager 100  Inf  0 0
deltager NA   NA   1 NA
kontrol  -Inf 0    0 0
kontrol  0    50   4 1
kontrol  50   100  0 0
kontrol  100  Inf  0 0
kontrol  NA   NA   0 NA
END
}

@test "figures, bare differences, tables without a period and histograms are drawn" {
    months >figure.tsv
    cut -f 1,7-9 figure.tsv >bare.tsv
    table <<'END' >balance.tsv
outcome arm control diff se df smd ci_low ci_high
age     d   k       0.2  0.5 90 0.02 -0.8  1.2
female  d   k       -0.1 0.05 90 -0.1 -0.2 0
END
    bins >hist.tsv
    for kind in figure bare balance hist; do
        for ending in svg png pdf; do
            jf-plot -o $kind.$ending $kind.tsv
            [ -s $kind.$ending ]
        done
    done
    grep -q deltager figure.svg
    grep -q deltager hist.svg
    grep -q female balance.svg
}

@test "a histogram is drawn in shares of all, and says how many are shown" {
    bins >plain.tsv
    awk -F'\t' -v OFS='\t' 'NR == 1 { print $0, "share_shown"; next } { print $1, $2, $3, $4, $5 == "NA" ? $5 : $5 / 10, $5 }' plain.tsv >hist.tsv
    jf-plot -o plain.svg plain.tsv
    jf-plot -o hist.svg hist.tsv
    grep -q 'deltager (n = 5)' plain.svg
    grep -q 'deltager (n = 5 shown)' hist.svg
    grep -q 'share of all, pct.' hist.svg
}

@test "a picture is the same bytes each time, from plain and from gzip" {
    months >in.tsv
    jf-plot -o want.svg in.tsv
    gzip -c in.tsv | jf-plot -o got.svg
    same want.svg got.svg
}

@test "without -o the chart is text" {
    months | jf-plot >got
    [ "$(wc -l <got)" -gt 10 ]
}

@test "an error upstream travels on, and the old picture stays" {
    echo old >picture.svg
    { months; printf '#jf-error\tjf-ci: in.tsv:3: x: y\n'; } >broken.tsv
    refuses 1 'an earlier stage failed: jf-ci: in.tsv:3: x: y' jf-plot -o picture.svg broken.tsv
    [ "$(cat picture.svg)" = old ]
    months | gzip | head -c 60 >cut.gz
    refuses 1 'cut.gz' jf-plot -o picture.svg cut.gz
    [ "$(cat picture.svg)" = old ]
    [ "$(find . -name '*picture*' | wc -l)" -eq 1 ]
}

@test "a message is one line whatever bytes it quotes, and hands on no id" {
    name=$(printf 'a\nb\033[31m\302\233\303\270c.tsv')
    shown="a?x0ab?x1b[[]31m?xc2?x9b$(printf '\303\270')c.tsv"
    refuses 1 "$shown: cannot open: No such file or directory" jf-plot -o x.svg "$name"
    cp /dev/null "$name"
    refuses 1 "$shown: is empty; a header line was expected" jf-plot -o x.svg "$name"
    refuses 2 "unknown option '--titlee?xc2?x9b' (try" jf-plot "--titlee$(printf '\302\233')"
    while IFS='|' read -r said shown <&8; do
        { months; printf '#jf-error\t%b\n' "$said"; } >broken.tsv
        refuses 1 '' jf-plot --format svg broken.tsv
        printf 'jf-plot: broken.tsv: an earlier stage failed: %s\n' "$shown" | same refused.err -
        printf '#jf-error\t%s\n' "$shown" | same refused.out -
    done 8<<'END'
jf-x: 0102031234 has no row|jf-x: ########## has no row
jf-x: in.tsv:1234567: arm: 010203-1234|jf-x: in.tsv:1234567: arm: ######-####
jf-x: 010203 - 1234, cut at byte 1234567|jf-x: ###### - ####, cut at byte 1234567
jf-x: 2016-03 and 2016-13\033[2J|jf-x: 2016-03 and ####-##\x1b[2J
END
    { months; printf '#jf-error\tjf-x: '; head -c 300000 /dev/zero | tr '\0' x; echo; } >broken.tsv
    refuses 1 'broken.tsv: an earlier stage failed: jf-x: xxx' jf-plot -o x.svg broken.tsv
    [ "$(wc -c <refused.err)" -lt 2000 ]
}

@test "a stream with nothing to draw is an error that says what is looked for" {
    months | head -n 1 >empty.tsv
    refuses 1 'nothing to draw' jf-plot -o x.svg empty.tsv
    printf 'a\tb\n1\t2\n' >other.tsv
    refuses 1 'diff' jf-plot -o x.svg other.tsv
    [ ! -e x.svg ]
}

@test "no cell and no title can run a command" {
    months | sed "s/deltager/\`touch owned\`/; s/kontrol/';system(\"touch owned\");'/" >in.tsv
    jf-plot -o x.svg --title "';system(\"touch owned\")#\`touch owned\`" in.tsv
    [ ! -e owned ]
    [ -s x.svg ]
}

@test "wrong usage is told, with the nearest option" {
    refuses 2 "unknown option '--columns'" jf-plot --columns diff
    refuses 2 'title' jf-plot --tilte x
    refuses 2 '.svg' jf-plot -o x.gif
}

@test "what a profile or a module sets for gnuplot does not meddle" {
    months >in.tsv
    jf-plot -o want.svg in.tsv
    echo 'set title "meddled"' >gnuplotrc
    GNUTERM=x11 GNUPLOT_LIB=. GNUFITLOG=log jf-plot -o got.svg in.tsv
    same want.svg got.svg
    GNUTERM=x11 jf-plot in.tsv | grep -q 'Apr 2016'
}

@test "texts of two encodings are each read for itself, and so is a label of each" {
    printf 'outcome\tarm\tcontrol\tdiff\tci_low\tci_high\nl\370n\tt\tc\t1\t0\t2\nydelse \303\246\tt\tc\t1\t0\t2\n' >in.tsv
    jf-plot -o x.svg --title "$(printf 'L\303\270nnede timer')" in.tsv
    grep -q "$(printf 'L\303\270nnede timer')" x.svg
    grep -q "$(printf 'l\303\270n')" x.svg
    grep -q "$(printf 'ydelse \303\246')" x.svg
    jf-plot -o x.svg --title "$(printf 'L\370nnede timer')" in.tsv
    grep -q "$(printf 'L\303\270nnede timer')" x.svg
    # cut characters, surrogates and what is over-long are no UTF-8
    printf 'outcome\tarm\tcontrol\tdiff\tci_low\tci_high\na\303\tt\tc\t1\t0\t2\nb\355\240\261\tt\tc\t1\t0\t2\nc\300\257\tt\tc\t1\t0\t2\n' >in.tsv
    jf-plot -o x.svg in.tsv
    ! command -v iconv || iconv -f UTF-8 -t UTF-8 x.svg >/dev/null
    grep -q "$(printf 'a\303\203')" x.svg
}

@test "the picture is drawn where descriptors are closed, as under a daemon" {
    months >in.tsv
    jf-plot -o want.svg in.tsv
    jf-plot -o err.svg in.tsv 2>&-
    jf-plot -o in.svg in.tsv <&-
    jf-plot -o out.svg in.tsv >&-
    jf-plot -o all.svg in.tsv <&- >&- 2>&-
    for closed in err in out all; do same want.svg $closed.svg; done
    run ! sh -c 'jf-plot -o x.svg <&-'
    [[ $output = *'jf-plot: stdin: cannot read: Bad file descriptor'* ]]
    jf-plot in.tsv >&- 2>err && return 1
    [ "$(cat err)" = 'jf-plot: stdout: cannot write: Bad file descriptor' ]
    [ ! -e x.svg ]
}

# axis LABEL PERIOD...: what the axis of these periods is called; nothing where they are no axis.
axis()
{
    want=$1
    shift
    { printf 'period\tdiff\tci_low\tci_high\n'; printf '%s\t1\t0\t2\n' "$@"; } >in.tsv
    COLUMNS=90 jf-plot in.tsv >chart
    if [ -n "$want" ]; then grep -qx " *$want" chart; else grep -q "^ *$1 [+|:]" chart; fi
}

@test "an axis of time is made of the periods that the family knows, and of no others" {
    axis month 2016-03 2016-04
    axis month 201612 201701
    axis quarter 2018-Q4 2019-Q1
    axis half-year 2018-H2 2019-H1
    axis year 2017 2018
    axis week 2015-W53 2016-W01 2016-W02
    axis period -1 0 1
    axis period +1 1.5 1e1
    axis '' 2016-03/2016-12 2017-01/2017-12
    axis '' 2016M03 2016M04
    axis '' 2016-13 2016-14
    axis '' 2016-Q5 2016-Q6
    axis '' 2016-W54 2016-W55
    axis '' 2016-03 2016-Q2
    # a week that follows the last one of its year does not leave a gap
    axis week 2015-W53 2016-W01
    jf-plot -o one.svg in.tsv
    sed 's/2015-W53/2015-W52/; s/2016-W01/2015-W53/' in.tsv >next.tsv
    jf-plot -o two.svg next.tsv
    sed 's/2015-W53/2016-W01/; s/2015-W52/2015-W53/' two.svg | same one.svg -
}

@test "rows may come in any order" {
    months >in.tsv
    { sed 1q in.tsv; sed 1d in.tsv | sort -r; } >down.tsv
    jf-plot -o want.svg in.tsv
    jf-plot -o got.svg down.tsv
    same want.svg got.svg
    bins >in.tsv
    { sed 1q in.tsv; sed -n '2,6p' in.tsv | sort -r; sed '1,6d' in.tsv | sort; } >down.tsv
    jf-plot in.tsv >want
    jf-plot down.tsv | same want -
}

@test "a band is drawn outside the interval where rows have one, and changes nothing else" {
    months | awk -F'\t' -v OFS='\t' '{ print $0, NR == 1 ? "band_low" OFS "band_high" : $7 == "NA" ? "NA" OFS "NA" : $8 - 1 OFS $9 + 1 }' >in.tsv
    months >plain.tsv
    for options in '' '--lang da' --overlay '--overlay --lang da'; do
        # shellcheck disable=SC2086 # words
        jf-plot -o band.svg $options in.tsv
        # shellcheck disable=SC2086 # words
        jf-plot -o plain.svg $options plain.tsv
        ! grep -qE 'simultaneous|simultant' plain.svg
        grep -qE ' and, outside it, simultaneous band| og, uden om det, simultant bånd' band.svg
        # a band that is not known is none
        # shellcheck disable=SC2086 # words
        awk -F'\t' -v OFS='\t' 'NR > 1 { $(NF - 1) = $NF = "NA" } { print }' in.tsv | jf-plot -o got.svg $options
        same plain.svg got.svg
    done
    # rows without a period, and areas of means, have none
    sed 2q in.tsv | columns outcome,arm,control,diff,ci_low,ci_high,band_low,band_high /dev/stdin | jf-plot -o got.svg
    sed 2q plain.tsv | columns outcome,arm,control,diff,ci_low,ci_high /dev/stdin | jf-plot -o want.svg
    same want.svg got.svg
    jf-plot --stack -o got.svg in.tsv
    jf-plot --stack -o want.svg plain.tsv
    same want.svg got.svg
    jf-plot in.tsv | grep -q 'simultaneous band'
}

@test "a picture goes through a link, to a name of 255 bytes, and behind what stdout has" {
    effects=$BATS_TEST_TMPDIR/effects.tsv
    printf 'period\tdiff\tci_low\tci_high\n2016-01\t1\t0\t2\n2016-02\t2\t1\t3\n' >"$effects"
    cd "$BATS_TEST_TMPDIR"
    jf-plot -o want.svg "$effects"
    name=$(printf '%0251d' 7).svg
    jf-plot -o "$name" "$effects"
    same want.svg "$name"
    ln -s nowhere-yet link.svg
    jf-plot -o link.svg "$effects"
    [ -L link.svg ]
    same want.svg nowhere-yet
    ln -s /dev/stdout out.svg
    (echo first; jf-plot -o out.svg "$effects"; echo last) >log
    { echo first; cat want.svg; echo last; } | same - log
    run ! compgen -G '.jf-*'
}
