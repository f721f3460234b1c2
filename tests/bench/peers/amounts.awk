# The columns PNR, the months and arm: a row a person and month, with the amount as it stands.
BEGIN { FS = "\t" }
NR == 1 {
    for (c = 2; c < NF; c++) period[c] = substr($c, 6, 4) "-" substr($c, 11) "\t"
    last = NF - 1
    print "PNR\tarm\tperiod\tamount"
    next
}
{
    head = $1 "\t" $(last + 1) "\t"
    for (c = 2; c <= last; c++) print head period[c] ($c == "" ? 0 : $c + 0)
}
