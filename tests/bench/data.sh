# shellcheck shell=bash
# The data, in a directory for each number of persons:
#
#   trial.tsv      the trial's 2,407 people, with arm and strata
#   wide.tsv       the extract, a row a person, over 1,100 columns
#   states.tsv     the states of its codes a week, those of examples/jobfirst
#   all.tsv        the same, everybody with an arm behind his last column
#   long.tsv       PNR, arm, period, hours: a row a person and month from 2016-03
#   drawn.tsv      PNR, period, hours: the same of the trial's people
#   wide.tsv.gz, all.tsv.gz    gzip of one member; wide.bgzf.gz in blocks

# made FILE COMMAND...: FILE is what the command writes, unless it is there already.
made() {
    local file=$1
    shift
    [ ! -e "$file" ] || return 0
    say "making $file"
    "$@" >"$file.part"
    mv "$file.part" "$file"
}

# everyone DIRECTORY: an arm for every person of the extract: the trial's own, else by turns.
everyone() {
    awk -F '\n' '
        { end = index($0, "\t"); id = substr($0, 1, end - 1); rest = substr($0, end + 1) }
        NR == FNR { arm[id] = substr(rest, 1, index(rest, "\t") - 1); next }
        { print id "\t" (id in arm ? arm[id] : FNR % 2 ? "deltager" : "kontrol") }
    ' "$1/trial.tsv" "$1/wide.tsv"
}

make_wide() {
    mkdir -p "$DIR/$1"
    made "$DIR/$1/wide.tsv" jobfirst-register --persons "$1" --assign "$DIR/$1/trial.tsv"
    made "$DIR/$1/states.tsv" cat "$BENCH/../../examples/jobfirst/states.tsv"
    make_all "$DIR/$1"
}

make_all() {
    made "$1/everyone.tsv" everyone "$1"
    made "$1/all.tsv" jf-split -a "$1/everyone.tsv" "$1/wide.tsv"
}

make_data() {
    make_wide "$1"
    made "$DIR/$1/long.tsv" \
        jf-hours --keep arm --missing zero --from 2016-03 --to 2022-08 "$DIR/$1/all.tsv"
    made "$DIR/$1/drawn.tsv" drawn "$DIR/$1"
}

# drawn DIRECTORY: the months of the trial's people.
drawn() {
    jf-split -a "$1/trial.tsv" "$1/wide.tsv" | jf-hours --missing zero --from 2016-03 --to 2022-08
}

make_gzip() {
    made "$DIR/$1/wide.tsv.gz" gzip -6nc "$DIR/$1/wide.tsv"
    made "$DIR/$1/all.tsv.gz" gzip -6nc "$DIR/$1/all.tsv"
    made "$DIR/$1/wide.bgzf.gz" \
        jf-split -a "$DIR/$1/trial.tsv" --all --take '' -z6 "$DIR/$1/wide.tsv"
}

# make_broad DIRECTORY FROM: FROM's extract with its columns between the id and the degrees
# repeated, so that there are about 5,000. A row keeps its bytes a column.
make_broad() {
    mkdir -p "$1"
    cp "$2/trial.tsv" "$1"
    made "$1/wide.tsv" awk -F '\t' '
        NR == 1 { for (last = 2; $last !~ /^grad_/; last++) ; last--; copies = int((5000 - NF) / (last - 1)) }
        {
            size = last - 1
            for (i = 2; i <= last; i++) size += length($i)
            middle = substr($0, length($1) + 1, size)
            row = $1 middle
            for (c = 1; c <= copies; c++) {
                if (NR > 1) row = row middle
                else for (i = 2; i <= last; i++) row = row "\t" $i "_" c
            }
            print row substr($0, length($1) + 1 + size)
        }' "$2/wide.tsv"
    make_all "$1"
}
