# The columns PNR, the months and arm: a row a person and month. The text of the hours is made once
# for each degree.
BEGIN { FS = "\t" }
NR == 1 {
    for (c = 2; c < NF; c++) period[c] = substr($c, 6, 4) "-" substr($c, 11) "\t"
    last = NF - 1
    print "PNR\tarm\tperiod\thours"
    next
}
{
    head = $1 "\t" $(last + 1) "\t"
    for (c = 2; c <= last; c++) {
        degree = $c
        if (!(degree in hours)) hours[degree] = sprintf("%.9g", degree * 160.33)
        print head period[c] hours[degree]
    }
}
