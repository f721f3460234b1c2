# shellcheck shell=bash
# eBay's tsv-utils. What they have no program for (a row a month, bins, two arms side by side) an
# awk does, after they have left little to do.

peer tsv-utils sh -c 'tsv-summarize --version && tsv-select --version && tsv-filter --version && tsv-join --version'

does select <<'END'
tsv-join -H -f trial.tsv -k PNR -a "2-$(head -n 1 trial.tsv | wc -w)" "$EXTRACT"
END

does select-gz select-bgzf <<'END'
$ZCAT "$EXTRACT" | tsv-join -H -f trial.tsv -k PNR -a "2-$(head -n 1 trial.tsv | wc -w)"
END

does figure1 <<'END'
tsv-join -H -f trial.tsv -k PNR "$EXTRACT" | tsv-select -f 1,1041-1118 |
    $AWK -f "$BENCH/peers/figure1.awk" trial.tsv -
END

does figure1-gz figure1-bgzf <<'END'
$ZCAT "$EXTRACT" | tsv-join -H -f trial.tsv -k PNR | tsv-select -f 1,1041-1118 |
    $AWK -f "$BENCH/peers/figure1.awk" trial.tsv -
END

does long <<'END'
tsv-select -f 1,1041-1119 "$EXTRACT" | $AWK -f "$BENCH/peers/long.awk"
END

does long-gz <<'END'
$ZCAT "$EXTRACT" | tsv-select -f 1,1041-1119 | $AWK -f "$BENCH/peers/long.awk"
END

does group <<'END'
tsv-summarize -H --group-by period,arm --count-header n --mean hours:mean --var hours:variance long.tsv
END

does hist <<'END'
tsv-filter -H --gt hours:0 long.tsv | tsv-summarize -H --group-by arm,hours --count | $AWK -f "$BENCH/peers/bins.awk"
END
