#!/usr/bin/env bats
# Figures that can be printed: nothing is cut, nothing lies on another, and who cannot see colours, or
# the picture, is served too. What is seen is read back out of the SVG by tests/svg.awk, which says what
# it takes for a fault.

export NEEDS=bin/jobfirst-register
load helper

long='Aktivitetsparate kontanthjælpsmodtagere, Køge' # 45 letters
axis='Løntimer om måneden, gennemsnit pr. deltager' # 44

# effects [-v NAME=VALUE]...: a table as jf-ci writes it. facets (0: no key column), arms (2: one beside the
# control), means (0: none), periods (0: one row per outcome), outcomes, scale, level, names=long.
effects()
{
    awk -v OFS='\t' -v facets=0 -v arms=2 -v means=1 -v periods=24 -v outcomes=1 -v scale=1 -v level=0.95 \
        -v names=short -v share=0 "$@" '
        function number(v) { return sprintf("%.4f", v) + 0 }
        function row(g, m, y, a,  i, key, m1, m0, half) {
            i = m + 3 * g + 7 * a + 11 * y
            m1 = share ? 0.14 + 0.05 * sin(i / 4) + 0.01 * a : scale * (20 + 5 * sin(i / 4) + 2 * a)
            m0 = share ? 0.12 + 0.02 * cos(m / 5) : scale * (18 + 4 * cos(m / 5 + g))
            half = (share ? 0.02 : 3 * scale) * (1 + m / 60)
            key = facets ? town[g] OFS : ""
            if (periods) key = key sprintf("%d-%02d", 2016 + int((m + 1) / 12), (m + 1) % 12 + 1) OFS
            key = key (outcomes == 1 ? "hours" : outcome[y]) OFS arm[a] OFS "kontrol"
            if (means) key = key OFS 1200 + g OFS number(m1) OFS 1100 + g OFS number(m0)
            print key, number(m1 - m0), number(half / 2), 500, number((m1 - m0) / 9 / (scale ? scale : 1)),
                number(m1 - m0 - half), number(m1 - m0 + half), level
        }
        BEGIN {
            prefix = names == "long" ? "Aktivitetsparate kontanthjælpsmodtagere, " : ""
            n = split("Køge Ærø Sorø Faxe Ribe Hals Ikast Årup Nibe Lejre Møn Fur Als Thy Salling", town, " ")
            for (i = 1; i <= n; i++) town[i] = prefix town[i]
            for (i = 1; i <= 20; i++) outcome[i] = names == "long" ? "Udfald " i ", ordinære løntimer i " 2000 + i " og senere" : "y" i
            arm[1] = names == "long" ? "Deltagere i en virksomhedsrettet indsats, Køge" : "deltager"
            arm[2] = names == "long" ? "Deltagere i den særligt tilrettelagte indsats" : "mentor"
            print (facets ? "group" OFS : "") (periods ? "period" OFS : "") "outcome", "arm", "control" \
                (means ? OFS "n_treated" OFS "mean_treated" OFS "n_control" OFS "mean_control" : ""), \
                "diff", "se", "df", "smd", "ci_low", "ci_high", "level"
            for (g = 1; g <= (facets ? facets : 1); g++)
                for (m = 1; m <= (periods ? periods : 1); m++)
                    for (y = 1; y <= outcomes; y++)
                        for (a = 1; a < arms; a++) row(g, m, y, a)
        }'
}

# bars [-v NAME=VALUE]...: a table as jf-hist writes it: facets, bins, width, first and second (the arms).
bars()
{
    awk -v OFS='\t' -v facets=0 -v bins=30 -v width=20 -v first=deltager -v second=kontrol "$@" '
        function row(low, high, n, shown) {
            print (facets ? town[g] OFS : "") name[a], low, high, n, low == "NA" ? "NA" OFS "NA" : n / 1000 OFS (shown ? n / 800 : 0)
        }
        BEGIN {
            split("Køge Ærø Sorø Faxe", town, " ")
            name[1] = first; name[2] = second
            print (facets ? "group" OFS : "") "arm", "low", "high", "n", "share", "share_shown"
            for (g = 1; g <= (facets ? facets : 1); g++)
                for (a = 1; a <= 2; a++) {
                    row("-Inf", 0, 0, 0)
                    for (b = 0; b < bins; b++) row(width * b, width * b + width, int(90 / (1 + b / 3)) + (a == 1 ? b % 5 : b % 3), 1)
                    row(width * bins, "Inf", 4, 1)
                    row(0, 0, 200, 0)
                    row("NA", "NA", 7, 0)
                }
        }'
}

# fair PICTURE [TEXT...]: these texts are there in full, and svg.awk finds no fault, be it in Arial or in what
# a viewer without it takes. What it finds is said,
# and kept in `unfair`; a test goes on to its next picture, and ends with `all_fair`.
fair()
{
    local picture=$1
    shift
    printf '%s\n' "$@" >want
    awk -v want=want -v wider=1.15 -f "$JF_ROOT/tests/svg.awk" "$picture" >faults && return 0
    { echo "$picture: $(wc -l <faults) faults"; head -n 12 faults | sed 's/^/    /'; } >>unfair
}

all_fair()
{
    [ ! -e unfair ] || { cat unfair; return 1; }
}

# plot NAME OPTION... : NAME.svg of NAME.tsv; that it is drawn at all is of `all_fair` too.
plot()
{
    local name=$1
    shift
    jf-plot -o "$name.svg" "$@" "$name.tsv" 2>said || { echo "$name: jf-plot $* said: $(cat said)" >>unfair; return 1; }
}

# texts PICTURE: its texts, a line each. lines PICTURE: what is drawn. mark PICTURE TEXT: the legend's sample.
texts()
{
    awk -v task=list -f "$JF_ROOT/tests/svg.awk" "$1" | cut -f 12
}

lines()
{
    awk -v task=lines -f "$JF_ROOT/tests/svg.awk" "$1"
}

mark()
{
    awk -v task=mark -v beside="$2" -f "$JF_ROOT/tests/svg.awk" "$1" | sort -u
}

# The key's cells of a table: the first column, each once, in the order of the file.
facets()
{
    sed 1d "$1" | cut -f 1 | uniq
}

# little_svg: stdin between the tags of a picture of 200 by 100.
little_svg()
{
    echo '<?xml version="1.0" encoding="utf-8" standalone="no"?>'
    echo '<svg width="200" height="100" viewBox="0 0 200 100"><title>t</title><desc>d</desc>'
    echo "<defs><circle id='gpDot' r='0.5'/></defs><rect x='0' y='0' width='200' height='100' fill='#ffffff'/>"
    cat
    echo '</svg>'
}

# words X Y TEXT [ANCHOR [TURN]]: a text of 10 units as gnuplot writes it.
words()
{
    printf '<g transform="translate(%s,%s)%s" stroke="none" fill="black" font-family="Arial" font-size="10.00" text-anchor="%s">\n<text>%s</text>\n</g>\n' \
        "$1" "$2" "${5:+ rotate($5)}" "${4:-start}" "$3"
}

# finds WORD... : the faults of the picture on stdin, by their words.
finds()
{
    little_svg >little.svg
    awk -v want="${want:-}" -f "$JF_ROOT/tests/svg.awk" little.svg >faults || true
    sed 's/:.*//' faults | sort -u | tr '\n' ' ' >got
    [ "$(cat got)" = "${1:+$1 }" ] || { cat little.svg faults; return 1; }
}

@test "the checker: the width of a text is that of its letters, in UTF-8, and turns with it" {
    { words 10 50 'Ærø &amp; Å'; words 150 80 'Ill' end; words 100 50 HHHHH middle -90; } | little_svg >in.svg
    awk -v task=list -f "$JF_ROOT/tests/svg.awk" in.svg >got
    table >want <<'END'
10.00  50.00 10.00 normal start  0   38.34 10.00  40.60 48.34  50.15 Ærø_&_Å
150.00 80.00 10.00 normal end    0   7.22  142.78 72.60 150.00 80.15 Ill
100.00 50.00 10.00 normal middle -90 36.10 92.60  31.95 100.15 68.05 HHHHH
END
    tr _ ' ' <want | same - got
}

