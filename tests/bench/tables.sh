# shellcheck shell=bash disable=SC2154 # what bench sets
# What is printed: Markdown.

heading() {
    local model zlib
    model=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1)
    zlib=$(pkg-config --modversion zlib 2>/dev/null) || zlib=unknown
    cat <<END
# jf beside its peers

$(date -u +%Y-%m-%d); ${model:-unknown processor}, $(getconf _NPROCESSORS_ONLN) processors; $(uname -sr); zlib $zlib.
$(jf-split --version | head -n 1); $N persons, $RUNS runs, medians.
Peers: $(joined "${present[@]}"). Not installed: $(joined "${missing[@]}").
A peer that reads only plain text is fed by \`$(zcat_of select-gz)\`, from BGZF by \`$(zcat_of select-bgzf)\`.

END
    (cd "$here" && wc -c wide.tsv all.tsv long.tsv wide.tsv.gz wide.bgzf.gz) | awk '
        BEGIN { print "| file | MB |\n|---|---:|" }
        $2 != "total" { printf "| %s | %.0f |\n", $2, $1 / 1e6 }'
    echo
}

joined() {
    local text
    text=$(printf ', %s' "$@")
    text=${text#, }
    echo "${text:-none}"
}

# ---- the tasks ----

# A row a task. `*` marks a contender that was timed once.
table_of_tasks() {
    echo '## Time'
    echo
    awk -F '\t' '
        function seconds(s) { return s < 10 ? sprintf("%.3f", s) : sprintf("%.1f", s) }
        function times(r) { return r < 10 ? sprintf("%.2f", r) : sprintf("%.0f", r) }
        function loop(task) { return task ~ /^write/ ? "deflate" : task ~ /gz/ ? "inflate" : "wc -l" }
        BEGIN {
            print "| task | bare loop | s | jf s | jf / loop | best peer | peer / jf | other peers: s (peer / jf) |"
            print "|---|---|---:|---:|---:|---|---:|---|"
        }
        !($1 in n) { order[++tasks] = $1; n[$1] = 0 }
        $2 == "base" { base[$1] = $4; next }
        $2 == "jf" { jf[$1] = $4; next }
        $3 == "late" { late[$1] = late[$1] ", " $2 " not done in '"$PATIENCE"' s"; next }
        $4 != "" { # in the order of time
            for (i = n[$1]++; i > 0 && s[$1, i] > $4; i--) { s[$1, i + 1] = s[$1, i]; who[$1, i + 1] = who[$1, i] }
            s[$1, i + 1] = $4; who[$1, i + 1] = $2 ($3 == "slow" ? "*" : "")
        }
        END {
            for (t = 1; t <= tasks; t++) {
                k = order[t]
                others = ""
                for (i = 2; i <= n[k]; i++)
                    others = others ", " who[k, i] " " seconds(s[k, i]) (k in jf ? " (" times(s[k, i] / jf[k]) ")" : "")
                printf "| %s | `%s` | %s | %s | %s | %s | %s | %s |\n", k, loop(k), seconds(base[k]),
                    k in jf ? seconds(jf[k]) : "-", k in jf ? times(jf[k] / base[k]) : "-",
                    n[k] ? who[k, 1] " " seconds(s[k, 1]) : "-",
                    n[k] && k in jf ? times(s[k, 1] / jf[k]) : "-", substr(others late[k], 3)
            }
        }' "$work/results"
    echo
    sed 's/^/- /' <<<"$TASK_WORDS"
    echo
    bare_loops
}

# What the machine can do at all.
bare_loops() {
    local round loop file
    echo '| bare loop | file | s | GB/s |'
    echo '|---|---|---:|---:|'
    for ((round = 1; round <= RUNS; round++)); do
        for loop in read lines; do
            for file in wide.tsv long.tsv; do
                (cd "$here" && clock "$work/loop.$loop.$file" limit "$loop" "$file" >/dev/null)
            done
        done
    done
    for loop in read lines; do
        for file in wide.tsv long.tsv; do
            cut -f 1 "$work/loop.$loop.$file" | median | awk -v l="$loop" -v f="$file" -v size="$(wc -c <"$here/$file")" \
                '{ printf "| %s | %s | %.3f | %.1f |\n", l, f, $1, size / $1 / 1e9 }'
        done
    done
    echo
}

# ---- families ----

# correlated ROWS: a family of so many months, correlations .95^distance and a third of it noise.
correlated() {
    awk -v n="$1" 'BEGIN {
        print "period\tdiff\tse\tdf\tcov"
        for (i = 1; i <= n; i++) {
            line = i "\t" sin(i) "\t1\t2400\t"
            for (j = 1; j < i; j++) line = line sprintf("%.17g,", 0.7 * 0.95 ^ (i - j))
            print line "1"
        }
    }'
}

table_of_bands() {
    local rows round
    printf '## Families\n\n`jf-ci --band`: seconds, medians of %d runs.\n\n' "$RUNS"
    echo '| rows that hang together | one thread | all cores | MiB |'
    echo '|---|---:|---:|---:|'
    for rows in 13 78; do
        correlated "$rows" >"$work/family.tsv"
        for ((round = 1; round <= RUNS; round++)); do
            clock "$work/band.$rows.one" jf-ci --band --threads 1 "$work/family.tsv" >/dev/null
            clock "$work/band.$rows.all" jf-ci --band "$work/family.tsv" >/dev/null
        done
        printf '| %d | %.2f | %.2f | %.1f |\n' "$rows" "$(cut -f 1 "$work/band.$rows.one" | median)" \
            "$(cut -f 1 "$work/band.$rows.all" | median)" "$(awk '{ print $2 / 1024; exit }' "$work/band.$rows.all")"
    done
    echo
}

# ---- memory ----

# The filters one by one: what reads, from which file, the command.
FILTERS='jf-split|wide.tsv|jf-split -a trial.tsv wide.tsv
jf-split|wide.tsv, by a pipe|jf-split -a trial.tsv -
jf-hours|all.tsv|jf-hours --keep arm --missing zero --from 2016-03 all.tsv
jf-hours -z6|all.tsv|jf-hours --keep arm --missing zero --from 2016-03 -z6 all.tsv
jf-weeks|all.tsv|jf-weeks --states states.tsv --keep arm --from 2016-03 --to 2022-08 all.tsv
jf-amounts|all.tsv|jf-amounts --wide grad_%Y_%m --keep arm --missing zero --from 2016-03 all.tsv
jf-mark|the long rows|jf-mark any=hours\>0 -
jf-cumsum|the long rows|jf-cumsum -
jf-diff|the long rows|jf-diff --control kontrol -
jf-hist|the long rows|jf-hist --units rows --width 10 --drop-zero -
jf-split|wide.tsv.gz|jf-split -a trial.tsv wide.tsv.gz
jf-split|wide.bgzf.gz|jf-split -a trial.tsv wide.bgzf.gz'

# peak DIRECTORY READS COMMAND: MiB of a filter, or - where the file was not made.
peak() {
    local times=$work/peak
    rm -f "$times"
    (
        cd "$1" || exit
        case $2 in
        *.gz) [ -e "$2" ] || exit 0 ;;
        esac
        case $2 in
        *pipe) cat wide.tsv ;;
        *rows) jf-hours --keep arm --missing zero --from 2016-03 all.tsv ;;
        esac | clock "$times" sh -c "exec $3" >/dev/null
    )
    if [ -e "$times" ]; then awk '{ printf "%.1f", $2 / 1024 }' "$times"; else echo -; fi
}

table_of_memory() {
    local filter reads command big=
    if [ -n "${GROWTH:-}" ]; then
        big=$((5 * N))
        make_wide "$big"
    fi
    printf '## Memory\n\nPeak resident size of a filter, MiB.\n\n'
    echo "| filter | reads | $N persons |${big:+ $big persons |}"
    echo "|---|---|---:|${big:+---:|}"
    while IFS='|' read -r filter reads command; do
        say "memory: $command"
        printf '| %s | %s | %s |' "$filter" "$reads" "$(peak "$here" "$reads" "$command")"
        [ -z "$big" ] || printf ' %s |' "$(peak "$DIR/$big" "$reads" "$command")"
        echo
    done <<<"$FILTERS"
    printf '\nThe largest process of each contender, MiB.\n\n'
    awk -F '\t' '
        $2 == "base" || $5 == "" { next }
        !($1 in line) { order[++tasks] = $1; line[$1] = "" }
        { line[$1] = line[$1] ", " $2 " " sprintf("%.0f", $5 / 1024) }
        END {
            print "| task | MiB |\n|---|---|"
            for (t = 1; t <= tasks; t++) print "| " order[t] " | " substr(line[order[t]], 3) " |"
        }' "$work/results"
    echo
}

# ---- growth ----

# medians TASK NAME DIRECTORY...: the median time of each, interleaved, a word each.
medians() {
    local task=$1 name=$2 round directory
    shift 2
    rm -f "$work"/grown.*
    for ((round = 0; round <= RUNS; round++)); do # the first warms the cache
        for directory; do
            timed "$directory" "$task" "$name" "$work/grown.${directory##*/}"
        done
    done
    for directory; do
        tail -n +2 "$work/grown.${directory##*/}" | cut -f 1 | median
    done | paste -s -d ' '
}

table_of_growth() {
    local sizes=($((N / 10)) "$N" $((5 * N))) size task name directories=()
    if [ "${sizes[0]}" -lt 2407 ]; then
        say 'growth: N/10 would be below 2407'
        return
    fi
    for size in "${sizes[@]}"; do
        make_wide "$size"
        directories+=("$DIR/$size")
    done
    printf '## Growth\n\nMicroseconds a person. select and figure1 hold a part that is the same at any size: the\n'
    printf "trial's 2,407 rows.\n\n"
    printf '| task |'
    printf ' %s persons |' "${sizes[@]}"
    printf '\n|---|---:|---:|---:|\n'
    for task in select figure1 long; do
        [ -d "$work/$task" ] || continue
        for name in base jf; do
            say "growth: $task, $name"
            medians "$task" "$name" "${directories[@]}" |
                awk -v task="$task" -v name="$name" -v sizes="${sizes[*]}" '{
                    split(sizes, n, " ")
                    printf "| %s |", name == "base" ? "wc -l, the file of " task : task
                    for (i = 1; i <= NF; i++) printf " %.3f |", $i / n[i] * 1e6
                    print ""
                }'
        done
    done
    echo
}

table_of_columns() {
    local narrow=$DIR/$((N / 10)) task file
    [ $((N / 10)) -ge 2407 ] || return 0
    make_wide $((N / 10))
    make_broad "$narrow-broad" "$narrow"
    printf '## Columns\n\n%s persons; ratios of the broad extract to the usual one.\n\n' $((N / 10))
    echo '| task | columns | MB | s | columns | MB | s | bytes, ratio | time, ratio |'
    echo '|---|---:|---:|---:|---:|---:|---:|---:|---:|'
    for task in select figure1 long; do
        [ -d "$work/$task" ] || continue
        say "columns: $task"
        file=$(task_environment "$task" && echo "$EXTRACT")
        echo "$(medians "$task" jf "$narrow" "$narrow-broad")" \
            "$(columns_of "$narrow/$file") $(columns_of "$narrow-broad/$file")" |
            awk -v task="$task" '{ printf "| %s | %d | %.0f | %.3f | %d | %.0f | %.3f | %.2f | %.2f |\n",
                task, $3, $4 / 1e6, $1, $5, $6 / 1e6, $2, $6 / $4, $2 / $1 }'
    done
    echo
}

# columns_of FILE: how many columns, how many bytes.
columns_of() {
    echo "$(head -n 1 "$1" | tr '\t' '\n' | wc -l) $(wc -c <"$1")"
}

# ---- the commands ----

command_lines() {
    local task file name
    printf '## Commands\n\n'
    for task in "${tasks[@]}"; do
        for file in "$work/$task"/*.sh; do
            name=${file##*/}
            printf '%s, %s:\n\n' "$task" "${name%.sh}"
            sed 's/^/    /' "$file"
            echo
        done
    done
}
