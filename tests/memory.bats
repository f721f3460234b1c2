#!/usr/bin/env bats
# A program holds its small side, never the extract.

load helper

# bounded COMMAND...: with an address space that the stream does not fit into: 24 MiB, of
# which the program and its libraries take some 8.
bounded()
{
    (ulimit -v 24576 && exec "$@")
}

# long PERSONS: twelve rows each.
long()
{
    awk -v persons="$1" 'BEGIN { print "id\tarm\tperiod\thours\tdegree"
        for (i = 1; i <= persons; i++) for (m = 1; m <= 12; m++)
            printf "%d\t%s\t2020-%02d\t%d.5\t0.%d\n", i, i % 2 ? "t" : "c", m, i % 160, i % 10 }'
}

# A sanitizer needs the address space for itself.
not_sanitized()
{
    [ -z "${JF_SANITIZED:-}" ] || skip 'sanitized'
}

@test "a stream larger than memory passes through every filter" {
    not_sanitized
    long 200000 >long.tsv
    [ "$(wc -c <long.tsv)" -gt $((48 * 1024 * 1024)) ]
    printf 'id\tgroup\n5\ta\n7\tb\n' >assign.tsv
    bounded jf-split -a assign.tsv --all long.tsv | tail -n 1 >last
    [ -s last ]
    bounded jf-diff --control c long.tsv >got
    [ "$(wc -l <got)" -eq 13 ]
    bounded jf-hist --units rows --width 10 long.tsv >got
    [ "$(awk '{ n += $4 } END { print n }' got)" -eq 2400000 ]
    bounded jf-hist --by period --width 10 long.tsv >got
    bounded jf-hours --wide 'x_%Y_%m' <(awk 'BEGIN { print "id\tx_2020_01"
        for (i = 0; i < 5000000; i++) print i "\t0.5" }') | tail -n 1 >last
    [ "$(cut -f 3 last)" = 80.165 ]
    bounded jf-mark any='hours>0' few='hours>0<1' long.tsv | tail -n 1 >last
    [ -s last ]
    bounded jf-cumsum --within '' --period n -y v <(awk 'BEGIN { print "id\tn\tv"
        for (i = 0; i < 3000000; i++) print "x\t" i "\t1" }') | tail -n 1 >last
    [ "$(cut -f 3 last)" = 3000000 ]
}

@test "no person is held by a running sum" {
    not_sanitized
    awk 'BEGIN { print "id\tperiod\thours"; for (i = 1; i <= 2000000; i++) print i "\t2016-03\t1" }' >many.tsv
    bounded jf-cumsum -j 1 many.tsv | tail -n 1 >last
    [ "$(cat last)" = $'2000000\t2016-03\t1' ]
}

@test "a line of 10 MB and 5,000 columns are read in 24 MiB" {
    not_sanitized
    awk 'BEGIN { printf "id\tnote\tgrad_2020_01\nx\t"; s = sprintf("%1000s", ""); gsub(/ /, "y", s)
        for (i = 0; i < 10000; i++) printf "%s", s; print "\t0.5" }' >line.tsv
    bounded jf-hours line.tsv >got
    [ "$(tail -n 1 got | cut -f 3)" = 80.165 ]
    awk 'BEGIN { printf "id"; for (i = 1; i < 5000; i++) printf "\tc%d", i; print "\tgrad_2020_01"
        for (r = 0; r < 2000; r++) { printf "%d", r; for (i = 1; i < 5000; i++) printf "\t730"; print "\t1" } }' >wide.tsv
    bounded jf-hours wide.tsv >got
    [ "$(wc -l <got)" -eq 2001 ]
}

@test "a lottery of 1,000,000 people in 100 strata needs the list's size and 64 MiB more" {
    not_sanitized
    awk 'BEGIN { print "id\ttown"; for (i = 1; i <= 1000000; i++) print "person" i "\ttown" i % 100 }' >list.tsv
    (ulimit -v $(($(wc -c <list.tsv) / 1024 + 65536)) && exec jf-draw --arms a:2,b:1 --salt 1 --within town -o drawn.tsv list.tsv)
    [ "$(awk -F'\t' '{ n += $3 == "a" } END { print (n > 666640 && n < 666693) }' drawn.tsv)" = 1 ]
    (ulimit -v 90000 && exec jf-draw --arms a:2,b:1 --salt 1 --within town --check drawn.tsv) 2>err
    [ "$(cat err)" = 'jf-draw: 1000000 rows have the arm that is drawn' ]
}
