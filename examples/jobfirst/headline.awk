# The last month of the accumulated effect, in one sentence.
BEGIN { FS = "\t" }
FNR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
{ row = $0 }
END {
    if (row == "") { print "no rows" > "/dev/stderr"; exit 1 }
    $0 = row
    printf "JobFirst (made data): %+.0f hours a person to %s, %.0f per cent ", \
        $at["diff"], $at["period"], $at["pct"]
    printf "(95 %% interval %+.0f to %+.0f hours, p = %.3f)\n", \
        $at["ci_low"], $at["ci_high"], $at["p"]
}