@test "the checker sees each fault, and only faults" {
    line() { printf '<g stroke="currentColor" color="%s" fill="none" stroke-width="1"><path d="M%s,%s L%s,%s "/></g>\n' "$5" "$1" "$2" "$3" "$4"; }
    white() { printf '<rect x="%s" y="%s" width="%s" height="%s" fill="#ffffff"/>\n' "$@"; }
    words 10 50 Word | finds ''
    echo 'A word' >asked; want=asked
    words 10 50 'A word' | finds ''
    { words 10 50 A; words 10 62 word; } | finds '' # one text on two lines
    words 10 50 'A wor' | finds missing
    want=
    words 190 50 Word | finds outside
    words 10 50 Word end | finds outside
    words 10 5 Word | finds outside
    words 10 40 'Word word' start -90 | finds outside
    words 10 60 'Word word' start -90 | finds ''
    { words 10 50 Word; words 30 50 Word; } | finds overlap # 23.9 wide, and no blank between
    { words 10 50 Word; words 37 50 Word; } | finds ''
    { words 10 50 Word; words 10 50 Word; } | finds ''
    { words 10 50 Word; words 12 55 Other; } | finds overlap
    { words 10 50 Word; words 20 60 'Word word' start -90; } | finds overlap
    { words 10 50 Word; line 0 46 200 46 black; } | finds struck
    { line 0 46 200 46 '#eeeeee'; words 10 50 Word; } | finds struck
    { line 0 46 200 46 '#ffffff'; words 10 50 Word; } | finds ''
    { line 0 46 200 46 black; white 8 40 40 14; words 10 50 Word; } | finds ''
    { line 0 46 200 46 black; white 8 40 20 14; words 10 50 Word; } | finds struck
    { white 8 40 40 14; line 0 46 200 46 black; words 10 50 Word; } | finds struck
    { words 10 50 Word; white 8 40 40 14; } | finds covered
    { words 10 50 Word; line 0 52 200 52 black; line 36 0 36 100 black; line 0 41 200 41 black; } | finds ''
    { words 10 50 Way; line 0 52 200 52 black; } | finds struck # the y goes below the line
    { words 10 50 Word start 45; line 10 62 40 62 black; } | finds struck
    { words 10 50 Word; echo '<polygon fill="#0072b2" fill-opacity="0.2" points="0,0 20,0 20,90 0,90"/>'; } | finds struck
    { words 10 50 Word; echo "<use xlink:href='#gpPt0' transform='translate(20,47) scale(2)'/>"; } | finds struck
    { words 10 50 Word; echo '<g>'; } | finds torn
    printf 'W\370rd' | { words 10 50 "$(cat)"; } | finds torn
}

@test "nothing is cut: facets, arms, with and without means" {
    for facets in 0 1 2 4 15; do
        for arms in 2 3; do
            for means in 1 0; do
                name=f$facets-a$arms-m$means
                effects -v facets=$facets -v arms=$arms -v means=$means >$name.tsv
                asked=(deltager)
                [ $facets -eq 0 ] || mapfile -t -O 1 asked < <(facets $name.tsv)
                [ $arms -eq 2 ] || asked+=(mentor)
                [ $means -eq 0 ] || asked+=(kontrol)
                [ $arms$means != 20 ] || asked=("${asked[@]:1}")
                plot $name || continue
                fair $name.svg "${asked[@]}"
            done
        done
    done
    all_fair
}

@test "nothing is cut: labels of 45 letters" {
    for facets in 0 1 2 4 15; do
        for arms in 2 3; do
            for means in 1 0; do
                name=f$facets-a$arms-m$means
                effects -v facets=$facets -v arms=$arms -v means=$means -v names=long >$name.tsv
                asked=("$long, overskrift" "Måned efter lodtrækningen, $long" "$axis" "Note: $long. Kilde: DREAM, egne beregninger.")
                [ $facets -eq 0 ] || mapfile -t -O 4 asked < <(facets $name.tsv)
                [ $arms -eq 2 ] || asked+=('Deltagere i en virksomhedsrettet indsats, Køge' 'Deltagere i den særligt tilrettelagte indsats')
                [ $means -eq 0 ] || asked+=('Borgere i kontrolgruppen, som lod trak, Sorø')
                options=(--title "${asked[0]}" --xlabel "${asked[1]}" --ylabel "$axis" --note "${asked[3]}")
                [ $means -eq 0 ] || options+=(--label kontrol='Borgere i kontrolgruppen, som lod trak, Sorø')
                plot $name "${options[@]}" || continue
                fair $name.svg "${asked[@]}"
            done
        done
    done
    all_fair
}

@test "nothing is cut: the axes' own titles" {
    effects >en.tsv
    plot en && fair en.svg month
    effects >da.tsv
    plot da --lang da && fair da.svg måned
    effects -v periods=1 | sed 's/2016-03/2016-Q1/' >quarter.tsv
    effects -v periods=1 | sed '1d; s/2016-03/2016-Q2/' >>quarter.tsv
    plot quarter && fair quarter.svg quarter
    all_fair
}

@test "nothing is cut: wide tics" {
    table >wide.tsv <<'END'
period  outcome arm      control mean_treated mean_control diff       ci_low      ci_high
2016-03 amount  deltager kontrol 1000000.25   1000000.75   -0.5       -1000000    1000000.25
2016-04 amount  deltager kontrol 1000000.5    1000000.25   0.25       -500000     500000
2016-05 amount  deltager kontrol 1000001      1000000.25   0.75       -1000000.25 1000000
END
    table >close.tsv <<'END'
period  outcome arm      control mean_treated mean_control diff       ci_low      ci_high
2016-03 amount  deltager kontrol -1000000     -1000000.25  0.25       0.125       0.375
2016-04 amount  deltager kontrol -1000000.5   -1000000.75  0.25       0.125       0.375
END
    effects -v facets=4 -v scale=1234567.25 >four.tsv
    effects -v periods=0 -v outcomes=3 -v scale=1234567.25 >forest.tsv
    for name in wide close four forest; do
        for lang in en da; do
            plot $name --lang $lang --ylabel "$axis" --title "$long" || continue
            fair $name.svg "$axis" "$long"
        done
    done
    all_fair
}

@test "nothing is cut: histograms" {
    for bins in 3 30; do
        for facets in 0 2 4; do
            name=b$bins-f$facets
            bars -v bins=$bins -v facets=$facets >$name.tsv
            asked=(deltager kontrol)
            [ $facets -eq 0 ] || mapfile -t -O 2 asked < <(facets $name.tsv)
            plot $name || continue
            fair $name.svg "${asked[@]}"
            plot $name --counts --title "$long" --xlabel "$axis" --ylabel "Antal personer, $long" --note "Note: $long" || continue
            fair $name.svg "${asked[@]}" "$long" "$axis" "Antal personer, $long" "Note: $long"
        done
    done
    bars -v first="$long" -v second='Borgere i kontrolgruppen, som lod trak, Sorø' >long.tsv
    plot long --lang da && fair long.svg "$long" 'Borgere i kontrolgruppen, som lod trak, Sorø'
    plot long --percent && fair long.svg "$long" 'Borgere i kontrolgruppen, som lod trak, Sorø'
    bars -v bins=12 -v width=1000000.25 >wide.tsv
    plot wide && fair wide.svg deltager
    all_fair
}

@test "nothing is cut: a row for each outcome" {
    for arms in 2 3; do
        for outcomes in 1 3 20; do
            name=o$outcomes-a$arms
            effects -v periods=0 -v outcomes=$outcomes -v arms=$arms -v names=long >$name.tsv
            mapfile -t asked < <(sed 1d $name.tsv | cut -f 1 | uniq)
            [ $outcomes -gt 1 ] || asked=() # the title and the axis, which say it, were given
            [ $arms -eq 2 ] || asked+=('Deltagere i en virksomhedsrettet indsats, Køge' 'Deltagere i den særligt tilrettelagte indsats')
            plot $name --title "$long" --xlabel "$axis" --note "Note: $long" || continue
            fair $name.svg "${asked[@]}" "$long" "$axis" "Note: $long"
        done
    done
    effects -v periods=0 >one.tsv
    plot one && fair one.svg hours
    effects -v periods=0 -v outcomes=4 -v facets=4 >groups.tsv
    mapfile -t asked < <(facets groups.tsv)
    plot groups && fair groups.svg "${asked[@]}" y1 y4
    all_fair
}

