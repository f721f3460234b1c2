# The states' file, then the columns PNR, the weeks from 3 March 2016's on and arm: a row a person and
# month, with the weeks whose Thursday is in it, and the weeks in each state.
function next_week() {
    if ((day += 7) > days[month]) {
        day -= days[month]
        if (++month > 12) { month = 1; year++; days[2] = year % 4 ? 28 : 29 }
    }
}
BEGIN {
    FS = "\t"
    split("31 29 31 30 31 30 31 31 30 31 30 31", days, " ")
    year = 2016; month = 3; day = 3
}
NR == FNR {
    if (FNR == 1) next
    if ($1 == "-") state[""] = $3
    else for (code = $1 + 0; code <= ($2 == "" ? $1 : $2) + 0; code++) state[code] = $3
    if (!($3 in place)) { place[$3] = ++states; name[states] = $3 }
    next
}
FNR == 1 {
    printf "PNR\tarm\tperiod\tweeks"
    for (s = 1; s <= states; s++) printf "\t%s", name[s]
    print ""
    for (c = 2; c < NF; c++) {
        label = year "-" (month < 10 ? "0" : "") month
        if (label != period[periods]) { period[++periods] = label; first[periods] = c }
        next_week()
    }
    last = NF - 1
    first[periods + 1] = NF
    for (code in state) place_of[code] = place[state[code]]
    next
}
{
    head = $1 "\t" $(last + 1) "\t"
    for (p = 1; p <= periods; p++) {
        for (s = 1; s <= states; s++) n[s] = 0
        for (c = first[p]; c < first[p + 1]; c++) n[place_of[$c]]++
        row = head period[p] "\t" first[p + 1] - first[p]
        for (s = 1; s <= states; s++) row = row "\t" n[s]
        print row
    }
}
