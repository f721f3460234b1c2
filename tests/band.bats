#!/usr/bin/env bats
# jf-ci --band: intervals that hold for all rows of a family at once, and their picture.

load helper

answers=$JF_DATA/oracle/band-want.tsv

# family [-v NAME=VALUE]...: rows of a family (n) whose correlations are a rho^distance (a 1: all of it); kind
# alike: a, whatever the distance; kind one: they say the same, some with the other sign. times: of the unit.
family()
{
    awk -v OFS='\t' -v n=6 -v rho=0.9 -v a=1 -v df=30 -v name=f -v kind=near -v times=1 "$@" '
        function se(i) { return times * (1 + i % 3 / 4) }
        function corr(i, j) {
            if (i == j) return 1
            if (kind == "one") return (i + j) % 2 ? -1 : 1
            return kind == "alike" ? a : a * rho ^ (i > j ? i - j : j - i)
        }
        BEGIN {
            print "family", "period", "diff", "se", "df", "cov"
            for (i = 1; i <= n; i++) {
                list = ""
                for (j = 1; j <= i; j++) list = list (j > 1 ? "," : "") sprintf("%.17g", corr(i, j) * se(i) * se(j))
                print name, i, sprintf("%.6g", times * (3.4 * sin(i * i) + i / n)), sprintf("%.17g", se(i)), df == "rising" ? 9.5 + i : df, list
            }
        }'
}

# crit OPTION... <ROWS: the first row's critical value.
crit()
{
    jf-ci --band --columns crit_band "$@" | sed -n 2p
}

@test "one row, and rows that say the same, have the interval itself, byte for byte" {
    for options in '' --normal '--level 0.9'; do
        for kind in '-v n=1' '-v n=5 -v kind=one' '-v n=5 -v kind=alike'; do
            # shellcheck disable=SC2086 # lists of options
            family $kind -v df=7.5 | jf-ci --band $options >got
            columns ci_low,ci_high,p got | sed 1d >want
            columns band_low,band_high,p_band got | sed 1d | same want -
        done
    done
}

@test "two rows meet their integral to 2e-5, 13 rows R to 1e-3, 78 to 2e-3; the definition is met to 1e-9" {
    jf-ci --band "$JF_DATA/oracle/band.tsv" | columns family,period,crit_band,p_band /dev/stdin >got
    awk -F'\t' '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        FILENAME == ARGV[1] && FNR > 1 { crit[$1, $2] = $3; p[$1, $2] = $4; next }
        FNR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        {
            key = $at["family"] SUBSEP $at["period"]; rows = $at["rows"]; road = $at["road"]
            bound = road == "lattice" ? 1e-9 : (rows > 13 ? 2e-3 : rows > 2 ? 1e-3 : 2e-5) + 3 * $at["error"]
            off = crit[key] - $at["crit"]; if (off < 0) off = -off
            seen[road]++
            if (!(off <= bound)) { print "crit", $0, crit[key], off; bad = 1 }
            if ($at["p"] == "NA") next
            off = p[key] - $at["p"]; if (off < 0) off = -off
            most = road == "lattice" ? 1e-9 : 1e-3 + 0.01 * $at["p"]
            if (!(off <= most)) { print "p", $0, p[key], off; bad = 1 }
        }
        END { exit bad || !seen["lattice"] || !seen["integral"] || !seen["mvtnorm"] || !seen["union"] }' got "$answers"
}

@test "rows that are independent have Sidak's critical value, never more" {
    for n in 2 5 13 78; do
        # Sidak: the interval of a level^(1/n)
        level=$(awk -v n=$n 'BEGIN { printf "%.15f", exp(log(0.95) / n) }')
        family -v n=$n -v a=0 | jf-ci --normal --level "$level" | columns se,diff,ci_high /dev/stdin | awk 'NR == 2 { print ($3 - $2) / $1 }' >sidak
        family -v n=$n -v a=0 | crit --normal >got
        awk -v n="$n" 'NR == FNR { sidak = $1; next } { exit !($1 <= sidak + 1e-9 && $1 >= sidak - (n > 13 ? 4e-3 : 1e-3)) }' sidak got ||
            { echo "$n: $(cat got) and not $(cat sidak)"; return 1; }
        family -v n=$n -v a=0 | jf-ci --normal --band | columns p,p_band /dev/stdin |
            awk -v n="$n" 'NR > 1 && $2 > (1 - (1 - $1) ^ n) * (1 + 1e-9) { print; bad = 1 } END { exit bad }'
    done
}

@test "a band is never narrower than the interval, leaves out 0 exactly when p_band says so, and its edge has p_band 0.05" {
    for rho in 0.1 0.9 0.999 0.9999999; do
        family -v n=12 -v rho=$rho -v df=rising | jf-ci --band >got
        columns ci_low,ci_high,band_low,band_high,p,p_band got | awk -F'\t' '
            NR > 1 && ($3 > $1 || $4 < $2 || $6 < $5 || ($3 > 0 || $4 < 0) != ($6 < 0.05)) { print; bad = 1 } END { exit bad || NR != 13 }'
        family -v n=12 -v rho=$rho -v df=rising | awk -F'\t' -v OFS='\t' -v c="$(cell crit_band got)" 'NR > 1 { $3 = sprintf("%.17g", (NR % 2 ? c : -c) * $4) } { print }' |
            jf-ci --band | columns p_band /dev/stdin | awk 'NR > 1 && ($1 < 0.05 - 1e-9 || $1 > 0.05 + 1e-9) { print; bad = 1 } END { exit bad || NR != 13 }'
    done
}

