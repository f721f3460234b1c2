# shellcheck shell=bash disable=SC2154 # what bench sets
# Are the numbers the same? Rows are compared as sets, hours to 4 decimals (they have no more),
# counts exactly, means and what follows from them to a relative 1e-9. What is compared with is
# what jf says of the plain file.

# check_form TASK <OUTPUT: what is compared of it.
check_form() {
    case $1 in
    select* | weeks | amounts | mark) digest ;;
    long*) digest -r 4 ;;
    write-gz-*) gzip -dc | digest -r 4 ;;
    *) cat ;;
    esac
}

# check_truth TASK: the file with the right answer.
check_truth() {
    local task=$1 truth=$work/truth.${1%%-*}
    [ -e "$truth" ] || case $task in
    select*) jf-split -a "$here/trial.tsv" "$here/wide.tsv" | digest ;;
    figure1*)
        jf-split -a "$here/trial.tsv" "$here/wide.tsv" |
            jf-hours --keep arm --missing zero --from 2016-03 | jf-diff --control kontrol ;;
    long* | write*) digest -r 4 <"$here/long.tsv" ;;
    weeks) (cd "$here" && EXTRACT=all.tsv sh "$work/weeks/jf.sh") | digest ;;
    amounts) (cd "$here" && EXTRACT=all.tsv sh "$work/amounts/jf.sh") | digest ;;
    mark) jf-mark any='hours>0' "$here/long.tsv" | digest ;;
    group) jf-diff --control kontrol "$here/long.tsv" | arms_as_rows ;;
    hist) jf-hist --units rows --width 10 --drop-zero "$here/long.tsv" | awk -F '\t' 'NR == 1 || $4 > 0' ;;
    cumulate) jf-cumsum "$here/long.tsv" | jf-diff --control kontrol ;;
    joint) jf-joint --control kontrol "$here/long.tsv" ;;
    permute) (cd "$here" && sh "$work/permute/jf.sh") ;;
    esac >"$truth"
    echo "$truth"
}

# jf-diff's rows as a row an arm, with the variance.
arms_as_rows() {
    awk -F '\t' -v OFS='\t' '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; print "period", "arm", "n", "mean", "variance"; next }
        {
            print $1, $at["arm"], $at["n_treated"], $at["mean_treated"], sprintf("%.17g", $at["sd_treated"] ^ 2)
            print $1, $at["control"], $at["n_control"], $at["mean_control"], sprintf("%.17g", $at["sd_control"] ^ 2)
        }'
}

# check_same TASK NAME
check_same() {
    local got=$work/$1/$2.got truth
    truth=$(check_truth "$1")
    case $1/$2 in
    group/jf) arms_as_rows <"$got" >"$got.rows" && mv "$got.rows" "$got" ;;
    hist/jf) awk -F '\t' 'NR == 1 || $4 > 0' "$got" >"$got.rows" && mv "$got.rows" "$got" ;;
    esac
    case $1 in
    figure1* | cumulate)
        agree period n_treated,mean_treated,n_control,mean_control,diff,se "$truth" "$got" ;;
    joint) agree period mean_control,diff,se "$truth" "$got" ;; # peers print no more
    permute) agree period se,t_obs "$truth" "$got" ;; # p is of other draws
    group) agree period,arm n,mean,variance "$truth" "$got" ;;
    hist) agree arm,low n "$truth" "$got" ;;
    *) cmp -s "$truth" "$got" || { paste -d ' ' "$truth" "$got" && false; } ;;
    esac >"$work/$1/$2.err"
}

# agree KEY COLUMNS WANT GOT: the same rows by these keys, and in them the same numbers.
agree() {
    awk -F '\t' -v key="$1" -v columns="$2" '
        function key_of(  k, text) {
            for (k = 1; k <= keys; k++) text = text " " $at[name[k]]
            return text
        }
        function wrong(what) { print what; bad = 1; exit 1 }
        BEGIN { keys = split(key, name, ","); n = split(columns, column, ",") }
        FNR == 1 {
            for (i in at) delete at[i]
            for (i = 1; i <= NF; i++) at[$i] = i
            for (i = 1; i <= keys; i++) if (!(name[i] in at)) wrong("no column " name[i])
            for (i = 1; i <= n; i++) if (!(column[i] in at)) wrong("no column " column[i])
            next
        }
        NR == FNR { rows++; for (i = 1; i <= n; i++) want[key_of(), column[i]] = $at[column[i]]; next }
        {
            rows--
            k = key_of()
            for (i = 1; i <= n; i++) {
                if (!((k, column[i]) in want)) wrong("a row too many:" k)
                right = want[k, column[i]]
                off = $at[column[i]] - right
                scale = column[i] == "diff" ? want[k, "mean_control"] : right
                if (scale < 0) scale = -scale
                if (off < 0) off = -off
                if (column[i] ~ /^n/ ? off != 0 : !(off <= 1e-9 * scale))
                    wrong(column[i] " of" k " is " $at[column[i]] ", not " right)
            }
        }
        END { if (!bad && rows != 0) wrong("rows are missing: " rows); exit bad }
    ' "$3" "$4"
}