@test "nothing is cut: marks, the overlay, shares in percent, labels" {
    effects -v share=1 >share.tsv
    plot share --percent --mark 2016-09="Indsatsen begynder for $long" && fair share.svg "Indsatsen begynder for $long"
    plot share --percent --lang da --mark 2016-04='Første' --mark 2018-01='Sidste måned' && fair share.svg Første 'Sidste måned'
    effects -v periods=70 >many.tsv
    plot many --overlay --every 12 --title "$long" --ylabel "$axis" --mark 2018-01=Midt && fair many.svg "$long" "$axis" deltager kontrol Midt
    plot many --overlay --label deltager="$long" --label hours="$axis" && fair many.svg "$long" "$axis" kontrol
    effects -v facets=4 -v arms=3 >four.tsv
    plot four --free-y --label Køge="$long" --label mentor="$axis" --mark 2016-12='Ny lov' &&
        fair four.svg "$long" "$axis" Ærø Sorø Faxe 'Ny lov' deltager kontrol
    effects -v facets=15 -v periods=78 >fifteen.tsv
    plot fifteen --overlay --every 6 --note "$long" && fair fifteen.svg "$long" Salling Køge
    all_fair
}

@test "a mark that stands at an edge of the time is not cut" {
    effects >in.tsv
    for at in 2016-03 2018-02; do
        cp in.tsv $at.tsv
        plot $at --mark $at="Indsatsen begynder for $long" && fair $at.svg "Indsatsen begynder for $long"
    done
    all_fair
}

@test "nothing is cut: stacked areas, outlines" {
    effects -v outcomes=5 -v share=1 >short.tsv
    effects -v outcomes=5 -v share=1 -v names=long >long.tsv
    effects -v outcomes=3 -v share=1 -v facets=2 -v arms=3 >facets.tsv
    for lang in en da; do
        plot short --stack --lang $lang --percent && fair short.svg y1 y2 y3 y4 y5
        mapfile -t asked < <(sed 1d long.tsv | cut -f 2 | sort -u)
        plot long --stack --lang $lang --title "$long" --note "$axis" && fair long.svg "${asked[@]}" "$long" "$axis"
        plot facets --stack --lang $lang && fair facets.svg Køge Ærø y1 y2 y3
    done
    bars >two.tsv
    bars -v facets=4 -v first="$long" >four.tsv
    for lang in en da; do
        plot two --outline --lang $lang && fair two.svg deltager kontrol
        plot four --outline --counts --lang $lang && fair four.svg "$long" kontrol Køge Faxe
    done
    all_fair
}

# periods PERIOD...: a table with these.
periods()
{
    printf 'period\toutcome\tarm\tcontrol\tmean_treated\tmean_control\tdiff\tci_low\tci_high\tlevel\n'
    printf '%s\thours\tdeltager\tkontrol\t3\t1\t2\t0.5\t3.5\t0.95\n' "$@"
}

@test "nothing is cut: a word without a blank, a very long title, many arms" {
    word=Beskæftigelsesindsatsudvalgsformandskabskandidatlisteplacering # 62 letters
    effects -v facets=2 | sed "1!s/Køge/$word/; 1!s/deltager/$word-a/" >word.tsv
    plot word --title "$word $word $word $word" --note "$word $word $word" --ylabel "$word" --mark 2016-09="$word" &&
        fair word.svg "$word" "$word-a" "$word $word $word $word" "$word $word $word"
    effects -v periods=0 -v outcomes=4 -v arms=3 | sed "1!s/y2/$word-$word/" >rows.tsv
    plot rows && fair rows.svg y1 y3
    bars -v first=$word -v facets=2 >hist.tsv
    plot hist && fair hist.svg $word kontrol
    for arm in a b c d e f g h; do periods 2016-03 2016-04 2016-05 2016-06 | sed "s/deltager/en indsats for gruppe $arm/"; done |
        awk 'NR == 1 || !/^period/' >arms.tsv
    plot arms && fair arms.svg 'en indsats for gruppe a' 'en indsats for gruppe h' kontrol
    mark arms.svg kontrol >of
    for arm in a b c d e f g h; do mark arms.svg "en indsats for gruppe $arm"; done >>of
    [ "$(cut -f 1,2 of | sort -u | wc -l)" -eq 9 ] || echo "two of nine arms look alike: $(tr '\n\t' '; ' <of)" >>unfair
    all_fair
}

@test "a text is a text: what gnuplot would take for signs of its own is drawn as it is" {
    i=0
    while read -r text <&8; do
        i=$((i + 1))
        effects -v facets=2 | text=$text awk -F'\t' -v OFS='\t' 'NR > 1 && $1 == "Køge" { $1 = ENVIRON["text"] } { print }' >t$i.tsv
        plot t$i --title "$text" --note "Note: $text" --ylabel "y $text" --xlabel "x $text" --label "deltager=d $text" --mark "2016-09=m $text" &&
            fair t$i.svg "$text" "Note: $text" "y $text" "x $text" "d $text" "m $text"
        COLUMNS=120 jf-plot --title "T $text" --label "deltager=d $text" t$i.tsv >chart
        shown "T $text"
        shown "d $text"
    done 8<<'END'
a_b^c {d} e@f &g ~h
50 % ({/Bold x}) \n \t \101 {/Symbol a}
"quoted" 'single' `date` $HOME #x
<b>&amp;</b> ]]> <![CDATA[
; system("touch owned") ; plot x
- -- -x /dev/null 1e5 %d %s %g
END
    [ ! -e owned ]
    all_fair
}

@test "nothing is cut: any time" {
    for lang in en da; do
        periods 2016-03 >one.tsv
        periods 2016-03 2016-04 >two.tsv
        periods 2015-W52 2015-W53 2016-W01 2016-W02 2016-W07 >week.tsv
        periods 20{10..22}-Q{1..4} >quarter.tsv
        # shellcheck disable=SC2046 # words
        periods $(seq 1980 2022) >year.tsv
        # shellcheck disable=SC2046
        periods $(seq -12 60) >since.tsv
        # shellcheck disable=SC2046
        periods $(seq 100000 100000 1500000) >wide.tsv
        periods 2016-03/2017-02 2017-03/2018-02 2016-03/2022-08 >range.tsv
        periods 20{00..22}-{01..12} >month.tsv
        for name in one two week quarter year since wide range month; do
            plot $name --lang $lang --title "$long" --note "$axis" || continue
            fair $name.svg "$long" "$axis"
        done
    done
    all_fair
}

@test "what is masked, missing or without bounds is drawn as it can be, and nothing is cut" {
    effects | awk -F'\t' -v OFS='\t' 'NR % 5 == 0 { $5 = "<5"; for (i = 6; i <= 14; i++) if (i != 7) $i = "NA" }
        NR % 7 == 0 { $13 = "-Inf"; $14 = "Inf" } { print }' >series.tsv
    bars | awk -F'\t' -v OFS='\t' 'NR == 20 || NR == 40 { $4 = "<5"; $5 = $6 = "NA" } { print }' >hist.tsv
    effects -v periods=0 -v outcomes=4 | awk -F'\t' -v OFS='\t' 'NR == 3 { $8 = $9 = $11 = $12 = $13 = "NA" }
        NR == 4 { $12 = "-Inf"; $13 = "Inf" } { print }' >forest.tsv
    for name in series hist forest; do
        for lang in en da; do plot $name --lang $lang && fair $name.svg; done
        run ! grep -E '[0-9]e[0-9]{2}|nan|inf[ ,"]' $name.svg
        jf-plot $name.tsv >chart
    done
    fair forest.svg y1 y2 y3 y4
    all_fair
}

@test "every figure of the evaluation is fair, in English and in Danish" {
    make -s -C "$JF_ROOT/examples/jobfirst" PATH="$PATH:$JF_BUILD/bin" JF="$(dirname "$(command -v jf-ci)")" PERSONS=2500 OUT="$PWD/out" >log 2>&1 ||
        { tail log; return 1; }
    for picture in out/*.svg; do
        fair "$picture"
        table=${picture%.svg}.tsv
        [ ! -e "$table" ] || { plot "${table%.tsv}" --lang da && fair "$picture"; }
    done
    [ "$(find out -name '*.svg' | wc -l)" -ge 10 ]
    all_fair
}

# The terminal.

# shown TEXT: the chart `chart` shows it in full: on a line, on lines that follow each other (beside the
# picture too, two blanks off), or upright.
shown()
{
    text=$1 awk '
        BEGIN { text = ENVIRON["text"]; for (i = 1; i < 256; i++) byte[sprintf("%c", i)] = i }
        { line = $0; trimmed = line; gsub(/^[ |]+|[ |]+$/, "", trimmed); all = all trimmed " "; lines = lines line "\n"
          beside = line; sub(/^ +/, "", beside); sub(/  .*/, "", beside); left = left beside " "
          n = 0
          for (at = 1; at <= length(line); at += wide) {
              b = byte[substr(line, at, 1)]; wide = b < 128 ? 1 : b < 224 ? 2 : b < 240 ? 3 : 4
              put[NR, ++n] = substr(line, at, wide)
          }
          if (n > widest) widest = n }
        END {
            if (index(lines, text) || index(all, text) || index(left, text)) exit 0
            for (x = 1; x <= widest; x++) {
                upright = ""
                for (y = 1; y <= NR; y++) upright = upright ((y, x) in put ? put[y, x] : " ")
                if (index(upright, text)) exit 0
            }
            exit 1
        }' chart || { printf "'%s' is not shown in full\n" "$1"; cat chart; return 1; }
}

