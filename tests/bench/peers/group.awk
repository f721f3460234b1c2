# long.tsv: n, mean and variance by month and arm. Equal rows are counted first, and then every
# number is worked with once.
BEGIN { FS = "\t"; print "period\tarm\tn\tmean\tvariance" }
NR > 1 { rows[$3 "\t" $2 "\t" $4]++ }
END {
    for (row in rows) {
        split(row, cell, "\t")
        key = cell[1] "\t" cell[2]
        n[key] += rows[row]
        sum[key] += rows[row] * cell[3]
        squares[key] += rows[row] * cell[3] * cell[3]
    }
    for (key in n)
        printf "%s\t%d\t%.15g\t%.15g\n", key, n[key], sum[key] / n[key],
            (squares[key] - sum[key] * sum[key] / n[key]) / (n[key] - 1)
}
