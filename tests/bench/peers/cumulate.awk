# long.tsv: each person's hours added up, then the two arms month by month.
BEGIN { FS = "\t" }
NR > 1 {
    if ($1 != person) { person = $1; total = 0 }
    total += $4
    key = $3 SUBSEP $2
    n[key]++
    sum[key] += total
    squares[key] += total * total
    periods[$3]
}
END {
    print "period\tn_treated\tmean_treated\tn_control\tmean_control\tdiff\tse"
    for (period in periods) {
        t = period SUBSEP "deltager"; k = period SUBSEP "kontrol"
        mean1 = sum[t] / n[t]
        mean0 = sum[k] / n[k]
        se = sqrt((squares[t] / n[t] - mean1 * mean1) / (n[t] - 1) + (squares[k] / n[k] - mean0 * mean0) / (n[k] - 1))
        printf "%s\t%d\t%.15g\t%d\t%.15g\t%.15g\t%.15g\n", period, n[t], mean1, n[k], mean0, mean1 - mean0, se
    }
}