@test "the same bytes for any number of threads, and however families stand among each other" {
    { family -v n=20; family -v n=9 -v name=g -v rho=0.5 | sed 1d; family -v n=1 -v name=h | sed 1d; } >in.tsv
    jf-ci --band in.tsv >want
    for threads in 1 2 5; do jf-ci --band --threads $threads in.tsv | same want -; done
    { sed 1q in.tsv; sed 1d in.tsv | sort -s -n -k 2,2; } >apart.tsv
    jf-ci --band apart.tsv | sort >got
    sort want | same - got
    # the unit does not matter
    near "$(family -v n=20 -v times=1000 | crit)" "$(cell crit_band want 1)" 1e-10
}

@test "--family splits a family, rows without an estimate are none of it, and a tail may be cut" {
    family -v n=9 -v df=rising >in.tsv
    awk -F'\t' -v OFS='\t' '{ print $0, NR == 1 ? "half" : $2 <= 4 ? "a" : "b" }' in.tsv | jf-ci --band --family half >halves
    head -n 5 in.tsv | jf-ci --band | columns crit_band,p_band /dev/stdin | sed 1d >want
    columns crit_band,p_band halves | sed -n 2,5p | same want -
    [ "$(cell crit_band halves 9)" != "$(cell crit_band halves 1)" ]
    run ! grep -q family_size halves
    # row 3 has no estimate, or no error; the others are as if it were not there
    family -v n=9 | awk -F'\t' -v OFS='\t' 'NR > 1 {
        n = split($6, v, ","); list = ""; for (j = 1; j <= n; j++) list = list (j > 1 ? "," : "") (j == 3 || n == 3 ? "NA" : v[j])
        if (n == 3) $3 = $4 = $5 = list = "NA"; $6 = list } { print }' >na.tsv
    family -v n=9 | awk -F'\t' -v OFS='\t' 'NR > 1 {
        n = split($6, v, ","); list = ""; for (j = 1; j <= n; j++) list = list (j > 1 ? "," : "") (j == 3 || n == 3 ? 0 : v[j])
        if (n == 3) $4 = 0; $6 = list } { print }' >zero.tsv
    family -v n=9 | awk -F'\t' -v OFS='\t' '$2 != 3 {
        n = split($6, v, ","); if (n > 3) sub(",[^,]*", "", $6); print }' >cut.tsv
    family -v n=9 | awk -F'\t' -v OFS='\t' 'NR == 1 || $2 != 3 {
        n = split($6, v, ","); list = ""; for (j = 1; j <= n; j++) if (j != 3) list = list (list == "" ? "" : ",") v[j]
        if (NR > 1) $6 = list; print }' >cut.tsv
    jf-ci --band cut.tsv | columns period,crit_band,band_low,band_high,p_band /dev/stdin >want
    for file in na zero; do
        jf-ci --band $file.tsv | columns period,crit_band,band_low,band_high,p_band /dev/stdin >got
        [ "$(sed -n 4p got)" = $'3\tNA\tNA\tNA\tNA' ]
        sed 4d got | same want -
    done
}

@test "df is the family's smallest, --normal takes none, and a covariance that is unknown leaves no band" {
    family -v df=rising >in.tsv
    [ "$(crit <in.tsv)" = "$(family -v df=10.5 | crit)" ]
    [ "$(crit --normal <in.tsv)" = "$(family -v df=Inf | crit)" ]
    awk 'BEGIN { exit !(ARGV[1] > ARGV[2] + 0.1) }' "$(crit <in.tsv)" "$(crit --normal <in.tsv)"
    table <<'END' | jf-ci --band | columns t,crit_band,band_low,p_band /dev/stdin >got
diff se df cov
1    1  9  1
2    1  9  NA,1
END
    printf '%s\n' 't crit_band band_low p_band' '1 NA NA NA' '2 NA NA NA' | tr ' ' '\t' | same - got
}

@test "a p_band so small that no digit could be summed lies between p and rows times p" {
    family -v n=6 | awk -F'\t' -v OFS='\t' 'NR > 1 { $3 = (5 * NR) * $4 } { print }' |
        jf-ci --band --normal | columns p,p_band /dev/stdin | awk 'NR > 1 && !($2 >= $1 && $2 <= 6 * $1 * 1.000001) { print; bad = 1 } END { exit bad }'
}

@test "--digits rounds the band for people, and --columns takes it" {
    family -v n=3 | jf-ci --band --digits 2 --columns crit_band,band_low,band_high,p_band >got
    head -n 1 got | tr '\t' ' ' >names
    echo 'crit_band band_low band_high p_band' | same - names
    sed 1d got | grep -vE $'^[0-9]\\.[0-9]{2}(\t-?[0-9]+\\.[0-9]{2}){2}\t[0-9.e-]+$' && return 1
    [ "$(wc -l <got)" -eq 4 ]
}