# whole: no word of the chart has a letter of a frame or of a line in it.
whole()
{
    grep -nE '[[:alpha:]][+|:#*$.][[:alpha:]]|(^| )[+|:#*$][[:alpha:]]+ [[:alpha:]]+' chart && { cat chart; return 1; }
    true
}

# narrow COLUMNS: no line of the chart has more letters.
narrow()
{
    awk -v most="$1" '{ line = $0; gsub(/[\200-\277]/, "", line) } length(line) > most { print length(line) ": " $0; bad = 1 } END { exit bad }' chart
}

@test "in the terminal no letter is lost, at 80 and at 120 columns" {
    effects -v arms=3 -v names=long >series.tsv
    effects -v facets=4 -v names=long >four.tsv
    effects -v means=0 >bare.tsv
    effects -v periods=0 -v outcomes=6 -v names=long >forest.tsv
    bars >hist.tsv
    for columns in 80 120; do
        for name in series four bare forest hist; do # the y axis of rows are the rows
            options=(--title "$long" --xlabel "Måned, $long" --note "Note: $long")
            [ $name = forest ] || options+=(--ylabel "$axis")
            COLUMNS=$columns jf-plot "${options[@]}" $name.tsv >chart
            [ "$(wc -l <chart)" -gt 10 ]
            narrow $columns
            shown "$long"
            shown "Måned, $long"
            [ $name = forest ] || shown "$axis"
            shown "Note: $long"
            case $name in
            series) shown 'Deltagere i en virksomhedsrettet indsats, Køge'; shown 'Deltagere i den særligt tilrettelagte indsats'; shown kontrol ;;
            four) while read -r text; do shown "$text"; done < <(facets four.tsv) ;;
            forest) while read -r text; do shown "$text"; done < <(facets forest.tsv) ;;
            hist) shown deltager; shown kontrol ;;
            esac
        done
    done
}

@test "the terminal's chart is as wide as COLUMNS says, within reason" {
    effects -v arms=3 >in.tsv
    for columns in 40 60 100 200; do
        COLUMNS=$columns jf-plot in.tsv >chart
        narrow $columns
        for text in month deltager mentor kontrol; do shown $text; done
    done
    env -u COLUMNS jf-plot in.tsv >chart
    narrow 100
    for columns in '' 0 -5 7 x 99999999999999999999; do
        COLUMNS=$columns jf-plot in.tsv >chart
        [ "$(wc -l <chart)" -gt 10 ]
        [ "$(wc -c <chart)" -lt 1000000 ]
    done
}

@test "in the terminal the words of the axes and of the legend are there without being asked for" {
    effects >series.tsv
    for columns in 80 120; do
        COLUMNS=$columns jf-plot series.tsv >chart
        for text in month deltager kontrol; do shown $text; done
        COLUMNS=$columns jf-plot --lang da --mark 2016-09=Start series.tsv >chart
        for text in måned deltager kontrol Start; do shown $text; done
    done
}

@test "in the terminal each word that the SVG has is there, whole" {
    effects >series.tsv
    effects -v arms=3 -v facets=2 >facets.tsv
    effects -v facets=2 >two.tsv
    effects -v facets=2 -v means=0 >four.tsv
    effects -v means=0 >bare.tsv
    effects -v periods=0 -v outcomes=3 >forest.tsv
    bars >hist.tsv
    bars -v facets=2 >hist2.tsv
    for name in series facets two four bare forest hist hist2; do
        for lang in en da; do
            jf-plot -o x.svg --lang $lang $name.tsv
            # but for months on the axis, of which a narrow chart has fewer
            texts x.svg | grep -vE '^[A-Za-z]+\.? 20[0-9]{2}$' | tr -s ' .,:;()=' '\n' | grep -E '[a-z]{3}' | sort -u >want
            for columns in 80 97 120; do
                COLUMNS=$columns jf-plot --lang $lang $name.tsv >chart
                while read -r text; do shown "$text"; done <want
                whole
            done
        done
    done
}

@test "a row's interval is drawn as wide as it is, of a difference and of a standardised one" {
    effects -v periods=0 -v outcomes=3 >smd.tsv
    cut -f 1-10,12-14 smd.tsv >diff.tsv
    head -n 1 diff.tsv | grep -q smd && return 1
    for name in smd diff; do
        jf-plot -o $name.svg $name.tsv
        colour=$(lines $name.svg | awk -F'\t' '$1 == "point" { print $2; exit }')
        lines $name.svg | awk -F'\t' -v c="$colour" '$2 == c && $1 == "path" && $9 - $7 > 20 && $10 - $8 < 1 { print $9 - $7 }' >wide
        [ "$(wc -l <wide)" -eq 3 ] || { echo "$name"; lines $name.svg; return 1; }
    done
}

# scale PICTURE AXIS: what a place on the x or y axis stands for, by the outermost two numbers along it, as
# `value per unit` and `value at 0`; the picture has one panel. A number of the y axis stands to the left
# of its tic, its middle a third of its size above its line.
scale()
{
    awk -v task=list -f "$JF_ROOT/tests/svg.awk" "$1" | sed 's/−/-/; s/\([1-9]\),\([0-9][0-9][0-9]\)$/\1\2/; s/,/./' | awk -F'\t' -v axis="$2" '
        $12 !~ /^-?[0-9.]+$/ || $5 != (axis == "y" ? "end" : "middle") { next }
        { at = axis == "y" ? $2 - 0.33 * $3 : $1 }
        !n++ || at < low { low = at; of_low = $12 }
        n == 1 || at > high { high = at; of_high = $12 }
        END { if (n < 2) exit 1; per = (of_high - of_low) / (high - low); print per, of_low - per * low }'
}

# within_two PICTURE AXIS PLACE VALUE: the place stands for the value, to two units.
within_two()
{
    scale "$1" "$2" >scale
    awk -v place="$3" -v value="$4" -v what="$1" '{ got = $2 + $1 * place; per = $1 < 0 ? -$1 : $1; off = got - value; if (off < 0) off = -off
        if (off > 2 * per) { print what ": " got " is drawn where the table has " value; exit 1 } }' scale
}

