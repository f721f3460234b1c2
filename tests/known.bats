#!/usr/bin/env bats
# What is known from an earlier row changes nothing. Short cells, rows of hours, bins and keys are
# remembered by their bytes; here are more of them than are remembered, in one form that is and in
# another that is not.

load helper

# lengthened: the numbers of the last columns, from column $1 on, with zeros behind them: longer than
# what is remembered.
lengthened()
{
    awk -F'\t' -v OFS='\t' -v first="$1" 'NR > 1 { for (i = first; i <= NF; i++) if ($i ~ /[0-9]/)
        $i = $i ($i ~ /[.]/ ? "" : ".") "000000000" } 1'
}

# values PERSONS: a row a person and month, sorted by person; 3,000 different values, most of them
# of up to 8 bytes, and missing ones.
values()
{
    awk -v persons="$1" 'BEGIN { print "id\tarm\tperiod\ttown\thours"; x = 7
        for (i = 1; i <= persons; i++) for (m = 1; m <= 12; m++) {
            x = (x * 16807) % 2147483647; v = x % 3000
            h = v % 7 == 0 ? v : v % 7 == 1 ? -v / 8 : v % 7 == 2 ? "." (v + 1) : sprintf("%.2f", v / 7)
            if (x % 13 == 0) h = h (h ~ /[.]/ ? "12345678" : ".1234567") # longer than what is remembered
            if (v < 30) h = v % 2 ? "NA" : ""
            printf "pnr%05d\t%s\t2016-%02d\t%s\t%s\n", i, i % 3 ? "t" : "c", m, i % 5 ? "town" i % 7 : "-", h
        } }'
}

@test "a degree gives the same hours in short and in long, known or not" {
    awk 'BEGIN { printf "id\tarm"; for (m = 1; m <= 6; m++) printf "\tgrad_2016_%02d", m; print ""; x = 7
        for (i = 1; i <= 3000; i++) { printf "pnr%04d\t%s", i, i % 3 ? "t" : "c"
            for (m = 1; m <= 6; m++) { x = (x * 16807) % 2147483647; v = x % 1600
                printf "\t%s", v < 1500 ? v % 9 ? sprintf("%.3f", v / 1000) : v / 1000 : v % 5 == 0 ? "" : v % 5 == 1 ? "NA" : v % 5 == 2 ? "." : v % 5 == 3 ? "1" : "0" }
            print "" } }' >short.tsv
    lengthened 3 <short.tsv >long.tsv
    run ! cmp -s short.tsv long.tsv
    while read -r -a options; do
        echo "${options[*]}"
        jf-hours "${options[@]}" short.tsv >want
        [ "$(wc -l <want)" -gt 5000 ]
        jf-hours "${options[@]}" long.tsv | same want -
        { head -n 1 long.tsv; tail -n +2 long.tsv | sed -n '1~2s/^pnr/other/p'; tail -n +2 short.tsv; } |
            jf-hours "${options[@]}" >got
        tail -n "$(($(wc -l <want) - 1))" got | cmp - <(tail -n +2 want)
    done <<'END'
--missing zero
--missing drop
--missing zero --keep arm --cap 0.75
--missing zero --indicator any=>0 --indicator half=>=80.165
--missing zero --per quarter
END
    # a row a month: the same again
    awk -F'\t' -v OFS='\t' 'NR == 1 { print "id", "month", "degree"; next }
        { for (m = 1; m <= 6; m++) print $1, "2016-0" m, $(m + 2) }' short.tsv >rows.tsv
    jf-hours --missing zero short.tsv >want
    jf-hours --long --period month --value degree --missing zero --from 2016-01 --to 2016-06 rows.tsv | same want -
    lengthened 3 <rows.tsv | jf-hours --long --period month --value degree --missing zero --from 2016-01 --to 2016-06 | same want -
}

@test "a number counts the same in short and in long, known or not" {
    values 1500 >short.tsv
    lengthened 5 <short.tsv >long.tsv
    [ "$(cut -f 5 short.tsv | sort -u | wc -l)" -gt 2500 ]
    jf-diff --control c --missing drop --sums short.tsv >want
    jf-diff --control c --missing drop --sums long.tsv | same want -
    jf-hist --units rows --width 12.5 short.tsv >want
    jf-hist --units rows --width 12.5 long.tsv | same want -
    jf-hist --units rows --breaks=-100,0,0.5,7,1000 short.tsv >want
    jf-hist --units rows --breaks=-100,0,0.5,7,1000 long.tsv | same want -
    awk -F'\t' -v OFS='\t' 'NR > 1 && $5 !~ /[0-9]/ { $5 = 0 } 1' short.tsv >known.tsv
    jf-cumsum known.tsv >want
    lengthened 5 <known.tsv | jf-cumsum | same want -
    sed 's/\./,/g' known.tsv | jf-cumsum --decimal-comma | same want -
}

