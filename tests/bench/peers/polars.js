// polars: node polars.js TASK EXTRACT
const pl = require('nodejs-polars');
const [task, extract] = process.argv.slice(2);

const degrees = [];
for (let m = 2; m < 80; m++)
    degrees.push(`grad_${2016 + Math.floor(m / 12)}_${String((m % 12) + 1).padStart(2, '0')}`);
const periods = degrees.map((name) => name.slice(5).replace('_', '-'));

const scan = (file, options) => pl.scanCSV(file, { sep: '\t', inferSchemaLength: 0, ...options });
const scanLong = () =>
    scan(extract, { schema: { PNR: pl.Utf8, arm: pl.Utf8, period: pl.Utf8, hours: pl.Float64 } });
// Whole lines beside the ids, so that cells nobody wants are not split.
const scanLines = (file) =>
    scan(file, { sep: '\x01', hasHeader: false, schema: { line: pl.Utf8 } })
        .withColumns(pl.col('line').str.extract('^([^\t]*)', 1).alias('PNR'));
const write = (table, options) =>
    table.sinkCSV('/dev/stdout', { separator: '\t', quoteStyle: 'never', maintainOrder: false, ...options })
        .collectSync({ engine: 'streaming' });

const byArm = (long) => {
    const of = (arm) => pl.col('hours').filter(pl.col('arm').eq(pl.lit(arm)));
    const [t, k] = [of('deltager'), of('kontrol')];
    return long.groupBy(['period'], false).agg(
        t.count().alias('n_treated'), t.mean().alias('mean_treated'),
        k.count().alias('n_control'), k.mean().alias('mean_control'),
        t.mean().minus(k.mean()).alias('diff'),
        t.var().div(t.count()).plus(k.var().div(k.count())).pow(0.5).alias('se'));
};

const tasks = {
    select: () => write(
        scanLines(extract).join(scanLines('trial.tsv'), { on: 'PNR' })
            .select(pl.concatString([pl.col('line'), pl.col('lineright').str.replace('^[^\t]*', '')], '')),
        { includeHeader: false }),
    figure1: () => write(byArm(
        scanLines(extract).join(scan('trial.tsv').select('PNR', 'arm'), { on: 'PNR' })
            .select('arm', pl.col('line').str.split('\t').lst.slice(1040, 78).alias('hours'),
                pl.lit(periods.join('\t')).str.split('\t').alias('period'))
            .explode(['hours', 'period'])
            .select('arm', 'period', pl.col('hours').str.replace('^$', '0').cast(pl.Float64).mul(160.33)))),
    long: () => write(
        scan(extract).select('PNR', 'arm', ...degrees.map((name, m) =>
            pl.col(name).cast(pl.Float64).fillNull(0).mul(160.33).alias(periods[m])))
            .unpivot(['PNR', 'arm'], periods, { variableName: 'period', valueName: 'hours' })),
    group: () => write(
        scanLong().groupBy(['period', 'arm'], false).agg(
            pl.col('hours').count().alias('n'), pl.col('hours').mean().alias('mean'),
            pl.col('hours').var().alias('variance'))),
    hist: () => write(
        scanLong().filter(pl.col('hours').gt(0))
            .select('arm', pl.col('hours').div(10).floor().mul(10).cast(pl.Int64).alias('low'))
            .groupBy(['arm', 'low'], false).agg(pl.col('low').count().alias('n'))),
    cumulate: () => write(byArm(
        scanLong().select('arm', 'period', pl.col('hours').cumSum().over('PNR').alias('hours')))),
};
tasks[task]();
