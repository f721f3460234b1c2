# trial.tsv and the columns PNR and the months: the two arms month by month, of the list's people.
BEGIN { FS = "\t" }
NR == FNR { arm[$1] = $2; next }
FNR == 1 { columns = NF; for (c = 2; c <= NF; c++) name[c] = $c; next }
$1 in arm {
    a = arm[$1]
    n[a]++
    for (c = 2; c <= columns; c++)
        if ($c != "") {
            hours = $c * 160.33
            sum[a, c] += hours
            squares[a, c] += hours * hours
        }
}
END {
    t = "deltager"; k = "kontrol"
    print "period\tn_treated\tmean_treated\tn_control\tmean_control\tdiff\tse"
    for (c = 2; c <= columns; c++) {
        mean1 = sum[t, c] / n[t]
        mean0 = sum[k, c] / n[k]
        se = sqrt((squares[t, c] / n[t] - mean1 * mean1) / (n[t] - 1) + (squares[k, c] / n[k] - mean0 * mean0) / (n[k] - 1))
        printf "%s-%s\t%d\t%.15g\t%d\t%.15g\t%.15g\t%.15g\n", substr(name[c], 6, 4), substr(name[c], 11),
            n[t], mean1, n[k], mean0, mean1 - mean0, se
    }
}
