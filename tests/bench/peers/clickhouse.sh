# shellcheck shell=bash
# ClickHouse, in process (npm's chdb), on all processors. The wide rows are read as lines, so that
# cells nobody wants are not split.

peer clickhouse node -e 'process.stdout.write(require("chdb").query("select version()", "TSV"))'

# The months as ClickHouse's list of texts.
PERIODS=$(awk 'BEGIN { for (m = 2; m < 80; m++) printf "%s\047%d-%02d\047", (m > 2 ? "," : ""), 2016 + int(m / 12), m % 12 + 1 }')
export BY_ARM="SELECT period, countIf(arm = 'deltager') AS n_treated, avgIf(hours, arm = 'deltager') AS mean_treated,
       countIf(arm = 'kontrol') AS n_control, avgIf(hours, arm = 'kontrol') AS mean_control,
       mean_treated - mean_control AS diff,
       sqrt(varSampIf(hours, arm = 'deltager') / n_treated + varSampIf(hours, arm = 'kontrol') / n_control) AS se"
export LONG="file('long.tsv', TSVWithNames, 'PNR String, arm String, period String, hours Float64')"
export OUT="INTO OUTFILE '/dev/stdout' TRUNCATE FORMAT TSVWithNames"
export PERIODS

does select select-gz select-bgzf <<'END'
node "$BENCH/peers/sql.js" clickhouse <<SQL
WITH list AS (
    SELECT position(line, '\t') AS at, left(line, at - 1) AS PNR, substring(line, at) AS rest
    FROM file('trial.tsv', LineAsString))
SELECT concat(line, rest)
FROM (SELECT line, left(line, position(line, '\t') - 1) AS PNR FROM file('$EXTRACT', LineAsString)) wide
JOIN list USING PNR
INTO OUTFILE '/dev/stdout' TRUNCATE FORMAT TSVRaw
SQL
END

does figure1 figure1-gz figure1-bgzf <<'END'
node "$BENCH/peers/sql.js" clickhouse <<SQL
$BY_ARM
FROM (
    SELECT arm, arrayJoin(arrayZip([$PERIODS], arraySlice(splitByChar('\t', line), 1041))) AS pair,
           pair.1 AS period, toFloat64OrZero(pair.2) * 160.33 AS hours
    FROM (SELECT line, left(line, position(line, '\t') - 1) AS PNR FROM file('$EXTRACT', LineAsString)) wide
    JOIN (SELECT PNR, arm FROM file('trial.tsv', TSVWithNames, 'PNR String, arm String')) list USING PNR)
GROUP BY period
$OUT
SQL
END

# DEGREES: the months' columns; TYPES: with their types.
DEGREES=$(echo "$PERIODS" | sed "s/'\([0-9]*\)-\([0-9]*\)'/grad_\1_\2/g")
TYPES=$(echo "$DEGREES" | sed 's/,/ Float64,/g; s/$/ Float64/')
export DEGREES TYPES

does long long-gz <<'END'
node "$BENCH/peers/sql.js" clickhouse <<SQL
SELECT PNR, arm, pair.1 AS period, pair.2 * 160.33 AS hours
FROM file('$EXTRACT', TSVWithNames, 'PNR String, arm String, $TYPES')
ARRAY JOIN arrayZip([$PERIODS], [$DEGREES]) AS pair
$OUT
SETTINGS input_format_tsv_empty_as_default = 1
SQL
END

does group <<'END'
node "$BENCH/peers/sql.js" clickhouse <<SQL
SELECT period, arm, count() AS n, avg(hours) AS mean, varSamp(hours) AS variance
FROM $LONG GROUP BY period, arm
$OUT
SQL
END

does hist <<'END'
node "$BENCH/peers/sql.js" clickhouse <<SQL
SELECT arm, floor(hours / 10) * 10 AS low, count() AS n
FROM $LONG WHERE hours > 0 GROUP BY arm, low
$OUT
SQL
END

does cumulate <<'END'
node "$BENCH/peers/sql.js" clickhouse <<SQL
$BY_ARM
FROM (SELECT arm, period, sum(hours) OVER (PARTITION BY PNR ORDER BY period) AS hours FROM $LONG)
GROUP BY period
$OUT
SQL
END
