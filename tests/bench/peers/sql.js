// Runs the SQL on stdin in process: node sql.js duckdb|clickhouse
const sql = require('fs').readFileSync(0, 'utf8');

async function duckdb() {
    const { DuckDBInstance } = require('@duckdb/node-api');
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(sql);
}

async function clickhouse() {
    require('chdb').query(sql, 'TSVWithNames');
}

({ duckdb, clickhouse })[process.argv[2]]().catch((error) => {
    console.error(error.message.slice(0, 1000));
    process.exit(1);
});
