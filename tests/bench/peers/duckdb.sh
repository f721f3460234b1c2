# shellcheck shell=bash
# DuckDB, in process (npm's @duckdb/node-api), on all processors. Order is not kept, which it can do
# faster; the wide rows are read as lines, so that cells nobody wants are not split.

peer duckdb node -e 'console.log(require("@duckdb/node-api").version())'

does select select-gz select-bgzf <<'END'
node "$BENCH/peers/sql.js" duckdb <<SQL
SET preserve_insertion_order = false;
CREATE MACRO lines(file) AS TABLE
    SELECT line, line[:instr(line, chr(9)) - 1] AS PNR
    FROM read_csv(file, columns = {line: 'VARCHAR'}, delim = '\x01', quote = '', escape = '',
                  header = false, auto_detect = false, max_line_size = 1000000);
COPY (SELECT w.line || t.line[length(PNR) + 1:] FROM lines('$EXTRACT') w JOIN lines('trial.tsv') t USING (PNR))
TO '/dev/stdout' (HEADER false, DELIMITER '\x01', QUOTE '');
SQL
END

does figure1 figure1-gz figure1-bgzf <<'END'
node "$BENCH/peers/sql.js" duckdb <<SQL
SET preserve_insertion_order = false;
COPY (
    WITH wide AS (
        SELECT arm, string_split(line, chr(9))[1041:] AS cells
        FROM (SELECT line, line[:instr(line, chr(9)) - 1] AS PNR
              FROM read_csv('$EXTRACT', columns = {line: 'VARCHAR'}, delim = '\x01', quote = '',
                            escape = '', header = false, auto_detect = false, max_line_size = 1000000))
        JOIN read_csv('trial.tsv', delim = '\t', header = true, all_varchar = true) USING (PNR)),
    long AS (
        SELECT arm, unnest(range(78))::INTEGER AS month,
               coalesce(nullif(unnest(cells), '')::DOUBLE, 0) * 160.33 AS hours
        FROM wide),
    arms AS (
        SELECT strftime(DATE '2016-03-01' + to_months(month), '%Y-%m') AS period, arm, count(*) AS n,
               avg(hours) AS mean, var_samp(hours) AS variance
        FROM long GROUP BY ALL)
    SELECT t.period, t.n AS n_treated, t.mean AS mean_treated, k.n AS n_control, k.mean AS mean_control,
           t.mean - k.mean AS diff, sqrt(t.variance / t.n + k.variance / k.n) AS se
    FROM arms t JOIN arms k ON t.period = k.period AND t.arm = 'deltager' AND k.arm = 'kontrol')
TO '/dev/stdout' (DELIMITER '\t');
SQL
END

does long long-gz <<'END'
node "$BENCH/peers/sql.js" duckdb <<SQL
SET preserve_insertion_order = false;
COPY (
    WITH wide AS (
        SELECT PNR, arm, COLUMNS(c -> c BETWEEN 'grad_2016_03' AND 'grad_2022_08')
        FROM read_csv('$EXTRACT', delim = '\t', header = true, quote = '', escape = '', all_varchar = true))
    SELECT PNR, arm, replace(month[6:], '_', '-') AS period, coalesce(degree::DOUBLE, 0) * 160.33 AS hours
    FROM wide UNPIVOT INCLUDE NULLS (degree FOR month IN (COLUMNS('^grad_'))))
TO '/dev/stdout' (DELIMITER '\t', QUOTE '');
SQL
END

does group <<'END'
node "$BENCH/peers/sql.js" duckdb <<SQL
SET preserve_insertion_order = false;
COPY (SELECT period, arm, count(*) AS n, avg(hours) AS mean, var_samp(hours) AS variance
      FROM read_csv('long.tsv', delim = '\t', header = true, quote = '', escape = '',
                    columns = {PNR: 'VARCHAR', arm: 'VARCHAR', period: 'VARCHAR', hours: 'DOUBLE'})
      GROUP BY ALL)
TO '/dev/stdout' (DELIMITER '\t');
SQL
END

does hist <<'END'
node "$BENCH/peers/sql.js" duckdb <<SQL
SET preserve_insertion_order = false;
COPY (SELECT arm, (floor(hours / 10) * 10)::INTEGER AS low, count(*) AS n
      FROM read_csv('long.tsv', delim = '\t', header = true, quote = '', escape = '',
                    columns = {PNR: 'VARCHAR', arm: 'VARCHAR', period: 'VARCHAR', hours: 'DOUBLE'})
      WHERE hours > 0 GROUP BY ALL)
TO '/dev/stdout' (DELIMITER '\t');
SQL
END

does cumulate <<'END'
node "$BENCH/peers/sql.js" duckdb <<SQL
SET preserve_insertion_order = false;
COPY (
    WITH long AS (
        SELECT arm, period, sum(hours) OVER (PARTITION BY PNR ORDER BY period ROWS UNBOUNDED PRECEDING) AS hours
        FROM read_csv('long.tsv', delim = '\t', header = true, quote = '', escape = '',
                      columns = {PNR: 'VARCHAR', arm: 'VARCHAR', period: 'VARCHAR', hours: 'DOUBLE'})),
    arms AS (
        SELECT period, arm, count(*) AS n, avg(hours) AS mean, var_samp(hours) AS variance FROM long GROUP BY ALL)
    SELECT t.period, t.n AS n_treated, t.mean AS mean_treated, k.n AS n_control, k.mean AS mean_control,
           t.mean - k.mean AS diff, sqrt(t.variance / t.n + k.variance / k.n) AS se
    FROM arms t JOIN arms k ON t.period = k.period AND t.arm = 'deltager' AND k.arm = 'kontrol')
TO '/dev/stdout' (DELIMITER '\t');
SQL
END