@test "the sums are bc's, whatever was known" {
    values 300 | awk -F'\t' 'NR == 1 || $5 ~ /[0-9]/' >in.tsv
    jf-diff --control c --units rows --by '' --sums in.tsv >got
    for arm in t c; do
        awk -F'\t' -v arm=$arm '$2 == arm { print "s += " $5 "; q += (" $5 ")^2" }
            END { print "s; q" }' in.tsv | sed '1i scale = 30' | bc -lq |
            sed 's/\(\.[0-9]*[1-9]\)0*$/\1/; s/\.0*$//; s/^\(-\{0,1\}\)\./\10./' >want
        awk -F'\t' -v arm=$arm 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
            $at["arm"] == arm { print $at["sum"]; print $at["sumsq"] }' got | same want -
    done
}

# places LIST: the columns in another order.
places()
{
    awk -F'\t' -v OFS='\t' -v places="$1" '{ n = split(places, p, ",")
        line = $p[1]; for (i = 2; i <= n; i++) line = line OFS $p[i]; print line }'
}

# counts NAMES: rows by those columns and arm, counted by awk: key, n of the treated, of control.
counts()
{
    awk -F'\t' -v OFS='\t' -v names="$1" '
        NR == 1 { k = split(names, name, ","); for (i = 1; i <= NF; i++) at[$i] = i; next }
        { key = ""; for (j = 1; j <= k; j++) key = key $at[name[j]] OFS; n[key]; $at["arm"] == "t" ? t[key]++ : c[key]++ }
        END { for (key in n) print key t[key] + 0, c[key] + 0 }' | LC_ALL=C sort
}

@test "a key is the same whatever row came before, and wherever its columns stand" {
    values 400 | awk -F'\t' 'NR == 1 || $5 ~ /[0-9]/' >person.tsv
    { head -n 1 person.tsv; tail -n +2 person.tsv | sort -t "$(printf '\t')" -k 3,3 -k 5,5; } >month.tsv
    { head -n 1 person.tsv; tail -n +2 person.tsv | shuf --random-source=<(yes); } >mixed.tsv
    for by in period town,period period,town,hours; do
        counts $by <person.tsv >want
        for order in person month mixed; do
            for places in 1,2,3,4,5 1,3,2,4,5 4,2,5,1,3 5,4,3,2,1; do
                echo "$by $order $places"
                places $places <$order.tsv | jf-diff --units rows --control c --by $by >got
                columns $by,n_treated,n_control got | tail -n +2 | LC_ALL=C sort | same want -
            done
        done
    done
}

@test "keys are kept apart where the cells of one column stand in another too" {
    awk 'BEGIN { print "p\tq\tr\tarm\thours"; n = split("-,1,11,1 1,2", v, ","); x = 7
        for (i = 0; i < 3000; i++) { line = ""
            for (j = 0; j < 3; j++) { x = (x * 16807) % 2147483647; line = line v[1 + x % n] "\t" }
            print line (x % 7 < 3 ? "t" : "c") "\t" x % 160 } }' >in.tsv
    for by in p,q q,p p,r r,p r,q q,p,r p,r,q r,q,p; do
        counts $by <in.tsv >want
        [ "$(wc -l <want)" -ge 25 ]
        for places in 1,2,3,4,5 4,2,1,3,5 3,2,1,5,4 1,4,2,5,3; do
            echo "$by $places"
            places $places <in.tsv >other.tsv
            jf-diff --units rows --control c --by $by other.tsv >got
            columns $by,n_treated,n_control got | tail -n +2 | LC_ALL=C sort | same want -
            jf-hist --units rows --by $by --width 1000 other.tsv >got
            columns $by,n got | awk -F'\t' -v OFS='\t' 'NR > 1 { n = $NF; NF--; rows[$0] += n }
                END { for (key in rows) print key, rows[key] }' | LC_ALL=C sort >all
            awk -F'\t' -v OFS='\t' '{ n = $NF + $(NF - 1); NF -= 2; print $0, n }' want | same - all
        done
    done
}
