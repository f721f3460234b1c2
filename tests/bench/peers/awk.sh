# shellcheck shell=bash
# awk: mawk where it is there. The long rows and figure 1 are cut to the wanted columns by `cut`,
# which finds tabs faster than any awk does; equal values are counted as text before they are numbers.

if command -v mawk >/dev/null; then
    AWK="mawk"
    peer mawk mawk -W version
else
    AWK="awk"
    peer awk sh -c 'awk --version || echo 0'
fi
export AWK

does select <<'END'
$AWK -f "$BENCH/peers/select.awk" trial.tsv "$EXTRACT"
END

does select-gz select-bgzf <<'END'
$ZCAT "$EXTRACT" | $AWK -f "$BENCH/peers/select.awk" trial.tsv -
END

does figure1 <<'END'
$AWK -f "$BENCH/peers/select.awk" trial.tsv "$EXTRACT" | cut -f 1,1041-1118 |
    $AWK -f "$BENCH/peers/figure1.awk" trial.tsv -
END

does figure1-gz figure1-bgzf <<'END'
$ZCAT "$EXTRACT" | $AWK -f "$BENCH/peers/select.awk" trial.tsv - | cut -f 1,1041-1118 |
    $AWK -f "$BENCH/peers/figure1.awk" trial.tsv -
END

does long <<'END'
cut -f 1,1041-1119 "$EXTRACT" | $AWK -f "$BENCH/peers/long.awk"
END

does long-gz <<'END'
$ZCAT "$EXTRACT" | cut -f 1,1041-1119 | $AWK -f "$BENCH/peers/long.awk"
END

does weeks <<'END'
cut -f 1,428-766,1119 "$EXTRACT" | $AWK -f "$BENCH/peers/weeks.awk" states.tsv -
END

does amounts <<'END'
cut -f 1,1041-1119 "$EXTRACT" | $AWK -f "$BENCH/peers/amounts.awk"
END

does mark <<'END'
$AWK 'BEGIN { FS = OFS = "\t" } { print $0, (NR == 1 ? "any" : $4 == "NA" ? "NA" : $4 > 0 ? 1 : 0) }' long.tsv
END

does group <<'END'
$AWK -f "$BENCH/peers/group.awk" long.tsv
END

does hist <<'END'
$AWK -f "$BENCH/peers/hist.awk" long.tsv | $AWK -f "$BENCH/peers/bins.awk"
END

does cumulate <<'END'
$AWK -f "$BENCH/peers/cumulate.awk" long.tsv
END