@test "what is drawn is what the table says" {
    effects -v means=0 >in.tsv
    sed 1d in.tsv | cut -f 5 | sort -g >differences
    sed 1d in.tsv | cut -f 9 | sort -g >low
    sed 1d in.tsv | cut -f 10 | sort -g >high
    for options in '' '--lang da' --percent '--format svg'; do
        factor=1
        [ "$options" != --percent ] || factor=100
        times() { awk -v v="$1" -v f=$factor 'BEGIN { print v * f }'; }
        # shellcheck disable=SC2086 # words
        jf-plot -o x.svg $options in.tsv
        lines x.svg | awk -F'\t' '$1 == "path" && $6 >= 20 && $10 - $8 > 9 { print $8, $10; exit }' >curve
        lines x.svg | awk -F'\t' '$1 == "polygon" && $6 >= 20 { print $8, $10; exit }' >band
        within_two x.svg y "$(cut -d ' ' -f 1 curve)" "$(times "$(tail -n 1 differences)")"
        within_two x.svg y "$(cut -d ' ' -f 2 curve)" "$(times "$(head -n 1 differences)")"
        within_two x.svg y "$(cut -d ' ' -f 1 band)" "$(times "$(tail -n 1 high)")"
        within_two x.svg y "$(cut -d ' ' -f 2 band)" "$(times "$(head -n 1 low)")"
    done
    effects -v periods=0 -v outcomes=1 >one.tsv
    jf-plot -o one.svg one.tsv
    lines one.svg | awk -F'\t' '$1 == "path" && $10 - $8 < 1 && $9 - $7 > 20 && $11 ~ /plot/ { print $7, $9; exit }' >whisker
    within_two one.svg x "$(cut -d ' ' -f 1 whisker)" "$(cell ci_low one.tsv)"
    within_two one.svg x "$(cut -d ' ' -f 2 whisker)" "$(cell ci_high one.tsv)"
    bars -v bins=4 >hist.tsv
    for options in '' --counts; do
        # shellcheck disable=SC2086 # words
        jf-plot -o hist.svg $options hist.tsv
        top=$(lines hist.svg | awk -F'\t' -v c="$(mark hist.svg kontrol | cut -f 1)" '$3 == c && $11 ~ /plot/ && $10 - $8 > 20 { print $8 }' | sort -g | sed -n 2p)
        column=n
        [ -n "$options" ] || column=share
        # the highest but the one of zeros
        value=$(grep ^kontrol hist.tsv | awk -F'\t' -v c=$column '$2 == 0 && $3 == 20 { print c == "n" ? $4 : 100 * $5 }')
        within_two hist.svg y "$top" "$value"
    done
}

@test "the band is drawn as wide as it is, lighter than the interval and outside it, and nothing is cut" {
    for facets in 0 3; do
        effects -v facets=$facets | awk -F'\t' -v OFS='\t' '
            NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; print $0, "band_low", "band_high"; next }
            { print $0, 1.5 * $at["ci_low"] - 0.5 * $at["diff"], 1.5 * $at["ci_high"] - 0.5 * $at["diff"] }' >band.tsv
        for options in '' '--lang da' '--overlay --every 3'; do
            # shellcheck disable=SC2086 # words
            plot band $options
            fair band.svg
        done
    done
    all_fair
    effects -v means=0 | awk -F'\t' -v OFS='\t' 'NR == 1 { print $0, "band_low", "band_high"; next } { print $0, 1.5 * $9 - 0.5 * $5, 1.5 * $10 - 0.5 * $5 }' >in.tsv
    jf-plot -o x.svg in.tsv
    lines x.svg | awk -F'\t' '$1 == "polygon" && $6 >= 20 { print $8, $10 }' >areas
    [ "$(wc -l <areas)" -eq 2 ]
    within_two x.svg y "$(sed -n 1p areas | cut -d ' ' -f 1)" "$(columns band_high in.tsv | sed 1d | sort -g | tail -n 1)"
    within_two x.svg y "$(sed -n 1p areas | cut -d ' ' -f 2)" "$(columns band_low in.tsv | sed 1d | sort -g | head -n 1)"
    within_two x.svg y "$(sed -n 2p areas | cut -d ' ' -f 1)" "$(columns ci_high in.tsv | sed 1d | sort -g | tail -n 1)"
    grep -o "<polygon[^>]*fill-opacity = '[0-9.]*" x.svg | sed "s/.*'//" | tr '\n' ' ' >shades
    awk '{ exit !($1 > 0 && $1 < $2) }' shades
}

# Who is the control.

# The control's colour in a picture, where it is told from the others by dash or lightness too.
control_of()
{
    local control other
    control=$(mark "$1" "${2:-kontrol}")
    [ "$(wc -l <<<"$control")" -eq 1 ] && [ "$control" != none ] || { echo "$1: the control's sample: $control"; return 1; }
    for name in "${@:3}"; do
        other=$(mark "$1" "$name")
        [ "$(wc -l <<<"$other")" -eq 1 ] && [ "$other" != none ] || { echo "$1: the sample of $name: $other"; return 1; }
        awk -F'\t' -v a="$control" -v b="$other" 'BEGIN {
            split(a, x); split(b, y); off = x[3] - y[3]; if (off < 0) off = -off
            exit !(x[1] != y[1] && (x[2] != y[2] || off >= 20)) }' || { echo "$1: $control beside $name: $other"; return 1; }
    done
    cut -f 1 <<<"$control" >>colours
}

@test "the control has one colour in every figure, and is told from the others in grey" {
    effects >two.tsv
    effects -v arms=3 >three.tsv
    effects -v facets=4 >four.tsv
    effects -v arms=3 -v facets=2 >both.tsv
    bars >hist.tsv
    bars -v facets=2 >hist2.tsv
    bars -v first=andre >order.tsv
    for name in two three four both hist hist2 order; do jf-plot -o $name.svg $name.tsv; done
    jf-plot -o overlay.svg --overlay two.tsv
    jf-plot -o counts.svg --counts hist.tsv
    for name in two four hist hist2 overlay counts; do control_of $name.svg kontrol deltager; done
    for name in three both; do control_of $name.svg kontrol deltager mentor; done
    control_of order.svg kontrol andre
    [ "$(sort -u colours | wc -l)" -eq 1 ] || { cat colours; return 1; }
    # the first treated arm has one colour too, in the series and in the histogram
    for name in two four hist overlay; do mark $name.svg deltager | cut -f 1; done | sort -u >first
    [ "$(wc -l <first)" -eq 1 ] || { cat first; return 1; }
}

@test "--control says which arm it is, else the stream's column does, else it is the last arm" {
    bars -v first=kontrol -v second=deltager >in.tsv
    jf-plot -o last.svg in.tsv
    jf-plot -o said.svg --control kontrol in.tsv
    [ "$(mark last.svg deltager | cut -f 1)" = "$(mark said.svg kontrol | cut -f 1)" ]
    [ "$(mark last.svg kontrol | cut -f 1)" = "$(mark said.svg deltager | cut -f 1)" ]
    [ "$(mark said.svg kontrol)" != "$(mark said.svg deltager)" ]
    effects | sed '1!s/deltager/zeta/; 1!s/kontrol/alfa/' >in.tsv
    jf-plot -o stream.svg in.tsv
    [ "$(mark stream.svg alfa | cut -f 1)" = "$(mark said.svg kontrol | cut -f 1)" ]
    refuses '[12]' "'alfb'" jf-plot --control alfb -o x.svg in.tsv
    grep -q "'alfa'" refused.err
}

# heights PICTURE COLOUR: of the curves of that colour, those of ten points and more, the height of each.
heights()
{
    lines "$1" | awk -F'\t' -v c="$2" '$1 ~ /path|polyline/ && $2 == c && $6 >= 10 { print $10 - $8 }' | sort -n
}

