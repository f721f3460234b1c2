-- Makes trial.parquet of trial.tsv: duckdb -c "$(cat make.sql)"
COPY (SELECT id, arm, offer, lot::DATE AS lot, month, pay::DOUBLE AS pay, hours::DOUBLE AS hours
      FROM read_csv('trial.tsv', delim = '\t', all_varchar = true, nullstr = 'NA', quote = '', escape = ''))
TO 'trial.parquet' (FORMAT parquet, COMPRESSION uncompressed)
