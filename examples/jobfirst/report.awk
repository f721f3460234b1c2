# The report: every number comes out of the tables named on the command line.
# One line of them is kept for each file, key and column.
BEGIN { FS = "\t" }

FNR == 1 {
    file = FILENAME
    sub(/.*\//, "", file)
    sub(/\.tsv$/, "", file)
    delete name
    for (i = 1; i <= NF; i++) name[i] = $i
    columns = NF
    next
}
{
    # The row's key: group and period, or what stands first.
    key = ""
    for (i = 1; i <= columns; i++) {
        if (name[i] == "group" || name[i] == "period") key = key (key == "" ? "" : " ") $i
        if (name[i] == "stage") key = $i
        if (name[i] == "outcome" && key == "") key = $i
    }
    for (i = 1; i <= columns; i++) cell[file, key, name[i]] = $i
    rows[file]++
    keys[file, rows[file]] = key
    last[file] = key
}

function at(table, key, column) {
    if (!((table, key, column) in cell)) {
        print "report.awk: no cell " table ", " key ", " column > "/dev/stderr"
        broken = 1
        exit 1
    }
    return cell[table, key, column]
}

function picture(table, text) { printf "\n![%s](%s.svg)\n", text, table }

# How many months are significant, of those between two (both counted).
function significant(table, from, to,    i, k, n) {
    n = 0
    for (i = 1; i <= rows[table]; i++) {
        k = keys[table, i]
        if (k >= from && k <= to) n += cell[table, k, "sig"] == 1
    }
    return n
}
function months(table, from, to,    i, n) {
    n = 0
    for (i = 1; i <= rows[table]; i++) n += keys[table, i] >= from && keys[table, i] <= to
    return n
}

function group_line(table, group, period,    key) {
    key = group " " period
    printf "| %s | %.0f | %.0f | %+.1f | %+.1f to %+.1f | %.3f |\n", group, at(table, key, "mean_treated"), \
        at(table, key, "mean_control"), at(table, key, "diff"), at(table, key, "ci_low"), \
        at(table, key, "ci_high"), at(table, key, "p")
}

END {
    if (broken) exit 1
    end = last["annex1"]
    start = keys["annex1", 1]
    print "# JobFirst, evaluated on made data\n"
    print "**The persons behind these figures never lived.** A generator drew them so that the aggregates come out"
    print "near those that STAR published in 2022; nothing else about them is true of anybody. All numbers below were"
    print "put in by the pipelines of the Makefile.\n"
    printf "%d people were drawn for the participants, %d for the controls; %d and %d of them were found in the extract.\n\n", \
        at("flow", "assigned", "deltager"), at("flow", "assigned", "kontrol"), \
        at("flow", "found", "deltager"), at("flow", "found", "kontrol")
    printf "**From %s to %s a participant worked %+.0f hours more than a control, %.0f per cent** of the controls' %.0f hours\n", \
        start, end, at("annex1", end, "diff"), at("annex1", end, "pct"), at("annex1", end, "mean_control")
    printf "(95 %% interval %+.0f to %+.0f hours, %+.0f to %+.0f per cent, p = %.3f).\n", \
        at("annex1", end, "ci_low"), at("annex1", end, "ci_high"), at("annex1", end, "pct_low"), \
        at("annex1", end, "pct_high"), at("annex1", end, "p")

    print "\n## Hours by month"
    printf "\nThe difference is significant in %d of the %d months from %s to 2020-03, in %d of the %d after, and in %d of the\n%d before.\n", \
        significant("figure1", start, "2020-03"), months("figure1", start, "2020-03"), start, \
        significant("figure1", "2020-04", end), months("figure1", "2020-04", end), \
        significant("figure1", "0000", "2016-02"), months("figure1", "0000", "2016-02")
    picture("figure1", "Mean wage hours a month by arm, and their difference")
    picture("figure2", "Hours in Q4 2018 of those with any")
    picture("figure3", "Share at 150 hours a month or more")

    print "\n## The two groups"
    print "\n| hours accumulated | participants | controls | difference | 95 % interval | p |"
    print "|---|---|---|---|---|---|"
    group_line("annex2", "kontanthjaelp", end)
    group_line("annex2", "ressourceforloeb", end)
    printf "\nAny wage hours to the end of 2017: %.0f against %.0f per cent in kontanthjaelp, %.0f against %.0f in ressourceforloeb.\n", \
        100 * at("shares2017", "kontanthjaelp", "mean_treated"), 100 * at("shares2017", "kontanthjaelp", "mean_control"), \
        100 * at("shares2017", "ressourceforloeb", "mean_treated"), 100 * at("shares2017", "ressourceforloeb", "mean_control")
    picture("figure4", "Mean wage hours a month by arm, in each group")
    picture("shares2017", "Share with any wage hours to the end of 2017")

    print "\n## Accumulated"
    picture("annex1", "Hours accumulated, and their difference")
    picture("annex2", "Hours accumulated, in each group")

    print "\n## Were the arms alike before?"
    print "\n| | participants | controls | standardised difference | p | p, Holm |"
    print "|---|---|---|---|---|---|"
    for (i = 1; i <= rows["balance"]; i++) {
        k = keys["balance", i]
        printf "| %s | %.2f | %.2f | %+.3f | %.2f | %.2f |\n", k, at("balance", k, "mean_treated"), \
            at("balance", k, "mean_control"), at("balance", k, "smd"), at("balance", k, "p"), at("balance", k, "p_adj")
    }
    picture("balance", "The arms before the lots were drawn")
}