@test "facets share the y axis, unless --free-y" {
    effects -v facets=1 >in.tsv
    effects -v facets=1 -v scale=100 | sed '1d; s/^Køge/Ærø/' >>in.tsv
    jf-plot -o shared.svg in.tsv
    jf-plot -o free.svg --free-y in.tsv
    for name in shared free; do
        heights $name.svg "$(mark $name.svg kontrol | cut -f 1 | head -n 1)" >$name
        [ "$(wc -l <$name)" -eq 2 ] || { cat $name; return 1; }
    done
    awk 'NR == 1 { low = $1 } END { exit !(low < $1 / 20) }' shared || { cat shared; return 1; }
    awk 'NR == 1 { low = $1 } END { exit !(low > $1 / 2) }' free || { cat free; return 1; }
    bars -v facets=1 >in.tsv
    bars -v facets=1 | sed '1d; s/^Køge/Ærø/' | awk -F'\t' -v OFS='\t' '$5 != "NA" { $5 /= 10; $6 /= 10 } { print }' >>in.tsv
    jf-plot -o shared.svg in.tsv
    jf-plot -o free.svg --free-y in.tsv
    run ! same shared.svg free.svg
}

# Words.

@test "--lang da: Danish words, and a comma in the numbers" {
    effects -v scale=0.01 >series.tsv
    effects -v scale=0.01 -v facets=2 -v arms=3 >facets.tsv
    effects -v periods=0 -v outcomes=3 -v scale=0.01 >forest.tsv
    bars -v width=0.5 -v bins=5 >hist.tsv
    for name in series facets forest hist; do
        jf-plot -o en.svg $name.tsv
        jf-plot -o da.svg --lang da $name.tsv
        texts en.svg >en
        texts da.svg >da
        # shellcheck disable=SC2251 # the line ends in its own return
        ! grep -iwE 'month|difference|confidence|interval of|mean|means|share|persons|from|with|the|all|each|and' da || { echo "$name is not Danish"; return 1; }
        ! grep -E '(^|[^0-9])-?[0-9]+\.[0-9]' da || { echo "$name has decimal points"; return 1; }
        grep -qE '(^|[^0-9])-?[0-9]+,[0-9]' da || { echo "$name has no decimal comma"; cat da; return 1; }
        ! grep -E '(^|[^0-9])-?[0-9]+,[0-9]{1,2}($|[^0-9])' en || { echo "$name has decimal commas in English"; return 1; }
    done
    jf-plot -o da.svg --lang da series.tsv
    texts da.svg >da
    grep -q 'måned' da
    grep -qi 'forskel' da
    jf-plot -o default.svg series.tsv
    jf-plot -o en.svg --lang en series.tsv
    same default.svg en.svg
    refuses 2 'en' jf-plot --lang de -o x.svg series.tsv
}

@test "the interval's level is said in words, as the column level has it" {
    for level in 0.95 0.9 0.99 0.999; do
        percent=$(awk -v l=$level 'BEGIN { print l * 100 }')
        for kind in series overlay forest bare; do
            case $kind in
            series) effects -v level=$level >in.tsv; options=() ;;
            overlay) effects -v level=$level >in.tsv; options=(--overlay) ;;
            forest) effects -v level=$level -v periods=0 -v outcomes=3 >in.tsv; options=() ;;
            bare) effects -v level=$level -v means=0 >in.tsv; options=() ;;
            esac
            jf-plot -o x.svg "${options[@]}" in.tsv
            texts x.svg | grep -E "(^|[^0-9.])$percent ?(%|pct|per ?cent)" | grep -qi interval || { echo "$kind $level"; texts x.svg; return 1; }
            jf-plot -o x.svg "${options[@]}" --lang da in.tsv
            texts x.svg | grep -E "(^|[^0-9,])${percent/./,}[ -]?(%|pct|procent)" | grep -qi interval || { echo "$kind $level da"; texts x.svg; return 1; }
        done
    done
}

@test "the level is not said where the stream does not say it" {
    effects | cut -f 1-14 >in.tsv
    head -n 1 in.tsv | grep -qw ci_high
    run ! grep -qw level in.tsv
    jf-plot -o x.svg in.tsv
    run ! grep -q 95 <(texts x.svg)
}

@test "--label gives any name that is drawn another text" {
    effects -v facets=2 -v arms=3 >in.tsv
    jf-plot -o x.svg --label Køge='Køge by' --label deltager='Deltagere = de udtrukne' --label kontrol=Kontrolgruppe --label mentor='50 % <mentor> & mere' in.tsv
    texts x.svg >got
    for text in 'Køge by' 'Deltagere = de udtrukne' Kontrolgruppe '50 % <mentor> & mere' Ærø; do grep -qF -- "$text" got || { echo "$text"; cat got; return 1; }; done
    # shellcheck disable=SC2251 # the line ends in its own return
    ! grep -wE 'deltager|kontrol|mentor$|Køge$' got || { echo 'an old name is left'; return 1; }
    effects -v periods=0 -v outcomes=3 >in.tsv
    jf-plot -o x.svg --label y2='Løntimer' in.tsv
    texts x.svg | grep -qx Løntimer
    run ! grep -qx y2 <(texts x.svg)
    bars >in.tsv
    jf-plot -o x.svg --label kontrol=Kontrolgruppe in.tsv
    texts x.svg | grep -q ^Kontrolgruppe
}

@test "a label or a mark that nothing matches is an error that names the nearest" {
    effects >in.tsv
    echo old >x.svg
    refuses '[12]' "kontrl" jf-plot --label kontrl=x -o x.svg in.tsv
    grep -q "kontrol" refused.err
    refuses '[12]' '2031-01' jf-plot --mark 2031-01=Slut -o x.svg in.tsv
    refuses '[12]' '2016-3' jf-plot --mark 2016-3 -o x.svg in.tsv
    refuses 2 'label' jf-plot --label kontrol -o x.svg in.tsv
    refuses '[12]' '' jf-plot --mark 2016-03 -o x.svg <(bars)
    [ "$(cat x.svg)" = old ]
}

@test "--percent and --counts say what the axis counts" {
    effects -v share=1 >share.tsv
    bars >hist.tsv
    # the largest number on an axis, years left out
    largest() { texts "$1" | grep -xE -- '-?[0-9]+([.,][0-9]+)? ?%?' | tr -d ' %' | grep -vxE '20[0-9][0-9]' | sort -g | tail -n 1; }
    jf-plot -o plain.svg share.tsv
    jf-plot -o percent.svg --percent share.tsv
    awk -v a="$(largest plain.svg)" -v b="$(largest percent.svg)" 'BEGIN { exit !(a < 1 && b >= 5 && b <= 100) }'
    texts percent.svg | grep -qE 'pct|%|per ?cent'
    # the y axis of a histogram: the numbers whose anchor is the end
    high() { awk -v task=list -f "$JF_ROOT/tests/svg.awk" "$1" | awk -F'\t' '$5 == "end" && $12 ~ /^[0-9.]+$/ { print $12 }' | sort -g | tail -n 1; }
    jf-plot -o counts.svg --counts hist.tsv
    jf-plot -o shares.svg hist.tsv
    awk -v a="$(high counts.svg)" -v b="$(high shares.svg)" 'BEGIN { exit !(a >= 100 && a <= 300 && b <= 30) }' || { high counts.svg; high shares.svg; return 1; }
    texts counts.svg | grep -qi person
    jf-plot -o counts.svg --counts --lang da hist.tsv
    texts counts.svg | grep -qi person
    run ! grep -qiw persons <(texts counts.svg)
    refuses '[12]' 'counts' jf-plot --counts -o x.svg share.tsv
}

@test "--overlay draws one panel, with an interval at each K-th period" {
    effects -v periods=48 >in.tsv
    jf-plot -o two.svg in.tsv
    jf-plot -o one.svg --overlay in.tsv
    jf-plot -o twelfth.svg --overlay --every 12 in.tsv
    # frames: how many panels' time axes there are, by their titles
    [ "$(texts one.svg | grep -cx month)" -eq 1 ]
    heights one.svg "$(mark one.svg kontrol | cut -f 1)" >got
    [ "$(wc -l <got)" -eq 1 ]
    # fewer intervals are fewer things drawn
    [ "$(lines twelfth.svg | wc -l)" -lt "$(lines one.svg | wc -l)" ] || [ "$(wc -c <twelfth.svg)" -lt "$(wc -c <one.svg)" ]
    refuses 2 every jf-plot --overlay --every 0 -o x.svg in.tsv
    refuses 2 every jf-plot --overlay --every x -o x.svg in.tsv
}

@test "--outline draws lines where bars were, --stack areas where lines were" {
    bars >hist.tsv
    jf-plot -o bars.svg hist.tsv
    jf-plot -o outline.svg --outline hist.tsv
    filled() { lines "$1" | awk -F'\t' '$3 != "none" && $3 != "#ffffff"' | wc -l; }
    [ "$(filled bars.svg)" -ge 60 ]
    [ "$(filled outline.svg)" -lt 10 ]
    [ "$(mark outline.svg kontrol | cut -f 1)" = "$(mark bars.svg kontrol | cut -f 1)" ]
    effects -v outcomes=3 -v share=1 >in.tsv
    jf-plot -o areas.svg --stack in.tsv
    # an area for each outcome and arm, each as wide as the time, and each on the one before
    lines areas.svg | awk -F'\t' '$3 != "none" && $3 != "#ffffff" && $9 - $7 > 150 { print $3 }' | sort | uniq -c >areas
    [ "$(wc -l <areas)" -eq 3 ] || { cat areas; return 1; }
    awk '$1 != 2 { exit 1 }' areas || { cat areas; return 1; }
    refuses '[12]' stack jf-plot --stack -o x.svg hist.tsv
    refuses '[12]' outline jf-plot --outline -o x.svg in.tsv
}

@test "--mark draws where it says" {
    effects >in.tsv
    jf-plot -o without.svg in.tsv
    for at in 2016-03 2016-09 2018-02; do
        jf-plot -o with.svg --mark $at=Her in.tsv
        # one more upright line, between the curves' ends, further right for a later month
        lines with.svg | awk -F'\t' '$1 != "rect" && $9 - $7 < 1 && $10 - $8 > 60 { print $7 }' | sort -n >with
        lines without.svg | awk -F'\t' '$1 != "rect" && $9 - $7 < 1 && $10 - $8 > 60 { print $7 }' | sort -n >without
        comm -13 <(sort -u without) <(sort -u with) >>places
        texts with.svg | grep -qx Her
    done
    [ "$(wc -l <places)" -ge 2 ] || { cat places; return 1; }
    sort -n places | same - places
}

# For those who cannot see it, and for files.

@test "an SVG says in <title> and <desc> what it shows" {
    effects -v arms=3 >series.tsv
    effects -v facets=4 >facets.tsv
    effects -v periods=0 -v outcomes=3 >forest.tsv
    bars >hist.tsv
    for name in series facets forest hist; do
        jf-plot -o x.svg --title 'Timer & "løn" <2018>' $name.tsv
        [ "$(grep -c '<title>Timer &amp; .*løn.* &lt;2018' x.svg)" -ge 1 ]
        # the first child of <svg> is its title
        tr '\n' ' ' <x.svg | grep -qE '<svg[^>]*> *<title[^>]*>Timer &amp;'
        tr '\n' ' ' <x.svg | sed 's/.*<desc[^>]*>\(.*\)<\/desc>.*/\1/' >desc
        [ "$(wc -c <desc)" -gt 20 ] || { cat desc; return 1; }
        run ! grep -qi gnuplot desc
        awk -f "$JF_ROOT/tests/svg.awk" x.svg | grep ^torn && return 1
        jf-plot -o x.svg $name.tsv
        run ! grep -qi '<title>gnuplot</title>' x.svg
        jf-plot -o da.svg --lang da $name.tsv
        tr '\n' ' ' <da.svg | sed 's/.*<desc[^>]*>\(.*\)<\/desc>.*/\1/' >danish
        run ! same desc danish
    done
    jf-plot -o x.svg series.tsv
    tr '\n' ' ' <x.svg | sed 's/.*<desc[^>]*>\(.*\)<\/desc>.*/\1/' >desc
    for word in deltager mentor kontrol 2016-03; do grep -q $word desc || { echo "no $word: $(cat desc)"; return 1; }; done
}

@test "the kind is that of the name's ending in any case, or of --format" {
    effects >in.tsv
    jf-plot -o want.svg in.tsv
    jf-plot -o upper.SVG in.tsv
    same want.svg upper.SVG
    jf-plot -o mixed.Svg in.tsv
    same want.svg mixed.Svg
    jf-plot --format svg -o - in.tsv | same want.svg -
    jf-plot --format svg -o /dev/stdout in.tsv | same want.svg -
    jf-plot --format svg in.tsv | same want.svg -
    jf-plot --format svg -o picture in.tsv
    same want.svg picture
    jf-plot --format png -o - in.tsv >got
    [ "$(head -c 4 got | od -An -tx1)" = ' 89 50 4e 47' ]
    jf-plot --format pdf -o picture in.tsv
    [ "$(head -c 4 picture)" = %PDF ]
    jf-plot -o picture.PNG in.tsv
    [ "$(head -c 4 picture.PNG | od -An -tx1)" = ' 89 50 4e 47' ]
    refuses 2 'svg' jf-plot --format gif -o x.svg in.tsv
    refuses 2 '.svg' jf-plot -o x.gif in.tsv
    refuses 2 'format' jf-plot -o picture in.tsv
    [ ! -e x.svg ]
}

@test "Latin-1 and UTF-8 labels in one figure, on the line and in the file" {
    effects -v facets=2 >in.tsv
    sed "s/Ærø/$(printf 'L\346s\370')/; 1!s/deltager/$(printf 'del\303\245ger')/" in.tsv >mixed.tsv
    jf-plot -o x.svg --title "$(printf 'P\345 K\370ge')" --note "$(printf 'fra \303\206r\303\270')" --label "$(printf 'L\346s\370=Hels\370')" \
        --label "$(printf 'del\303\245ger=Del\345gere')" mixed.tsv
    fair x.svg 'På Køge' 'fra Ærø' 'Helsø' 'Delågere' Køge kontrol
    all_fair
    jf-plot -o x.svg mixed.tsv
    fair x.svg 'Læsø' 'delåger' Køge kontrol
    all_fair
}

# The craft.

@test "no file is left in TMPDIR, whatever comes" {
    effects >in.tsv
    mkdir tmp
    for ending in svg png pdf; do TMPDIR=$PWD/tmp jf-plot -o x.$ending in.tsv; done
    TMPDIR=$PWD/tmp jf-plot in.tsv >/dev/null
    TMPDIR=$PWD/tmp refuses '[12]' '' jf-plot --mark 2031-01 -o x.svg in.tsv
    TMPDIR=$PWD/tmp refuses 1 '' jf-plot -o no/x.svg in.tsv
    TMPDIR=$PWD/tmp jf-plot in.tsv | head -n 1 >/dev/null
    [ -z "$(ls -A tmp)" ] || { ls -AR tmp; return 1; }
    rm -f x.*
    find . -mindepth 1 ! -name in.tsv ! -name tmp ! -name 'refused.*' ! -name no_table.txt >left
    [ "$(cat left)" = ./left ] || { cat left; return 1; }
}

# a gnuplot of the test's own, before the real one on PATH: its body is stdin
gnuplot_is()
{
    mkdir -p bin
    { echo '#!/bin/sh'; cat; } >bin/gnuplot
    chmod +x bin/gnuplot
}

# drawing: jf-plot, in the background as `pid`, with a gnuplot that takes ten seconds and has begun.
drawing()
{
    # shellcheck disable=SC2016 # the script's own
    echo 'echo $$ >"'"$PWD"'/started"; exec sleep 10' | gnuplot_is
    rm -f started
    # a shell without job control leaves SIGINT ignored in what it puts behind, so perl sets it back
    TMPDIR=$PWD/tmp PATH=$PWD/bin:$PATH perl -e '$SIG{INT} = $SIG{HUP} = $SIG{TERM} = "DEFAULT"; exec @ARGV' \
        jf-plot -o x.svg in.tsv >out 2>said 3>&- &
    pid=$!
    for _ in $(seq 100); do [ ! -s started ] || break; sleep 0.05; done
    [ -s started ] || { kill $pid; echo 'no gnuplot of PATH was begun'; return 1; }
    sleep 0.2 # until the program knows that it has begun it
}

# gone PID: within two seconds. One that nobody has waited for yet is gone too.
gone()
{
    for _ in $(seq 40); do
        kill -0 "$1" 2>/dev/null || return 0
        [[ $(cut -d ' ' -f 3 "/proc/$1/stat" 2>/dev/null) != [ZX] ]] || return 0
        sleep 0.05
    done
    return 1
}

@test "a signal while gnuplot draws ends both at once, leaves nothing in TMPDIR, and the old picture stays" {
    effects >in.tsv
    mkdir tmp
    for signal in TERM INT HUP; do
        echo old >x.svg
        drawing
        kill -$signal $pid
        gone $pid || { echo "$signal: still there"; kill "$(cat started)"; return 1; }
        code=0
        wait $pid || code=$?
        [ $code -gt 128 ] || { echo "$signal: exit $code"; return 1; }
        gone "$(cat started)" || { echo "$signal: gnuplot goes on"; kill "$(cat started)"; return 1; }
        [ -z "$(ls -A tmp)" ] || { echo "$signal:"; ls -AR tmp; return 1; }
        [ "$(cat x.svg)" = old ]
        [ -z "$(find . -maxdepth 1 -name '.jf-*')" ]
    done
}

@test "no file is left in TMPDIR where a signal comes at any time" {
    effects >in.tsv
    mkdir tmp
    for delay in 0 0.002 0.005 0.01 0.02 0.03 0.05 0.08; do
        TMPDIR=$PWD/tmp jf-plot -o x.svg in.tsv >out 2>said 3>&- &
        pid=$!
        sleep $delay
        kill $pid 2>/dev/null || true
        wait $pid || true
        [ -z "$(ls -A tmp)" ] || { echo "after $delay s:"; ls -AR tmp; return 1; }
    done
}

@test "a parent that ignores SIGCHLD changes nothing, and a gnuplot that fails is an error" {
    effects >in.tsv
    jf-plot -o want.svg in.tsv
    perl -e '$SIG{CHLD} = "IGNORE"; exec @ARGV' jf-plot -o got.svg in.tsv
    same want.svg got.svg
    perl -e '$SIG{CHLD} = "IGNORE"; exec @ARGV' jf-plot in.tsv >chart
    [ "$(wc -l <chart)" -gt 10 ]
    echo old >x.svg
    for body in 'exit 3' 'kill -SEGV $$' 'echo "line 3: bad thing" >&2; exit 1' 'exit 0'; do
        gnuplot_is <<<"$body"
        for ignore in DEFAULT IGNORE; do
            refuses 1 gnuplot env PATH="$PWD/bin:$PATH" perl -e '$SIG{CHLD} = shift; exec @ARGV' $ignore jf-plot -o x.svg in.tsv
        done
    done
    [ "$(cat x.svg)" = old ]
    mkdir empty
    refuses 1 gnuplot env PATH="$PWD/empty" "$(command -v jf-plot)" -o x.svg in.tsv
    grep -qi install refused.err
}

@test "what the environment says to gnuplot does not meddle" {
    effects >in.tsv
    jf-plot -o want.svg in.tsv
    COLUMNS=80 jf-plot in.tsv >want
    mkdir home lib
    for file in home/.gnuplot lib/gnuplotrc gnuplotrc .gnuplot lib/x.gp; do echo 'set title "meddled"; set decimalsign ","; set border 0' >$file; done
    meddled=(HOME="$PWD/home" XDG_CONFIG_HOME="$PWD/home" GNUTERM=x11 GNUPLOT_LIB="$PWD/lib" GNUFITLOG=log GNUPLOT_FONTPATH=/nowhere
        GNUPLOT_DEFAULT_GDFONT=none GDFONTPATH=/nowhere GNUPLOT_PS_DIR=/nowhere GNUPLOT_DRIVER_DIR=/nowhere GNUHELP=/nowhere PAGER=false SHELL=/bin/false
        FIT_LOG=log FIT_SCRIPT='touch owned' GNUPLOT_SHARE_DIR=/nowhere LC_NUMERIC=da_DK.UTF-8 LC_TIME=da_DK.UTF-8 LANG=da_DK.UTF-8 DISPLAY=:9 TERM=dumb)
    env "${meddled[@]}" COLUMNS=33 LINES=5 jf-plot -o got.svg in.tsv
    same want.svg got.svg
    env -u LC_ALL "${meddled[@]}" COLUMNS=33 LINES=5 jf-plot -o got.svg in.tsv
    same want.svg got.svg
    LC_ALL=da_DK.UTF-8 jf-plot -o got.svg in.tsv
    same want.svg got.svg
    env "${meddled[@]}" COLUMNS=80 jf-plot in.tsv >got
    same want got
    [ ! -e owned ] && [ ! -e log ]
}

# one_voice COLUMN FILE: jf-plot says of FILE what jf-mark says of it, which reads the column.
one_voice()
{
    refuses 1 '' jf-mark -o x.tsv "seen=$1>=0" "$2"
    sed 's/^jf-mark: /jf-plot: /' refused.err >theirs
    refuses 1 '' jf-plot -o x.svg "$2"
    same theirs refused.err
    [ ! -e x.svg ]
}

@test "a bad table is refused in the words of the other programs" {
    table >two.tsv <<'END'
arm low high n share share
a   0   10   3 0.6   0.6
b   0   10   2 0.4   0.4
END
    one_voice n two.tsv
    effects >good.tsv
    sed '5s/\t[^\t]*$//' good.tsv >short.tsv
    one_voice diff short.tsv
    sed '5s/$/\t1/' good.tsv >wide.tsv
    one_voice diff wide.tsv
    head -c -1 good.tsv >unended.tsv
    one_voice diff unended.tsv
    awk -F'\t' -v OFS='\t' 'NR == 4 { $9 = "1,5" } { print }' good.tsv >comma.tsv
    head -n 1 good.tsv | cut -f 9 | grep -qx diff
    one_voice diff comma.tsv
    grep -q 'comma.tsv:4: diff: .1,5. has a decimal comma' refused.err
    awk -F'\t' -v OFS='\t' 'NR == 4 { $9 = "1e" } { print }' good.tsv >word.tsv
    one_voice diff word.tsv
    sed '1s/ci_low/ci_lov/' good.tsv >missing.tsv
    refuses 1 "ci_low" jf-plot -o x.svg missing.tsv
    grep -q "ci_lov" refused.err
    printf 'a\tb\n1\t2\n' >other.tsv
    refuses 1 'diff' jf-plot -o x.svg other.tsv
    printf '\0\1' >>good.tsv
    refuses 1 '' jf-plot -o x.svg good.tsv
    [ ! -e x.svg ]
}

@test "a row that comes twice is an error" {
    effects -v periods=3 >in.tsv
    sed -n 2p in.tsv >>in.tsv
    refuses 1 'in.tsv' jf-plot -o x.svg in.tsv
}

@test "a picture's letters are of 6 points or more on paper of 16 cm" {
    effects >series.tsv
    effects -v facets=4 >four.tsv
    effects -v facets=15 >fifteen.tsv
    effects -v periods=0 -v outcomes=20 -v names=long >forest.tsv
    bars -v facets=2 >hist.tsv
    for name in series four fifteen forest hist; do
        jf-plot -o $name.svg $name.tsv
        width=$(sed -n 's/.*viewBox="0 0 \([0-9]*\) .*/\1/p' $name.svg)
        awk -v task=list -f "$JF_ROOT/tests/svg.awk" $name.svg | awk -F'\t' -v width="$width" -v name=$name '
            $3 * 16 / width / 2.54 * 72 < 6 { printf "%s: %.1f points: %s\n", name, $3 * 16 / width / 2.54 * 72, $12; exit 1 }'
    done
}
